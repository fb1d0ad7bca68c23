//! Kept pages are never older than what was acknowledged before the request was sent: by this process, by another store on the
//! same database, by the command line.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use cotmoc::routes;
use cotmoc::web::App;
use cotmoc::web::app::{Clock, Settings};
use domain::moment::Moment;
use domain::permission::operator;
use domain::unit::UnitClass;
use store::Store;
use store::unit::NewUnit;
use tower::ServiceExt as _;

use crate::support::{BOTH, Ledger};

const NOW: Moment = Moment(1_716_170_400_000);
const UNITS: i64 = 30;
const READERS: usize = 8;

async fn site(ledger: &Ledger) -> Router {
    routes::router(App::new(ledger.open().await, ledger.files(), Settings::default(), Clock::Fixed(NOW)))
}

async fn get(site: &Router, path: &str) -> String {
    let response = site.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

async fn add_area(store: &Store, number: i64) {
    let new = NewUnit {
        code: Some(number.to_string()),
        name: format!("xã thứ {number}."),
        kind: "xã".to_owned(),
        class: UnitClass::Area,
        parent: None,
        parent_code: None,
        valid_from: None,
        valid_to: None,
    };
    store.add_unit(&operator::may_keep_units(), NOW, new).await.unwrap();
}

#[tokio::test]
async fn what_the_command_line_wrote_is_on_the_next_page() {
    for on in BOTH {
        let ledger = Ledger::new(on);
        let site = site(&ledger).await;
        for (code, name) in [("98", "Lam Giang"), ("97", "Hạ Giang")] {
            assert!(!get(&site, "/units").await.contains(name), "{on:?}");
            assert!(!get(&site, "/units").await.contains(name), "{on:?}");
            let added = ledger.run(&["unit", "add", "--kind", "tỉnh", code, name]);
            assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
            assert!(get(&site, "/units").await.contains(name), "{on:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_answer_is_older_than_a_write_acknowledged_before_its_request() {
    for on in BOTH {
        let ledger = Ledger::new(on);
        let site = site(&ledger).await;
        // A second node: it shares nothing with the first but the database.
        let node = ledger.open().await;
        let acknowledged = Arc::new(AtomicI64::new(0));
        let mut readers = Vec::new();
        for _ in 0..READERS {
            let (site, acknowledged) = (site.clone(), Arc::clone(&acknowledged));
            readers.push(tokio::spawn(async move {
                loop {
                    let written = acknowledged.load(Ordering::SeqCst);
                    let page = get(&site, "/units").await;
                    for number in 1..=written {
                        assert!(page.contains(&format!(" thứ {number}.")), "{on:?}: {number} of {written}");
                    }
                    if written == UNITS {
                        return;
                    }
                }
            }));
        }
        for number in 1..=UNITS {
            add_area(&node, number).await;
            acknowledged.store(number, Ordering::SeqCst);
        }
        for reader in readers {
            reader.await.unwrap();
        }
        node.close().await;
    }
}
