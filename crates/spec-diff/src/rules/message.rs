//! Rules for parameters, bodies, responses and headers.

use super::rules;
use crate::compatibility::Effect::{Incomparable, Narrows, None, Unknown, Widens};
use crate::compatibility::Exception::{ErrorStatus, Negotiated};

const PROMISE: &str = "The service may answer with any error status, declared or not, and callers have to expect that.";

rules! {
    PARAMETER_ADDED = message("parameter-added", None, "an optional parameter was added",
        "Callers may omit the parameter.");
    REQUIRED_PARAMETER_ADDED = message("required-parameter-added", Narrows, "a required parameter was added",
        "Callers don't send the parameter yet, even if it has a default.");
    PARAMETER_REMOVED = message("parameter-removed", Unknown, "a parameter was removed",
        "The service may refuse a request that has the parameter, or may ignore the parameter.");
    PARAMETER_RENAMED = message("parameter-renamed", Unknown, "a parameter was renamed",
        "The service may refuse a request that has the old name, or may ignore the parameter.");
    PARAMETER_MOVED = message("parameter-moved", Unknown, "a parameter moved to another place",
        "The service may refuse a request that has the parameter in the old place, or may ignore the parameter.");
    PARAMETER_BECAME_REQUIRED = message("parameter-became-required", Narrows, "a parameter became required",
        "Callers may have omitted the parameter.");
    PARAMETER_BECAME_OPTIONAL = message("parameter-became-optional", Widens, "a parameter became optional",
        "Callers may omit the parameter now.");
    PARAMETER_SERIALIZATION_CHANGED = message("parameter-serialization-changed", Incomparable,
        "a parameter is written in another way (`style`, `explode`, `content`)",
        "The same value has another text on the wire.");
    PARAMETER_BECAME_ARRAY = message("parameter-became-array", Widens,
        "a query parameter takes several values, each written as `name=value` (`form`, exploded)",
        "A single value is written like an array of one item.");
    RESERVED_CHARACTERS_ALLOWED = message("reserved-characters-allowed", Widens,
        "a parameter may contain unescaped reserved characters (`allowReserved`)",
        "Escaped characters still work.");
    RESERVED_CHARACTERS_REFUSED = message("reserved-characters-refused", Narrows,
        "reserved characters in a parameter must be escaped (`allowReserved`)",
        "Callers may have sent unescaped characters.");
    EMPTY_VALUE_ALLOWED = message("empty-value-allowed", Widens,
        "a parameter may be empty (`allowEmptyValue`)", "Callers may send an empty value now.");
    EMPTY_VALUE_REFUSED = message("empty-value-refused", Narrows,
        "a parameter may no longer be empty (`allowEmptyValue`)", "Callers may have sent an empty value.");
    PARAMETER_DEPRECATED = message("parameter-deprecated", None, "a parameter was deprecated",
        "The parameter still works. Callers are advised not to use it.");
    PARAMETER_UNDEPRECATED = message("parameter-undeprecated", None, "a parameter's deprecation was withdrawn",
        "The parameter works as before.");

    BODY_ADDED = with_exception("body-added", Widens, Negotiated, "a body was added",
        "A request may omit the body. A caller that expects no body in a response needn't read it.");
    REQUIRED_BODY_ADDED = message("required-body-added", Narrows, "a required body was added",
        "Callers don't send a body yet.");
    BODY_REMOVED = split("body-removed", Unknown, Incomparable, "the body was removed",
        "The service may refuse a request that has a body, or may ignore the body. A caller that reads the body of a response finds none.");
    BODY_BECAME_REQUIRED = message("body-became-required", Narrows, "the body became required",
        "Callers may have omitted the body.");
    BODY_BECAME_OPTIONAL = message("body-became-optional", Widens, "the body became optional",
        "Callers may omit the body now.");
    MEDIA_TYPE_ADDED = with_exception("media-type-added", Widens, Negotiated, "a media type was added",
        "Callers choose among the media types, and the old ones remain.");
    MEDIA_TYPE_REMOVED = with_exception("media-type-removed", Narrows, Negotiated, "a media type was removed",
        "Callers may have chosen this media type.");
    MEDIA_TYPE_REPLACED = message("media-type-replaced", Incomparable, "the media type was replaced",
        "Callers that know the old media type may not know the new one.");
    MEDIA_TYPE_GENERALIZED = message("media-type-generalized", Widens, "the media type became a range that includes it",
        "Receivers don't know the other media types in the range.");
    MEDIA_TYPE_SPECIALIZED = message("media-type-specialized", Narrows, "a media range became one of its media types",
        "Senders may have been using another media type in the range.");
    MEDIA_TYPE_RESPELLED = message("media-type-respelled", None, "the media type is written in another way",
        "Both spellings name the same media type.");
    ENCODING_CHANGED = message("encoding-changed", Incomparable, "a form field is encoded in another way (`encoding`)",
        "The same value has another form on the wire.");

    SUCCESS_STATUS_ADDED = with_exception("success-status-added", Widens, Negotiated, "a success status was added",
        "The status follows from the caller's request, and the old statuses remain.");
    SUCCESS_STATUS_REMOVED = with_exception("success-status-removed", Narrows, Negotiated, "a success status was removed",
        "Callers may rely on the status.");
    SUCCESS_STATUS_CHANGED = message("success-status-changed", Incomparable, "the success status changed",
        "Callers that expect the old status don't know the new one.");
    STATUS_GENERALIZED = message("status-generalized", Widens, "a success status became a range that includes it",
        "Callers don't know the other statuses in the range.");
    STATUS_SPECIALIZED = message("status-specialized", Narrows, "a range became one of its success statuses",
        "The service no longer sends the other statuses in the range.");
    ERROR_STATUS_ADDED = with_exception("error-status-added", Widens, ErrorStatus, "an error status was declared", PROMISE);
    ERROR_STATUS_REMOVED = with_exception("error-status-removed", Narrows, ErrorStatus,
        "an error status is no longer declared", PROMISE);

    HEADER_ADDED = with_exception("header-added", Widens, Negotiated, "a header was added",
        "Callers needn't read the header.");
    HEADER_REMOVED = with_exception("header-removed", Narrows, Negotiated, "a header was removed",
        "Callers may be reading the header.");
    HEADER_RENAMED = with_exception("header-renamed", Incomparable, Negotiated, "a header was renamed",
        "Callers may be reading the old header.");
    HEADER_BECAME_REQUIRED = message("header-became-required", Narrows, "a response always has the header now",
        "Responses could come without the header before.");
    HEADER_BECAME_OPTIONAL = message("header-became-optional", Widens, "a header may be missing now",
        "Callers may rely on the header.");
    HEADER_SERIALIZATION_CHANGED = message("header-serialization-changed", Incomparable,
        "a header is written in another way (`style`, `explode`, `content`)",
        "The same value has another text on the wire.");
    HEADER_DEPRECATED = message("header-deprecated", None, "a header was deprecated",
        "The service still sends the header. Callers are advised not to use it.");
    HEADER_UNDEPRECATED = message("header-undeprecated", None, "a header's deprecation was withdrawn",
        "The service sends the header as before.");
}
