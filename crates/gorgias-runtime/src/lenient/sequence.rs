//! Reads lists and typed maps. An entry of another type is left out.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Lenient, Read, nothing};

impl<T: Lenient> Lenient for Vec<T> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        struct List<T>(PhantomData<T>);

        impl<'de, T: Lenient> Visitor<'de> for List<T> {
            type Value = Option<Vec<T>>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = list.next_element_seed(Read(PhantomData))? {
                    items.extend(item);
                }
                Ok(Some(items))
            }

            nothing!(null boolean number string map);
        }

        deserializer.deserialize_any(List(PhantomData))
    }
}

impl<T: Lenient> Lenient for BTreeMap<String, T> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        struct Entries<T>(PhantomData<T>);

        impl<'de, T: Lenient> Visitor<'de> for Entries<T> {
            type Value = Option<BTreeMap<String, T>>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = BTreeMap::new();
                while let Some(key) = map.next_key()? {
                    if let Some(value) = map.next_value_seed(Read(PhantomData))? {
                        entries.insert(key, value);
                    }
                }
                Ok(Some(entries))
            }

            nothing!(null boolean number string list);
        }

        deserializer.deserialize_any(Entries(PhantomData))
    }
}

impl<T: Lenient> Lenient for Box<T> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Ok(T::lenient(deserializer)?.map(Box::new))
    }
}

/// An entry that may be null. A value of another type reads as null too.
impl<T: Lenient> Lenient for Option<T> {
    fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        T::lenient(deserializer).map(Some)
    }
}
