//! The body of a ticket that was written elsewhere, as JSON.

use gorgias_api::types::CreateTicket;
use gorgias_runtime::support::validate::{Checked as _, Found, PrivateAddress, examine};
use gorgias_runtime::{Error, Violation, Violations};
use serde::Serialize;
use serde_json::{Map, Value};

use super::{check, email};

/// A body that was written elsewhere. It is sent unchanged unless a setter changes
/// it.
#[derive(Clone)]
pub(crate) struct Written {
    pub(super) value: Value,
    text: Option<String>,
    /// The number of messages that were written elsewhere. The messages after them
    /// were built with this crate and added.
    messages: usize,
    /// The addresses of attachments that aren't public. `None` unless the body was
    /// checked since its last change and has no other violation.
    checked: Option<Vec<PrivateAddress>>,
}

impl Written {
    pub(super) fn new(value: Value, text: Option<String>) -> Self {
        let messages = messages(&value).len();
        Self {
            value,
            text,
            messages,
            checked: None,
        }
    }

    /// Checks the body as it was written. `repeated` are the violations for members
    /// that its text gives twice.
    ///
    /// # Errors
    ///
    /// An error with all violations, if there are any.
    pub(super) fn checked(mut self, repeated: Vec<Violation>) -> Result<Self, Error> {
        let found = self.examine();
        let violations = [repeated, found.violations].concat();
        Violations::result(violations).map_err(Error::invalid)?;
        self.checked = Some(found.addresses);
        Ok(self)
    }

    /// Checks the body, unless it was checked before and is unchanged.
    pub(super) fn examine(&self) -> Found {
        if let Some(addresses) = &self.checked {
            return Found {
                violations: Vec::new(),
                addresses: addresses.clone(),
            };
        }
        let (before, added) = self.messages();
        let mut others = email::missing_in_values(added, before.len());
        others.extend(email::wrong_in_values(self.all_messages()));
        check::found_with(examine(CreateTicket::rule(), &self.value), others)
    }

    /// Returns the messages that were written elsewhere, and those that were added
    /// to them.
    pub(super) fn messages(&self) -> (&[Value], &[Value]) {
        let all = messages(&self.value);
        all.split_at_checked(self.messages).unwrap_or((all, &[]))
    }

    pub(super) fn all_messages(&self) -> &[Value] {
        messages(&self.value)
    }

    /// Returns the members, to change them. Drops the text and the result of the
    /// check, because neither is right for the changed body.
    pub(super) fn members(&mut self) -> Option<&mut Map<String, Value>> {
        self.text = None;
        self.checked = None;
        self.value.as_object_mut()
    }

    /// Changes the members with a typed value. A value of the document's types can
    /// always be written as JSON.
    pub(super) fn change(
        &mut self,
        value: impl Serialize,
        change: impl FnOnce(&mut Map<String, Value>, Value),
    ) {
        if let (Ok(value), Some(members)) = (serde_json::to_value(value), self.members()) {
            change(members, value);
        }
    }

    /// Returns the members of the first message, to change them.
    pub(super) fn first_message(&mut self) -> Option<&mut Map<String, Value>> {
        let messages = self.members()?.get_mut("messages")?;
        messages.as_array_mut()?.first_mut()?.as_object_mut()
    }

    pub(super) fn to_json(&self) -> String {
        self.text.clone().unwrap_or_else(|| self.value.to_string())
    }
}

fn messages(body: &Value) -> &[Value] {
    let messages = body.get("messages").and_then(Value::as_array);
    messages.map_or(&[], Vec::as_slice)
}
