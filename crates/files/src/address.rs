//! The address of the place: a folder or an S3 store.

use std::fmt;
use std::path::PathBuf;

/// What an address says.
#[derive(Debug, PartialEq, Eq)]
pub enum Address {
    Folder(PathBuf),
    S3(S3Address),
}

/// `s3://bucket/prefix?endpoint=https://…&region=…`.
#[derive(Debug, PartialEq, Eq)]
pub struct S3Address {
    pub bucket: String,
    /// Parts before every name, without slashes at its ends.
    pub prefix: Option<String>,
    /// Where the store answers; absent for Amazon's own.
    pub endpoint: Option<String>,
    pub region: Option<String>,
}

/// Why an address cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressFault {
    /// There is nothing.
    Empty,
    /// Neither a folder nor `s3://`.
    Scheme(String),
    /// `file://` with a machine's name, or a path that is not from the root.
    FileUrl,
    /// No bucket, or what no store takes for one.
    Bucket(String),
    /// A prefix with other characters than names have.
    Prefix(String),
    /// Neither `https://` nor `http://`, or with more than a machine and a port.
    Endpoint(String),
    /// Something after the `?` that is neither `endpoint` nor `region`.
    Option(String),
    /// A key or password in the address, where logs and process lists show it. It is not repeated.
    Secret,
    /// The environment holds no keys.
    NoKeys,
}

impl fmt::Display for AddressFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("no place is named"),
            Self::Scheme(scheme) => write!(f, "{scheme}: is neither a folder nor s3://"),
            Self::FileUrl => f.write_str("a folder's URL is file:///path/from/the/root"),
            Self::Bucket(bucket) => write!(f, "“{bucket}” is no bucket"),
            Self::Prefix(prefix) => write!(f, "“{prefix}” is no prefix"),
            Self::Endpoint(endpoint) => write!(f, "“{endpoint}” is no endpoint"),
            Self::Option(option) => write!(f, "“{option}” is no option"),
            Self::Secret => f.write_str("keys do not belong into the address"),
            Self::NoKeys => f.write_str("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"),
        }
    }
}

impl Address {
    /// Reads a folder or a URL.
    pub fn parse(text: &str) -> Result<Self, AddressFault> {
        if text.is_empty() {
            return Err(AddressFault::Empty);
        }
        match text.split_once("://") {
            None => Ok(Self::Folder(PathBuf::from(text))),
            Some(("file", path)) => file_url(path).map(Self::Folder),
            Some(("s3", rest)) => s3_url(rest).map(Self::S3),
            Some((scheme, _)) => Err(AddressFault::Scheme(scheme.to_owned())),
        }
    }
}

impl S3Address {
    /// The address as it may stand in a log.
    pub fn shown(&self) -> String {
        let Self { bucket, prefix, endpoint, .. } = self;
        let mut shown = format!("s3://{bucket}");
        if let Some(prefix) = prefix {
            shown.push_str(&format!("/{prefix}"));
        }
        if let Some(endpoint) = endpoint {
            shown.push_str(&format!("?endpoint={endpoint}"));
        }
        shown
    }
}

/// `/path`, with `%20` and the like.
fn file_url(path: &str) -> Result<PathBuf, AddressFault> {
    // On Windows `file:///C:/x` is `C:\x`.
    let path = if cfg!(windows) { path.strip_prefix('/') } else { path.starts_with('/').then_some(path) };
    path.and_then(percent_decoded).map(PathBuf::from).ok_or(AddressFault::FileUrl)
}

