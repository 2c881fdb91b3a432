//! Compiles one program against the clients of documents with an addition at
//! every place at once.
//!
//! It checks some hundred thousand lines, so it isn't part of a plain `cargo
//! test`. `.ci/run recipe` runs it.

#[path = "../it/additive/compiled.rs"]
mod compiled;
#[path = "../it/additive/every.rs"]
mod every;

#[test]
fn additions_at_every_place_compile_with_the_same_program() {
    compiled::compile("additions", &every::ADDITIONS);
}
