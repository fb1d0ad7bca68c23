//! What somebody who means harm gets.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use crate::bad_input::{reading_about, reading_on_the_desk};
use crate::client::{Client, read_answer};
use crate::site::{On, PASSWORD, Site, paper};

#[test]
fn a_log_in_takes_no_token_from_outside_and_ends_the_old_one() {
    let site = Site::open(On::Sqlite);
    let planted = Client { cookie: "cotmoc_login=planted".to_owned(), ..site.visitor() };
    let over_tls = ("x-forwarded-proto", "https");
    let body = crate::client::encoded(&[("name", "van.thu"), ("password", PASSWORD)]);
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let answer = planted.send("POST", "/login", &[kind, over_tls], body.as_bytes()).unwrap();
    for name in ["cotmoc_login", "cotmoc_device"] {
        let cookie = answer.set_cookie(name).unwrap();
        assert!(cookie.contains("; HttpOnly; SameSite=Lax; Secure") && !cookie.contains("planted"), "{cookie}");
    }
    let first = Client { cookie: answer.cookie("cotmoc_login").unwrap(), ..site.visitor() };
    assert_eq!(planted.get("/password").unwrap().status, 403);
    assert_eq!(first.get("/password").unwrap().status, 200);
    let second = first.post("/login", &[("csrf", first.get("/login").unwrap().input("csrf")), ("name", "van.thu"), ("password", PASSWORD)]);
    assert_eq!(second.unwrap().status, 303);
    assert_eq!(first.get("/password").unwrap().status, 403, "the log-in before ends with the new one");
}

#[test]
fn a_log_in_leads_nowhere_else() {
    let site = Site::open(On::Sqlite);
    for next in ["//example.com", "/\\example.com", "https://example.com", "/a\r\nset-cookie: x=1", "javascript:alert(1)", "/\u{2f}/x"] {
        let answer = site.visitor().post("/login", &[("name", "van.thu"), ("password", PASSWORD), ("next", next)]).unwrap();
        assert_eq!((answer.status, answer.header("location")), (303, "/my-work"), "{next}");
        assert!(answer.set_cookie("x").is_none());
    }
    // Nor does a page that is not there, by the link to its other language.
    for path in ["/en//example.com", "//example.com/a", "/en///example.com", "/\\example.com", "/en/\\example.com"] {
        let page = site.visitor().get(path).unwrap();
        assert_eq!(page.status, 404);
        assert!(!leads_away(&page.body), "{path}: {}", page.body);
        let sent = site.visitor().post(path, &[("reason", "x")]).unwrap();
        assert!(!leads_away(&sent.body), "{path}: {}", sent.body);
    }
}

fn leads_away(page: &str) -> bool {
    ["=\"//", "=\"/\\", "=\"http"].iter().any(|start| page.contains(start))
}

#[test]
fn a_role_reaches_as_far_as_its_unit_and_no_further() {
    let site = Site::open(On::Sqlite);
    let province = site.signed_in("van.thu");
    let reading = reading_on_the_desk(&province, 1);
    let other = reading_about(&province, 2, "huyện Nậm Rạng");
    let desk = province.get(&reading).unwrap();
    let draft = desk.between("id=\"draft-form\" action=\"", "\"").to_owned();
    let before = site.sound_entries();
    let mut log_ins = 0;
    for name in ["nam.rang", "bao.cao", "kiem.tra", "quan.tri"] {
        let person = site.signed_in(name);
        log_ins += 1;
        let csrf = person.get("/password").unwrap().input("csrf").to_owned();
        let form = [("csrf", csrf.as_str()), ("revision", "1"), ("do", "accept"), ("which", "all"), ("meeting", "none"), ("unit", "")];
        for path in ["", "/head", "/acceptance", "/settlement", "/discarding"] {
            if path.is_empty() {
                assert_eq!(person.get(&reading).unwrap().status, 403, "{name} {path}");
            } else {
                let answer = person.post(&format!("{reading}{path}"), &form).unwrap();
                assert_eq!(answer.status, 403, "{name} {path}");
                assert!(answer.body.contains("class=\"lead\"") && !answer.body.contains("13/22"), "{name} {path}");
            }
        }
        assert_eq!(person.post(&draft, &form).unwrap().status, 403, "{name}");
        if name != "nam.rang" {
            assert_eq!(person.get("/readings/new").unwrap().status, 403, "{name}");
            let fields = [("csrf", csrf.as_str()), ("text", &paper(9, "huyện Mường Vân"))];
            assert_eq!(person.upload("/readings", &fields, None).unwrap().status, 403, "{name}");
        }
    }
    assert_eq!(site.sound_entries(), before + log_ins, "only the log-ins are new");

    // An officer of one district moves no paper into another, and decides no draft of another's by an address of their own.
    let district = site.signed_in("muong.van");
    let desk = district.get(&reading).unwrap();
    let csrf = desk.input("csrf");
    let unit_of = |name: &str| -> String {
        let page = province.get(&other).unwrap();
        let option = page.body.split("<option value=\"").skip(1).find(|option| option.contains(name)).unwrap_or_default();
        option.split('"').next().unwrap_or_default().to_owned()
    };
    let moved = [("csrf", csrf), ("revision", desk.input("revision")), ("meeting", "none"), ("unit", &unit_of("huyện Nậm Rạng"))];
    assert_eq!(district.post(&format!("{reading}/head"), &moved).unwrap().status, 403);
    let foreign = province.get(&other).unwrap().between("id=\"draft-form\" action=\"", "\"").to_owned();
    assert_eq!(district.post(&foreign, &[("csrf", csrf), ("do", "accept")]).unwrap().status, 403);
    let crossed = format!("{reading}/drafts/{}", foreign.rsplit('/').next().unwrap());
    assert_eq!(district.post(&crossed, &[("csrf", csrf), ("do", "accept")]).unwrap().status, 404);
}

