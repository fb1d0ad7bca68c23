//! What bad input gets: a status, a sentence in the reader's language that says what to do, what was typed, and nothing
//! in the ledger.

use crate::client::{Answer, Client};
use crate::site::{On, Site, paper, with_store};

/// A refused hand-in: what it is, file or text, status, what the page says in Vietnamese and in English.
struct Refused {
    what: &'static str,
    file: Option<Vec<u8>>,
    text: String,
    day: &'static str,
    status: u16,
    vi: &'static str,
    en: &'static str,
}

fn file(what: &'static str, bytes: &[u8], status: u16, vi: &'static str, en: &'static str) -> Refused {
    Refused { what, file: Some(bytes.to_vec()), text: String::new(), day: "", status, vi, en }
}

fn text(what: &'static str, text: &str, day: &'static str, status: u16, vi: &'static str, en: &'static str) -> Refused {
    Refused { what, file: None, text: text.to_owned(), day, status, vi, en }
}

fn refused_papers() -> Vec<Refused> {
    let stamped = |stamp: &str| format!("HUYỆN ỦY MƯỜNG VÂN\n*\n{stamp}\nSố 12-BC/HU\n\nBÁO CÁO\n");
    let utf8 = ("mã hóa UTF-8", "UTF-8 encoding");
    vec![
        file("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01", 415, "Đây là ảnh PNG", "This is a PNG picture"),
        file("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", 415, "PDF", "PDF"),
        file("a zip", b"PK\x03\x04\x14\0\0\0\x08\0word/document.xml", 415, "UTF-8", "UTF-8"),
        file("NULs", b"Th\0\0ng b\0o", 422, "không phải văn bản", "not text"),
        file("nothing", b"", 422, "", ""),
        file("blank lines", b"\n \n\t\n", 422, "", ""),
        file("TCVN3", b"Th\xabng b\xb8o k\xd5t lu\xcbn cu\xe9c h\xe4p", 422, utf8.0, utf8.1),
        file("broken UTF-16", b"\xff\xfeT\0h\0\0\xd8", 422, "UTF-16", "UTF-16"),
        file("a stamped file", stamped("MẬT").as_bytes(), 422, "Dòng 3 đóng dấu «MẬT»", "Line 3 is stamped “MẬT”"),
        text("a stamped text", &stamped("TỐI MẬT"), "", 422, "đóng dấu «TỐI MẬT»", "is stamped “TỐI MẬT”"),
        text("a spaced stamp", &stamped("T U Y Ệ T  M Ậ T"), "", 422, "«TUYỆT MẬT»", "“TUYỆT MẬT”"),
        text("no text", " \n ", "", 422, "", ""),
        text("a text with NUL", "Thông báo\0 kết luận", "", 422, "mã điều khiển", "control code"),
        text("a day that is none", "Thông báo kết luận", "31/2/2024", 422, "«31/2/2024» chưa phải là một ngày", "31/2/2024"),
        text("an endless day", "Thông báo kết luận", "99999999999999999999/1/1", 422, "Viết ngày như 17/4/2024", "17/4/2024"),
        text("a day with NUL", "Thông báo kết luận", "1/1/2024\0", 422, "Viết ngày như 17/4/2024", "17/4/2024"),
    ]
}

fn hand_in(client: &Client, lang: &str, refused: &Refused) -> Answer {
    let csrf = client.get(&format!("{lang}/readings/new")).unwrap().input("csrf").to_owned();
    let file = refused.file.as_deref().map(|bytes| ("../../thu.txt", bytes));
    let fields = [("csrf", csrf.as_str()), ("form_key", ""), ("text", &refused.text), ("published_on", refused.day)];
    client.upload(&format!("{lang}/readings"), &fields, file).unwrap()
}

