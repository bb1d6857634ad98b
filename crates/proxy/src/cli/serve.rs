//! `roomkey serve`: the console for real vendors.

use std::path::Path;
use std::sync::Arc;

use tokio::net::TcpListener;

use super::{Ended, say, signals};
use crate::app::{self, App};
use crate::clock::SystemClock;
use crate::config;
use crate::random::SystemRandom;
use crate::telemetry::{logs, meters};

pub(super) async fn run(file: &Path) -> Result<(), Ended> {
    let config = config::from_file(file)?;
    logs::install(&config.log);
    let _ = meters::handle();
    let (listen, scheme) = (config.listen, if config.tls.is_some() { "https" } else { "http" });
    let app = App::new(config, Arc::new(SystemClock), Arc::new(SystemRandom)).await?;
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| Ended::because(format!("cannot listen on {listen}: {error}; is another program there?")))?;
    let stop = signals::asked_to_stop();
    say(format_args!("console  {scheme}://{}/", listener.local_addr()?));
    Ok(app::serve(listener, app, stop).await?)
}
