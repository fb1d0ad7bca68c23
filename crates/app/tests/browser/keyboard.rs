//! A report of ten pages from the log-in to the public page with the keyboard alone: no mouse, no focus lost, every decision told.
//! And a few drafts without scripts, where Tab and Enter are all there is.

use testbed::{Browser, Key, Scripts};

use crate::world::{NEW_PASSWORD, On, World};

/// What an office of a fictional district would hand in.
const REPORT: &str = include_str!("ten-pages.txt");
const SHORT: &str = include_str!("../../../reader/cases/01-working-session.txt");

/// So many strokes of Tab lead from one place of a page to any other.
const TABS_MAX: usize = 400;

/// Remembers over pages whether a mouse was used.
const MOUSE_TRAP: &str = "for (const kind of ['mousedown', 'pointerdown', 'touchstart', 'wheel'])
    addEventListener(kind, () => sessionStorage.setItem('mouse', kind), true);";

#[tokio::test(flavor = "multi_thread")]
async fn a_ten_page_report_is_reviewed_by_keyboard() {
    let pages = REPORT.chars().count() / 2_300;
    assert!(pages >= 10, "the report has {pages} pages");
    let world = World::empty(On::Sqlite, "tỉnh Lam Giang");
    let hands = Hands { browser: Browser::open().await };
    hands.browser.bring_along(MOUSE_TRAP).await;
    hands.log_in(&world).await;
    hands.hand_in(REPORT, "28/6/2024").await;
    hands.settle_head().await;
    let total = hands.progress().await.1;
    assert!(total >= 100, "ten pages give only {total} drafts");

    hands.read_the_keys().await;
    hands.switch_the_keys_off_and_on().await;
    hands.move_about().await;
    hands.type_letters_into_a_field().await;
    hands.drop_and_undo().await;
    hands.correct().await;
    // Twenty one by one, then what the reader is sure of together, then the rest one by one.
    while hands.progress().await.0 < 20 {
        hands.decide('a', "Đã nhận").await;
    }
    hands.accept_the_sure_ones().await;
    while hands.progress().await.0 < total {
        hands.decide('a', "Đã nhận").await;
    }
    hands.settle_and_publish().await;
    let mouse = hands.browser.evaluate("return sessionStorage.getItem('mouse')").await;
    assert!(mouse.is_null(), "a mouse was used: {mouse}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_few_drafts_are_decided_by_keyboard_without_scripts() {
    let world = World::empty(On::Sqlite, "tỉnh Lam Giang");
    let hands = Hands { browser: Browser::open().await };
    hands.browser.set_scripts(Scripts::Off).await;
    hands.log_in(&world).await;
    hands.hand_in(SHORT, "17/4/2024").await;
    hands.settle_head().await;
    hands.pass_over_the_paper().await;
    assert_eq!(hands.browser.count(".keys:not([hidden])").await, 0, "keys that do nothing are not promised");
    for (place, button) in [(1, "accept"), (2, "drop"), (3, "correct")] {
        hands.enter(&format!(".draft.now .actions button[value={button}]")).await;
        hands.wait_for_progress(place).await;
        hands.is_at(".draft.now").await;
    }
    hands.enter(".told button[value=take_back]").await;
    hands.wait_for_progress(2).await;
    hands.is_at(".draft.now").await;
}

/// Two hands on a keyboard.
struct Hands {
    browser: Browser,
}

impl Hands {
    /// Goes on with Tab until the focus is there.
    async fn tab_to(&self, selector: &str) {
        let script = format!("return document.activeElement.matches({})", serde_json::json!(selector));
        self.browser.wait_for(selector).await;
        for _ in 0..TABS_MAX {
            if self.browser.evaluate(&script).await == true {
                return;
            }
            self.browser.strike_key(Key::Tab).await;
        }
        panic!("{TABS_MAX} strokes of Tab do not lead to {selector}; the focus is on {}", self.focus().await);
    }

    async fn type_into(&self, selector: &str, text: &str) {
        self.tab_to(selector).await;
        self.browser.paste(text).await;
    }

    async fn enter(&self, selector: &str) {
        self.tab_to(selector).await;
        self.browser.strike_key(Key::Enter).await;
    }

    async fn focus(&self) -> String {
        let script = "const one = document.activeElement; return one ? one.outerHTML.slice(0, 120) : 'nothing'";
        self.browser.evaluate(script).await.as_str().unwrap_or_default().to_owned()
    }

    /// The focus is in what a selector names, and so never on the page as a whole.
    async fn is_at(&self, selector: &str) {
        let script = format!("return !!document.activeElement?.closest({})", serde_json::json!(selector));
        assert!(self.browser.evaluate(&script).await == true, "the focus is not in {selector} but on {}", self.focus().await);
    }

    async fn log_in(&self, world: &World) {
        self.browser.goto(&world.url("/login")).await;
        self.type_into("input[name=name]", "van.thu").await;
        self.type_into("input[name=password]", &world.one_time_password).await;
        self.browser.strike_key(Key::Enter).await;
        self.type_into("input[name=new_password]", NEW_PASSWORD).await;
        self.type_into("input[name=new_password_again]", NEW_PASSWORD).await;
        self.browser.strike_key(Key::Enter).await;
        self.browser.wait_for_text("h1", "Việc của tôi").await;
    }

    async fn hand_in(&self, text: &str, day: &str) {
        self.enter(".nav a[href='/readings']").await;
        self.enter("a[href='/readings/new']").await;
        self.type_into("textarea[name=text]", text).await;
        self.type_into("input[name=published_on]", day).await;
        self.enter("form[enctype] button[type=submit]").await;
        self.browser.wait_for("[data-desk]").await;
        self.is_at("#review > summary").await;
    }

    /// The unit is new to this ledger: the second choice of the list.
    async fn settle_head(&self) {
        self.tab_to("#h-unit").await;
        self.browser.strike_key(Key::Down).await;
        self.enter("form[action$='/head'] button[type=submit]").await;
        self.browser.wait_for("details#review:not([open])").await;
        self.is_at(".draft.now").await;
    }

    /// How many drafts are decided, of how many.
    async fn progress(&self) -> (usize, usize) {
        let words = self.browser.text(".progress .meta").await;
        let mut numbers = words.split(|letter: char| !letter.is_ascii_digit()).filter_map(|number| number.parse().ok());
        (numbers.next().expect("decided"), numbers.next().expect("of all"))
    }

    async fn wait_for_progress(&self, decided: usize) {
        self.browser.wait_for_text(".progress", &format!("đã xét {decided} ")).await;
    }

    /// Decides the draft in hand by its key; the decision is told, and the focus is on the next draft or at the end.
    async fn decide(&self, key: char, told: &str) {
        let (decided, total) = self.progress().await;
        self.browser.strike(&[key]).await;
        self.wait_for_progress(decided + 1).await;
        self.browser.wait_for_text("[role=status][data-say]", told).await;
        self.is_at(if decided + 1 == total { "#settle" } else { ".draft.now" }).await;
        let is_seen = "const box = document.activeElement.getBoundingClientRect(); return box.top < innerHeight && box.bottom > 0";
        assert!(self.browser.evaluate(is_seen).await == true, "the draft in hand is out of sight");
    }

    /// From the top of the page two links lead past the paper's hundreds of sentences.
    async fn pass_over_the_paper(&self) {
        let address = self.browser.address().await;
        self.browser.goto(address.split('?').next().unwrap_or_default()).await;
        for selector in [".skip", ".to-draft"] {
            let leads = format!("document.querySelector({}).focus()", serde_json::json!(selector));
            self.browser.evaluate(&leads).await;
            self.browser.strike_key(Key::Enter).await;
        }
        self.is_at(".draft.now").await;
    }

    async fn place(&self) -> String {
        self.browser.text("#draft-place").await
    }

    async fn read_the_keys(&self) {
        self.browser.strike(&['?']).await;
        let words = self.browser.text("dialog[open]").await;
        for key in ["A", "S", "X", "Z", "J", "K", "C", "N", "H", "Esc", "Enter"] {
            assert!(words.lines().any(|line| line.split_whitespace().any(|word| word == key)), "{key} is not in the list: {words}");
        }
        self.is_at("dialog[open]").await;
        self.browser.strike_key(Key::Escape).await;
        self.browser.wait_for("dialog:not([open])").await;
        self.is_at(".draft.now").await;
    }

    async fn switch_the_keys_off_and_on(&self) {
        let before = self.progress().await;
        self.browser.strike(&['?']).await;
        self.tab_to("[data-keys-switch]").await;
        self.browser.strike(&[' ']).await;
        self.browser.strike_key(Key::Escape).await;
        for key in ['a', 'x', 'j', '?'] {
            self.browser.strike(&[key]).await;
        }
        assert_eq!(self.browser.count("dialog[open], form[data-sent]").await, 0, "a key that is switched off does something");
        assert_eq!((self.progress().await, self.place().await.starts_with("bản nháp 1 ")), (before, true));
        // The button stands right before the draft: backwards.
        for _ in 0..TABS_MAX {
            if self.browser.evaluate("return document.activeElement.matches('[data-opens=phim]')").await == true {
                break;
            }
            self.browser.strike(&[Key::Shift.into(), Key::Tab.into()]).await;
        }
        self.is_at("[data-opens=phim]").await;
        self.browser.strike_key(Key::Enter).await;
        self.tab_to("[data-keys-switch]").await;
        self.browser.strike(&[' ']).await;
        self.browser.strike_key(Key::Escape).await;
        self.is_at(".keys").await;
    }

    /// Later, later, back, and to the next one that must be looked at.
    async fn move_about(&self) {
        for (key, place) in [('j', "bản nháp 2 "), ('j', "bản nháp 3 "), ('k', "bản nháp 2 ")] {
            self.browser.strike(&[key]).await;
            self.browser.wait_for_text("#draft-place", place).await;
            self.is_at(".draft.now").await;
        }
        self.browser.strike(&['c']).await;
        self.browser.wait_for_text(".draft.now .sure", "cần xem").await;
        self.is_at(".draft.now").await;
    }

    async fn type_letters_into_a_field(&self) {
        let (place, progress) = (self.place().await, self.progress().await);
        self.browser.strike(&['h']).await;
        self.tab_to("#h-headline").await;
        self.browser.strike_key(Key::End).await;
        for key in ['a', 'x', 'j', '?'] {
            self.browser.strike(&[key]).await;
        }
        let typed = self.browser.evaluate("return document.activeElement.value").await;
        assert!(typed.as_str().is_some_and(|typed| typed.contains("axj?")), "letters are typed: {typed}");
        assert_eq!((self.place().await, self.progress().await), (place, progress), "and decide nothing");
        self.enter("form[action$='/head'] button[type=submit]").await;
        self.browser.wait_for_text("#draft-place", "bản nháp 1 ").await;
        self.is_at(".draft.now").await;
    }

    async fn drop_and_undo(&self) {
        let (decided, _) = self.progress().await;
        self.decide('x', "Đã bỏ").await;
        self.browser.strike(&['z']).await;
        self.wait_for_progress(decided).await;
        self.is_at(".draft.now").await;
        assert!(self.place().await.starts_with("bản nháp 1 "), "the draft is in hand again");
        self.decide('x', "Đã bỏ").await;
    }

    /// Looks for a draft whose first field is a line of words, mends it, leaves the field and comes back, and saves.
    async fn correct(&self) {
        let is_text = "return document.querySelector('.draft.now [data-key=s]')?.matches('textarea')";
        let next = "return new URL(document.querySelector('.draft.now [data-key=j]').href).searchParams.get('draft')";
        while self.browser.evaluate(is_text).await != true {
            let place = self.browser.evaluate(next).await.as_str().expect("a draft after this one").to_owned();
            self.browser.strike(&['j']).await;
            self.browser.wait_for_text("#draft-place", &format!("bản nháp {place} ")).await;
        }
        let (decided, _) = self.progress().await;
        self.browser.strike(&['s']).await;
        self.is_at(".draft.now textarea").await;
        self.browser.strike_key(Key::Escape).await;
        self.is_at(".draft.now").await;
        self.browser.strike(&['s']).await;
        self.browser.strike(&[Key::Control.into(), Key::End.into()]).await;
        self.browser.paste(" (đã đối chiếu)").await;
        self.browser.strike(&[Key::Control.into(), Key::Enter.into()]).await;
        self.wait_for_progress(decided + 1).await;
        self.browser.wait_for_text("[role=status][data-say]", "(đã đối chiếu)").await;
        self.is_at(".draft.now").await;
    }

    async fn accept_the_sure_ones(&self) {
        self.browser.strike(&['n']).await;
        self.is_at("button[value=sure]").await;
        self.browser.strike_key(Key::Enter).await;
        self.browser.wait_for_text("[role=status][data-say]", "bản nháp. Còn").await;
        self.is_at(".draft.now, #settle").await;
    }

    async fn settle_and_publish(&self) {
        self.enter("form[action$='/settlement'] button[type=submit]").await;
        self.browser.wait_for_text("main [role=status]", "Đã ghi vào sổ").await;
        self.is_at("main [role=status]").await;
        self.enter("a.button.main[href$='/edit']").await;
        self.enter("form[action$='/publication'] button").await;
        self.browser.wait_for("article.article").await;
        self.is_at("main").await;
    }
}
