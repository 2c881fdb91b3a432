// A program that uses the generated crate in every way that a release must
// not break. It is compiled against the crate as it is, and as it is after
// each addition to the document.

pub fn build(client: &api::Client) -> Result<api::calls::CreateTicket, Box<dyn std::error::Error>> {
    let message = api::types::CreateMessage::new("email", false)
        .via(api::types::Via::Email)
        .body_text("text");
    let mut ticket = api::types::CreateTicket::new(vec![message])
        .status(api::types::TicketStatus::Open)
        .subject("subject")
        .clear_language();
    ticket.messages_mut().truncate(1);
    let _: Option<&str> = ticket.get_subject();
    let _: Option<&[api::types::CreateMessage]> = ticket.get_messages();
    ticket.validate()?;
    api::types::CreateTicket::validate_json(&serde_json::to_value(&ticket)?)?;
    Ok(client.create_ticket(ticket))
}

pub async fn call(client: &api::Client) -> Result<i64, Box<dyn std::error::Error>> {
    let page = client
        .list_tickets()
        .limit(30)
        .order_by("created_datetime:asc")
        .external_id("key")
        .with_timeout(std::time::Duration::from_secs(5))
        .send()
        .await?;
    let ticket = client.get_ticket(page.data[0].id).await?;
    let mut tickets = client.list_tickets().stream();
    while let Some(ticket) = tickets.next().await {
        let _: api::types::TicketCompact = ticket?;
    }
    Ok(ticket.id)
}

pub fn read(ticket: api::types::Ticket) -> Option<String> {
    let api::types::Ticket { id, subject, channel, messages, extra_fields, .. } = ticket;
    let channel = match channel? {
        api::types::Channel::Email => "email".to_string(),
        api::types::Channel::Unknown(value) => value.as_str().to_string(),
        other => other.to_string(),
    };
    let status = |status: api::types::TicketStatus| match status {
        api::types::TicketStatus::Open => true,
        _ => false,
    };
    let _ = (id, status, extra_fields.len(), messages.first()?.body_text.as_deref());
    let _: i64 = id;
    Some(format!("{channel} {}", subject?))
}

pub fn send_and_sync()
where
    api::Client: Clone + std::fmt::Debug + Send + Sync,
    api::types::Ticket: Clone + std::fmt::Debug + PartialEq + serde::Serialize + serde::de::DeserializeOwned,
    api::types::Via: Clone + Eq + std::hash::Hash + std::str::FromStr + AsRef<str> + for<'a> From<&'a str>,
{
}
