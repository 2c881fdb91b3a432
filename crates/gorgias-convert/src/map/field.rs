//! Custom fields.

use serde_json::{Number, Value, json};

/// The custom field in Gorgias that a field of the source becomes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) id: i64,
    pub(crate) kind: FieldType,
    /// The values of the source that are converted, each with its new value. Other values
    /// stay unchanged.
    pub(crate) values: Vec<(String, Value)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FieldType {
    #[default]
    Text,
    Number,
    Boolean,
}

impl Field {
    /// The value to send. `None` if the value doesn't have the field's type.
    pub(crate) fn convert(&self, value: &Value) -> Option<Value> {
        let text = as_text(value);
        if let Some((_, to)) = self.values.iter().find(|(from, _)| *from == text) {
            return Some(to.clone());
        }
        match self.kind {
            FieldType::Text => Some(json!(text)),
            FieldType::Number => match value {
                Value::Number(_) => Some(value.clone()),
                _ => number(text.trim()),
            },
            FieldType::Boolean => match text.trim().to_lowercase().as_str() {
                "true" | "yes" | "1" | "t" | "y" => Some(json!(true)),
                "false" | "no" | "0" | "f" | "n" => Some(json!(false)),
                _ => None,
            },
        }
    }
}

fn number(text: &str) -> Option<Value> {
    if let Ok(number) = text.parse::<i64>() {
        return Some(json!(number));
    }
    let number = text.parse::<f64>().ok()?;
    Number::from_f64(number).map(Value::Number)
}

/// A value as text. The items of a list are separated by commas.
pub(crate) fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(as_text).collect::<Vec<_>>().join(", "),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_get_the_type_of_their_field() {
        let field = |kind| Field {
            id: 1,
            kind,
            values: vec![("a__b".to_owned(), json!("A::B"))],
        };
        let text = field(FieldType::Text);
        assert_eq!(text.convert(&json!("a__b")), Some(json!("A::B")));
        assert_eq!(text.convert(&json!(7)), Some(json!("7")));
        assert_eq!(text.convert(&json!(["x", "y"])), Some(json!("x, y")));
        let number = field(FieldType::Number);
        assert_eq!(number.convert(&json!("12")), Some(json!(12)));
        assert_eq!(number.convert(&json!(" 1.5 ")), Some(json!(1.5)));
        for value in [json!("twelve"), json!("inf"), json!("")] {
            assert_eq!(number.convert(&value), None, "{value}");
        }
        let boolean = field(FieldType::Boolean);
        assert_eq!(boolean.convert(&json!(false)), Some(json!(false)));
        assert_eq!(boolean.convert(&json!("Yes")), Some(json!(true)));
        assert_eq!(boolean.convert(&json!("maybe")), None);
    }
}
