//! Each kind of ticket, as the emulator takes it.

use chrono::{TimeZone, Utc};
use gorgias::types::{Channel, TicketPriority, TicketRelationship, TicketStatus, Via};
use gorgias::{Attachment, Contact, Dispatch, NewMessage, NewTicket, Participant, Source};
use serde_json::{Value, json};

use crate::support::{builder, client_of, emulator};

fn body(ticket: &NewTicket) -> Value {
    serde_json::from_str(&ticket.to_json().unwrap()).unwrap()
}

#[tokio::test]
async fn a_customer_asks_through_code() {
    let emulator = emulator();
    let ticket = NewTicket::from_customer("jane@example.com")
        .subject("Where is my order?")
        .text("Order 1234 has\nnot <arrived>.");
    assert_eq!(
        body(&ticket),
        json!({
            "channel": "api",
            "via": "api",
            "from_agent": false,
            "customer": {"email": "jane@example.com"},
            "subject": "Where is my order?",
            "messages": [{
                "channel": "api",
                "via": "api",
                "from_agent": false,
                "sender": {"email": "jane@example.com"},
                "body_text": "Order 1234 has\nnot <arrived>.",
                "body_html": "Order 1234 has<br>not &lt;arrived&gt;.",
                "stripped_text": "Order 1234 has\nnot <arrived>.",
            }],
        })
    );
    let created = client_of(&emulator).tickets().create(ticket).await.unwrap();
    assert_eq!(created.metadata().status(), 201);
    assert_eq!(created.metadata().attempts(), 1);
    assert!(created.metadata().request_id().is_some());
    assert_eq!(created.ticket.status, Some(TicketStatus::Open));
    assert_eq!(
        created.ticket.subject.as_deref(),
        Some("Where is my order?")
    );
    assert_eq!(created.ticket.messages.len(), 1);
    assert_eq!(emulator.ticket_count(), 1);
}

#[tokio::test]
async fn an_e_mail_comes_in() {
    let emulator = emulator();
    let ticket = NewTicket::incoming_email(
        Contact::email("sam@example.com").name("Sam Poe"),
        Contact::email("support@acme.example").name("Acme support"),
    )
    .subject("Broken on arrival")
    .text("The vase came in two pieces.");
    let message = &body(&ticket)["messages"][0];
    assert_eq!(message["from_agent"], false);
    assert_eq!(message["via"], "email");
    assert_eq!(message.get("receiver"), None);
    assert_eq!(message.get("stripped_text"), None);
    assert_eq!(
        message["source"],
        json!({
            "type": "email",
            "from": {"name": "Sam Poe", "address": "sam@example.com"},
            "to": [{"name": "Acme support", "address": "support@acme.example"}],
        })
    );
    let created = client_of(&emulator).tickets().create(ticket).await.unwrap();
    assert_eq!(created.ticket.channel, Some(Channel::Email));
    assert_eq!(created.ticket.via, Some(Via::Email));
}

#[tokio::test]
async fn an_outgoing_e_mail_says_whether_it_was_sent() {
    let emulator = emulator();
    let sent = Utc.with_ymd_and_hms(2026, 3, 2, 11, 0, 5).unwrap();
    let ticket = |dispatch| {
        NewTicket::outgoing_email(
            Contact::email("agent@acme.example"),
            "support@acme.example",
            "jane@example.com",
            dispatch,
        )
        .subject("Your refund")
        .html("<p>We have refunded order 1234.</p>")
    };
    let recorded = ticket(Dispatch::AlreadySentAt(sent));
    let to_send = ticket(Dispatch::SendNow);
    let message = &body(&recorded)["messages"][0];
    assert_eq!(message["sent_datetime"], "2026-03-02T11:00:05Z");
    assert_eq!(message["from_agent"], true);
    assert_eq!(message["sender"], json!({"email": "agent@acme.example"}));
    assert_eq!(message["receiver"], json!({"email": "jane@example.com"}));
    assert_eq!(message["body_html"], "<p>We have refunded order 1234.</p>");
    assert_eq!(message.get("body_text"), None);
    assert_eq!(body(&to_send)["messages"][0].get("sent_datetime"), None);

    let client = client_of(&emulator);
    let created = client.tickets().create(recorded).await.unwrap();
    assert_eq!(created.ticket.messages[0].sent_datetime, Some(sent));
    client.tickets().create(to_send).await.unwrap();
    assert_eq!(emulator.ticket_count(), 2);
}

