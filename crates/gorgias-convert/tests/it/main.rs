//! From exports to lines that an import takes.

mod csv;
mod errors;
mod limits;
mod quirks;
mod support;
mod template;
mod zendesk;
