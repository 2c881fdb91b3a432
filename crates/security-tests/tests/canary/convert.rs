//! Tests of the notices of a conversion.

use std::cell::RefCell;
use std::io;

use gorgias_convert::{Conversion, Map, Notice, Observer};
use security_tests::canary::Canaries;
use security_tests::client::chain;
use serde_json::json;

/// Keeps every notice, in its `Debug` form and as JSON.
#[derive(Default)]
struct Notices(RefCell<String>);

impl Notices {
    fn add(&self, text: &str) {
        self.0.borrow_mut().push_str(text);
        self.0.borrow_mut().push('\n');
    }

    /// Runs a conversion, and keeps its result.
    fn run(&self, conversion: &Conversion) {
        match conversion.run(&mut io::sink(), self) {
            Ok(summary) => self.add(&format!("{summary:?}")),
            Err(error) => {
                for error in chain(&error) {
                    self.add(&format!("{error} {error:?}"));
                }
            }
        }
        self.add(&format!("{conversion:?}"));
    }
}

impl Observer for Notices {
    fn notice(&self, notice: &Notice) -> io::Result<()> {
        self.add(&format!("{notice:?}"));
        self.add(&serde_json::to_string(notice)?);
        Ok(())
    }
}

#[test]
fn a_report_of_a_zendesk_export_holds_nothing_that_a_customer_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let mut canaries = Canaries::default();
    let mut word = |name| canaries.add(name);
    let customer = json!({
        "id": 7, "name": word("name"), "email": format!("{}@example.com", word("email")),
        "phone": word("phone"), "role": "end-user", "locale": word("locale"),
        "notes": word("notes of a user"), "user_fields": {"size": word("field of a user")},
    });
    let other =
        json!({"id": 8, "name": word("cc"), "email": word("no address"), "role": "end-user"});
    let comment = |id: u64, public: serde_json::Value, text: &str| {
        json!({
            "id": id, "author_id": 7, "public": public, "body": text,
            "html_body": format!("<p>{text}</p>"), "created_at": text,
            "attachments": [{"id": 1, "file_name": format!("{text}.pdf"), "content_url": text}],
            "metadata": {"system": {"message_id": format!("<{text}>\n"), "location": text}},
            "data": {"transcription_text": text, "to": text}, "more": text,
        })
    };
    let (text, odd) = (word("body"), word("odd value"));
    let ticket = json!({
        "id": 1, "subject": format!("{}\n{}", word("subject"), "x".repeat(1000)),
        "requester_id": 7, "collaborator_ids": [8, 9], "created_at": word("time"),
        "status": "open", "recipient": format!("{}\0", word("recipient")),
        "tags": [format!("{}\n", word("tag")), ""], "description": word("description"),
        "custom_fields": [{"id": 5, "value": word("field")}, {"id": 6, "value": [odd]}],
        "satisfaction_rating": {"comment": word("rating")}, "external_id": word("external id"),
        "comments": [comment(1, json!(true), &text), comment(2, json!(odd), &text)],
    });
    let broken = word("broken");
    let lines = [
        ticket.to_string(),
        format!("{{\"id\":2,\"subject\":\"{broken}"),
        format!("{broken} {{}}"),
        format!("{{\"subject\":\"{broken}\"}}"),
        format!("{{\"id\":3,\"subject\":\"{broken} \\ud800\",\"comments\":[{{\"id\":4}}]}}"),
        format!("{{\"id\":4,\"subject\":{broken}}}"),
    ];
    let tickets = folder.path().join("tickets");
    std::fs::write(&tickets, lines.join("\n")).unwrap();
    let users = folder.path().join("users");
    let nobody = json!({"name": word("nobody")});
    std::fs::write(
        &users,
        format!("{customer}\n{other}\n{nobody}\n{{\"{broken}\":"),
    )
    .unwrap();
    let comments = folder.path().join("comments");
    let orphan = json!({"id": 3, "ticket_id": 99, "body": word("orphan")});
    std::fs::write(
        &comments,
        format!("{orphan}\n{{\"id\":1,\"body\":\"{broken}\"}}"),
    )
    .unwrap();
    let map = Map::from_toml("[custom_fields]\n5 = { id = 1, type = \"number\" }").unwrap();

    let told = Notices::default();
    let conversion = Conversion::zendesk(&tickets)
        .users(&users)
        .comments(&comments)
        .map(map);
    told.run(&conversion);
    let told = told.0.into_inner();
    for kind in [
        "Unreadable",
        "Orphan",
        "Mended",
        "Cut",
        "Unusable",
        "TimeGuessed",
        "NotCarried",
    ] {
        assert!(told.contains(kind), "{kind}: {told}");
    }
    let found = canaries.found_in(told.as_bytes());
    assert!(found.is_empty(), "{found:?}\n{told}");
}

#[test]
fn a_report_of_a_csv_file_holds_nothing_that_a_customer_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let mut canaries = Canaries::default();
    let mut word = |name| canaries.add(name);
    let mut row = |id: &str| {
        let mut values = vec![id.to_owned()];
        values.extend(
            [
                "subject", "created", "text", "name", "email", "phone", "public", "spam", "tags",
                "size",
            ]
            .map(&mut word),
        );
        values.join(",")
    };
    let header = "id,subject,created,text,customer_name,customer_email,customer_phone,public,spam,\
                  tags,size";
    let rows = [
        header.to_owned(),
        row("1"),
        row(""),
        row("1"),
        format!("{},more", row("2")),
    ];
    let tickets = folder.path().join("tickets.csv");
    std::fs::write(&tickets, rows.join("\n")).unwrap();
    let told = Notices::default();
    told.run(&Conversion::csv(&tickets));
    let grouped = Map::from_toml("csv.group = \"id\"").unwrap();
    told.run(&Conversion::csv(&tickets).map(grouped));
    let told = told.0.into_inner();
    for kind in [
        "Unreadable",
        "TimeGuessed",
        "Unusable",
        "Unmapped",
        "Conflict",
    ] {
        assert!(told.contains(kind), "{kind}: {told}");
    }
    let found = canaries.found_in(told.as_bytes());
    assert!(found.is_empty(), "{found:?}\n{told}");
}
