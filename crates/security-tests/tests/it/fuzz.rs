//! Runs every fuzz target for a bounded time.

use std::path::Path;

use security_tests::fuzz::{Mutations, TARGETS, run};

/// The mutations per target: enough to notice a defect, in a few seconds for
/// all targets.
const MUTATIONS: usize = 1_500;

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/seeds")
        .join(name);
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

fn bounded_run(name: &str) {
    let seeds = seeds(name);
    assert!(seeds.len() >= 3, "{name} has too few seeds");
    run(name, b"");
    for seed in &seeds {
        run(name, seed);
    }
    for data in Mutations::of(&seeds).take(MUTATIONS) {
        let shown = data.clone();
        let outcome = std::panic::catch_unwind(|| run(name, &data));
        assert!(
            outcome.is_ok(),
            "{name} fails with {:?}",
            shown.escape_ascii().to_string()
        );
    }
}

macro_rules! bounded {
    ($($name:ident),+) => {
        $(#[test]
        fn $name() {
            bounded_run(stringify!($name));
        })+

        #[test]
        fn every_target_is_run_here_and_has_a_binary() {
            let here = [$(stringify!($name)),+];
            let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/Cargo.toml");
            let manifest = std::fs::read_to_string(manifest).unwrap();
            for (name, _) in TARGETS {
                assert!(here.contains(&name), "{name}");
                assert!(manifest.contains(&format!("name = \"{name}\"")));
            }
        }
    };
}

bounded!(
    cursor, datetime, error_body, headers, response, subdomain, ticket
);
