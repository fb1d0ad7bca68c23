//! The build script's rules for `messages/`: what is missing does not compile.
#![allow(clippy::unwrap_used, reason = "a test that cannot begin has failed")]

#[path = "../build/messages.rs"]
mod messages;

use messages::read_folder;

/// The functions of one file.
fn functions(source: &str) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.toml"), source).unwrap();
    messages::functions(&read_folder(folder.path())?)
}

#[test]
fn a_section_may_stand_in_two_files_but_a_key_only_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.toml"), "[task]\na = { vi = \"x\", en = \"x\" }").unwrap();
    std::fs::write(folder.path().join("b.toml"), "[task]\nb = { vi = \"y\", en = \"y\" }").unwrap();
    let code = messages::functions(&read_folder(folder.path()).unwrap()).unwrap();
    assert!(code.contains("task_a") && code.contains("task_b"));
    std::fs::write(folder.path().join("c.toml"), "[task]\na = { vi = \"z\", en = \"z\" }").unwrap();
    assert!(read_folder(folder.path()).unwrap_err().contains("task.a stands twice"));
}

#[test]
fn a_message_becomes_a_function_with_its_arguments_in_order() {
    let code =
        functions("[task]\noverdue = { vi = \"{name} quá hạn {days} ngày\", en = \"{days} {days:day|days} overdue: {name}\" }").unwrap();
    assert!(code.contains("pub fn task_overdue(self, name: impl std::fmt::Display, days: impl std::fmt::Display) -> String"), "{code}");
    let code = functions("[nav]\ntasks = { vi = \"Nhiệm vụ\", en = \"Tasks\" }").unwrap();
    assert!(
        code.contains("pub const fn nav_tasks(self) -> &'static str") && code.contains("(\"nav\", \"tasks\") => Some(self.nav_tasks())"),
        "{code}"
    );
}

#[test]
fn what_does_not_fit_is_named() {
    for (source, fault) in [
        ("[a]\nb = { vi = \"x\" }", "a.b: en is missing"),
        ("[a]\nb = { en = \"x\" }", "a.b: vi is missing"),
        ("[a]\nb = { vi = \"x\", en = \" \" }", "a.b: en is empty"),
        ("[a]\nb = { vi = \"x\", en = \"x\", fr = \"x\" }", "a.b: unknown language fr"),
        ("[a]\nb = { vi = \"{n} việc\", en = \"tasks\" }", "a.b: en does not use {n}"),
        ("[a]\nb = { vi = \"việc\", en = \"{n} tasks\" }", "a.b: vi does not use {n}"),
        ("[a]\nb = { vi = \"{n\", en = \"{n}\" }", "a { without its }"),
        ("[a]\nb = { vi = \"n}\", en = \"x\" }", "a } without its {"),
        ("[a]\nb = { vi = \"{n:x}\", en = \"{n}\" }", "wants the words for one and for more"),
        ("[a]\nb = { vi = \"{N}\", en = \"{N}\" }", "{N} is no argument"),
        ("[a]\nB = { vi = \"x\", en = \"x\" }", "small letters"),
        ("[a]\nb = \"x\"", "wants { vi"),
        ("a = 1", "is no table"),
        ("[a", "a.toml"),
    ] {
        let error = functions(source).unwrap_err();
        assert!(error.contains(fault), "{source} gave {error}");
    }
}
