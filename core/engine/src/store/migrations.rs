//! The schema and its upgrades. A released migration never changes: its digest is in the test below.

use super::value::Connection;
use carnet_domain::Result;

/// The migrations in order; the schema version is how many were applied.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_spine.sql"),
    include_str!("migrations/0002_client_tag.sql"),
    include_str!("migrations/0003_packages.sql"),
    include_str!("migrations/0004_uses_and_history.sql"),
    include_str!("migrations/0005_profile.sql"),
    include_str!("migrations/0006_search.sql"),
    include_str!("migrations/0007_desk.sql"),
    include_str!("migrations/0008_moving_in.sql"),
    include_str!("migrations/0009_front_desk.sql"),
];

/// Marks a SQLite file as Carnet's: `Carn`.
pub(crate) const APPLICATION_ID: i64 = 0x4361_726E;

/// The schema version that first had the tables of the search.
const SEARCH: i64 = 6;

/// Makes, after an upgrade from version `from` to `to`, the rows that SQL cannot make. In the transaction of the upgrade.
pub(crate) fn fill(connection: &mut dyn Connection, from: i64, to: i64) -> Result<()> {
    if from > 0 && from < SEARCH && to >= SEARCH { super::search::fill(connection) } else { Ok(()) }
}

/// The text of a migration for SQLite.
pub(crate) fn for_sqlite(text: &str) -> String {
    of_store(text, "sqlite").replace("{i64}", "INTEGER").replace("{blob}", "BLOB")
}

/// The text of a migration without what is for SQLite only.
#[cfg(feature = "postgres")]
pub(crate) fn for_postgres(text: &str) -> String {
    of_store(text, "postgres")
}

/// Leaves out what stands between `-- {other}:` and `-- end` for another store than this one.
fn of_store(text: &str, store: &str) -> String {
    let mut skipped = false;
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        match line.trim() {
            "-- sqlite:" => skipped = store != "sqlite",
            "-- postgres:" => skipped = store != "postgres",
            "-- end" => skipped = false,
            _ if skipped => {}
            _ => {
                kept.push_str(line);
                kept.push('\n');
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn released_migrations_never_change() {
        // Digests are added here when a version is released; nothing is released yet, so the list is empty.
        const RELEASED: &[&str] = &[];
        for (digest, text) in RELEASED.iter().zip(MIGRATIONS) {
            let found: String = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
            assert_eq!(&found, digest);
        }
        assert!(RELEASED.len() <= MIGRATIONS.len());
    }

    #[test]
    fn every_placeholder_is_replaced() {
        for text in MIGRATIONS {
            assert!(!for_sqlite(text).lines().any(|l| !l.starts_with("--") && l.contains('{')));
        }
    }
}
