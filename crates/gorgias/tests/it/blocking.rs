//! The client that waits, over real sockets.

use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Duration;

use gorgias::blocking::Client;
use gorgias::transport::{Body, Transport, TransportFuture};
use gorgias::{Delivery, ErrorKind, ExternalId, How, NewTicket, RetryPolicy};
use gorgias_emulator::{Emulator, Server};
use http::Request;
use tokio::runtime::{Builder, Runtime};

use crate::support::{Script, Step, builder, emulator, json};

/// An emulator on a runtime of its own.
struct Service {
    emulator: Emulator,
    server: Server,
    runtime: Runtime,
}

impl Service {
    fn start() -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let (emulator, server) = runtime.block_on(async {
            let emulator = emulator();
            let server = emulator.serve(([127, 0, 0, 1], 0)).await.unwrap();
            (emulator, server)
        });
        Self {
            emulator,
            server,
            runtime,
        }
    }

    fn client(&self) -> Client {
        let builder = builder().base_url(self.server.base_url());
        builder.build_blocking().unwrap()
    }
}

fn ticket() -> NewTicket {
    NewTicket::from_customer("jane@example.com").text("Hello.")
}

#[test]
fn tickets_are_created_read_found_and_listed() {
    let service = Service::start();
    let client = service.client();
    let tickets = client.tickets();
    let created = client.wait(tickets.create(ticket())).unwrap();
    let read = client.wait(tickets.get(created.ticket.id)).unwrap();
    assert_eq!(read.id, created.ticket.id);

    let id = ExternalId::derive("shop", "order-1").unwrap();
    let create = || client.wait(tickets.create_once(id.clone(), ticket()));
    let (once, again) = (create().unwrap(), create().unwrap());
    assert_eq!((once.how(), again.how()), (How::Sent, How::FoundBefore));
    let found = client.wait(tickets.find(&id)).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].id, once.ticket.id);

    let page = client.wait(tickets.list().limit(1)).unwrap();
    assert_eq!(page.data.len(), 1);
    assert!(page.meta.as_ref().unwrap().next_cursor.is_some());
}

#[test]
fn calls_of_the_generated_client_are_waited_for_too() {
    let service = Service::start();
    let client = service.client();
    let created = client.wait(client.tickets().create(ticket())).unwrap();
    let id = created.ticket.id;
    let messages = client.api().list_ticket_messages(id).stream();
    assert_eq!(client.iter(messages).count(), 1);
    client.wait(client.api().delete_ticket(id)).unwrap();
    assert_eq!(service.emulator.ticket_count(), 0);
}

#[test]
fn a_list_is_walked_to_its_end() {
    let service = Service::start();
    let tickets: Vec<_> = (1..=7).map(|id| serde_json::json!({"id": id})).collect();
    service.emulator.load(tickets.into()).unwrap();
    let client = service.client();
    let tickets = client.iter(client.tickets().list().limit(3).stream());
    let mut ids: Vec<_> = tickets.map(|ticket| ticket.unwrap().id).collect();
    ids.sort_unstable();
    assert_eq!(ids, [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(service.emulator.request_count(), 3);
}

#[test]
fn a_list_ends_after_its_first_error() {
    let script = Script::answering(json(404, "{}"));
    let client = builder().transport(script).build_blocking().unwrap();
    let mut list = client.iter(client.tickets().list().stream());
    assert_eq!(
        list.next().unwrap().unwrap_err().kind(),
        ErrorKind::NotFound
    );
    assert!(list.next().is_none());
}

#[test]
fn threads_share_a_client() {
    let service = Service::start();
    let client = service.client();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| client.wait(client.tickets().create(ticket())).unwrap());
        }
    });
    assert_eq!(service.emulator.ticket_count(), 8);
}

#[test]
fn errors_are_those_of_the_asynchronous_client() {
    let client = builder().transport(Script::default());
    let client = client.build_blocking().unwrap();
    let invalid = NewTicket::from_customer("jane@example.com").subject("x".repeat(999));
    let error = client.wait(client.tickets().create(invalid)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.delivery(), Delivery::NotSent);

    let error = gorgias::Client::builder("acme").build_blocking();
    assert_eq!(error.unwrap_err().kind(), ErrorKind::Configuration);
}

#[test]
fn options_apply_and_silence_ends_in_a_timeout() {
    // Accepted by the system, and never answered.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let client = builder().base_url(base_url).build_blocking().unwrap();
    let call = client.tickets().create(ticket());
    let call = call.with_timeout(Duration::from_millis(100));
    let error = client.wait(call).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.delivery(), Delivery::Unknown);
}

#[test]
fn a_call_inside_a_runtime_works() {
    let service = Service::start();
    let here = Builder::new_current_thread().build().unwrap();
    here.block_on(async {
        // Made, used and dropped in asynchronous code.
        let client = service.client();
        client.wait(client.tickets().create(ticket())).unwrap();
    });
    let client = service.client();
    let blocking = service
        .runtime
        .spawn_blocking(move || client.wait(client.tickets().create(ticket())));
    here.block_on(blocking).unwrap().unwrap();
    assert_eq!(service.emulator.ticket_count(), 2);
}

#[test]
fn asynchronous_code_runs_on_the_clients_thread() {
    let client = builder().transport(Script::new([
        Step::Answer(json(200, r#"{"data":[]}"#)),
        Step::Answer(json(200, r#"{"data":[]}"#)),
    ]));
    let client = client.build_blocking().unwrap();
    let (name, pages) = client
        .run(|client| async move {
            let page = || client.tickets().list().send();
            let pages = tokio::try_join!(page(), page())?;
            Ok((thread::current().name().map(str::to_owned), pages))
        })
        .unwrap();
    assert_eq!(name.as_deref(), Some("gorgias"));
    assert!(pages.0.data.is_empty() && pages.1.data.is_empty());
}

#[derive(Debug)]
struct Panicking;

impl Transport for Panicking {
    fn send(&self, _: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async { panic!("of the transport's own") })
    }
}

#[test]
fn a_panic_reaches_the_caller_and_leaves_the_client_usable() {
    let client = builder().transport(Panicking).retry(RetryPolicy::none());
    let client = client.build_blocking().unwrap();
    for _ in 0..2 {
        let call = AssertUnwindSafe(|| client.wait(client.tickets().get(1)));
        let panic = catch_unwind(call).unwrap_err();
        assert_eq!(
            panic.downcast_ref::<&str>(),
            Some(&"of the transport's own")
        );
    }
}
