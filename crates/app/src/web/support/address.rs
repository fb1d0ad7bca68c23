//! Where a request comes from, for counting visits and slowing down guesses. Never logged, never stored.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

use crate::web::App;

/// The client's address. A peer on this very machine is a reverse proxy (or someone who may do anything here
/// anyway): then the last address of `X-Forwarded-For`, the one the proxy itself saw.
pub fn of(parts: &Parts) -> IpAddr {
    let peer = peer_of(parts);
    if !is_from_this_machine(parts) {
        return peer.to_canonical();
    }
    let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back().and_then(|line| line.to_str().ok());
    let last = forwarded.and_then(|line| line.rsplit(',').next()).and_then(|address| address.trim().parse::<IpAddr>().ok());
    last.unwrap_or(peer).to_canonical()
}

/// Whether the other end of the line is on this very machine: a reverse proxy, whose headers are believed.
pub fn is_from_this_machine(parts: &Parts) -> bool {
    peer_of(parts).to_canonical().is_loopback()
}

fn peer_of(parts: &Parts) -> IpAddr {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip())
}

/// The client's address as a handler's argument.
#[derive(Debug, Clone, Copy)]
pub struct Client(pub IpAddr);

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Self(of(parts)))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn seen(peer: &str, forwarded: Option<&str>) -> String {
        let mut request = Request::builder();
        if let Some(forwarded) = forwarded {
            request = request.header("x-forwarded-for", forwarded);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        parts.extensions.insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
        of(&parts).to_string()
    }

    #[test]
    fn a_proxy_on_this_machine_is_believed_and_nobody_else() {
        assert_eq!(seen("127.0.0.1:9", Some("1.2.3.4, 203.0.113.7")), "203.0.113.7");
        assert_eq!(seen("127.0.0.1:9", Some("nonsense")), "127.0.0.1");
        assert_eq!(seen("203.0.113.9:9", Some("1.2.3.4")), "203.0.113.9");
        assert_eq!(seen("[::ffff:203.0.113.9]:9", None), "203.0.113.9");
    }
}
