//! Environment variables.

use std::env;

use crate::failure::Failure;

pub(crate) const SUBDOMAIN: &str = "GORGIAS_SUBDOMAIN";
pub(crate) const EMAIL: &str = "GORGIAS_EMAIL";
pub(crate) const API_KEY: &str = "GORGIAS_API_KEY";
pub(crate) const ACCESS_TOKEN: &str = "GORGIAS_ACCESS_TOKEN";
pub(crate) const BASE_URL: &str = "GORGIAS_BASE_URL";

/// A variable that is set to something. The value may be secret, so no error
/// repeats it.
pub(super) fn variable(name: &str) -> Result<Option<String>, Failure> {
    match env::var(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => {
            Err(Failure::invalid(format!("{name} is not UTF-8 text")))
        }
    }
}
