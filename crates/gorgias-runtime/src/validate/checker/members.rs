//! Checks the members of an object.

use serde::ser::Serialize;

use super::{
    super::{Field, Rule, rule::Object},
    Checker, Step, Unserializable,
};

/// The rule of an unknown member, which is needed only to report the member.
static UNKNOWN: Rule = Rule::any();

/// Checks the members of an object.
pub(super) struct Members<'a> {
    checker: Checker<'a>,
    rule: Option<&'static Object>,
    present: FieldSet,
    /// How many required fields are present.
    required: usize,
    /// The index of the field after the one found last.
    next: usize,
    pub(super) key: String,
    count: usize,
}

impl<'a> Members<'a> {
    pub(super) fn new(checker: Checker<'a>, rule: Option<&'static Object>) -> Self {
        Self {
            checker,
            rule,
            present: FieldSet::default(),
            required: 0,
            next: 0,
            key: String::new(),
            count: 0,
        }
    }

    pub(super) fn member<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<(), Unserializable> {
        match self.checker_of(name) {
            Some(checker) => value.serialize(checker),
            None => Ok(()),
        }
    }

    /// Returns the checker of a member's value. Returns `None` if any value is
    /// allowed, or if the member isn't allowed, which is reported.
    fn checker_of<'b>(&'b mut self, name: &'b str) -> Option<Checker<'b>> {
        self.count = self.count.saturating_add(1);
        let rule = match self.rule {
            Some(object) => {
                let field = self.field(object, name).map(|field| field.rule);
                let Some(rule) = field.or(object.additional) else {
                    let mut checker = self.checker.inner(&UNKNOWN, Step::Member(name));
                    checker.report("is not a known field");
                    return None;
                };
                rule
            }
            None => self.checker.rule_within_any()?,
        };
        let names_lines = self.checker.single_line;
        let mut checker = self.checker.inner(rule, Step::Member(name));
        if names_lines {
            checker.line(name);
        }
        Some(checker)
    }

    /// Returns the field of this name. Members mostly come in the order of the
    /// fields, so the search starts after the field found last.
    fn field(&mut self, object: &Object, name: &str) -> Option<&'static Field> {
        let mut fields = object.fields.iter().enumerate();
        let named = |(_, field): &(usize, &Field)| field.name == name;
        let after = fields.clone().skip(self.next).find(named);
        let (place, field) = after.or_else(|| fields.find(named))?;
        if field.required && !self.present.contains(place) {
            self.required = self.required.saturating_add(1);
        }
        self.present.insert(place);
        self.next = place.saturating_add(1);
        Some(field)
    }

    pub(super) fn finish(mut self) {
        let Some(object) = self.rule else { return };
        // Mostly no required field is missing, so the fields need not be searched.
        let fields: &[Field] = match self.required < object.required {
            true => object.fields,
            false => &[],
        };
        for (place, field) in fields.iter().enumerate() {
            if field.required && !self.present.contains(place) {
                self.checker
                    .inner(field.rule, Step::Member(field.name))
                    .report("is required");
            }
        }
        let (least, most) = (object.min_properties, object.max_properties);
        self.checker.report_size(self.count, least, most, "member");
    }
}

/// A set of indexes of fields. Indexes below 64 are bits of `first`, because
/// few objects have more fields.
#[derive(Default)]
struct FieldSet {
    first: u64,
    further: Vec<usize>,
}

impl FieldSet {
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
    fn fields_are_kept_whatever_their_index() {
        let mut set = FieldSet::default();
        for place in [0, 63, 64, 1000] {
            assert!(!set.contains(place));
            set.insert(place);
            assert!(set.contains(place));
        }
        assert!(!set.contains(1) && !set.contains(65));
    }
}
