//! A form with many files, read one after another as they arrive: one file at a time is in memory. A file above its limit is read
//! to its end and dropped, so that the ones behind it still come.

use axum::extract::{FromRequest, Request};
use axum::http::header;
use bytes::Bytes;
use multer::{Constraints, Field, Multipart, SizeLimit};

use super::csrf;
use super::fault::Fault;
use super::form::{FORM_BYTES_MAX, Fields};
use super::login::Current;
use crate::web::App;

/// Most bytes of one sending: forty photos of a phone, or twenty-five of the largest.
pub const SENDING_BYTES_MAX: usize = 512 * 1024 * 1024;
/// Most fields before the first file: the captions of a long paper.
const FIELDS_MAX: usize = 2000;

/// The files of a form. Its other fields, the token among them, stand before the first file.
pub struct ManyFiles {
    /// The fields before the first file.
    pub fields: Fields,
    form: Multipart<'static>,
    next: Option<Field<'static>>,
}

/// One file.
pub struct SentFile {
    /// The name that it had on the sender's machine.
    pub name: String,
    /// How many bytes came.
    pub size: usize,
    /// What is in it; absent where it is larger than the limit.
    pub bytes: Option<Bytes>,
}

impl FromRequest<App> for ManyFiles {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &App) -> Result<Self, Fault> {
        let (parts, body) = request.into_parts();
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).ok_or(Fault::BadRequest)?;
        let boundary = multer::parse_boundary(kind).map_err(|_| Fault::BadRequest)?;
        let limits = SizeLimit::new().whole_stream(SENDING_BYTES_MAX as u64);
        let mut form = Multipart::with_constraints(body.into_data_stream(), boundary, Constraints::new().size_limit(limits));
        let (mut fields, mut next) = (Fields::default(), None);
        for _ in 0..FIELDS_MAX {
            let Some(mut field) = form.next_field().await.map_err(fault_of)? else { break };
            if field.file_name().is_some() {
                next = Some(field);
                break;
            }
            let name = field.name().unwrap_or_default().to_owned();
            let (_, bytes) = read(&mut field, FORM_BYTES_MAX).await?;
            let bytes = bytes.ok_or(Fault::TooLarge { bytes_max: FORM_BYTES_MAX })?;
            fields.push(name, String::from_utf8_lossy(&bytes).replace('\0', "\u{fffd}"));
        }
        // Before a single file is read: what comes from elsewhere costs nothing.
        if csrf::fits(&Current::in_request(&parts), fields.filled(csrf::FIELD)) {
            Ok(Self { fields, form, next })
        } else {
            Err(Fault::ExpiredForm)
        }
    }
}

impl ManyFiles {
    /// The next file of at most `bytes_max`; absent at the end. What is no file, or was not chosen, is passed over.
    pub async fn next(&mut self, bytes_max: usize) -> Result<Option<SentFile>, Fault> {
        loop {
            let mut field = match self.next.take() {
                Some(field) => field,
                None => match self.form.next_field().await.map_err(fault_of)? {
                    Some(field) => field,
                    None => return Ok(None),
                },
            };
            let name = field.file_name().unwrap_or_default().to_owned();
            let (size, bytes) = read(&mut field, bytes_max).await?;
            if !name.is_empty() {
                return Ok(Some(SentFile { name, size, bytes }));
            }
        }
    }
}

/// Reads a field to its end, and keeps it where it is within the limit.
async fn read(field: &mut Field<'static>, bytes_max: usize) -> Result<(usize, Option<Bytes>), Fault> {
    let (mut size, mut kept) = (0, Some(Vec::new()));
    while let Some(chunk) = field.chunk().await.map_err(fault_of)? {
        size += chunk.len();
        match &mut kept {
            Some(bytes) if size <= bytes_max => bytes.extend_from_slice(&chunk),
            _ => kept = None,
        }
    }
    Ok((size, kept.map(Bytes::from)))
}

fn fault_of(error: multer::Error) -> Fault {
    match error {
        multer::Error::StreamSizeExceeded { .. } => Fault::TooLarge { bytes_max: SENDING_BYTES_MAX },
        _ => Fault::BadRequest,
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;
    use crate::web::app::{Clock, Settings};

    async fn form(body: Vec<u8>) -> Result<ManyFiles, Fault> {
        let request = Request::builder().header("content-type", "multipart/form-data; boundary=X").body(Body::from(body)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = store::Store::open(&format!("sqlite://{}", folder.path().join("test.db").display())).await.unwrap();
        let files = files::Files::open(&folder.path().join("files").display().to_string()).unwrap();
        ManyFiles::from_request(request, &App::new(store, files, Settings::default(), Clock::System)).await
    }

    fn part(name: &str, file: &str, bytes: &[u8]) -> Vec<u8> {
        let head = format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        [head.as_bytes(), bytes, b"\r\n"].concat()
    }

    #[tokio::test]
    async fn a_large_file_does_not_stop_the_ones_behind_it() {
        let body = [
            part("seen", "", b"7:31"),
            part("photo", "; filename=\"a.jpg\"", &[7; 11]),
            part("photo", "; filename=\"\"", b""),
            part("photo", "; filename=\"b.jpg\"", &[8; 10]),
            b"--X--".to_vec(),
        ];
        let mut form = form(body.concat()).await.unwrap();
        assert_eq!(form.fields.get("seen"), "7:31");
        let (large, small) = (form.next(10).await.unwrap().unwrap(), form.next(10).await.unwrap().unwrap());
        assert_eq!((large.name.as_str(), large.size, large.bytes), ("a.jpg", 11, None));
        assert_eq!((small.name.as_str(), small.bytes.as_deref()), ("b.jpg", Some(&[8; 10][..])));
        assert!(form.next(10).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn what_breaks_off_is_told_after_what_came() {
        let body = [part("photo", "; filename=\"a.jpg\"", b"a"), b"--X\r\nContent-Disposition: form-data; na".to_vec()].concat();
        let mut form = form(body).await.unwrap();
        assert!(form.next(10).await.unwrap().is_some());
        assert!(form.next(10).await.is_err());
    }
}
