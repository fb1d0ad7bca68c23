//! What every place of files does.

use files::{Files, FilesFault};

pub async fn tell(files: &Files) {
    assert_eq!(files.check().await, Ok(()));
    assert_eq!(files.list("").await.unwrap(), Vec::<String>::new());
    assert_eq!((files.get("photos/a-480.jpg").await, files.size("photos/a-480.jpg").await), (Ok(None), Ok(None)));
    assert_eq!(files.range("photos/a-480.jpg", 0..1).await, Ok(None));
    assert_eq!(files.has("photos/a-480.jpg").await, Ok(false));

    files.put("photos/a-480.jpg", "0123456789".into()).await.unwrap();
    files.put("photos/a-480.jpg", "0123456789".into()).await.unwrap();
    assert_eq!(files.get("photos/a-480.jpg").await.unwrap().unwrap(), "0123456789");
    assert_eq!((files.size("photos/a-480.jpg").await, files.has("photos/a-480.jpg").await), (Ok(Some(10)), Ok(true)));
    assert_eq!(files.range("photos/a-480.jpg", 2..5).await.unwrap().unwrap(), "234");
    assert_eq!(files.range("photos/a-480.jpg", 8..99).await.unwrap().unwrap(), "89");
    files.put("empty", "".into()).await.unwrap();
    assert_eq!((files.size("empty").await, files.get("empty").await.unwrap().unwrap().len()), (Ok(Some(0)), 0));

    for name in ["photos/c", "photos/b", "photos2/a", "papers/a.html"] {
        files.put(name, name.into()).await.unwrap();
    }
    assert_eq!(files.list("photos").await.unwrap(), ["photos/a-480.jpg", "photos/b", "photos/c"]);
    assert_eq!(files.list("").await.unwrap(), ["empty", "papers/a.html", "photos/a-480.jpg", "photos/b", "photos/c", "photos2/a"]);
    assert_eq!(files.list("nothing").await.unwrap(), Vec::<String>::new());

    files.delete("photos/b").await.unwrap();
    files.delete("photos/b").await.unwrap();
    assert_eq!(files.get("photos/b").await, Ok(None));
    assert_eq!(files.list("photos").await.unwrap(), ["photos/a-480.jpg", "photos/c"]);

    let bad = Err(FilesFault::BadName { name: "../a".to_owned() });
    assert_eq!((files.put("../a", "".into()).await, files.delete("../a").await), (bad.clone(), bad));
    assert!(files.get("../a").await.is_err() && files.size("../a").await.is_err() && files.list("../a").await.is_err());
}
