//! The portable statements in PostgreSQL's form.

/// `?1` becomes `$1` outside of texts.
pub(crate) fn statement(sql: &str) -> String {
    let mut quoted = false;
    sql.chars()
        .map(|character| {
            quoted ^= character == '\'';
            if character == '?' && !quoted { '$' } else { character }
        })
        .collect()
}

/// A migration: types and clauses that only SQLite has are replaced, texts are compared by their bytes as there.
pub(crate) fn migration(sql: &str) -> String {
    sql.replace("{i64}", "BIGINT")
        .replace("{blob}", "BYTEA")
        .replace(" STRICT, WITHOUT ROWID", "")
        .replace(" STRICT", "")
        .replace(" TEXT", " TEXT COLLATE \"C\"")
        .replace(" AS TEXT COLLATE \"C\"", " AS TEXT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_numbered_with_dollars() {
        assert_eq!(
            statement("SELECT a FROM t WHERE b = ?1 AND c = ?12"),
            "SELECT a FROM t WHERE b = $1 AND c = $12"
        );
        assert_eq!(statement("SELECT '?1' || ?1"), "SELECT '?1' || $1");
    }

    #[test]
    fn migrations_lose_what_only_sqlite_has() {
        let text = "CREATE TABLE t (a {i64} PRIMARY KEY, b TEXT NOT NULL, c {blob}) STRICT, WITHOUT ROWID;";
        let expected = "CREATE TABLE t (a BIGINT PRIMARY KEY, b TEXT COLLATE \"C\" NOT NULL, c BYTEA);";
        assert_eq!(migration(text), expected);
        assert_eq!(migration("SELECT CAST(a AS TEXT)"), "SELECT CAST(a AS TEXT)");
    }
}
