//! Tests of the file: what is opened, and what is in it.

use super::*;

#[tokio::test]
async fn a_journal_belongs_to_the_helpdesk_of_its_ids() {
    let Fixture {
        journal,
        time,
        directory,
    } = Fixture::new();
    // A mistyped address can be corrected.
    for helpdesk in ["https://acne.gorgias.com", "https://acme.gorgias.com"] {
        journal.bind(helpdesk).await.unwrap();
    }
    journal.adopt(&id(), BODY, 7).await.unwrap();
    drop(journal);
    let journal = open_at(&directory, &time);
    let refused = journal.bind("https://umbrella.gorgias.com").await;
    let cause = refused.unwrap_err().source().unwrap().to_string();
    assert!(cause.contains("https://acme.gorgias.com"), "{cause}");
    journal.bind("https://acme.gorgias.com").await.unwrap();
}

#[tokio::test]
async fn nothing_but_names_of_files_are_opened() {
    for name in ["", ":memory:", "file:journal", "FILE:journal?mode=memory"] {
        let error = SqliteJournal::open(name).unwrap_err();
        assert!(error.source().is_some(), "{name}");
        assert!(SqliteJournal::open_existing(name).is_err(), "{name}");
        assert!(!Path::new(name).exists(), "{name}");
    }
    let directory = TempDir::new().unwrap();
    assert!(SqliteJournal::open(directory.path()).is_err());
    let missing = directory.path().join("missing");
    assert!(SqliteJournal::open_existing(&missing).is_err());
    assert!(!missing.exists());
}

#[tokio::test]
async fn a_journal_that_was_cut_short_is_reported_as_damaged() {
    let Fixture {
        journal, directory, ..
    } = Fixture::new();
    journal.claim(&id(), BODY, SECOND, None).await.unwrap();
    drop(journal);
    let path = directory.path().join("journal");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 4_096]).unwrap();
    let error = SqliteJournal::open(&path).unwrap_err();
    let cause = error.source().unwrap().to_string();
    assert!(cause.contains("damaged"), "{cause}");
}

#[test]
fn many_can_open_a_new_journal_at_once() {
    for _ in 0..20 {
        let directory = TempDir::new().unwrap();
        let time = Arc::new(AtomicI64::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| open_at(&directory, &time));
            }
        });
    }
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;

    let fixture = Fixture::new();
    assert!(matches!(fixture.claim().await, Claim::New(_)));
    let files: Vec<_> = std::fs::read_dir(fixture.directory.path())
        .unwrap()
        .map(|file| file.unwrap())
        .collect();
    assert_eq!(files.len(), 1, "one file at rest");
    for file in &files {
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", file.file_name());
    }

    let wide = fixture.directory.path().join("wide");
    std::fs::write(&wide, "").unwrap();
    std::fs::set_permissions(&wide, std::fs::Permissions::from_mode(0o644)).unwrap();
    drop(SqliteJournal::open(&wide).unwrap());
    let mode = std::fs::metadata(&wide).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

/// The content and the permissions of a file.
fn seen(path: &Path) -> (Vec<u8>, std::fs::Permissions) {
    let permissions = std::fs::metadata(path).unwrap().permissions();
    (std::fs::read(path).unwrap(), permissions)
}

#[test]
fn a_file_that_is_no_journal_is_left_alone() {
    let directory = TempDir::new().unwrap();
    let text = directory.path().join("text");
    std::fs::write(&text, "something else, and long enough not to be a header").unwrap();
    let before = seen(&text);
    assert!(SqliteJournal::open(&text).is_err());
    assert!(seen(&text) == before);

    let database = directory.path().join("database");
    let connection = rusqlite::Connection::open(&database).unwrap();
    connection.execute_batch("CREATE TABLE theirs (x)").unwrap();
    drop(connection);
    let before = seen(&database);
    let error = SqliteJournal::open(&database).unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("something else"), "{cause}");
    assert!(seen(&database) == before);

    let newer = directory.path().join("newer");
    drop(SqliteJournal::open(&newer).unwrap());
    let connection = rusqlite::Connection::open(&newer).unwrap();
    connection.pragma_update(None, "user_version", 3).unwrap();
    drop(connection);
    let error = SqliteJournal::open(&newer).unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("another version"), "{cause}");

    assert!(SqliteJournal::open(directory.path().join("no/such/place")).is_err());
}

#[tokio::test]
async fn commits_are_synced() {
    let fixture = Fixture::new();
    let settings = fixture.journal.writer.ask(|queries| {
        let read = |name| {
            queries
                .connection
                .pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))
        };
        Ok((read("journal_mode")?, read("synchronous")?))
    });
    let (mode, synchronous) = settings.await.unwrap();
    assert_eq!(mode, rusqlite::types::Value::Text("delete".to_owned()));
    assert_eq!(synchronous, rusqlite::types::Value::Integer(3));
}

#[tokio::test]
async fn nothing_of_a_ticket_is_in_the_files() {
    let fixture = Fixture::new();
    let emulator = gorgias_emulator::Emulator::builder().build().unwrap();
    let canary = "canary-4f9a1c";
    let journal = Arc::new(open_at(&fixture.directory, &fixture.time));
    let client = gorgias::Client::builder("acme")
        .api_key(format!("{canary}@acme.example"), canary)
        .service(emulator.service())
        .journal(Arc::clone(&journal))
        .build()
        .unwrap();
    let ticket = gorgias::NewTicket::from_customer(format!("{canary}@example.com"))
        .subject(canary)
        .text(canary);
    client.tickets().create_once(id(), ticket).await.unwrap();
    let mut size = 0;
    for file in std::fs::read_dir(fixture.directory.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        size += bytes.len();
        let found = bytes
            .windows(canary.len())
            .any(|part| part == canary.as_bytes());
        assert!(!found);
    }
    assert!(size > 0);
}

#[tokio::test]
async fn a_journal_of_before_there_were_files_remembers_them_from_now_on() {
    let Fixture {
        journal,
        time,
        directory,
    } = Fixture::new();
    drop(journal);
    let path = directory.path().join("journal");
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.execute_batch("DROP TABLE files").unwrap();
    drop(connection);
    let journal = open_at(&directory, &time);
    let kept = journal.keep_file_address([7; 32], "https://files.example.com/1".to_owned());
    kept.await.unwrap();
    assert!(journal.file_address([7; 32]).await.unwrap().is_some());
}
