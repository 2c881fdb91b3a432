//! Reads a map from TOML, with errors that name the place.

use toml::{Table, Value};

use super::columns::csv;
use super::member::{InvalidMap, Result, optional, table, text_of, wrong};
use super::{AgentRef, Field, FieldType, Map, Mapped, Mappings, Role};

pub(super) fn map(toml: &str) -> Result<Map> {
    let root: Table = toml
        .trim_start_matches('\u{feff}')
        .parse()
        .map_err(|error: toml::de::Error| InvalidMap(error.to_string().trim_end().to_owned()))?;
    let mut map = Map::default();
    for (key, value) in &root {
        match key.as_str() {
            "prefix" => map.prefix = Some(prefix(value)?),
            "unknown_customer" => map.unknown_customer = optional(key, value, "an e-mail address")?,
            "support_email" => map.support_email = optional(key, value, "an e-mail address")?,
            "hosts" => map.hosts = hosts(value)?,
            "csv" => map.csv = csv(table(key, value)?)?,
            "agents" => {
                map.agents = mappings(
                    key,
                    value,
                    one("a user's id or e-mail address", |value| match value {
                        Value::Integer(id) if *id > 0 => Some(AgentRef::Id(*id)),
                        Value::String(email) if email.contains('@') => {
                            Some(AgentRef::Email(email.clone()))
                        }
                        _ => None,
                    }),
                )?;
            }
            "teams" => map.teams = mappings(key, value, one("a team's id", id))?,
            "statuses" => {
                let read = |value: &Value| known(value, &["open", "closed"]);
                map.statuses = mappings(key, value, one("\"open\" or \"closed\"", read))?;
            }
            "priorities" => {
                const ALLOWED: &str = "\"critical\", \"high\", \"normal\" or \"low\"";
                let read = |value: &Value| known(value, &["critical", "high", "normal", "low"]);
                map.priorities = mappings(key, value, one(ALLOWED, read))?;
            }
            "channels" => {
                // Only the source decides whether a message is private.
                const ALLOWED: &str = "a channel such as \"email\", other than \"internal-note\"";
                let read = |value: &Value| text(value, |name| name != "internal-note");
                map.channels = mappings(key, value, one(ALLOWED, read))?;
            }
            "addresses" => {
                let read = |value: &Value| text(value, |address| address.contains('@'));
                map.addresses = mappings(key, value, one("an e-mail address", read))?;
            }
            "roles" => {
                let read = |value: &Value| match value.as_str()? {
                    "agent" => Some(Role::Agent),
                    "customer" => Some(Role::Customer),
                    _ => None,
                };
                map.roles = mappings(key, value, one("\"agent\" or \"customer\"", read))?;
            }
            "custom_fields" => map.custom_fields = mappings(key, value, field)?,
            _ => {
                return Err(InvalidMap(format!(
                    "{key} is no part of a map; there are prefix, support_email, \
                     unknown_customer, hosts, csv, agents, teams, statuses, priorities, channels, \
                     addresses, roles and custom_fields"
                )));
            }
        }
    }
    Ok(map)
}

fn prefix(value: &Value) -> Result<String> {
    let text = text_of("prefix", value, "a text")?;
    match gorgias::ExternalId::derive(text, "1") {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(InvalidMap(format!("prefix: {error}"))),
    }
}

fn hosts(value: &Value) -> Result<Vec<String>> {
    const ALLOWED: &str = "a list of host names such as [\"files.example.com\"]";
    let list = value.as_array().ok_or_else(|| wrong("hosts", ALLOWED))?;
    let names = list.iter().map(|host| {
        let host = host.as_str().filter(|host| !host.contains('/'));
        host.map(str::to_lowercase)
            .ok_or_else(|| wrong("hosts", ALLOWED))
    });
    names.collect()
}

/// Reads a table of values. `read` reads one value; its first argument is the value's
/// place, for errors.
fn mappings<T>(
    name: &str,
    value: &Value,
    read: impl Fn(&str, &Value) -> Result<T>,
) -> Result<Mappings<T>> {
    let mut mappings = Mappings::default();
    for (key, value) in table(name, value)? {
        let mapped = match value {
            Value::Boolean(false) => Mapped::LeftOut,
            // An empty text stands for a value that isn't mapped yet.
            Value::String(text) if text.is_empty() => continue,
            value => Mapped::To(read(&format!("{name}.{key:?}"), value)?),
        };
        mappings.insert(key.clone(), mapped);
    }
    Ok(mappings)
}

/// Returns a `read` for [`mappings`]. It refuses a value for which `read` returns
/// `None`, and the error names the allowed values.
fn one<T>(allowed: &str, read: impl Fn(&Value) -> Option<T>) -> impl Fn(&str, &Value) -> Result<T> {
    move |place, value| {
        read(value).ok_or_else(|| {
            let unset = "\"\" for a value that isn't mapped, or false for one to leave out";
            wrong(place, &format!("{allowed}; {unset}"))
        })
    }
}