#[test]
fn a_paper_joins_no_session_of_another_unit() {
    let site = Site::open(On::Sqlite);
    let province = site.signed_in("van.thu");
    let theirs = reading_about(&province, 1, "huyện Nậm Rạng");
    let desk = province.get(&theirs).unwrap();
    let (csrf, revision) = (desk.input("csrf").to_owned(), desk.input("revision").to_owned());
    province.post(&format!("{theirs}/acceptance"), &[("csrf", &csrf), ("which", "all")]).unwrap();
    assert_eq!(province.post(&format!("{theirs}/settlement"), &[("csrf", &csrf), ("revision", &revision)]).unwrap().status, 303);
    let session = province.get(&theirs).unwrap().between("/sessions/", "\"").to_owned();
    assert!(!session.is_empty());

    let district = site.signed_in("muong.van");
    let ours = reading_about(&district, 2, "huyện Mường Vân");
    let desk = district.get(&ours).unwrap();
    let form = [("csrf", desk.input("csrf")), ("revision", desk.input("revision")), ("meeting", "working_session"), ("session", &session)];
    assert_eq!(district.post(&format!("{ours}/head"), &form).unwrap().status, 403);
}

/// Words of a paper, a file's name and an account's name are shown as words.
#[test]
fn what_comes_from_outside_is_shown_as_words() {
    let site = Site::open(On::Sqlite);
    let officer = site.signed_in("van.thu");
    let script = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>";
    let csrf = officer.get("/readings/new").unwrap().input("csrf").to_owned();
    let words = format!("{script}\n\n{}\n{script}\n", paper(3, "huyện Mường Vân"));
    let fields = [("csrf", csrf.as_str()), ("form_key", script)];
    let name = "a<b onmouseover=alert(1)>\\.txt";
    let answer = officer.upload("/readings", &fields, Some((name, words.as_bytes()))).unwrap();
    assert_eq!(answer.status, 303, "{}", answer.body);
    let reading = answer.header("location").to_owned();
    let mut pages = vec![officer.get(&reading).unwrap(), officer.get("/readings").unwrap()];
    pages.push(officer.get(&format!("/en{reading}?draft=1")).unwrap());
    pages.push(officer.post(&format!("{reading}/drafts/1"), &[("do", script), (script, script)]).unwrap());
    pages.push(site.visitor().post("/login", &[("name", script), ("password", script), ("next", script)]).unwrap());
    pages.push(site.visitor().get("/login?next=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").unwrap());
    pages.push(site.visitor().get("/khong-co?%22%3E%3Cscript%3Ealert(1)%3C/script%3E").unwrap());
    for page in pages {
        for harm in ["<script>alert", "<img src=x", "<b onmouseover", "onerror=alert(1)>\"'"] {
            assert!(!page.body.contains(harm), "{harm}: {}", page.body);
        }
        assert!(page.header("content-security-policy").contains("default-src 'none'"));
    }
}

/// A small form never makes a huge page, whoever sends it.
#[test]
fn a_form_of_very_many_fields_gives_a_page_of_bounded_size() {
    let site = Site::open(On::Sqlite);
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let body = "a=&".repeat(300_000);
    let answer = site.visitor().send("POST", "/khong-co", &[kind], body.as_bytes()).unwrap();
    assert_eq!(answer.status, 404);
    assert!(answer.body.len() < 2 * body.len(), "{} bytes", answer.body.len());
}

