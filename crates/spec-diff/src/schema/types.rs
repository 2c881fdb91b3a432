//! JSON types, and the ranges of integer formats.

use serde_json::Value;

use super::number::Num;

/// A type of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
    /// The intersection of two types without common values.
    Never,
}

/// All types of OpenAPI.
const NAMES: [Type; 6] = [
    Type::Boolean,
    Type::Integer,
    Type::Number,
    Type::String,
    Type::Array,
    Type::Object,
];

impl Type {
    /// Reads the value of `type`.
    pub fn read(name: &str) -> Option<Self> {
        let mut named = NAMES.into_iter();
        named.find(|kind| kind.name() == name)
    }

    /// Returns the type of a value; `None` for null.
    pub fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => return None,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Number,
            Value::Number(_) => Self::Integer,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        })
    }

    /// Whether a value has this type. Null has no type.
    pub fn has(self, value: &Value) -> bool {
        Self::of(value).is_some_and(|own| self.intersection(own) == own)
            || (self == Self::Integer && Num::is_whole_value(value))
    }

    /// Returns the type of the values that both types have in common.
    pub fn intersection(self, other: Self) -> Self {
        match (self, other) {
            (same, other) if same == other => same,
            (Self::Integer, Self::Number) | (Self::Number, Self::Integer) => Self::Integer,
            _ => Self::Never,
        }
    }

    /// Returns the name of the type in OpenAPI.
    pub fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
            Self::Never => "nothing",
        }
    }

    /// Whether the type is neither array nor object, so that a value is written as a single
    /// text.
    pub fn is_scalar(self) -> bool {
        self == Self::String || self.is_also_text()
    }

    /// Whether the values of the type, sent as plain text, also fit the type `string`.
    pub fn is_also_text(self) -> bool {
        matches!(self, Self::Boolean | Self::Integer | Self::Number)
    }
}

/// Returns the lowest and the highest number of an integer format.
pub fn integer_range(format: &str) -> Option<(i128, i128)> {
    Some(match format {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "int64" => (i64::MIN.into(), i64::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, u64::MAX.into()),
        _ => return None,
    })
}
