//! The comparison of documents.

mod edits;
mod patch;
mod properties;
mod realistic;
mod schemas;
