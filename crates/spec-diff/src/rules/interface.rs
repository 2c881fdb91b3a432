//! Rules for operations, security, servers, callbacks and components.

use super::rules;
use crate::compatibility::Effect::{Incomparable, Narrows, None, Unknown, Widens};

const NAME: &str = "The name isn't on the wire. The verdict on Rust covers generated code.";

rules! {
    PATH_ADDED = interface("path-added", Widens, "a path was added", "Callers may use it.");
    PATH_REMOVED = interface("path-removed", Narrows, "a path was removed with all its operations",
        "Callers may be using them; a deprecation before doesn't change that.");
    PATH_RENAMED = interface("path-renamed", Incomparable, "operations moved to another path",
        "Requests to the old path find nothing there.");
    PATH_PARAMETER_RENAMED = interface("path-parameter-renamed", None, "a path parameter was renamed",
        "Only its place in the path is on the wire. The verdict on Rust covers generated code.");
    OPERATION_ADDED = interface("operation-added", Widens, "an operation was added", "Callers may use it.");
    OPERATION_REMOVED = interface("operation-removed", Narrows, "an operation was removed",
        "Callers may be using it; a deprecation before doesn't change that.");
    METHOD_CHANGED = interface("method-changed", Incomparable, "an operation moved to another method",
        "Requests with the old method are refused.");
    OPERATION_ID_ADDED = interface("operation-id-added", None, "an operation got an operationId", NAME);
    OPERATION_ID_REMOVED = interface("operation-id-removed", None, "an operation lost its operationId", NAME);
    OPERATION_ID_RENAMED = interface("operation-id-renamed", None, "an operationId was renamed", NAME);
    OPERATION_DEPRECATED = interface("operation-deprecated", None, "an operation was deprecated",
        "It goes on working, and callers are told to leave it.");
    OPERATION_UNDEPRECATED = interface("operation-undeprecated", None, "an operation's deprecation was withdrawn",
        "It works as it did.");
    TAGS_CHANGED = interface("tags-changed", None, "an operation's tags changed",
        "Tags aren't on the wire. Generators sort operations by them, so it is more than documentation.");

    SECURITY_RELAXED = interface("security-relaxed", Widens, "fewer credentials are asked for, or others do as well",
        "Requests that were let in still are.");
    SECURITY_TIGHTENED = interface("security-tightened", Narrows, "more credentials are asked for, or fewer do",
        "Requests that were let in may be refused.");
    SECURITY_CHANGED = interface("security-changed", Incomparable, "other credentials are asked for",
        "Requests with the old ones are refused.");
    SECURITY_SCHEME_CHANGED = interface("security-scheme-changed", Incomparable,
        "credentials are presented or obtained another way", "Requests with the old ones are refused.");
    SECURITY_SCHEME_ADDED = interface("security-scheme-added", None, "a security scheme was declared that nothing uses",
        "No operation needs it.");
    SECURITY_SCHEME_REMOVED = interface("security-scheme-removed", None, "a security scheme was removed that nothing used",
        "No operation needed it.");
    OAUTH_FLOW_ADDED = interface("oauth-flow-added", Widens, "a way to obtain a token was added",
        "The old ones remain.");
    OAUTH_FLOW_REMOVED = interface("oauth-flow-removed", Narrows, "a way to obtain a token was removed",
        "Callers may be using it.");
    OAUTH_SCOPE_ADDED = interface("oauth-scope-added", None, "a scope was declared",
        "Nobody has to ask for it; an operation that needs it is reported for itself.");
    OAUTH_SCOPE_REMOVED = interface("oauth-scope-removed", Narrows, "a scope is not declared any more",
        "Callers that ask for it may be refused a token.");

    SERVER_ADDED = interface("server-added", Widens, "a server was added", "The old ones remain.");
    SERVER_REMOVED = interface("server-removed", Narrows, "a server was removed", "Callers may be using it.");
    SERVER_REPLACED = interface("server-replaced", Incomparable, "a server has another URL",
        "The document no longer promises anything at the old URL.");
    SERVER_VARIABLE_CHANGED = interface("server-variable-changed", None, "a server variable's default changed",
        "Callers that set the variable notice nothing.");
    SERVER_VARIABLE_WIDENED = interface("server-variable-widened", Widens, "a server variable takes more values",
        "The old ones remain.");
    SERVER_VARIABLE_NARROWED = interface("server-variable-narrowed", Narrows, "a server variable takes fewer values",
        "Callers may be using one of the others.");

    CALLBACK_ADDED = interface("callback-added", Widens, "a callback was added",
        "It is made to an address the caller gives, so callers that give none get none.");
    CALLBACK_REMOVED = interface("callback-removed", Narrows, "a callback was removed",
        "Callers may be waiting for it.");
    CALLBACK_RENAMED = interface("callback-renamed", None, "a callback was renamed", NAME);
    CALLBACK_MOVED = interface("callback-moved", Incomparable, "a callback is made to another address",
        "Callers wait for it at the old one.");

    COMPONENT_RENAMED = interface("component-renamed", None, "a component was renamed", NAME);
    COMPONENT_REMOVED = interface("component-removed", None, "a component was removed that nothing used",
        "It isn't on the wire. The verdict on Rust covers generated code.");
    UNKNOWN_KEYWORD_CHANGED = interface("unknown-keyword-changed", Unknown,
        "a keyword changed that OpenAPI 3.0 doesn't have, or a value it doesn't allow",
        "The effect on messages isn't known.");
}
