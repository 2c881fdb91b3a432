//! The methods of [`Tickets`] that change a ticket.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use gorgias_api::calls::DeleteTicket;

use super::{TicketFields, TicketTags, TicketUpdate};
use crate::tickets::Tickets;

impl Tickets {
    /// Changes a ticket: sets the members that are given, sets those that are
    /// cleared to null, and leaves the others as they are.
    ///
    /// A request that may have arrived is not repeated, because somebody else may
    /// have changed the ticket in between.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is no such
    /// ticket; see [`Error`](crate::Error) for the others.
    /// [`Error::delivery`](crate::Error::delivery) says what became of the change.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped after the request went out, nobody knows whether
    /// the ticket was changed.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// # let client = gorgias::Client::builder("acme")
    /// #     .api_key("agent@acme.example", "key")
    /// #     .service(emulator.service())
    /// #     .build()?;
    /// # let ticket = gorgias::NewTicket::from_customer("jane@example.com").text("Where is it?");
    /// # let id = client.tickets().create(ticket).await?.ticket.id;
    /// let ticket = client
    ///     .tickets()
    ///     .update(id)
    ///     .subject("Order 1234 is lost")
    ///     .priority("high")
    ///     .clear_language()
    ///     .await?;
    /// assert_eq!(ticket.subject.as_deref(), Some("Order 1234 is lost"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn update(&self, id: i64) -> TicketUpdate {
        TicketUpdate::new(self.client().clone(), id)
    }

    /// Closes a ticket. The call can set other members too; see
    /// [`update`](Self::update).
    ///
    /// ```no_run
    /// # async fn close(client: gorgias::Client, id: i64) -> Result<(), gorgias::Error> {
    /// client.tickets().close(id).priority("low").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn close(&self, id: i64) -> TicketUpdate {
        self.update(id).status("closed")
    }

    /// Opens a ticket again; see [`update`](Self::update). The helpdesk does so by
    /// itself when the customer writes.
    pub fn reopen(&self, id: i64) -> TicketUpdate {
        self.update(id).status("open")
    }

    /// Snoozes a ticket until a time; see [`update`](Self::update).
    /// [`clear_snooze_datetime`](TicketUpdate::clear_snooze_datetime) ends the
    /// snooze.
    pub fn snooze(&self, id: i64, until: DateTime<Utc>) -> TicketUpdate {
        self.update(id).snooze_datetime(until)
    }

    /// Assigns a ticket to a user; see [`update`](Self::update).
    pub fn assign_user(&self, id: i64, user_id: i64) -> TicketUpdate {
        self.update(id).assignee_user(user_id)
    }

    /// Assigns a ticket to a team; see [`update`](Self::update).
    pub fn assign_team(&self, id: i64, team_id: i64) -> TicketUpdate {
        self.update(id).assignee_team(team_id)
    }

    /// Takes a ticket from the user and the team that it is assigned to; see
    /// [`update`](Self::update).
    pub fn unassign(&self, id: i64) -> TicketUpdate {
        self.update(id).clear_assignee_user().clear_assignee_team()
    }

    /// Puts a ticket into the trash, as of now by the clock of this machine; see
    /// [`update`](Self::update). [`restore`](Self::restore) takes it out.
    pub fn trash(&self, id: i64) -> TicketUpdate {
        self.update(id).trashed_datetime(SystemTime::now())
    }

    /// Takes a ticket out of the trash; see [`update`](Self::update).
    pub fn restore(&self, id: i64) -> TicketUpdate {
        self.update(id).clear_trashed_datetime()
    }

    /// Deletes a ticket with its messages for good. [`trash`](Self::trash) is
    /// the alternative that can be undone.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is no
    /// such ticket, or it was deleted before; see [`Error`](crate::Error) for
    /// the others.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped after the request went out, nobody knows whether
    /// the ticket was deleted.
    pub fn delete(&self, id: i64) -> DeleteTicket {
        self.client().api().delete_ticket(id)
    }

    /// Returns the calls that list and change the tags of a ticket.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// # let client = gorgias::Client::builder("acme")
    /// #     .api_key("agent@acme.example", "key")
    /// #     .service(emulator.service())
    /// #     .build()?;
    /// # let ticket = gorgias::NewTicket::from_customer("jane@example.com").text("Where is it?");
    /// # let id = client.tickets().create(ticket).await?.ticket.id;
    /// use gorgias::api::types::CreateAccountTag;
    ///
    /// client.api().create_tag(CreateAccountTag::new("lost")).await?;
    /// let tags = client.tickets().tags(id);
    /// tags.add(["lost"]).await?;
    /// assert_eq!(tags.list().await?.data.len(), 1);
    /// tags.remove(["lost"]).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn tags(&self, id: i64) -> TicketTags {
        TicketTags::new(self.client().clone(), id)
    }

    /// Returns the calls that list and change the values of a ticket's custom
    /// fields.
    #[must_use]
    pub fn custom_fields(&self, id: i64) -> TicketFields {
        TicketFields::new(self.client().clone(), id)
    }
}
