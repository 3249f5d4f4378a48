//! The stores of `search`: who is in them, and the same by hand. A change here makes them anew.

use crate::data::{NOW, folder, remove};
use crate::measure::Result;
use carnet::domain::search::{endings, name_words, reversed_phone};
use carnet::{Engine, Options};
use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

const SCHEMA: &str = include_str!("../../../core/engine/src/store/migrations/0006_search.sql");
const MADE_BY: &str = include_str!("store.rs");
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
pub fn person(n: i64) -> [(String, String); 2] {
    let scattered = n.wrapping_mul(2_654_435_761) & 0x7fff_ffff;
    [name(scattered % 110_592, 3), name((scattered / 110_592 + n) % 4608, 2)]
}

pub fn phone(n: i64) -> String {
    format!("+4072{:07}", (n * 7_654_321) % 10_000_000)
}

pub fn email(n: i64) -> String {
    let [(last, _), (first, _)] = person(n);
    format!("{first}.{last}{n}@example.ro")
}

/// The engine's store and the tables by hand, made if they are not there yet.
pub fn stores(clients: i64) -> Result<(PathBuf, PathBuf)> {
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
