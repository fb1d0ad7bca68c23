//! Photos of papers: sent by officers, many at once; shown to whom the paper is open; leafed through.

use std::io::Write as _;

use axum::http::StatusCode;
use domain::account::Role;
use domain::document::Document;
use domain::id::Id;
use domain::permission::operator;
use domain::photo::{Photo, Picture};
use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::paper::{Land, NEWS, PASSWORD};
use crate::support::{Answer, NOW, TestApp};

/// The paper with three captions, in two of which somebody speaks.
fn news() -> String {
    let second = "Cùng dự có các đồng chí";
    let third = "Huyện Khe Trà kiến nghị";
    NEWS.replace(second, &format!("KT_0002.JPG\nĐồng chí Lù A Páo báo cáo tại buổi làm việc.\n\n{second}"))
        .replace(third, &format!("KT_0003.JPG\nBí thư Tỉnh ủy Hà Minh Sơn phát biểu kết luận.\n\n{third}"))
}

/// A PNG of one colour.
fn png(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let line = [vec![0], vec![shade; width as usize]].concat();
    let mut pixels = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..height {
        pixels.write_all(&line).unwrap();
    }
    let size = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let head = b"\x89PNG\r\n\x1a\n".to_vec();
    [head, chunk(b"IHDR", &size), chunk(b"IDAT", &pixels.finish().unwrap()), chunk(b"IEND", &[])].concat()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [&kind[..], data].concat();
    let mut sum = flate2::Crc::new();
    sum.update(&body);
    [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], &body, &sum.sum().to_be_bytes()].concat()
}

fn form(fields: &[(&str, &str)], files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut form = Vec::new();
    for (name, value) in fields {
        form.extend(format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    for (name, bytes) in files {
        form.extend(format!("--X\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n").bytes());
        form.extend(bytes);
        form.extend(b"\r\n");
    }
    form.extend(b"--X--");
    form
}

/// A paper with captions, and its officer at the desk.
struct Desk {
    app: TestApp,
    land: Land,
    document: Id<Document>,
    cookie: String,
    article: String,
}

impl Desk {
    async fn with(text: &str, is_public: bool) -> Self {
        let app = TestApp::new().await;
        let land = app.settle_land().await;
        let settled = if is_public { app.publish_paper(&land, text).await } else { app.settle_paper(&land, text).await };
        let cookie = app.log_in("tinh", PASSWORD).await;
        let article = app.app.store().get(settled.article).await.unwrap();
        let article = format!("/news/{}-{}", article.slug, article.id);
        Self { app, land, document: settled.document, cookie, article }
    }

    async fn unpublished() -> Self {
        Self::with(&news(), false).await
    }

    async fn published() -> Self {
        Self::with(&news(), true).await
    }

    fn path(&self) -> String {
        format!("/documents/{}/photos", self.document)
    }

    async fn page(&self) -> Answer {
        self.app.get_as(&self.cookie, &self.path()).await
    }

    /// Sends files as the form of the page does.
    async fn send(&self, fields: &[(&str, &str)], files: &[(&str, Vec<u8>)]) -> Answer {
        let token = self.page().await.csrf();
        let fields = [&[("csrf", token.as_str())], fields].concat();
        self.app.send_files(&self.path(), &[("cookie", &self.cookie)], form(&fields, files)).await
    }

    async fn captions(&self) -> Vec<Photo> {
        self.app.app.store().photos_of(self.document).await.unwrap()
    }

    async fn pictures(&self) -> Vec<Picture> {
        self.app.app.store().pictures_of(self.document).await.unwrap()
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.app.submit(&self.cookie, &self.path(), path, fields).await
    }
}

/// The address of a width of a picture.
fn address(picture: &Picture, width: i64) -> String {
    format!("/pictures/{}/{}-{width}.jpg", picture.id, &picture.sha256[..16])
}

#[tokio::test]
async fn many_files_at_once_find_their_captions() {
    let desk = Desk::published().await;
    assert_eq!(desk.captions().await.len(), 3);
    let files = [("kt_0001.jpg", png(1000, 600, 10)), ("KT_0002 (1).png", png(500, 300, 20)), ("KT_0003.webp", png(300, 200, 30))];
    let answer = desk.send(&[], &files).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, format!("{}?added=3", desk.path())));
    let page = desk.app.get_as(&desk.cookie, &answer.header("location")).await;
    assert!(page.body.contains("Đã đặt 3 ảnh cạnh chú thích.") && page.body.contains("3 trên 3 chú thích"), "{}", page.body);
    let article = desk.app.get(&desk.article).await;
    assert_eq!(article.body.matches("<figure class=\"photo\"").count(), 3);
    assert!(!article.body.contains("Chưa có tệp ảnh"));
    let pictures = desk.pictures().await;
    let srcset = format!(
        "srcset=\"{} 480w, {} 960w, {} 1000w\"",
        address(&pictures[0], 480),
        address(&pictures[0], 960),
        address(&pictures[0], 1000)
    );
    assert!(article.body.contains(&srcset) && article.body.contains("width=\"1000\" height=\"600\""), "{}", article.body);
    assert!(article.body.contains("alt=\"Quang cảnh buổi làm việc ở hội trường huyện.\""));
    // The speaker is linked in the caption.
    assert!(article.body.contains(">Hà Minh Sơn</a> phát biểu kết luận."), "{}", article.body);
    let session = desk.app.get("/sessions").await;
    let session = session.body.split("href=\"/sessions/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    assert_eq!(desk.app.get(&format!("/sessions/{session}")).await.body.matches("<figure class=\"photo\"").count(), 3);
    // Lists show the first one.
    for list in ["/", "/news", "/en/news"] {
        assert!(desk.app.get(list).await.body.contains(&address(&pictures[0], 480)), "{list}");
    }
}

