//! `sqlite`: the bundle as one database. `docs/sqlite.md` says how to ask it.

mod catalog;
mod routine;

use std::collections::HashMap;

use nocere_model::{
    Bundle,
    bundle::{Amount, Dosage, VERSION},
};
use rusqlite::{Connection, MAIN_DB, Params, Transaction, params_from_iter, types::Value};
use serde::Serialize;

use super::{Export, Format, Named, printable};

pub(super) const FORMAT: Format = Format { name: "sqlite", about: "an SQLite database, for apps", files };

/// `noce`, so that `file` and others can tell what it is.
const APPLICATION: i32 = i32::from_be_bytes(*b"noce");

fn files(export: &Export) -> Result<Vec<Named>, String> {
    let bytes = database(&export.bundle).map_err(|error| error.to_string())?;
    Ok(vec![("bundle.sqlite", bytes)])
}

/// Made in memory and then taken as it is: no file, no journal, and the same bytes for the same bundle.
fn database(bundle: &Bundle) -> rusqlite::Result<Vec<u8>> {
    let mut connection = Connection::open_in_memory()?;
    connection.pragma_update(None, "page_size", 4096)?;
    connection.pragma_update(None, "encoding", "UTF-8")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(include_str!("schema.sql"))?;
    let mut rows = Rows { transaction: &transaction, doses: HashMap::new() };
    catalog::fill(&mut rows, bundle)?;
    routine::fill(&mut rows, bundle)?;
    transaction.execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
    transaction.commit()?;
    // Counts the rows, so that readers plan well; and packs the pages.
    connection.execute_batch("ANALYZE; VACUUM;")?;
    Ok(connection.serialize(MAIN_DB)?.to_vec())
}

/// Puts rows into tables.
struct Rows<'t> {
    transaction: &'t Transaction<'t>,
    doses: HashMap<Vec<u8>, i64>,
}

impl Rows<'_> {
    /// Inserts a row with all columns of the table.
    fn add(&self, table: &str, row: &[Value]) -> rusqlite::Result<()> {
        self.run(table, row.len(), params_from_iter(row))
    }

    fn run(&self, table: &str, columns: usize, row: impl Params) -> rusqlite::Result<()> {
        let places = vec!["?"; columns].join(",");
        // Tables are named in this folder only, never by a bundle.
        let mut statement =
            self.transaction.prepare_cached(&format!("INSERT INTO {table} VALUES ({places})"))?;
        statement.execute(row).map(drop)
    }

    /// Makes something findable.
    fn index(&self, kind: &str, id: &str, name: &str, words: &str) -> rusqlite::Result<()> {
        self.add("search", &[text(kind), text(id), text(name), text(words)])
    }

    /// The row of a dose; equal doses share one.
    fn dose(&mut self, dose: Option<&Dosage>) -> rusqlite::Result<Value> {
        let Some(dose) = dose else { return Ok(Value::Null) };
        let key = serde_json::to_vec(dose).unwrap_or_default();
        if let Some(id) = self.doses.get(&key) {
            return Ok((*id).into());
        }
        let id = self.doses.len() as i64 + 1;
        let mut row: Vec<Value> = vec![id.into()];
        for amount in [&dose.hold, &dose.time, &dose.reps, &dose.sets, &dose.rest] {
            let number =
                |of: fn(&Amount) -> u32| amount.as_ref().map_or(Value::Null, |amount| of(amount).into());
            let words = amount.as_ref().map_or(Value::Null, |amount| text(&amount.text));
            row.extend([number(|amount| amount.min), number(|amount| amount.max), words]);
        }
        row.push(dose.sides.map_or(Value::Null, |sides| code(&sides)));
        row.extend(match &dose.sessions {
            Some(often) => {
                [often.times.min.into(), often.times.max.into(), code(&often.per), text(&often.text)]
            }
            None => [Value::Null, Value::Null, Value::Null, Value::Null],
        });
        self.add("dose", &row)?;
        self.doses.insert(key, id);
        Ok(id.into())
    }
}

/// A text. SQLite's own functions end a text at a null character, so there is none.
fn text(text: &str) -> Value {
    Value::Text(printable(text).into_owned())
}

fn maybe<T: AsRef<str>>(value: Option<T>) -> Value {
    value.map_or(Value::Null, |value| text(value.as_ref()))
}

fn number(number: usize) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

fn seconds(seconds: Option<nocere_model::bundle::Seconds>) -> [Value; 2] {
    let number = |number: u64| Value::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    seconds.map_or([Value::Null, Value::Null], |seconds| [number(seconds.min), number(seconds.max)])
}

/// A value of a fixed vocabulary, by its name.
fn code(value: &impl Serialize) -> Value {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Value::Text(name),
        _ => Value::Null,
    }
}

/// Canonical JSON. It holds no bare control characters.
fn json(value: &impl Serialize) -> Value {
    serde_json_canonicalizer::to_string(value).map_or(Value::Null, Value::Text)
}
