//! What the types promise without running.

use std::error::Error as StdError;

use gorgias::api::calls::{GetTicket, ListTickets};
use gorgias::types::TicketCompact;
use gorgias::{
    Client, ClientBuilder, Create, CreateOnce, Created, Error, Find, ListStream, NewMessage,
    NewTicket, Pending, Tickets,
};

fn send<T: Send>() {}
fn sync<T: Sync>() {}
fn eternal<T: 'static>() {}

#[test]
fn everything_can_cross_threads() {
    send::<Client>();
    sync::<Client>();
    send::<ClientBuilder>();
    send::<Tickets>();
    sync::<Tickets>();
    send::<NewTicket>();
    sync::<NewTicket>();
    send::<NewMessage>();
    send::<Create>();
    send::<CreateOnce>();
    send::<Find>();
    send::<GetTicket>();
    send::<ListTickets>();
    send::<ListStream<TicketCompact>>();
    send::<Pending<Created>>();
    send::<Created>();
    sync::<Created>();
    send::<Error>();
    sync::<Error>();
    eternal::<Error>();
    eternal::<Client>();
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_clients_can_cross_threads() {
    use gorgias::blocking;

    send::<blocking::Client>();
    sync::<blocking::Client>();
    send::<blocking::Iter<TicketCompact>>();
}

#[test]
fn futures_of_calls_can_be_spawned() {
    fn spawnable<F: Future + Send + 'static>(_: F) {}
    let script = crate::support::Script::default();
    let tickets = script.client().tickets();
    let id = || gorgias::ExternalId::new("x").unwrap();
    spawnable(
        tickets
            .create_once(id(), NewTicket::from_customer("a@example.com"))
            .into_future(),
    );
    spawnable(tickets.find(&id()).into_future());
    spawnable(tickets.list().into_future());
    spawnable(tickets.get(1).into_future());
    spawnable(
        tickets
            .create(NewTicket::from_customer("a@example.com"))
            .into_future(),
    );
}

#[test]
fn an_error_is_one_pointer_and_fits_a_box() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    let error = Client::builder("not a name").build().unwrap_err();
    let boxed: Box<dyn StdError + Send + Sync> = error.into();
    assert!(boxed.downcast_ref::<Error>().is_some());
}