#[test]
fn an_upload_of_very_many_parts_is_answered_in_time() {
    let site = Site::open(On::Sqlite);
    let officer = site.signed_in("van.thu");
    let part = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n";
    let body = format!("{}--x--\r\n", part.repeat(300_000));
    let begun = Instant::now();
    let answer = officer.send("POST", "/readings", &[("content-type", "multipart/form-data; boundary=x")], body.as_bytes()).unwrap();
    assert!((400..500).contains(&answer.status), "{}", answer.status);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn secrets_and_lines_of_others_stay_out_of_the_log() {
    let site = Site::open(On::Sqlite);
    let officer = site.signed_in("van.thu");
    let token = officer.cookie.split_once('=').unwrap().1.to_owned();
    let csrf = officer.get("/password").unwrap().input("csrf").to_owned();
    officer.get("/khong-co%0a%7B%22level%22:%22ERROR%22%7D?mat-khau=rat-kin").unwrap();
    site.visitor().post("/login", &[("name", "van.thu\n{\"level\":\"ERROR\"}"), ("password", "rất kín")]).unwrap();
    officer.post("/password", &[("csrf", &csrf), ("password", "rất kín"), ("new_password", "rất kín")]).unwrap();
    let log = site.log();
    for secret in ["rất kín", "rat-kin", PASSWORD, &token, &csrf] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
    let ours = |line: &str| line.starts_with('{') && line.ends_with('}') || line.contains("http://");
    assert!(log.lines().all(ours), "{log}");
    assert!(!log.lines().any(|line| line.starts_with("{\"level\"")), "{log}");
}

/// An answer to a name that nobody has takes as long as one to a name that somebody has.
#[test]
fn an_unknown_account_is_not_told_apart_by_time() {
    let site = Site::open(On::Sqlite);
    let visitor = site.visitor();
    let mut best = [Duration::MAX; 2];
    for round in 0..4 {
        for (which, name) in ["kiem.tra", "khong.co"].iter().enumerate() {
            let begun = Instant::now();
            assert_eq!(visitor.post("/login", &[("name", name), ("password", &format!("đoán {round}"))]).unwrap().status, 403);
            best[which] = best[which].min(begun.elapsed());
        }
    }
    let [known, unknown] = best.map(|time| time.as_secs_f64());
    assert!(unknown > known / 2.0 && unknown < known * 2.0, "known {known}, unknown {unknown}");
}

/// Five megabytes of what costs the reader most, and what the desk makes of it.
#[test]
fn hostile_texts_are_answered_in_bounded_time() {
    let site = Site::open(On::Sqlite);
    let officer = site.signed_in("van.thu");
    let csrf = officer.get("/readings/new").unwrap().input("csrf").to_owned();
    let size = 300_000;
    let texts = [
        "Giao Sở Y tế chủ trì, phối hợp với UBND huyện Mường Vân hoàn thành 12 km trước ngày 30/9/2024.\n",
        "Giao Sở Y tế chủ trì hoàn thành 12 km trước ngày 30/9/2024; ",
        "đồng chí ",
        "12,5% ",
        "((((((((",
        "<div><table><tr><td>",
        "1.1.1.1.1.",
        "Số 12-TB/VPTU ngày 1/1/2024 ",
        "A\u{301}\u{323}\u{302}",
    ];
    for words in texts {
        let text = words.repeat(size / words.len());
        let begun = Instant::now();
        let fields = [("csrf", csrf.as_str()), ("published_on", "22/4/2024")];
        let answer = officer.upload("/readings", &fields, Some(("a.txt", text.as_bytes()))).unwrap();
        let handed_in = begun.elapsed();
        assert!([303, 422].contains(&answer.status), "{words}: {} {}", answer.status, answer.body);
        let begun = Instant::now();
        if answer.status == 303 {
            assert_eq!(officer.get(answer.header("location")).unwrap().status, 200, "{words}");
        }
        println!("{:>9.3} s hand-in, {:>7.3} s desk: {words:?}", handed_in.as_secs_f64(), begun.elapsed().as_secs_f64());
        assert!(handed_in < Duration::from_secs(20) && begun.elapsed() < Duration::from_secs(20), "{words}");
    }
}

/// Whoever sends slowly, or never ends, holds up nobody else.
#[test]
fn a_connection_that_dawdles_holds_up_nobody() {
    let site = Site::open(On::Sqlite);
    let visitor = site.visitor();
    let mut dawdlers: Vec<_> = (0..200).map(|_| visitor.connect().unwrap()).collect();
    for (which, stream) in dawdlers.iter_mut().enumerate() {
        let head = if which % 2 == 0 {
            "GET / HTTP/1.1\r\nhost: x\r\nx-slow"
        } else {
            "POST /login HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\ncontent-type: application/x-www-form-urlencoded\r\n\r\nname="
        };
        stream.write_all(head.as_bytes()).unwrap();
    }
    let begun = Instant::now();
    assert_eq!(visitor.get("/about").unwrap().status, 200);
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn what_is_no_http_ends_its_connection_only() {
    let site = Site::open(On::Sqlite);
    let visitor = site.visitor();
    for bytes in
        [&b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03"[..], b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n"]
    {
        let mut stream = visitor.connect().unwrap();
        stream.write_all(bytes).unwrap();
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
    }
    let mut stream = visitor.connect().unwrap();
    let head = format!("GET /about HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncookie: {}\r\n\r\n", "a".repeat(1_000_000));
    let _ = stream.write_all(head.as_bytes());
    if let Ok(answer) = read_answer(&mut stream) {
        assert!((400..500).contains(&answer.status), "{}", answer.status);
    }
    assert_eq!(visitor.get("/about").unwrap().status, 200);
}
