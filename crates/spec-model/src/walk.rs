//! Visits the objects of a document, in the order of the
//! [table](crate::structure) of OpenAPI's objects.

use serde_json::Value;

use crate::{
    pointer::escape,
    structure::{Holds, ObjectKind, others, parts},
};

/// The position of a value in a document.
#[derive(Clone, Copy, Debug)]
pub struct Position<'a> {
    /// The kind of object that OpenAPI requires here. An invalid document may have any other
    /// value.
    pub kind: ObjectKind,
    /// A JSON pointer to the value.
    pub pointer: &'a str,
    /// The kind of the object that contains the value; `None` for the document.
    pub holder: Option<ObjectKind>,
    /// The field of the holder that contains the value.
    pub field: &'a str,
    /// The name of the value in the field, if the field is a map.
    pub name: Option<&'a str>,
}

/// Calls `visit` with every value that should be an object, outer values before inner ones.
/// If `visit` returns false, the values inside are skipped.
pub fn walk(document: &Value, visit: &mut dyn FnMut(&Position<'_>, &Value) -> bool) {
    let mut walk = Walk {
        visit,
        pointer: String::new(),
    };
    let whole = Position {
        kind: ObjectKind::Document,
        pointer: "",
        holder: None,
        field: "",
        name: None,
    };
    walk.value(document, whole);
}

struct Walk<'v> {
    visit: &'v mut dyn FnMut(&Position<'_>, &Value) -> bool,
    pointer: String,
}

impl Walk<'_> {
    /// Visits a value at a position whose pointer is `self.pointer`.
    fn value(&mut self, value: &Value, at: Position<'_>) {
        let pointer = &self.pointer;
        if (self.visit)(&Position { pointer, ..at }, value) {
            self.parts(value, at.kind);
        }
    }

    fn parts(&mut self, holder: &Value, of: ObjectKind) {
        let position = |kind, field, name| Position {
            kind,
            pointer: "",
            holder: Some(of),
            field,
            name,
        };
        for &(field, holds) in parts(of) {
            let Some(part) = holder.get(field) else {
                continue;
            };
            self.step(field, |walk| match holds {
                Holds::Value(_) => {}
                Holds::One(kind) => walk.value(part, position(kind, field, None)),
                Holds::Named(kind) => {
                    for (name, value) in part.as_object().into_iter().flatten() {
                        walk.step(name, |walk| {
                            walk.value(value, position(kind, field, Some(name)));
                        });
                    }
                }
                Holds::List(kind) => {
                    for (index, value) in part.as_array().into_iter().flatten().enumerate() {
                        walk.step(&index.to_string(), |walk| {
                            walk.value(value, position(kind, field, None));
                        });
                    }
                }
            });
        }
        if let Some(kind) = others(of) {
            for (name, value) in holder.as_object().into_iter().flatten() {
                self.step(name, |walk| walk.value(value, position(kind, name, None)));
            }
        }
    }

    fn step(&mut self, step: &str, run: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&escape(step));
        run(self);
        self.pointer.truncate(length);
    }
}
