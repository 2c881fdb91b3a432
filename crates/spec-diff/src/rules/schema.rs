//! Rules for the values that a schema allows.

use super::rules;
use crate::compatibility::Effect::{Incomparable, Narrows, None, Unknown, Widens};

const OPEN: &str = "An open enum (`x-extensible-enum`) requires receivers to expect values that aren't listed, so a \
     new value breaks no receiver. Senders may use one more value.";

const DEFAULT: &str = "The same values are allowed. Only the meaning of an omitted value changes.";

rules! {
    SCHEMA_ADDED = message("schema-added", Narrows, "a schema was added where any value was allowed",
        "Values that don't fit the schema were allowed.");
    SCHEMA_REMOVED = message("schema-removed", Widens, "the schema was removed, so that any value is allowed",
        "Values that didn't fit the schema are allowed now.");
    TYPE_CHANGED = message("type-changed", Incomparable, "the type changed to one without common values",
        "No old value fits the new type.");
    TYPE_GENERALIZED = message("type-generalized", Widens, "the type changed to one that includes the old type",
        "Every old value fits the new type, and so do other values. Parameters and form fields are written \
         as text, so there a number is also a string.");
    TYPE_SPECIALIZED = message("type-specialized", Narrows, "the type changed to one that the old type includes",
        "Only some old values fit the new type.");
    FORMAT_CHANGED = message("format-changed", Incomparable, "the format changed to an unrelated one",
        "A value of the old format may not be a value of the new one.");
    FORMAT_GENERALIZED = message("format-generalized", Widens, "the format was removed, or changed to one that includes the old format",
        "Every value of the old format is allowed, and so are other values.");
    FORMAT_SPECIALIZED = message("format-specialized", Narrows, "a format was added, or changed to one that the old format includes",
        "Only some old values are values of the new format.");
    BECAME_NULLABLE = message("became-nullable", Widens, "null is allowed now",
        "Receivers may not expect null.");
    BECAME_NOT_NULLABLE = message("became-not-nullable", Narrows, "null is no longer allowed",
        "Senders may have sent null.");
    BECAME_ENUM = message("became-enum", Narrows, "only listed values are allowed now",
        "Values that aren't on the list were allowed.");
    BECAME_NOT_ENUM = message("became-not-enum", Widens, "the list of allowed values was removed",
        "Values that weren't on the list are allowed now.");
    ENUM_VALUE_ADDED = message("enum-value-added", Widens, "an enum value was added",
        "Receivers that know the list don't know the value.");
    ENUM_VALUE_REMOVED = message("enum-value-removed", Narrows, "an enum value was removed",
        "Senders may have sent the value.");
    ENUM_VALUES_CHANGED = message("enum-values-changed", Incomparable, "enum values were added and others removed",
        "Receivers don't know the added values, and senders may have sent the removed ones.");
    ENUM_OPENED = message("enum-opened", Widens, "a closed enum became an open one (`x-extensible-enum`)",
        "Receivers may not expect values that aren't on the list.");
    ENUM_CLOSED = message("enum-closed", Narrows, "an open enum (`x-extensible-enum`) became a closed one",
        "Values that aren't on the list were allowed.");
    OPEN_ENUM_VALUE_ADDED = split("open-enum-value-added", Widens, None, "an open enum gained a value", OPEN);
    OPEN_ENUM_VALUE_REMOVED = message("open-enum-value-removed", Narrows, "an open enum lost a value",
        "Senders may have sent the value, because it was known.");
    OPEN_ENUM_VALUES_CHANGED = split("open-enum-values-changed", Incomparable, None,
        "an open enum gained values and lost others", OPEN);
    OPEN_ENUM_ADDED = message("open-enum-added", None, "known values were listed (`x-extensible-enum`)",
        "An open enum allows every value, listed or not.");
    OPEN_ENUM_REMOVED = message("open-enum-removed", None, "the list of known values was removed (`x-extensible-enum`)",
        "An open enum allows every value, listed or not.");
    PATTERN_ADDED = message("pattern-added", Narrows, "a pattern was added",
        "Strings that don't match were allowed.");
    PATTERN_REMOVED = message("pattern-removed", Widens, "the pattern was removed",
        "Strings that didn't match are allowed now.");
    PATTERN_CHANGED = message("pattern-changed", Unknown, "the pattern changed",
        "The comparison doesn't decide which of two regular expressions allows more.");
    MULTIPLE_OF_SET = message("multiple-of-set", Narrows, "a `multipleOf` was set",
        "Numbers that aren't multiples were allowed.");
    MULTIPLE_OF_LIFTED = message("multiple-of-lifted", Widens, "the `multipleOf` was lifted",
        "Numbers that aren't multiples are allowed now.");
    MULTIPLE_OF_GENERALIZED = message("multiple-of-generalized", Widens, "`multipleOf` changed to a divisor of the old number",
        "Every old multiple is a new one.");
    MULTIPLE_OF_SPECIALIZED = message("multiple-of-specialized", Narrows, "`multipleOf` changed to a multiple of the old number",
        "Only some old multiples are new ones.");
    MULTIPLE_OF_CHANGED = message("multiple-of-changed", Incomparable, "`multipleOf` changed to an unrelated number",
        "Neither set of multiples includes the other.");
    UNIQUE_ITEMS_ADDED = message("unique-items-added", Narrows, "items must be unique now",
        "Arrays with repeated items were allowed.");
    UNIQUE_ITEMS_REMOVED = message("unique-items-removed", Widens, "items may repeat now",
        "Receivers may rely on unique items.");
    DEFAULT_ADDED = message("default-added", None, "a default was added",
        DEFAULT);
    DEFAULT_REMOVED = message("default-removed", None, "the default was removed",
        DEFAULT);
    DEFAULT_CHANGED = message("default-changed", None, "the default changed",
        DEFAULT);
    DEPRECATED = message("deprecated", None, "a part of the message was deprecated",
        "The part still works. Callers are advised not to use it.");
    UNDEPRECATED = message("undeprecated", None, "a deprecation was withdrawn",
        "The part works as before.");
    XML_CHANGED = message("xml-changed", Incomparable, "the XML form changed",
        "Elements or attributes have other names or places.");
    UNRESOLVED_REFERENCE_CHANGED = message("unresolved-reference-changed", Unknown,
        "a reference to a target outside the document changed",
        "The values that the target allows are unknown.");
}
