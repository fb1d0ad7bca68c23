//! The files of `assets/` as a table of address, type and bytes. An address carries the hash of its bytes, so a
//! browser may keep it for ever and a new version never meets an old file; a stylesheet's `url(..)` are rewritten to match.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Hexadecimal digits of the hash in an address: 48 bits tell a handful of files apart.
const HASH_DIGITS: usize = 12;

/// One file that the binary carries.
pub struct Asset {
    /// Its path under `assets/`, with `/`.
    name: String,
    path: PathBuf,
    bytes: Vec<u8>,
}

/// Every file below `folder`, in the order of their names.
pub fn read_folder(folder: &Path) -> Result<Vec<Asset>, String> {
    let mut assets = Vec::new();
    collect(folder, "", &mut assets)?;
    assets.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(assets)
}

fn collect(folder: &Path, prefix: &str, assets: &mut Vec<Asset>) -> Result<(), String> {
    let at = |fault: std::io::Error| format!("{}: {fault}", folder.display());
    for entry in fs::read_dir(folder).map_err(at)? {
        let path = entry.map_err(at)?.path();
        let Some(file) = path.file_name().and_then(|name| name.to_str()) else {
            return Err(format!("{}: a name that is not UTF-8", path.display()));
        };
        let name = format!("{prefix}{file}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), assets)?;
        } else if media_type(&name).is_some() {
            let bytes = fs::read(&path).map_err(at)?;
            let path = path.canonicalize().map_err(at)?;
            assets.push(Asset { name, path, bytes });
        }
    }
    Ok(())
}

/// The type by the name's end; files of another kind (a font's build script) are not served.
fn media_type(name: &str) -> Option<&'static str> {
    let (_, end) = name.rsplit_once('.')?;
    Some(match end {
        "css" => "text/css; charset=utf-8",
        "ico" => "image/x-icon",
        "js" => "text/javascript; charset=utf-8",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

/// The generated file: a constant with the address of each asset, and the table that serves them.
pub fn table(assets: &[Asset], out: &Path) -> Result<String, String> {
    let (sheets, others): (Vec<&Asset>, Vec<&Asset>) = assets.iter().partition(|asset| asset.name.ends_with(".css"));
    let mut constants = String::new();
    let mut rows = String::new();
    let mut addresses = Vec::new();
    for asset in others {
        let address = address(&asset.name, &asset.bytes);
        add(&mut constants, &mut rows, asset, &address, &asset.path);
        addresses.push((asset.name.clone(), address));
    }
    for sheet in sheets {
        let text = String::from_utf8(sheet.bytes.clone()).map_err(|fault| format!("{}: {fault}", sheet.name))?;
        let text = rewrite_urls(&text, &addresses).map_err(|missing| format!("{}: url({missing}) is not in assets/", sheet.name))?;
        let path = out.join(sheet.name.replace('/', "-"));
        super::write(&path, &text)?;
        let address = address(&sheet.name, text.as_bytes());
        add(&mut constants, &mut rows, sheet, &address, &path);
    }
    let count = assets.len();
    Ok(format!("{constants}\npub(super) static ASSETS: [Asset; {count}] = [\n{rows}];\n"))
}

/// `fonts/a.woff2` becomes `/assets/fonts/a.0123456789ab.woff2`.
fn address(name: &str, bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let hash = &hash[..HASH_DIGITS];
    match name.rsplit_once('.') {
        Some((stem, end)) => format!("/assets/{stem}.{hash}.{end}"),
        None => format!("/assets/{name}.{hash}"),
    }
}

fn add(constants: &mut String, rows: &mut String, asset: &Asset, address: &str, path: &Path) {
    let constant: String = asset.name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect();
    let media_type = media_type(&asset.name).unwrap_or_default();
    let _ = writeln!(constants, "/// The address of `{}`.\npub const {constant}: &str = {address:?};", asset.name);
    let _ = writeln!(rows, "    Asset {{ address: {constant}, media_type: {media_type:?}, bytes: include_bytes!({path:?}) }},");
}

/// The stylesheet with every `url(name)` replaced by the name's address.
fn rewrite_urls(sheet: &str, addresses: &[(String, String)]) -> Result<String, String> {
    let mut rewritten = String::with_capacity(sheet.len() + 1024);
    let mut rest = sheet;
    while let Some((before, behind)) = rest.split_once("url(") {
        let (name, after) = behind.split_once(')').ok_or("without its )")?;
        let (_, address) = addresses.iter().find(|(known, _)| known == name).ok_or_else(|| name.to_owned())?;
        let _ = write!(rewritten, "{before}url({address})");
        rest = after;
    }
    rewritten += rest;
    Ok(rewritten)
}
