//! A page of the list of customers, read for their keys alone.

use gorgias_runtime::support::cursor;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::evidence::{Defect, Item, Outline, Reason, object};

/// One page.
pub(super) struct CustomerPage {
    pub(super) customers: Vec<Listed>,
    /// What is wrong with the first item that can't be read.
    pub(super) doubt: Option<Reason>,
    pub(super) next: Option<String>,
}

/// A customer of the list, as far as it proves something.
pub(super) struct Listed {
    pub(super) id: i64,
    pub(super) external_id: Option<String>,
    pub(super) email: Option<String>,
}

impl Listed {
    fn read(text: &str) -> Result<Self, Defect> {
        // A member that is missing is an error, as it says nothing.
        #[derive(Deserialize)]
        struct Members<'a> {
            #[serde(borrow)]
            email: &'a RawValue,
        }

        let item = Item::read(text)?;
        let members: Members<'_> = object(text).ok_or(Defect::Address)?;
        let email = serde_json::from_str(members.email.get());
        Ok(Self {
            id: item.id,
            external_id: item.external_id,
            email: email.map_err(|_| Defect::Address)?,
        })
    }
}

impl<'de> Deserialize<'de> for CustomerPage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Meta {
            next_cursor: Option<String>,
        }

        let text = Box::<RawValue>::deserialize(deserializer)?;
        let list = Outline::of(text.get()).ok_or_else(|| D::Error::custom("no list"))?;
        let meta: Option<Meta> = match list.meta {
            Some(meta) => {
                let meta = object(meta.get());
                Some(meta.ok_or_else(|| D::Error::custom("no meta of a list"))?)
            }
            None => None,
        };
        let next = meta.and_then(|meta| meta.next_cursor);
        let mut page = Self {
            customers: Vec::with_capacity(list.data.len()),
            doubt: None,
            next: cursor(next.as_deref()).map_err(D::Error::custom)?,
        };
        for item in list.data {
            match Listed::read(item.get()) {
                Ok(customer) => page.customers.push(customer),
                Err(defect) => page.doubt = page.doubt.or(Some(Reason::Item(defect))),
            }
        }
        Ok(page)
    }
}
