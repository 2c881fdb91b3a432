//! From exports to lines that an import takes.

mod csv;
mod errors;
mod limits;
mod support;
mod template;
mod zendesk;
