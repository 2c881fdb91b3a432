//! Lists the operations of a document.

use serde_json::Value;

use crate::{
    pointer::{escape, list, members},
    references::resolve,
    structure::METHODS,
};

/// An operation of a document.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    /// The path of the operation.
    pub path: &'a str,
    /// The method of the operation.
    pub method: &'static str,
    /// The path item that contains the operation.
    pub item: &'a Value,
    /// The object of the operation.
    pub value: &'a Value,
}

/// Lists the operations, path by path.
pub fn operations(document: &Value) -> impl Iterator<Item = Operation<'_>> {
    members(document, "/paths").flat_map(|(path, item)| {
        METHODS.into_iter().filter_map(move |method| {
            Some(Operation {
                path,
                method,
                item,
                value: item.get(method)?,
            })
        })
    })
}

impl<'a> Operation<'a> {
    /// Returns the JSON pointer of the operation.
    #[must_use]
    pub fn pointer(&self) -> String {
        format!("/paths/{}/{}", escape(self.path), self.method)
    }

    /// Returns the operationId.
    #[must_use]
    pub fn id(&self) -> Option<&'a str> {
        self.value.get("operationId")?.as_str()
    }

    /// Lists the parameters of the operation, and then the parameters of its path. The latter
    /// include the parameters that the operation overrides.
    pub fn parameters(self, document: &'a Value) -> impl Iterator<Item = &'a Value> {
        let own = list(self.value, "parameters");
        let all = own.chain(list(self.item, "parameters"));
        all.map(|(_, parameter)| resolve(document, parameter))
    }
}
