//! Writes a map to be filled in, with every value of the input.

use crate::csv_export::Columns;
use crate::map::COLUMNS;
use crate::value_counts::{Handling, Table, Value, ValueCounts};

/// Returns a map to be filled in. For a CSV file, `csv_columns` has the name of the
/// column that may group rows to conversations, and then all columns.
pub(crate) fn template(
    prefix: &str,
    counts: &ValueCounts,
    csv_columns: Option<(String, Columns)>,
) -> String {
    let mut text = format!(
        "# What the values of the source become in Gorgias. A value that is \"\" is not\n\
         # mapped; false leaves a value out. The numbers say how often each value occurs.\n\
         # Unmapped agents are named by e-mail address; other unmapped values are kept\n\
         # in the ticket's meta.\n\n\
         prefix = {}\n\n\
         # The company's address in Gorgias, where the source names none; without one,\n\
         # e-mail becomes the channel api.\n\
         support_email = \"\"\n\n\
         # The address of people who are not in the input; \"\" gives them a name only.\n\
         unknown_customer = \"\"\n",
        quoted(prefix)
    );
    if let Some((group, columns)) = csv_columns {
        csv(&mut text, &columns, &group);
    }
    for (table, comment) in [
        (Table::Agents, "the id or e-mail address of a user"),
        (Table::Teams, "the id of a team"),
        (
            Table::Statuses,
            "\"open\" or \"closed\"; false leaves out the tickets",
        ),
        (
            Table::Priorities,
            "\"critical\", \"high\", \"normal\" or \"low\"",
        ),
        (
            Table::Channels,
            "a channel such as \"email\"; false leaves out the tickets",
        ),
        (Table::Addresses, "the address of an e-mail integration"),
        (Table::Roles, "\"agent\" or \"customer\""),
        (
            Table::CustomFields,
            "the id of a field, or { id = 7, type = \"number\", values = { \"a\" = 1 } }; \
             types are text, number and boolean",
        ),
    ] {
        let mut values: Vec<_> = counts.table(table).collect();
        if values.is_empty() && table == Table::Roles {
            continue;
        }
        values.sort_by_key(|(name, value)| (std::cmp::Reverse(value.count()), *name));
        text.push_str(&format!("\n[{}]  # {comment}\n", table.name()));
        for (name, value) in values {
            text.push_str(&line(name, value));
        }
    }
    text
}

fn line(name: &str, value: &Value) -> String {
    let to = value.default.map_or_else(|| "\"\"".to_owned(), quoted);
    let mut line = format!("{} = {to}  # {}", quoted(name), value.count());
    if let Some(label) = value.label.as_deref().filter(|label| !label.is_empty()) {
        line.push_str(": ");
        line.push_str(&in_comment(label));
    }
    if value.counts.contains_key(&Handling::Dropped) {
        line.push_str(" (left out by the map that was given)");
    }
    line.push('\n');
    let mut inner: Vec<_> = value.inner.iter().collect();
    inner.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
    for (name, count) in inner {
        line.push_str(&format!("#   {} {count}\n", in_comment(&quoted(name))));
    }
    line
}

fn csv(text: &mut String, columns: &Columns, group: &str) {
    let names: Vec<_> = columns.names.iter().map(|name| quoted(name)).collect();
    text.push_str(&format!(
        "\n[csv]\n\
         # The column that the rows of a conversation have in common, if a row is a message.\n\
         group = {}\n\
         # tags_separator = \",\"\n\
         # time_format = \"%d/%m/%Y %H:%M\"\n\
         # utc_offset = \"+02:00\"\n\n\
         [csv.columns]\n\
         # There are: {}\n",
        quoted(group),
        in_comment(&names.join(", "))
    ));
    for (member, meaning) in COLUMNS {
        let column = columns.name_of(member).unwrap_or_default();
        text.push_str(&format!("{member} = {}  # {meaning}\n", quoted(column)));
    }
}

/// A text as a string of TOML. A string of JSON is a valid string of TOML, unless it
/// contains U+007F.
fn quoted(text: &str) -> String {
    serde_json::json!(text)
        .to_string()
        .replace('\u{7f}', "\\u007f")
}

fn in_comment(text: &str) -> String {
    text.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::Map;
    use crate::map::CsvMap;

    #[test]
    fn a_template_is_a_map() {
        let mut counts = ValueCounts::default();
        let odd = "a \"b\" \\ \n\u{7f} é";
        for table in [Table::Agents, Table::Roles, Table::CustomFields] {
            let value = counts.add(table, odd, Handling::Unmapped, "t");
            value.label = Some(odd.to_owned());
            value.inner.insert(odd.to_owned(), 3);
        }
        counts
            .add(Table::Statuses, "solved", Handling::Mapped, "t")
            .default = Some("closed");
        let given = CsvMap {
            columns: vec![("subject".to_owned(), odd.to_owned())],
            ..CsvMap::default()
        };
        let columns =
            Columns::new(Path::new("in.csv"), b',', vec![odd.to_owned()], &given).unwrap();
        let text = template("zendesk", &counts, Some((odd.to_owned(), columns)));
        let map = Map::from_toml(&text).unwrap();
        assert_eq!(map.csv.columns, given.columns);
        assert_eq!(map.csv.group.as_deref(), Some(odd));
        assert!(map.statuses.get("solved").is_some());
        assert!(map.agents.get(odd).is_none());
    }
}
