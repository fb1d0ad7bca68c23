//! The embedded files: stylesheet, fonts, mark, script. Their addresses carry a hash of their bytes (`build/assets.rs`).

use axum::extract::OriginalUri;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::problem::Problem;

use super::Fault;

/// One embedded file.
pub(super) struct Asset {
    address: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Other bytes have another address, so a browser need never ask again.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// `GET /assets/{*file}`
pub async fn show_asset(OriginalUri(uri): OriginalUri, headers: HeaderMap) -> Result<Response, Fault> {
    answer(uri.path(), &headers, FOR_EVER)
}

/// The file of an address.
pub(super) fn answer(address: &str, headers: &HeaderMap, kept: HeaderValue) -> Result<Response, Fault> {
    let asset = ASSETS.iter().find(|asset| asset.address == address).ok_or(Problem::NotFound)?;
    // The address is the tag: whoever has it has these bytes.
    let tag = HeaderValue::try_from(format!("\"{}\"", asset.address)).map_err(Fault::internal)?;
    let known = headers.get(header::IF_NONE_MATCH) == Some(&tag);
    let head = [(header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type)), (header::CACHE_CONTROL, kept), (header::ETAG, tag)];
    Ok(if known { (StatusCode::NOT_MODIFIED, head).into_response() } else { (head, asset.bytes).into_response() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_names_only_embedded_files() {
        let sheet = ASSETS.iter().find(|asset| asset.address == COTMOC_CSS).unwrap();
        let sheet = std::str::from_utf8(sheet.bytes).unwrap();
        let addresses: Vec<&str> = sheet.split("url(").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        assert_eq!(addresses.len(), 11);
        for address in addresses {
            assert!(ASSETS.iter().any(|asset| asset.address == address), "{address}");
        }
    }

    #[test]
    fn the_script_stays_small() {
        let script = ASSETS.iter().find(|asset| asset.address == COTMOC_JS).unwrap();
        assert!(script.bytes.len() < 20_000);
    }
}
