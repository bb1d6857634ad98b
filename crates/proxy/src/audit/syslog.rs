//! Hands a line to a syslog, as RFC 5424 has it, in one datagram. Must not wait for an answer: there is none.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::{UdpSocket, UnixDatagram};

use crate::config::SyslogAddress;

/// Facility "log audit" (13), severity "notice" (5).
const PRIORITY: u8 = 13 * 8 + 5;

/// A syslog.
pub(super) struct Syslog {
    address: SyslogAddress,
}

impl Syslog {
    pub(super) const fn new(address: SyslogAddress) -> Self {
        Self { address }
    }

    /// Sends a message of that time (RFC 3339).
    pub(super) async fn send(&self, at: &str, message: &str) -> io::Result<()> {
        let line = line(at, message);
        match &self.address {
            SyslogAddress::Udp(to) => {
                let from: SocketAddr =
                    if to.is_ipv4() { (Ipv4Addr::UNSPECIFIED, 0).into() } else { (Ipv6Addr::UNSPECIFIED, 0).into() };
                UdpSocket::bind(from).await?.send_to(line.as_bytes(), to).await?;
            }
            SyslogAddress::Unix(path) => {
                UnixDatagram::unbound()?.send_to(line.as_bytes(), path).await?;
            }
        }
        Ok(())
    }
}

/// Without host and process id: the syslog knows them better, and neither helps to check a checkpoint.
fn line(at: &str, message: &str) -> String {
    format!("<{PRIORITY}>1 {at} - roomkey - checkpoint - {message}")
}
