//! A form with one file: the paper that is handed in. Read as it streams, within its limits, kept in memory only.

use axum::extract::{FromRequest, Request};
use axum::http::header;
use multer::{Constraints, Multipart, SizeLimit};

use super::csrf;
use super::fault::Fault;
use super::form::{FORM_BYTES_MAX, Fields};
use super::login::Current;
use crate::web::App;

/// The field that carries the file.
pub const FILE_FIELD: &str = "file";
/// The field that carries a text pasted instead.
pub const TEXT_FIELD: &str = "text";

/// The fields of the form and its file.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// Everything but the file.
    pub fields: Fields,
    /// The file's bytes; empty where none was chosen.
    pub file: Vec<u8>,
    /// The name that the file had on the sender's machine, for showing only.
    pub file_name: String,
}

impl FromRequest<App> for Upload {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &App) -> Result<Self, Fault> {
        let (parts, body) = request.into_parts();
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).ok_or(Fault::BadRequest)?;
        let boundary = multer::parse_boundary(kind).map_err(|_| Fault::BadRequest)?;
        let limits = SizeLimit::new()
            .whole_stream((paper::FILE_BYTES_MAX + FORM_BYTES_MAX) as u64)
            .per_field(FORM_BYTES_MAX as u64)
            .for_field(FILE_FIELD, paper::FILE_BYTES_MAX as u64)
            .for_field(TEXT_FIELD, paper::TEXT_BYTES_MAX as u64);
        let mut form = Multipart::with_constraints(body.into_data_stream(), boundary, Constraints::new().size_limit(limits));
        let mut upload = Self::default();
        while let Some(field) = form.next_field().await.map_err(fault_of)? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == FILE_FIELD {
                upload.file_name = field.file_name().unwrap_or_default().to_owned();
                upload.file = field.bytes().await.map_err(fault_of)?.to_vec();
            } else {
                upload.fields.push(name, field.text().await.map_err(fault_of)?);
            }
        }
        if csrf::fits(&Current::in_request(&parts), upload.fields.filled(csrf::FIELD)) { Ok(upload) } else { Err(Fault::ExpiredForm) }
    }
}

fn fault_of(error: multer::Error) -> Fault {
    match error {
        multer::Error::FieldSizeExceeded { limit, .. } | multer::Error::StreamSizeExceeded { limit } => {
            Fault::TooLarge { bytes_max: usize::try_from(limit).unwrap_or(paper::FILE_BYTES_MAX) }
        }
        _ => Fault::BadRequest,
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;
    use crate::web::app::{Clock, Settings};

    async fn send(body: Vec<u8>) -> Result<Upload, Fault> {
        let request = Request::builder().header("content-type", "multipart/form-data; boundary=X").body(Body::from(body)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = store::Store::open(&format!("sqlite://{}", folder.path().join("test.db").display())).await.unwrap();
        let files = files::Files::open(&folder.path().join("files").display().to_string()).unwrap();
        Upload::from_request(request, &App::new(store, files, Settings::default(), Clock::System)).await
    }

    fn part(name: &str, file: &str, bytes: &[u8]) -> Vec<u8> {
        let head = format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        [head.as_bytes(), bytes, b"\r\n"].concat()
    }

    #[tokio::test]
    async fn fields_and_file_come_apart() {
        let body = [part("published_on", "", "17/4/2024".as_bytes()), part("file", "; filename=\"a.txt\"", b"\xff\x00"), b"--X--".to_vec()]
            .concat();
        let upload = send(body).await.unwrap();
        assert_eq!(upload.fields.get("published_on"), "17/4/2024");
        assert_eq!((upload.file_name.as_str(), upload.file.as_slice()), ("a.txt", &b"\xff\x00"[..]));
    }

    #[tokio::test]
    async fn a_file_above_the_limit_is_refused_as_too_large() {
        let body = [part("file", "; filename=\"a\"", &vec![b'a'; paper::FILE_BYTES_MAX + 1]), b"--X--".to_vec()].concat();
        assert!(matches!(send(body).await, Err(Fault::TooLarge { bytes_max: paper::FILE_BYTES_MAX })));
    }

    #[tokio::test]
    async fn a_broken_body_is_a_bad_request() {
        assert!(matches!(send(b"--X\r\nbroken".to_vec()).await, Err(Fault::BadRequest)));
    }
}
