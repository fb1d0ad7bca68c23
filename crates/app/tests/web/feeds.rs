//! What programs read: the feeds, the calendars, the site map, robots, linked data; and the addresses in all of them.

use axum::http::StatusCode;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use crate::paper::{Land, NEWS, PASSWORD};
use crate::support::{Answer, TestApp};

const SITE: &str = "https://cotmoc.lamgiang.gov.vn";
/// A headline that tries to end a script, a comment, an element and a line.
const HOSTILE: &str = "Khe Trà </script><!-- & \"lời\" ]]> hứa <b>";

/// The names of the elements of a well-formed document with their text, in order.
fn elements(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut all, mut open): (Vec<(String, String)>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|fault| panic!("{fault} in {xml}")) {
            Event::Start(start) => {
                start.attributes().for_each(|attribute| drop(attribute.unwrap()));
                open.push(all.len());
                all.push((String::from_utf8(start.name().as_ref().to_vec()).unwrap(), String::new()));
            }
            Event::Empty(empty) => {
                let attributes = empty.attributes().map(|attribute| attribute.unwrap());
                let words =
                    attributes.map(|one| format!("{}={} ", String::from_utf8_lossy(one.key.as_ref()), String::from_utf8_lossy(&one.value)));
                all.push((String::from_utf8(empty.name().as_ref().to_vec()).unwrap(), words.collect()));
            }
            Event::Text(text) => {
                if let Some(index) = open.last() {
                    all[*index].1 += std::str::from_utf8(&text.into_inner()).unwrap();
                }
            }
            Event::GeneralRef(reference) => {
                let letter = match reference.resolve_char_ref().unwrap() {
                    Some(letter) => letter.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&String::from_utf8_lossy(&reference)).unwrap().to_owned(),
                };
                all[*open.last().unwrap()].1 += &letter;
            }
            Event::End(_) => drop(open.pop().unwrap()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "{xml}");
    all
}

/// The texts of the elements of a name.
fn texts<'a>(all: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    all.iter().filter(|(known, _)| known == name).map(|(_, text)| text.as_str()).collect()
}

/// The blocks of linked data of a page.
fn said(page: &Answer) -> Vec<Value> {
    let blocks = page.body.split("<script type=\"application/ld+json\">").skip(1);
    blocks.map(|rest| serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap()).collect()
}

fn of_type<'a>(said: &'a [Value], kind: &str) -> &'a Value {
    said.iter().find(|one| one["@type"] == kind).unwrap_or_else(|| panic!("no {kind} in {said:?}"))
}

async fn published() -> (TestApp, Land, store::settlement::Settled) {
    let web = TestApp::public(SITE).await;
    let land = web.settle_land().await;
    let settled = web.publish_paper(&land, NEWS).await;
    (web, land, settled)
}

#[tokio::test]
async fn the_feed_says_what_the_standard_wants() {
    let (web, _, settled) = published().await;
    for (path, lang, home) in [("/news/feed.atom", "vi", ""), ("/en/news/feed.atom", "en", "/en")] {
        let feed = web.get(path).await;
        assert_eq!((feed.status, feed.header("content-type").as_str()), (StatusCode::OK, "application/atom+xml"));
        let all = elements(&feed.body);
        let ids = texts(&all, "id");
        assert!(ids.len() == 2 && ids.iter().all(|id| id.starts_with("urn:uuid:") && id.len() == 45), "{ids:?}");
        assert_eq!(texts(&all, "updated"), ["2024-05-20T09:00:00+07:00"; 2]);
        assert_eq!(texts(&all, "published"), ["2024-05-20T09:00:00+07:00"]);
        assert_eq!(texts(&all, "name"), ["Tỉnh Lam Giang", "Thu Trang"]);
        assert_eq!(texts(&all, "dc:source"), ["baolamgiang.vn"], "author and source are two things");
        let links = texts(&all, "link").join("\n");
        assert!(links.contains(&format!("rel=self type=application/atom+xml href={SITE}{path} ")), "{links}");
        let article = format!("{SITE}{home}/news/khe-tra-giu-loi-hua-voi-ba-con-vung-cao-{}", settled.article);
        assert!(links.contains(&format!("rel=alternate type=text/html hreflang={lang} href={article} ")), "{links}");
        assert!(feed.body.contains(&format!("xml:lang=\"{lang}\"")));
    }
}