fn papers_are_refused(on: On) {
    let site = Site::open(on);
    let officer = site.signed_in("van.thu");
    let before = site.sound_entries();
    for refused in refused_papers() {
        for (lang, says) in [("", refused.vi), ("/en", refused.en)] {
            let answer = hand_in(&officer, lang, &refused);
            let what = refused.what;
            assert_eq!(answer.status, refused.status, "{what}: {}", answer.body);
            assert!(answer.body.contains("role=\"alert\"") && answer.body.contains(says), "{what} says nothing of {says}");
            let code = if lang.is_empty() { "vi" } else { "en" };
            assert!(answer.body.contains(&format!("<html lang=\"{code}\">")), "{what}");
            let first_line = refused.text.trim().lines().next().unwrap_or_default();
            assert!(answer.body.contains(first_line), "{what}: the text is not kept");
            assert!(answer.body.contains(&format!("value=\"{}\"", refused.day)), "{what}: the day is not kept");
        }
    }
    assert_eq!(site.sound_entries(), before, "nothing was stored");
}

#[test]
fn what_is_no_paper_is_refused_on_sqlite() {
    papers_are_refused(On::Sqlite);
}

#[test]
fn what_is_no_paper_is_refused_on_postgresql() {
    papers_are_refused(On::Postgres);
}

#[test]
fn a_word_of_secrecy_in_a_sentence_is_no_stamp() {
    let site = Site::open(On::Sqlite);
    let officer = site.signed_in("van.thu");
    let words = "THÔNG BÁO\n\nHội nghị quán triệt việc bảo vệ bí mật nhà nước.\n";
    assert_eq!(hand_in(&officer, "", &text("", words, "", 303, "", "")).status, 303);
}

/// Fifty megabytes, of which no more than the limit is read, and a form of two.
#[test]
fn what_is_too_large_is_told_its_limit() {
    let site = Site::open(On::Sqlite);
    let officer = site.signed_in("van.thu");
    let before = site.sound_entries();
    let large = file("fifty megabytes", &vec![b'a'; 50 * 1024 * 1024], 413, "", "");
    for (lang, says) in [("", "Mức tối đa là 2"), ("/en", "The limit is 2")] {
        let answer = hand_in(&officer, lang, &large);
        assert!(answer.status == 413 && answer.body.contains(says), "{} {}", answer.status, answer.body);
    }
    let answer = hand_in(&officer, "", &text("", &"Văn bản dài. ".repeat(500_000), "", 413, "", ""));
    assert!(answer.status == 413 && answer.body.contains("Mức tối đa là 5"), "{} {}", answer.status, answer.body);
    let answer = officer.post("/logout", &[("reason", &"a".repeat(2 * 1024 * 1024))]).unwrap();
    assert!(answer.status == 413 && answer.body.contains("Mức tối đa là 1"), "{}", answer.status);
    assert_eq!(site.sound_entries(), before);
}

/// A reading about the district Mường Vân, on the desk.
pub fn reading_on_the_desk(officer: &Client, number: u64) -> String {
    reading_about(officer, number, "huyện Mường Vân")
}

