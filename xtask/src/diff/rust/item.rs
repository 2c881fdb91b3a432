//! A public item of a generated crate.

/// A public item of a crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ApiItem {
    /// The path from the crate's root.
    pub item: String,
    /// The kind of the item.
    pub kind: ItemKind,
    /// The declaration.
    pub text: String,
    /// For types: whether programs may list all members in a literal or a match, so that a new
    /// member breaks these programs.
    pub complete: bool,
    /// The ordered members of a type that derives an order of its values, or the ordered
    /// arguments of a function.
    pub order: Vec<String>,
}

/// The kind of an item.
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
}

impl ApiItem {
    /// Creates an item that is no type and has no order.
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
    /// Returns the word for the kind.
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
        }
    }
}