#[tokio::test]
async fn a_note_stays_among_agents() {
    let emulator = emulator();
    let ticket = NewTicket::internal_note("agent@acme.example")
        .customer("jane@example.com")
        .subject("Warehouse is flooded")
        .text("Expect late deliveries until Friday.");
    let sent = body(&ticket);
    assert_eq!(sent["channel"], "api");
    assert_eq!(sent["from_agent"], true);
    let message = &sent["messages"][0];
    assert_eq!(message["channel"], "internal-note");
    assert_eq!(message["public"], false);
    assert_eq!(message.get("receiver"), None);
    assert_eq!(message.get("source"), None);
    let created = client_of(&emulator).tickets().create(ticket).await.unwrap();
    assert_eq!(created.ticket.messages[0].public, Some(false));
}

#[tokio::test]
async fn a_conversation_of_several_messages_is_kept_in_order() {
    let emulator = emulator();
    let earlier = Utc.with_ymd_and_hms(2026, 3, 1, 9, 0, 0).unwrap();
    let ticket = NewTicket::from_customer(Contact::email("jane@example.com"))
        .text("Where is it?")
        .message(
            NewMessage::outgoing(
                Channel::Sms,
                "agent@acme.example",
                "jane@example.com",
                Dispatch::AlreadySentAt(earlier),
            )
            .text("On its way."),
        )
        .message(NewMessage::incoming(Channel::Phone, "jane@example.com").text("Thanks."));
    let created = client_of(&emulator).tickets().create(ticket).await.unwrap();
    let texts: Vec<_> = created
        .ticket
        .messages
        .iter()
        .map(|message| message.body_text.as_deref())
        .collect();
    assert_eq!(
        texts,
        [Some("Where is it?"), Some("On its way."), Some("Thanks.")]
    );
}

#[test]
fn every_field_of_a_ticket_and_a_message_can_be_set() {
    let time = Utc.with_ymd_and_hms(2026, 3, 2, 11, 0, 5).unwrap();
    let jane = Participant::from(Contact::email("jane@example.com").name("Jane Doe"))
        .external_id("c-1")
        .note("Prefers calls.")
        .timezone("Europe/Paris")
        .language("fr")
        .meta("plan", "gold")
        .channel("phone", "+15550100100");
    let message = NewMessage::incoming("carrier-pigeon", jane.clone())
        .channel(Channel::Email)
        .from_agent(false)
        .receiver(jane)
        .source(
            Source::new("email")
                .from("jane@example.com")
                .to("support@acme.example")
                .cc("cc@example.com")
                .bcc(Contact::email("bcc@example.com"))
                .extra(json!({"include_thread": true})),
        )
        .attachment(
            Attachment::new("https://files.example.com/a.png", "a.png", "image/png")
                .size(1024)
                .public(false)
                .extra("x"),
        )
        .macro_id(3)
        .action(json!({"type": "http"}))
        .header("X-Mailer", "pigeon")
        .meta("current_page", "https://acme.example")
        .mention_id(3107)
        .last_sending_error("bounced")
        .body_text("text")
        .body_html("<p>text</p>")
        .via(Via::Email)
        .public(true)
        .subject("subject")
        .external_id("m-1")
        .message_id("<1@mail.example.com>")
        .integration_id(5)
        .stripped_text("text")
        .stripped_html("<p>text</p>")
        .stripped_signature("Jane")
        .created_datetime(time)
        .sent_datetime(time)
        .failed_datetime(time)
        .deleted_datetime(time)
        .opened_datetime(time);
    let ticket = NewTicket::new(message)
        .customer(Contact::id(1).name("Jane"))
        .assignee_user(1)
        .assignee_team(2)
        .tag("vip")
        .tags(["a", "b"])
        .custom_field(2041, "Shipping::Late")
        .meta("source", "test")
        .subject("subject")
        .external_id("t-1")
        .channel("email")
        .via("email")
        .priority(TicketPriority::High)
        .status(TicketStatus::Closed)
        .language("fr")
        .from_agent(false)
        .spam(false)
        .imported(true)
        .split_from(3)
        .created_datetime(time)
        .opened_datetime(time)
        .closed_datetime(time)
        .updated_datetime(time)
        .trashed_datetime(time)
        .snooze_datetime(time)
        .last_message_datetime(time)
        .last_received_message_datetime(time);
    ticket.validate().unwrap();
    let sent = body(&ticket);
    assert_eq!(sent["split_from"], 3);
    assert_eq!(sent["messages"][0]["channel"], "email");
    assert_eq!(sent["messages"][0]["sender"]["language"], "fr");
    assert_eq!(sent["messages"][0]["attachments"][0]["size"], 1024);
}

