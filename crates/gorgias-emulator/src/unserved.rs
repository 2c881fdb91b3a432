//! The operations of the service that the document leaves out, for the list of
//! operations that the emulator doesn't serve.

/// The id, the method and the path of each operation that the vendor documents and
/// the document leaves out, in the order of paths.
pub(crate) const UNSERVED: [(&str, &str, &str); 49] = [
    ("create_account_setting", "POST", "/api/account/settings"),
    (
        "update_account_setting",
        "PUT",
        "/api/account/settings/{id}",
    ),
    ("delete_customers", "DELETE", "/api/customers"),
    ("create_integration", "POST", "/api/integrations"),
    ("delete_integration", "DELETE", "/api/integrations/{id}"),
    ("update_integration", "PUT", "/api/integrations/{id}"),
    ("list_jobs", "GET", "/api/jobs"),
    ("create_job", "POST", "/api/jobs"),
    ("cancel_job", "DELETE", "/api/jobs/{id}"),
    ("get_job", "GET", "/api/jobs/{id}"),
    ("update_job", "PUT", "/api/jobs/{id}"),
    ("list_macros", "GET", "/api/macros"),
    ("create_macro", "POST", "/api/macros"),
    ("bulk_archive_macros", "PUT", "/api/macros/archive"),
    ("bulk_unarchive_macros", "PUT", "/api/macros/unarchive"),
    ("delete_macro", "DELETE", "/api/macros/{id}"),
    ("get_macro", "GET", "/api/macros/{id}"),
    ("update_macro", "PUT", "/api/macros/{id}"),
    ("search_metric_cards", "GET", "/api/metric-cards"),
    ("get_metric_card", "GET", "/api/metric-cards/{slug}"),
    (
        "list_voice_call_events",
        "GET",
        "/api/phone/voice-call-events",
    ),
    (
        "get_voice_call_event",
        "GET",
        "/api/phone/voice-call-events/{id}",
    ),
    (
        "list_voice_call_recordings",
        "GET",
        "/api/phone/voice-call-recordings",
    ),
    (
        "delete_voice_call_recording",
        "DELETE",
        "/api/phone/voice-call-recordings/{id}",
    ),
    (
        "get_voice_call_recording",
        "GET",
        "/api/phone/voice-call-recordings/{id}",
    ),
    ("list_voice_calls", "GET", "/api/phone/voice-calls"),
    ("get_voice_call", "GET", "/api/phone/voice-calls/{id}"),
    ("get_statistic", "POST", "/api/reporting/stats"),
    ("list_rules", "GET", "/api/rules"),
    ("create_rule", "POST", "/api/rules"),
    ("update_rules_priorities", "POST", "/api/rules/priorities"),
    ("delete_rule", "DELETE", "/api/rules/{id}"),
    ("get_rule", "GET", "/api/rules/{id}"),
    ("update_rule", "PUT", "/api/rules/{id}"),
    ("get_legacy_statistic", "POST", "/api/stats/{name}"),
    (
        "download_legacy_statistic",
        "POST",
        "/api/stats/{name}/download",
    ),
    ("delete_tags", "DELETE", "/api/tags"),
    ("delete_team", "DELETE", "/api/teams/{id}"),
    ("update_team", "PUT", "/api/teams/{id}"),
    ("create_user", "POST", "/api/users"),
    ("delete_user", "DELETE", "/api/users/{id}"),
    ("update_user", "PUT", "/api/users/{id}"),
    ("update_view_items", "PUT", "/api/views/{view_id}/items"),
    ("list_widgets", "GET", "/api/widgets"),
    ("create_widget", "POST", "/api/widgets"),
    ("delete_widget", "DELETE", "/api/widgets/{id}"),
    ("get_widget", "GET", "/api/widgets/{id}"),
    ("update_widget", "PUT", "/api/widgets/{id}"),
    (
        "download_file",
        "GET",
        "/api/{file_type}/download/{domain_hash}/{resource_name}",
    ),
];

/// Returns the id of the operation that a request is for, if it is one of these.
pub(crate) fn find(method: &str, path: &str) -> Option<&'static str> {
    let mut operations = UNSERVED.iter();
    let is_meant =
        |(_, other, template): &&(&str, &str, &str)| *other == method && matches(template, path);
    operations.find(is_meant).map(|(id, ..)| *id)
}

/// Whether a path is one of a template. A slash at the end makes no difference.
fn matches(template: &str, path: &str) -> bool {
    let mut given = path.strip_suffix('/').unwrap_or(path).split('/');
    let is_same = |segment: &str| {
        let text = given.next();
        text.is_some_and(|text| segment.starts_with('{') || segment == text)
    };
    template.split('/').all(is_same) && given.next().is_none()
}
