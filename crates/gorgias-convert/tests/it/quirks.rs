//! Oddities of real exports.

use gorgias_convert::{Conversion, NoticeKind};
use serde_json::{Value, json};

use crate::support::{Export, convert, messages};

fn comment(id: i64, author: i64, body: &str) -> Value {
    json!({
        "id": id, "author_id": author, "body": body, "public": true,
        "created_at": "2024-03-01T10:00:00Z"
    })
}

fn ticket(id: i64, comments: &[Value]) -> Value {
    json!({"id": id, "subject": format!("Ticket {id}"), "requester_id": 7, "comments": comments})
}

fn of_page(page: &Value) -> Vec<String> {
    let export = Export::new(&[("tickets", &page.to_string())]);
    let outcome = convert(&Conversion::zendesk(export.path("tickets")));
    assert_eq!(outcome.summary.failures(), 0, "{:?}", outcome.notices);
    let ids = outcome.tickets.iter().map(|ticket| &ticket["external_id"]);
    ids.map(|id| id.as_str().unwrap().to_owned()).collect()
}

#[test]
fn pages_have_other_lists_before_their_tickets_and_other_names_for_them() {
    let tickets = [ticket(1, &[comment(1, 7, "One.")]), ticket(2, &[])];
    let two = ["zendesk:1", "zendesk:2"];
    let sorted = json!({"brands": [{"id": 1}], "metric_sets": [{"id": 2}], "tickets": tickets});
    assert_eq!(of_page(&sorted), two);
    let cursor = json!({
        "after_cursor": "x", "after_url": null, "before_cursor": null, "before_url": null,
        "end_of_stream": true, "tickets": tickets,
    });
    assert_eq!(of_page(&cursor), two);
    let search = json!({"facets": null, "count": 2, "next_page": null, "results": tickets});
    assert_eq!(of_page(&search), two);
    let single = json!({"ticket": tickets[0], "comments": []});
    assert_eq!(of_page(&single), ["zendesk:1"]);
}

#[test]
fn audits_have_comments_among_other_events() {
    let audit = |id: i64, author: i64, body: &str, public: bool| {
        json!({
            "id": id, "ticket_id": 1, "author_id": author, "created_at": "2024-03-01T10:00:00Z",
            "events": [
                {"id": id + 100, "type": "Comment", "body": body, "public": public},
                {"id": id + 200, "type": "Change", "field_name": "status", "value": "open"},
            ],
        })
    };
    let audits = json!({"audits": [audit(1, 7, "One.", true), audit(2, 8, "SECRET", false)]});
    let export = Export::new(&[
        ("tickets", &ticket(1, &[]).to_string()),
        ("audits", &audits.to_string()),
    ]);
    let conversion = Conversion::zendesk(export.path("tickets"));
    let outcome = convert(&conversion.comments(export.path("audits")));
    let said: Vec<_> = messages(&outcome.tickets[0])
        .map(|message| (&message["body_text"], &message["from_agent"]))
        .collect();
    let (one, secret) = (json!("One."), json!("SECRET"));
    assert_eq!(said, [(&one, &json!(false)), (&secret, &json!(true))]);
}

#[test]
fn a_caller_who_is_not_among_the_users_has_the_number_of_the_call() {
    let call = |rel: &str| {
        json!({
            "id": 1, "requester_id": 7, "description": "Call",
            "via": {"channel": "voice", "source": {
                "from": {"phone": "+33123456789"}, "to": {"phone": "+49301234567"}, "rel": rel,
            }},
        })
    };
    for (rel, number) in [("voicemail", "+33123456789"), ("outbound", "+49301234567")] {
        let (_export, conversion) = Export::zendesk(&[call(rel)]);
        let outcome = convert(&conversion);
        let sender = &outcome.tickets[0]["messages"][0]["sender"];
        assert_eq!(sender["channels"][0]["address"], number);
    }
}

#[test]
fn an_attachment_is_a_message_and_so_is_nothing() {
    let mut file = comment(1, 7, "");
    file["attachments"] = json!([{
        "id": 5, "file_name": "a b.png", "content_type": "image/png",
        "content_url": "https://acme.zendesk.com/attachments/token/x/?name=a+b.png",
    }]);
    let (_export, conversion) = Export::zendesk(&[ticket(1, &[file, comment(2, 7, "")])]);
    let outcome = convert(&conversion);
    let sent = &outcome.tickets[0]["messages"];
    assert_eq!(sent[0]["attachments"][0]["name"], "a b.png");
    assert_eq!(sent.as_array().unwrap().len(), 2);
}

#[test]
fn a_version_with_half_a_character_is_a_version() {
    let line = |at: &str, subject: &str| {
        format!(
            r#"{{"id":1,"updated_at":"{at}","subject":"{subject}","requester_id":7,"description":"x"}}"#
        )
    };
    let lines = [
        line("2024-03-01T10:00:00Z", "Old"),
        line("2024-03-02T10:00:00Z", r"New \ud83d"),
    ];
    let export = Export::new(&[("tickets", &lines.join("\n"))]);
    let outcome = convert(&Conversion::zendesk(export.path("tickets")));
    assert_eq!(outcome.tickets.len(), 1);
    assert_eq!(outcome.tickets[0]["subject"], "New \u{fffd}");
    assert_eq!(outcome.notices_of(NoticeKind::Superseded).len(), 1);
}

#[test]
fn ids_and_times_are_texts_or_numbers() {
    let odd = json!({
        "id": "1", "requester_id": "7", "created_at": 1_709_287_200, "updated_at": "1709287200000",
        "subject": "Odd", "comments": [{
            "id": "2", "author_id": "7", "public": "true", "created_at": 1_709_287_200.5,
            "html_body": "<p dir=\"rtl\">שלום</p>",
        }],
    });
    let (_export, conversion) = Export::zendesk(&[odd]);
    let outcome = convert(&conversion);
    let ticket = &outcome.tickets[0];
    assert_eq!(ticket["created_datetime"], "2024-03-01T10:00:00Z");
    assert_eq!(ticket["messages"][0]["public"], true);
    assert_eq!(
        ticket["messages"][0]["sent_datetime"],
        "2024-03-01T10:00:00.500Z"
    );
    assert_eq!(
        ticket["messages"][0]["body_html"],
        "<p dir=\"rtl\">שלום</p>"
    );
}

#[test]
fn a_csv_file_of_a_spreadsheet_is_read() {
    let text = "\u{feff}Ticket ID;Subject;Requester Email;Body;Tags;Created\r\n\
        1;\"Hello; \"\"you\"\"\";jane@example.com;\"Line one\r\nline two\n\nline four\";vip customer,late;2024-03-01 10:00\r\n\
        2;\u{5e9}\u{5dc}\u{5d5}\u{5dd};jo@example.com;x;;1709287200\r\n";
    let (_export, conversion) = Export::csv(text, "");
    let outcome = convert(&conversion);
    let first = outcome.ticket("csv:1");
    assert_eq!(first["subject"], "Hello; \"you\"");
    let body = first["messages"][0]["body_text"].as_str().unwrap();
    assert_eq!(body.replace('\r', ""), "Line one\nline two\n\nline four");
    assert_eq!(
        first["tags"],
        json!([{"name": "vip customer"}, {"name": "late"}])
    );
    let second = outcome.ticket("csv:2");
    assert_eq!(second["created_datetime"], first["created_datetime"]);
    assert_eq!(second["subject"], "\u{5e9}\u{5dc}\u{5d5}\u{5dd}");
}