#[tokio::test]
async fn an_e_mail_that_is_built_says_where_it_came_from_and_goes() {
    let pointers = |ticket: NewTicket| -> Vec<String> {
        let error = ticket.validate().expect_err("is no whole e-mail");
        let violations = error.violations().into_iter().flatten();
        violations
            .map(|violation| violation.pointer().to_owned())
            .collect()
    };
    let jane = || Contact::email("jane@example.com");
    let bare = [
        NewMessage::incoming("email", jane()),
        NewMessage::incoming(Channel::Phone, jane()).channel("email"),
        NewMessage::from_customer(jane()).channel(Channel::Email),
        NewMessage::internal_note("agent@acme.example").channel("email"),
        NewMessage::outgoing("email", "agent@acme.example", jane(), Dispatch::SendNow),
    ];
    for message in bare {
        assert_eq!(pointers(message.clone().into()), ["/messages/0/source"]);
        // Nor beside messages that were written elsewhere.
        let written = json!({"messages": [{"channel": "email", "from_agent": false}]});
        let ticket = NewTicket::from_value(written).unwrap();
        ticket.validate().unwrap();
        assert_eq!(pointers(ticket.message(message)), ["/messages/1/source"]);
    }
    let ticket = NewTicket::from_customer(jane()).text("Hello.");
    let by_id = NewTicket::incoming_email(Contact::id(7), "support@acme.example");
    assert_eq!(pointers(by_id), ["/messages/0/source/from/address"]);
    let to_id = NewMessage::outgoing_email(
        "agent@acme.example",
        "support@acme.example",
        Contact::id(7),
        Dispatch::SendNow,
    );
    assert_eq!(pointers(to_id.into()), ["/messages/0/source/to/0/address"]);
    let one_end = NewMessage::incoming("email", jane()).source(Source::new("email").from(jane()));
    assert_eq!(
        pointers(one_end.into()),
        ["/messages/0/source/to/0/address"]
    );
    // A ticket's channel is not a message's.
    let emulator = emulator();
    let ticket = ticket.channel("email");
    client_of(&emulator).tickets().create(ticket).await.unwrap();
}

