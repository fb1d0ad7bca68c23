//! An S3 store.

use files::{AddressFault, Files, FilesFault};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use crate::server::{BUCKET, KEY, Store};

const SECRET: &str = "khong-ai-duoc-biet";

fn keys(id: &str) -> impl Fn(&str) -> Option<String> {
    move |name| match name {
        "AWS_ACCESS_KEY_ID" => Some(id.to_owned()),
        "AWS_SECRET_ACCESS_KEY" => Some(SECRET.to_owned()),
        _ => None,
    }
}

fn open(endpoint: &str, place: &str, id: &str) -> Files {
    Files::open_with(&format!("s3://{place}?endpoint={endpoint}&region=vn-1"), keys(id)).unwrap()
}

#[tokio::test]
async fn a_store_keeps_files() {
    let store = Store::default();
    let endpoint = store.start().await;
    crate::story::tell(&open(&endpoint, BUCKET, KEY)).await;
}

#[tokio::test]
async fn a_prefix_stands_before_every_name_and_is_not_told() {
    let store = Store::default();
    let endpoint = store.start().await;
    let files = open(&endpoint, &format!("{BUCKET}/lam-giang/files"), KEY);
    crate::story::tell(&files).await;
    assert!(store.names().iter().all(|name| name.starts_with("lam-giang/files/")), "{:?}", store.names());
    assert!(store.names().contains(&"lam-giang/files/photos/a-480.jpg".to_owned()));
}

#[tokio::test]
async fn a_store_that_stumbles_is_asked_again() {
    let store = Store::default();
    let endpoint = store.start().await;
    let files = open(&endpoint, BUCKET, KEY);
    store.0.lock().unwrap().failures = 2;
    files.put("a", "x".into()).await.unwrap();
    assert_eq!((store.names(), store.0.lock().unwrap().requests), (vec!["a".to_owned()], 3));
    store.0.lock().unwrap().failures = 2;
    assert_eq!(files.get("a").await.unwrap().unwrap(), "x");
}

#[tokio::test]
async fn a_store_that_keeps_failing_is_away_and_not_asked_for_ever() {
    let store = Store::default();
    let endpoint = store.start().await;
    let files = open(&endpoint, BUCKET, KEY);
    store.0.lock().unwrap().failures = usize::MAX;
    assert!(matches!(files.get("a").await, Err(FilesFault::Away { .. })));
    assert_eq!(store.0.lock().unwrap().requests, 4);
    assert!(matches!(files.put("a", "x".into()).await, Err(FilesFault::Away { .. })));
    assert!(matches!(files.list("").await, Err(FilesFault::Away { .. })));
}

#[tokio::test]
async fn wrong_keys_are_said_without_telling_them() {
    let store = Store::default();
    let endpoint = store.start().await;
    let files = open(&endpoint, BUCKET, "KHOA-SAI");
    for fault in [
        files.put("a", "x".into()).await.unwrap_err(),
        files.get("a").await.unwrap_err(),
        files.size("a").await.unwrap_err(),
        files.check().await.unwrap_err(),
        files.list("").await.unwrap_err(),
    ] {
        assert!(matches!(fault, FilesFault::Denied { .. }), "{fault:?}");
        let told = format!("{fault:?} {fault} {files:?}");
        assert!(!told.contains("KHOA-SAI") && !told.contains(SECRET), "{told}");
    }
}

#[tokio::test]
async fn a_bucket_that_is_not_there_is_not_an_empty_one() {
    let store = Store::default();
    let endpoint = store.start().await;
    let files = open(&endpoint, "cot-khac", KEY);
    assert!(matches!(files.get("a").await, Err(FilesFault::NoPlace { .. })));
    assert!(matches!(files.put("a", "x".into()).await, Err(FilesFault::NoPlace { .. })));
    assert!(matches!(files.list("").await, Err(FilesFault::NoPlace { .. })));
    assert!(matches!(files.check().await, Err(FilesFault::NoPlace { .. })));
}

#[tokio::test]
async fn nobody_at_the_port_is_away() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert!(matches!(open(&endpoint, BUCKET, KEY).get("a").await, Err(FilesFault::Away { .. })));
}

/// The store's client has no TLS of its own and panics where the process has none: this one gets as far as its greeting.
#[tokio::test]
async fn a_port_that_speaks_no_tls_is_away() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("https://{}", listener.local_addr().unwrap());
    let (greeted, mut greeting) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut first = [0; 3];
            stream.read_exact(&mut first).await.unwrap();
            greeted.send(first).unwrap();
        }
    });
    assert!(matches!(open(&endpoint, BUCKET, KEY).get("a").await, Err(FilesFault::Away { .. })));
    // A handshake record of TLS.
    assert_eq!(greeting.recv().await.unwrap()[..2], [22, 3]);
}

#[test]
fn keys_come_from_the_environment_or_not_at_all() {
    let place = "s3://cot-moc?endpoint=https://s3.tinh.vn";
    let no_keys = Err(FilesFault::BadAddress(AddressFault::NoKeys));
    assert_eq!(Files::open_with(place, |_| None).map(|_| ()), no_keys);
    assert_eq!(Files::open_with(place, |name| (name == "AWS_ACCESS_KEY_ID").then(|| KEY.to_owned())).map(|_| ()), no_keys);
    assert_eq!(Files::open_with(place, |_| Some(" ".to_owned())).map(|_| ()), no_keys);
}
