//! Every page for everybody: axe-core finds nothing on any page, wide and narrow, light and dark; and `audit.js` nothing of what
//! axe-core does not look at. What axe-core could not decide is written to `test-output/access/` to be looked at by people.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use testbed::{Browser, Media};

use crate::places::{ALL, EMPTY, MISTAKES, Mistake, PAGES, Who};
use crate::world::{Demo, On, World};

/// The rules' own engine, see its `README.md`.
const AXE: &str = include_str!("axe/axe.min.js");
/// What it does not look at.
const AUDIT: &str = include_str!("audit.js");
const WIDTHS: [(u32, u32); 2] = [(1440, 900), (390, 844)];

/// Every rule of WCAG 2.0 to 2.2 at A and AA and of good practice. Target size is of 2.2 and off by itself. In the dark only colours
/// are other than in the light, so only what hangs on them is asked again.
const RULES: &str = "
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
    const rules = { 'target-size': { enabled: true } };
    const all = { runOnly: { type: 'tag', values: tags }, rules };
    const colours = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };
    const told = (found) => found.flatMap((rule) => rule.nodes.map((node) =>
        `${rule.id} (${rule.help}): ${node.target.join(' ')}: ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}`));
    axe.run(document, { ...(COLOURS ? colours : all), preload: false, resultTypes: ['violations', 'incomplete'] }).then(
        (found) => done({ violations: told(found.violations), incomplete: told(found.incomplete) }),
        (fault) => done({ violations: [String(fault)], incomplete: [] }));";

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_accessible() {
    let mut walk = Walk::begin().await;
    let demo = Demo::start();
    for who in ALL {
        if let Who::Account(name) = who {
            demo.log_in(&walk.browser, name).await;
        }
        for page in PAGES.iter().filter(|page| page.who == who) {
            open(&walk.browser, &|path| demo.url(path), page.place).await;
            walk.look(&format!("{} {who:?}", page.place)).await;
        }
        for mistake in MISTAKES.iter().filter(|mistake| mistake.who == who) {
            open(&walk.browser, &|path| demo.url(path), mistake.place).await;
            send(&walk.browser, mistake).await;
            walk.look(&format!("{} {who:?}, with a mistake", mistake.place)).await;
        }
    }
    let world = World::empty(On::Sqlite, "tỉnh Lam Giang");
    walk.browser.forget().await;
    world.log_in(&walk.browser).await;
    for path in EMPTY {
        walk.browser.goto(&world.url(path)).await;
        walk.look(&format!("{path} of an empty ledger")).await;
    }
    walk.end();
}

/// A browser that looks at pages and remembers what is wrong.
struct Walk {
    browser: Browser,
    wrong: Vec<String>,
    undecided: BTreeSet<String>,
    pages: usize,
}

impl Walk {
    async fn begin() -> Self {
        let browser = Browser::open().await;
        browser.bring_along(AXE).await;
        Self { browser, wrong: Vec::new(), undecided: BTreeSet::new(), pages: 0 }
    }

    /// Looks at the page that is open, at every width, in both schemes.
    async fn look(&mut self, page: &str) {
        self.pages += 1;
        for (width, height) in WIDTHS {
            self.browser.resize(width, height).await;
            for (media, colours) in [(Media::StillLight, "false"), (Media::StillDark, "true")] {
                self.browser.set_media(media).await;
                let found = self.browser.evaluate_later(&RULES.replace("COLOURS", colours)).await;
                self.wrong.extend(sentences(&found["violations"]).map(|said| format!("{page}, {width}, {media:?}: {said}")));
                self.undecided.extend(sentences(&found["incomplete"]).map(|said| format!("{page}: {said}")));
            }
            self.browser.set_media(Media::StillLight).await;
            let found = self.browser.evaluate(AUDIT).await;
            self.wrong.extend(sentences(&found).map(|said| format!("{page}, {width}: {said}")));
        }
    }

    fn end(self) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../test-output/access");
        std::fs::create_dir_all(&folder).expect("a folder for what is undecided");
        let list = self.undecided.iter().fold(String::new(), |mut list, line| {
            let _ = writeln!(list, "{line}");
            list
        });
        std::fs::write(folder.join("undecided.txt"), list).expect("a list of what is undecided");
        assert!(self.wrong.is_empty(), "{} findings on {} pages:\n{}", self.wrong.len(), self.pages, self.wrong.join("\n"));
    }
}

fn sentences(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// Opens a place: an address, and from there the first link of each selector.
pub async fn open(browser: &Browser, url: &dyn Fn(&str) -> String, place: &str) {
    let mut steps = place.split(" => ");
    browser.goto(&url(steps.next().unwrap_or_default())).await;
    for selector in steps {
        browser.wait_for(selector).await;
        let script = format!("return document.querySelector({}).href", serde_json::json!(selector));
        let address = browser.evaluate(&script).await;
        browser.goto(address.as_str().expect("a link")).await;
    }
}

/// Fills a form past what the browser itself would stop, and sends it.
async fn send(browser: &Browser, mistake: &Mistake) {
    let script = format!(
        "const button = document.querySelector({}), form = button.form; form.noValidate = true;
         for (const [name, value] of {}) {{
             const field = form.elements.namedItem(name) ?? [...form.elements].find((one) => one.name.startsWith(name + '-'));
             field.value = value;
         }}
         form.closest('details')?.setAttribute('open', '');
         document.body.dataset.former = 'yes';
         form.requestSubmit(button);",
        serde_json::json!(mistake.button),
        serde_json::json!(mistake.typed)
    );
    browser.evaluate(&script).await;
    browser.wait_for("body:not([data-former]) [role=alert]").await;
}
