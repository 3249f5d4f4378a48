//! `search`: who is meant by what was typed? The engine against a statement of the same kind, by hand, on tables made by hand.

use crate::Asked;
use crate::data::{NOW, folder, remove};
use crate::decide::nth;
use crate::floor;
use crate::measure::{Lane, Result, by_turns, goal, ratio};
use carnet::domain::contact::search_key;
use carnet::domain::search::{endings, name_words, reversed_phone};
use carnet::domain::{ClientId, Instant};
use carnet::ops::search::ClientSearch;
use carnet::{Call, Clock, Engine, Options};
use rusqlite::{Connection, Statement, params};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

const SCHEMA: &str = include_str!("../../core/engine/src/store/migrations/0006_search.sql");
const MADE_BY: &str = include_str!("search.rs");
/// Beginnings, middles and ends of names: each in Latin and in Cyrillic letters, none of which another spelling folds.
const SYLLABLES: [(&str, &str); 24] = [
    ("ba", "ба"),
    ("bo", "бо"),
    ("da", "да"),
    ("de", "де"),
    ("do", "до"),
    ("ka", "ка"),
    ("ko", "ко"),
    ("la", "ла"),
    ("le", "ле"),
    ("lo", "ло"),
    ("ma", "ма"),
    ("me", "ме"),
    ("mo", "мо"),
    ("na", "на"),
    ("ne", "не"),
    ("no", "но"),
    ("ra", "ра"),
    ("re", "ре"),
    ("ro", "ро"),
    ("sa", "са"),
    ("so", "со"),
    ("ta", "та"),
    ("te", "те"),
    ("va", "ва"),
];
const ENDS: [(&str, &str); 8] = [
    ("nov", "нов"),
    ("rin", "рин"),
    ("ski", "ски"),
    ("dar", "дар"),
    ("vel", "вел"),
    ("min", "мин"),
    ("tas", "тас"),
    ("kor", "кор"),
];

/// A name in Latin and in Cyrillic letters, of so many syllables.
fn name(mut seed: i64, syllables: usize) -> (String, String) {
    let mut name = (String::new(), String::new());
    let mut add = |(latin, cyrillic): (&str, &str)| {
        name.0.push_str(latin);
        name.1.push_str(cyrillic);
    };
    for _ in 0..syllables {
        add(SYLLABLES[usize::try_from(seed % 24).unwrap_or(0)]);
        seed /= 24;
    }
    add(ENDS[usize::try_from(seed % 8).unwrap_or(0)]);
    name
}

/// Client `n`: last name (110 592 of them) and first name (4608), in both alphabets.
fn person(n: i64) -> [(String, String); 2] {
    let scattered = n.wrapping_mul(2_654_435_761) & 0x7fff_ffff;
    [name(scattered % 110_592, 3), name((scattered / 110_592 + n) % 4608, 2)]
}

fn phone(n: i64) -> String {
    format!("+4072{:07}", (n * 7_654_321) % 10_000_000)
}

fn email(n: i64) -> String {
    let [(last, _), (first, _)] = person(n);
    format!("{first}.{last}{n}@example.ro")
}

/// The engine's store and the tables by hand, made if they are not there yet.
fn stores(clients: i64) -> Result<(PathBuf, PathBuf)> {
    let digest = Sha256::new().chain_update(SCHEMA).chain_update(MADE_BY).finalize();
    let hash: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let path = |name: &str| {
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(
            folder()?.join(format!("search-{name}-{clients}-{hash}.db")),
        )
    };
    let (engine, by_hand) = (path("engine")?, path("hand")?);
    for (path, make) in [(&engine, make_engine as fn(&Path, i64) -> Result<()>), (&by_hand, make_by_hand)] {
        if !path.exists() {
            let unfinished = path.with_extension("making");
            remove(&unfinished);
            make(&unfinished, clients)?;
            std::fs::rename(&unfinished, path)?;
        }
    }
    Ok((engine, by_hand))
}

fn fast(path: &Path) -> Result<Connection> {
    let db = Connection::open(path)?;
    db.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
        PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY;",
    )?;
    Ok(db)
}