#[tokio::test]
async fn a_correction_moves_the_entry_and_keeps_its_name() {
    let (web, land, settled) = published().await;
    let before = web.get("/news/feed.atom").await;
    let (tag, changed) = (before.header("etag"), before.header("last-modified"));
    for (name, value) in [("if-none-match", tag.as_str()), ("if-modified-since", changed.as_str())] {
        let again = web.send("GET", "/news/feed.atom", &[(name, value)], "").await;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{name}");
    }
    web.correct_later(&land, &settled, HOSTILE, "Tít chưa trọn ý.").await;
    let after = web.send("GET", "/news/feed.atom", &[("if-none-match", &tag), ("if-modified-since", &changed)], "").await;
    assert_eq!(after.status, StatusCode::OK);
    let (old, new) = (elements(&before.body), elements(&after.body));
    assert_eq!(texts(&old, "id"), texts(&new, "id"));
    assert_eq!(texts(&new, "title")[1], HOSTILE, "{}", after.body);
    assert_eq!(texts(&new, "published"), texts(&old, "published"));
    assert_eq!(texts(&new, "updated"), ["2024-05-20T10:00:00+07:00"; 2]);
    let content = texts(&new, "content")[0];
    assert!(content.contains("<del lang=\"vi\">Khe Trà giữ lời hứa với bà con vùng cao</del>"), "{content}");
    assert!(content.contains("Tít chưa trọn ý.") && content.contains("&#60;/script&#62;"), "{content}");
}

