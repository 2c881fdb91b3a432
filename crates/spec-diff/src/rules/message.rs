//! Rules for parameters, bodies, responses and headers.

use super::rules;
use crate::compatibility::Effect::{Incomparable, Narrows, None, Unknown, Widens};
use crate::compatibility::Exception::{ErrorStatus, Negotiated};

const PROMISE: &str =
    "Callers have to be ready for any error status, whether it is declared or not.";

rules! {
    PARAMETER_ADDED = message("parameter-added", None, "an optional parameter was added",
        "Callers may leave it out.");
    REQUIRED_PARAMETER_ADDED = message("required-parameter-added", Narrows, "a required parameter was added",
        "Callers don't send it yet; a default doesn't change that.");
    PARAMETER_REMOVED = message("parameter-removed", Unknown, "a parameter was removed",
        "The service may refuse a request that still has it, or ignore it.");
    PARAMETER_RENAMED = message("parameter-renamed", Unknown, "a parameter was renamed",
        "The service may refuse a request with the old name, or ignore it.");
    PARAMETER_MOVED = message("parameter-moved", Unknown, "a parameter moved to another place",
        "The service may refuse a request with it in the old place, or ignore it.");
    PARAMETER_BECAME_REQUIRED = message("parameter-became-required", Narrows, "a parameter became required",
        "Callers may have left it out.");
    PARAMETER_BECAME_OPTIONAL = message("parameter-became-optional", Widens, "a parameter became optional",
        "Callers may leave it out now.");
    PARAMETER_SERIALIZATION_CHANGED = message("parameter-serialization-changed", Incomparable,
        "a parameter is written another way (`style`, `explode`, `content`)",
        "The same value has another text on the wire.");
    PARAMETER_BECAME_ARRAY = message("parameter-became-array", Widens,
        "a query parameter takes several values, each written as `name=value` (`form`, exploded)",
        "One value is written like an array of one item.");
    RESERVED_CHARACTERS_ALLOWED = message("reserved-characters-allowed", Widens,
        "reserved characters may stand unescaped in a parameter (`allowReserved`)", "Escaped ones go on working.");
    RESERVED_CHARACTERS_REFUSED = message("reserved-characters-refused", Narrows,
        "reserved characters must be escaped in a parameter (`allowReserved`)", "Callers may have left them unescaped.");
    EMPTY_VALUE_ALLOWED = message("empty-value-allowed", Widens,
        "a parameter may be empty (`allowEmptyValue`)", "Callers may send it empty now.");
    EMPTY_VALUE_REFUSED = message("empty-value-refused", Narrows,
        "a parameter may not be empty any more (`allowEmptyValue`)", "Callers may have sent it empty.");
    PARAMETER_DEPRECATED = message("parameter-deprecated", None, "a parameter was deprecated",
        "It goes on working, and callers are told to leave it.");
    PARAMETER_UNDEPRECATED = message("parameter-undeprecated", None, "a parameter's deprecation was withdrawn",
        "It works as it did.");

    BODY_ADDED = with_exception("body-added", Widens, Negotiated, "a body was added",
        "A request may go without it, and a caller that expects none needn't read it.");
    REQUIRED_BODY_ADDED = message("required-body-added", Narrows, "a required body was added",
        "Callers don't send one yet.");
    BODY_REMOVED = split("body-removed", Unknown, Incomparable, "the body was removed",
        "The service may refuse a request that still has one, or ignore it; a caller that reads one finds none.");
    BODY_BECAME_REQUIRED = message("body-became-required", Narrows, "the body became required",
        "Callers may have left it out.");
    BODY_BECAME_OPTIONAL = message("body-became-optional", Widens, "the body became optional",
        "Callers may leave it out now.");
    MEDIA_TYPE_ADDED = with_exception("media-type-added", Widens, Negotiated, "a media type was added",
        "Callers choose a media type, and the old ones remain.");
    MEDIA_TYPE_REMOVED = with_exception("media-type-removed", Narrows, Negotiated, "a media type was removed",
        "Callers that chose it have to choose another.");
    MEDIA_TYPE_REPLACED = message("media-type-replaced", Incomparable, "the media type was replaced",
        "Callers that know the old one don't know the new one.");
    MEDIA_TYPE_GENERALIZED = message("media-type-generalized", Widens, "the media type became a range that includes it",
        "Receivers don't know the others in the range.");
    MEDIA_TYPE_SPECIALIZED = message("media-type-specialized", Narrows, "a media range became one media type in it",
        "Senders may have been using another in the range.");
    MEDIA_TYPE_RESPELLED = message("media-type-respelled", None, "the media type is written another way",
        "It names the same media type.");
    ENCODING_CHANGED = message("encoding-changed", Incomparable, "a form field is encoded another way (`encoding`)",
        "The same value has another form on the wire.");

    SUCCESS_STATUS_ADDED = with_exception("success-status-added", Widens, Negotiated, "a success status was added",
        "It comes of something the caller asked for, and the old ones remain.");
    SUCCESS_STATUS_REMOVED = with_exception("success-status-removed", Narrows, Negotiated, "a success status was removed",
        "Callers may be waiting for it.");
    SUCCESS_STATUS_CHANGED = message("success-status-changed", Incomparable, "the success status changed",
        "Callers that wait for the old one don't know the new one.");
    STATUS_GENERALIZED = message("status-generalized", Widens, "a success status became a range that includes it",
        "Callers don't know the others in the range.");
    STATUS_SPECIALIZED = message("status-specialized", Narrows, "a range became one success status in it",
        "The others in the range don't come any more.");
    ERROR_STATUS_ADDED = with_exception("error-status-added", Widens, ErrorStatus, "an error status was declared", PROMISE);
    ERROR_STATUS_REMOVED = with_exception("error-status-removed", Narrows, ErrorStatus,
        "an error status is not declared any more", PROMISE);

    HEADER_ADDED = with_exception("header-added", Widens, Negotiated, "a header was added",
        "Callers that don't know it needn't read it.");
    HEADER_REMOVED = with_exception("header-removed", Narrows, Negotiated, "a header was removed",
        "Callers may be reading it.");
    HEADER_RENAMED = with_exception("header-renamed", Incomparable, Negotiated, "a header was renamed",
        "Callers may be reading the old one.");
    HEADER_BECAME_REQUIRED = message("header-became-required", Narrows, "a header always comes now",
        "It came sometimes.");
    HEADER_BECAME_OPTIONAL = message("header-became-optional", Widens, "a header may be missing now",
        "Callers count on it.");
    HEADER_SERIALIZATION_CHANGED = message("header-serialization-changed", Incomparable,
        "a header is written another way (`style`, `explode`, `content`)",
        "The same value has another text on the wire.");
    HEADER_DEPRECATED = message("header-deprecated", None, "a header was deprecated",
        "It goes on coming, and callers are told to leave it.");
    HEADER_UNDEPRECATED = message("header-undeprecated", None, "a header's deprecation was withdrawn",
        "It comes as it did.");
}
