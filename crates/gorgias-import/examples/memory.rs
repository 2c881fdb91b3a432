//! Imports many lines and prints the peak memory, on Linux:
//! `cargo run --release -p gorgias-import --example memory -- 100000`.
//!
//! The emulator, which keeps every ticket, runs in another process of this
//! program.

use std::error::Error;
use std::io::{BufRead as _, Write as _};
use std::process::{Command, Stdio};
use std::sync::Arc;

use gorgias::Client;
use gorgias_emulator::{Clock, Emulator};
use gorgias_import::Import;
use gorgias_journal::SqliteJournal;
use tokio::io::BufReader;

type AnyError = Box<dyn Error>;

const SERVE: &str = "serve";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), AnyError> {
    match std::env::args().nth(1).as_deref() {
        Some(SERVE) => serve().await,
        Some(lines) => run(lines.parse()?).await,
        None => run(100_000).await,
    }
}

/// Serves until the other process closes standard input.
async fn serve() -> Result<(), AnyError> {
    let emulator = Emulator::builder()
        .limit(None)
        .log_capacity(1)
        .clock(Clock::system())
        .build()?;
    let server = emulator.serve(([127, 0, 0, 1], 0)).await?;
    println!("{}", server.base_url());
    let mut nothing = Vec::new();
    let mut stdin = tokio::io::stdin();
    tokio::io::AsyncReadExt::read_to_end(&mut stdin, &mut nothing).await?;
    Ok(())
}

async fn run(lines: u64) -> Result<(), AnyError> {
    let folder = tempfile::tempdir()?;
    let input = folder.path().join("input.ndjson");
    write(&input, lines)?;
    let mut served = Command::new(std::env::current_exe()?)
        .arg(SERVE)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut address = String::new();
    let stdout = served.stdout.take().ok_or("no output")?;
    std::io::BufReader::new(stdout).read_line(&mut address)?;

    let client = Client::builder("acme")
        .api_key("agent@acme.example", "key")
        .base_url(address.trim());
    let journal = SqliteJournal::open(folder.path().join("journal"))?;
    let before = peak()?;
    let summary = Import::new(client, Arc::new(journal))
        .pacer(None)
        .run(
            BufReader::new(tokio::fs::File::open(&input).await?),
            &mut (),
        )
        .await?;
    let after = peak()?;
    drop(served.stdin.take());
    served.wait()?;

    let rate = lines as f64 / summary.elapsed.as_secs_f64();
    println!("lines            {lines}");
    println!("created          {}", summary.created);
    println!("requests         {}", summary.requests);
    println!("lines a second   {rate:.0}");
    println!("peak memory      {:.1} MiB", mib(after));
    println!("  before         {:.1} MiB", mib(before));
    if summary.created != lines || summary.missing != Some(0) {
        return Err(format!("not all were imported: {summary:?}").into());
    }
    Ok(())
}

fn write(path: &std::path::Path, lines: u64) -> Result<(), AnyError> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    for number in 0..lines {
        writeln!(
            file,
            r#"{{"external_id":"memory:{number}","subject":"Where is my order?","customer":{{"email":"customer-{}@example.com"}},"messages":[{{"channel":"phone","via":"api","from_agent":false,"sent_datetime":"2024-05-06T07:08:09Z","body_text":"Order {number} has not arrived.","body_html":"<p>Order {number} has not arrived.</p>"}}]}}"#,
            number % 1000
        )?;
    }
    file.into_inner()?;
    Ok(())
}

/// Returns the peak memory of this process, in KiB.
fn peak() -> Result<u64, AnyError> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let size = line.and_then(|line| line.trim().strip_suffix(" kB"));
    Ok(size
        .ok_or("the system doesn't report peak memory")?
        .parse()?)
}

fn mib(kib: u64) -> f64 {
    kib as f64 / 1024.0
}
