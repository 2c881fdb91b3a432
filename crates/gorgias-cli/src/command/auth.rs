//! `gorgias auth`.

use clap::{Args, Subcommand};
use gorgias::api::types::{Account, User};
use gorgias::{Client, RateLimitSnapshot};
use serde_json::json;

use crate::calls::read;
use crate::connection::ConnectionArguments;
use crate::failure::Failure;
use crate::output::{Format, OutputArguments, facts, items, json_of, note, person, print, text_of};

const AFTER_HELP: &str = "\
Asks the helpdesk for the account, and for the user whose API key is used. An
access token belongs to an app, so that no user is shown. The exit code is 3
when the credentials are refused, and 5 when there are none.

Examples:
  gorgias auth status
  gorgias auth status | jq .rate_limit";

/// The most items that the API puts on a page.
const PAGE: i64 = 100;

#[derive(Subcommand)]
pub(crate) enum AuthCommand {
    Status(StatusArguments),
}

/// Show the account, the user and the rate limit that the credentials give
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct StatusArguments {
    #[command(flatten)]
    connection: ConnectionArguments,

    #[command(flatten)]
    output: OutputArguments,
}

pub(super) async fn run(arguments: StatusArguments) -> Result<(), Failure> {
    let client = arguments.connection.client()?;
    let account = read(client.api().get_account()).await?;
    let user = match arguments.connection.email()? {
        Some(email) => user(&client, &email).await,
        None => None,
    };
    let limit = account.metadata().rate_limit();
    match arguments.output.format() {
        Format::Json => {
            let limit = limit.map(|it| json!({ "used": it.used(), "limit": it.limit() }));
            let account = json_of(account.metadata().body(), &*account);
            let user = user.map_or_else(|| "null".to_owned(), |(_, json)| json);
            print(format!(
                "{{\"account\":{account},\"user\":{user},\"rate_limit\":{}}}\n",
                json!(limit)
            ))
        }
        Format::Text => print(text(&account, user.as_ref().map(|(user, _)| user), limit)),
    }
}

/// The user with this address, and the JSON of the user. A list of users that can't be
/// read is no failure, because the account alone shows that the credentials work.
async fn user(client: &Client, email: &str) -> Option<(User, String)> {
    let mut pages = client.api().list_users().limit(PAGE).pages();
    while let Some(page) = pages.next().await {
        let page = match page {
            Ok(page) => page,
            Err(error) => {
                note(&format!("the user can't be read: {error}"));
                return None;
            }
        };
        let json = items(page.metadata().body(), &page.data);
        let mut users = page.into_inner().data.into_iter().zip(json);
        let is_named = |user: &User| {
            let address = user.email.as_deref();
            // The service's own filter may be case-sensitive, so the whole list is
            // searched.
            address.is_some_and(|address| address.eq_ignore_ascii_case(email))
        };
        if let Some(found) = users.find(|(user, _)| is_named(user)) {
            return Some(found);
        }
    }
    None
}

fn text(account: &Account, user: Option<&User>, limit: Option<RateLimitSnapshot>) -> String {
    let status = account.status.as_ref().and_then(|it| it.status.as_ref());
    let role = user.and_then(|user| user.role.as_ref()?.name.as_ref());
    let person = user.and_then(|user| person(&user.name, &user.email));
    let limit = limit.map(|it| format!("{} of {} requests used", it.used(), it.limit()));
    facts([
        ("account", text_of(&account.domain)),
        ("status", text_of(&status)),
        ("user", text_of(&person)),
        ("role", text_of(&role)),
        ("rate limit", text_of(&limit)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_is_shown_with_the_user() {
        let account: Account = serde_json::from_value(json!({
            "domain": "acme", "status": {"status": "active"}
        }))
        .unwrap();
        let user: User = serde_json::from_value(json!({
            "id": 1, "name": "Ann", "email": "ann@acme.example", "role": {"name": "admin"}
        }))
        .unwrap();
        assert_eq!(
            text(&account, Some(&user), None),
            "\
account      acme
status       active
user         Ann <ann@acme.example>
role         admin
"
        );
    }
}
