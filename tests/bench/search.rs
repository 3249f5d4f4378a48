//! `search`: who is meant by what was typed? The engine against statements of the same kind, by hand, held prepared.
//!
//! The floor is one statement that answers the same as the engine, on tables made by hand which do only this: of the first
//! forty in the order of the word or number those twenty that the desk sees first. `same` is that statement on the engine's own
//! tables, with every column that the engine answers. `lean` takes the first twenty as they come, in no order of the desk's;
//! it is printed, and nothing is held to it.

mod store;

use crate::Asked;
use crate::data::NOW;
use crate::decide::nth;
use crate::floor;
use crate::measure::{Lane, Result, by_turns, goal, ratio, together};
use carnet::domain::contact::search_key;
use carnet::domain::search::reversed_phone;
use carnet::domain::{ClientId, Instant};
use carnet::ops::search::ClientSearch;
use carnet::{Call, Clock, Engine, Options};
use rusqlite::Statement;
use rusqlite::types::ValueRef;
use std::path::Path;
use store::{email, person, phone, stores};

/// What is asked of a client, and what the statements by hand get for it. Each statement takes the words or the number.
struct Kind {
    name: &'static str,
    /// Whether it is asked in Cyrillic letters: no, yes, both.
    alphabets: &'static [bool],
    /// The first forty of the index, by hand: the client, and what else decides the order.
    by_hand: &'static str,
    /// The same of the engine's tables.
    same: &'static str,
    lean: &'static str,
    /// What is typed for client `n`, in Cyrillic letters or not.
    typed: fn(i64, bool) -> String,
}

/// The first letters of a text.
fn begin(text: &str, letters: usize) -> String {
    text.chars().take(letters).collect()
}

fn of(pair: &(String, String), cyrillic: bool) -> &str {
    if cyrillic { &pair.1 } else { &pair.0 }
}

const NAMES: &str = "SELECT p.* FROM word JOIN person AS p ON p.client = word.client
    WHERE word >= ?1 AND word < ?1 || char(127) ORDER BY word, word.client LIMIT 20";

/// In Latin letters the beginning of a name may be that of an e-mail address, too; a statement by hand asks for both.
const KINDS: [Kind; 6] = [
    Kind {
        name: "prefix_latin",
        alphabets: &[false],
        by_hand: "SELECT client, min(less) AS less FROM (
                SELECT * FROM (SELECT client, word > ?1 AS less FROM word WHERE word >= ?1 AND word < ?1 || char(127)
                    ORDER BY word, client LIMIT 40)
                UNION ALL SELECT * FROM (SELECT client, email > ?1 FROM email WHERE email >= ?1 AND email < ?1 || char(127)
                    ORDER BY email, client LIMIT 40)) GROUP BY client",
        same: "SELECT client, min(less) AS less FROM (
                SELECT * FROM (SELECT client, word > ?1 AS less FROM search_name WHERE word >= ?1 AND word < ?1 || char(127)
                    ORDER BY word, other, client LIMIT 40)
                UNION ALL SELECT * FROM (SELECT client, key > ?1 FROM search_contact
                    WHERE kind = 1 AND key >= ?1 AND key < ?1 || char(127) ORDER BY key, client LIMIT 40)) GROUP BY client",
        lean: NAMES,
        typed: |n, cyrillic| begin(of(&person(n)[0], cyrillic), 5),
    },
    Kind {
        name: "prefix_cyrillic",
        alphabets: &[true],
        by_hand: "SELECT client, word > ?1 AS less FROM word WHERE word >= ?1 AND word < ?1 || char(127)
            ORDER BY word, client LIMIT 40",
        same: "SELECT client, word > ?1 AS less FROM search_name WHERE word >= ?1 AND word < ?1 || char(127)
            ORDER BY word, other, client LIMIT 40",
        lean: NAMES,
        typed: |n, cyrillic| begin(of(&person(n)[0], cyrillic), 5),
    },
    Kind {
        name: "two_words",
        alphabets: &[false, true],
        by_hand: "SELECT client, word > ?1 OR NOT EXISTS (SELECT 1 FROM word AS other
                WHERE other.word = ?2 AND other.client = word.client) AS less
            FROM word WHERE word >= ?1 AND word < ?1 || char(127) AND EXISTS (SELECT 1 FROM word AS other
                WHERE other.client = word.client AND other.word >= ?2 AND other.word < ?2 || char(127)) LIMIT 40",
        same: "SELECT name.client, name.word > ?1 OR name.other > ?2 AS less
            FROM (SELECT key FROM search_word WHERE kind = 0 AND key >= ?1 AND key < ?1 || char(127)) AS begun
            CROSS JOIN search_name AS name ON name.word = begun.key AND name.other >= ?2 AND name.other < ?2 || char(127) LIMIT 40",
        lean: "SELECT p.* FROM word JOIN person AS p ON p.client = word.client
            WHERE word >= ?1 AND word < ?1 || char(127) AND EXISTS (SELECT 1 FROM word AS other
                WHERE other.client = word.client AND other.word >= ?2 AND other.word < ?2 || char(127)) LIMIT 20",
        typed: |n, cyrillic| {
            let [last, first] = person(n);
            format!("{} {}", begin(of(&first, cyrillic), 3), begin(of(&last, cyrillic), 6))
        },
    },
    Kind {
        name: "part",
        alphabets: &[false, true],
        by_hand: "SELECT word.client, 1 AS less
            FROM (SELECT DISTINCT word FROM ending WHERE ending >= ?1 AND ending < ?1 || char(127) LIMIT 40) AS found
            JOIN word ON word.word = found.word LIMIT 40",
        same: "SELECT name.client, 1 AS less
            FROM (SELECT word FROM search_word WHERE kind = 2 AND key >= ?1 AND key < ?1 || char(127)
                ORDER BY key, word LIMIT 40) AS begun
            CROSS JOIN search_name AS name ON name.word = begun.word LIMIT 40",
        lean: "SELECT p.* FROM (SELECT DISTINCT word FROM ending WHERE ending >= ?1 AND ending < ?1 || char(127) LIMIT 40) AS found
            JOIN word ON word.word = found.word JOIN person AS p ON p.client = word.client LIMIT 20",
        typed: |n, cyrillic| of(&person(n)[0], cyrillic).chars().skip(3).take(5).collect(),
    },
    Kind {
        name: "phone_tail",
        alphabets: &[false],
        by_hand: "SELECT client, tail > ?1 AS less FROM tail WHERE tail >= ?1 AND tail < ?1 || char(127)
            ORDER BY tail, client LIMIT 40",
        same: "SELECT client, key > ?1 AS less FROM search_contact WHERE kind = 0 AND key >= ?1 AND key < ?1 || char(127)
            ORDER BY key, client LIMIT 40",
        lean: "SELECT p.* FROM tail JOIN person AS p ON p.client = tail.client
            WHERE tail >= ?1 AND tail < ?1 || char(127) ORDER BY tail LIMIT 20",
        typed: |n, _| phone(n).chars().skip(8).collect(),
    },
    Kind {
        name: "email_prefix",
        alphabets: &[false],
        by_hand: "SELECT client, email > ?1 AS less FROM email WHERE email >= ?1 AND email < ?1 || char(127)
            ORDER BY email, client LIMIT 40",
        same: "SELECT client, key > ?1 AS less FROM search_contact WHERE kind = 1 AND key >= ?1 AND key < ?1 || char(127)
            ORDER BY key, client LIMIT 40",
        lean: "SELECT p.* FROM email JOIN person AS p ON p.client = email.client
            WHERE email.email >= ?1 AND email.email < ?1 || char(127) ORDER BY email.email LIMIT 20",
        typed: |n, _| begin(&email(n), 12),
    },
];

