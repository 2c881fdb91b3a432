//! Rules for operations, security, servers, callbacks and components.

use super::rules;
use crate::compatibility::Effect::{Incomparable, Narrows, None, Unknown, Widens};

const NAME: &str = "Messages don't contain the name. The verdict on Rust covers generated code.";

rules! {
    PATH_ADDED = interface("path-added", Widens, "a path was added", "Callers may use the path.");
    PATH_REMOVED = interface("path-removed", Narrows, "a path was removed with all its operations",
        "Callers may be using the operations, even if these were deprecated before.");
    PATH_RENAMED = interface("path-renamed", Incomparable, "operations moved to another path",
        "Requests to the old path fail.");
    PATH_PARAMETER_RENAMED = interface("path-parameter-renamed", None, "a path parameter was renamed",
        "A request contains the parameter's value, but not its name. The verdict on Rust covers generated code.");
    OPERATION_ADDED = interface("operation-added", Widens, "an operation was added", "Callers may use the operation.");
    OPERATION_REMOVED = interface("operation-removed", Narrows, "an operation was removed",
        "Callers may be using the operation, even if it was deprecated before.");
    METHOD_CHANGED = interface("method-changed", Incomparable, "an operation moved to another method",
        "Requests with the old method fail.");
    OPERATION_ID_ADDED = interface("operation-id-added", None, "an operation got an operationId", NAME);
    OPERATION_ID_REMOVED = interface("operation-id-removed", None, "an operation lost its operationId", NAME);
    OPERATION_ID_RENAMED = interface("operation-id-renamed", None, "an operationId was renamed", NAME);
    OPERATION_DEPRECATED = interface("operation-deprecated", None, "an operation was deprecated",
        "The operation still works. Callers are advised not to use it.");
    OPERATION_UNDEPRECATED = interface("operation-undeprecated", None, "an operation's deprecation was withdrawn",
        "The operation works as before.");
    TAGS_CHANGED = interface("tags-changed", None, "an operation's tags changed",
        "Messages don't contain tags. Some generators group operations by tags, so the change is more than documentation.");

    SECURITY_RELAXED = interface("security-relaxed", Widens, "fewer credentials are required, or other credentials are accepted too",
        "Requests that were accepted are still accepted.");
    SECURITY_TIGHTENED = interface("security-tightened", Narrows, "more credentials are required, or some are no longer accepted",
        "Requests that were accepted may be refused.");
    SECURITY_CHANGED = interface("security-changed", Incomparable, "other credentials are required",
        "Requests with the old credentials are refused.");
    SECURITY_SCHEME_CHANGED = interface("security-scheme-changed", Incomparable,
        "credentials are presented or obtained in another way",
        "Requests that present the credentials in the old way are refused.");
    SECURITY_SCHEME_ADDED = interface("security-scheme-added", None, "a security scheme was declared that no operation uses",
        "No operation requires the scheme.");
    SECURITY_SCHEME_REMOVED = interface("security-scheme-removed", None, "a security scheme was removed that no operation used",
        "No operation required the scheme.");
    OAUTH_FLOW_ADDED = interface("oauth-flow-added", Widens, "a way to obtain a token was added",
        "The old ways remain.");
    OAUTH_FLOW_REMOVED = interface("oauth-flow-removed", Narrows, "a way to obtain a token was removed",
        "Callers may be obtaining their tokens in this way.");
    OAUTH_SCOPE_ADDED = interface("oauth-scope-added", None, "a scope was declared",
        "Callers need the scope only if an operation requires it, which has a rule of its own.");
    OAUTH_SCOPE_REMOVED = interface("oauth-scope-removed", Narrows, "a scope is no longer declared",
        "Callers that ask for the scope may be refused a token.");

    SERVER_ADDED = interface("server-added", Widens, "a server was added", "The old servers remain.");
    SERVER_REMOVED = interface("server-removed", Narrows, "a server was removed", "Callers may be using the server.");
    SERVER_REPLACED = interface("server-replaced", Incomparable, "a server has another URL",
        "The document no longer promises anything at the old URL.");
    SERVER_VARIABLE_CHANGED = interface("server-variable-changed", None, "a server variable's default changed",
        "Callers that set the variable notice nothing.");
    SERVER_VARIABLE_WIDENED = interface("server-variable-widened", Widens, "a server variable allows more values",
        "The old values remain.");
    SERVER_VARIABLE_NARROWED = interface("server-variable-narrowed", Narrows, "a server variable allows fewer values",
        "Callers may be using a removed value.");

    CALLBACK_ADDED = interface("callback-added", Widens, "a callback was added",
        "The service calls an address that the caller gives, so callers that give no address get no callback.");
    CALLBACK_REMOVED = interface("callback-removed", Narrows, "a callback was removed",
        "Callers may be waiting for the callback.");
    CALLBACK_RENAMED = interface("callback-renamed", None, "a callback was renamed", NAME);
    CALLBACK_MOVED = interface("callback-moved", Incomparable, "a callback is made to another address",
        "Callers wait for the callback at the old address.");

    COMPONENT_RENAMED = interface("component-renamed", None, "a component was renamed", NAME);
    COMPONENT_REMOVED = interface("component-removed", None, "a component was removed that no operation used",
        "No message contained the component. The verdict on Rust covers generated code.");
    UNKNOWN_KEYWORD_CHANGED = interface("unknown-keyword-changed", Unknown,
        "a keyword changed that OpenAPI 3.0 doesn't have, or a value it doesn't allow",
        "The effect on messages is unknown.");
}
