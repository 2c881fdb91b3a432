//! Reads the keys of a page of a list, from the JSON as it was received.

use gorgias_runtime::support::cursor;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::item::{Defect, Key, object};

/// One page of a list.
pub(crate) struct Keys<T> {
    /// The items that can be read, in the order of the list.
    pub(crate) items: Vec<T>,
    /// The number of items that can't be read.
    pub(crate) unreadable: usize,
    /// The defect of the first item that can't be read.
    pub(crate) defect: Option<Defect>,
    meta: Option<Box<RawValue>>,
}

impl<T> Keys<T> {
    /// Reads `meta`, which stands beside the items and says where the next page
    /// starts. Returns `None` if `meta` is missing or can't be read.
    pub(crate) fn meta<'a, M: Deserialize<'a>>(&'a self) -> Option<M> {
        object(self.meta.as_ref()?.get())
    }

    /// Reads where the next page of a list with cursors starts.
    ///
    /// # Errors
    ///
    /// When the list has something else in place of a cursor.
    pub(crate) fn next_cursor(&self) -> Result<Option<String>, &'static str> {
        #[derive(Deserialize)]
        struct Meta {
            next_cursor: Option<String>,
        }

        if self.meta.is_none() {
            return Ok(None);
        }
        let meta: Meta = self.meta().ok_or("no meta of a list")?;
        let next = cursor(meta.next_cursor.as_deref());
        next.map_err(|_| "no cursor that could be sent back")
    }
}

/// Reads a page: an object with an array `data`, and without a member `error`.
impl<'de, T: Key> Deserialize<'de> for Keys<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct List {
            data: Vec<Box<RawValue>>,
            meta: Option<Box<RawValue>>,
            error: Option<Box<RawValue>>,
        }

        let text = Box::<RawValue>::deserialize(deserializer)?;
        let list = object(text.get()).filter(|list: &List| list.error.is_none());
        let list = list.ok_or_else(|| D::Error::custom("no list"))?;
        let mut keys = Self {
            items: Vec::with_capacity(list.data.len()),
            unreadable: 0,
            defect: None,
            meta: list.meta,
        };
        for item in list.data {
            match T::read(item.get()) {
                Ok(item) => keys.items.push(item),
                Err(defect) => {
                    keys.unreadable = keys.unreadable.saturating_add(1);
                    keys.defect.get_or_insert(defect);
                }
            }
        }
        Ok(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::super::item::Item;
    use super::*;

    #[test]
    fn an_item_that_proves_nothing_is_counted() {
        for (item, defect) in [
            ("null", Defect::Item),
            ("7", Defect::Item),
            (r#"[7,"a",null,null]"#, Defect::Item),
            (r#"{"id":7,"id":7,"external_id":"a"}"#, Defect::Item),
            (r#"{"external_id":"a"}"#, Defect::Id),
            (r#"{"id":null,"external_id":"a"}"#, Defect::Id),
            (r#"{"id":"x","external_id":"a"}"#, Defect::Id),
            (r#"{"id":"","external_id":"a"}"#, Defect::Id),
            (r#"{"id":"+7","external_id":"a"}"#, Defect::Id),
            (r#"{"id":1.5,"external_id":"a"}"#, Defect::Id),
            (r#"{"id":0,"external_id":"a"}"#, Defect::Id),
            (r#"{"id":-7,"external_id":"a"}"#, Defect::Id),
            (r#"{"id":{},"external_id":"a"}"#, Defect::Id),
            (r#"{"id":7}"#, Defect::ExternalId),
            (r#"{"id":7,"external_id":true}"#, Defect::ExternalId),
            (r#"{"id":7,"external_id":["a"]}"#, Defect::ExternalId),
            (r#"{"id":7,"external_id":{}}"#, Defect::ExternalId),
            (r#"{"id":7,"external_id":1.0}"#, Defect::ExternalId),
            (r#"{"id":7,"external_id":1e3}"#, Defect::ExternalId),
        ] {
            let text = format!(r#"{{"data":[{item},{{"id":8,"external_id":"b"}}]}}"#);
            let page: Keys<Item> = serde_json::from_str(&text).unwrap();
            assert_eq!((page.unreadable, page.defect), (1, Some(defect)), "{item}");
            assert_eq!(page.items.len(), 1, "{item}");
        }
    }
}