impl Kind {
    /// The twenty whom the desk sees first, of tables made by hand.
    fn floor(&self) -> String {
        format!(
            "SELECT p.client, p.last_visit, p.name, p.phone, p.email, p.birth FROM ({}) AS found
            CROSS JOIN person AS p WHERE p.client = found.client ORDER BY less, p.last_visit DESC, p.name LIMIT 20",
            self.by_hand
        )
    }

    /// The same of the engine's tables, where the last visit stands apart from the name.
    fn of_same(&self) -> String {
        format!(
            "SELECT client.client, seen.last_visit, client.kind, first_name, last_name, phone, email, birth_date, seen.archived, seen.inside
            FROM (SELECT found.*, archived, last_visit, inside FROM ({}) AS found
                CROSS JOIN gate WHERE gate.client = found.client ORDER BY less, archived, last_visit DESC LIMIT 20) AS seen
            CROSS JOIN client WHERE client.client = seen.client",
            self.same
        )
    }

    /// What is typed for a client, as the statements by hand take it.
    fn keys(&self, typed: &str) -> Vec<String> {
        let mut words: Vec<String> = match self.name {
            "phone_tail" => vec![reversed_phone(typed)],
            "email_prefix" => vec![typed.to_owned()],
            _ => search_key(typed).split(' ').map(str::to_owned).collect(),
        };
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words
    }
}

fn by_engine(engine: &Engine, typed: String) -> Result<Vec<ClientId>> {
    let request = ClientSearch { query: typed, limit: None, passes: false };
    let found = engine.client_search(&Call::default(), request)?;
    Ok(found.hits.into_iter().map(|hit| hit.client).collect())
}

/// The clients of a statement and their last visits; every column is read as the engine reads it.
fn by_hand(statement: &mut Statement<'_>, kind: &Kind, typed: &str) -> Result<Vec<(i64, Option<i64>)>> {
    let width = statement.column_count();
    let mut rows = statement.query(rusqlite::params_from_iter(kind.keys(typed)))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        for column in 1..width {
            match row.get_ref(column)? {
                ValueRef::Text(text) => drop(std::hint::black_box(std::str::from_utf8(text)?.to_owned())),
                other => drop(std::hint::black_box(other)),
            }
        }
        found.push((row.get(0)?, row.get::<_, Option<i64>>(1).unwrap_or_default()));
    }
    Ok(found)
}