/// Every second client has a name in Cyrillic letters, every third was never seen.
fn make_engine(path: &Path, clients: i64) -> Result<()> {
    Engine::open(path, Options::create().seeded(1))?.close()?;
    let mut db = fast(path)?;
    let transaction = db.transaction()?;
    {
        let mut client = transaction.prepare(
            "INSERT INTO client (client, version, kind, first_name, last_name, phone, email, email_key, archived, created)
            VALUES (?1, 1, 'person', ?2, ?3, ?4, ?5, ?5, 0, 0)",
        )?;
        let mut gate = transaction.prepare(
            "INSERT INTO gate (client, archived, inside, passes_since, visits, last_visit) VALUES (?1, 0, 0, 0, 0, ?2)",
        )?;
        let mut names = transaction.prepare("INSERT OR IGNORE INTO search_name VALUES (?1, ?2, ?3)")?;
        let mut words = transaction.prepare("INSERT OR IGNORE INTO search_word VALUES (?1, ?2, ?3)")?;
        let mut contacts = transaction.prepare("INSERT INTO search_contact VALUES (?1, ?2, ?3)")?;
        for n in 1..=clients {
            let [last, first] = person(n);
            let (last, first) = if n % 2 == 0 { (last.0, first.0) } else { (last.1, first.1) };
            client.execute(params![n, first, last, phone(n), email(n)])?;
            gate.execute(params![n, (n % 3 > 0).then_some(NOW - n)])?;
            let own = name_words(&format!("{first} {last}"));
            for (word, keys) in &own {
                for (other, _) in own.iter().filter(|(other, _)| other != word) {
                    names.execute(params![word, other, n])?;
                }
                words.execute(params![0, word, word])?;
                for key in keys {
                    words.execute(params![1, key, word])?;
                }
                for ending in endings(word) {
                    words.execute(params![2, ending, word])?;
                }
            }
            contacts.execute(params![0, reversed_phone(&phone(n)), n])?;
            contacts.execute(params![1, email(n), n])?;
        }
    }
    transaction.commit()?;
    db.execute_batch("PRAGMA journal_mode = WAL")?;
    Ok(())
}

fn make_by_hand(path: &Path, clients: i64) -> Result<()> {
    let mut db = fast(path)?;
    db.execute_batch(
        "CREATE TABLE person (client INTEGER PRIMARY KEY, name TEXT, phone TEXT, email TEXT, birth TEXT, last_visit INTEGER) STRICT;
        CREATE TABLE word (word TEXT, client INTEGER, PRIMARY KEY (word, client)) STRICT, WITHOUT ROWID;
        CREATE INDEX word_client ON word (client);
        CREATE TABLE ending (ending TEXT, word TEXT, PRIMARY KEY (ending, word)) STRICT, WITHOUT ROWID;
        CREATE TABLE tail (tail TEXT, client INTEGER, PRIMARY KEY (tail, client)) STRICT, WITHOUT ROWID;
        CREATE TABLE email (email TEXT, client INTEGER, PRIMARY KEY (email, client)) STRICT, WITHOUT ROWID;",
    )?;
    let transaction = db.transaction()?;
    {
        let mut people = transaction.prepare("INSERT INTO person VALUES (?1, ?2, ?3, ?4, NULL, ?5)")?;
        let mut words = transaction.prepare("INSERT OR IGNORE INTO word VALUES (?1, ?2)")?;
        let mut ends = transaction.prepare("INSERT OR IGNORE INTO ending VALUES (?1, ?2)")?;
        let mut tails = transaction.prepare("INSERT INTO tail VALUES (?1, ?2)")?;
        let mut emails = transaction.prepare("INSERT INTO email VALUES (?1, ?2)")?;
        for n in 1..=clients {
            let [(last, _), (first, _)] = person(n);
            people.execute(params![
                n,
                format!("{first} {last}"),
                phone(n),
                email(n),
                (n % 3 > 0).then_some(NOW - n)
            ])?;
            for word in [&first, &last] {
                words.execute(params![word, n])?;
                for ending in endings(word) {
                    ends.execute(params![ending, word])?;
                }
            }
            tails.execute(params![reversed_phone(&phone(n)), n])?;
            emails.execute(params![email(n), n])?;
        }
    }
    transaction.commit()?;
    db.execute_batch("PRAGMA journal_mode = WAL")?;
    Ok(())
}

