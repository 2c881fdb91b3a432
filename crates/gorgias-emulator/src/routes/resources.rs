//! Users, teams, integrations and satisfaction surveys.

use serde_json::{Value, json};

use super::call::{Call, CallResult, Table, success};
use super::list::{self, Envelope, key, passes};
use crate::store::ResourceKind::{
    self, Integrations, SatisfactionSurveys as Surveys, Teams, Users,
};
use crate::store::{Refused, Resource, Store};

pub(super) const TABLE: Table = &[
    ("list_users", list_users),
    ("get_user", get_user),
    ("list_teams", |store, call| {
        listed(store, call, Teams, Envelope::Plain, NEWEST)
    }),
    ("get_team", |store, call| get(store, call, Teams)),
    ("create_team", |store, call| {
        let id = store.add(Teams, call.members(), call.now);
        shown(store, Teams, id)
    }),
    ("list_integrations", |store, call| {
        listed(store, call, Integrations, Envelope::WithTotal, NEWEST)
    }),
    ("get_integration", |store, call| {
        get(store, call, Integrations)
    }),
    ("list_satisfaction_surveys", |store, call| {
        listed(store, call, Surveys, Envelope::Plain, NEWEST)
    }),
    ("get_satisfaction_survey", |store, call| {
        get(store, call, Surveys)
    }),
    ("create_satisfaction_survey", create_survey),
    ("update_satisfaction_survey", |store, call| {
        update(store, call, Surveys)
    }),
];

pub(super) const NEWEST: &str = "created_datetime:desc";

/// Answers with a resource.
pub(super) fn shown(store: &Store, kind: ResourceKind, id: i64) -> CallResult {
    success(store.resource(kind, id).ok_or(Refused::NotFound)?)
}

pub(super) fn get(store: &Store, call: &Call, kind: ResourceKind) -> CallResult {
    shown(store, kind, call.id("id"))
}

/// Answers with a page of the resources that pass the filters.
pub(super) fn listed(
    store: &Store,
    call: &Call,
    kind: ResourceKind,
    envelope: Envelope,
    default_order: &str,
) -> CallResult {
    let (member, descending) = list::order(call, default_order);
    let resources = store.resources(kind);
    let resources = resources.filter(|(_, resource)| passes(call, resource));
    let resources = resources.map(|(id, resource)| ((key(resource, member), id), resource));
    let show = |resource: &Resource| Value::Object(resource.clone());
    list::listed(call, envelope, descending, resources, show)
}

pub(super) fn update(store: &mut Store, call: &Call, kind: ResourceKind) -> CallResult {
    let id = call.id("id");
    store.alter(kind, id, call.members())?;
    shown(store, kind, id)
}

/// Adds the caller to the users: a caller with an API key is a user of the
/// account.
fn know_caller(store: &mut Store, call: &Call) -> Option<i64> {
    let email = call.caller.as_deref()?;
    Some(store.know_caller(email, call.now))
}

fn list_users(store: &mut Store, call: &Call) -> CallResult {
    know_caller(store, call);
    listed(store, call, Users, Envelope::WithTotal, "name:asc")
}

/// Answers with a user. The id 0 stands for the caller.
fn get_user(store: &mut Store, call: &Call) -> CallResult {
    let caller = know_caller(store, call);
    let id = Some(call.id("id")).filter(|&id| id != 0);
    shown(store, Users, id.or(caller).unwrap_or_default())
}

/// Creates a survey. A ticket has at most one.
fn create_survey(store: &mut Store, call: &Call) -> CallResult {
    let given = call.members();
    let ticket = given.get("ticket_id").and_then(Value::as_i64);
    let customer = given.get("customer_id").and_then(Value::as_i64);
    if ticket.is_none_or(|id| store.ticket(id).is_none()) {
        return Err(Refused::of("ticket_id", "There is no such ticket."));
    }
    if customer.is_none_or(|id| store.customer(id).is_none()) {
        return Err(Refused::of("customer_id", "There is no such customer."));
    }
    let of_ticket = |(_, survey): (i64, &Resource)| survey.get("ticket_id") == Some(&json!(ticket));
    if store.resources(Surveys).any(of_ticket) {
        return Err(Refused::of("ticket_id", "The ticket has a survey already."));
    }
    let id = store.add(Surveys, given, call.now);
    shown(store, Surveys, id)
}
