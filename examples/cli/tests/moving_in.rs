//! Moving in with the tables of an older system: encodings, workbooks, duplicates, refused rows, runs that break off.

#[cfg(test)]
mod support;

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "a test that overflows fails, as it should")]
mod tests {
    use crate::support::{Folder, Ran};
    use std::fs;
    use std::path::Path;
    use std::time::Duration;

    const CLUB: &str = r#"
{"op":"venue.add","at":"2026-04-10T06:00:00Z","args":{"name":"Club","time_zone":"Europe/Bucharest","currency":"EUR","country":"RO"}}
{"op":"plan.add","at":"2026-04-10T06:00:00Z","args":{"name":"Ten","kind":{"visits":{"visits":10}},"price":{"amount":"100.00","currency":"EUR"}}}
{"op":"plan.add","at":"2026-04-10T06:00:00Z","args":{"name":"Month","kind":{"time":{"validity":{"period":{"count":1,"unit":"month"}}}},"price":{"amount":"30.00","currency":"EUR"}}}
{"op":"plan.add","at":"2026-04-10T06:00:00Z","args":{"name":"Hundred","kind":{"credit":{"credit":{"amount":"100.00","currency":"EUR"}}},"price":{"amount":"80.00","currency":"EUR"}}}
"#;

    /// A store with a venue and three plans.
    fn club(folder: &Folder, db: &str) {
        assert_eq!(folder.carnet(&format!("--db {db} init --seed 1 --node 1")).code, 0);
        let ran = folder.feed(&format!("--db {db} exec - --seed 1 --group 10"), CLUB);
        assert!(!ran.out.contains("\"error\""), "{}", ran.out);
    }

    fn made() -> Folder {
        let folder = Folder::new();
        club(&folder, "carnet.db");
        folder
    }

    fn write(folder: &Folder, name: &str, text: impl AsRef<[u8]>) {
        fs::write(folder.file(name), text).expect("written");
    }

    fn json(ran: &Ran) -> serde_json::Value {
        serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
    }

    /// The counts of a report: rows, added, updated, known, duplicates, refused.
    fn counts(ran: &Ran) -> [u64; 6] {
        let report = json(ran);
        let number = |name: &str| report[name].as_u64().expect("a count");
        let refused = report["refused"].as_array().expect("a list");
        let refused = refused.iter().filter(|one| one["reason"] != "duplicate").count();
        [
            number("rows"),
            number("added"),
            number("updated"),
            number("known"),
            number("duplicates"),
            u64::try_from(refused).expect("few"),
        ]
    }

    fn import(folder: &Folder, arguments: &str) -> Ran {
        folder.carnet(&format!("--at 2026-04-10T09:00:00Z --json {arguments}"))
    }