#[tokio::test]
async fn a_bad_file_does_not_lose_the_good_ones() {
    let desk = Desk::published().await;
    let large = vec![0; photo::FILE_BYTES_MAX + 1];
    let files = [
        ("KT_0001.JPG", png(600, 400, 10)),
        ("lon.jpg", large),
        ("iphone.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1".to_vec()),
        ("ghi chu.txt", b"khong phai anh".to_vec()),
        ("KT_0003.JPG", png(600, 400, 20)[..80].to_vec()),
        (
            "bom.png",
            [&png(1, 1, 0)[..8], &chunk(b"IHDR", &[0, 1, 0, 0, 0, 1, 0, 0, 8, 0, 0, 0, 0]), &chunk(b"IDAT", &[]), &chunk(b"IEND", &[])]
                .concat(),
        ),
        ("lai.jpg", png(600, 400, 10)),
        ("KT_0002.JPG", png(600, 400, 30)),
    ];
    let answer = desk.send(&[], &files).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.body);
    for told in ["21 MB", "HEIC", "ghi chu.txt", "hỏng", "65.536 × 65.536", "đúng ảnh này (tệp KT_0001.JPG)"] {
        assert!(answer.body.replace('\u{a0}', " ").contains(told), "{told}: {}", answer.body);
    }
    assert!(answer.body.contains("2 trên 3 chú thích"), "{}", answer.body);
    assert_eq!(desk.pictures().await.iter().filter(|picture| picture.photo.is_some()).count(), 2);
    let nothing = desk.send(&[], &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.body.contains("Chưa có tệp nào được chọn."));
}

