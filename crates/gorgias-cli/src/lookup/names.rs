//! Looks up users and teams, and finds the names that no tag has.

use gorgias::Client;
use gorgias::api::ListStream;
use gorgias::api::types::User;

use super::suggestions::{close, unknown};
use crate::calls::read;
use crate::failure::Failure;

/// The id of the user with an e-mail address.
pub(crate) async fn user(client: &Client, address: &str) -> Result<i64, Failure> {
    let is_named = |user: &&User| {
        let email = user.email.as_deref();
        email.is_some_and(|email| email.eq_ignore_ascii_case(address))
    };
    let users = read(client.api().list_users().email(address)).await?;
    if let Some(user) = users.data.iter().find(is_named) {
        return Ok(user.id);
    }
    // The service's e-mail filter may be case-sensitive, so the whole list is
    // searched too.
    let all = all(client.api().list_users().stream()).await?;
    if let Some(user) = all.iter().find(is_named) {
        return Ok(user.id);
    }
    let known = all.into_iter().filter_map(|user| user.email).collect();
    let problem = format!("no user has the address {address:?}");
    Err(unknown(problem, address, known, "gorgias user list"))
}

/// The id of the team with a name.
pub(crate) async fn team(client: &Client, name: &str) -> Result<i64, Failure> {
    let teams = all(client.api().list_teams().stream()).await?;
    let mut found = teams
        .iter()
        .filter(|team| team.name.as_deref() == Some(name));
    match (found.next(), found.next()) {
        (Some(team), None) => Ok(team.id),
        (Some(one), Some(other)) => Err(Failure::invalid(format!(
            "several teams are called {name:?}, nothing was sent"
        ))
        .hint(format!(
            "name one by its id: id:{} or id:{}",
            one.id, other.id
        ))),
        (None, _) => {
            let known = teams.into_iter().filter_map(|team| team.name).collect();
            let problem = format!("no team is called {name:?}");
            Err(unknown(problem, name, known, "gorgias team list"))
        }
    }
}

/// A line for each name that no tag has, with the names of tags that are close to it.
/// The lines are details of a failure.
pub(crate) async fn unknown_tags(
    client: &Client,
    names: &[String],
) -> Result<Vec<String>, Failure> {
    let tags = all(client.api().list_tags().stream()).await?;
    let known: Vec<_> = tags.into_iter().filter_map(|tag| tag.name).collect();
    let unknown = names.iter().filter(|name| !known.contains(name));
    let lines = unknown.map(|name| match close(name, &known).as_slice() {
        [] => format!("no tag is called {name:?}"),
        close => format!(
            "no tag is called {name:?}; did you mean {}?",
            close.join(" or ")
        ),
    });
    Ok(lines.collect())
}

/// Reads a list to its end and returns every item.
pub(super) async fn all<T>(mut list: ListStream<T>) -> Result<Vec<T>, Failure> {
    let mut all = Vec::new();
    while let Some(item) = list.next().await {
        all.push(item.map_err(Failure::of_read)?);
    }
    Ok(all)
}