    /// Rows of the store, as text.
    fn rows(path: &Path, select: &str) -> Vec<String> {
        let store = rusqlite::Connection::open(path).expect("opens");
        let mut statement = store.prepare(select).expect("prepares");
        let columns = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            let cell = |place| {
                row.get_ref(place).map(|value| match value {
                    rusqlite::types::ValueRef::Null => "-".to_owned(),
                    rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                    other => other.as_str().map(str::to_owned).unwrap_or_default(),
                })
            };
            (0..columns).map(cell).collect::<Result<Vec<_>, _>>().map(|cells| cells.join("|"))
        };
        statement.query_map([], row).expect("runs").map(|row| row.expect("a row")).collect()
    }

    const CLIENTS: &str =
        "SELECT first_name, last_name, phone, email, sex, birth_date, notes FROM client ORDER BY client";

    #[test]
    fn a_table_in_every_encoding_gives_the_same_clients() {
        let table = "Номер;Фамилия;Имя;Телефон;Пол;Дата рождения;Примечание\r\n\
            7;Иванов;Иван;0722 123 456;муж;01.04.1985;\"платит; наличными\"\r\n";
        let units = |bytes: fn(u16) -> [u8; 2]| {
            format!("\u{feff}{table}").encode_utf16().flat_map(bytes).collect::<Vec<u8>>()
        };
        let (windows, _, lost) = encoding_rs::WINDOWS_1251.encode(table);
        assert!(!lost);
        for (name, bytes) in [
            ("utf-8", table.as_bytes().to_vec()),
            ("marked", format!("\u{feff}{table}").into_bytes()),
            ("little", units(u16::to_le_bytes)),
            ("big", units(u16::to_be_bytes)),
            ("windows", windows.to_vec()),
        ] {
            let folder = made();
            write(&folder, "in.csv", bytes);
            let ran = import(&folder, "clients import in.csv");
            assert_eq!((ran.code, counts(&ran)), (0, [1, 1, 0, 0, 0, 0]), "{name}: {ran:?}");
            let found = rows(&folder.file("carnet.db"), CLIENTS);
            assert_eq!(found, ["Иван|Иванов|+40722123456|-|male|1985-04-01|платит; наличными"], "{name}");
        }
    }

    #[test]
    fn a_workbook_with_dates_and_numbers() {
        let folder = made();
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/clients.xlsx");
        fs::copy(fixture, folder.file("in.xlsx")).expect("copied");
        let ran = import(&folder, "clients import in.xlsx");
        assert_eq!((ran.code, counts(&ran)), (1, [3, 2, 0, 0, 0, 1]), "{ran:?}");
        let report = json(&ran);
        let refused = &report["refused"][0];
        assert_eq!((&refused["row"], &refused["column"]), (&4.into(), &"Telefon".into()), "{refused}");
        assert_eq!(refused["reason"], "bad_phone");
        let found = rows(&folder.file("carnet.db"), CLIENTS);
        assert_eq!(
            found,
            ["Ștefan|Țîrlea|+40722123456|-|-|1985-04-01|-", "Ana|Popescu|+40722123457|-|-|1990-07-15|-"]
        );
    }

    #[test]
    fn refused_rows_are_kept_put_right_and_read_again() {
        let folder = made();
        write(
            &folder,
            "in.csv",
            "No,Name,Phone,Born,Shoe\n1,Ana Popescu,0722123456,1990-07-15,38\n2,Dan Ionescu,12,1990-13-15,44\n3,Eva Pop,0722123458,31.02.1990,39\n",
        );
        let ran = folder.carnet("--at 2026-04-10T09:00:00Z clients import in.csv");
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.err.contains("in.csv.map.json") && ran.err.contains("Shoe"), "{}", ran.err);
        for word in ["added", "refused", "Born", "not written as it must be"] {
            assert!(ran.out.contains(word), "{word}: {}", ran.out);
        }
        let kept = fs::read_to_string(folder.file("in.csv.refused.csv")).expect("kept");
        let lines: Vec<&str> = kept.lines().collect();
        assert_eq!(lines.len(), 3, "{kept}");
        assert!(lines[0].ends_with("No,Name,Phone,Born,Shoe"), "{kept}");
        assert!(
            lines[1].starts_with("3,Born,") && lines[1].ends_with("2,Dan Ionescu,12,1990-13-15,44"),
            "{kept}"
        );
        // Put right in that file, which is a table like any other.
        write(
            &folder,
            "right.csv",
            kept.replace("1990-13-15", "1990-12-15")
                .replace(",12,", ",0722123457,")
                .replace("31.02", "28.02"),
        );
        let ran = import(&folder, "clients import right.csv");
        assert_eq!((ran.code, counts(&ran)), (0, [2, 2, 0, 0, 0, 0]), "{ran:?}");
        let ran = import(&folder, "clients import in.csv");
        assert_eq!(counts(&ran), [3, 0, 0, 1, 0, 2], "row 1 is there, the others are still wrong: {ran:?}");
        assert_eq!(rows(&folder.file("carnet.db"), "SELECT count(*) FROM client"), ["3"]);
    }

    #[test]
    fn a_dry_run_refuses_the_same_and_writes_nothing() {
        let folder = made();
        write(&folder, "in.csv", "No,Name,Phone\n1,Ana Popescu,0722123456\n2,Dan Ionescu,12\n");
        let dry = import(&folder, "clients import in.csv --dry-run");
        assert_eq!((dry.code, counts(&dry)), (1, [2, 1, 0, 0, 0, 1]), "{dry:?}");
        assert_eq!(rows(&folder.file("carnet.db"), "SELECT count(*) FROM client"), ["0"]);
        assert_eq!(counts(&import(&folder, "clients import in.csv")), [2, 1, 0, 0, 0, 1]);
    }

    #[test]
    fn the_column_map_is_kept_and_followed() {
        let folder = made();
        write(&folder, "in.csv", "A,B\nAna,Popescu\n");
        let unknown = import(&folder, "clients import in.csv");
        assert_eq!(unknown.code, 10, "{unknown:?}");
        write(&folder, "in.csv.map.json", r#"{"columns":{"A":"first_name","B":"last_name"}}"#);
        assert_eq!(counts(&import(&folder, "clients import in.csv")), [1, 1, 0, 0, 0, 0]);
        assert_eq!(rows(&folder.file("carnet.db"), CLIENTS), ["Ana|Popescu|-|-|-|-|-"]);
        let again = import(&folder, "clients import in.csv");
        assert_eq!(counts(&again), [1, 0, 0, 1, 0, 0], "known by a digest of the row: {again:?}");
        write(&folder, "other.json", r#"{"columns":{"A":"last_name","B":"plan"}}"#);
        assert_eq!(import(&folder, "clients import in.csv --map other.json").code, 10);
    }

    /// Ana is there; the table has her by phone, by e-mail, by name and birth date, and one more twice in itself.
    const SAME: &str = "No;First name;Last name;Phone;E-mail;Born\n\
        1;Ana;Popescu;+40 722 123 456;;\n\
        2;Ana;Popescu;;ANA@example.com;\n\
        3;Popescu;Ana;;;15.07.1990\n\
        4;Dan;Ionescu;0722 000 004;;\n\
        5;Daniel;Ionescu;0040722000004;dan@example.com;\n";

    fn with_ana() -> Folder {
        let folder = made();
        let ana = r#"{"op":"client.add","at":"2026-04-10T06:01:00Z","args":{"first_name":"Ana","last_name":"Popescu","phone":"0722123456","email":"ana@example.com","birth_date":"1990-07-15"}}"#;
        assert_eq!(folder.feed("exec - --stop-on-error", ana).code, 0);
        write(&folder, "in.csv", SAME);
        folder
    }

    #[test]
    fn duplicates_are_left_out() {
        let folder = with_ana();
        let ran = import(&folder, "clients import in.csv");
        assert_eq!((ran.code, counts(&ran)), (0, [5, 1, 0, 0, 4, 0]), "{ran:?}");
        let found =
            rows(&folder.file("carnet.db"), "SELECT first_name, last_name FROM client ORDER BY client");
        assert_eq!(found, ["Ana|Popescu", "Dan|Ionescu"]);
        let kept = fs::read_to_string(folder.file("in.csv.refused.csv")).expect("kept");
        assert!(
            kept.contains("the same phone as row 5")
                && kept.contains("the same name and birth date as client"),
            "{kept}"
        );
    }

    #[test]
    fn duplicates_are_added_or_change_who_is_there() {
        let folder = with_ana();
        let ran = import(&folder, "clients import in.csv --duplicates add");
        assert_eq!((ran.code, counts(&ran)), (0, [5, 5, 0, 0, 0, 0]), "{ran:?}");
        let folder = with_ana();
        let ran = import(&folder, "clients import in.csv --duplicates update");
        assert_eq!((ran.code, counts(&ran)), (0, [5, 1, 4, 0, 0, 0]), "{ran:?}");
        let found = rows(&folder.file("carnet.db"), CLIENTS);
        assert_eq!(
            found,
            [
                "Popescu|Ana|+40722123456|ANA@example.com|-|1990-07-15|-",
                "Daniel|Ionescu|+40722000004|dan@example.com|-|-|-"
            ]
        );
        let keys =
            "SELECT value, entity & 1099511627775 FROM external_id WHERE kind = 'client' ORDER BY value";
        assert_eq!(rows(&folder.file("carnet.db"), keys), ["1|1", "2|1", "3|1", "4|2", "5|2"]);
        let again = import(&folder, "clients import in.csv");
        assert_eq!(counts(&again), [5, 0, 0, 5, 0, 0], "each number leads to somebody: {again:?}");
        assert_eq!(folder.carnet("check").code, 0);
    }

    const PASSES: &str = "Pass;Client;Plan;Left;Price;Start;End;Frozen days\n\
        P1;1;Ten;4;100,00;;;\n\
        P2;2;month;;;01.04.2026;;\n\
        P3;1;HUNDRED;\"25,50\";80;;31.12.2026;\n\
        P4;9;Ten;3;;;;\n\
        P5;1;Nothing;3;;;;\n\
        P6;2;Ten;many;;;;\n";

    fn with_clients() -> Folder {
        let folder = made();
        write(&folder, "clients.csv", "No,Name\n1,Ana Popescu\n2,Dan Ionescu\n");
        assert_eq!(import(&folder, "clients import clients.csv").code, 0);
        folder
    }

    #[test]
    fn passes_come_once_and_the_totals_agree() {
        let folder = with_clients();
        write(&folder, "in.csv", PASSES);
        let map = r#"{"columns":{"Pass":"number","Client":"client","Plan":"plan","Left":"rest","Price":"price","Start":"starts","End":"through"}}"#;
        write(&folder, "in.csv.map.json", map);
        let ran = import(&folder, "passes import in.csv");
        assert_eq!((ran.code, counts(&ran)), (1, [6, 3, 0, 0, 0, 3]), "{ran:?}");
        let report = json(&ran);
        let refused: Vec<String> = report["refused"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| format!("{} {} {}", one["row"], one["column"], one["reason"]).replace('"', ""))
            .collect();
        assert_eq!(refused, ["5 Client client_not_found", "6 Plan plan_not_found", "7 Left bad_format"]);
        // 4 visits and the 3 of the unknown client; 25.50 of credit; a month of which 10 of 30 days have begun.
        let totals = serde_json::json!([
            {"unit": null, "in_file": [1, ""], "before": [0, ""], "now": [1, ""], "after": [1, ""], "agrees": true},
            {"unit": "credit:EUR", "in_file": [1, "25.50"], "before": [0, "0.00"], "now": [1, "25.50"], "after": [1, "25.50"], "agrees": true},
            {"unit": "visits", "in_file": [2, "7"], "before": [0, "0"], "now": [1, "4"], "after": [1, "4"], "agrees": true}
        ]);
        assert_eq!(report["totals"], totals);
        let owed = "SELECT value, owed FROM opening WHERE kind = 'pass' ORDER BY value";
        // 40.00 of 100.00, 20.00 of 30.00, 80.00 · 25.50/100.
        assert_eq!(rows(&folder.file("carnet.db"), owed), ["P1|4000", "P2|2000", "P3|2040"]);
        let again = import(&folder, "passes import in.csv");
        assert_eq!(counts(&again), [6, 0, 0, 3, 0, 3], "{again:?}");
        let shown = folder.carnet("--at 2026-04-10T09:00:00Z passes import in.csv");
        assert!(shown.out.contains("The totals before and after agree"), "{shown:?}");
        assert_eq!(folder.carnet("check").code, 0);
    }

    #[test]
    fn balances_and_debts_come_once() {
        let folder = with_clients();
        write(&folder, "in.csv", "Client;Balance\n1;1.050,00\n2;-20,5\n3;5\n1;0,00\n");
        let ran = import(&folder, "accounts import in.csv");
        assert_eq!((ran.code, counts(&ran)), (1, [4, 2, 0, 0, 0, 1]), "{ran:?}");
        let report = json(&ran);
        assert_eq!(report["nothing"], 1);
        let total = serde_json::json!([{"unit": "EUR", "in_file": [3, "1034.50"], "before": [0, "0.00"], "now": [2, "1029.50"], "after": [2, "1029.50"], "agrees": true}]);
        assert_eq!(report["totals"], total);
        assert_eq!(counts(&import(&folder, "accounts import in.csv")), [4, 0, 0, 2, 0, 1]);
        write(&folder, "in.csv", "Client;Balance\n1;1.051,00\n");
        let other = import(&folder, "accounts import in.csv");
        assert_eq!(json(&other)["refused"][0]["reason"], "key_reused", "{other:?}");
        assert_eq!(folder.carnet("check").code, 0);
    }

    /// Many clients, the seventh row of each ten wrong.
    fn many(count: u32) -> String {
        let mut text = "No,Name,Phone,Born\n".to_owned();
        for number in 1..=count {
            let month = if number % 10 == 7 { 13 } else { 1 + number % 12 };
            text.push_str(&format!(
                "{number},Client Number{number},07{:08},{}-{month:02}-10\n",
                20_000_000 + number,
                1950 + number % 50
            ));
        }
        text
    }

    #[test]
    fn a_run_that_was_broken_off_goes_on_and_doubles_nothing() {
        let folder = made();
        club(&folder, "whole.db");
        write(&folder, "in.csv", many(1200));
        let whole = import(&folder, "--db whole.db clients import in.csv");
        assert_eq!(counts(&whole), [1200, 1080, 0, 0, 0, 120], "{whole:?}");
        // Stopped after some rows, killed after some more, then run to the end.
        let part = import(&folder, "clients import in.csv --limit 300");
        assert_eq!(counts(&part), [300, 270, 0, 0, 0, 30], "{part:?}");
        let mut child =
            folder.command("--at 2026-04-10T09:00:00Z clients import in.csv").spawn().expect("starts");
        let count = || {
            rows(&folder.file("carnet.db"), "SELECT count(*) FROM client")[0]
                .parse::<u32>()
                .expect("a number")
        };
        while count() < 600 && child.try_wait().expect("is asked").is_none() {
            std::thread::sleep(Duration::from_millis(5));
        }
        child.kill().expect("is killed");
        child.wait().expect("ends");
        let there = count();
        assert!(there >= 270, "{there}");
        let rest = import(&folder, "clients import in.csv");
        let there = u64::from(there);
        assert_eq!(counts(&rest), [1200, 1080 - there, 0, there, 0, 120], "{rest:?}");
        assert_eq!(rows(&folder.file("carnet.db"), CLIENTS), rows(&folder.file("whole.db"), CLIENTS));
        assert_eq!(folder.carnet("check").code, 0);
    }

    #[test]
    fn what_is_exported_is_read_again() {
        let folder = made();
        write(
            &folder,
            "in.csv",
            "No,First name,Last name,Phone,Sex,Born,Notes\n7,Ștefan,Țîrlea,0722123456,m,1985-04-01,\"pays, in \"\"cash\"\"\"\n8,Ana,,,,,\n",
        );
        assert_eq!(import(&folder, "clients import in.csv").code, 0);
        let table = folder.carnet("export");
        assert_eq!(
            table.out,
            "\u{feff}number,first_name,last_name,phone,email,sex,birth_date,notes,kind\n\
            7,Ștefan,Țîrlea,+40722123456,,male,1985-04-01,\"pays, in \"\"cash\"\"\",person\n8,Ana,,,,,,,person\n"
        );
        club(&folder, "other.db");
        assert_eq!(folder.carnet("export --to out.csv").code, 0);
        let ran = import(&folder, "--db other.db clients import out.csv");
        assert_eq!(counts(&ran), [2, 2, 0, 0, 0, 0], "{ran:?}");
        assert_eq!(folder.carnet("--db other.db export").out, table.out);
        let lines = folder.carnet("export --format json").out;
        let first: serde_json::Value =
            serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
        assert_eq!((lines.lines().count(), &first["birth_date"]), (2, &"1985-04-01".into()));
    }
}
