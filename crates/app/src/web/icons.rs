//! The icons that programs ask for at fixed addresses, and the description of the site for a telephone's home screen.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::{App, Fault, assets};
use crate::lang::Lang;

/// The media type of the description.
const MANIFEST_TYPE: &str = "application/manifest+json";
/// These addresses have no hash of their bytes in them: a new version is seen after a day.
const FOR_A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// `GET /favicon.ico`, `GET /apple-touch-icon.png`
pub async fn show_icon(uri: Uri) -> Result<Response, Fault> {
    let address = if uri.path().ends_with(".ico") { assets::ICONS_FAVICON_ICO } else { assets::ICONS_APPLE_TOUCH_ICON_PNG };
    assets::answer(address, &HeaderMap::new(), FOR_A_DAY)
}

/// `GET /site.webmanifest`
pub async fn show_manifest(State(app): State<App>) -> Response {
    let lang = Lang::Vi;
    let icon = |address: &str, sizes: &str| json!({ "src": address, "sizes": sizes, "type": "image/png", "purpose": "any maskable" });
    let manifest = json!({
        "name": app.settings().place.as_ref().map_or_else(|| lang.site_name().to_owned(), |place| format!("{} · {place}", lang.site_name())),
        "short_name": lang.site_name(),
        "description": lang.site_promise(),
        "lang": lang.code(),
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": "#faf9f6",
        "theme_color": "#8f1d21",
        "icons": [icon(assets::ICONS_ICON_192_PNG, "192x192"), icon(assets::ICONS_ICON_512_PNG, "512x512")],
    });
    let head = [(header::CONTENT_TYPE, HeaderValue::from_static(MANIFEST_TYPE)), (header::CACHE_CONTROL, FOR_A_DAY)];
    (head, manifest.to_string()).into_response()
}
