//! Rules for an object's properties, and for composed schemas.

use super::rules;
use crate::compatibility::Effect::{Incomparable, Narrows, None, Unknown, Widens};

const HINT: &str = "A discriminator helps readers to pick a schema; what is allowed is decided by the schemas alone.";

const TWO_FIT: &str =
    "Exactly one variant of a `oneOf` may fit, so a value that fits two is refused.";
const ONE_FITS: &str =
    "Exactly one variant may fit. A value that fitted two was refused, and is allowed now.";

rules! {
    PROPERTY_ADDED = message("property-added", None, "an optional property was added",
        "Senders may leave it out, and receivers of an open object have to expect more.");
    CLOSED_OBJECT_PROPERTY_ADDED = message("closed-object-property-added", Widens,
        "an optional property was added to an object that allowed no other (`additionalProperties: false`)",
        "Receivers were told that nothing else comes.");
    REQUIRED_PROPERTY_ADDED = message("required-property-added", Narrows, "a required property was added",
        "Senders don't send it yet; a default doesn't change that.");
    PROPERTY_REMOVED = split("property-removed", Unknown, None, "an optional property was removed",
        "The service may refuse a request that still has it, or ignore it; a response \
         could always come without it.");
    REQUIRED_PROPERTY_REMOVED = split("required-property-removed", Unknown, Widens, "a required property was removed",
        "The service may refuse a request that still has it; receivers count on it.");
    PROPERTY_REFUSED = split("property-refused", Narrows, None,
        "a property was removed from an object that allows no other (`additionalProperties: false`)",
        "A request that still has it is refused; a response could always come without it.");
    PROPERTY_RENAMED = split("property-renamed", Unknown, None, "an optional property was renamed",
        "One optional property was removed and another was added.");
    REQUIRED_PROPERTY_RENAMED = message("required-property-renamed", Incomparable, "a required property was renamed",
        "Messages under the old name lack the new one.");
    PROPERTY_BECAME_REQUIRED = message("property-became-required", Narrows, "a property became required",
        "Senders may have left it out.");
    PROPERTY_BECAME_OPTIONAL = message("property-became-optional", Widens, "a property became optional",
        "Receivers count on it.");
    PROPERTY_BECAME_READ_ONLY = message("property-became-read-only", None, "a property became read-only",
        "Requests leave it out from now on, and are not refused for it.");
    PROPERTY_BECAME_WRITABLE = split("property-became-writable", Widens, None, "a property is not read-only any more",
        "Requests may carry it.");
    REQUIRED_PROPERTY_BECAME_WRITABLE = split("required-property-became-writable", Narrows, None,
        "a required property is not read-only any more", "Requests have to carry it.");
    PROPERTY_BECAME_WRITE_ONLY = message("property-became-write-only", None, "a property became write-only",
        "Responses leave it out from now on, which they could before.");
    REQUIRED_PROPERTY_BECAME_WRITE_ONLY = split("required-property-became-write-only", None, Widens,
        "a required property became write-only", "Receivers count on it.");
    PROPERTY_BECAME_READABLE = message("property-became-readable", None, "a property is not write-only any more",
        "Responses may carry it, as they may any property.");
    ADDITIONAL_PROPERTIES_DENIED = message("additional-properties-denied", Narrows,
        "properties that aren't listed are not allowed any more", "Senders may have been sending some.");
    ADDITIONAL_PROPERTIES_ALLOWED = message("additional-properties-allowed", Widens,
        "properties that aren't listed are allowed now", "Receivers were told that nothing else comes.");
    ADDITIONAL_PROPERTIES_RESTRICTED = message("additional-properties-restricted", Narrows,
        "properties that aren't listed have to fit a schema now", "Senders may have been sending others.");
    ADDITIONAL_PROPERTIES_UNRESTRICTED = message("additional-properties-unrestricted", Widens,
        "properties that aren't listed needn't fit a schema any more", "Receivers count on the schema.");
    ALL_OF_MEMBER_ADDED = message("all-of-member-added", Narrows, "an `allOf` member was added",
        "Values have to fit one more schema.");
    ALL_OF_MEMBER_REMOVED = message("all-of-member-removed", Widens, "an `allOf` member was removed",
        "Values have to fit one schema less.");
    ANY_OF_VARIANT_ADDED = message("any-of-variant-added", Widens, "an `anyOf` variant was added",
        "Receivers don't know the new form.");
    ANY_OF_VARIANT_REMOVED = message("any-of-variant-removed", Narrows, "an `anyOf` variant was removed",
        "Senders may have been using the form.");
    ONE_OF_VARIANT_ADDED = message("one-of-variant-added", Widens, "a `oneOf` variant was added",
        "Receivers don't know the new form.");
    OVERLAPPING_VARIANT_ADDED = message("overlapping-variant-added", Incomparable,
        "a `oneOf` variant was added that takes what fits another", TWO_FIT);
    POSSIBLY_OVERLAPPING_VARIANT_ADDED = message("possibly-overlapping-variant-added", Unknown,
        "a `oneOf` variant was added that may take what fits another", TWO_FIT);
    VARIANTS_OVERLAP = message("variants-overlap", Narrows,
        "a `oneOf` variant changed so that it takes what fits another", TWO_FIT);
    VARIANTS_MAY_OVERLAP = split("variants-may-overlap", Unknown, Narrows,
        "a `oneOf` variant changed so that it may take what fits another", TWO_FIT);
    VARIANTS_PARTED = message("variants-parted", Widens,
        "a `oneOf` variant changed so that it doesn't take what fits another any more", ONE_FITS);
    OVERLAPPING_VARIANT_REMOVED = message("overlapping-variant-removed", Incomparable,
        "a `oneOf` variant was removed that took what fits another", ONE_FITS);
    ONE_OF_VARIANT_REMOVED = message("one-of-variant-removed", Narrows, "a `oneOf` variant was removed",
        "Senders may have been using the form.");
    VARIANTS_ADDED = message("variants-added", Narrows, "values have to fit one of several schemas besides their own",
        "Values that fit none of them were allowed.");
    VARIANTS_REMOVED = message("variants-removed", Widens, "values needn't fit one of several schemas any more",
        "Values that fit none of them are allowed now.");
    UNION_VALUES_ADDED = message("union-values-added", Widens,
        "a `oneOf` refused a value that is allowed now, because fewer of its variants fit", ONE_FITS);
    ONE_OF_BECAME_ANY_OF = message("one-of-became-any-of", Widens, "`oneOf` became `anyOf`",
        "Values that fit several schemas are allowed now.");
    ANY_OF_BECAME_ONE_OF = message("any-of-became-one-of", Narrows, "`anyOf` became `oneOf`",
        "Values that fit several schemas were allowed.");
    NOT_ADDED = message("not-added", Narrows, "values were excluded (`not`)", "Excluded values were allowed.");
    NOT_REMOVED = message("not-removed", Widens, "an exclusion (`not`) was lifted", "Excluded values are allowed now.");
    DISCRIMINATOR_ADDED = message("discriminator-added", None, "a discriminator was added", HINT);
    DISCRIMINATOR_REMOVED = message("discriminator-removed", None, "the discriminator was removed", HINT);
    DISCRIMINATOR_CHANGED = message("discriminator-changed", None, "the discriminator changed", HINT);
}
