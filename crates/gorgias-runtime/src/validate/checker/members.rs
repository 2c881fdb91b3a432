//! Members of an object, against its fields.

use serde::ser::Serialize;

use super::{
    super::{Field, Violation, rule::Object},
    Checker, Path, Unserialisable, off_size,
};

/// Members of an object.
pub(super) struct Members<'a> {
    checker: Checker<'a>,
    rule: Option<&'static Object>,
    present: Places,
    /// The field after the last one that was found.
    next: usize,
    pub(super) key: String,
    count: usize,
}

impl<'a> Members<'a> {
    pub(super) fn new(checker: Checker<'a>, rule: Option<&'static Object>) -> Self {
        Self {
            checker,
            rule,
            present: Places::default(),
            next: 0,
            key: String::new(),
            count: 0,
        }
    }

    pub(super) fn member<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<(), Unserialisable> {
        let Some(object) = self.rule else {
            return Ok(());
        };
        self.count = self.count.saturating_add(1);
        let field = self.field(object, name);
        let path = Path::Member(&self.checker.path, name);
        match field.map(|field| field.rule).or(object.additional) {
            Some(rule) => value.serialize(Checker {
                rule,
                path,
                violations: self.checker.violations,
            }),
            None => {
                let violation = Violation::new(path.to_string(), "is not a known field");
                self.checker.violations.push(violation);
                Ok(())
            }
        }
    }

    /// The field of this name. Members mostly come in the order of the fields,
    /// so the search starts after the last one.
    fn field(&mut self, object: &Object, name: &str) -> Option<&'static Field> {
        let fields = object.fields;
        let named = |place: &usize| fields.get(*place).is_some_and(|field| field.name == name);
        let place = (self.next..fields.len()).chain(0..self.next).find(named)?;
        self.present.insert(place);
        self.next = place.saturating_add(1);
        fields.get(place)
    }

    pub(super) fn finish(mut self) {
        let Some(object) = self.rule else { return };
        for (place, field) in object.fields.iter().enumerate() {
            if field.required && !self.present.contains(place) {
                let pointer = Path::Member(&self.checker.path, field.name).to_string();
                let violation = Violation::new(pointer, "is required");
                self.checker.violations.push(violation);
            }
        }
        let count = self.count;
        if count < object.min_properties {
            let least = object.min_properties;
            self.checker
                .report(off_size("least", least, "member", count));
        } else if count > object.max_properties {
            let most = object.max_properties;
            self.checker.report(off_size("most", most, "member", count));
        }
    }
}

/// Places in a list of fields. Few objects have more than 64 of them.
#[derive(Default)]
struct Places {
    first: u64,
    further: Vec<usize>,
}

impl Places {
    fn insert(&mut self, place: usize) {
        match bit(place) {
            Some(bit) => self.first |= bit,
            None => self.further.push(place),
        }
    }

    fn contains(&self, place: usize) -> bool {
        match bit(place) {
            Some(bit) => self.first & bit != 0,
            None => self.further.contains(&place),
        }
    }
}

fn bit(place: usize) -> Option<u64> {
    1_u64.checked_shl(u32::try_from(place).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_kept_however_far() {
        let mut places = Places::default();
        for place in [0, 63, 64, 1000] {
            assert!(!places.contains(place));
            places.insert(place);
            assert!(places.contains(place));
        }
        assert!(!places.contains(1) && !places.contains(65));
    }
}
