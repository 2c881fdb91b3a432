//! Writes the request as a curl command, to be read or changed.

use crate::connection::{Address, Login, login};
use crate::failure::Failure;
use crate::shell::quoted;

/// A command that sends the body as this program would. Secrets are named by their
/// environment variables, and aren't in the command.
pub(super) fn command(address: Option<&Address>, body: &str) -> Result<String, Failure> {
    let url = match address {
        Some(address) => quoted(&format!("{}/api/tickets", address.url())),
        None => "\"https://$GORGIAS_SUBDOMAIN.gorgias.com/api/tickets\"".to_owned(),
    };
    let login = match login()? {
        Some(Login::AccessToken(_)) => "--oauth2-bearer \"$GORGIAS_ACCESS_TOKEN\"",
        Some(Login::ApiKey { .. }) | None => "--user \"$GORGIAS_EMAIL:$GORGIAS_API_KEY\"",
    };
    Ok(format!(
        "curl {url} \\\n  {login} \\\n  --header 'content-type: application/json' \\\n  \
         --data-raw {}",
        quoted(body)
    ))
}
