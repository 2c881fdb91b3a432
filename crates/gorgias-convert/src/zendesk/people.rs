//! Reads users, organisations and groups.

use std::path::Path;

use super::members::Members;
use super::records::{for_each, value};
use crate::conversation::Person;
use crate::error::Error;
use crate::input::{Json, Names};
use crate::map::Role;
use crate::observer::Reporter;
use crate::store::Store;
use crate::value_counts::{Handling, Table, ValueCounts};

/// The kinds of stored people, by the names of their lists in a page.
pub(super) const USERS: &str = "users";
pub(super) const ORGANIZATIONS: &str = "organizations";
pub(super) const GROUPS: &str = "groups";
pub(super) const SECTIONS: &[&str] = &[USERS, ORGANIZATIONS, GROUPS];

/// The members that repeat another one, or are of no use for a ticket.
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

/// Stores the users or organisations of a file. `kind` is the kind of objects that aren't
/// in a page.
pub(crate) fn index_people(
    path: &Path,
    kind: &'static str,
    reporter: &mut Reporter<'_>,
    store: &mut Store,
    counts: &mut ValueCounts,
) -> Result<(), Error> {
    let names = Names {
        sections: SECTIONS,
        ..Names::default()
    };
    for_each(path, names, reporter, |item| {
        let mut mended = String::new();
        let problem = match value(&item, &mut mended) {
            Ok(value) => match index(item.section.unwrap_or(kind), value, store, counts)? {
                true => return Ok(Ok(())),
                false => "has no id".to_owned(),
            },
            Err(problem) => problem,
        };
        Ok(Err(format!("in {}: {problem}", path.display())))
    })
}

/// Stores one user, organisation or group. Returns false if it has no id.
pub(super) fn index(
    kind: &'static str,
    value: Json<'_>,
    store: &mut Store,
    counts: &mut ValueCounts,
) -> Result<bool, Error> {
    let Some(mut members) = Members::of(value) else {
        return Ok(false);
    };
    // The API returns a single object in a wrapper.
    for wrapper in ["user", "organization", "group"] {
        if !members.has("id")
            && let Some(inner) = members.object(wrapper)
        {
            members = inner;
        }
    }
    if kind != USERS {
        let Some(id) = members.id("id") else {
            return Ok(false);
        };
        let person = Person {
            id,
            name: members.text("name"),
            ..Person::default()
        };
        store.put_person(kind, &person)?;
        return Ok(true);
    }
    let Some(person) = person(&mut members) else {
        return Ok(false);
    };
    members.forget(IGNORED);
    for name in members.rest() {
        counts.add(Table::Users, name, Handling::NotCarried, "");
    }
    store.put_person(kind, &person)?;
    Ok(true)
}

/// A person, with the members that a ticket can have.
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
