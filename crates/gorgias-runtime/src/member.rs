//! Optional members of requests.

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An optional member of a request: absent, null, or with a value. The service
/// treats an absent member differently from one that is null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member<T>(Option<Option<T>>);

impl<T> Member<T> {
    /// Creates a member with a value.
    pub fn of(value: impl Into<T>) -> Self {
        Self(Some(Some(value.into())))
    }

    /// Sets the value.
    pub fn set(&mut self, value: impl Into<T>) {
        *self = Self::of(value);
    }

    /// Sets the member to null.
    pub fn set_null(&mut self) {
        self.0 = Some(None);
    }

    /// Whether the member is absent.
    pub fn is_absent(&self) -> bool {
        self.0.is_none()
    }

    /// Returns the value, if there is one.
    pub fn as_ref(&self) -> Option<&T> {
        self.0.as_ref()?.as_ref()
    }

    /// Returns a copy of the value, if there is one.
    pub fn copied(&self) -> Option<T>
    where
        T: Copy,
    {
        self.as_ref().copied()
    }

    /// Returns the value dereferenced, if there is one.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.as_ref().map(T::deref)
    }

    /// Returns a mutable reference to the value. An absent or null member gets
    /// the default value first.
    pub fn get_or_insert(&mut self) -> &mut T
    where
        T: Default,
    {
        let value = self.0.get_or_insert_default();
        value.get_or_insert_default()
    }
}

impl<T> Member<Box<T>> {
    /// Sets the value of a recursive type, which is stored in a box.
    pub fn set_boxed(&mut self, value: impl Into<T>) {
        self.0 = Some(Some(Box::new(value.into())));
    }
}

impl<T> Default for Member<T> {
    fn default() -> Self {
        Self(None)
    }
}

// An absent member isn't serialized at all: the struct's field has
// `skip_serializing_if`.
impl<T: Serialize> Serialize for Member<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Member<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| Self(Some(value)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize, Serialize)]
    struct Letter {
        #[serde(default, skip_serializing_if = "Member::is_absent")]
        subject: Member<String>,
    }

    fn null<T>() -> Member<T> {
        let mut member = Member::default();
        member.set_null();
        member
    }

    #[test]
    fn absent_null_and_a_value_are_told_apart() {
        for (subject, written) in [
            (Member::default(), json!({})),
            (null(), json!({"subject": null})),
            (Member::of("a"), json!({"subject": "a"})),
        ] {
            let letter = Letter { subject };
            assert_eq!(serde_json::to_value(&letter).unwrap(), written);
            assert_eq!(serde_json::from_value::<Letter>(written).unwrap(), letter);
        }
    }

    #[test]
    fn what_is_changed_has_a_value() {
        let mut list: Member<Vec<i64>> = null();
        list.get_or_insert().push(1);
        assert_eq!(list.as_deref(), Some([1].as_slice()));
        list.get_or_insert().push(2);
        assert_eq!(list, Member::of([1, 2]));
    }
}
