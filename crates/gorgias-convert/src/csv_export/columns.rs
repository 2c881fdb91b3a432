//! Finds the column of a CSV file for each member of a ticket.

use std::path::Path;

use super::file::{Records, delimiter};
use crate::error::Error;
use crate::map::{COLUMNS, CsvMap};

/// The members, each with common names of its column in exports of helpdesks. The names are
/// in the form of [`normal`].
const COMMON: &[(&str, &str)] = &[
    (
        "id",
        "ticket_id ticketid ticket ticket_number number case_number",
    ),
    ("subject", "title ticket_subject"),
    ("status", "state ticket_status"),
    ("priority", ""),
    ("channel", "source via"),
    (
        "created",
        "created_at created_time created_date date_created creation_date",
    ),
    (
        "updated",
        "updated_at last_updated updated_time modified_at last_update_time",
    ),
    (
        "closed",
        "closed_at closed_time solved_at resolved_at resolved_time",
    ),
    ("tags", "labels"),
    ("language", "locale"),
    ("spam", "is_spam"),
    ("assignee", "assigned_to agent owner"),
    ("team", "group department inbox"),
    (
        "customer_email",
        "requester_email contact_email email email_address",
    ),
    (
        "customer_name",
        "customer requester requester_name contact_name full_name name",
    ),
    (
        "customer_phone",
        "phone phone_number requester_phone contact_phone",
    ),
    ("support_email", "recipient mailbox"),
    ("message_id", "comment_id reply_id"),
    ("text", "body message description body_text content comment"),
    ("html", "body_html html_body description_html"),
    (
        "sent",
        "sent_at message_date message_created_at comment_created_at date timestamp",
    ),
    ("author_email", "sender_email from_email from sender"),
    ("author_name", "author sender_name from_name"),
    ("author_role", "role direction author_type sender_type"),
    ("public", "is_public visibility"),
    ("private", "is_private internal is_internal is_note"),
    ("attachments", "attachment_urls attachment"),
    ("mail_id", "email_message_id rfc_message_id"),
];

/// The columns of a CSV file, and the members of a ticket to which they belong.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    pub(crate) delimiter: u8,
    pub(crate) names: Vec<String>,
    /// The column whose value is equal in all rows of a conversation.
    pub(crate) group: Option<usize>,
    members: Vec<(&'static str, usize)>,
}

impl Columns {
    /// Reads the names of the columns in the first row of a file, and finds the
    /// members.
    pub(crate) fn read(path: &Path, map: &CsvMap) -> Result<Self, Error> {
        let delimiter = map.delimiter.map_or_else(|| delimiter(path), Ok)?;
        match Records::open(path, delimiter, &())?.next()? {
            Some(header) => Self::new(path, delimiter, header.values, map),
            None => Err(Error::input(path, "is empty")),
        }
    }

    /// Finds the columns that the map names. If the map names no column for any member,
    /// all columns are guessed by their common names.
    pub(crate) fn new(
        path: &Path,
        delimiter: u8,
        names: Vec<String>,
        map: &CsvMap,
    ) -> Result<Self, Error> {
        let position = |place: &str, name: &str| {
            let exact = names.iter().position(|column| column == name);
            let trimmed = || names.iter().position(|column| column.trim() == name.trim());
            exact.or_else(trimmed).ok_or_else(|| {
                let columns: Vec<_> = names.iter().map(|name| format!("{name:?}")).collect();
                let columns = columns.join(", ");
                let problem = format!("has no column {name:?} ({place}); it has {columns}");
                Error::input(path, problem)
            })
        };
        let group = map.group.as_ref();
        let group = group.map(|name| position("csv.group", name)).transpose()?;
        let mut members = Vec::new();
        for (member, column) in &map.columns {
            let known = COLUMNS.iter().find(|(name, _)| name == member);
            if let Some((member, _)) = known {
                members.push((*member, position(&format!("csv.columns.{member}"), column)?));
            }
        }
        let mut columns = Self {
            delimiter,
            names,
            group,
            members,
        };
        if map.columns.is_empty() {
            columns.guess();
        }
        Ok(columns)
    }

    fn guess(&mut self) {
        let normal: Vec<String> = self.names.iter().map(|name| normal(name)).collect();
        for (member, others) in COMMON {
            let names = std::iter::once(*member).chain(others.split_whitespace());
            let mut places = names.filter_map(|name| normal.iter().position(|it| it == name));
            let free = places.find(|place| {
                self.group != Some(*place) && self.members.iter().all(|(_, other)| other != place)
            });
            if let Some(place) = free {
                self.members.push((member, place));
            }
        }
    }

    /// The index of the column of a member.
    pub(crate) fn of(&self, member: &str) -> Option<usize> {
        let found = self.members.iter().find(|(name, _)| *name == member);
        found.map(|(_, column)| *column)
    }

    /// The id of the conversation that a row belongs to.
    pub(crate) fn id(&self, values: &[String]) -> Option<String> {
        let column = self.group.or_else(|| self.of("id"))?;
        let id = values.get(column)?.trim();
        (!id.is_empty()).then(|| id.to_owned())
    }

    /// The indexes and the names of the columns without a member.
    pub(crate) fn others(&self) -> impl Iterator<Item = (usize, &str)> {
        let names = self.names.iter().enumerate();
        let others = names.filter(|(column, _)| {
            self.group != Some(*column) && self.members.iter().all(|(_, other)| other != column)
        });
        others.map(|(column, name)| (column, name.as_str()))
    }

    /// The name of the column of a member.
    pub(crate) fn name_of(&self, member: &str) -> Option<&str> {
        self.names.get(self.of(member)?).map(String::as_str)
    }

    /// The name of the column whose value is equal in all rows of a conversation.
    pub(crate) fn group_name(&self) -> Option<&str> {
        self.names.get(self.group?).map(String::as_str)
    }
}

/// The name of a column in lower case, with `_` between its words.
fn normal(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str], map: &CsvMap) -> Result<Columns, Error> {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Columns::new(Path::new("in.csv"), b',', names, map)
    }

    #[test]
    fn common_names_are_known() {
        let columns = columns(
            &[
                "Ticket ID",
                "Subject",
                "Requester e-mail",
                "Email",
                "Created at",
                "Shoe size",
            ],
            &CsvMap::default(),
        )
        .unwrap();
        assert_eq!(columns.of("id"), Some(0));
        assert_eq!(columns.of("customer_email"), Some(3));
        assert_eq!(columns.of("created"), Some(4));
        let others: Vec<_> = columns.others().map(|(_, name)| name).collect();
        assert_eq!(others, ["Requester e-mail", "Shoe size"]);
    }

    #[test]
    fn a_map_is_taken_at_its_word() {
        let map = CsvMap {
            columns: vec![("text".to_owned(), "Nachricht".to_owned())],
            group: Some("Fall".to_owned()),
            ..CsvMap::default()
        };
        let found = columns(&["Fall", "Subject", " Nachricht "], &map).unwrap();
        assert_eq!((found.of("text"), found.of("subject")), (Some(2), None));
        let error = columns(&["Subject"], &map).unwrap_err().to_string();
        assert!(
            error.contains(r#"has no column "Fall" (csv.group); it has "Subject""#),
            "{error}"
        );
    }
}
