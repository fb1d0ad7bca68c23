//! A browser's bare bones over a socket: one request a connection, every wait bounded, and nothing is tidied on the way,
//! so that a test can also send what no browser would.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Longer than the program itself waits for its database, twice over.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);
const CONNECT_LIMIT: Duration = Duration::from_secs(5);
const BOUNDARY: &str = "----ranh-gioi-cua-bieu-mau";

/// What came back, whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: String,
    headers: Vec<(String, String)>,
}

impl Answer {
    /// A header, empty where it was not sent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value.as_str())
    }

    /// A `set-cookie` header, whole.
    pub fn set_cookie(&self, name: &str) -> Option<&str> {
        let cookies = self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case("set-cookie"));
        cookies.map(|(_, value)| value.as_str()).find(|value| value.starts_with(&format!("{name}=")))
    }

    /// A cookie as the next request sends it.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.set_cookie(name).and_then(|value| value.split(';').next()).map(str::to_owned)
    }

    /// The first value of an input of a name.
    pub fn input(&self, name: &str) -> &str {
        self.between(&format!("name=\"{name}\" value=\""), "\"")
    }

    /// What stands between two stretches of the page; empty where it does not.
    pub fn between(&self, from: &str, to: &str) -> &str {
        self.body.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(found, _)| found)
    }
}

/// Someone at a machine, with a log-in or without.
#[derive(Debug, Clone)]
pub struct Client {
    pub address: String,
    /// `cotmoc_login=…`, empty without a log-in.
    pub cookie: String,
}

impl Client {
    /// Somebody who is not signed in, at a server's address.
    pub fn of(url: &str) -> Self {
        Self { address: url.trim_start_matches("http://").to_owned(), cookie: String::new() }
    }

    /// The same person at a server that was started anew.
    pub fn at(&self, url: &str) -> Self {
        Self { cookie: self.cookie.clone(), ..Self::of(url) }
    }

    pub fn get(&self, path: &str) -> io::Result<Answer> {
        self.send("GET", path, &[], b"")
    }

    /// Posts a form.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let kind = ("content-type", "application/x-www-form-urlencoded");
        self.send("POST", path, &[kind], encoded(fields).as_bytes())
    }

    /// Posts a form that holds a file.
    pub fn upload(&self, path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> io::Result<Answer> {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send("POST", path, &[("content-type", &kind)], &parts(fields, file))
    }

    /// Sends a request as it is given.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> io::Result<Answer> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n", self.address);
        if !self.cookie.is_empty() {
            head.push_str(&format!("cookie: {}\r\n", self.cookie));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
        let mut stream = self.connect()?;
        stream.write_all(head.as_bytes())?;
        // A server that refuses a large body answers before it has read it all; its answer counts, not the broken pipe.
        let sent = stream.write_all(body);
        read_answer(&mut stream).or_else(|fault| sent.and(Err(fault)))
    }

    /// A connection to send anything over.
    pub fn connect(&self) -> io::Result<TcpStream> {
        let address = self.address.parse().map_err(io::Error::other)?;
        let stream = TcpStream::connect_timeout(&address, CONNECT_LIMIT)?;
        stream.set_read_timeout(Some(ANSWER_LIMIT))?;
        stream.set_write_timeout(Some(ANSWER_LIMIT))?;
        Ok(stream)
    }
}

/// A form's body.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn parts(fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Vec<u8> {
    let mut body = Vec::new();
    let mut part = |name: &str, more: &str, value: &[u8]| {
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n").into_bytes());
        body.extend(value);
        body.extend(b"\r\n");
    };
    for (name, value) in fields {
        part(name, "", value.as_bytes());
    }
    if let Some((name, bytes)) = file {
        part("file", &format!("; filename=\"{name}\""), bytes);
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    body
}

/// Reads to the end of the connection; an answer that was cut off is none.
pub fn read_answer(stream: &mut TcpStream) -> io::Result<Answer> {
    let mut bytes = Vec::new();
    let ended = stream.read_to_end(&mut bytes);
    let cut = || io::Error::new(io::ErrorKind::UnexpectedEof, "the answer was cut off");
    let at = bytes.windows(4).position(|window| window == b"\r\n\r\n").ok_or_else(cut)?;
    let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok()).ok_or_else(cut)?;
    let headers: Vec<(String, String)> =
        lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let mut answer = Answer { status, body: String::new(), headers };
    let body = &bytes[at + 4..];
    let body = if answer.header("transfer-encoding") == "chunked" { unchunked(body) } else { Some(body.to_vec()) };
    let body = body.ok_or_else(cut)?;
    let length: usize = answer.header("content-length").parse().unwrap_or(body.len());
    if body.len() < length {
        return Err(ended.err().unwrap_or_else(cut));
    }
    answer.body = String::from_utf8_lossy(&body).into_owned();
    Ok(answer)
}

/// The bytes of a chunked body; absent where its last chunk is missing.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?, 16).ok()?;
        rest = &rest[end + 2..];
        if length == 0 {
            return Some(body);
        }
        body.extend(rest.get(..length)?);
        rest = rest.get(length + 2..)?;
    }
}
