//! Reads the values of one row.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::columns::Columns;
use super::value;
use crate::conversation::{Attachment, Author, Message, Named, Person};
use crate::map::{Map, Mapped, Role};
use crate::value_counts::{Table, ValueCounts};
use crate::{Notice, NoticeKind};

/// A row, with what is needed to read it.
pub(super) struct Row<'r> {
    pub(super) columns: &'r Columns,
    pub(super) values: &'r [String],
    pub(super) line: u64,
    pub(super) map: &'r Map,
}

impl Row<'_> {
    /// The text of a member, unless it is empty or only white space.
    pub(super) fn text(&self, member: &str) -> Option<String> {
        let text = self.values.get(self.columns.of(member)?)?;
        (!text.trim().is_empty()).then(|| text.clone())
    }

    /// The text of a member without the white space around it, unless it is empty or
    /// only white space.
    pub(super) fn word(&self, member: &str) -> Option<String> {
        self.text(member).map(|text| text.trim().to_owned())
    }

    /// The time of a member. A text that isn't a time gets a notice.
    pub(super) fn time(&self, member: &str, notices: &mut Vec<Notice>) -> Option<DateTime<Utc>> {
        let text = self.text(member)?;
        let at = self.map.csv.times.parse(&text);
        if at.is_none() {
            let detail = format!(
                "{member} can't be read as a time, in the form {:?}; csv.time_format in the map can \
                 name the format",
                value::form(&text)
            );
            notices.push(Notice::new(NoticeKind::TimeGuessed, detail).line(self.line));
        }
        at
    }

    pub(super) fn customer(&self) -> Option<Person> {
        let (email, name) = self.address_and_name("customer_email", "customer_name");
        let phone = self.word("customer_phone");
        let id = email.as_ref().or(phone.as_ref()).or(name.as_ref())?;
        Some(Person {
            id: id.clone(),
            email: email.clone(),
            name: name.clone(),
            phone: phone.clone(),
            ..Person::default()
        })
    }

    /// The e-mail address and the name of a person. An address is also found in the
    /// column of the name, and a name in the column of the address.
    fn address_and_name(&self, email: &str, name: &str) -> (Option<String>, Option<String>) {
        let (email, name) = (self.word(email), self.word(name));
        let is_address =
            |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains('@'));
        match (is_address(&email), is_address(&name)) {
            (false, true) if email.is_none() => (name, None),
            (false, _) if name.is_none() => (None, email),
            _ => (email, name),
        }
    }

    pub(super) fn assignee(&self) -> Option<Person> {
        let value = self.word("assignee")?;
        let email = value.contains('@').then(|| value.clone());
        Some(Person {
            id: value.clone(),
            name: email.is_none().then_some(value),
            email,
            ..Person::default()
        })
    }

    pub(super) fn tags(&self) -> Vec<String> {
        let Some(text) = self.text("tags") else {
            return Vec::new();
        };
        let separator = self.map.csv.tags_separator.as_deref().unwrap_or(",");
        let tags = text.split(separator).map(str::trim);
        let tags = tags.filter(|tag| !tag.is_empty());
        tags.map(str::to_owned).collect()
    }

    /// The names and values of the columns that belong to no member, without empty
    /// values.
    pub(super) fn others(&self) -> impl Iterator<Item = (&str, &str)> {
        let others = self.columns.others().filter_map(|(column, name)| {
            let value = self.values.get(column)?;
            Some((name, value.as_str()))
        });
        others.filter(|(_, value)| !value.trim().is_empty())
    }

    /// The values of the columns that belong to no member, as custom fields.
    pub(super) fn fields(&self) -> Vec<(Named, Value)> {
        let others = self.others();
        others.map(|(name, value)| field(name, value)).collect()
    }

    /// The message of the row, if the row has a text, HTML or attachments.
    pub(super) fn message(
        &self,
        customer: Option<&Person>,
        counts: &mut ValueCounts,
        ticket: &str,
        notices: &mut Vec<Notice>,
    ) -> Option<Message> {
        let attachments = self.attachments();
        let (text, html) = (self.text("text"), self.text("html"));
        if text.is_none() && html.is_none() && attachments.is_empty() {
            return None;
        }
        Some(Message {
            id: self.word("message_id"),
            author: self.author(customer, counts, ticket),
            private: self.private(notices),
            text,
            html,
            at: self.time("sent", notices),
            message_id: self.word("mail_id"),
            attachments,
            ..Message::default()
        })
    }

    /// Whether the message is an internal note. A message whose columns can't be
    /// understood becomes an internal note, because no note may become public.
    fn private(&self, notices: &mut Vec<Notice>) -> bool {
        let mut private = false;
        for (member, when) in [("public", false), ("private", true)] {
            if self.columns.of(member).is_none() {
                continue;
            }
            let text = self.word(member).unwrap_or_default();
            match value::visible(&text) {
                // The column `private` may also say "public" or "internal".
                Some(visible) if member == "private" && value::flag(&text).is_none() => {
                    private |= !visible;
                }
                Some(flag) => private |= flag == when,
                None if text.is_empty() && when => {}
                None => {
                    private = true;
                    let detail =
                        format!("{member} is neither yes nor no; the message counts as private");
                    notices.push(Notice::new(NoticeKind::Unusable, detail).line(self.line));
                }
            }
        }
        private
    }

    fn author(&self, customer: Option<&Person>, counts: &mut ValueCounts, ticket: &str) -> Author {
        let (email, name) = self.address_and_name("author_email", "author_name");
        let same = |one: &Option<String>, other: Option<&String>| {
            let one = one.as_deref();
            one.zip(other)
                .is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
        };
        let is_customer = match &email {
            Some(_) => same(&email, customer.and_then(|person| person.email.as_ref())),
            None => same(&name, customer.and_then(|person| person.name.as_ref())),
        };
        let is_unnamed = email.is_none() && name.is_none();
        let id = email.clone().or_else(|| name.clone()).unwrap_or_default();
        let mapped = self.map.agents.get(&id).is_some();
        let known = self
            .word("author_role")
            .and_then(|role| self.role(&role, counts, ticket));
        let role = known.unwrap_or(match mapped || !(is_customer || is_unnamed) {
            true => Role::Agent,
            false => Role::Customer,
        });
        let person = Person {
            id,
            email,
            name,
            ..Person::default()
        };
        match (role, customer) {
            (Role::Agent, _) if is_unnamed => Author::System,
            (Role::Agent, _) => Author::Agent(person),
            (Role::Customer, Some(customer)) if is_unnamed || is_customer => {
                Author::Customer(customer.clone())
            }
            (Role::Customer, _) if is_unnamed => Author::Unknown(None),
            (Role::Customer, _) => Author::Customer(person),
        }
    }

    fn role(&self, value: &str, counts: &mut ValueCounts, ticket: &str) -> Option<Role> {
        let default = match value.to_lowercase().as_str() {
            "agent" | "admin" | "staff" | "support" | "operator" | "outgoing" | "outbound"
            | "out" | "sent" => Some((Role::Agent, "agent")),
            "customer" | "end-user" | "end user" | "end_user" | "requester" | "client"
            | "contact" | "visitor" | "incoming" | "inbound" | "in" | "received" => {
                Some((Role::Customer, "customer"))
            }
            _ => None,
        };
        let mapped = self.map.roles.get(value);
        let known = default.map(|(_, name)| name);
        counts.count(Table::Roles, value, mapped, known, ticket);
        match mapped {
            Some(Mapped::To(role)) => Some(*role),
            Some(Mapped::LeftOut) => None,
            None => default.map(|(role, _)| role),
        }
    }

    fn attachments(&self) -> Vec<Attachment> {
        let text = self.text("attachments").unwrap_or_default();
        let files = value::addresses(&text).map(|address| Attachment {
            url: address.to_owned(),
            name: value::file_name(address),
            ..Attachment::default()
        });
        files.collect()
    }
}

/// The value of a column without a member, as a custom field.
pub(super) fn field(name: &str, value: &str) -> (Named, Value) {
    let id = name.to_owned();
    (Named { id, name: None }, json!(value))
}
