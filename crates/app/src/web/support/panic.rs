//! A broken assertion ends one request, not the server.

use std::any::Any;

use axum::response::{IntoResponse, Response};

use super::fault::Fault;

/// The response to a request whose handler panicked.
pub fn respond(payload: Box<dyn Any + Send + 'static>) -> Response {
    let message =
        payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
    Fault::internal(format_args!("panicked: {message}")).into_response()
}
