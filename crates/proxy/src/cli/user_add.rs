//! `roomkey user add`: a local account. The password comes from standard input, or is made up and shown once.

use std::io::{IsTerminal as _, Read as _};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use roomkey_schema::{Role, Scope, Unit};
use secrecy::SecretString;

use super::{Ended, say};
use crate::app;
use crate::auth::accounts;
use crate::auth::password::Passwords;
use crate::config;
use crate::random::{self, SystemRandom};
use crate::store::Store as _;

/// Arguments of `roomkey user add`.
#[derive(Debug, Args)]
pub(super) struct UserAdd {
    /// The configuration file.
    #[arg(long, value_name = "FILE", default_value = "roomkey.toml")]
    config: PathBuf,
    /// The account's name.
    name: String,
    /// What the account may do: admin, helpdesk or auditor.
    #[arg(long, value_parser = role)]
    role: Role,
    /// A part of the organisation that a helpdesk is for, such as zoom.group:ID; may be given several times. Without it, all
    /// of it.
    #[arg(long, value_name = "UNIT")]
    scope: Vec<Unit>,
}

pub(super) async fn run(add: UserAdd) -> Result<(), Ended> {
    let config = config::from_file(&add.config)?;
    let random = Arc::new(SystemRandom);
    let typed = typed_password()?;
    let is_made_up = typed.is_none();
    let password = match typed {
        Some(password) => password,
        None => random::password(&*random)?,
    };
    let store = app::open_store(&config).await?;
    let passwords = Passwords::new(random)?;
    let secret = SecretString::from(password.as_str());
    let reach = reach(&add.scope);
    accounts::put(&store, &passwords, &add.name, add.role, Scope { units: add.scope }, secret).await?;
    store.close().await;
    say(format_args!("{} can sign in as {}{reach}.", add.name, add.role.as_str()));
    if is_made_up {
        say(format_args!("The password is {password} and will not be shown again."));
    }
    Ok(())
}

fn reach(units: &[Unit]) -> String {
    if units.is_empty() {
        return String::new();
    }
    let units: Vec<String> = units.iter().map(Unit::to_string).collect();
    format!(", for {} alone", units.join(" and "))
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_name(text).ok_or_else(|| "a role is admin, helpdesk or auditor".to_owned())
}

/// The first line of standard input, unless a person sits there or it is empty.
fn typed_password() -> Result<Option<String>, Ended> {
    let mut input = std::io::stdin();
    if input.is_terminal() {
        return Ok(None);
    }
    let mut text = String::new();
    input.read_to_string(&mut text)?;
    Ok(text.lines().next().filter(|line| !line.is_empty()).map(str::to_owned))
}