fn id(value: &Value) -> Option<i64> {
    value.as_integer().filter(|id| *id > 0)
}

fn text(value: &Value, fits: impl Fn(&str) -> bool) -> Option<String> {
    value.as_str().filter(|text| fits(text)).map(str::to_owned)
}

fn known(value: &Value, all: &[&'static str]) -> Option<&'static str> {
    let value = value.as_str()?;
    all.iter().copied().find(|known| *known == value)
}

fn field(place: &str, value: &Value) -> Result<Field> {
    const ALLOWED: &str = "the id of a custom field, or a table such as { id = 7, type = \
        \"number\" }; \"\" for one that isn't mapped, or false for one to leave out";
    let Value::Table(table) = value else {
        let field = |id| Field {
            id,
            kind: FieldType::default(),
            values: Vec::new(),
        };
        return id(value).map(field).ok_or_else(|| wrong(place, ALLOWED));
    };
    let mut field_id = None;
    let mut kind = FieldType::default();
    let mut values = Vec::new();
    for (key, value) in table {
        let inside = format!("{place}.{key}");
        match key.as_str() {
            "id" => field_id = id(value),
            "type" => {
                kind = match value.as_str() {
                    Some("text") => FieldType::Text,
                    Some("number") => FieldType::Number,
                    Some("boolean") => FieldType::Boolean,
                    _ => return Err(wrong(&inside, "\"text\", \"number\" or \"boolean\"")),
                };
            }
            "values" => {
                for (from, to) in self::table(&inside, value)? {
                    let place = format!("{inside}.{from:?}");
                    let to = match to {
                        Value::Array(_) | Value::Table(_) | Value::Datetime(_) => None,
                        to => serde_json::to_value(to).ok(),
                    };
                    let to = to.ok_or_else(|| wrong(&place, "a text, a number, true or false"))?;
                    values.push((from.clone(), to));
                }
            }
            _ => return Err(wrong(&inside, "id, type or values")),
        }
    }
    let id = field_id.ok_or_else(|| wrong(&format!("{place}.id"), "the id of a custom field"))?;
    Ok(Field { id, kind, values })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_read() {
        let map = map(r#"
            prefix = "old"
            hosts = ["Files.example.com"]
            [agents]
            "8001" = 42
            "8002" = "bob@acme.example"
            "8003" = ""
            "8004" = false
            [statuses]
            waiting = "closed"
            [custom_fields]
            7 = { id = 70, type = "number", values = { "few" = 3 } }
            8 = 80
            [csv]
            group = "Conversation"
            delimiter = ";"
            utc_offset = "+02:00"
            [csv.columns]
            subject = "Betreff"
        "#)
        .unwrap();
        assert_eq!(map.prefix.as_deref(), Some("old"));
        assert_eq!(map.hosts, ["files.example.com"]);
        assert_eq!(map.agents.get("8001"), Some(&Mapped::To(AgentRef::Id(42))));
        assert_eq!(map.agents.get("8003"), None);
        assert_eq!(map.agents.get("8004"), Some(&Mapped::LeftOut));
        assert_eq!(map.statuses.get("Waiting"), Some(&Mapped::To("closed")));
        assert!(matches!(map.custom_fields.get("8"), Some(Mapped::To(field)) if field.id == 80));
        assert_eq!(
            map.csv.columns,
            [("subject".to_owned(), "Betreff".to_owned())]
        );
        assert_eq!(map.csv.delimiter, Some(b';'));
    }

    #[test]
    fn an_invalid_map_is_refused_with_the_place() {
        for (text, place) in [
            ("agents = 1", "agents must be a table"),
            ("[agents]\n1 = 0", "agents.\"1\" must be a user's id"),
            ("[agents]\n1 = true", "agents.\"1\""),
            (
                "[statuses]\nx = \"pending\"",
                "statuses.\"x\" must be \"open\"",
            ),
            ("[channels]\nx = \"internal-note\"", "channels.\"x\""),
            (
                "[custom_fields]\nx = { type = \"text\" }",
                "custom_fields.\"x\".id",
            ),
            (
                "[custom_fields]\nx = { id = 1, type = \"date\" }",
                "custom_fields.\"x\".type",
            ),
            ("[csv]\ndelimiter = \"ab\"", "csv.delimiter"),
            ("[csv]\nutc_offset = \"Paris\"", "csv.utc_offset"),
            (
                "[csv.columns]\nsubjekt = \"a\"",
                "csv.columns.subjekt is unknown",
            ),
            ("[agent]", "agent is no part of a map"),
            ("prefix = \"a b\"", "prefix: "),
            ("x = ", "TOML parse error"),
        ] {
            let error = map(text).unwrap_err().to_string();
            assert!(error.starts_with(place), "{text}: {error}");
        }
    }
}
