//! The people of a ticket.

use super::members::Members;
use super::people::person;
use crate::conversation::{Author, Named, Person};
use crate::error::Error;
use crate::map::{Map, Role};
use crate::store::Store;

/// Who the source's own automation is.
const SYSTEM: &str = "-1";

/// The people of a ticket.
pub(super) struct Cast {
    pub(super) requester: Option<String>,
    pub(super) assignee: Option<String>,
    pub(super) embedded: Vec<Person>,
}

/// What some exports have in a ticket in place of ids.
pub(super) struct Embedded {
    pub(super) requester: Option<Person>,
    pub(super) submitter: Option<Person>,
    pub(super) assignee: Option<Person>,
    pub(super) group: Option<Named>,
}

pub(super) fn embedded(members: &mut Members<'_>) -> Embedded {
    let mut take = |name| person(&mut members.object(name)?);
    let requester = take("requester");
    let submitter = take("submitter");
    let assignee = take("assignee").map(|person| Person {
        role: person.role.or(Some(Role::Agent)),
        ..person
    });
    let group = members.object("group").and_then(|mut group| {
        Some(Named {
            id: group.id("id")?,
            name: group.text("name"),
        })
    });
    Embedded {
        requester,
        submitter,
        assignee,
        group,
    }
}

/// Who wrote a comment, and on which side.
pub(super) fn author(
    store: &mut Store,
    map: &Map,
    id: Option<String>,
    embedded: Option<Person>,
    cast: &Cast,
) -> Result<Author, Error> {
    let Some(id) = id else {
        return Ok(Author::Unknown(None));
    };
    if id == SYSTEM {
        return Ok(Author::System);
    }
    let is_requester = cast.requester.as_deref() == Some(id.as_str());
    let is_assignee = cast.assignee.as_deref() == Some(id.as_str());
    let of_ticket = cast.embedded.iter().find(|person| person.id == id);
    let known = store.person(&id)?.or(embedded);
    let mut known = known.or_else(|| of_ticket.cloned());
    // The ticket of a call has a number that the users needn't have.
    if let (Some(known), Some(of_ticket)) = (&mut known, of_ticket)
        && known.email.is_none()
        && known.phone.is_none()
    {
        known.phone.clone_from(&of_ticket.phone);
    }
    let mapped = map.agents.get(&id).is_some();
    // Without any users, everybody but the requester is an agent.
    let by_place = is_assignee || (!is_requester && !store.any_people());
    let role = known.as_ref().and_then(|person| person.role);
    let is_agent = mapped || role.map_or(by_place, |role| role == Role::Agent);
    let person = known.unwrap_or_else(|| Person {
        id: id.clone(),
        ..Person::default()
    });
    Ok(match (is_agent, is_requester) {
        (true, _) => Author::Agent(person),
        (false, true) => Author::Customer(person),
        (false, false) => {
            let known = person.name.iter().chain(&person.email).chain(&person.phone);
            match known.count() {
                0 => Author::Unknown(Some(id)),
                _ => Author::Customer(person),
            }
        }
    })
}
