//! An S3 store, with time limits that a waiting person can bear.

use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::{BackoffConfig, ClientOptions, Error, RetryConfig};
// The store's client, named so that it is built with TLS; only object_store speaks to it.
use reqwest as _;

use crate::address::{AddressFault, S3Address};

/// A store in the same country answers within milliseconds; after this it is not there.
const CONNECT_WAIT: Duration = Duration::from_secs(3);
/// No byte of an answer for so long, while a file of some hundred kB goes up or comes down, and it is away.
const SILENCE: Duration = Duration::from_secs(8);
/// The whole of one request, for 20 MB over a line of 8 Mbit/s.
const REQUEST: Duration = Duration::from_secs(30);
/// A failed request is made again at most so often …
const RETRIES_MAX: usize = 3;
/// … and only if it failed before this, so that who waits is told within ten seconds.
const RETRY_WITHIN: Duration = Duration::from_secs(4);
/// The first pause before another attempt, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_millis(800));
/// What most stores take where they know no regions.
const REGION: &str = "us-east-1";

/// What the store knows us by.
pub struct Keys {
    id: String,
    secret: String,
    token: Option<String>,
}

impl Keys {
    /// Reads the usual variables.
    pub fn from(environment: impl Fn(&str) -> Option<String>) -> Result<Self, AddressFault> {
        let read = |name: &str| environment(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let (Some(id), Some(secret)) = (read("AWS_ACCESS_KEY_ID"), read("AWS_SECRET_ACCESS_KEY")) else {
            return Err(AddressFault::NoKeys);
        };
        Ok(Self { id, secret, token: read("AWS_SESSION_TOKEN") })
    }

    /// What must not stand in a log.
    pub fn secrets(&self) -> Vec<String> {
        [Some(&self.id), Some(&self.secret), self.token.as_ref()].into_iter().flatten().cloned().collect()
    }
}

/// Makes the client; nothing is sent yet.
pub fn open(address: &S3Address, keys: &Keys) -> Result<AmazonS3, Error> {
    // The client is built without a TLS provider of its own and panics where the process has none. An error means that it has
    // one already, which is what we want.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let is_plain = address.endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"));
    let client =
        ClientOptions::new().with_allow_http(is_plain).with_connect_timeout(CONNECT_WAIT).with_read_timeout(SILENCE).with_timeout(REQUEST);
    let backoff = BackoffConfig { init_backoff: PAUSES.0, max_backoff: PAUSES.1, base: 2.0 };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&address.bucket)
        .with_region(address.region.as_deref().unwrap_or(REGION))
        .with_access_key_id(&keys.id)
        .with_secret_access_key(&keys.secret)
        .with_client_options(client)
        .with_retry(RetryConfig { backoff, max_retries: RETRIES_MAX, retry_timeout: RETRY_WITHIN })
        // Not every store knows the bulk form; a single deletion is understood by all.
        .with_disable_bulk_delete(true);
    if let Some(endpoint) = &address.endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    if let Some(token) = &keys.token {
        builder = builder.with_token(token);
    }
    builder.build()
}
