//! The comparison of documents.

mod command;
mod edits;
mod patch;
mod properties;
mod schemas;
