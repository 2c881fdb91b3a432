//! Faults of lists: lists that can't be read, or that show other items than the
//! request asked for.

use ::http::Request;
use bytes::Bytes;
use serde_json::{Value, json};

use crate::http::answer::Answer;
use crate::http::cursor::FIRST_PAGE;
use crate::http::query;

/// A list in an answer, and the request's parameters that matter to a fault.
pub(super) struct List {
    body: Value,
    external_id: Option<String>,
    is_first_page: bool,
}

/// Changes the list in an answer.
pub(super) fn change(answer: &mut Answer, request: &Request<Bytes>, change: fn(&mut List)) {
    let Ok(body) = serde_json::from_slice(&answer.body) else {
        return;
    };
    let parameter = |name: &str| query::value(request.uri().query(), name);
    let mut list = List {
        body,
        external_id: parameter("external_id"),
        is_first_page: parameter("cursor").is_none(),
    };
    change(&mut list);
    answer.body = list.body.to_string().into();
}

impl List {
    fn items(&mut self) -> Option<&mut Vec<Value>> {
        self.body.get_mut("data")?.as_array_mut()
    }

    fn set(&mut self, member: &str, value: Value) {
        if let Some(body) = self.body.as_object_mut() {
            body.insert(member.to_owned(), value);
        }
    }

    pub(super) fn set_data(&mut self, data: Value) {
        self.set("data", data);
    }

    /// Replaces the items of this page of the list. The next page is then the list's real
    /// first page.
    pub(super) fn show_only(&mut self, items: Value) {
        self.set_data(items);
        let meta = json!({ "prev_cursor": null, "next_cursor": FIRST_PAGE });
        self.set("meta", meta);
    }

    /// Changes each item. An empty list gets an invented item first.
    pub(super) fn each(&mut self, change: impl FnMut(&mut Value)) {
        let made_up = item(self.external_id.as_deref());
        if let Some(items) = self.items() {
            if items.is_empty() {
                items.push(made_up);
            }
            items.iter_mut().for_each(change);
        }
    }

    pub(super) fn set_in_each(&mut self, member: &str, value: &Value) {
        self.each(|item| {
            if let Some(item) = item.as_object_mut() {
                item.insert(member.to_owned(), value.clone());
            }
        });
    }
}

pub(super) fn without_data(list: &mut List) {
    if let Some(body) = list.body.as_object_mut() {
        body.shift_remove("data");
    }
}

pub(super) fn bare(list: &mut List) {
    if let Some(items) = list.body.get_mut("data") {
        list.body = items.take();
    }
}

pub(super) fn without_external_ids(list: &mut List) {
    list.each(|item| {
        if let Some(item) = item.as_object_mut() {
            item.shift_remove("external_id");
        }
    });
}

/// Makes numbers of the external ids that are the text of a number. An empty list
/// stays empty: an added item could be read as a ticket.
pub(super) fn numeric_external_ids(list: &mut List) {
    let items = list.items().into_iter().flatten();
    for id in items.filter_map(|item| item.get_mut("external_id")) {
        let text = id.as_str().unwrap_or_default();
        let number = text.parse::<u64>().ok();
        if let Some(number) = number.filter(|number| number.to_string() == text) {
            *id = json!(number);
        }
    }
}

pub(super) fn empty_first_page(list: &mut List) {
    if list.is_first_page {
        list.show_only(json!([]));
    }
}

pub(super) fn other_first_page(list: &mut List) {
    if list.is_first_page {
        let other = list.external_id.as_deref().unwrap_or("ticket");
        let other = format!("{other}-of-another");
        list.show_only(json!([item(Some(&other))]));
    }
}

/// Makes an item that is no ticket of the account.
fn item(external_id: Option<&str>) -> Value {
    json!({ "id": 1, "uri": "/api/tickets/1/", "external_id": external_id })
}
