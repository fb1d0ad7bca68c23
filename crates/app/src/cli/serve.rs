//! `cotmoc serve` and `cotmoc demo`: the web server until it is told to stop.

use std::net::SocketAddr;
use std::time::Duration;

use jiff::civil::Date;
use tokio::net::TcpListener;
use tokio::signal;

use super::{Failure, Serve};
use crate::lang::Lang;
use crate::web::App;
use crate::web::app::{Clock, Settings};
use crate::{logging, routes};

/// Open requests get this long to finish after the signal to stop; service managers kill after 90 s.
const GRACE: Duration = Duration::from_secs(20);

/// Serves until SIGTERM or Ctrl-C. `demo_today` makes it the demo.
pub fn run(serve: &Serve, demo_today: Option<Date>) -> Result<(), Failure> {
    logging::start();
    let runtime = tokio::runtime::Runtime::new().map_err(|fault| failed("runtime", &fault))?;
    runtime.block_on(serve_until_stopped(serve, demo_today))
}

async fn serve_until_stopped(serve: &Serve, demo_today: Option<Date>) -> Result<(), Failure> {
    let settings = Settings { place: demo_today.map(|_| "Tỉnh Lam Giang".to_owned()), demo_today: serve.today.or(demo_today) };
    let app = App::new(settings, Clock::System);
    let listener = TcpListener::bind(serve.listen).await.map_err(|fault| cannot_listen(serve.listen, &fault))?;
    let address = listener.local_addr().map_err(|fault| cannot_listen(serve.listen, &fault))?;
    println!("{}", Lang::Vi.command_running_at(format_args!("http://{address}")));

    let (stop, mut stopped) = tokio::sync::watch::channel(false);
    let service = routes::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop_signal().await;
        tracing::info!("stopping");
        // The receiver lives until the function ends.
        let _ = stop.send(true);
    });
    tokio::select! {
        outcome = async { server.await } => outcome.map_err(|fault| failed("serve", &fault)),
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
    Failure(vec![Lang::Vi.command_cannot_listen(listen, fault), Lang::En.command_cannot_listen(listen, fault)])
}

fn failed(what: &str, fault: &std::io::Error) -> Failure {
    Failure(vec![format!("{what}: {fault}")])
}
