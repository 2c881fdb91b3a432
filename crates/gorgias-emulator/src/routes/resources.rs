//! Lists, reads, creates, changes and deletes the resources that are kept as JSON:
//! users, teams, integrations, satisfaction surveys, tags, custom fields and
//! views.

use serde_json::Value;

use super::call::{Call, CallResult, Table, empty, success};
use super::list::{self, Envelope, key, passes};
use crate::store::ResourceKind::{
    self, CustomFields, Integrations, SatisfactionSurveys as Surveys, Tags, Teams, Users, Views,
};
use crate::store::{Refused, Resource, Store};

pub(super) const TABLE: Table = &[
    ("list_users", list_users),
    ("get_user", get_user),
    ("list_teams", |store, call| list(store, call, Teams)),
    ("get_team", |store, call| get(store, call, Teams)),
    ("create_team", |store, call| create(store, call, Teams)),
    ("list_integrations", |store, call| {
        list(store, call, Integrations)
    }),
    ("get_integration", |store, call| {
        get(store, call, Integrations)
    }),
    ("list_satisfaction_surveys", |store, call| {
        list(store, call, Surveys)
    }),
    ("get_satisfaction_survey", |store, call| {
        get(store, call, Surveys)
    }),
    ("create_satisfaction_survey", |store, call| {
        create(store, call, Surveys)
    }),
    ("update_satisfaction_survey", |store, call| {
        update(store, call, Surveys)
    }),
    ("list_tags", |store, call| list(store, call, Tags)),
    ("get_tag", |store, call| get(store, call, Tags)),
    ("create_tag", |store, call| create(store, call, Tags)),
    ("update_tag", |store, call| update(store, call, Tags)),
    ("delete_tag", |store, call| delete(store, call, Tags)),
    ("list_custom_fields", |store, call| {
        list(store, call, CustomFields)
    }),
    ("get_custom_field", |store, call| {
        get(store, call, CustomFields)
    }),
    ("create_custom_field", |store, call| {
        create(store, call, CustomFields)
    }),
    ("update_custom_field", |store, call| {
        update(store, call, CustomFields)
    }),
    ("list_views", |store, call| list(store, call, Views)),
    ("get_view", |store, call| get(store, call, Views)),
    ("create_view", |store, call| create(store, call, Views)),
    ("update_view", |store, call| update(store, call, Views)),
    ("delete_view", |store, call| delete(store, call, Views)),
];

/// Answers with a resource.
fn answer(store: &Store, kind: ResourceKind, id: i64) -> CallResult {
    success(store.resource(kind, id).ok_or(Refused::NotFound)?)
}

fn get(store: &Store, call: &Call, kind: ResourceKind) -> CallResult {
    answer(store, kind, call.id("id"))
}

fn create(store: &mut Store, call: &Call, kind: ResourceKind) -> CallResult {
    let id = store.create_resource(kind, call.members(), call.now)?;
    answer(store, kind, id)
}

fn update(store: &mut Store, call: &Call, kind: ResourceKind) -> CallResult {
    let id = call.id("id");
    store.update_resource(kind, id, call.members(), call.now)?;
    answer(store, kind, id)
}

fn delete(store: &mut Store, call: &Call, kind: ResourceKind) -> CallResult {
    store.delete_resource(kind, call.id("id"))?;
    empty()
}

/// Answers with a page of the resources that pass the filters.
fn list(store: &Store, call: &Call, kind: ResourceKind) -> CallResult {
    let newest = "created_datetime:desc";
    let (envelope, default_order) = match kind {
        Users => (Envelope::WithTotal, "name:asc"),
        // Deactivated fields are listed by default, as recorded.
        CustomFields => (Envelope::WithTotal, "priority:desc"),
        Integrations | Tags | Views => (Envelope::WithTotal, newest),
        Teams | Surveys => (Envelope::Plain, newest),
    };
    let (member, descending) = list::order(call, default_order);
    let resources = store.resources(kind);
    let resources = resources.filter(|(_, resource)| passes(call, resource));
    let resources = resources.map(|(id, resource)| ((key(resource, member), id), resource));
    let show = |resource: &Resource| Value::Object(resource.clone());
    list::answer_items(call, envelope, descending, resources, show)
}

/// Adds the caller to the users: a caller with an API key is a user of the
/// account.
fn add_caller(store: &mut Store, call: &Call) -> Option<i64> {
    let email = call.caller.as_deref()?;
    Some(store.add_caller(email, call.now))
}

fn list_users(store: &mut Store, call: &Call) -> CallResult {
    add_caller(store, call);
    list(store, call, Users)
}

/// Answers with a user. The id 0 stands for the caller.
fn get_user(store: &mut Store, call: &Call) -> CallResult {
    let caller = add_caller(store, call);
    let id = Some(call.id("id")).filter(|&id| id != 0);
    answer(store, Users, id.or(caller).unwrap_or_default())
}