/// Whoever is asked for is found where the page has room for all; and whoever was ever seen stands where the statement by hand
/// puts them.
fn check(kind: &Kind, engine: &Engine, same: &mut Statement<'_>, clients: i64) -> Result<()> {
    let mut count = 0;
    for index in 0..200 {
        let n = nth(index, clients);
        for &cyrillic in kind.alphabets {
            let typed = (kind.typed)(n, cyrillic);
            let found = by_engine(engine, typed.clone())?;
            if found.is_empty() || (found.len() < 20 && kind.name != "part" && !found.contains(&ClientId(n)))
            {
                return Err(format!("{}: {typed} does not find client {n}", kind.name).into());
            }
            // A part of a name in Latin letters may begin an e-mail address.
            if cyrillic || kind.alphabets.len() == 1 {
                let wanted = by_hand(same, kind, &typed)?;
                let seen =
                    wanted.iter().filter(|(_, seen)| seen.is_some()).map(|(client, _)| ClientId(*client));
                let seen: Vec<ClientId> = seen.collect();
                // The last digits of a number may be somebody's id, who then comes first.
                let by_both: Vec<ClientId> =
                    found.iter().copied().filter(|client| seen.contains(client)).collect();
                let is_all = by_both.len() + 1 >= seen.len();
                if found.len() < wanted.len() || !seen.starts_with(&by_both) || !is_all {
                    return Err(format!("{}: {typed} finds {found:?}, by hand {wanted:?}", kind.name).into());
                }
                count += wanted.len();
            }
        }
    }
    println!("{}_rows={}", kind.name, count / 200);
    Ok(())
}

pub fn bench(asked: &Asked) -> Result<()> {
    let clients = asked.clients;
    let (store, hand) = stores(clients)?;
    let engine = engine(&store)?;
    let (db, of_engine) = (floor::reader(&hand)?, floor::reader(&store)?);
    for kind in
        KINDS.iter().filter(|kind| asked.rest.is_empty() || asked.rest.iter().any(|name| *name == kind.name))
    {
        let (mut floor, mut lean) = (db.prepare(&kind.floor())?, db.prepare(kind.lean)?);
        let mut same = of_engine.prepare(&kind.of_same())?;
        check(kind, &engine, &mut same, clients)?;
        let by_hand = |statement: &mut Statement<'_>, index: u64| {
            by_hand(statement, kind, &(kind.typed)(nth(index, clients), kind.alphabets[0])).map(drop)
        };
        let ask = |index: u64, cyrillic: bool| -> Result<()> {
            std::hint::black_box(by_engine(&engine, (kind.typed)(nth(index, clients), cyrillic))?);
            Ok(())
        };
        let ask = &ask;
        let name = |of: &str| -> &'static str { format!("{}_{of}", kind.name).leak() };
        let mut lanes = vec![
            Lane::new(name("floor"), |index| by_hand(&mut floor, index)),
            Lane::new(name("same"), |index| by_hand(&mut same, index)),
            Lane::new(name("lean"), |index| by_hand(&mut lean, index)),
        ];
        for &cyrillic in kind.alphabets {
            let of = if cyrillic { "engine_cyrillic" } else { "engine" };
            lanes.push(Lane::new(name(of), move |index| ask(index, cyrillic)));
        }
        by_turns(&mut lanes, asked.plan)?;
        let [floor, same, lean, of_engine @ ..] = lanes.as_slice() else { continue };
        for (lane, alphabet) in of_engine.iter().zip(["", "_cyrillic"]) {
            ratio(&format!("{}{alphabet}_ratio", kind.name), lane, floor, 0);
            ratio(&format!("{}{alphabet}_ratio_p99_lean", kind.name), lane, lean, 1);
            ratio(&format!("{}{alphabet}_ratio_p99_same", kind.name), lane, same, 1);
            let tail = ratio(&format!("{}{alphabet}_ratio_p99", kind.name), lane, floor, 1);
            goal(&format!("{}{alphabet}_p99", kind.name), tail, 2.0);
        }
    }
    Ok(())
}

fn engine(store: &Path) -> Result<Engine> {
    let clock = Clock::Fixed(Instant::from_micros(NOW)?);
    Ok(Engine::open(store, Options { clock, ..Options::default() })?)
}

/// The engine alone, for a profiler: one kind, in Cyrillic letters if `cyrillic` is said too.
pub fn engine_alone(asked: &Asked) -> Result<()> {
    let (store, _) = stores(asked.clients)?;
    let engine = engine(&store)?;
    let cyrillic = asked.rest.iter().any(|word| word == "cyrillic");
    let kind =
        KINDS.iter().find(|kind| asked.rest.iter().any(|name| *name == kind.name)).ok_or("which kind?")?;
    let rate = together(1, asked.plan.seconds, |_, ready| {
        ready.repeat(|index| by_engine(&engine, (kind.typed)(nth(index, asked.clients), cyrillic)).map(drop))
    })?;
    println!("engine_per_second={rate:.0}");
    Ok(())
}
