//! Converts statuses, priorities, channels and languages for which the map has no entry.

pub(crate) fn status(value: &str) -> Option<&'static str> {
    Some(match value.to_lowercase().as_str() {
        "new" | "open" | "pending" | "hold" | "on-hold" | "on hold" | "waiting" => "open",
        "solved" | "closed" | "resolved" | "done" | "archived" => "closed",
        _ => return None,
    })
}

pub(crate) fn priority(value: &str) -> Option<&'static str> {
    Some(match value.to_lowercase().as_str() {
        "urgent" | "critical" => "critical",
        "high" => "high",
        "normal" | "medium" => "normal",
        "low" => "low",
        _ => return None,
    })
}

/// Converts a channel of the source. E-mail and phone become `email` and `phone`, which
/// the service is known to accept with the data of an export. Other known channels
/// become `api`, because auto-replies are said not to run on it. The map can set
/// another channel.
pub(crate) fn channel(value: &str) -> Option<&'static str> {
    Some(match value.to_lowercase().as_str() {
        "email" | "e-mail" | "mail" => "email",
        "phone" | "voice" | "phone_call_inbound" | "phone_call_outbound" | "voicemail" => "phone",
        "api"
        | "web"
        | "web_form"
        | "web_widget"
        | "web_service"
        | "help_center"
        | "mobile"
        | "mobile_sdk"
        | "chat"
        | "messaging"
        | "native_messaging"
        | "chat_transcript"
        | "rule"
        | "system"
        | "batch"
        | "import"
        | "sample_ticket"
        | "side_conversation"
        | "follow_up"
        | "closed_ticket"
        | "answer_bot_for_web_widget" => "api",
        _ => return None,
    })
}

/// The code of a language from a locale such as `en-US`.
pub(crate) fn language(locale: &str) -> Option<String> {
    let code = locale.trim().split(['-', '_']).next()?.to_lowercase();
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    is_code.then_some(code)
}
