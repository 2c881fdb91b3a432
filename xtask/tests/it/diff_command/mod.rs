//! Tests the command `diff`: its output and exit codes, in a repository made
//! for the test.

mod command;
mod pages;
mod repository;
mod versions;
