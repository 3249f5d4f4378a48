//! The schema and its upgrades. A released migration never changes: its digest is in the test below.

/// The migrations in order; the schema version is how many were applied.
pub(crate) const MIGRATIONS: &[&str] =
    &[include_str!("migrations/0001_spine.sql"), include_str!("migrations/0002_client_tag.sql")];

/// Marks a SQLite file as Carnet's: `Carn`.
pub(crate) const APPLICATION_ID: i64 = 0x4361_726E;

/// The text of a migration for SQLite.
pub(crate) fn for_sqlite(text: &str) -> String {
    text.replace("{i64}", "INTEGER").replace("{blob}", "BLOB")
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
