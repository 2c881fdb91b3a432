//! A body that is put together member by member.

/// What is to be changed.
#[derive(Clone, Default)]
pub(crate) struct Form<T>(pub(crate) T);

impl<T: Default> Form<T> {
    /// Sets one member. The name is of use to forms of JSON only.
    pub(crate) fn set<V>(&mut self, _name: &str, value: V, typed: impl FnOnce(T, V) -> T) {
        let before = std::mem::take(&mut self.0);
        self.0 = typed(before, value);
    }
}
