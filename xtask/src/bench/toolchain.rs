//! Describes the toolchain and the machine, on which figures depend besides the code.

use std::{path::Path, process::Command};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::process::output;

/// The toolchain and machine with which figures were measured.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(super) struct Toolchain {
    /// The version of the compiler.
    pub(super) rustc: String,
    /// The name and version of the C library. Its allocator and copy functions are measured
    /// too.
    pub(super) libc: String,
    /// The architecture and the number of cores, which affect times.
    pub(super) machine: String,
}

impl Toolchain {
    pub(super) fn here(root: &Path) -> Result<Self> {
        let rustc = output(Command::new("rustc").arg("--version").current_dir(root))?;
        let rustc = rustc.split(' ').nth(1).unwrap_or_default().to_owned();
        let libc = output(Command::new("getconf").arg("GNU_LIBC_VERSION"))?;
        let cores = std::thread::available_parallelism()?;
        Ok(Self {
            rustc,
            libc: libc.trim().to_owned(),
            machine: format!("{}, {cores} cores", std::env::consts::ARCH),
        })
    }

    /// Whether counts that were measured with one toolchain can be compared with counts that were
    /// measured with the other.
    pub(super) fn counts_like(&self, other: &Self) -> bool {
        let architecture = |machine: &str| machine.split(',').next().map(str::to_owned);
        self.rustc == other.rustc
            && self.libc == other.libc
            && architecture(&self.machine) == architecture(&other.machine)
    }
}

impl std::fmt::Display for Toolchain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "rustc {}, {}, {}", self.rustc, self.libc, self.machine)
    }
}
