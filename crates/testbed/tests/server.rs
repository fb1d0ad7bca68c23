//! A program's life as [`testbed::Server`] sees it, shown on a shell that behaves like the built program.

use std::path::Path;
use std::time::Duration;
use testbed::{Server, until};

const PROGRAM: &str = r#"trap 'echo "ends in order"; exit 0' TERM
echo "starting $NAME" >&2; echo "Mở http://127.0.0.1:8/ để xem"; while :; do sleep 0.1; done"#;

fn start() -> Server {
    Server::start(Path::new("/bin/sh"), &["-c", PROGRAM], &[("NAME", "Cột Mốc")])
}

#[test]
fn its_address_and_log_are_read() {
    let server = start();
    assert_eq!(server.url(), "http://127.0.0.1:8");
    until(Duration::from_secs(5), "both streams are in the log", || server.log().contains("starting Cột Mốc"));
}

#[test]
fn it_ends_in_order_when_asked() {
    let (status, log) = start().stop();
    assert!(status.success());
    assert!(log.ends_with("ends in order\n"), "{log}");
}

#[test]
fn it_is_gone_when_killed_or_dropped() {
    for end in [Server::kill, drop] {
        let server = start();
        let process = format!("/proc/{}", server.process_id());
        assert!(Path::new(&process).exists());
        end(server);
        assert!(!Path::new(&process).exists());
    }
}

#[test]
#[should_panic(expected = "no disk")]
fn a_program_that_ends_early_is_reported_with_its_log() {
    Server::start(Path::new("/bin/sh"), &["-c", "echo 'no disk' >&2; exit 1"], &[]);
}