fn s3_url(rest: &str) -> Result<S3Address, AddressFault> {
    let (place, options) = rest.split_once('?').unwrap_or((rest, ""));
    let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
    if place.contains('@') {
        return Err(AddressFault::Secret);
    }
    let is_bucket_byte = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    if !(3..=63).contains(&bucket.len()) || !bucket.bytes().all(is_bucket_byte) {
        return Err(AddressFault::Bucket(bucket.to_owned()));
    }
    let prefix = prefix.trim_end_matches('/');
    if !prefix.is_empty() && !crate::is_name(prefix) {
        return Err(AddressFault::Prefix(prefix.to_owned()));
    }
    let mut address =
        S3Address { bucket: bucket.to_owned(), prefix: (!prefix.is_empty()).then(|| prefix.to_owned()), endpoint: None, region: None };
    for option in options.split('&').filter(|option| !option.is_empty()) {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        match name {
            "endpoint" => address.endpoint = Some(endpoint(value)?),
            "region" if !value.is_empty() && value.bytes().all(is_bucket_byte) => address.region = Some(value.to_owned()),
            _ if is_secret(name) => return Err(AddressFault::Secret),
            _ => return Err(AddressFault::Option(name.to_owned())),
        }
    }
    Ok(address)
}

/// A machine and a port, with `https://` or, on a network of one's own, `http://`.
fn endpoint(value: &str) -> Result<String, AddressFault> {
    let fault = || AddressFault::Endpoint(value.to_owned());
    let decoded = percent_decoded(value).ok_or_else(fault)?;
    let url = decoded.trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).ok_or_else(fault)?;
    if host.contains('@') {
        return Err(AddressFault::Secret);
    }
    let is_host_byte = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':' | b'[' | b']');
    if host.is_empty() || !host.bytes().all(is_host_byte) {
        return Err(fault());
    }
    Ok(url.to_owned())
}

/// Whether an option's name looks like a key's, so that its value is not repeated anywhere.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["key", "secret", "token", "password", "credential"].iter().any(|word| name.contains(word))
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%' {
            let digits =
                std::str::from_utf8(after.get(..2)?).ok().filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_stores_are_told_apart() {
        assert_eq!(Address::parse("ảnh/2024").unwrap(), Address::Folder("ảnh/2024".into()));
        #[cfg(unix)]
        assert_eq!(Address::parse("file:///srv/%E1%BA%A3nh%20m%E1%BB%9Bi").unwrap(), Address::Folder("/srv/ảnh mới".into()));
        let address = S3Address {
            bucket: "cot-moc".to_owned(),
            prefix: Some("lam-giang/files".to_owned()),
            endpoint: Some("https://s3.tinh.vn:9000".to_owned()),
            region: Some("vn-1".to_owned()),
        };
        assert_eq!(address.shown(), "s3://cot-moc/lam-giang/files?endpoint=https://s3.tinh.vn:9000");
        let written = "s3://cot-moc/lam-giang/files/?endpoint=https%3A%2F%2Fs3.tinh.vn:9000/&region=vn-1";
        assert_eq!(Address::parse(written).unwrap(), Address::S3(address));
    }

    #[test]
    fn what_is_wrong_with_an_address_is_said() {
        for (text, fault) in [
            ("", AddressFault::Empty),
            ("ftp://x/y", AddressFault::Scheme("ftp".to_owned())),
            ("file://may-chu/anh", AddressFault::FileUrl),
            ("file:///a%zz", AddressFault::FileUrl),
            ("s3://", AddressFault::Bucket(String::new())),
            ("s3://Ảnh/x", AddressFault::Bucket("Ảnh".to_owned())),
            ("s3://anh/../x", AddressFault::Prefix("../x".to_owned())),
            ("s3://anh?endpoint=s3.vn", AddressFault::Endpoint("s3.vn".to_owned())),
            ("s3://anh?endpoint=https://s3.vn/path", AddressFault::Endpoint("https://s3.vn/path".to_owned())),
            ("s3://anh?colour=red", AddressFault::Option("colour".to_owned())),
            ("s3://AKIA:hush@anh", AddressFault::Secret),
            ("s3://anh?endpoint=https://AKIA:hush@s3.vn", AddressFault::Secret),
            ("s3://anh?secret_access_key=hush", AddressFault::Secret),
        ] {
            let said = Address::parse(text).unwrap_err();
            assert!(!said.to_string().contains("hush"));
            assert_eq!(said, fault, "{text}");
        }
    }
}
