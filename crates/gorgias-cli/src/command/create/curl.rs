//! The request as a curl command, for those who want to see or change it.

use crate::connection::{Address, Login, login};
use crate::failure::Failure;

/// A command that sends the body as this program would. Whatever is secret is
/// named by its variable and stays in the environment.
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

/// A text as one word of a POSIX shell, whatever is in it.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_ends_and_resumes_the_word() {
        assert_eq!(
            quoted("a'b; $(rm) `x` \"y\" \\"),
            r#"'a'\''b; $(rm) `x` "y" \'"#
        );
        assert_eq!(quoted(""), "''");
    }
}