#[tokio::test]
async fn a_customer_may_have_a_phone_number_alone() {
    let emulator = emulator();
    let tickets = client_of(&emulator).tickets();
    let sam = || Contact::phone("+1 (555) 123-45.67").name("Sam Poe");
    let number = json!([{"type": "phone", "address": "+15551234567"}]);
    let agent = "agent@acme.example";
    let incoming: NewTicket = NewMessage::incoming("sms", sam()).text("Hello.").into();
    let outgoing = NewMessage::outgoing("sms", agent, sam(), Dispatch::SendNow).text("Hello.");
    for (ticket, role) in [
        (NewTicket::from_customer(sam()).text("Hello."), "sender"),
        (incoming, "sender"),
        (outgoing.into(), "receiver"),
    ] {
        let sent = body(&ticket);
        let person = &sent["messages"][0][role];
        assert_eq!(person["channels"], number);
        assert_eq!(person.get("id"), None);
        assert_eq!(sent.get("customer"), None);
        let created = tickets.create(ticket).await.unwrap();
        let customer = created.ticket.customer.unwrap();
        assert_eq!(customer.name.as_deref(), Some("Sam Poe"));
    }
    let way = Source::new("sms").from(sam()).to("+15550000000");
    let message = NewMessage::incoming("sms", Contact::channel("whatsapp", "+15551234567"));
    let sent = body(&message.source(way).into());
    let message = &sent["messages"][0];
    assert_eq!(message["source"]["from"]["address"], "+15551234567");
    assert_eq!(message["sender"]["channels"][0]["type"], "whatsapp");
    let shop = body(&NewTicket::from_customer(Contact::external_id("c-17")));
    assert_eq!(
        shop["messages"][0]["sender"],
        json!({"external_id": "c-17"})
    );
}

#[test]
fn who_can_not_be_named_like_that_is_a_violation() {
    let pointers = |ticket: NewTicket| -> Vec<String> {
        let error = ticket.validate().expect_err("names nobody");
        let violations = error.violations().into_iter().flatten();
        violations
            .map(|violation| violation.pointer().to_owned())
            .collect()
    };
    for number in [
        "5551234567",
        "+",
        "+1 555 CALL",
        "id:7",
        "+1234567890123456",
        "",
    ] {
        let ticket = NewTicket::from_customer(Contact::phone(number));
        let pointer = "/messages/0/sender/channels/0/address";
        assert_eq!(pointers(ticket), [pointer], "{number}");
    }
    for email in [
        "",
        "no at",
        "@",
        "jane@",
        "+15551234567",
        "a@b@c",
        "jane@example.com\n",
    ] {
        let both = ["/customer/email", "/messages/0/sender/email"];
        let mut found = pointers(NewTicket::from_customer(email));
        found.sort();
        found.dedup();
        assert_eq!(found, both, "{email}");
        let text = json!({
            "customer": {"email": email},
            "messages": [{"channel": "email", "from_agent": false, "sender": {"email": email},
                "source": {"type": "email", "from": {"address": email},
                    "to": [{"address": "support@acme.example"}, {"address": email}]}}]
        });
        let error = NewTicket::from_value(text).expect_err("names nobody");
        let mut found: Vec<_> = error
            .violations()
            .into_iter()
            .flatten()
            .map(|violation| violation.pointer())
            .collect();
        found.sort_unstable();
        found.dedup();
        let way = [
            "/messages/0/source/from/address",
            "/messages/0/source/to/1/address",
        ];
        assert_eq!(found, [both[0], both[1], way[0], way[1]], "{email}");
        let mail = NewMessage::incoming_email(Contact::id(7), email)
            .source(Source::new("email").from("jane@example.com").to(email));
        assert_eq!(
            pointers(mail.into()).first().map(String::as_str),
            Some("/messages/0/source/to/0/address"),
            "{email}"
        );
    }
    // Odd, and in use.
    NewTicket::from_customer("jane..doe@docomo.ne.jp")
        .validate()
        .unwrap();
    let nobody =
        NewTicket::internal_note("agent@acme.example").customer(Contact::phone("+15551234567"));
    assert_eq!(pointers(nobody), ["/customer"]);
}

