//! Every address of the web, once, by who uses it. The English pages are the same ones under `/en`.

use axum::Router;
use axum::routing::{get, post};

use crate::web::{App, about, assets, login, password, support};

/// The whole web.
pub fn router(app: App) -> Router {
    let routes = Router::new().merge(pages()).nest("/en", pages()).route("/assets/{*file}", get(assets::show_asset));
    support::rim::wrap(routes, app)
}

fn pages() -> Router<App> {
    Router::new()
        // Everybody
        .route("/about", get(about::show_about))
        .route("/open-data", get(about::show_open_data))
        .route("/accessibility", get(about::show_accessibility))
        .route("/login", get(login::show_login).post(login::log_in))
        // Everybody who is signed in
        .route("/logout", post(login::log_out))
        .route("/password", get(password::show_password).post(password::change_password))
}
