//! Tests of the comparison of documents.

mod edits;
mod meaning;
mod patch;
mod properties;
mod schemas;