#[tokio::test]
async fn a_unit_has_its_own_feed() {
    let (web, land, _) = published().await;
    let of = async |unit| elements(&web.get(&format!("/units/{unit}/feed.atom")).await.body);
    let (district, province) = (of(land.district).await, of(land.province).await);
    assert_eq!(texts(&district, "entry").len(), 1);
    assert_eq!(texts(&district, "title")[0], "Tin tức · Huyện Khe Trà");
    assert_eq!(texts(&province, "entry").len(), 0, "nothing is about the province itself");
    assert_ne!(texts(&district, "id")[0], texts(&province, "id")[0]);
    assert_eq!(web.get("/units/9999/feed.atom").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_withdrawn_article_leaves_the_feed_and_says_so_at_its_address() {
    let (web, land, settled) = published().await;
    let (article, session) = (web.article_path(&settled).await, format!("/sessions/{}", settled.session.unwrap()));
    web.withdraw_later(&land, &settled).await;
    assert_eq!(texts(&elements(&web.get("/news/feed.atom").await.body), "entry").len(), 0);
    for (path, words) in [
        (article.clone(), "<h1>Bản tin này đã được rút</h1>"),
        (format!("/en{article}"), "<h1>This article was withdrawn</h1>"),
        (session.clone(), "<h1>Buổi làm việc này không còn công khai</h1>"),
        (format!("{session}/calendar.ics"), "<h1>Buổi làm việc này không còn công khai</h1>"),
    ] {
        let gone = web.get(&path).await;
        assert_eq!(gone.status, StatusCode::GONE, "{path}");
        assert!(gone.body.contains(words), "{path}: {}", gone.body);
        assert!(gone.body.contains(if path.starts_with("/en") { "20\u{a0}May\u{a0}2024" } else { "20/5/2024" }), "the day");
        assert!(!gone.body.contains("bà con vùng cao") && !gone.body.contains("Thu Trang"), "nothing of what was withdrawn");
        assert!(gone.body.contains("<meta name=\"robots\" content=\"noindex\">"));
    }
    let officer = web.log_in("tinh", PASSWORD).await;
    assert_eq!(web.get_as(&officer, &article).await.status, StatusCode::OK, "staff read on");
}

#[tokio::test]
async fn what_was_never_public_is_not_there_at_all() {
    let web = TestApp::public(SITE).await;
    let land = web.settle_land().await;
    let settled = web.settle_paper(&land, NEWS).await;
    let path = web.article_path(&settled).await;
    assert_eq!(web.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(texts(&elements(&web.get("/news/feed.atom").await.body), "entry").len(), 0);
    assert!(!web.get("/sessions.ics").await.body.contains("VEVENT"));
    assert_eq!(web.get("/sitemaps/news-1.xml").await.status, StatusCode::NOT_FOUND);
    assert!(!web.get("/sitemap.xml").await.body.contains("tasks-1"));
}

/// The lines of a calendar, unfolded; fails where a line is too long or ends otherwise than it must.
fn lines(calendar: &str) -> Vec<String> {
    assert!(calendar.ends_with("\r\n") && !calendar.replace("\r\n", "").contains(['\r', '\n']), "{calendar}");
    for line in calendar.split("\r\n") {
        assert!(line.len() <= 75, "{line}");
    }
    calendar.replace("\r\n ", "").split("\r\n").filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The value of the only property of a name within the only event.
fn property(lines: &[String], name: &str) -> String {
    let begin = lines.iter().position(|line| line == "BEGIN:VEVENT").unwrap();
    let found: Vec<&String> = lines[begin..].iter().filter(|line| line.split([':', ';']).next() == Some(name)).collect();
    assert_eq!(found.len(), 1, "{name} in {lines:?}");
    found[0].split_once(':').unwrap().1.to_owned()
}

#[tokio::test]
async fn sessions_stand_in_calendars() {
    let (web, land, settled) = published().await;
    let session = settled.session.unwrap();
    for path in ["/sessions.ics".to_owned(), format!("/sessions/{session}/calendar.ics")] {
        let calendar = web.get(&path).await;
        assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
        let lines = lines(&calendar.body);
        assert_eq!((lines[0].as_str(), lines.last().unwrap().as_str()), ("BEGIN:VCALENDAR", "END:VCALENDAR"));
        assert!(lines.contains(&"VERSION:2.0".to_owned()) && lines.iter().any(|line| line.starts_with("PRODID:-//")));
        assert_eq!(property(&lines, "DTSTART"), "20240514");
        assert_eq!(property(&lines, "DTEND"), "20240515");
        assert_eq!(property(&lines, "SUMMARY"), "Buổi làm việc với huyện Khe Trà");
        assert_eq!(property(&lines, "STATUS"), "CONFIRMED");
        assert_eq!(property(&lines, "DTSTAMP"), "20240520T020000Z");
        assert_eq!(property(&lines, "URL"), format!("{SITE}/sessions/{session}"));
    }
    let before = lines(&web.get("/sessions.ics").await.body);
    web.withdraw_later(&land, &settled).await;
    let after = lines(&web.get("/sessions.ics").await.body);
    assert_eq!(property(&after, "UID"), property(&before, "UID"), "so that copies learn of it");
    assert_eq!(property(&after, "STATUS"), "CANCELLED");
    assert_eq!(property(&after, "SUMMARY"), "Buổi làm việc đã rút khỏi trang công khai");
    assert_eq!(property(&after, "LAST-MODIFIED"), "20240520T030000Z");
    let number = |lines: &[String]| property(lines, "SEQUENCE").parse::<u32>().unwrap();
    assert!(number(&after) > number(&before));
}

#[tokio::test]
async fn a_session_without_a_day_is_in_no_calendar() {
    let (web, _, settled) = published().await;
    let path = format!("/sessions/{}", settled.session.unwrap());
    assert!(web.get(&path).await.body.contains("Thêm vào lịch"));
    let officer = web.log_in("tinh", PASSWORD).await;
    web.submit(&officer, &path, &path, &[("was", "2024-05-14"), ("held_on", "")]).await;
    assert!(!web.get("/sessions.ics").await.body.contains("VEVENT"));
    assert!(!web.get(&path).await.body.contains("Thêm vào lịch"));
    let event = said(&web.get(&path).await);
    assert_eq!(of_type(&event, "Event").get("startDate"), None, "no invented day");
}

#[tokio::test]
async fn the_site_map_lists_what_is_public_in_both_languages() {
    let (web, land, settled) = published().await;
    let index = web.get("/sitemap.xml").await;
    let parts = elements(&index.body);
    let parts = texts(&parts, "loc");
    assert!(
        parts.contains(&format!("{SITE}/sitemaps/news-1.xml").as_str()) && parts.contains(&format!("{SITE}/sitemaps/pages.xml").as_str())
    );
    let mut listed = Vec::new();
    for part in &parts {
        let part = web.get(part.strip_prefix(SITE).unwrap()).await;
        assert_eq!(part.header("content-type"), "application/xml; charset=utf-8");
        let all = elements(&part.body);
        assert!(texts(&all, "xhtml:link").len() == 3 * texts(&all, "loc").len());
        listed.extend(texts(&all, "loc").into_iter().map(|loc| loc.strip_prefix(SITE).unwrap().to_owned()));
    }
    for path in &listed {
        let page = web.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.contains(&format!("<link rel=\"canonical\" href=\"{SITE}{path}\">")), "{path}");
        assert!(!page.body.contains("noindex"), "{path}");
    }
    let article = web.article_path(&settled).await;
    for path in [article.clone(), format!("/en{article}"), format!("/units/{}", land.district), "/".to_owned(), "/en".to_owned()] {
        assert!(listed.contains(&path), "{path} in {listed:?}");
    }
    assert!(!listed.iter().any(|path| path.contains("/readings") || path.contains("/journal")));
    let robots = web.get("/robots.txt").await;
    assert!(robots.body.contains(&format!("Sitemap: {SITE}/sitemap.xml")) && robots.body.contains("Disallow: /en/readings\n"));
}

#[tokio::test]
async fn pages_say_to_programs_what_they_say_to_people() {
    let (web, land, settled) = published().await;
    web.correct_later(&land, &settled, HOSTILE, "Tít chưa trọn ý.").await;
    let page = web.get(&web.article_path(&settled).await).await;
    let said_here = said(&page);
    let news = of_type(&said_here, "NewsArticle");
    assert_eq!(news["headline"], HOSTILE);
    assert_eq!(news["datePublished"], "2024-05-20T09:00:00+07:00");
    assert_eq!(news["dateModified"], "2024-05-20T10:00:00+07:00");
    assert_eq!((news["author"]["name"].as_str(), news["sourceOrganization"]["name"].as_str()), (Some("Thu Trang"), Some("baolamgiang.vn")));
    assert_eq!(news["publisher"]["name"], "Tỉnh Lam Giang");
    assert_eq!(news["isBasedOn"]["datePublished"], "2024-05-15");
    assert_eq!(news["correction"].as_array().map(Vec::len), Some(1));
    assert_eq!(of_type(&said_here, "BreadcrumbList")["itemListElement"].as_array().map(Vec::len), Some(3));
    assert!(page.body.contains("<meta property=\"og:title\" content=\"Khe Trà &#60;/script&#62;"));
    assert!(page.body.contains("<meta property=\"og:type\" content=\"article\">"));
    assert!(page.body.contains(&format!("<meta property=\"og:image\" content=\"{SITE}/assets/icons/card.")));
    let event = said(&web.get(&format!("/sessions/{}", settled.session.unwrap())).await);
    let event = of_type(&event, "Event");
    assert_eq!((event["startDate"].as_str(), event["about"]["name"].as_str()), (Some("2024-05-14"), Some("Huyện Khe Trà")));
    assert_eq!(event["attendee"].as_array().map(Vec::len), Some(3));
    assert_eq!(event.get("location"), None, "no paper says where");
    let unit = said(&web.get(&format!("/units/{}", land.district)).await);
    assert_eq!(of_type(&unit, "AdministrativeArea")["containedInPlace"]["name"], "Tỉnh Lam Giang");
    assert_eq!(of_type(&said(&web.get("/").await), "WebSite")["publisher"]["@type"], "GovernmentOrganization");
}

#[tokio::test]
async fn no_request_writes_its_host_into_pages() {
    let web = TestApp::demo().await;
    let land = web.settle_land().await;
    web.publish_paper(&land, NEWS).await;
    let hostile = [("host", "evil.example"), ("x-forwarded-host", "evil.example"), ("x-forwarded-proto", "https")];
    for path in ["/", "/news", "/sessions", "/nowhere", "/login"] {
        let page = web.send("GET", path, &hostile, "").await;
        assert!(!page.body.contains("evil.example"), "{path}");
    }
    assert!(web.get("/news").await.body.contains("<link rel=\"canonical\" href=\"/news\">"), "relative is right for every host");
    for path in ["/news/feed.atom", "/sitemap.xml", "/sessions.ics"] {
        let own = web.send("GET", path, &hostile, "").await;
        assert_eq!(own.header("cache-control"), "private, no-cache", "{path}: an answer to this request only");
        let broken = web.send("GET", path, &[("host", "a\"><x>.example")], "").await;
        assert!(!broken.body.contains("<x>"), "{path}");
    }
    assert!(
        web.send("GET", "/sitemap.xml", &[("host", "lam-giang.example:8443")], "")
            .await
            .body
            .contains("http://lam-giang.example:8443/sitemaps/")
    );
    let set = TestApp::public(SITE).await;
    for path in ["/news/feed.atom", "/sitemap.xml", "/robots.txt", "/sessions.ics", "/"] {
        let page = set.send("GET", path, &hostile, "").await;
        assert!(!page.body.contains("evil.example"), "{path}");
    }
    assert_eq!(set.get("/news/feed.atom").await.header("cache-control"), "public, max-age=300");
}

#[tokio::test]
async fn the_one_address_of_a_page_is_without_what_other_sites_added() {
    let web = TestApp::public(SITE).await;
    for (asked, canonical) in [
        ("/news?fbclid=abc", "/news"),
        ("/en/news?utm_source=zalo&zarsrc=30", "/en/news"),
        ("/tasks?state=overdue&utm_source=x", "/tasks?state=overdue"),
        ("/", "/"),
    ] {
        let page = web.get(asked).await;
        let link = format!("<link rel=\"canonical\" href=\"{SITE}{}\">", canonical.replace('&', "&#38;"));
        assert!(page.body.contains(&link), "{asked}: {}", page.body);
        assert!(page.body.contains("hreflang=\"x-default\""));
    }
}

#[tokio::test]
async fn icons_are_where_programs_look_for_them() {
    let web = TestApp::demo().await;
    for (path, kind) in [("/favicon.ico", "image/x-icon"), ("/apple-touch-icon.png", "image/png")] {
        let icon = web.get(path).await;
        assert_eq!((icon.status, icon.header("content-type").as_str()), (StatusCode::OK, kind));
    }
    let manifest = web.get("/site.webmanifest").await;
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    let manifest: Value = serde_json::from_str(&manifest.body).unwrap();
    for icon in manifest["icons"].as_array().unwrap() {
        assert_eq!(web.get(icon["src"].as_str().unwrap()).await.status, StatusCode::OK);
    }
    assert!(web.get("/about").await.header("content-security-policy").contains("manifest-src 'self'"));
}

#[tokio::test]
async fn a_missing_thing_leads_to_the_list_it_would_stand_in() {
    let web = TestApp::new().await;
    for (path, list) in [
        ("/news/khong-co-9999", "/news"),
        ("/en/sessions/9999", "/en/sessions"),
        ("/tasks/9999", "/tasks"),
        ("/boards/9999", "/sessions"),
        ("/passages/9999", "/documents"),
        ("/people/9999", "/units"),
    ] {
        let page = web.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.body.contains(&format!("<li><a href=\"{list}\" class=\"near\">")), "{path}: {}", page.body);
    }
}
