//! Merges the alternatives of an `anyOf` that have one type into one schema.
//!
//! The generator makes an enum of an `anyOf`. An enum can't represent an object that fits two
//! alternatives, but a struct with optional properties can. If two alternatives are texts,
//! numbers or lists, the generator's code would read every value as the first alternative. A
//! single schema of texts can represent the values of both. If it lists values, it becomes an
//! enum, which is open in Rust and so represents other texts too.

use serde_json::{Map, Value, json};
use spec_model::{SCHEMAS, component, is_true, merged};

use super::{kind, one_object::one_object};

/// The keywords that restrict the values of a schema. A schema without any of them allows
/// every value.
const BOUNDS: [&str; 10] = [
    "$ref",
    "allOf",
    "anyOf",
    "enum",
    "items",
    "not",
    "oneOf",
    "properties",
    "required",
    "type",
];

pub(super) fn run(document: &mut Value) -> usize {
    if !super::holds(document, "anyOf") {
        return 0;
    }
    let original = document.clone();
    super::each(document, |_, schema| {
        let Some(Value::Array(members)) = schema.get("anyOf") else {
            return false;
        };
        if let Some(object) = one_object(&original, members) {
            replace(schema, object);
            return true;
        }
        let before = members.len();
        let members = united(&original, members);
        if members.len() == before {
            return false;
        }
        match <[Value; 1]>::try_from(members) {
            Ok([Value::Object(only)]) => replace(schema, only),
            Ok(_) => {}
            Err(members) => {
                schema.insert("anyOf".into(), members.into());
            }
        }
        true
    })
}

/// Replaces the alternatives of a schema by one schema. If a keyword is also beside the
/// alternatives, that one is kept, because it applies to every alternative. `properties` and
/// `required` are combined, and `nullable` is taken from the one schema.
fn replace(schema: &mut Map<String, Value>, only: Map<String, Value>) {
    schema.shift_remove("anyOf");
    for (keyword, value) in only {
        match (schema.get_mut(&keyword), value) {
            (Some(Value::Object(own)), Value::Object(more)) if keyword == "properties" => {
                for (name, property) in more {
                    own.entry(name).or_insert(property);
                }
            }
            (Some(Value::Array(own)), Value::Array(more)) if keyword == "required" => {
                let more: Vec<_> = more
                    .into_iter()
                    .filter(|name| !own.contains(name))
                    .collect();
                own.extend(more);
            }
            (Some(_), _) if keyword != "nullable" => {}
            (_, value) => {
                schema.insert(keyword, value);
            }
        }
    }
}

/// Returns the alternatives, with alternatives of one type merged. If one alternative allows
/// every value, returns a single schema that does so.
fn united(document: &Value, members: &[Value]) -> Vec<Value> {
    let wholes: Vec<_> = members.iter().map(|one| merged(document, one)).collect();
    if wholes.iter().any(allows_anything) {
        return vec![json!({})];
    }
    let mut kinds: Vec<Option<&str>> = Vec::new();
    let mut united = Vec::new();
    for (whole, member) in wholes.iter().zip(members) {
        let kind = kind(whole);
        if kind.is_some() && kinds.contains(&kind) {
            continue;
        }
        kinds.push(kind);
        let same = wholes.iter().zip(members);
        let same: Vec<_> = same
            .filter(|(other, _)| kind.is_some() && self::kind(other) == kind)
            .collect();
        united.push(match (kind, same.as_slice()) {
            (None, _) | (_, [_]) => member.clone(),
            (Some(kind), same) => Value::Object(one(document, kind, same)),
        });
    }
    united
}

fn allows_anything(schema: &Map<String, Value>) -> bool {
    !BOUNDS.iter().any(|keyword| schema.contains_key(*keyword))
}

/// Returns a schema that allows all values of several schemas of one type.
fn one(document: &Value, kind: &str, same: &[(&Map<String, Value>, &Value)]) -> Map<String, Value> {
    let wholes: Vec<_> = same.iter().map(|(whole, _)| *whole).collect();
    let mut schema = match kind {
        "object" => {
            one_object(document, same.iter().map(|(_, member)| *member)).unwrap_or_default()
        }
        "array" => array(document, &wholes),
        "string" => match open_enum(document, same) {
            Some(target) => [("allOf".to_owned(), json!([{ "$ref": target }]))]
                .into_iter()
                .collect(),
            None => text(&wholes),
        },
        _ => {
            let mut kinds = wholes.iter().map(|whole| whole.get("type"));
            let is_whole = kinds.all(|kind| kind.is_some_and(|kind| kind == "integer"));
            formatted(if is_whole { "integer" } else { kind }, &wholes)
        }
    };
    if wholes.iter().any(|whole| is_nullable(whole)) {
        schema.insert("nullable".into(), true.into());
    }
    schema
}

/// Returns a schema of a type. If all schemas have the same format, the returned schema has
/// this format too.
fn formatted(kind: &str, wholes: &[&Map<String, Value>]) -> Map<String, Value> {
    let mut schema = Map::new();
    schema.insert("type".into(), kind.into());
    let mut formats = wholes.iter().map(|whole| whole.get("format"));
    if let Some(Some(first)) = formats.next()
        && formats.all(|other| other == Some(first))
    {
        schema.insert("format".into(), first.clone());
    }
    schema
}

