//! Tests of the files of a journal.

use std::time::{Duration, SystemTime};

use gorgias_emulator::{Emulator, Fault, FaultRule};
use gorgias_journal::SqliteJournal;
use security_tests::capture::Capture;
use security_tests::in_process::InProcess;
use tracing::level_filters::LevelFilter;

use crate::scenario::{Login, Scenario};

#[tokio::test(start_paused = true)]
async fn a_journal_holds_the_external_id_and_nothing_else_of_the_ticket() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let scenario = Scenario::new();
    let out = Capture::start(LevelFilter::TRACE);
    let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    for fault in ["F7", "H18", "H6", "H13-422", "F1"] {
        let emulator = Emulator::builder().limit(None).build().unwrap();
        emulator.inject(FaultRule::new(Fault::named(fault).unwrap()).operation("create_ticket"));
        let journal = SqliteJournal::open_in_virtual_time(&path, start).unwrap();
        out.add_debug(&journal);
        let builder = scenario.builder(Login::ApiKey).journal(journal);
        scenario
            .play(&out, builder.transport(InProcess(emulator)))
            .await;
    }
    let found = scenario.canaries.found_in(out.text().as_bytes());
    assert!(found.is_empty(), "{found:?}");

    let mut files = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let found = scenario.canaries.found_except(&bytes, &["external id"]);
        assert!(found.is_empty(), "{}: {found:?}", path.display());
        files += 1;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", path.display());
        }
    }
    assert!(files > 0);
}
