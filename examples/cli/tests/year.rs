//! The same year gives the same replies and the same journal, and the journal gives the same store.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{Folder, Ran};
    use carnet::{Engine, Options};
    use serde_json::{Map, Value, json};
    use std::fs;
    use std::path::{Path, PathBuf};

    /// How many operations of the year are played. An unoptimised build plays its first weeks.
    const OPERATIONS: usize = if cfg!(debug_assertions) { 3000 } else { usize::MAX };

    /// A file of the demo data.
    fn data(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
    }

    /// The clients of the old program as requests.
    fn import() -> String {
        let mut reader = csv::Reader::from_path(data("clients.csv")).expect("clients.csv");
        let headings = reader.headers().expect("headings").clone();
        let (mut clients, mut cards) = (String::new(), String::new());
        for (index, row) in reader.records().enumerate() {
            let row = row.expect("a row");
            let mut args = Map::new();
            for (name, value) in headings.iter().zip(&row).filter(|(_, value)| !value.is_empty()) {
                match name {
                    "number" => {
                        args.insert("external_ids".into(), json!([{ "system": "club", "value": value }]));
                    }
                    "card" => {
                        let client = (1_i64 << 40) | i64::try_from(index).expect("small").saturating_add(1);
                        cards.push_str(&request("card.add", json!({ "client": client, "uid": value })));
                    }
                    _ => {
                        args.insert(name.into(), value.into());
                    }
                }
            }
            clients.push_str(&request("client.add", Value::Object(args)));
        }
        clients + &cards
    }

    fn request(op: &str, args: Value) -> String {
        format!("{}\n", json!({ "op": op, "at": "2024-12-31T08:00:00Z", "args": args }))
    }

    /// Plays the year with this size of group into a new store; returns the replies.
    fn play(folder: &Folder, db: &str, group: u32) -> String {
        let year = fs::read_to_string(data("year.jsonl")).expect("year.jsonl");
        let year: Vec<&str> = year.lines().take(OPERATIONS).collect();
        fs::write(folder.file("import.jsonl"), import()).expect("written");
        fs::write(folder.file("year.jsonl"), year.join("\n")).expect("written");
        done(&folder.carnet(&format!("--db {db} init --seed 1 --node 1")));
        let mut replies = String::new();
        for file in [data("setup.jsonl"), folder.file("import.jsonl"), folder.file("year.jsonl")] {
            let ran = folder.carnet(&format!("--db {db} exec {} --seed 1 --group {group}", file.display()));
            done(&ran);
            replies.push_str(&ran.out);
        }
        replies
    }

    fn done(ran: &Ran) {
        assert_eq!(ran.code, 0, "{}", ran.err);
    }

    fn dump(folder: &Folder, db: &str) -> String {
        let engine = Engine::open(folder.file(db), Options::default()).expect("opens");
        engine.dump().expect("dumps")
    }

    #[test]
    fn a_year_is_the_same_every_time_and_comes_out_of_its_journal() {
        let folder = Folder::new();
        let first = play(&folder, "first.db", 256);
        let second = play(&folder, "second.db", 99);
        assert!(first == second, "the replies differ");
        let head = folder.carnet("--db first.db journal verify");
        done(&head);
        assert_eq!(head.out, folder.carnet("--db second.db journal verify").out);

        let exported = folder.carnet("--db first.db journal export");
        done(&exported);
        fs::write(folder.file("journal.jsonl"), &exported.out).expect("written");
        let replayed = folder.carnet("--db replayed.db replay journal.jsonl --seed 1 --node 1");
        done(&replayed);
        assert_eq!(replayed.out, head.out);
        assert!(dump(&folder, "first.db") == dump(&folder, "second.db"), "the stores differ");
        assert!(dump(&folder, "first.db") == dump(&folder, "replayed.db"), "the replayed store differs");
        for db in ["first.db", "replayed.db"] {
            let check = folder.carnet(&format!("--db {db} check"));
            assert!(check.code == 0 && check.out.starts_with("books: balanced, 0 differences"), "{check:?}");
        }
    }

    #[test]
    fn the_demo_comes_out_as_its_data_foresees() {
        if cfg!(debug_assertions) {
            // Takes minutes without optimisation; the part that is played above suffices there.
            return;
        }
        let folder = Folder::new();
        let demo = folder.carnet("demo --json");
        done(&demo);
        let told: Value = serde_json::from_str(&demo.out).expect("JSON");
        assert_eq!((&told["ok"], &told["unexpected"]), (&json!(true), &json!([])));
        assert_eq!(folder.carnet("demo").code, 50);
        let inside = folder.carnet("--db demo.db --at 2025-12-31T16:40:00Z --json who-is-in");
        let inside: Value = serde_json::from_str(&inside.out).expect("JSON");
        assert_eq!(inside["count"], told["reports"]["inside"]["count"]);
    }
}
