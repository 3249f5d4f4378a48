//! The bundle for a support desk holds nothing about anybody.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::Folder;
    use std::collections::BTreeSet;

    /// Every text of the demo that is about somebody, in the tables and in the payloads of the journal.
    fn texts(db: &rusqlite::Connection) -> BTreeSet<String> {
        let columns = [
            "SELECT first_name FROM client",
            "SELECT last_name FROM client",
            "SELECT phone FROM client",
            "SELECT email FROM client",
            "SELECT email_key FROM client",
            "SELECT birth_date FROM client",
            "SELECT notes FROM client",
            "SELECT tag FROM client_tag",
            "SELECT uid FROM card",
            "SELECT name FROM operator",
            "SELECT name FROM venue",
            "SELECT value FROM external_id",
            "SELECT key FROM idempotency",
            "SELECT notes FROM pass",
            "SELECT reason FROM pass_event",
            "SELECT reason FROM pass_freeze",
            "SELECT reason FROM adjustment",
            "SELECT note FROM conflict",
            "SELECT reason FROM hold",
            "SELECT name_key FROM client_name",
            "SELECT value FROM visit_parameter",
        ];
        let mut found = BTreeSet::new();
        for sql in columns {
            let mut statement = db.prepare(sql).expect(sql);
            let rows = statement.query_map([], |row| row.get::<_, Option<String>>(0)).expect(sql);
            found.extend(rows.filter_map(|row| row.expect("a text")));
        }
        found
    }

    #[test]
    fn no_name_of_the_demo_is_in_the_bundle() {
        let folder = Folder::new();
        let demo = folder.carnet("demo --db demo.db");
        assert_eq!(demo.code, 0, "{}", demo.err);
        let made = folder.carnet("--db demo.db support bundle.json");
        assert_eq!((made.code, made.out.as_str()), (0, "wrote bundle.json\n"), "{}", made.err);
        let bundle = std::fs::read_to_string(folder.file("bundle.json")).expect("the bundle");
        let parsed: serde_json::Value = serde_json::from_str(&bundle).expect("JSON");
        let report = &parsed["report"];
        assert!(report["check_ok"] == true && report["journal_ok"] == true, "{report}");
        let rows = |name: &str| {
            let tables = report["tables"].as_array().expect("tables");
            tables.iter().find(|table| table["name"] == name).and_then(|table| table["count"].as_i64())
        };
        let db = rusqlite::Connection::open(folder.file("demo.db")).expect("opens");
        let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a number");
        assert_eq!(rows("client"), Some(count("SELECT count(*) FROM client")));
        assert_eq!(rows("transfer"), Some(count("SELECT count(*) FROM transfer")));
        assert_eq!(report["journal_entries"], count("SELECT count(*) FROM journal"));
        let texts = texts(&db);
        assert!(texts.len() > 3_000, "only {} texts", texts.len());
        // What has three letters or fewer may be a part of any word; it stands by itself if it is in there.
        let is_in = |text: &String| {
            let alone = format!("\"{text}\"");
            bundle.contains(&alone) || (text.chars().count() > 3 && bundle.contains(text.as_str()))
        };
        let told: Vec<&String> = texts.iter().filter(|text| is_in(text)).collect();
        assert!(told.is_empty(), "in the bundle: {told:?}");
    }
}
