//! The command itself: what it prints and how it exits, in a repository made
//! for it.

mod command;
mod pages;
mod repository;
mod versions;
