//! A customer's ticket full of canaries, and the calls that send it.

use std::time::Duration;

use gorgias::token::{AccessToken, TokenFuture, TokenProvider};
use gorgias::{
    Attachment, Client, ClientBuilder, Contact, Error, ExternalId, NewMessage, NewTicket, RateLimit,
};
use security_tests::canary::Canaries;
use security_tests::capture::Capturing;
use serde_json::json;

/// The canaries of one run, and the data that they are in.
pub struct Scenario {
    pub canaries: Canaries,
    login: String,
    key: String,
    token: String,
    pub external_id: ExternalId,
    pub ticket: NewTicket,
}

/// The credentials of the client.
#[derive(Clone, Copy, Debug)]
pub enum Login {
    ApiKey,
    Token,
    Provider,
}

pub const LOGINS: [Login; 3] = [Login::ApiKey, Login::Token, Login::Provider];

struct Provider(String);

impl TokenProvider for Provider {
    fn fetch(&self) -> TokenFuture<'_> {
        Box::pin(async { Ok(AccessToken::new(self.0.clone())) })
    }
}

impl Scenario {
    pub fn new() -> Self {
        let mut canaries = Canaries::default();
        let mut word = |name| canaries.add(name);
        let customer = format!("{}@example.com", word("customer e-mail"));
        let message =
            NewMessage::from_customer(Contact::email(customer).name(word("customer name")))
                .text(word("text"))
                .header("X-Note", word("header"))
                .attachment(Attachment::new(
                    format!("https://files.example.com/{}", word("attachment address")),
                    word("attachment name"),
                    "image/png",
                ));
        let ticket = NewTicket::from(message)
            .subject(word("subject"))
            .tag(word("tag"))
            .meta("note", word("meta"));
        let external_id = ExternalId::derive("shop", word("external id")).unwrap();
        Self {
            login: format!("{}@acme.example", word("login")),
            key: word("key"),
            token: word("token"),
            external_id,
            ticket,
            canaries,
        }
    }

    pub fn builder(&self, login: Login) -> ClientBuilder {
        let builder = Client::builder("acme").rate_limit(RateLimit::off());
        match login {
            Login::ApiKey => builder.api_key(&self.login, &self.key),
            Login::Token => builder.bearer(&self.token),
            Login::Provider => builder.token_provider(Provider(self.token.clone())),
        }
    }

    /// Makes every kind of call, and collects the output.
    pub async fn play(&self, out: &Capturing, builder: ClientBuilder) {
        out.add_debug(&builder);
        out.add_debug(&self.ticket);
        out.add_debug(&self.external_id);
        let client = builder.build().unwrap();
        out.add_debug(&client);
        out.add_debug(client.api());
        let tickets = client.tickets();

        let ticket = || self.ticket.clone();
        let titled = ticket().external_id(self.external_id.as_str());
        let call = tickets.create(titled);
        out.add_debug(&call);
        match call.with_timeout(Duration::from_secs(5)).await {
            Ok(created) => {
                out.add_debug(&created);
                out.add_debug(&created.ticket);
                out.add_debug(created.metadata());
            }
            Err(error) => add(out, &error),
        }
        let call = tickets.create_once(self.external_id.clone(), ticket());
        out.add_debug(&call);
        match call.await {
            Ok(created) => {
                out.add_debug(&created);
                out.add_debug(&created.ticket);
            }
            Err(error) => add(out, &error),
        }
        // A ticket with the same external id and another text.
        let other = ticket().subject("Another");
        if let Err(error) = tickets.create_once(self.external_id.clone(), other).await {
            add(out, &error);
        }
        // A call whose future is dropped.
        let dropped = tickets.create(ticket());
        let _ = tokio::time::timeout(Duration::from_millis(1), dropped).await;

        let call = tickets.find(&self.external_id);
        out.add_debug(&call);
        match call.await {
            Ok(found) => out.add_debug(&found),
            Err(error) => add(out, &error),
        }
        let call = tickets.list().external_id(self.external_id.as_str());
        out.add_debug(&call);
        match call.await {
            Ok(page) => {
                out.add_debug(&page);
                out.add_debug(&page.data);
                if let Some(first) = page.data.first() {
                    match tickets.get(first.id).await {
                        Ok(fetched) => {
                            out.add_debug(&fetched);
                            out.add_debug(&*fetched);
                        }
                        Err(error) => add(out, &error),
                    }
                }
            }
            Err(error) => add(out, &error),
        }
        self.refused_before_sending(out, &client).await;
    }

    /// Invalid tickets and settings, with a canary in the invalid part.
    async fn refused_before_sending(&self, out: &Capturing, client: &Client) {
        let word = self.external_id.as_str();
        let broken = format!("{word}\r\nBcc: x");
        let tickets = [
            self.ticket.clone().subject(&broken),
            self.ticket.clone().subject(word.repeat(200)),
            self.ticket.clone().external_id(word.repeat(200)),
            NewTicket::from_customer(Contact::email(&broken)).text("x"),
        ];
        for ticket in tickets {
            add(out, &client.tickets().create(ticket).await.unwrap_err());
        }
        for body in [
            format!("{{\"{word}"),
            json!({ "messages": word }).to_string(),
            json!({ "messages": [{"channel": 7, "from_agent": word}] }).to_string(),
            json!({ "messages": [], "priority": word, "status": word }).to_string(),
            json!({ "messages": [], format!("{word} and more"): 1 }).to_string(),
        ] {
            add(out, &NewTicket::from_json(&body).unwrap_err());
        }
        for builder in [
            Client::builder(word).api_key(&self.login, &self.key),
            Client::builder("acme").api_key(&broken, &self.key),
            Client::builder("acme").api_key(&self.login, format!("{} {}", self.key, self.key)),
            Client::builder("acme").bearer(format!("{}\n", self.token)),
            self.builder(Login::Token).user_agent(&broken),
            self.builder(Login::Token)
                .base_url(format!("https://{}@x", self.key)),
            self.builder(Login::Token)
                .proxy(format!("socks5://u:{}@x", self.key)),
        ] {
            add(out, &builder.build().unwrap_err());
        }
        let wrong = ExternalId::new(format!("{word}\n")).unwrap_err();
        out.add_error(&wrong);
    }
}

/// Adds everything that an error prints by itself.
pub fn add(out: &Capturing, error: &Error) {
    out.add_error(error);
    out.add_debug(&error.in_doubt());
    out.add_debug(&error.field_errors());
    out.add_debug(&error.rate_limit());
    out.add_debug(&error.request_id());
}
