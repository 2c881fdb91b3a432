//! Imports three lines, one of which is wrong, and then the same again.
//!
//! ```text
//! cargo run -p gorgias-import --example import
//! ```

use std::sync::Arc;

use gorgias::Client;
use gorgias_emulator::Emulator;
use gorgias_import::Import;
use gorgias_journal::SqliteJournal;

const TICKETS: &[u8] = br#"
{"external_id":"old:1","subject":"Where is it?","messages":[{"channel":"api","from_agent":false}]}
{"external_id":"old:2","subject":"Broken","messages":[]}
{"external_id":"old:3","subject":"Thanks","messages":[{"channel":"api","from_agent":false}]}
"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::builder().build()?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("tickets.journal");

    for run in ["first", "second"] {
        let client = Client::builder("acme")
            .api_key("agent@acme.example", "an-api-key")
            .service(emulator.service());
        let journal = Arc::new(SqliteJournal::open(&path)?);
        let summary = Import::new(client, journal).run(TICKETS, &mut ()).await?;
        println!(
            "{run} run: {} created, {} found, {} rejected",
            summary.created, summary.found, summary.rejected
        );
    }
    println!("tickets at the service: {}", emulator.ticket_count());
    Ok(())
}
