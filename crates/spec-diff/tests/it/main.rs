//! The comparison of documents.

mod edits;
mod patch;
mod properties;
mod schemas;
