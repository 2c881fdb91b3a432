//! Reads lists and typed maps. An entry of another type is left out.

use std::collections::BTreeMap;

use super::{
    Lenient,
    source::{Broken, Members, Sink, Source},
};

impl<T: Lenient> Lenient for Vec<T> {
    fn lenient(source: &mut dyn Source<'_>, value: &mut Option<Self>) -> Result<bool, Broken> {
        struct List<'a, T>(&'a mut Option<Vec<T>>);

        impl<'de, T: Lenient> Sink<'de> for List<'_, T> {
            fn list(&mut self, items: &mut dyn Source<'de>) -> Result<(), Broken> {
                let list = self.0.insert(Vec::new());
                let mut item = None;
                while T::lenient(items, &mut item)? {
                    list.extend(item.take());
                }
                Ok(())
            }
        }

        source.next(&mut List(value))
    }
}

impl<T: Lenient> Lenient for BTreeMap<String, T> {
    fn lenient(source: &mut dyn Source<'_>, value: &mut Option<Self>) -> Result<bool, Broken> {
        struct Entries<'a, T>(&'a mut Option<BTreeMap<String, T>>);

        impl<'de, T: Lenient> Sink<'de> for Entries<'_, T> {
            fn object(&mut self, members: &mut dyn Members<'de>) -> Result<(), Broken> {
                let entries = self.0.insert(BTreeMap::new());
                while let Some(key) = members.next_key()? {
                    let mut entry = None;
                    T::lenient(members, &mut entry)?;
                    if let Some(entry) = entry {
                        entries.insert(key.into_owned(), entry);
                    }
                }
                Ok(())
            }
        }

        source.next(&mut Entries(value))
    }
}

impl<T: Lenient> Lenient for Box<T> {
    fn lenient(source: &mut dyn Source<'_>, value: &mut Option<Self>) -> Result<bool, Broken> {
        let mut inner = None;
        let is_item = T::lenient(source, &mut inner)?;
        *value = inner.map(Box::new);
        Ok(is_item)
    }
}

/// An entry that may be null. A value of another type reads as null too.
impl<T: Lenient> Lenient for Option<T> {
    fn lenient(source: &mut dyn Source<'_>, value: &mut Option<Self>) -> Result<bool, Broken> {
        let mut inner = None;
        let is_item = T::lenient(source, &mut inner)?;
        *value = is_item.then_some(inner);
        Ok(is_item)
    }
}