pub fn reading_about(officer: &Client, number: u64, unit: &str) -> String {
    let page = officer.get("/readings/new").unwrap();
    let fields = [("csrf", page.input("csrf")), ("form_key", page.input("form_key")), ("text", &paper(number, unit))];
    let answer = officer.upload("/readings", &fields, None).unwrap();
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

/// The address and the fields of the form of the draft in hand, as they stand on the page.
fn draft_form(desk: &Answer) -> (String, Vec<String>) {
    let form = desk.between("id=\"draft-form\"", "</form>");
    let action = form.split("action=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
    let names = form.split(" name=\"").skip(1).filter_map(|rest| rest.split('"').next());
    (action, names.filter(|name| !["csrf", "do"].contains(name)).map(str::to_owned).collect())
}

const NONSENSE: [&str; 7] = ["31/2/2024", "-1", "1e999", "không", "a\0b", "\u{1}\u{7f}\u{202e}", "<script>alert(1)</script>"];

/// Whatever stands in a field: a redirect where it is taken, else the form again with the value; never our own fault.
fn forms_take_any_value(on: On) {
    let site = Site::open(on);
    let officer = site.signed_in("van.thu");
    let reading = reading_on_the_desk(&officer, 7);
    let long = "dài ".repeat(2_500);
    let (mut sent, mut refused) = (0, 0);
    for draft in [2, 4, 6, 7] {
        let desk = officer.get(&format!("{reading}?draft={draft}")).unwrap();
        let csrf = desk.input("csrf").to_owned();
        let (action, names) = draft_form(&desk);
        assert!(!names.is_empty(), "{}", desk.body);
        for name in &names {
            for value in NONSENSE.into_iter().chain([long.as_str()]) {
                let answer = officer.post(&action, &[("csrf", &csrf), ("do", "correct"), (name, value)]).unwrap();
                sent += 1;
                match answer.status {
                    303 => {
                        let back = officer.post(&action, &[("csrf", &csrf), ("do", "take_back")]).unwrap();
                        assert_eq!(back.status, 303, "{}", back.body);
                    }
                    422 => {
                        refused += 1;
                        let shown = value.replace('<', "&#60;").replace('>', "&#62;").replace('\0', "\u{fffd}");
                        assert!(answer.body.contains(shown.trim()), "{name}={value:?} is not kept");
                        assert!(answer.body.contains("role=\"alert\"") || answer.body.contains("class=\"lead\""), "{name}={value:?}");
                    }
                    other => panic!("{name}={value:?}: {other} {}", answer.body),
                }
                assert!(!answer.body.contains("<script>alert"), "{name}");
            }
        }
    }
    assert!(sent > 100 && refused > 20, "{sent} sent, {refused} refused");
    heads_take_any_value(&officer, &reading);
    assert!(!site.log().contains("\"ERROR\""), "{}", site.log());
    site.sound_entries();
}

fn heads_take_any_value(officer: &Client, reading: &str) {
    let long = "dài ".repeat(2_500);
    for name in ["headline", "source", "byline", "published_on", "held_on", "meeting", "session", "unit", "new_unit", "revision"] {
        for value in NONSENSE.into_iter().chain(["99999999", long.as_str()]) {
            let desk = officer.get(reading).unwrap();
            let (csrf, revision) = (desk.input("csrf"), desk.input("revision"));
            let mut fields = vec![("csrf", csrf), ("revision", revision), ("meeting", "working_session")];
            fields.retain(|(known, _)| *known != name);
            fields.push((name, value));
            if name == "new_unit" {
                fields.push(("unit", "new"));
            }
            let answer = officer.post(&format!("{reading}/head"), &fields).unwrap();
            assert!([303, 400, 404, 409, 422].contains(&answer.status), "{name}={value:?}: {} {}", answer.status, answer.body);
        }
    }
}

#[test]
fn forms_take_any_value_on_sqlite() {
    forms_take_any_value(On::Sqlite);
}

#[test]
fn forms_take_any_value_on_postgresql() {
    forms_take_any_value(On::Postgres);
}

/// Decides all, and settles with the revision of the desk; the answer and the form that was sent.
fn settle(officer: &Client, reading: &str) -> (Answer, Vec<(String, String)>) {
    let desk = officer.get(reading).unwrap();
    let csrf = desk.input("csrf").to_owned();
    officer.post(&format!("{reading}/acceptance"), &[("csrf", &csrf), ("which", "all")]).unwrap();
    let form = vec![("csrf".to_owned(), csrf), ("revision".to_owned(), desk.input("revision").to_owned())];
    (send(officer, &format!("{reading}/settlement"), &form), form)
}

fn send(client: &Client, path: &str, form: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(path, &fields).unwrap()
}

fn what_is_sent_twice_counts_once(on: On) {
    let site = Site::open(on);
    let officer = site.signed_in("van.thu");
    let page = officer.get("/readings/new").unwrap();
    let (words, other) = (paper(1, "huyện Mường Vân"), paper(2, "huyện Mường Vân"));
    let form = [("csrf", page.input("csrf")), ("form_key", page.input("form_key")), ("text", words.as_str())];
    let first = officer.upload("/readings", &form, None).unwrap();
    let entries = site.sound_entries();
    let second = officer.upload("/readings", &form, None).unwrap();
    assert_eq!(second.header("location"), format!("{}?known=1", first.header("location")));
    assert_eq!(site.sound_entries(), entries);
    // Back in the browser, another paper in the same form: it is a paper of its own.
    let other = officer.upload("/readings", &[form[0], form[1], ("text", &other)], None).unwrap();
    assert!(other.status == 303 && other.header("location") != second.header("location"), "{}", other.header("location"));
    assert!(!other.header("location").contains("known"), "{}", other.header("location"));

    let reading = first.header("location").to_owned();
    let (settled, form) = settle(&officer, &reading);
    assert_eq!(settled.status, 303, "{}", settled.body);
    let entries = site.sound_entries();
    let again = send(&officer, &format!("{reading}/settlement"), &form);
    assert!(again.status == 409 && again.body.contains("class=\"lead\""), "{} {}", again.status, again.body);
    let english = send(&officer, &format!("/en{reading}/settlement"), &form);
    assert!(english.status == 409 && english.body.contains("<html lang=\"en\">"));
    assert_eq!(site.sound_entries(), entries);
}

#[test]
fn what_is_sent_twice_counts_once_on_sqlite() {
    what_is_sent_twice_counts_once(On::Sqlite);
}

#[test]
fn what_is_sent_twice_counts_once_on_postgresql() {
    what_is_sent_twice_counts_once(On::Postgres);
}

#[test]
fn an_older_form_does_not_undo_a_newer_one() {
    let site = Site::open(On::Sqlite);
    let officer = site.signed_in("van.thu");
    let reading = reading_on_the_desk(&officer, 3);
    let desk = officer.get(&reading).unwrap();
    let head = |headline: &'static str| {
        let fields = [("csrf", desk.input("csrf")), ("revision", desk.input("revision")), ("meeting", "none"), ("headline", headline)];
        officer.post(&format!("{reading}/head"), &fields).unwrap()
    };
    assert_eq!(head("Tên mới").status, 303);
    let entries = site.sound_entries();
    let stale = head("Tên của người đến sau");
    assert_eq!(stale.status, 409);
    assert!(stale.body.contains("Tên của người đến sau") && stale.body.contains("class=\"lead\""), "{}", stale.body);
    assert!(officer.get(&reading).unwrap().body.contains("Tên mới"));
    assert_eq!(site.sound_entries(), entries);
}

#[test]
fn what_is_not_there_says_so_in_both_languages() {
    let site = Site::open(On::Sqlite);
    let officer = site.signed_in("van.thu");
    let reading = reading_on_the_desk(&officer, 4);
    let csrf = officer.get(&reading).unwrap().input("csrf").to_owned();
    let entries = site.sound_entries();
    for (lang, code) in [("", "vi"), ("/en", "en")] {
        let mut answers = Vec::new();
        for path in ["/khong-co", "/readings/999999", "/readings/-1", "/assets/..%2f..%2fetc%2fpasswd", "/assets/../../etc/passwd"] {
            answers.push((path, 404, officer.get(&format!("{lang}{path}")).unwrap()));
        }
        for path in ["/readings/abc", "/readings/99999999999999999999", "/readings/1%00"] {
            answers.push((path, 400, officer.get(&format!("{lang}{path}")).unwrap()));
        }
        let draft = format!("{lang}{reading}/drafts/999999");
        answers.push(("a draft", 404, officer.post(&draft, &[("csrf", &csrf), ("do", "accept")]).unwrap()));
        let unit = format!("{lang}{reading}/head");
        let fields = [("csrf", csrf.as_str()), ("revision", "1"), ("meeting", "none"), ("unit", "999999")];
        answers.push(("a unit", 404, officer.post(&unit, &fields).unwrap()));
        for (path, status, answer) in answers {
            assert_eq!(answer.status, status, "{lang}{path}");
            let language = if path.starts_with("/assets") && lang.is_empty() { "vi" } else { code };
            assert!(answer.body.contains(&format!("<html lang=\"{language}\">")) && answer.body.contains("class=\"lead\""), "{path}");
        }
    }
    assert_eq!(site.sound_entries(), entries);
}

#[test]
fn a_form_without_its_token_or_from_elsewhere_is_refused() {
    let site = Site::open(On::Sqlite);
    let officer = site.signed_in("van.thu");
    let reading = reading_on_the_desk(&officer, 5);
    let csrf = officer.get(&reading).unwrap().input("csrf").to_owned();
    let entries = site.sound_entries();
    let path = format!("{reading}/discarding");
    let form = |csrf: &str| crate::client::encoded(&[("csrf", csrf), ("revision", "1"), ("reason", "Chờ hồ sơ")]);
    let kind = ("content-type", "application/x-www-form-urlencoded");
    for (headers, body) in [
        (vec![kind], form("")),
        (vec![kind], form("0000")),
        (vec![kind], "revision=1&reason=Ch%E1%BB%9D+h%E1%BB%93+s%C6%A1".to_owned()),
        (vec![kind, ("origin", "https://example.com")], form(&csrf)),
        (vec![kind, ("origin", "null")], form(&csrf)),
        (vec![kind, ("sec-fetch-site", "cross-site")], form(&csrf)),
        (vec![kind, ("sec-fetch-site", "same-site")], form(&csrf)),
        // A form of another kind is no way around.
        (vec![("content-type", "text/plain")], format!("csrf={csrf}x")),
        (vec![], String::new()),
    ] {
        let answer = officer.send("POST", &path, &headers, body.as_bytes()).unwrap();
        assert_eq!(answer.status, 403, "{headers:?} {body}: {}", answer.body);
        assert!(answer.body.contains("class=\"lead\""));
        if body.contains("reason=") && !headers.iter().any(|(name, _)| *name == "origin" || *name == "sec-fetch-site") {
            assert!(answer.body.contains("Chờ hồ sơ"), "what was typed is gone");
        }
    }
    // A GET changes nothing, and the log-out is guarded like every other form.
    assert_eq!(officer.get(&path).unwrap().status, 405);
    assert_eq!(officer.post("/logout", &[]).unwrap().status, 403);
    assert_eq!(officer.get("/logout").unwrap().status, 405);
    assert_eq!(site.sound_entries(), entries);
    assert_eq!(officer.get(&reading).unwrap().status, 200, "still signed in, still on the desk");
}

#[test]
fn guessing_waits_at_its_place_and_nobody_else_does() {
    let site = Site::open(On::Sqlite);
    let visitor = site.visitor();
    let guess = |name: &str, password: &str, from: &str| {
        let body = crate::client::encoded(&[("name", name), ("password", password)]);
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("x-forwarded-for", from)];
        visitor.send("POST", "/login", &headers, body.as_bytes()).unwrap()
    };
    for _ in 0..5 {
        assert_eq!(guess("van.thu", "đoán mò", "198.51.100.9").status, 403);
    }
    let waits = guess("van.thu", crate::site::PASSWORD, "198.51.100.9");
    assert!(waits.status == 429 && !waits.header("retry-after").is_empty() && waits.body.contains("value=\"van.thu\""));
    // A made-up way before the proxy's own does not lead around.
    assert_eq!(guess("van.thu", crate::site::PASSWORD, "203.0.113.7, 198.51.100.9").status, 429);
    assert_eq!(guess("van.thu", crate::site::PASSWORD, "203.0.113.7").status, 303);
    assert_eq!(guess("muong.van", crate::site::PASSWORD, "198.51.100.9").status, 303, "another account from the same place");
    let refusals = with_store(&site.database, async |store| store.journal_entries(None, 100).await.unwrap());
    assert_eq!(refusals.iter().filter(|entry| entry.action == "login.refuse").count(), 5);
}
