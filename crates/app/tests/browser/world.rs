//! A ledger of its own with one province and one officer, served by the built program; and a browser that is logged in.

use std::path::{Path, PathBuf};
use std::process::Command;

use domain::reading::Reading;
use testbed::{Browser, Key, Postgres, Server};

/// The built program.
pub const COTMOC: &str = env!("CARGO_BIN_EXE_cotmoc");
/// What the officer of a [`World`] chooses.
pub const NEW_PASSWORD: &str = "bốn từ không liên quan nhau";

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

/// A running program over a fresh ledger.
pub struct World {
    pub server: Server,
    pub one_time_password: String,
    _folder: tempfile::TempDir,
}

impl World {
    /// An empty ledger but for a province and an officer of it.
    pub fn empty(on: On, province: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = match on {
            On::Sqlite => format!("sqlite://{}", folder.path().join("so.db").display()),
            On::Postgres => Postgres::shared().fresh_database(),
        };
        run(&["unit", "add", "10", province, "--kind", "tỉnh", "--database", &database]);
        let printed = run(&["account", "add", "van.thu", "--role", "officer", "--unit", "10", "--database", &database]);
        let one_time_password = printed.split_whitespace().find(|word| is_one_time(word)).expect("a one-time password").to_owned();
        let server = Server::start(Path::new(COTMOC), &["serve", "--listen", "127.0.0.1:0", "--database", &database], &[]);
        Self { server, one_time_password, _folder: folder }
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.url().trim_end_matches('/'))
    }

    /// Logs in with the one-time password and chooses an own one.
    pub async fn log_in(&self, browser: &Browser) {
        browser.goto(&self.url("/login")).await;
        browser.fill("input[name=name]", "van.thu").await;
        browser.fill("input[name=password]", &self.one_time_password).await;
        browser.press(Key::Enter).await;
        browser.wait_for("input[name=new_password]").await;
        browser.fill("input[name=new_password]", NEW_PASSWORD).await;
        browser.fill("input[name=new_password_again]", NEW_PASSWORD).await;
        browser.press(Key::Enter).await;
        browser.wait_for_text("h1", "Việc của tôi").await;
    }
}

/// The demo, running; every account has one password.
pub struct Demo {
    server: Server,
    password: String,
}

impl Demo {
    /// A demo of its own.
    pub fn start() -> Self {
        let server = Server::start(Path::new(COTMOC), &["demo", "--listen", "127.0.0.1:0"], &[]);
        let password = server.log().split_whitespace().find(|word| is_one_time(word)).expect("the demo's password").to_owned();
        Self { server, password }
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.url().trim_end_matches('/'))
    }

    /// Logs in as somebody, whoever was logged in before.
    pub async fn log_in(&self, browser: &Browser, name: &str) {
        browser.forget().await;
        browser.goto(&self.url("/login")).await;
        browser.fill("input[name=name]", name).await;
        browser.fill("input[name=password]", &self.password).await;
        browser.press(Key::Enter).await;
        browser.wait_for(".masthead .who").await;
    }
}

/// `kqzt-7mwa-x3cd-9fhe`
fn is_one_time(word: &str) -> bool {
    word.len() == 19 && word.split('-').count() == 4 && word.split('-').all(|group| group.len() == 4)
}

/// Runs the program to its end; what it printed.
pub fn run(arguments: &[&str]) -> String {
    let output = Command::new(COTMOC).args(arguments).output().expect("the program starts");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "cotmoc {}: {}{}", arguments.join(" "), printed, String::from_utf8_lossy(&output.stderr));
    printed
}

/// What the reader gives of a paper, through the command line.
pub fn reading_of(paper: &Path) -> Reading {
    serde_json::from_str(&run(&["read", "--json", &paper.display().to_string()])).expect("the contract's JSON")
}

/// The folder for screenshots.
pub fn shots_folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../test-output/shots");
    std::fs::create_dir_all(&folder).expect("a folder for screenshots");
    folder
}

/// A page's words without the marks of typesetting, for comparing with a paper's.
pub fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}