#[tokio::test]
async fn a_ticket_can_be_read_back() {
    let emulator = emulator();
    let client = client_of(&emulator);
    let ticket = NewTicket::from_customer("jane@example.com")
        .text("Hello.")
        .custom_field(7, "x");
    let created = client.tickets().create(ticket).await.unwrap();
    let read = client
        .tickets()
        .get(created.ticket.id)
        .relationships(vec![TicketRelationship::CustomFields])
        .await
        .unwrap();
    assert_eq!(read.id, created.ticket.id);
    assert_eq!(read.messages[0].id, created.ticket.messages[0].id);
    assert_eq!(read.metadata().status(), 200);
    let paths: Vec<_> = emulator
        .requests()
        .into_iter()
        .map(|seen| seen.path)
        .collect();
    assert!(
        paths[1].ends_with("?relationships=custom_fields"),
        "{paths:?}"
    );
}

#[tokio::test]
async fn requests_name_the_library_and_the_application() {
    let emulator = emulator();
    let client = crate::support::builder()
        .user_agent("acme-sync/2.1")
        .service(emulator.service())
        .build()
        .unwrap();
    client.tickets().list().await.unwrap();
    let agent = emulator.requests()[0].user_agent.clone().unwrap();
    assert_eq!(
        &*agent,
        concat!("gorgias-rust/", env!("CARGO_PKG_VERSION"), " acme-sync/2.1")
    );
}

#[tokio::test]
async fn the_generated_client_underneath_is_signed_in_too() {
    let emulator = emulator();
    let client = client_of(&emulator);
    let list = client.api().list_tickets().send().await.unwrap();
    assert!(list.into_inner().data.is_empty());
}

#[test]
fn a_file_of_a_ticket_is_one_of_its_first_message() {
    let file = || Attachment::new("https://files.example.com/a.png", "a.png", "image/png");
    let first = NewMessage::from_customer("jane@example.com").text("Look.");
    let ticket = NewTicket::new(first)
        .message(NewMessage::internal_note("agent@acme.example").text("Broken."));
    let written = NewTicket::from_json(&ticket.to_json().unwrap()).unwrap();
    for ticket in [ticket, written] {
        let ticket = ticket.attachment(file()).attachment(file());
        let sent: Value = serde_json::from_str(&ticket.to_json().unwrap()).unwrap();
        let files = |index: usize| {
            sent["messages"][index]["attachments"]
                .as_array()
                .map(Vec::len)
        };
        assert_eq!((files(0), files(1)), (Some(2), None));
        assert_eq!(sent["messages"][0]["body_text"], "Look.");
    }
}

#[tokio::test]
async fn attachments_come_from_public_hosts_unless_anything_is_allowed() {
    let files = [
        ("https://files.example.com/a.png", true),
        ("http://files.example.com/a.png", false),
        ("file:///etc/passwd", false),
        ("data:text/html,x", false),
        ("https://127.0.0.1/a.png", false),
        ("https://169.254.169.254/latest", false),
    ];
    for (url, public) in files {
        let message = NewMessage::from_customer("jane@example.com")
            .text("Look.")
            .attachment(Attachment::new(url, "a.png", "image/png"));
        let written = NewTicket::from(message.clone()).to_json().unwrap();
        for ticket in [
            NewTicket::from(message),
            NewTicket::from_json(&written).unwrap(),
        ] {
            let emulator = emulator();
            let strict = client_of(&emulator);
            let result = strict.tickets().create(ticket.clone()).await;
            assert_eq!(result.is_ok(), public, "{url}");
            assert_eq!(emulator.request_count(), u64::from(public), "{url}");
            if let Err(error) = result {
                let text = error.to_string();
                assert!(text.contains("/messages/0/attachments/0/url"), "{text}");
                assert!(!text.contains(url), "{text}");
            }
            let lax = builder()
                .service(emulator.service())
                .danger_any_attachment_url()
                .build()
                .unwrap();
            lax.tickets().create(ticket).await.unwrap();
        }
    }
}
