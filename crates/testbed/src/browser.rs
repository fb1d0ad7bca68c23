//! A real Chromium without a window, driven by WebDriver, for pages of our own servers.
//!
//! It knows no other host than 127.0.0.1, so a page that loads anything from elsewhere fails here as it would in an office without
//! a line. Every step is bounded, and a step that fails panics with the selector, the address and what the page says.

use crate::keeper::Keeper;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::{Capabilities, PrintConfiguration, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::fmt::Display;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Keeps chromedriver and, in the same process group, all that it starts. The port is the system's choice, so that suites can run
/// side by side.
const SCRIPT: &str = r#"
folder=$(mktemp -d "${TMPDIR:-/tmp}/cotmoc-browser-XXXXXX")
export TMPDIR="$folder" XDG_CONFIG_HOME="$folder" XDG_CACHE_HOME="$folder"
command -v chromedriver || exit 1
setsid chromedriver --port=0 >"$folder/log" 2>&1 &
driver=$!
clear_up() {
  kill -9 "-$driver" || true
  wait || true
  for _ in 1 2 3 4 5 6 7 8 9 10; do rm -rf "$folder" && return; sleep 0.2; done
}
trap clear_up EXIT
tries=0
until port=$(sed -n 's/.*started successfully on port \([0-9]*\).*/\1/p' "$folder/log") && test -n "$port"; do
  tries=$((tries + 1)); test "$tries" -lt 300 || { cat "$folder/log"; exit 1; }; sleep 0.1
done
echo "=ready $port $folder"
while read -r _; do :; done
"#;

/// Chromium's own sandbox needs rights that containers and root do not have; the pages are our own.
const ARGUMENTS: [&str; 15] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-dev-shm-usage",
    "--lang=vi",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
];

/// A step on a page of ours takes milliseconds; a busy machine with two suites has been seen at seconds.
const STEP_LIMIT: Duration = Duration::from_secs(30);

/// Starting the browser reads 300 MB from the disk when it is cold.
const OPEN_LIMIT: Duration = Duration::from_secs(60);

/// How long an element or a text may take to come, and how often one looks.
const WAIT_LIMIT: Duration = Duration::from_secs(15);
const WAIT_PAUSE: Duration = Duration::from_millis(50);

/// Chromium draws no surface higher than this.
const PAGE_HEIGHT_MAX_PX: u64 = 16_384;

/// Whether the scripts of pages run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scripts {
    /// As for most readers.
    On,
    /// As for a reader who has switched JavaScript off.
    Off,
}

/// For what a page is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// A screen with the light scheme.
    Light,
    /// A screen with the dark scheme.
    Dark,
    /// A screen with the light scheme, for a reader who wants nothing to move.
    StillLight,
    /// A screen with the dark scheme, for a reader who wants nothing to move.
    StillDark,
    /// A screen with the few colours of the system's high contrast.
    ForcedColors,
    /// Paper.
    Print,
}

/// One browser with a profile of its own and one page.
pub struct Browser {
    client: Client,
    size: (u32, u32),
    _keeper: Keeper,
}

