//! CSV files.

use gorgias_convert::NoticeKind;
use serde_json::json;

use crate::support::{Export, convert, messages};

#[test]
fn a_row_is_a_ticket() {
    let text = "\u{feff}Ticket ID;Subject;Email;Status;Tags;Created at;Description;Shoe size\r\n\
        7;\"Where is\r\nit?\";jane@example.com;Resolved;\"vip customer, late\";2024-05-06 10:00:00;\"Line one\r\nLine \"\"two\"\"\";42\r\n\
        8;;;Weird;;;Only text;\r\n";
    let (_export, conversion) = Export::csv(text, "prefix = \"old\"");
    let outcome = convert(&conversion);
    let ticket = outcome.ticket("old:7");
    assert_eq!(ticket["subject"], "Where is it?");
    assert_eq!(ticket["status"], "closed");
    assert_eq!(ticket["customer"], json!({"email": "jane@example.com"}));
    assert_eq!(
        ticket["tags"],
        json!([{"name": "vip customer"}, {"name": "late"}])
    );
    let message = &ticket["messages"][0];
    assert_eq!(message["body_text"], "Line one\r\nLine \"two\"");
    assert_eq!(message["created_datetime"], "2024-05-06T10:00:00Z");
    assert_eq!(message["from_agent"], false);
    assert_eq!(ticket["meta"]["old"]["custom_fields"]["Shoe size"], "42");
    assert_eq!(
        outcome.counts(NoticeKind::Unmapped, "statuses"),
        [("Weird", 1)]
    );
    assert_eq!(outcome.ticket("old:8")["status"], "open");
}

const MESSAGES: &str = "\
Conversation,Nr,Von,Rolle,Sichtbar,Wann,Text,Kunde,Status,Kanal\n\
A,1,jane@example.com,Kunde,ja,06/05/2024 12:00,Hello.,jane@example.com,offen,Mail\n\
B,1,carl@example.com,Kunde,ja,06/05/2024 12:01,Hi.,carl@example.com,offen,Mail\n\
A,2,ada@acme.example,Agent,true,06/05/2024 12:02,Answer.,jane@example.com,zu,Mail\n\
A,3,ada@acme.example,Agent,false,06/05/2024 12:03,SECRET note.,jane@example.com,zu,Mail\n\
A,4,ada@acme.example,Agent,who knows,06/05/2024 12:04,SECRET guess.,jane@example.com,zu,Mail\n\
,5,jane@example.com,Kunde,true,06/05/2024 12:05,Of no conversation.,,,\n";

const MAP: &str = r#"
    support_email = "support@acme.example"
    [csv]
    group = "Conversation"
    time_format = "%d/%m/%Y %H:%M"
    utc_offset = "+02:00"
    [csv.columns]
    message_id = "Nr"
    author_email = "Von"
    author_role = "Rolle"
    public = "Sichtbar"
    sent = "Wann"
    text = "Text"
    customer_email = "Kunde"
    status = "Status"
    channel = "Kanal"
    [statuses]
    offen = "open"
    zu = "closed"
    [roles]
    Kunde = "customer"
    [channels]
    Mail = "email"
    [agents]
    "ada@acme.example" = 41
"#;

#[test]
fn rows_of_a_conversation_need_not_be_together() {
    let text = MESSAGES.replace(",ja,", ",yes,");
    let (_export, conversion) = Export::csv(&text, MAP);
    let outcome = convert(&conversion);
    let ids: Vec<_> = outcome
        .tickets
        .iter()
        .map(|ticket| &ticket["external_id"])
        .collect();
    assert_eq!(ids, ["csv:A", "csv:B"]);
    let ticket = &outcome.tickets[0];
    assert_eq!(ticket["status"], "open");
    let said: Vec<_> = messages(ticket)
        .map(|message| {
            let text = |name: &str| message[name].as_str().unwrap();
            (text("external_id"), text("channel"), text("sent_datetime"))
        })
        .collect();
    assert_eq!(
        said,
        [
            ("csv:A/1", "email", "2024-05-06T10:00:00Z"),
            ("csv:A/2", "email", "2024-05-06T10:02:00Z"),
            ("csv:A/3", "internal-note", "2024-05-06T10:03:00Z"),
            ("csv:A/4", "internal-note", "2024-05-06T10:04:00Z"),
        ]
    );
    assert_eq!(ticket["messages"][1]["sender"], json!({"id": 41}));
    assert_eq!(outcome.notices_of(NoticeKind::Conflict).len(), 3);
    let unreadable = outcome.notices_of(NoticeKind::Unreadable);
    assert_eq!((unreadable.len(), unreadable[0].line), (1, Some(7)));
    assert_eq!(outcome.summary.failures(), 1);
}

