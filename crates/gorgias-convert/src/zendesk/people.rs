//! Users, organisations and groups.

use std::path::Path;

use super::members::Members;
use crate::conversation::Person;
use crate::error::Error;
use crate::input::{Json, Splitter, open, parse};
use crate::map::Role;
use crate::met::{Fate, Met, Table};
use crate::observer::Observer;
use crate::store::Store;
use crate::{Notice, NoticeKind};

const SECTIONS: &[&str] = &["users", "organizations", "groups"];

/// What says nothing about a person, or repeats something.
const IGNORED: &[&str] = &[
    "active",
    "created_at",
    "url",
    "updated_at",
    "last_login_at",
    "verified",
    "shared",
    "shared_agent",
    "moderator",
    "ticket_restriction",
    "only_private_comments",
    "restricted_agent",
    "suspended",
    "default_group_id",
    "report_csv",
    "iana_time_zone",
    "time_zone",
    "locale_id",
    "role_type",
    "custom_role_id",
    "permanently_deleted",
    "two_factor_auth_enabled",
    "chat_only",
    "shared_phone_number",
    "is_billing_admin",
];

/// Remembers what is in a file of users or organisations. `kind` is what the
/// objects are that no page names.
pub(crate) fn index_people(
    path: &Path,
    kind: &'static str,
    observer: &dyn Observer,
    store: &mut Store,
    met: &mut Met,
) -> Result<u64, Error> {
    let mut unreadable = 0_u64;
    let mut splitter = Splitter::new(open(path, observer)?, SECTIONS);
    while let Some(item) = splitter.next().map_err(|error| Error::read(path, error))? {
        let section = item.section.unwrap_or(kind);
        let content = item.content.map_err(str::to_owned);
        let mut mended = String::new();
        let value = content.and_then(|text| {
            let parsed = parse(text, &mut mended);
            parsed.map_err(|error| error.to_string())
        });
        let problem = match value {
            Ok((value, _)) => match index(section, value, store, met)? {
                true => continue,
                false => "has no id".to_owned(),
            },
            Err(problem) => problem,
        };
        unreadable = unreadable.saturating_add(1);
        let detail = format!("in {}: {problem}", path.display());
        let notice = Notice::new(NoticeKind::Unreadable, detail).line(item.line);
        observer.notice(&notice).map_err(Error::observer)?;
    }
    Ok(unreadable)
}

/// Remembers one of them. False if it has no id.
pub(super) fn index(
    section: &str,
    value: Json<'_>,
    store: &mut Store,
    met: &mut Met,
) -> Result<bool, Error> {
    let Some(mut members) = Members::of(value) else {
        return Ok(false);
    };
    // As the API gives a single one.
    for wrapper in ["user", "organization", "group"] {
        if !members.has("id")
            && let Some(inner) = members.object(wrapper)
        {
            members = inner;
        }
    }
    if section != "users" {
        let (Some(id), name) = (members.id("id"), members.text("name")) else {
            return Ok(false);
        };
        store.put_name(section, &id, &name.unwrap_or_default())?;
        return Ok(true);
    }
    let Some(person) = person(&mut members) else {
        return Ok(false);
    };
    members.forget(IGNORED);
    for name in members.rest() {
        met.add(Table::Users, name, Fate::NotCarried, "");
    }
    store.put_person(&person)?;
    Ok(true)
}

/// A person, with what can be said of one in a ticket.
pub(super) fn person(members: &mut Members<'_>) -> Option<Person> {
    let id = members.id("id")?;
    let organization = members.object("organization");
    let organization = organization.and_then(|mut organization| organization.id("id"));
    Some(Person {
        id,
        name: members.text("name"),
        email: members.text("email"),
        phone: members.text("phone"),
        role: members.text("role").map(|role| match role.as_str() {
            "end-user" | "end_user" => Role::Customer,
            _ => Role::Agent,
        }),
        language: members.text("locale"),
        organization: members.id("organization_id").or(organization),
    })
}