/// Returns a schema of texts with all listed values of the schemas.
fn text(wholes: &[&Map<String, Value>]) -> Map<String, Value> {
    let mut schema = formatted("string", wholes);
    let mut values: Vec<Value> = Vec::new();
    let listed = wholes
        .iter()
        .filter_map(|whole| whole.get("enum")?.as_array());
    for value in listed.flatten().filter(|value| value.is_string()) {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    if !values.is_empty() {
        schema.shift_remove("format");
        schema.insert("enum".into(), values.into());
    }
    schema
}

/// Returns the reference to the component that lists values, if only one of the schemas lists
/// values. The type of the component is an open enum, which can also represent the values of
/// the other schemas.
fn open_enum<'a>(document: &Value, same: &[(&Map<String, Value>, &'a Value)]) -> Option<&'a str> {
    let mut lists = same.iter().filter(|(whole, _)| whole.contains_key("enum"));
    let (_, member) = lists.next().filter(|_| lists.next().is_none())?;
    let target = member.get("$ref")?.as_str()?;
    let name = target.strip_prefix(SCHEMAS)?;
    component(document, name)?.get("enum").map(|_| target)
}

/// Returns a schema of lists whose items fit the items of any of the schemas.
fn array(document: &Value, wholes: &[&Map<String, Value>]) -> Map<String, Value> {
    let any = json!({});
    let mut items: Vec<Value> = Vec::new();
    for whole in wholes {
        let item = whole.get("items").unwrap_or(&any);
        if !items.contains(item) {
            items.push(item.clone());
        }
    }
    let items = match items.len() {
        1 => items,
        _ => united(document, &items),
    };
    let items = match <[Value; 1]>::try_from(items) {
        Ok([only]) => only,
        Err(items) => json!({ "anyOf": items }),
    };
    let mut schema = Map::new();
    schema.insert("type".into(), "array".into());
    schema.insert("items".into(), items);
    schema
}

fn is_nullable(schema: &Map<String, Value>) -> bool {
    is_true(schema.get("nullable"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(schema: Value) -> Value {
        let mut document = json!({
            "openapi": "3.0.3", "info": {"title": "", "version": "1"}, "paths": {},
            "components": {"schemas": {
                "A": schema,
                "Color": {"type": "string", "enum": ["red"]},
            }},
        });
        run(&mut document);
        document["components"]["schemas"]["A"].take()
    }

    #[test]
    fn texts_are_one_text_with_every_value() {
        let any = json!({"type": "string"});
        assert_eq!(
            of(json!({"anyOf": [{"type": "string", "pattern": "^a"}, any]})),
            any
        );
        let listed = json!({"type": "string", "enum": ["a", "b"]});
        assert_eq!(
            of(json!({"anyOf": [{"type": "string", "enum": ["a", "b"]}, any]})),
            listed
        );
        let color = json!({"$ref": "#/components/schemas/Color"});
        assert_eq!(
            of(json!({"anyOf": [any, color]})),
            json!({"allOf": [color]})
        );
    }

    #[test]
    fn what_stands_beside_stays_and_null_of_one_is_null_of_all() {
        let schema = of(json!({
            "description": "Of A.",
            "anyOf": [{"type": "string", "nullable": true, "description": "One."}, {"type": "string"}],
        }));
        let one = json!({"description": "Of A.", "type": "string", "nullable": true});
        assert_eq!(schema, one);
    }

    #[test]
    fn types_that_differ_stay_apart() {
        let text = json!({"type": "string"});
        let schema = of(json!({"anyOf": [
            {"type": "integer", "format": "int64"}, text, {"type": "number"}, text, {"type": "boolean"},
        ]}));
        let apart = json!({"anyOf": [{"type": "number"}, text, {"type": "boolean"}]});
        assert_eq!(schema, apart);
        let different = json!({"anyOf": [{"type": "integer"}, text]});
        assert_eq!(of(different.clone()), different);
    }

    #[test]
    fn lists_and_objects_hold_what_any_of_them_holds() {
        let schema = of(json!({"anyOf": [
            {"type": "array", "items": {"type": "integer"}},
            {"type": "array", "items": {"type": "string"}},
            {"type": "array", "items": {"type": "string"}},
            {"properties": {"a": {"type": "string"}}},
            {"properties": {"b": {"type": "string"}}},
        ]}));
        let items = json!({"anyOf": [{"type": "integer"}, {"type": "string"}]});
        let properties = json!({"a": {"type": "string"}, "b": {"type": "string"}});
        let apart = json!({"anyOf": [
            {"type": "array", "items": items},
            {"type": "object", "properties": properties, "required": []},
        ]});
        assert_eq!(schema, apart);
    }

    #[test]
    fn an_alternative_that_allows_anything_allows_all() {
        assert_eq!(
            of(json!({"anyOf": [{"type": "string"}, {"description": "Any."}]})),
            json!({})
        );
    }
}
