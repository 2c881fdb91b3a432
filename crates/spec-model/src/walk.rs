//! The walk through the objects of a document.

use serde_json::Value;

use crate::{
    pointer::escape,
    structure::{Holds, ObjectKind, others, parts},
};

/// Where a walk has come to.
#[derive(Clone, Copy, Debug)]
pub struct Position<'a> {
    /// What OpenAPI puts here. Documents that are wrong have something else.
    pub kind: ObjectKind,
    /// A JSON pointer to it.
    pub pointer: &'a str,
    /// What holds it; none where the walk has begun.
    pub holder: Option<ObjectKind>,
    /// The field of the holder that it is in.
    pub field: &'a str,
    /// What it is called there, if the field has several by name.
    pub name: Option<&'a str>,
}

/// Somebody who looks at what a walk comes to, or changes it.
pub trait Visitor {
    /// Whether a value may be of interest. Documents hold mostly what isn't, and
    /// looking for it would be most of a walk.
    fn may_look_at(&self, value: &Value) -> bool {
        value.is_object() || value.is_array()
    }

    /// Called with a value before what it holds. Says whether to go into it.
    fn enter(&mut self, position: &Position<'_>, value: &Value) -> bool;

    /// Called with a value after what it holds, if the walk went into it. What
    /// this adds isn't visited.
    fn leave(&mut self, position: &Position<'_>, value: &mut Value);
}

/// Walks through a document, in the order of the [table](crate::structure).
pub fn walk(document: &mut Value, visitor: &mut dyn Visitor) {
    let mut walk = Walk {
        visitor,
        pointer: String::new(),
    };
    let whole = At {
        kind: ObjectKind::Document,
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

/// A position without its pointer.
#[derive(Clone, Copy)]
struct At<'a> {
    kind: ObjectKind,
    holder: Option<ObjectKind>,
    field: &'a str,
    name: Option<&'a str>,
}

impl<'a> At<'a> {
    fn position(self, pointer: &'a str) -> Position<'a> {
        Position {
            kind: self.kind,
            pointer,
            holder: self.holder,
            field: self.field,
            name: self.name,
        }
    }
}

impl Walk<'_> {
    fn visit(&mut self, value: &mut Value, at: At<'_>) {
        if !self.visitor.enter(&at.position(&self.pointer), value) {
            return;
        }
        if value
            .as_object()
            .is_some_and(|fields| fields.values().any(|value| self.visitor.may_look_at(value)))
        {
            self.parts(value, at.kind);
        }
        self.visitor.leave(&at.position(&self.pointer), value);
    }

    fn parts(&mut self, holder: &mut Value, of: ObjectKind) {
        for &(field, holds) in parts(of) {
            let Some(value) = holder.get_mut(field) else {
                continue;
            };
            let at = |kind, name| At {
                kind,
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
                let at = At {
                    kind,
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