/// What is asked of a client, and what the statement by hand gets for it.
struct Kind {
    name: &'static str,
    latin: &'static str,
    cyrillic: Option<&'static str>,
    by_hand: &'static str,
    sql: &'static str,
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

const KINDS: [Kind; 5] = [
    Kind {
        name: "prefix",
        latin: "prefix_latin",
        cyrillic: Some("prefix_cyrillic"),
        by_hand: "prefix_floor",
        sql: "SELECT p.* FROM word JOIN person AS p ON p.client = word.client
            WHERE word >= ?1 AND word < ?1 || char(127) ORDER BY word, word.client LIMIT 20",
        typed: |n, cyrillic| begin(of(&person(n)[0], cyrillic), 5),
    },
    Kind {
        name: "two_words",
        latin: "two_words_latin",
        cyrillic: Some("two_words_cyrillic"),
        by_hand: "two_words_floor",
        sql: "SELECT p.* FROM word JOIN person AS p ON p.client = word.client
            WHERE word >= ?1 AND word < ?1 || char(127) AND EXISTS (SELECT 1 FROM word AS other
                WHERE other.client = word.client AND other.word >= ?2 AND other.word < ?2 || char(127)) LIMIT 20",
        typed: |n, cyrillic| {
            let [last, first] = person(n);
            format!("{} {}", begin(of(&first, cyrillic), 3), begin(of(&last, cyrillic), 6))
        },
    },
    Kind {
        name: "part",
        latin: "part_latin",
        cyrillic: Some("part_cyrillic"),
        by_hand: "part_floor",
        sql: "SELECT p.* FROM (SELECT DISTINCT word FROM ending WHERE ending >= ?1 AND ending < ?1 || char(127) LIMIT 40) AS found
            JOIN word ON word.word = found.word JOIN person AS p ON p.client = word.client LIMIT 20",
        typed: |n, cyrillic| of(&person(n)[0], cyrillic).chars().skip(3).take(5).collect(),
    },
    Kind {
        name: "phone_tail",
        latin: "phone_tail",
        cyrillic: None,
        by_hand: "phone_tail_floor",
        sql: "SELECT p.* FROM tail JOIN person AS p ON p.client = tail.client
            WHERE tail >= ?1 AND tail < ?1 || char(127) ORDER BY tail LIMIT 20",
        typed: |n, _| phone(n).chars().skip(8).collect(),
    },
    Kind {
        name: "email_prefix",
        latin: "email_prefix",
        cyrillic: None,
        by_hand: "email_prefix_floor",
        sql: "SELECT p.* FROM email JOIN person AS p ON p.client = email.client
            WHERE email.email >= ?1 AND email.email < ?1 || char(127) ORDER BY email.email LIMIT 20",
        typed: |n, _| begin(&email(n), 12),
    },
];

fn by_engine(engine: &Engine, typed: String) -> Result<Vec<ClientId>> {
    let request = ClientSearch { query: typed, limit: None, passes: false };
    let found = engine.client_search(&Call::default(), request)?;
    Ok(found.hits.into_iter().map(|hit| hit.client).collect())
}

/// How many rows the statement gives; every column is read.
fn by_hand(statement: &mut Statement<'_>, kind: &Kind, typed: &str) -> Result<usize> {
    let key = search_key(typed);
    let mut words: Vec<String> = match kind.name {
        "phone_tail" => vec![reversed_phone(typed)],
        "email_prefix" => vec![typed.to_owned()],
        _ => key.split(' ').map(str::to_owned).collect(),
    };
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut rows = statement.query(rusqlite::params_from_iter(words))?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let texts = (
            row.get::<_, Option<String>>(1)?,
            row.get::<_, Option<String>>(2)?,
            row.get::<_, Option<String>>(3)?,
        );
        std::hint::black_box((texts, row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(5)?));
        count += 1;
    }
    Ok(count)
}

pub fn bench(asked: &Asked) -> Result<()> {
    let clients = asked.clients;
    let (store, hand) = stores(clients)?;
    let clock = Clock::Fixed(Instant::from_micros(NOW)?);
    let engine = Engine::open(&store, Options { clock, ..Options::default() })?;
    let db = floor::reader(&hand)?;
    for kind in &KINDS {
        // A few are checked: whoever is asked for is found where the page has room for all.
        let mut statement = db.prepare(kind.sql)?;
        let mut rows = 0;
        for index in 0..200 {
            let n = nth(index, clients);
            for cyrillic in [false, true] {
                let typed = (kind.typed)(n, cyrillic);
                let found = by_engine(&engine, typed.clone())?;
                if found.is_empty()
                    || (found.len() < 20 && kind.name != "part" && !found.contains(&ClientId(n)))
                {
                    return Err(format!("{}: {typed} does not find client {n}", kind.name).into());
                }
            }
            rows += by_hand(&mut statement, kind, &(kind.typed)(n, false))?;
        }
        println!("{}_rows_of_floor={}", kind.name, rows / 200);
        let ask = |index: u64, cyrillic: bool| {
            std::hint::black_box(by_engine(&engine, (kind.typed)(nth(index, clients), cyrillic))?);
            Ok(())
        };
        let mut lanes = vec![
            Lane::new(kind.by_hand, |index| {
                by_hand(&mut statement, kind, &(kind.typed)(nth(index, clients), false)).map(drop)
            }),
            Lane::new(kind.latin, |index| ask(index, false)),
        ];
        lanes.extend(kind.cyrillic.map(|name| Lane::new(name, |index| ask(index, true))));
        by_turns(&mut lanes, asked.plan)?;
        let Some((of_hand, of_engine)) = lanes.split_first() else { continue };
        for (lane, alphabet) in of_engine.iter().zip(["", "_cyrillic"]) {
            ratio(&format!("{}{alphabet}_ratio", kind.name), lane, of_hand, 0);
            let tail = ratio(&format!("{}{alphabet}_ratio_p99", kind.name), lane, of_hand, 1);
            goal(&format!("{}{alphabet}_p99", kind.name), tail, 2.0);
        }
    }
    Ok(())
}
