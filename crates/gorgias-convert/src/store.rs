//! A temporary database for data of the input that a conversion has to remember, so that
//! memory doesn't grow with the input.
//!
//! Every run makes a new database and deletes it, so nothing is synced to disk.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::conversation::Person;

const TABLES: &str = "
    PRAGMA temp_store = FILE;
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -16384;
    CREATE TABLE people (
        kind TEXT, id TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE owners (
        owner TEXT PRIMARY KEY, first INTEGER NOT NULL, line INTEGER NOT NULL, taken INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE messages (
        owner TEXT, position INTEGER, body BLOB NOT NULL, PRIMARY KEY (owner, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE versions (
        id TEXT PRIMARY KEY, at INTEGER NOT NULL, position INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE superseded (position INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE urls (url TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    BEGIN;
";

/// The most people of a kind that are held in memory.
const CACHED: usize = 4096;

type Result<T> = rusqlite::Result<T>;

pub(crate) struct Store {
    connection: Connection,
    /// The people that were read last, by their kind. Only kinds that are stored have an
    /// entry.
    people: HashMap<&'static str, HashMap<String, Option<Person>>>,
    messages: i64,
    any_superseded: bool,
}

/// A ticket or conversation for which messages are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    pub(crate) id: String,
    /// The position of its first message.
    pub(crate) first: i64,
    pub(crate) line: u64,
}

impl Store {
    /// An empty database, in a file without a name.
    pub(crate) fn new() -> Result<Self> {
        let connection = Connection::open("")?;
        connection.execute_batch(TABLES)?;
        Ok(Self {
            connection,
            people: HashMap::new(),
            messages: 0,
            any_superseded: false,
        })
    }

    fn execute(&self, sql: &str, values: impl rusqlite::Params) -> Result<usize> {
        self.connection.prepare_cached(sql)?.execute(values)
    }

    /// Stores a user, an organisation or a group, as `kind` says. An entry with the same kind
    /// and id is replaced.
    pub(crate) fn put_person(&mut self, kind: &'static str, person: &Person) -> Result<()> {
        let body = serde_json::to_string(person)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        self.execute(
            "REPLACE INTO people VALUES (?1, ?2, ?3)",
            params![kind, person.id, body],
        )?;
        self.people.entry(kind).or_default().clear();
        Ok(())
    }

    /// Whether anything of a kind is stored.
    pub(crate) fn any_people(&self, kind: &str) -> bool {
        self.people.contains_key(kind)
    }

    pub(crate) fn person(&mut self, kind: &str, id: &str) -> Result<Option<Person>> {
        let Some(cache) = self.people.get_mut(kind) else {
            return Ok(None);
        };
        if let Some(person) = cache.get(id) {
            return Ok(person.clone());
        }
        let sql = "SELECT body FROM people WHERE kind = ?1 AND id = ?2";
        let body: Option<String> = first_row(&self.connection, sql, [kind, id], |row| row.get(0))?;
        let person = body.and_then(|body| serde_json::from_str::<Person>(&body).ok());
        if cache.len() >= CACHED {
            cache.clear();
        }
        cache.insert(id.to_owned(), person.clone());
        Ok(person)
    }

    /// The name of an organisation or a group.
    pub(crate) fn name(&mut self, kind: &str, id: &str) -> Result<Option<String>> {
        Ok(self.person(kind, id)?.and_then(|person| person.name))
    }

    /// Stores a message for its ticket.
    pub(crate) fn put_message(&mut self, owner: &str, line: u64, body: &[u8]) -> Result<()> {
        self.messages = self.messages.saturating_add(1);
        self.execute(
            "INSERT OR IGNORE INTO owners VALUES (?1, ?2, ?3, 0)",
            params![owner, self.messages, line],
        )?;
        self.execute(
            "INSERT INTO messages VALUES (?1, ?2, ?3)",
            params![owner, self.messages, body],
        )?;
        Ok(())
    }

    /// The messages of a ticket, in the order in which they were stored. Marks the ticket
    /// as taken.
    pub(crate) fn take_messages(&self, owner: &str) -> Result<Vec<Vec<u8>>> {
        if self.messages == 0 {
            return Ok(Vec::new());
        }
        let mut query = self
            .connection
            .prepare_cached("SELECT body FROM messages WHERE owner = ?1 ORDER BY position")?;
        let messages = query.query_map([owner], |row| row.get(0))?;
        let messages = messages.collect::<Result<Vec<_>>>()?;
        if !messages.is_empty() {
            self.execute("UPDATE owners SET taken = 1 WHERE owner = ?1", [owner])?;
        }
        Ok(messages)
    }

    /// Makes an index for [`owner_after`](Self::owner_after).
    pub(crate) fn order_owners(&self) -> Result<()> {
        self.connection
            .execute_batch("CREATE INDEX by_first ON owners (first)")
    }

    /// The next owner after a position, in the order of their first messages.
    pub(crate) fn owner_after(&self, first: i64) -> Result<Option<Owner>> {
        let sql = "SELECT owner, first, line FROM owners WHERE first > ?1 ORDER BY first LIMIT 1";
        first_row(&self.connection, sql, [first], owner)
    }

    /// The first owner whose id sorts after `id` and whose messages were not taken, with
    /// the number of these messages.
    pub(crate) fn untaken_after(&self, id: &str) -> Result<Option<(Owner, u64)>> {
        let sql = "SELECT owner, first, line,
                       (SELECT count(*) FROM messages WHERE messages.owner = owners.owner)
                   FROM owners WHERE taken = 0 AND owner > ?1 ORDER BY owner LIMIT 1";
        first_row(&self.connection, sql, [id], |row| {
            Ok((owner(row)?, row.get(3)?))
        })
    }

    /// Stores a version of a ticket, and marks the older of two versions as superseded. If
    /// both have the same time, the version that comes first in the input is the older one.
    pub(crate) fn put_version(&mut self, id: &str, at: i64, position: i64) -> Result<()> {
        // Most tickets have one version.
        let sql = "INSERT OR IGNORE INTO versions VALUES (?1, ?2, ?3)";
        if self.execute(sql, params![id, at, position])? > 0 {
            return Ok(());
        }
        let sql = "SELECT at, position FROM versions WHERE id = ?1";
        let known: Option<(i64, i64)> = first_row(&self.connection, sql, [id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        let older = match known {
            Some((known_at, known)) if known_at <= at => known,
            _ => position,
        };
        self.any_superseded = true;
        self.execute("INSERT INTO superseded VALUES (?1)", [older])?;
        if older != position {
            self.execute(
                "REPLACE INTO versions VALUES (?1, ?2, ?3)",
                params![id, at, position],
            )?;
        }
        Ok(())
    }

    /// Whether the ticket at a position has a later version.
    pub(crate) fn is_superseded(&self, position: i64) -> Result<bool> {
        if !self.any_superseded {
            return Ok(false);
        }
        let sql = "SELECT 1 FROM superseded WHERE position = ?1";
        Ok(first_row(&self.connection, sql, [position], |_| Ok(()))?.is_some())
    }

    /// Stores an address. Returns whether it is new.
    pub(crate) fn put_url(&self, url: &str) -> Result<bool> {
        let inserted = self.execute("INSERT OR IGNORE INTO urls VALUES (?1)", [url])?;
        Ok(inserted > 0)
    }

    /// Stores the id of a ticket that has no version. Returns whether the id is new.
    pub(crate) fn put_id(&self, id: &str) -> Result<bool> {
        let sql = "INSERT OR IGNORE INTO versions VALUES (?1, 0, 0)";
        Ok(self.execute(sql, [id])? > 0)
    }
}

/// Returns the first row of a query.
fn first_row<T>(
    connection: &Connection,
    sql: &str,
    values: impl rusqlite::Params,
    read: impl FnOnce(&rusqlite::Row<'_>) -> Result<T>,
) -> Result<Option<T>> {
    let mut query = connection.prepare_cached(sql)?;
    query.query_row(values, read).optional()
}

fn owner(row: &rusqlite::Row<'_>) -> Result<Owner> {
    Ok(Owner {
        id: row.get(0)?,
        first: row.get(1)?,
        line: row.get(2)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_the_latest_versions_counts() {
        let mut store = Store::new().unwrap();
        for (position, at) in [(0, 5), (1, 9), (2, 9), (3, 7)] {
            store.put_version("a", at, position).unwrap();
        }
        store.put_version("b", 1, 4).unwrap();
        let superseded: Vec<_> = (0..5).map(|at| store.is_superseded(at).unwrap()).collect();
        assert_eq!(superseded, [true, true, false, true, false]);
    }

    #[test]
    fn parts_are_found_by_their_owner_and_the_rest_is_known() {
        let mut store = Store::new().unwrap();
        for (owner, body) in [("9", "a"), ("10", "b"), ("9", "c")] {
            store.put_message(owner, 3, body.as_bytes()).unwrap();
        }
        store.order_owners().unwrap();
        let first = store.owner_after(0).unwrap().unwrap();
        assert_eq!(first.id, "9");
        assert_eq!(store.owner_after(first.first).unwrap().unwrap().id, "10");
        assert_eq!(store.take_messages("9").unwrap(), [b"a", b"c"]);
        let (left, count) = store.untaken_after("").unwrap().unwrap();
        assert_eq!((left.id.as_str(), left.line, count), ("10", 3, 1));
        assert_eq!(store.untaken_after(&left.id).unwrap(), None);
    }

    #[test]
    fn people_and_addresses_are_remembered() {
        let mut store = Store::new().unwrap();
        assert!(store.person("users", "7").unwrap().is_none());
        let person = Person {
            id: "7".to_owned(),
            name: Some("Jane".to_owned()),
            ..Person::default()
        };
        store.put_person("users", &person).unwrap();
        assert!(store.person("groups", "7").unwrap().is_none());
        assert!(store.person("users", "7").unwrap() == Some(person));
        assert!(store.put_url("https://a.example/1").unwrap());
        assert!(!store.put_url("https://a.example/1").unwrap());
    }
}
