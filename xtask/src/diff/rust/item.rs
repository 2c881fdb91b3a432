//! One thing that a generated crate offers.

/// One thing that a crate offers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ApiItem {
    /// What it is called, from the crate's root.
    pub item: String,
    /// What it is.
    pub kind: ItemKind,
    /// Its declaration.
    pub text: String,
    /// For types: whether users may have written out everything in
    /// it, so that anything new breaks them.
    pub complete: bool,
    /// For types with an order: what they are made of, in order.
    pub order: Vec<String>,
}

/// A kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    Module,
    Struct,
    Enum,
    Alias,
    Field,
    Variant,
    Function,
    Constant,
    Implementation,
    Reexport,
}

impl ApiItem {
    /// One that is no type.
    pub fn new(item: &str, kind: ItemKind, text: String) -> Self {
        Self {
            item: item.to_owned(),
            kind,
            text,
            complete: false,
            order: Vec::new(),
        }
    }
}

impl ItemKind {
    /// What people call it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Struct => "struct",
            Self::Enum => "enum",
            Self::Alias => "type alias",
            Self::Field => "field",
            Self::Variant => "variant",
            Self::Function => "function",
            Self::Constant => "constant",
            Self::Implementation => "implementation",
            Self::Reexport => "re-export",
        }
    }
}
