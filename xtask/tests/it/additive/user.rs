// A program that uses the generated crate in every way that a release must
// not break. It is compiled against the crate as it is, and as it is after
// each addition to the document.

pub fn build(client: &api::Client) -> Result<reqwest::Request, Box<dyn std::error::Error>> {
    let message = api::types::CreateMessage::builder()
        .channel("email")
        .via(api::types::Via::Email)
        .from_agent(false)
        .body_text("text".to_string());
    let mut ticket = api::types::CreateTicket::try_from(
        api::types::CreateTicket::builder()
            .messages(vec![message.try_into()?])
            .status(api::types::TicketStatus::Open),
    )?;
    ticket.subject = Some("subject".to_string());
    ticket.validate()?;
    api::types::CreateTicket::validate_json(&serde_json::to_value(&ticket)?)?;
    Ok(client.create_ticket().body(ticket).request()?)
}

pub async fn call(client: &api::Client) -> Result<i64, api::Error<api::ByteStream>> {
    let page = client
        .list_tickets()
        .limit(30)
        .order_by("created_datetime:asc")
        .external_id("key")
        .send()
        .await?;
    let ticket = client.get_ticket().id(page.data[0].id).send().await?;
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
