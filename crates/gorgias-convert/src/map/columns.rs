//! Reads the part of a map about a CSV file.

use chrono::FixedOffset;
use chrono::format::{Item, StrftimeItems};
use toml::Table;

use super::CsvMap;
use super::member::{InvalidMap, Result, optional, table, text_of, wrong};

/// The members that a column of a CSV file can have, each with its meaning.
pub(crate) const COLUMNS: [(&str, &str); 28] = [
    ("id", "the ticket's id"),
    ("subject", "the subject"),
    ("status", "the status"),
    ("priority", "the priority"),
    ("channel", "the channel"),
    ("created", "when the ticket was created"),
    ("updated", "when the ticket was changed last"),
    ("closed", "when the ticket was closed"),
    ("tags", "the tags, in one column"),
    ("language", "the language, such as en"),
    ("spam", "whether it is spam"),
    ("assignee", "the agent it is assigned to"),
    ("team", "the team it is assigned to"),
    ("customer_email", "the customer's e-mail address"),
    ("customer_name", "the customer's name"),
    ("customer_phone", "the customer's phone number"),
    ("support_email", "the address of yours it was written to"),
    ("message_id", "the message's id"),
    ("text", "the message as text"),
    ("html", "the message as HTML"),
    ("sent", "when the message was written"),
    ("author_email", "the author's e-mail address"),
    ("author_name", "the author's name"),
    ("author_role", "whether an agent or the customer wrote it"),
    ("public", "whether the customer may see it"),
    ("private", "whether it is an internal note"),
    ("attachments", "addresses of files, separated by blanks"),
    ("mail_id", "the Message-ID of the e-mail"),
];

pub(super) fn csv(csv_table: &Table) -> Result<CsvMap> {
    let mut csv = CsvMap::default();
    for (key, value) in csv_table {
        let place = format!("csv.{key}");
        match key.as_str() {
            "group" => csv.group = optional(&place, value, "the name of a column")?,
            "delimiter" => {
                let one = value.as_str().and_then(|text| match text.as_bytes() {
                    [byte] if byte.is_ascii() => Some(*byte),
                    _ => None,
                });
                csv.delimiter = Some(one.ok_or_else(|| wrong(&place, "one ASCII character"))?);
            }
            "tags_separator" => csv.tags_separator = optional(&place, value, "a text")?,
            "time_format" => {
                const ALLOWED: &str = "a format such as \"%d/%m/%Y %H:%M\"";
                csv.times.format = optional(&place, value, ALLOWED)?;
                let format = csv.times.format.as_deref().unwrap_or_default();
                if StrftimeItems::new(format).any(|item| item == Item::Error) {
                    return Err(wrong(&place, ALLOWED));
                }
            }
            "utc_offset" => {
                const ALLOWED: &str = "an offset such as \"+02:00\"";
                let text = text_of(&place, value, ALLOWED)?;
                let offset: FixedOffset = text.parse().map_err(|_| wrong(&place, ALLOWED))?;
                csv.times.offset = offset;
            }
            "columns" => {
                for (member, column) in table(&place, value)? {
                    let place = format!("{place}.{member}");
                    if !COLUMNS.iter().any(|(name, _)| name == member) {
                        let names: Vec<_> = COLUMNS.iter().map(|(name, _)| *name).collect();
                        return Err(InvalidMap(format!(
                            "{place} is unknown; there are {}",
                            names.join(", ")
                        )));
                    }
                    if let Some(column) = optional(&place, column, "the name of a column")? {
                        csv.columns.push((member.clone(), column));
                    }
                }
            }
            _ => {
                return Err(InvalidMap(format!(
                    "{place} is unknown; there are group, delimiter, tags_separator, \
                     time_format, utc_offset and columns"
                )));
            }
        }
    }
    Ok(csv)
}