#[test]
fn a_message_that_may_be_private_is_not_made_public() {
    // "ja" is neither yes nor no to the converter.
    let (_export, conversion) = Export::csv(MESSAGES, MAP);
    let outcome = convert(&conversion);
    for message in outcome.tickets.iter().flat_map(messages) {
        if message["body_text"] != "Answer." {
            assert_eq!(message["public"], false, "{message}");
        }
    }
    assert_eq!(outcome.notices_of(NoticeKind::Unusable).len(), 3);
}

#[test]
fn columns_nobody_knows_are_kept_with_the_message() {
    let text = "id,text,mood\n1,Hello.,fine\n1,Bye.,sad\n";
    let map = "[csv]\ngroup = \"id\"";
    let (_export, conversion) = Export::csv(text, map);
    let outcome = convert(&conversion);
    let moods: Vec<_> = messages(&outcome.tickets[0])
        .map(|message| message["meta"]["csv"]["mood"].as_str().unwrap())
        .collect();
    assert_eq!(moods, ["fine", "sad"]);
    assert_eq!(
        outcome.counts(NoticeKind::Unmapped, "custom_fields"),
        [("mood", 2)]
    );
    let map = format!("{map}\n[custom_fields]\nmood = false");
    let (_export, conversion) = Export::csv(text, &map);
    let outcome = convert(&conversion);
    assert_eq!(outcome.tickets[0]["messages"][0].get("meta"), None);
    assert_eq!(
        outcome.counts(NoticeKind::Dropped, "custom_fields"),
        [("mood", 2)]
    );
}

#[test]
fn an_address_is_one_in_whichever_column_it_is() {
    let text = "id,requester,from,text\n1,jane@example.com,Jane Doe,Hello.\n";
    let (_export, conversion) = Export::csv(text, "");
    let ticket = &convert(&conversion).tickets[0];
    assert_eq!(ticket["customer"], json!({"email": "jane@example.com"}));
}

#[test]
fn an_id_that_is_repeated_is_reported() {
    let (_export, conversion) = Export::csv("id,text\n1,Hello.\n1,Bye.\n", "");
    let outcome = convert(&conversion);
    assert_eq!(outcome.tickets.len(), 1);
    let unreadable = outcome.notices_of(NoticeKind::Unreadable);
    assert!(unreadable[0].detail.contains("csv.group"), "{unreadable:?}");
}

#[test]
fn rows_of_any_length_are_read_with_a_notice() {
    let text = "id,subject,text\n1\n2,Two,Hello.,more\n3,Three,\n";
    let (_export, conversion) = Export::csv(text, "");
    let outcome = convert(&conversion);
    assert_eq!(outcome.tickets.len(), 3);
    assert_eq!(outcome.notices_of(NoticeKind::NoMessages).len(), 2);
    assert_eq!(outcome.notices_of(NoticeKind::NotCarried)[0].line, Some(3));
}

#[test]
fn attachments_are_addresses() {
    let text = "id,text,attachments\n1,Hello.,https://a.example.com/x/bill.pdf https://b.example.com/y.png?z=1\n2,Hi.,c:\\bill.pdf\n";
    let (_export, conversion) = Export::csv(text, "");
    let outcome = convert(&conversion);
    let attachments = &outcome.tickets[0]["messages"][0]["attachments"];
    let names: Vec<_> = attachments
        .as_array()
        .unwrap()
        .iter()
        .map(|attachment| attachment["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["bill.pdf", "y.png"]);
    assert_eq!(outcome.urls.len(), 2);
    let kept = &outcome.tickets[1]["messages"][0]["meta"]["csv"]["attachments"][0];
    assert_eq!(kept["url"], "c:\\bill.pdf");
}

#[test]
fn bytes_that_are_not_utf_8_get_a_notice() {
    let export = Export::new(&[]);
    std::fs::write(export.path("in.csv"), b"id,text\n1,Gr\xfc\xdfe\n").unwrap();
    let conversion = gorgias_convert::Conversion::csv(export.path("in.csv"));
    let outcome = convert(&conversion);
    assert_eq!(outcome.notices_of(NoticeKind::Mended)[0].line, Some(2));
}
