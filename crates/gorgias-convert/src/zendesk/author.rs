//! Finds the author of a message.

use super::people::USERS;
use crate::conversation::{Author, Person};
use crate::error::Error;
use crate::map::{Map, Role};
use crate::store::Store;

/// The id of Zendesk's own automation.
const SYSTEM: &str = "-1";

/// The people that a ticket names.
#[derive(Clone, Copy)]
pub(super) struct TicketPeople<'t> {
    pub(super) requester: Option<&'t Person>,
    pub(super) assignee: Option<&'t Person>,
    pub(super) submitter: Option<&'t Person>,
}

/// Returns the author with an id, as an agent or a customer. `embedded` are the members
/// of the author in the comment.
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
    // The ticket of a call has a phone number that the user may lack.
    if let (Some(known), Some(of_ticket)) = (&mut known, of_ticket)
        && known.email.is_none()
        && known.phone.is_none()
    {
        known.phone.clone_from(&of_ticket.phone);
    }
    // If the input has no users at all, everybody but the requester counts as an agent.
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
