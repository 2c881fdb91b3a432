//! Writes the request as a curl command, to be read or changed.

use crate::connection::{Login, login};
use crate::failure::Failure;
use crate::shell::quoted;

/// A command that sends the body as this program would. It has the names of environment
/// variables in place of the secrets.
pub(super) fn command(base_url: Option<String>, body: &str) -> Result<String, Failure> {
    let url = match base_url {
        Some(base_url) => quoted(&format!("{base_url}/api/tickets")),
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
