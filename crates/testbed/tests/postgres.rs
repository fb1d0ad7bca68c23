//! The cluster starts, its databases are apart, it survives a crash, and it is gone with the process that asked for it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use testbed::{Durability, Postgres, until};

#[test]
fn databases_are_empty_and_apart() {
    let postgres = Postgres::shared();
    let (first, second) = (postgres.fresh_database(), postgres.fresh_database());
    postgres.query(&first, "CREATE TABLE stone (name TEXT)");
    postgres.query(&first, "INSERT INTO stone VALUES ('cột mốc')");
    assert_eq!(postgres.query(&first, "SELECT name, upper('đá') FROM stone"), "cột mốc|ĐÁ");
    assert_eq!(postgres.query(&second, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "0");
}

#[test]
fn what_was_committed_survives_a_crash() {
    let postgres = Postgres::start(Durability::Full);
    let database = postgres.fresh_database();
    postgres.query(&database, "CREATE TABLE stone AS SELECT 1 AS number");
    postgres.crash();
    postgres.restart();
    assert_eq!(postgres.query(&database, "SELECT number FROM stone"), "1");
    assert_eq!(postgres.query(&database, "SHOW fsync"), "on");
}

#[test]
fn a_dropped_cluster_leaves_nothing() {
    let postgres = Postgres::start(Durability::Relaxed);
    let folder = postgres.folder().to_owned();
    assert!(folder.exists());
    drop(postgres);
    assert!(!folder.exists());
}

/// Runs itself as a second process, which holds a cluster and is killed.
#[test]
fn a_killed_process_leaves_no_cluster() {
    const HOLD: &str = "TESTBED_HOLD";
    if std::env::var_os(HOLD).is_some() {
        println!("\nholding {}", Postgres::shared().folder().display());
        std::io::stdin().lines().for_each(drop);
        return;
    }
    let mut holder = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_killed_process_leaves_no_cluster", "--nocapture"])
        .env(HOLD, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(holder.stdout.take().unwrap()).lines().map_while(Result::ok);
    let folder = lines.filter_map(|line| line.strip_prefix("holding ").map(str::to_owned)).next().unwrap();
    assert!(Path::new(&folder).exists());
    holder.kill().unwrap();
    holder.wait().unwrap();
    until(Duration::from_secs(30), "the folder of the killed process goes", || !Path::new(&folder).exists());
}
