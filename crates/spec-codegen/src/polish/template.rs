//! Code with blanks, to be parsed once and filled in for every type and field.
//!
//! Quoting and parsing the same code again takes several times as long as
//! cloning it, and there are thousands of fields in a large document.

use syn::{Arm, Expr, FieldValue, File, Ident, LitStr, visit_mut::VisitMut};

use super::Expressions;

/// What blanks are filled with.
pub(super) struct Filling<'a> {
    /// Identifiers, and what takes their place.
    pub names: &'a [(&'static str, &'a Ident)],
    /// What takes the place of the literal `"TEXT"`.
    pub text: String,
}

impl Filling<'_> {
    /// The template, filled in by the visitor's method for its kind.
    pub fn of<T: Clone>(mut self, template: &T, visit: fn(&mut Self, &mut T)) -> T {
        let mut filled = template.clone();
        visit(&mut self, &mut filled);
        filled
    }
}

impl VisitMut for Filling<'_> {
    fn visit_ident_mut(&mut self, ident: &mut Ident) {
        if let Some((_, name)) = self.names.iter().find(|(blank, _)| ident == blank) {
            *ident = (*name).clone();
        }
    }

    fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
        if literal.value() == "TEXT" {
            *literal = LitStr::new(&self.text, literal.span());
        }
    }
}

/// What goes into the lists of a template, which has one of each kind.
#[derive(Default)]
pub(super) struct Lists {
    /// Into the array.
    pub elements: Vec<Expr>,
    /// Into the struct literal.
    pub fields: Vec<FieldValue>,
    /// Before the arms of the `match`.
    pub arms: Vec<Arm>,
}

impl Lists {
    /// Puts everything into its place.
    pub fn fill(mut self, code: &mut File) {
        let mut fill = |expr: &mut Expr| match expr {
            Expr::Array(array) => array.elems.extend(self.elements.drain(..)),
            Expr::Struct(literal) => literal.fields.extend(self.fields.drain(..)),
            Expr::Match(choice) => {
                choice.arms.splice(0..0, self.arms.drain(..));
            }
            _ => {}
        };
        Expressions(&mut fill).visit_file_mut(code);
    }
}
