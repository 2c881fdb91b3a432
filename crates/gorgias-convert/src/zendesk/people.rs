//! Reads users, organisations and groups, and finds the authors of messages among them.

use std::path::Path;

use super::members::Members;
use super::records::{for_each, parsed};
use crate::conversation::{Author, Person};
use crate::error::Error;
use crate::input::{Item, Names};
use crate::map::{Map, Role};
use crate::observer::Reporter;
use crate::store::Store;
use crate::value_counts::{Handling, Table, ValueCounts};

/// The kinds of stored records. Each has the name of the member that lists it in a page
/// of the Zendesk API.
pub(super) const USERS: &str = "users";
pub(super) const ORGANIZATIONS: &str = "organizations";
pub(super) const GROUPS: &str = "groups";
pub(super) const SECTIONS: &[&str] = &[USERS, ORGANIZATIONS, GROUPS];

/// The id of Zendesk's own automation.
const SYSTEM: &str = "-1";

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

/// Stores the users or organisations of a file. `kind` is the kind of objects that
/// stand by themselves. In a page of the API, the name of a list says the kind.
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
        let done = index(item.section.unwrap_or(kind), &item, store, counts)?;
        Ok(done.map_err(|problem| format!("in {}: {problem}", path.display())))
    })
}

/// Stores one user, organisation or group. The inner error is the reason why it can't be
/// read.
pub(super) fn index(
    kind: &'static str,
    item: &Item<'_>,
    store: &mut Store,
    counts: &mut ValueCounts,
) -> Result<Result<(), String>, Error> {
    let mut mended = String::new();
    let value = match parsed(item, &mut mended) {
        Ok((value, _)) => value,
        Err(problem) => return Ok(Err(problem)),
    };
    let mut members = Members::of(value).unwrap_or_default();
    // The API returns a single object in a wrapper.
    for wrapper in ["user", "organization", "group"] {
        if !members.has("id")
            && let Some(inner) = members.object(wrapper)
        {
            members = inner;
        }
    }
    let Some(person) = person(&mut members) else {
        return Ok(Err(format!("one of the {kind} has no id")));
    };
    store.put_person(kind, &person)?;
    if kind == USERS {
        members.forget(IGNORED);
        for name in members.rest() {
            counts.add(Table::Users, name, Handling::NotCarried, "");
        }
    }
    Ok(Ok(()))
}

/// Reads a user, an organisation or a group, with the members that a ticket can use.
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

/// The people that a ticket names.
#[derive(Clone, Copy)]
pub(super) struct TicketPeople<'t> {
    pub(super) requester: Option<&'t Person>,
    pub(super) assignee: Option<&'t Person>,
    pub(super) submitter: Option<&'t Person>,
}

/// Finds the author with an id, and decides whether the author is an agent or a customer.
/// `embedded` is the author as the comment has it.
pub(super) fn author(
    store: &mut Store,
    map: &Map,
    id: Option<String>,
    embedded: Option<Person>,
    people: TicketPeople<'_>,
) -> Result<Author, Error> {
    let Some(id) = id else {
        return Ok(Author::Unknown(None));
    };
    if id == SYSTEM {
        return Ok(Author::System);
    }
    let is = |person: &Option<&Person>| person.is_some_and(|person| person.id == id);
    let (is_requester, is_assignee) = (is(&people.requester), is(&people.assignee));
    let mut of_ticket = [people.requester, people.assignee, people.submitter].into_iter();
    let of_ticket = of_ticket.find(is).flatten();
    let known = store.person(USERS, &id)?.or(embedded);
    let mut known = known.or_else(|| of_ticket.cloned());
    // A ticket of a phone call has the caller's number, which the stored user may lack.
    if let (Some(known), Some(of_ticket)) = (&mut known, of_ticket)
        && known.email.is_none()
        && known.phone.is_none()
    {
        known.phone.clone_from(&of_ticket.phone);
    }
    // This decides for an author without a known role. If the input has no users at all,
    // everybody but the requester counts as an agent.
    let by_place = is_assignee || (!is_requester && !store.any_people(USERS));
    let role = known.as_ref().and_then(|person| person.role);
    let by_role = role.map_or(by_place, |role| role == Role::Agent);
    let is_agent = by_role || map.agents.get(&id).is_some();
    let person = known.unwrap_or_else(|| Person::with_id(id));
    Ok(if is_agent {
        Author::Agent(person)
    } else if is_requester || person.is_known() {
        Author::Customer(person)
    } else {
        Author::Unknown(Some(person.id))
    })
}
