//! The commands as people and scripts use them: what they print and how they end.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{Folder, Ran};
    use std::io::{BufRead, BufReader, Write};

    const CLUB: &str = r#"
{"op":"venue.add","at":"2025-01-06T08:00:00Z","args":{"name":"Club","time_zone":"Europe/Bucharest","currency":"EUR","country":"RO"}}
{"op":"operator.add","at":"2025-01-06T08:00:00Z","args":{"name":"Ioana"}}
{"op":"service.add","at":"2025-01-06T08:00:00Z","args":{"name":"Gym","price":{"amount":"8.00","currency":"EUR"},"tax":"9"}}
{"op":"plan.add","at":"2025-01-06T08:00:00Z","args":{"name":"Month","kind":{"time":{"validity":{"period":{"count":1,"unit":"month"}}}},"price":{"amount":"45.00","currency":"EUR"},"tax":"9"}}
{"op":"client.add","at":"2025-01-06T08:01:00Z","args":{"first_name":"Ștefan","last_name":"Țîrlea","phone":"0722 123 456","email":"stefan@example.com","external_ids":[{"system":"club","value":"C-0001"}]}}
{"op":"card.add","at":"2025-01-06T08:01:00Z","args":{"client":1099511627777,"uid":"04A1B2C3D4E5F6"}}
{"op":"day.open","at":"2025-01-06T08:02:00Z","args":{}}
{"op":"pass.sell","at":"2025-01-06T08:03:00Z","key":"till/1","by":1099511627777,"document":{"system":"rkeeper","number":"B-1"},"args":{"client":1099511627777,"plan":1099511627777,"payments":[{"method":"cash","amount":{"amount":"45.00","currency":"EUR"}}]}}
{"op":"access.enter","at":"2025-01-06T08:04:00Z","args":{"card":"04a1b2c3d4e5f6","service":1099511627777}}
"#;

    const AT: &str = "--at 2025-01-06T09:00:00Z";

    /// Makes a store with fixed draws and one venue, operator, service, plan and client, who is inside.
    fn club(folder: &Folder) -> Ran {
        assert_eq!(folder.carnet("init --seed 1 --node 1").code, 0);
        let ran = folder.feed("exec - --seed 1 --group 10", CLUB);
        assert!(!ran.out.contains("\"error\""), "{}", ran.out);
        ran
    }

    #[test]
    fn a_store_is_made_once() {
        let folder = Folder::new();
        let made = folder.carnet("--db club.db init --node 7");
        assert_eq!((made.code, made.out.as_str()), (0, "made club.db\n"), "{}", made.err);
        let again = folder.carnet("--db club.db init");
        assert_eq!(again.code, 50);
        assert!(
            again.err.starts_with("error: storage: something exists at this place already"),
            "{}",
            again.err
        );
        let json = folder.carnet("--db club.db --json init");
        assert_eq!(json.code, 50);
        assert!(
            json.out.starts_with(r#"{"error":{"#) && json.out.contains(r#""reason":"exists""#),
            "{}",
            json.out
        );
        assert!(json.err.is_empty());
    }

    #[test]
    fn the_store_may_be_named_by_the_environment() {
        let folder = Folder::new();
        let mut command = folder.command("init");
        let output = command.env("CARNET_DB", "named.db").output().expect("carnet runs");
        assert!(output.status.success() && folder.file("named.db").exists());
    }

    #[test]
    fn what_is_missing_is_said() {
        let folder = Folder::new();
        for command in ["check", "who-is-in", "exec -", "backup copy.db", "journal verify", "day close"] {
            let ran = folder.carnet(command);
            assert_eq!(ran.code, 50, "{command}: {ran:?}");
            assert!(ran.err.contains("there is no store at this place"), "{command}: {}", ran.err);
        }
        assert!(!folder.file("carnet.db").exists());
        assert_eq!(folder.carnet("").code, 2);
        assert_eq!(folder.carnet("fly").code, 2);
        assert_eq!(folder.carnet("--help").code, 0);
        assert!(folder.carnet("exec --help").out.contains("Examples:"));
        club(&folder);
        assert_eq!(folder.carnet("exec nowhere.jsonl").code, 50);
    }

    #[test]
    fn every_request_gets_one_line_of_reply() {
        let folder = Folder::new();
        let club = club(&folder);
        assert_eq!(club.out.lines().count(), 9);
        assert!(club.out.lines().all(|line| line.starts_with(r#"{"reply":"#)), "{}", club.out);
        let requests = "\
            {\"op\":\"client.find\",\"args\":{\"name\":\"tirlea\"}}\n\
            \n\
            {\"op\":\"client.get\",\"args\":{\"client\":99}}\n\
            {\"op\":\"client.get\",\"args\":{\"client\":1099511627777}}\n";
        let all = folder.feed("exec -", requests);
        let lines: Vec<&str> = all.out.lines().collect();
        assert_eq!((all.code, lines.len()), (0, 3), "{all:?}");
        assert!(lines[0].contains("Țîrlea") && lines[2].contains("Țîrlea"), "{}", all.out);
        assert!(lines[1].contains(r#""reason":"client_not_found""#), "{}", lines[1]);
        let some = folder.feed("exec - --stop-on-error", requests);
        assert_eq!((some.code, some.out.lines().count()), (20, 2), "{some:?}");
    }

    #[test]
    fn exit_codes_tell_the_family_of_an_error() {
        let folder = Folder::new();
        club(&folder);
        for (request, code) in [
            ("{", 10),
            (r#"{"op":"client.fly","args":{}}"#, 10),
            (r#"{"op":"client.add","args":{"phone":"12"}}"#, 10),
            (r#"{"op":"pass.get","args":{"pass":5}}"#, 20),
            (r#"{"op":"day.open","args":{}}"#, 30),
            (r#"{"op":"card.add","args":{"client":1099511627777,"uid":"04A1B2C3D4E5F6"}}"#, 40),
            (r#"{"op":"client.get","args":{"client":1099511627777}}"#, 0),
        ] {
            let ran = folder.feed("exec - --stop-on-error", request);
            assert_eq!(ran.code, code, "{request}: {ran:?}");
            assert_eq!(ran.out.lines().count(), 1);
        }
    }

    #[test]
    fn a_pipe_gets_each_reply_at_once() {
        let folder = Folder::new();
        club(&folder);
        for group in ["1", "64"] {
            let mut child =
                folder.command(&format!("exec - --group {group}")).spawn().expect("carnet starts");
            let mut stdin = child.stdin.take().expect("piped");
            let mut replies = BufReader::new(child.stdout.take().expect("piped")).lines();
            for _ in 0..3 {
                stdin.write_all(b"{\"op\":\"venue.list\",\"args\":{}}\n").expect("carnet reads");
                // Would wait for ever if the reply were held back until the group is full.
                let reply = replies.next().expect("a reply").expect("UTF-8");
                assert!(reply.contains("Europe/Bucharest"), "{reply}");
            }
            drop(stdin);
            assert!(replies.next().is_none());
            assert!(child.wait().expect("carnet ends").success());
        }
    }

    #[test]
    fn a_client_is_found_by_whatever_is_known() {
        let folder = Folder::new();
        club(&folder);
        for text in [
            "1099511627777",
            "+40722123456",
            "0722123456",
            "stefan@example.com",
            "04a1b2c3d4e5f6",
            "club:C-0001",
            "tirlea",
        ] {
            let ran = folder.carnet(&format!("{AT} overview {text}"));
            assert_eq!(ran.code, 0, "{text}: {ran:?}");
            for word in
                ["Ștefan Țîrlea", "+40722123456", "Month", "active", "45.00 EUR", "since 2025-01-06 10:04"]
            {
                assert!(ran.out.contains(word), "{text} lacks {word}: {}", ran.out);
            }
        }
        let nobody = folder.carnet("overview Nobody");
        assert_eq!(nobody.code, 20);
        assert_eq!(nobody.err, "error: not_found: no such client\n");
        let json = folder.carnet(&format!("{AT} --json overview tirlea"));
        assert!(json.out.starts_with('{') && json.out.contains(r#""has_active_pass":true"#), "{}", json.out);
    }

    #[test]
    fn who_is_in_and_the_day() {
        let folder = Folder::new();
        club(&folder);
        let inside = folder.carnet(&format!("{AT} who-is-in"));
        assert!(inside.out.contains("Ștefan Țîrlea") && inside.out.contains("1 inside"), "{inside:?}");
        assert!(folder.carnet(&format!("{AT} --json who-is-in")).out.contains(r#""count":1"#));
        assert_eq!(folder.carnet(&format!("{AT} day open --date 2025-01-07")).code, 30);
        let closed = folder.carnet("--at 2025-01-06T20:00:00Z day close");
        assert!(closed.out.starts_with("closed 2025-01-06: earned by time"), "{closed:?}");
        assert_eq!(folder.carnet("--at 2025-01-06T20:01:00Z day close").code, 30);
        let opened = folder.carnet("--at 2025-01-07T05:00:00Z day open");
        assert_eq!(opened.out, "opened 2025-01-07\n", "{opened:?}");
        assert_eq!(folder.carnet("day open --date tomorrow").code, 10);
    }

    #[test]
    fn check_verify_backup_and_restore() {
        let folder = Folder::new();
        club(&folder);
        let check = folder.carnet("check");
        assert_eq!(check.code, 0, "{check:?}");
        assert!(check.out.starts_with("books: balanced, 0 differences"), "{}", check.out);
        let verified = folder.carnet("journal verify");
        assert!(
            verified.code == 0 && verified.out.starts_with("journal: ok, 9 entries, head "),
            "{verified:?}"
        );
        assert_eq!(folder.carnet("backup copy.db").code, 0);
        assert_eq!(folder.carnet("--db restored.db restore copy.db").code, 0);
        assert_eq!(folder.carnet("--db restored.db journal verify").out, verified.out);
        assert_eq!(folder.carnet("--db restored.db restore copy.db").code, 50);
        std::fs::write(folder.file("text.db"), "not a store at all, only text\n".repeat(99))
            .expect("written");
        assert_eq!(folder.carnet("--db text.db check").code, 50);
    }

    #[test]
    fn what_was_changed_behind_the_engine_is_found() {
        for (change, command, word) in [
            ("UPDATE gate SET visits = visits + 1", "check", "gate.visits"),
            (
                "UPDATE journal_payload SET payload = payload || ' ' WHERE position = 3",
                "journal verify",
                "BROKEN at entry 3",
            ),
            ("UPDATE client SET first_name = 'Eve'", "check --deep", "client"),
        ] {
            let folder = Folder::new();
            club(&folder);
            let store = rusqlite::Connection::open(folder.file("carnet.db")).expect("opens");
            assert!(store.execute(change, []).expect("changes") > 0);
            drop(store);
            let found = folder.carnet(command);
            assert_eq!(found.code, 1, "{command}: {found:?}");
            assert!(found.out.contains(word), "{command}: {}", found.out);
            assert_eq!(folder.carnet(&format!("{command} --json")).code, 1);
        }
    }

    #[test]
    fn the_journal_makes_the_store_again() {
        let folder = Folder::new();
        club(&folder);
        let exported = folder.carnet("journal export");
        assert_eq!((exported.code, exported.out.lines().count()), (0, 9), "{exported:?}");
        std::fs::write(folder.file("journal.jsonl"), &exported.out).expect("written");
        let replayed = folder.carnet("--db copy.db replay journal.jsonl");
        assert_eq!(replayed.out, folder.carnet("journal verify").out, "{replayed:?}");
        assert_eq!(folder.carnet("--db copy.db check").code, 0);
        assert_eq!(folder.carnet("--db copy.db replay journal.jsonl").code, 50);
        assert_eq!(folder.feed("--db other.db replay -", "{\"position\":\"one\"}\n").code, 10);
        assert!(!folder.file("other.db").exists());
    }
}
