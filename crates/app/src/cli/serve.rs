//! `cotmoc serve` and `cotmoc demo`: the web server until it is told to stop.

use std::net::SocketAddr;
use std::time::Duration;

use domain::moment::Moment;
use files::Files;
use indicatif::{ProgressBar, ProgressStyle};
use store::Store;
use store::ledger::CLOCK_STEP_SECONDS_MAX;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::signal;

use super::database::sqlite_url;
use super::{Failure, Serve, block_on};
use crate::lang::Lang;
use crate::web::App;
use crate::web::app::{Clock, Settings};
use crate::{demo, logging, routes};

/// Open requests get this long to finish after the signal to stop; service managers kill after 90 s.
const GRACE: Duration = Duration::from_secs(20);
/// How often counted visits are stored: a crash loses at most so many seconds of them.
const VISITS_SAVED_EVERY: Duration = Duration::from_secs(10);

/// Serves the real ledger.
pub fn run(serve: &Serve) -> Result<(), Failure> {
    logging::start();
    block_on(async {
        // The ledger first: a mistyped place must not get a folder for files.
        let store = serve.database.open().await?;
        let files = serve.files.open(&serve.database)?;
        let place = store.root_name().await?;
        let settings = Settings { place, demo_today: serve.today, public_url: serve.public_url.clone() };
        serve_until_stopped(serve.listen, store, files, settings, |_| async {}).await
    })
}

/// Serves the demo from a ledger of its own, which goes with the process unless `--database` names a place for it.
pub fn run_demo(serve: &Serve) -> Result<(), Failure> {
    logging::start();
    block_on(async {
        let (store, files, _folder) = open_demo(serve).await?;
        let bar = ProgressBar::new(0).with_style(ProgressStyle::default_bar());
        let mut progress = |_: &str, done: usize, of: usize| {
            bar.set_length(of as u64);
            bar.set_position(done as u64);
        };
        let password = demo::fill(&store, &mut progress).await.map_err(|fault| match fault {
            demo::DemoFault::NotEmpty => Failure::both(|lang| lang.command_demo_not_empty().to_owned()),
            other => Failure::both(|lang| lang.command_failed(&other)),
        })?;
        bar.finish_and_clear();
        for account in &demo::ACCOUNTS {
            let role = Lang::Vi.word("role", domain::code::Coded::code(account.role)).unwrap_or_default();
            println!("{}", Lang::Vi.command_demo_account(account.name, role));
        }
        println!("{}", Lang::Vi.command_demo_password(password));
        let settings = Settings {
            place: store.root_name().await?,
            demo_today: Some(serve.today.unwrap_or(demo::TODAY)),
            public_url: serve.public_url.clone(),
        };
        serve_until_stopped(serve.listen, store, files, settings, add_photos).await
    })
}

async fn open_demo(serve: &Serve) -> Result<(Store, Files, Option<TempDir>), Failure> {
    if serve.database.database.is_some() {
        return Ok((serve.database.open().await?, serve.files.open(&serve.database)?, None));
    }
    let folder = TempDir::with_prefix("cotmoc-demo-").map_err(|fault| Failure::both(|lang| lang.command_failed(&fault)))?;
    let store = Store::open(&sqlite_url(&folder.path().join("demo.db"))).await?;
    let files = serve.files.open_in(folder.path())?;
    Ok((store, files, Some(folder)))
}

/// The demo's photos go through the decoder like everybody's, which takes a second or two: pages need not wait for it.
async fn add_photos(app: App) {
    if let Err(fault) = demo::add_photos(&app).await {
        tracing::error!(%fault, "the demo has not all its photos");
    }
}

/// Serves until SIGTERM or Ctrl-C; then finishes what is open, stores what was counted and closes the ledger. `beside` begins once
/// the server can be reached.
async fn serve_until_stopped<B: Future<Output = ()> + Send + 'static>(
    listen: SocketAddr,
    store: Store,
    files: Files,
    settings: Settings,
    beside: impl FnOnce(App) -> B,
) -> Result<(), Failure> {
    let app = App::new(store.clone(), files, settings, Clock::System);
    let listener = TcpListener::bind(listen).await.map_err(|fault| cannot_listen(listen, &fault))?;
    let address = listener.local_addr().map_err(|fault| cannot_listen(listen, &fault))?;
    println!("{}", Lang::Vi.command_running_at(format_args!("http://{address}")));

    let saver = tokio::spawn(save_visits_again_and_again(app.clone()));
    let checker = tokio::spawn(check_files(app.files().clone()));
    let beside = tokio::spawn(beside(app.clone()));
    let outcome = answer_until_stopped(listener, app.clone()).await;
    saver.abort();
    checker.abort();
    beside.abort();
    app.save_visits().await;
    store.close().await;
    logging::finish();
    outcome
}

/// Tells at once when photos will not work: the pages do, so this is no reason not to start.
async fn check_files(files: Files) {
    if let Err(fault) = files.check().await {
        tracing::warn!(%fault, "{}", Lang::En.files_address_not_yet());
    }
}

async fn save_visits_again_and_again(app: App) {
    let mut ticks = tokio::time::interval(VISITS_SAVED_EVERY);
    let mut clock_was_behind = false;
    loop {
        ticks.tick().await;
        app.save_visits().await;
        if let Ok(head) = app.store().journal_head().await {
            clock_was_behind = watch_clock(&app, head.at, clock_was_behind);
        }
    }
}

/// Warns once when the clock stands well before the journal's last entry: it was set back, or an entry was written while it ran
/// ahead. Whether it does.
fn watch_clock(app: &App, last_entry: Option<Moment>, was_behind: bool) -> bool {
    let limit = app.now().plus_seconds(CLOCK_STEP_SECONDS_MAX);
    let Some(at) = last_entry.filter(|at| *at > limit) else { return false };
    if !was_behind {
        let (now, last_entry) = (Lang::En.moment(app.now()), Lang::En.moment(at));
        tracing::warn!(now, last_entry, "the clock is behind the journal's last entry: please check it");
    }
    true
}

async fn answer_until_stopped(listener: TcpListener, app: App) -> Result<(), Failure> {
    let (stop, mut stopped) = tokio::sync::watch::channel(false);
    let service = routes::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop_signal().await;
        tracing::info!("stopping");
        // The receiver lives until the function ends.
        let _ = stop.send(true);
    });
    tokio::select! {
        outcome = async { server.await } => outcome.map_err(|fault| Failure::both(|lang| lang.command_failed(&fault))),
        () = async { let _ = stopped.changed().await; tokio::time::sleep(GRACE).await } => {
            tracing::warn!(seconds = GRACE.as_secs(), "requests were still open and are cut");
            Ok(())
        }
    }
}

/// Waits for Ctrl-C or, where there is one, the service manager's SIGTERM.
async fn stop_signal() {
    let interrupt = async {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

fn cannot_listen(listen: SocketAddr, fault: &std::io::Error) -> Failure {
    Failure::both(|lang| lang.command_cannot_listen(listen, fault))
}
