//! The walk through all schemas of a document.

use serde_json::{Map, Value};

use super::{Place, Root};
use crate::{
    pointer::escape,
    references::target,
    structure::{METHODS, is_success},
};

pub(crate) type Schema = Map<String, Value>;

/// A walk through all schemas.
pub(crate) struct Walk<'a> {
    /// Called before a schema's children are walked through, with the component
    /// that its `$ref` names.
    enter: &'a mut dyn FnMut(&Place, Option<&str>),
    /// Called after that.
    leave: &'a mut dyn FnMut(&Place, &mut Schema),
    pointer: String,
}

impl<'a> Walk<'a> {
    pub fn new(
        enter: &'a mut dyn FnMut(&Place, Option<&str>),
        leave: &'a mut dyn FnMut(&Place, &mut Schema),
    ) -> Self {
        let pointer = String::new();
        Self {
            enter,
            leave,
            pointer,
        }
    }

    pub fn document(&mut self, document: &mut Value) {
        self.member(document, "components", |walk, components| {
            walk.member(components, "schemas", |walk, schemas| {
                walk.members(schemas, |walk, name, schema| {
                    walk.schema(schema, &Root::Component(name.into()), true, None);
                });
            });
            walk.member(components, "parameters", |walk, all| {
                walk.members(all, |walk, _, parameter| walk.parameter(parameter));
            });
            walk.member(components, "requestBodies", |walk, all| {
                walk.members(all, |walk, _, body| walk.content(body, &Root::Request));
            });
            walk.member(components, "responses", |walk, all| {
                walk.members(all, |walk, _, response| {
                    walk.content(response, &Root::Response)
                });
            });
        });
        self.member(document, "paths", |walk, paths| {
            walk.members(paths, |walk, _, item| {
                walk.parameters(item);
                for method in METHODS {
                    walk.member(item, method, Self::operation);
                }
            });
        });
    }

    fn operation(&mut self, operation: &mut Value) {
        self.parameters(operation);
        self.member(operation, "requestBody", |walk, body| {
            walk.content(body, &Root::Request);
        });
        self.member(operation, "responses", |walk, responses| {
            walk.members(responses, |walk, status, response| {
                let root = match is_success(status) {
                    true => Root::Response,
                    false => Root::ErrorResponse,
                };
                walk.content(response, &root);
            });
        });
    }

    fn parameters(&mut self, holder: &mut Value) {
        self.member(holder, "parameters", |walk, parameters| {
            walk.items(parameters, Self::parameter);
        });
    }

    fn parameter(&mut self, parameter: &mut Value) {
        self.member(parameter, "schema", |walk, schema| {
            walk.schema(schema, &Root::Request, true, None);
        });
    }

    fn content(&mut self, holder: &mut Value, root: &Root) {
        self.member(holder, "content", |walk, content| {
            walk.members(content, |walk, _, media| {
                walk.member(media, "schema", |walk, schema| {
                    walk.schema(schema, root, true, None);
                });
            });
        });
    }

    fn schema(&mut self, schema: &mut Value, root: &Root, is_root: bool, property: Option<&str>) {
        let Some(keywords) = schema.as_object() else {
            return;
        };
        let place = Place {
            pointer: &self.pointer,
            root,
            is_root,
            property,
        };
        (self.enter)(&place, target(keywords));
        // Most schemas hold no other, and need not be searched for any.
        if keywords
            .values()
            .any(|value| value.is_object() || value.is_array())
        {
            self.children(schema, root);
        }
        if let Value::Object(keywords) = schema {
            let place = Place {
                pointer: &self.pointer,
                root,
                is_root,
                property,
            };
            (self.leave)(&place, keywords);
        }
    }

    fn children(&mut self, schema: &mut Value, root: &Root) {
        for keyword in ["items", "additionalProperties", "not"] {
            self.member(schema, keyword, |walk, inner| {
                walk.schema(inner, root, false, None);
            });
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            self.member(schema, keyword, |walk, all| {
                walk.items(all, |walk, inner| walk.schema(inner, root, false, None));
            });
        }
        self.member(schema, "properties", |walk, properties| {
            walk.members(properties, |walk, name, inner| {
                walk.schema(inner, root, false, Some(name));
            });
        });
    }

    fn member(&mut self, value: &mut Value, name: &str, run: impl FnOnce(&mut Self, &mut Value)) {
        if let Some(member) = value.get_mut(name) {
            self.step(name, |walk| run(walk, member));
        }
    }

    fn members(&mut self, value: &mut Value, mut run: impl FnMut(&mut Self, &str, &mut Value)) {
        for (name, member) in value.as_object_mut().into_iter().flatten() {
            self.step(name, |walk| run(walk, name, member));
        }
    }

    fn items(&mut self, value: &mut Value, mut run: impl FnMut(&mut Self, &mut Value)) {
        for (index, item) in value.as_array_mut().into_iter().flatten().enumerate() {
            self.step(&index.to_string(), |walk| run(walk, item));
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