#[tokio::test]
async fn the_script_gets_an_answer_for_each_file() {
    let desk = Desk::unpublished().await;
    let token = desk.page().await.csrf();
    let headers = [("cookie", desk.cookie.as_str()), ("accept", "application/json")];
    let one = async |name: &str, bytes: Vec<u8>| {
        let answer = desk.app.send_files(&desk.path(), &headers, form(&[("csrf", &token)], &[(name, bytes)])).await;
        let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        (answer.status, told["files"][0]["state"].as_str().unwrap().to_owned(), told["files"][0]["again"].as_bool().unwrap())
    };
    assert_eq!(one("KT_0001.JPG", png(9, 6, 1)).await, (StatusCode::OK, "done".to_owned(), false));
    assert_eq!(one("khac.jpg", png(9, 6, 2)).await, (StatusCode::OK, "soon".to_owned(), false));
    assert_eq!(one("khac.jpg", png(9, 6, 2)).await, (StatusCode::CONFLICT, "wait".to_owned(), false));
    assert_eq!(one("a.jpg", b"x".to_vec()).await, (StatusCode::UNSUPPORTED_MEDIA_TYPE, "over".to_owned(), false));
    let line = desk.app.app.photo_line().all_places();
    assert_eq!(one("b.jpg", png(9, 6, 3)).await, (StatusCode::SERVICE_UNAVAILABLE, "over".to_owned(), true));
    drop(line);
    assert_eq!(one("b.jpg", png(9, 6, 3)).await, (StatusCode::OK, "soon".to_owned(), false));
}

#[tokio::test]
async fn only_officers_of_the_unit_send_photos() {
    let desk = Desk::published().await;
    let file = [("KT_0001.JPG", png(9, 6, 1))];
    let anybody = desk.app.send_files(&desk.path(), &[], form(&[], &file)).await;
    assert_eq!(anybody.status, StatusCode::FORBIDDEN);
    let hash = desk.app.app.passwords().hash(PASSWORD).await.unwrap();
    let viewer = (Role::Viewer, desk.land.province);
    desk.app.app.store().add_account(&operator::may_keep_accounts(), NOW, "xem", hash, None, viewer).await.unwrap();
    for name in ["ben", "xem"] {
        let cookie = desk.app.log_in(name, PASSWORD).await;
        assert_eq!(desk.app.get_as(&cookie, &desk.path()).await.status, StatusCode::FORBIDDEN, "{name}");
        let token = desk.app.get_as(&cookie, "/password").await.csrf();
        let sent = desk.app.send_files(&desk.path(), &[("cookie", &cookie)], form(&[("csrf", &token)], &file)).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN, "{name}");
        assert!(!desk.app.get_as(&cookie, &desk.article).await.body.contains(&desk.path()), "{name}");
    }
    for fields in [&[][..], &[("csrf", "khac")]] {
        let forged = desk.app.send_files(&desk.path(), &[("cookie", &desk.cookie)], form(fields, &file)).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
    }
    // The token must come first: nothing is read before it.
    let token = desk.page().await.csrf();
    let late = [&form(&[], &file)[..form(&[], &file).len() - 5], &form(&[("csrf", &token)], &[])].concat();
    assert_eq!(desk.app.send_files(&desk.path(), &[("cookie", &desk.cookie)], late).await.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.pictures().await, []);
    assert!(desk.app.get_as(&desk.cookie, &desk.article).await.body.contains(&desk.path()));
}

