//! A POSTed form with a file: its fields, checked for their token, and the file's bytes, up to the paper's limit.

use axum::extract::{FromRequest, Request};
use axum::http::header;

use super::csrf;
use super::fault::Fault;
use super::form::{FORM_BYTES_MAX, Fields};
use crate::web::App;

/// Most bytes of a text field: a pasted paper may be as long as one from a file.
const FIELD_BYTES_MAX: usize = paper::TEXT_BYTES_MAX + 1024;
/// Most parts of a form: the hand-in form has five.
const PARTS_MAX: usize = 20;

/// A file as the browser sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name on the sender's machine, without folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The fields and the file of a form.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// The fields besides the file.
    pub fields: Fields,
    /// The file, where one was chosen.
    pub file: Option<File>,
}

impl FromRequest<App> for Upload {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &App) -> Result<Self, Fault> {
        let headers = request.headers().clone();
        let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let upload = match multer::parse_boundary(content_type) {
            Ok(boundary) => read_parts(multer::Multipart::new(request.into_body().into_data_stream(), boundary)).await?,
            // A form without a file may come the plain way.
            Err(_) => return Ok(Self { fields: Fields::from_request(request, app).await?, file: None }),
        };
        if csrf::fits(&headers, upload.fields.filled(csrf::FIELD)) { Ok(upload) } else { Err(Fault::ExpiredForm) }
    }
}

async fn read_parts(mut parts: multer::Multipart<'_>) -> Result<Upload, Fault> {
    let mut upload = Upload::default();
    for _ in 0..PARTS_MAX {
        let Some(mut part) = parts.next_field().await.map_err(|error| fault_of(&error))? else { return Ok(upload) };
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(base_name);
        let bytes_max = if file_name.is_some() { paper::FILE_BYTES_MAX } else { FIELD_BYTES_MAX };
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(|error| fault_of(&error))? {
            if bytes.len() + chunk.len() > bytes_max {
                return Err(Fault::TooLarge { bytes_max });
            }
            bytes.extend_from_slice(&chunk);
        }
        match file_name {
            Some(name) => upload.file = Some(File { name, bytes }).filter(|file| !file.name.is_empty() || !file.bytes.is_empty()),
            None => upload.fields.push(name, String::from_utf8(bytes).map_err(|_| Fault::BadRequest)?),
        }
    }
    Err(Fault::TooLarge { bytes_max: FORM_BYTES_MAX })
}

fn fault_of(error: &multer::Error) -> Fault {
    match error {
        multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => Fault::TooLarge { bytes_max: paper::FILE_BYTES_MAX },
        multer::Error::StreamReadFailed(cause) if cause.to_string().contains("length limit") => {
            Fault::TooLarge { bytes_max: paper::FILE_BYTES_MAX }
        }
        _ => Fault::BadRequest,
    }
}

/// The last part of a name; some browsers send the whole path.
fn base_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_of_a_file_is_kept() {
        assert_eq!(base_name("C:\\Van ban\\bao-cao.txt"), "bao-cao.txt");
        assert_eq!(base_name("../../etc/passwd"), "passwd");
    }
}
