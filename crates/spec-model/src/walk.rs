//! Walks through the objects of a document.

use serde_json::Value;

use crate::{
    pointer::escape,
    structure::{Holds, ObjectKind, others, parts},
};

/// The position of a value in a walk.
#[derive(Clone, Copy, Debug)]
pub struct Position<'a> {
    /// The kind of object that OpenAPI has here. An invalid document may have
    /// another value.
    pub kind: ObjectKind,
    /// A JSON pointer to the value.
    pub pointer: &'a str,
    /// The kind of object that holds it; `None` for the document.
    pub holder: Option<ObjectKind>,
    /// The field of the holder.
    pub field: &'a str,
    /// Its name in the field, if the field is a map.
    pub name: Option<&'a str>,
}

/// Looks at the values of a walk, or changes them.
pub trait Visitor {
    /// Whether a value may matter to the visitor. An object without such values
    /// isn't searched for parts, which saves most of the time of a walk.
    fn may_look_at(&self, value: &Value) -> bool {
        value.is_object() || value.is_array()
    }

    /// Called with a value before its parts. Returns whether to visit them.
    fn enter(&mut self, position: &Position<'_>, value: &Value) -> bool;

    /// Called with a value after its parts, if they were visited. Parts that
    /// this adds aren't visited.
    fn leave(&mut self, position: &Position<'_>, value: &mut Value);
}

/// Walks through a document, in the order of the [table](crate::structure).
pub fn walk(document: &mut Value, visitor: &mut dyn Visitor) {
    let mut walk = Walk {
        visitor,
        pointer: String::new(),
    };
    let whole = Position {
        kind: ObjectKind::Document,
        pointer: "",
        holder: None,
        field: "",
        name: None,
    };
    walk.visit(document, whole);
}

struct Walk<'v> {
    visitor: &'v mut dyn Visitor,
    pointer: String,
}

impl Walk<'_> {
    /// Visits a value at a position whose pointer is that of the walk.
    fn visit(&mut self, value: &mut Value, at: Position<'_>) {
        let pointer = &self.pointer;
        if !self.visitor.enter(&Position { pointer, ..at }, value) {
            return;
        }
        if value
            .as_object()
            .is_some_and(|fields| fields.values().any(|value| self.visitor.may_look_at(value)))
        {
            self.parts(value, at.kind);
        }
        let pointer = &self.pointer;
        self.visitor.leave(&Position { pointer, ..at }, value);
    }

    fn parts(&mut self, holder: &mut Value, of: ObjectKind) {
        for &(field, holds) in parts(of) {
            let Some(value) = holder.get_mut(field) else {
                continue;
            };
            let at = |kind, name| Position {
                kind,
                pointer: "",
                holder: Some(of),
                field,
                name,
            };
            self.step(field, |walk| match holds {
                Holds::Value(_) => {}
                Holds::One(kind) => walk.visit(value, at(kind, None)),
                Holds::Named(kind) => {
                    for (name, value) in value.as_object_mut().into_iter().flatten() {
                        walk.step(name, |walk| walk.visit(value, at(kind, Some(name))));
                    }
                }
                Holds::List(kind) => {
                    let items = value.as_array_mut().into_iter().flatten();
                    for (index, value) in items.enumerate() {
                        walk.step(&index.to_string(), |walk| walk.visit(value, at(kind, None)));
                    }
                }
            });
        }
        if let Some(kind) = others(of) {
            for (name, value) in holder.as_object_mut().into_iter().flatten() {
                let at = Position {
                    kind,
                    pointer: "",
                    holder: Some(of),
                    field: name,
                    name: None,
                };
                self.step(name, |walk| walk.visit(value, at));
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
