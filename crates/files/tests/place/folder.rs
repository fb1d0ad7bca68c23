//! A folder.

use std::fs;

use files::{Files, FilesFault};
use tempfile::TempDir;

fn open() -> (TempDir, Files) {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::open(&folder.path().join("kho/ảnh").display().to_string()).unwrap();
    (folder, files)
}

#[tokio::test]
async fn a_folder_keeps_files() {
    let (_folder, files) = open();
    crate::story::tell(&files).await;
}

#[tokio::test]
async fn a_folder_is_named_by_a_url_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::open(&format!("file://{}/kho", folder.path().display())).unwrap();
    files.put("a", "x".into()).await.unwrap();
    assert_eq!(fs::read(folder.path().join("kho/a")).unwrap(), b"x");
}

#[tokio::test]
async fn files_are_there_after_it_was_opened_anew() {
    let (_folder, files) = open();
    files.put("photos/a", "x".into()).await.unwrap();
    let again = Files::open(files.shown()).unwrap();
    assert_eq!(again.get("photos/a").await.unwrap().unwrap(), "x");
}

#[cfg(unix)]
#[test]
fn a_new_folder_is_its_owners_only() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, files) = open();
    assert_eq!(fs::metadata(files.shown()).unwrap().permissions().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn many_who_write_the_same_leave_one_whole_file() {
    let (_folder, files) = open();
    let bytes = "0123456789".repeat(100_000);
    let writers: Vec<_> = (0..8)
        .map(|_| {
            let (files, bytes) = (files.clone(), bytes.clone());
            tokio::spawn(async move { files.put("a", bytes.into()).await })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
    assert_eq!(files.get("a").await.unwrap().unwrap(), bytes);
    assert_eq!(fs::read_dir(files.shown()).unwrap().count(), 1);
}

#[tokio::test]
async fn what_others_put_into_the_folder_is_passed_over() {
    let (_folder, files) = open();
    files.put("a", "x".into()).await.unwrap();
    // What a crash leaves of a write, what a file manager leaves, and a folder of a disk of its own.
    for name in ["a#1", ".DS_Store", "Ảnh cũ.jpg"] {
        fs::write(format!("{}/{name}", files.shown()), "y").unwrap();
    }
    fs::create_dir(format!("{}/lost+found", files.shown())).unwrap();
    assert_eq!(files.list("").await.unwrap(), ["a"]);
}

#[tokio::test]
async fn a_folder_that_is_gone_is_not_an_empty_one() {
    let (_folder, files) = open();
    files.put("a", "x".into()).await.unwrap();
    fs::remove_dir_all(files.shown()).unwrap();
    for fault in [
        files.get("a").await.unwrap_err(),
        files.size("a").await.unwrap_err(),
        files.put("a", "x".into()).await.unwrap_err(),
        files.list("").await.unwrap_err(),
        files.check().await.unwrap_err(),
    ] {
        assert!(matches!(&fault, FilesFault::NoPlace { place, .. } if place == files.shown()), "{fault:?}");
    }
    assert!(!fs::exists(files.shown()).unwrap());
}

#[test]
fn a_place_that_cannot_be_a_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tep");
    fs::write(&file, "").unwrap();
    assert!(matches!(Files::open(&file.display().to_string()), Err(FilesFault::Broken { .. })));
    assert!(matches!(Files::open(""), Err(FilesFault::BadAddress(_))));
    // The system's own tree takes no folders, not even root's.
    #[cfg(target_os = "linux")]
    assert!(matches!(Files::open("/sys/cotmoc"), Err(FilesFault::Denied { .. })));
}
