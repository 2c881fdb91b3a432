//! The body of a change, which is built member by member.
//!
//! `spec-codegen` writes the setters of every call that has a field
//! `form: Form<…>`, and they call [`Form::set`]. `ticket/form.rs` has another type
//! with this method: the body of a new ticket, which may be JSON text.

/// The members that are to be changed.
#[derive(Clone, Default)]
pub(crate) struct Form<T>(pub(crate) T);

impl<T: Default> Form<T> {
    /// Sets one member. Only the other `Form` needs the name, for JSON.
    pub(crate) fn set<V>(&mut self, _name: &str, value: V, typed: impl FnOnce(T, V) -> T) {
        let before = std::mem::take(&mut self.0);
        self.0 = typed(before, value);
    }
}
