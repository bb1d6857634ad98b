//! Structured logs on standard error, as text or JSON. Our own events hold no secrets; those of libraries stay out below
//! warnings, because they may hold headers.

use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// Installs the subscriber; does nothing when there is one.
pub fn install(log: &Log) {
    let level = match log.level.as_str() {
        level @ ("error" | "warn" | "info" | "debug" | "trace") => level,
        _ => "info",
    };
    let filter = EnvFilter::new(format!("warn,roomkey={level},roomkey_proxy={level},roomkey_sandbox={level}"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let installed = match log.format {
        LogFormat::Text => builder.with_ansi(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    drop(installed);
}
