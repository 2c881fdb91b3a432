//! Rules for an object's properties, and for composed schemas.

use super::rules;
use crate::compatibility::Effect::{Incomparable, Narrows, None, Unknown, Widens};

const HINT: &str = "A discriminator helps receivers to choose a schema. The schemas alone decide which values are allowed.";

const TWO_FIT: &str =
    "A value must fit exactly one variant of a `oneOf`, so a value that fits two is refused.";
const ONE_FITS: &str = "A value must fit exactly one variant. A value that fitted two was refused, and is allowed if it fits one now.";

rules! {
    PROPERTY_ADDED = message("property-added", None, "an optional property was added",
        "Senders may omit the property, and receivers of an open object have to expect unknown properties.");
    CLOSED_OBJECT_PROPERTY_ADDED = message("closed-object-property-added", Widens,
        "an optional property was added to an object that allowed no others (`additionalProperties: false`)",
        "Receivers could rely on the list of properties being complete.");
    REQUIRED_PROPERTY_ADDED = message("required-property-added", Narrows, "a required property was added",
        "Senders don't send the property yet, even if it has a default.");
    PROPERTY_REMOVED = split("property-removed", Unknown, None, "an optional property was removed",
        "The service may refuse a request that has the property, or may ignore the property. A response \
         could always omit it.");
    REQUIRED_PROPERTY_REMOVED = split("required-property-removed", Unknown, Widens, "a required property was removed",
        "The service may refuse a request that has the property. Receivers may rely on the property.");
    PROPERTY_REFUSED = split("property-refused", Narrows, None,
        "a property was removed from an object that allows no others (`additionalProperties: false`)",
        "A request that has the property is refused. A response could always omit it.");
    PROPERTY_RENAMED = split("property-renamed", Unknown, None, "an optional property was renamed",
        "One optional property was removed and another was added.");
    REQUIRED_PROPERTY_RENAMED = message("required-property-renamed", Incomparable, "a required property was renamed",
        "Messages with the old name lack the property with the new name.");
    PROPERTY_BECAME_REQUIRED = message("property-became-required", Narrows, "a property became required",
        "Senders may have omitted the property.");
    PROPERTY_BECAME_OPTIONAL = message("property-became-optional", Widens, "a property became optional",
        "Receivers may rely on the property.");
    PROPERTY_BECAME_READ_ONLY = message("property-became-read-only", None, "a property became read-only",
        "Requests omit the property from now on. A request that has it is not refused.");
    PROPERTY_BECAME_WRITABLE = split("property-became-writable", Widens, None, "a property is no longer read-only",
        "Requests may contain the property.");
    REQUIRED_PROPERTY_BECAME_WRITABLE = split("required-property-became-writable", Narrows, None,
        "a required property is no longer read-only", "Requests must contain the property.");
    PROPERTY_BECAME_WRITE_ONLY = message("property-became-write-only", None, "a property became write-only",
        "Responses omit the property from now on, as they could before.");
    REQUIRED_PROPERTY_BECAME_WRITE_ONLY = split("required-property-became-write-only", None, Widens,
        "a required property became write-only", "Receivers may rely on the property.");
    PROPERTY_BECAME_READABLE = message("property-became-readable", None, "a property is no longer write-only",
        "Responses may contain any property.");
    ADDITIONAL_PROPERTIES_DENIED = message("additional-properties-denied", Narrows,
        "properties that aren't listed are no longer allowed", "Senders may have sent such properties.");
    ADDITIONAL_PROPERTIES_ALLOWED = message("additional-properties-allowed", Widens,
        "properties that aren't listed are allowed now", "Receivers could rely on the list of properties being complete.");
    ADDITIONAL_PROPERTIES_RESTRICTED = message("additional-properties-restricted", Narrows,
        "properties that aren't listed have to fit a schema now", "Senders may have sent properties that don't fit.");
    ADDITIONAL_PROPERTIES_UNRESTRICTED = message("additional-properties-unrestricted", Widens,
        "properties that aren't listed no longer have to fit a schema", "Receivers may rely on the schema.");
    ALL_OF_MEMBER_ADDED = message("all-of-member-added", Narrows, "an `allOf` member was added",
        "Values have to fit one more schema.");
    ALL_OF_MEMBER_REMOVED = message("all-of-member-removed", Widens, "an `allOf` member was removed",
        "Values have to fit one schema less.");
    ANY_OF_VARIANT_ADDED = message("any-of-variant-added", Widens, "an `anyOf` variant was added",
        "Receivers don't know the new variant.");
    ANY_OF_VARIANT_REMOVED = message("any-of-variant-removed", Narrows, "an `anyOf` variant was removed",
        "Senders may have been using the variant.");
    ONE_OF_VARIANT_ADDED = message("one-of-variant-added", Widens, "a `oneOf` variant was added",
        "Receivers don't know the new variant.");
    OVERLAPPING_VARIANT_ADDED = message("overlapping-variant-added", Incomparable,
        "a `oneOf` variant was added that allows values of another variant", TWO_FIT);
    POSSIBLY_OVERLAPPING_VARIANT_ADDED = message("possibly-overlapping-variant-added", Unknown,
        "a `oneOf` variant was added that may allow values of another variant", TWO_FIT);
    VARIANTS_OVERLAP = message("variants-overlap", Narrows,
        "a `oneOf` variant changed so that it allows values of another variant", TWO_FIT);
    VARIANTS_MAY_OVERLAP = split("variants-may-overlap", Unknown, Narrows,
        "a `oneOf` variant changed so that it may allow values of another variant", TWO_FIT);
    VARIANTS_PARTED = message("variants-parted", Widens,
        "a `oneOf` variant changed so that it no longer allows values of another variant", ONE_FITS);
    OVERLAPPING_VARIANT_REMOVED = message("overlapping-variant-removed", Incomparable,
        "a `oneOf` variant was removed that allowed values of another variant", ONE_FITS);
    ONE_OF_VARIANT_REMOVED = message("one-of-variant-removed", Narrows, "a `oneOf` variant was removed",
        "Senders may have been using the variant.");
    VARIANTS_ADDED = message("variants-added", Narrows, "values have to fit one of several schemas too (`oneOf`, `anyOf`)",
        "Values that fit none of these schemas were allowed.");
    VARIANTS_REMOVED = message("variants-removed", Widens, "values no longer have to fit one of several schemas (`oneOf`, `anyOf`)",
        "Values that fit none of these schemas are allowed now.");
    UNION_VALUES_ADDED = message("union-values-added", Widens,
        "a `oneOf` allows a value that it refused, because the value fits fewer variants now", ONE_FITS);
    ONE_OF_BECAME_ANY_OF = message("one-of-became-any-of", Widens, "`oneOf` became `anyOf`",
        "Values that fit several variants are allowed now.");
    ANY_OF_BECAME_ONE_OF = message("any-of-became-one-of", Narrows, "`anyOf` became `oneOf`",
        "Values that fit several variants were allowed.");
    NOT_ADDED = message("not-added", Narrows, "values were excluded (`not`)", "The excluded values were allowed.");
    NOT_REMOVED = message("not-removed", Widens, "an exclusion (`not`) was removed", "The excluded values are allowed now.");
    DISCRIMINATOR_ADDED = message("discriminator-added", None, "a discriminator was added", HINT);
    DISCRIMINATOR_REMOVED = message("discriminator-removed", None, "the discriminator was removed", HINT);
    DISCRIMINATOR_CHANGED = message("discriminator-changed", None, "the discriminator changed", HINT);
}