impl Browser {
    /// Opens a browser with a page of 1280 × 900.
    pub async fn open() -> Browser {
        let mut command = Command::new("sh");
        command.arg("-c");
        let (keeper, ready) = Keeper::start("Chromium's driver", command, SCRIPT);
        let Some((port, folder)) = ready.split_once(' ') else { panic!("chromedriver: no port in '{ready}'") };
        let address = format!("http://127.0.0.1:{port}");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities(folder));
        let client = match tokio::time::timeout(OPEN_LIMIT, builder.connect(&address)).await {
            Ok(Ok(client)) => client,
            Ok(Err(fault)) => panic!("Chromium does not start: {fault}"),
            Err(_) => panic!("Chromium does not start within {OPEN_LIMIT:?}"),
        };
        let mut browser = Browser { client, size: (0, 0), _keeper: keeper };
        browser.resize(1280, 900).await;
        browser
    }

    /// The WebDriver client, for what has no function here.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Sets the page's size in CSS pixels. A phone's 360 is possible, which a window could not have.
    pub async fn resize(&mut self, width: u32, height: u32) {
        self.size = (width, height);
        self.draw_at(width, height.into()).await;
    }

    /// Switches the scripts of pages on or off, from the next page on.
    pub async fn set_scripts(&self, scripts: Scripts) {
        self.command("Emulation.setScriptExecutionDisabled", json!({ "value": scripts == Scripts::Off })).await;
    }

    /// Draws this and all further pages for a scheme or for paper.
    pub async fn set_media(&self, media: Media) {
        let (kind, features) = match media {
            Media::Light => ("screen", [("prefers-color-scheme", "light")].as_slice()),
            Media::Dark => ("screen", [("prefers-color-scheme", "dark")].as_slice()),
            Media::StillLight => ("screen", [("prefers-color-scheme", "light"), ("prefers-reduced-motion", "reduce")].as_slice()),
            Media::StillDark => ("screen", [("prefers-color-scheme", "dark"), ("prefers-reduced-motion", "reduce")].as_slice()),
            Media::ForcedColors => ("screen", [("prefers-color-scheme", "dark"), ("forced-colors", "active")].as_slice()),
            Media::Print => ("print", [("prefers-color-scheme", "light")].as_slice()),
        };
        let features: Vec<Value> = features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.command("Emulation.setEmulatedMedia", json!({ "media": kind, "features": features })).await;
    }

    /// Runs a script in every further page before its own, beside its content security policy: for tools of tests.
    pub async fn bring_along(&self, script: &str) {
        self.command("Page.enable", json!({})).await;
        self.command("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// Forgets who is logged in.
    pub async fn forget(&self) {
        self.step("delete the cookies", self.client.delete_all_cookies()).await;
    }

    /// Opens an address and waits until it is loaded.
    pub async fn goto(&self, url: &str) {
        self.step(&format!("open {url}"), self.client.goto(url)).await;
    }

    /// The address of the page.
    pub async fn address(&self) -> String {
        self.step("read the address", self.client.current_url()).await.to_string()
    }

    /// Clicks the first element of a selector, when it has come.
    pub async fn click(&self, selector: &str) {
        let element = self.wait_for(selector).await;
        self.step(&format!("click {selector}"), element.click()).await;
    }

    /// Replaces what a field holds. A day is given as ISO text and set as its picker would set it; a file as its path.
    pub async fn fill(&self, selector: &str, text: &str) {
        let element = self.wait_for(selector).await;
        let what = format!("fill {selector}");
        match self.step(&what, element.attr("type")).await.as_deref() {
            Some("file") => {}
            Some("date" | "datetime-local" | "month") => return self.set_value(element, text).await,
            _ => self.step(&what, element.clear()).await,
        }
        self.step(&what, element.send_keys(text)).await;
    }

    /// Chooses an option of a `select` by its value.
    pub async fn select(&self, selector: &str, value: &str) {
        let element = self.wait_for(selector).await;
        self.step(&format!("choose {value} in {selector}"), element.select_by_value(value)).await;
    }

    /// Types on the keyboard: into whatever has the focus. See [`crate::Key`] for keys without a letter.
    pub async fn press(&self, keys: impl Display) {
        let focus = self.step("find the focus", self.client.active_element()).await;
        self.step("press keys", focus.send_keys(&keys.to_string())).await;
    }

    /// Presses keys together, the first ones held, as a hand on a keyboard does: wherever the focus is, also nowhere.
    pub async fn strike(&self, keys: &[char]) {
        let down = keys.iter().map(|key| KeyAction::Down { value: *key });
        let up = keys.iter().rev().map(|key| KeyAction::Up { value: *key });
        let actions = down.chain(up).fold(KeyActions::new("keyboard".to_owned()), |actions, action| actions.then(action));
        self.step("strike keys", self.client.perform_actions(actions)).await;
    }

    /// Strikes one key.
    pub async fn strike_key(&self, key: Key) {
        self.strike(&[key.into()]).await;
    }

    /// Puts a text in where the focus is, as pasting does.
    pub async fn paste(&self, text: &str) {
        self.command("Input.insertText", json!({ "text": text })).await;
    }

    /// The text of the first element of a selector as a reader sees it.
    pub async fn text(&self, selector: &str) -> String {
        let element = self.wait_for(selector).await;
        self.step(&format!("read {selector}"), element.text()).await
    }

    /// The page's HTML as it stands now.
    pub async fn html(&self) -> String {
        self.step("read the page", self.client.source()).await
    }

    /// How many elements a selector has at this moment.
    pub async fn count(&self, selector: &str) -> usize {
        self.step(&format!("count {selector}"), self.client.find_all(Locator::Css(selector))).await.len()
    }

    /// Runs a script in the page, also where its own scripts are off, and gives what it returns.
    pub async fn evaluate(&self, script: &str) -> Value {
        self.step(&format!("run {script}"), self.client.execute(script, Vec::new())).await
    }

    /// Runs a script that calls its last argument back with what it found.
    pub async fn evaluate_later(&self, script: &str) -> Value {
        self.step(&format!("run {script}"), self.client.execute_async(script, Vec::new())).await
    }

    /// Waits for an element.
    pub async fn wait_for(&self, selector: &str) -> Element {
        let wait = self.client.wait().at_most(WAIT_LIMIT).every(WAIT_PAUSE);
        self.step(&format!("find {selector}"), wait.for_element(Locator::Css(selector))).await
    }

    /// Waits until the page is loaded whole and the first element of a selector holds a text. While one page goes and the
    /// next one comes there is nothing to read: that is no fault, only not yet.
    pub async fn wait_for_text(&self, selector: &str, text: &str) {
        let start = std::time::Instant::now();
        let script = "return document.readyState === 'complete' ? document.querySelector(arguments[0])?.innerText : null";
        loop {
            let read = tokio::time::timeout(STEP_LIMIT, self.client.execute(script, vec![selector.into()])).await;
            let now = read.ok().and_then(Result::ok).and_then(|text| text.as_str().map(str::to_owned));
            if now.as_ref().is_some_and(|now| now.contains(text)) {
                return;
            }
            if start.elapsed() >= WAIT_LIMIT {
                panic!("'{text}' does not come in {selector}, which holds {now:?}\n{}", self.describe().await);
            }
            tokio::time::sleep(WAIT_PAUSE).await;
        }
    }

    /// What pages have written to the console since the last call: faults of scripts, refused and missing files.
    pub async fn console(&self) -> Vec<String> {
        let call = Call { path: "se/log", body: json!({ "type": "browser" }) };
        let entries = self.step("read the console", self.client.issue_cmd(call)).await;
        let message = |entry: &Value| entry["message"].as_str().unwrap_or_default().to_owned();
        entries.as_array().into_iter().flatten().map(message).collect()
    }

    /// The page as paper: the bytes of a PDF, on the size that the page's stylesheet names.
    pub async fn print(&self) -> Vec<u8> {
        self.step("print the page", self.client.print(PrintConfiguration::default())).await
    }

    /// Writes a picture (PNG) of what the window shows.
    pub async fn screenshot(&self, path: &Path) {
        let picture = self.step("take a picture", self.client.screenshot()).await;
        let folder = path.parent().unwrap_or(Path::new("."));
        let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, picture));
        written.unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    }

    /// Writes a picture of the whole page, from head to foot.
    pub async fn screenshot_page(&self, path: &Path) {
        let height = self.evaluate("return document.documentElement.scrollHeight").await.as_u64().unwrap_or_default();
        let (width, window_height) = self.size;
        self.draw_at(width, height.clamp(window_height.into(), PAGE_HEIGHT_MAX_PX)).await;
        self.screenshot(path).await;
        self.draw_at(width, window_height.into()).await;
    }

    async fn draw_at(&self, width: u32, height: u64) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    async fn set_value(&self, element: Element, value: &str) {
        let script = "arguments[0].value = arguments[1];
            for (const name of ['input', 'change']) arguments[0].dispatchEvent(new Event(name, { bubbles: true }));";
        let element = serde_json::to_value(element).unwrap_or_default();
        self.step("set a day", self.client.execute(script, vec![element, value.into()])).await;
    }

    /// A command of Chromium's own protocol, for what WebDriver does not have.
    async fn command(&self, command: &str, parameters: Value) {
        let call = Call { path: "goog/cdp/execute", body: json!({ "cmd": command, "params": parameters }) };
        self.step(command, self.client.issue_cmd(call)).await;
    }

    async fn step<T>(&self, what: &str, action: impl Future<Output = Result<T, CmdError>>) -> T {
        let fault = match tokio::time::timeout(STEP_LIMIT, action).await {
            Ok(Ok(value)) => return value,
            Ok(Err(fault)) => fault.to_string(),
            Err(_) => format!("not within {STEP_LIMIT:?}"),
        };
        panic!("{what}: {fault}\n{}", self.describe().await);
    }

    /// Where the browser is and what the page says, for the message of a panic.
    async fn describe(&self) -> String {
        let script = "return location.href + '\\n' + document.body.innerText.slice(0, 2000)";
        let page = tokio::time::timeout(STEP_LIMIT, self.client.execute(script, Vec::new())).await;
        page.ok().and_then(Result::ok).and_then(|page| page.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

fn capabilities(folder: &str) -> Capabilities {
    let arguments: Vec<String> =
        ARGUMENTS.iter().map(|&argument| argument.to_owned()).chain([format!("--user-data-dir={folder}/profile")]).collect();
    let wanted = json!({
        "browserName": "chrome",
        "timeouts": { "implicit": 0, "pageLoad": 25_000, "script": 25_000 },
        "goog:chromeOptions": { "args": arguments, "prefs": { "intl.accept_languages": "vi" } },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    wanted.as_object().cloned().unwrap_or_default()
}

/// A WebDriver call that fantoccini has no function for.
#[derive(Debug)]
struct Call {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Call {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
