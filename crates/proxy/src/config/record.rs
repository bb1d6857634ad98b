//! `[record]`: where checkpoints of the record go besides the data directory, so that somebody who can rewrite that cannot
//! rewrite these.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use serde::Deserialize;

/// `[record]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Record {
    /// A file that gets a line for each checkpoint; on another disk, or one that can only be appended to.
    pub checkpoint_file: Option<PathBuf>,
    /// A syslog that gets a line for each checkpoint: `udp://127.0.0.1:514` or `unix:///dev/log`.
    pub checkpoint_syslog: Option<SyslogAddress>,
}

/// Where a syslog listens.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(try_from = "String")]
pub enum SyslogAddress {
    /// For datagrams over UDP. An address and no name: nothing is looked up.
    Udp(SocketAddr),
    /// For datagrams over a socket of this machine.
    Unix(PathBuf),
}

/// Why a text is no address of a syslog.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no address of a syslog; write udp://ADDRESS:PORT, such as udp://127.0.0.1:514, or unix:///PATH")]
pub struct NoSyslog(String);

impl FromStr for SyslogAddress {
    type Err = NoSyslog;

    fn from_str(text: &str) -> Result<Self, NoSyslog> {
        let udp = text.strip_prefix("udp://").and_then(|address| address.parse().ok()).map(Self::Udp);
        let unix =
            text.strip_prefix("unix://").filter(|path| path.starts_with('/')).map(|path| Self::Unix(path.into()));
        udp.or(unix).ok_or_else(|| NoSyslog(text.to_owned()))
    }
}

impl TryFrom<String> for SyslogAddress {
    type Error = NoSyslog;

    fn try_from(text: String) -> Result<Self, NoSyslog> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syslog_is_reached_by_address_or_by_path_and_never_by_name() {
        assert_eq!(
            "udp://127.0.0.1:514".parse::<SyslogAddress>().ok(),
            Some(SyslogAddress::Udp(([127, 0, 0, 1], 514).into()))
        );
        assert_eq!("unix:///dev/log".parse::<SyslogAddress>().ok(), Some(SyslogAddress::Unix("/dev/log".into())));
        for text in
            ["", "127.0.0.1:514", "udp://127.0.0.1", "udp://log.example.com:514", "tcp://127.0.0.1:514", "unix://log"]
        {
            assert!(text.parse::<SyslogAddress>().is_err(), "{text}");
        }
    }
}