#[tokio::test]
async fn what_finds_no_caption_waits_for_a_choice() {
    let text = news().replace("KT_0003.JPG", "KT_0002.JPG");
    let desk = Desk::with(&text, true).await;
    let captions = desk.captions().await;
    let sent = desk.send(&[], &[("IMG_9.jpg", png(9, 6, 1)), ("KT_0002.JPG", png(9, 6, 2)), ("KT_0001.JPG", png(9, 6, 3))]).await;
    assert_eq!(sent.status, StatusCode::OK);
    assert!(
        sent.body.contains("Không chú thích nào mang tên này.") && sent.body.contains("Nhiều chú thích mang tên này."),
        "{}",
        sent.body
    );
    let pictures = desk.pictures().await;
    assert_eq!(pictures.iter().map(|picture| picture.photo).collect::<Vec<_>>(), [None, None, Some(captions[0].id)]);
    // Nobody but staff sees what stands beside no caption.
    assert_eq!(desk.app.get(&address(&pictures[0], 9)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(desk.app.get_as(&desk.cookie, &address(&pictures[0], 9)).await.status, StatusCode::OK);
    let placement = format!("/pictures/{}/placement", pictures[0].id);
    let placed = desk.post(&placement, &[("photo", &captions[2].id.to_string())]).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.app.get(&address(&pictures[0], 9)).await.status, StatusCode::OK);
    let placement = format!("/pictures/{}/placement", pictures[1].id);
    let none = desk.post(&placement, &[("photo", "")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    // The first caption has a picture: whoever did not see it is told, whoever did replaces it.
    let first = captions[0].id.to_string();
    assert_eq!(desk.post(&placement, &[("photo", &first)]).await.status, StatusCode::CONFLICT);
    let seen = format!("{first}:{}", pictures[2].id);
    assert_eq!(desk.post(&placement, &[("seen", &seen), ("photo", &first)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.app.get(&address(&pictures[2], 9)).await.status, StatusCode::NOT_FOUND, "it was replaced");
    assert!(desk.page().await.body.contains("1 ảnh đã gỡ hoặc đã thay"));
}

#[tokio::test]
async fn a_picture_is_replaced_beside_its_caption_and_taken_back() {
    let desk = Desk::published().await;
    let caption = desk.captions().await[1].id.to_string();
    desk.send(&[("photo", &caption)], &[("ten khac.jpg", png(9, 6, 1))]).await;
    let first = desk.pictures().await.remove(0);
    assert_eq!(first.photo.map(|photo| photo.to_string()), Some(caption.clone()));
    let seen = format!("{caption}:{}", first.id);
    desk.send(&[("photo", &caption), ("seen", &seen)], &[("moi.jpg", png(9, 6, 2))]).await;
    let second = desk.pictures().await.remove(0);
    assert_eq!((second.photo, second.file_name.as_str()), (first.photo, "moi.jpg"));
    // Whoever still sees the first one does not throw out the second.
    let late = desk.send(&[("photo", &caption), ("seen", &seen)], &[("tre.jpg", png(9, 6, 3))]).await;
    assert!(late.body.contains("Chú thích này đã có ảnh khác."), "{}", late.body);
    let withdrawal = format!("/pictures/{}/withdrawal", second.id);
    assert_eq!(desk.post(&withdrawal, &[("why", "Nhầm ảnh")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.post(&withdrawal, &[]).await.status, StatusCode::CONFLICT);
    let page = desk.page().await;
    assert!(page.body.contains("Nhầm ảnh") && page.body.contains("tinh gỡ lúc"), "{}", page.body);
    assert_eq!(desk.app.get(&address(&second, 9)).await.status, StatusCode::NOT_FOUND);
    assert!(desk.app.get(&desk.article).await.body.contains("Chưa có tệp ảnh"));
    let journal = desk.app.get_as(&desk.cookie, "/en/journal").await;
    assert!(journal.status != StatusCode::OK || journal.body.contains("Took a picture back"), "{}", journal.body);
}

#[tokio::test]
async fn pictures_of_an_unpublished_paper_are_for_staff() {
    let desk = Desk::unpublished().await;
    desk.send(&[], &[("KT_0001.JPG", png(1000, 600, 10))]).await;
    let picture = desk.pictures().await.remove(0);
    let (file, gallery) = (address(&picture, 480), format!("/photos/{}", picture.photo.unwrap()));
    for path in [&file, &gallery] {
        assert_eq!(desk.app.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(desk.app.get_as(&desk.cookie, path).await.status, StatusCode::OK, "{path}");
    }
    assert_eq!(desk.app.get_as(&desk.cookie, &file).await.header("cache-control"), "private, no-cache");
}

#[tokio::test]
async fn a_published_picture_is_kept_for_ever_and_sent_in_parts() {
    let desk = Desk::published().await;
    desk.send(&[], &[("KT_0001.JPG", png(1000, 600, 10))]).await;
    let picture = desk.pictures().await.remove(0);
    let path = address(&picture, 480);
    let whole = desk.app.get(&path).await;
    assert_eq!((whole.status, whole.header("content-type").as_str()), (StatusCode::OK, "image/jpeg"));
    assert_eq!(whole.header("cache-control"), "public, max-age=31536000, immutable");
    let part = desk.app.send("GET", &path, &[("range", "bytes=0-3")], "").await;
    assert_eq!((part.status, part.header("content-length").as_str()), (StatusCode::PARTIAL_CONTENT, "4"));
    let again = desk.app.send("GET", &path, &[("if-none-match", &whole.header("etag"))], "").await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    for wrong in ["/pictures/9999/x-480.jpg".to_owned(), path.replace("-480", "-481"), path.replace("-480.jpg", "")] {
        assert_eq!(desk.app.get(&wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn the_gallery_is_leafed_through_by_links() {
    let desk = Desk::published().await;
    let files = [("KT_0001.JPG", png(9, 6, 1)), ("KT_0003.JPG", png(9, 6, 3))];
    desk.send(&[], &files).await;
    let captions = desk.captions().await;
    let path = |at: usize| format!("/photos/{}", captions[at].id);
    let first = desk.app.get(&path(0)).await;
    assert!(first.body.contains("1 / 2") && !first.body.contains("rel=\"prev\""), "{}", first.body);
    assert!(first.body.contains(&format!("rel=\"next\" href=\"{}#anh\"", path(2))), "{}", first.body);
    assert!(first.body.contains(&format!("href=\"{}#anh-{}\" data-key=\"escape\"", desk.article, captions[0].id)));
    let last = desk.app.get(&format!("/en{}", path(2))).await;
    assert!(last.body.contains("2 / 2") && last.body.contains(&format!("rel=\"prev\" href=\"/en{}#anh\"", path(0))), "{}", last.body);
    assert_eq!(desk.app.get(&path(1)).await.status, StatusCode::NOT_FOUND, "no picture stands there");
    assert_eq!(desk.app.get("/photos/999999").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_person_is_shown_in_the_photos_of_what_they_said() {
    let desk = Desk::published().await;
    let people = desk.app.app.store().people_of_document(desk.document).await.unwrap();
    let statements = desk.app.app.store().statements_of_document(desk.document).await.unwrap();
    let shown = statements.iter().find(|statement| statement.photo.is_some() && statement.person.is_some());
    let Some(shown) = shown else { panic!("no statement of the paper has a photo: {people:?}") };
    let (photo, person) = (shown.photo.unwrap(), shown.person.unwrap());
    desk.send(&[("photo", &photo.to_string())], &[("a.png", png(9, 6, 1))]).await;
    let page = desk.app.get(&format!("/people/{person}")).await;
    assert!(page.body.contains(&format!("href=\"/photos/{photo}#anh\"")), "{}", page.body);
}

#[tokio::test]
async fn files_are_kept_before_the_row_that_names_them() {
    let desk = Desk::published().await;
    let store = desk.app.app.store();
    let other = desk.app.settle_paper(&desk.land, &NEWS.replace("lời hứa", "lời hứa khác")).await;
    let foreign = store.photos_of(other.document).await.unwrap()[0].id.to_string();
    // The write is refused at its very end: the caption is of another paper. What is left are files that no row names.
    let refused = desk.send(&[("photo", &foreign)], &[("a.png", png(9, 6, 1))]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert_eq!((desk.pictures().await, desk.app.app.files().list("photo").await.unwrap().len()), (Vec::new(), 1));
    // And where files cannot be kept, no row is written.
    desk.app.lose_files();
    let refused = desk.send(&[], &[("KT_0001.JPG", png(9, 6, 2))]).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{}", refused.body);
    assert_eq!(desk.pictures().await, []);
}

#[tokio::test]
async fn a_paper_without_captions_says_where_photos_come_from() {
    let text = NEWS.replace("KT_0001.JPG\nQuang cảnh buổi làm việc ở hội trường huyện.\n\n", "");
    let desk = Desk::with(&text, false).await;
    let page = desk.page().await;
    assert!(page.body.contains("không in chú thích ảnh nào") && !page.body.contains("type=\"file\""), "{}", page.body);
    let english = desk.app.get_as(&desk.cookie, &format!("/en{}", desk.path())).await;
    assert!(english.body.contains("prints no captions"));
}
