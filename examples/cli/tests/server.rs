//! Every command on a PostgreSQL server, beside the same on a file.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{Folder, Ran};
    use carnet::{Engine, Options};
    use std::path::Path;
    use std::sync::atomic::{AtomicU32, Ordering};

    const CLUB: &str = r#"
{"op":"venue.add","at":"2025-01-06T08:00:00Z","args":{"name":"Club","time_zone":"Europe/Bucharest","currency":"EUR","country":"RO"}}
{"op":"plan.add","at":"2025-01-06T08:00:00Z","args":{"name":"Month","kind":{"time":{"validity":{"period":{"count":1,"unit":"month"}}}},"price":{"amount":"45.00","currency":"EUR"},"tax":"9"}}
{"op":"client.add","at":"2025-01-06T08:01:00Z","args":{"first_name":"Ștefan","last_name":"Țîrlea","phone":"0722 123 456"}}
{"op":"card.add","at":"2025-01-06T08:01:00Z","args":{"client":1099511627777,"uid":"04A1B2C3D4E5F6"}}
{"op":"pass.sell","at":"2025-01-06T08:03:00Z","key":"till/1","args":{"client":1099511627777,"plan":1099511627777,"payments":[{"method":"cash","amount":{"amount":"45.00","currency":"EUR"}}]}}
{"op":"access.enter","at":"2025-01-06T08:04:00Z","args":{"card":"04a1b2c3d4e5f6"}}
{"op":"client.get","at":"2025-01-06T08:05:00Z","args":{"client":1099511627777}}
"#;

    /// The URL of a store that is not there yet, with a password: the server of the tests trusts everybody.
    fn url() -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server =
            std::env::var("CARNET_TEST_POSTGRES_URL").expect("CARNET_TEST_POSTGRES_URL names a server");
        let server = if server.contains(":secret@") { server } else { server.replacen('@', ":secret@", 1) };
        let joint = if server.contains('?') { '&' } else { '?' };
        let name = format!("cli_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        format!("{server}{joint}options=-csearch_path%3D{name}")
    }

    /// Runs a command on the server; whatever it says, it never says the password.
    fn on(folder: &Folder, url: &str, arguments: &str, input: &str) -> Ran {
        let ran = folder.feed(&format!("--db {url} {arguments}"), input);
        assert!(!ran.out.contains("secret") && !ran.err.contains("secret"), "{arguments}: {ran:?}");
        ran
    }

    #[test]
    #[ignore = "needs a server: tests/run postgres"]
    fn every_command_answers_as_on_a_file() {
        let (folder, server) = (Folder::new(), url());
        let made = on(&folder, &server, "init --seed 1 --node 1", "");
        assert!(made.code == 0 && made.out.contains(":***@"), "{made:?}");
        assert_eq!(folder.carnet("init --seed 1 --node 1").code, 0);
        for (arguments, input) in [
            ("init", ""),
            ("exec - --seed 1 --group 10", CLUB),
            ("exec - --stop-on-error", r#"{"op":"pass.get","args":{"pass":5}}"#),
            ("exec -", r#"{"op":"venue.list","at":"2025-01-06T08:05:00Z","args":{}}"#),
            ("--at 2025-01-06T09:00:00Z overview 0722123456", ""),
            ("--at 2025-01-06T09:00:00Z overview tirlea --json", ""),
            ("overview Nobody", ""),
            ("--at 2025-01-06T09:00:00Z who-is-in", ""),
            ("--at 2025-01-06T09:10:00Z day open", ""),
            ("--at 2025-01-06T20:00:00Z day close", ""),
            ("--at 2025-01-06T20:01:00Z day close", ""),
            ("check", ""),
            ("check --json", ""),
            ("journal verify", ""),
        ] {
            let (theirs, file) = (on(&folder, &server, arguments, input), folder.feed(arguments, input));
            assert_eq!(theirs.code, file.code, "{arguments}: {theirs:?} {file:?}");
            // The journal's salts are drawn where no seed is given, so the heads differ.
            if !arguments.starts_with("journal") {
                assert_eq!(theirs.out, file.out, "{arguments}: {theirs:?}");
            }
        }
        let deep = on(&folder, &server, "check --deep", "");
        assert!(deep.code == 0 && deep.out.contains("the same store, row by row"), "{deep:?}");
    }

    #[test]
    #[ignore = "needs a server: tests/run postgres"]
    fn a_store_goes_to_a_file_and_back() {
        let (folder, server, other) = (Folder::new(), url(), url());
        assert_eq!(on(&folder, &server, "init --seed 1 --node 1", "").code, 0);
        assert_eq!(on(&folder, &server, "exec - --seed 1", CLUB).code, 0);
        let verified = on(&folder, &server, "journal verify", "");
        assert!(verified.out.starts_with("journal: ok, 6 entries"), "{verified:?}");

        assert_eq!(on(&folder, &server, "backup copy.db", "").code, 0);
        assert_eq!(folder.carnet("--db copy.db journal verify").out, verified.out);
        assert_eq!(on(&folder, &other, "restore copy.db", "").code, 0);
        assert_eq!(on(&folder, &other, "journal verify", "").out, verified.out);
        assert_eq!(on(&folder, &other, "restore copy.db", "").code, 50);
        let dump =
            |place: &Path| Engine::open(place, Options::default()).expect("opens").dump().expect("dumps");
        assert!(dump(Path::new(&server)) == dump(&folder.file("copy.db")), "the copy differs");
        assert!(dump(Path::new(&server)) == dump(Path::new(&other)), "what came back differs");

        let exported = on(&folder, &server, "journal export", "");
        assert_eq!(exported.out, folder.carnet("--db copy.db journal export").out);
        let third = url();
        let replayed = on(&folder, &third, "replay - --seed 1 --node 1", &exported.out);
        assert_eq!(replayed.out, verified.out, "{replayed:?}");
        assert_eq!(on(&folder, &third, "replay -", &exported.out).code, 50);
        assert_eq!(on(&folder, "copy.db", &format!("backup {server}"), "").code, 90);
    }

    #[test]
    #[ignore = "needs a server: tests/run postgres"]
    fn what_is_not_there_or_must_not_be_done_is_said() {
        let (folder, server) = (Folder::new(), url());
        for command in ["check", "check --deep", "who-is-in", "exec -", "backup copy.db", "journal verify"] {
            let ran = on(&folder, &server, command, "");
            assert_eq!(ran.code, 50, "{command}: {ran:?}");
            assert!(ran.err.contains("there is no store at this place"), "{command}: {}", ran.err);
        }
        let forced = on(&folder, &server, "demo --force", "");
        assert!(forced.code == 90 && forced.err.contains("drop its schema or database"), "{forced:?}");
        assert_eq!(on(&folder, &server, "init", "").code, 0);
        for command in ["demo", "demo --json", "init --json"] {
            assert_eq!(on(&folder, &server, command, "").code, 50, "{command}");
        }
    }

    #[test]
    #[ignore = "needs a server: tests/run postgres"]
    fn the_demo_is_played_on_a_server() {
        if cfg!(debug_assertions) {
            // Takes minutes without optimisation.
            return;
        }
        let (folder, server) = (Folder::new(), url());
        let demo = on(&folder, &server, "demo --json", "");
        assert_eq!(demo.code, 0, "{demo:?}");
        let told: serde_json::Value = serde_json::from_str(&demo.out).expect("JSON");
        assert_eq!((&told["ok"], &told["unexpected"]), (&true.into(), &serde_json::json!([])));
        let deep = on(&folder, &server, "check --deep", "");
        assert!(deep.code == 0 && deep.out.contains("row by row"), "{deep:?}");
    }

    #[test]
    fn a_password_is_never_printed() {
        let folder = Folder::new();
        // Nobody answers at port 1.
        let server = "postgresql://till:secret@127.0.0.1:1/club?password=secret&connect_timeout=1";
        for arguments in [
            "init",
            "check",
            "check --deep",
            "demo",
            "demo --force",
            "--json who-is-in",
            "exec -",
            "--help",
            "fly",
        ] {
            on(&folder, server, arguments, "");
            let mut command = folder.command(arguments);
            let output = command.env("CARNET_DB", server).output().expect("carnet runs");
            for bytes in [output.stdout, output.stderr] {
                assert!(!String::from_utf8_lossy(&bytes).contains("secret"), "{arguments}");
            }
        }
        assert_eq!(on(&folder, server, "init", "").code, 50);
        // With a typing error it is the name of a file; in the wrong place it is no command.
        for wrong in ["postgres//till:secret@server/club", "Postgresql://till:secret@server/club"] {
            assert_eq!(on(&folder, wrong, "check", "").code, 50);
        }
        let misplaced = folder.carnet("check postgresql://till:secret@server/club");
        assert!(misplaced.code == 2 && !misplaced.err.contains("secret"), "{misplaced:?}");
        assert!(misplaced.err.contains("till:***@server"), "{misplaced:?}");
    }
}
