//! Adobe Connect: does the login work, and is it an administrator's? Must not change anything.

use crate::cli::say;
use crate::vendors::{Trouble, Vendor, VendorFault, Warning};

pub(super) async fn check(connect: &dyn Vendor) -> Result<(), String> {
    let of = |fault: &VendorFault| format!("Adobe Connect: {}", sentence(fault));
    connect.scopes().await.map_err(|fault| of(&fault))?;
    say("Adobe Connect: the credentials work.");
    let warnings = connect.warnings().await.map_err(|fault| of(&fault))?;
    for warning in &warnings {
        match warning {
            Warning::NotAdministrator(login) => say(format_args!(
                "Adobe Connect: {login} is no administrator: reading passcodes, listing the meetings that need one and \
                 the account's switch for them will fail. Make it a member of the group Administrators, or name another \
                 login in the configuration."
            )),
            Warning::CannotSignIn(login, fault) => say(format_args!("Adobe Connect: {login}: {}.", sentence(fault))),
        }
    }
    if warnings.is_empty() { Ok(()) } else { Err("Adobe Connect: the login is no administrator's".to_owned()) }
}

fn sentence(fault: &VendorFault) -> String {
    match &fault.trouble {
        Trouble::Credentials(_) => "the credentials are not accepted; check login and password, and whether the login \
                                    may use the Web Services API and its password has expired"
            .to_owned(),
        Trouble::Unreachable | Trouble::Timeout => {
            "the address cannot be reached, or does not answer a sign-in; check url, the name resolution and the firewall"
                .to_owned()
        }
        Trouble::RateLimited(_) | Trouble::Budget(_) => {
            "Adobe Connect takes no more calls for the moment; try again in a minute".to_owned()
        }
        other => format!(
            "the address answered something unexpected ({}); check url, which ends with /api/xml",
            other.summary()
        ),
    }
}
