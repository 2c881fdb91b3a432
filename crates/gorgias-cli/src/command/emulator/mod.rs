//! `gorgias emulator`.

mod arguments;

use std::io::{self, Write as _};
use std::net::Ipv4Addr;
use std::time::Duration;

use gorgias_emulator::{Clock, EmailSource, Emulator, Exchange, Strictness};

pub(crate) use self::arguments::EmulatorArguments;
use crate::connection::load;
use crate::failure::Failure;
use crate::output::print;
use crate::signals::Stop;

/// How long exchanges under way may take to finish after a signal.
const GRACE: Duration = Duration::from_secs(5);

pub(super) async fn run(arguments: EmulatorArguments) -> Result<(), Failure> {
    let clock = match arguments.seed {
        Some(_) => Clock::tokio(Clock::EPOCH),
        None => Clock::system(),
    };
    let mut strictness = match arguments.lenient {
        true => Strictness::lenient(),
        false => Strictness::strict(),
    };
    if arguments.accept_email_without_source {
        strictness = strictness.email_source(EmailSource::AsDocumented);
    }
    let mut builder = Emulator::builder()
        .strictness(strictness)
        .enrich(arguments.enrich)
        .seed(arguments.seed.unwrap_or_default())
        .clock(clock)
        .limit(arguments.limit)
        .on_exchange(log);
    for (email, key) in arguments.credentials {
        builder = builder.credentials(email, key);
    }
    let emulator = builder
        .build()
        .map_err(|error| Failure::unexpected(error.to_string()))?;
    if let Some(store) = &arguments.load {
        load(&emulator, store)?;
    }
    for rule in arguments.fault {
        emulator.inject(rule);
    }
    serve(&emulator, arguments.port, arguments.admin_port).await
}

/// Serves until a signal asks the process to stop.
async fn serve(emulator: &Emulator, port: u16, admin_port: Option<u16>) -> Result<(), Failure> {
    // Signals are listened for before the address is printed, so that a signal always
    // ends a server with a known address in an orderly way.
    let stop = Stop::listen()?;
    let server = emulator
        .serve((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(|error| unusable(port, &error))?;
    let mut lines = format!("{}\n", server.base_url());
    let mut servers = vec![server];
    if let Some(port) = admin_port {
        let admin = emulator
            .serve_admin((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(|error| unusable(port, &error))?;
        lines += &format!("{}\n", admin.base_url());
        servers.push(admin);
    }
    print(lines)?;
    stop.wait().await;
    let finish = async {
        for server in servers {
            server.shutdown().await;
        }
    };
    // A peer that keeps an exchange open doesn't keep the process alive.
    let _ = tokio::time::timeout(GRACE, finish).await;
    Ok(())
}

fn unusable(port: u16, error: &io::Error) -> Failure {
    Failure::unexpected(format!("can't listen on port {port}: {error}"))
}

/// Writes an exchange to standard error. The emulator goes on if that fails.
fn log(exchange: &Exchange) {
    let _ = writeln!(io::stderr(), "{exchange}");
}
