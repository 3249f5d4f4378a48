//! A day at the reception with the commands of the desk.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{Folder, Ran};

    const CLUB: &str = r#"
{"op":"venue.add","at":"2026-04-10T06:00:00Z","args":{"name":"Club","time_zone":"Europe/Bucharest","currency":"EUR","country":"RO"}}
{"op":"service.add","at":"2026-04-10T06:00:00Z","args":{"name":"Gym","price":{"amount":"8.00","currency":"EUR"}}}
{"op":"plan.add","at":"2026-04-10T06:00:00Z","args":{"name":"Ten visits","kind":{"visits":{"visits":10}},"price":{"amount":"80.00","currency":"EUR"}}}
{"op":"plan.add","at":"2026-04-10T06:00:00Z","args":{"name":"Month","kind":{"time":{"validity":{"period":{"count":1,"unit":"month"}}}},"price":{"amount":"45.00","currency":"EUR"}}}
"#;

    fn made() -> Folder {
        let folder = Folder::new();
        assert_eq!(folder.carnet("init --seed 1 --node 1").code, 0);
        let ran = folder.feed("exec - --seed 1 --group 10", CLUB);
        assert!(!ran.out.contains("\"error\""), "{}", ran.out);
        folder
    }

    /// Runs a command at a time of 10 April 2026; arguments with blanks are parted by `|`.
    fn at(folder: &Folder, time: &str, arguments: &str) -> Ran {
        let mut command = folder.command(&format!("--at 2026-04-10T{time}:00Z --language en"));
        let output =
            command.args(arguments.split('|')).stdin(std::process::Stdio::null()).output().expect("runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    #[test]
    fn a_day_at_the_desk() {
        let folder = made();
        assert!(folder.file("carnet.db").exists());
        let plans = at(&folder, "07:00", "plans");
        assert!(plans.out.contains("Ten visits") && plans.out.contains("45.00 EUR"), "{plans:?}");
        let added = at(
            &folder,
            "07:01",
            "client|add|--first-name|Ana|--last-name|Popescu|--phone|0722123456|--card|04AA",
        );
        assert_eq!(added.out, "Added Ana Popescu: client 1099511627777.\n", "{added:?}");
        let refused = at(&folder, "07:02", "enter|Ana Popescu");
        assert_eq!((refused.code, refused.err.as_str()), (30, ""), "{refused:?}");
        assert_eq!(
            refused.out,
            "NO ENTRY: Ana Popescu. The client holds no pass: sell one, or take money.\n"
        );
        let sold = at(&folder, "07:03", "sell|0722 123 456|--plan|ten visits|--method|cash");
        assert!(
            sold.out.starts_with(
                "Sold Ten visits to Ana Popescu for 80.00 EUR: pass 1099511627777, through for ever"
            ),
            "{sold:?}"
        );
        let entered = at(&folder, "07:04", "enter|04AA");
        assert_eq!(
            (entered.code, entered.out.as_str()),
            (0, "COME IN: Ana Popescu. 9 visits are left.\n"),
            "{entered:?}"
        );
        let inside = at(&folder, "07:30", "inside");
        assert!(inside.out.contains("Ana Popescu") && inside.out.contains("2026-04-10 10:04"), "{inside:?}");
        let left = at(&folder, "08:34", "exit|ana popescu");
        assert_eq!(left.out, "Ana Popescu has left after 90 minutes.\n", "{left:?}");
        assert_eq!(at(&folder, "08:35", "inside").out, "Nobody is inside.\n");
        let money = at(&folder, "08:40", "top-up|Ana Popescu|--amount|1.050,50|--method|card");
        assert_eq!(
            money.out, "1 050.50 EUR on the account of Ana Popescu; the balance is 1 050.50 EUR.\n",
            "{money:?}"
        );
        // In other letters, a part, the end of the number, and with the Russian keyboard left on.
        for typed in ["попеску", "pesc", "123456", "зщзуысг"] {
            let found = at(&folder, "08:50", &format!("clients|{typed}"));
            assert!(found.out.contains("Ana Popescu"), "{typed}: {found:?}");
        }
        assert_ne!(at(&folder, "08:50", "clients|popov").code, 0);
        // A guess is shown, and nobody is let in or charged by it.
        let guessed = at(&folder, "08:51", "enter|pesc");
        assert!(guessed.err.contains("Ana Popescu") && guessed.out.is_empty(), "{guessed:?}");
        assert_eq!(at(&folder, "08:52", "inside").out, "Nobody is inside.\n");
        let today = at(&folder, "09:00", "today");
        for line in ["Today, 2026-04-10", "80.00 EUR", "1 050.50 EUR", "paid in cash", "paid by card"] {
            assert!(today.out.contains(line), "{line}: {}", today.out);
        }
        let json: serde_json::Value =
            serde_json::from_str(&at(&folder, "09:00", "today|--json").out).expect("JSON");
        let numbers =
            ["entries", "visitors", "refused", "inside"].map(|name| json[name].as_i64().expect("a number"));
        assert_eq!(numbers, [1, 1, 1, 0]);
        let history = at(&folder, "09:00", "history|Ana Popescu");
        for word in ["Ten visits", "2026-04-10 10:04", "Account in EUR", "top-up", "1050.50"] {
            assert!(history.out.contains(word), "{word}: {}", history.out);
        }
        assert_eq!(folder.carnet("check").code, 0);
    }

    #[test]
    fn a_card_is_blocked_freed_replaced_and_taken_back() {
        let folder = made();
        at(&folder, "07:00", "client|add|--first-name|Ana|--last-name|Popescu|--card|04AA");
        at(&folder, "07:00", "sell|Ana Popescu|--plan|ten visits|--method|cash");
        let said = |time: &str, arguments: &str| at(&folder, time, arguments).out;
        assert_eq!(said("07:01", "card|block|04aa|--note|by phone"), "The card of Ana Popescu is blocked.\n");
        let shut = folder.feed(
            "--json exec -",
            r#"{"op":"access.decide","at":"2026-04-10T07:02:00Z","args":{"card":"04AA"}}"#,
        );
        assert!(shut.out.contains(r#""reason":"card_blocked""#), "{shut:?}");
        let shut = at(&folder, "07:02", "enter|04AA");
        let why = "NO ENTRY: Ana Popescu. The card is blocked: issue another one.\n";
        assert_eq!((shut.code, shut.out.as_str()), (30, why), "whose pass would let her in");
        assert!(said("07:02", "client|show|Ana Popescu").contains("card 04AA opens nothing"));
        assert_eq!(said("07:03", "card|unblock|04AA"), "The card of Ana Popescu opens again.\n");
        assert_eq!(said("07:03", "enter|04AA"), "COME IN: Ana Popescu. 9 visits are left.\n");
        let again = at(&folder, "07:03", "card|unblock|04AA");
        assert_eq!((again.code, again.err.as_str()), (30, "error: The card is not blocked. (in uid)\n"));
        assert_eq!(
            said("07:04", "card|replace|04AA|--reason|damaged|--with|05AA"),
            "The card 04AA is blocked, 05AA takes its place.\n"
        );
        assert_eq!(
            said("07:05", "card|return|05AA"),
            "The card of Ana Popescu was taken back: it can be issued again.\n"
        );
        assert_eq!(at(&folder, "07:05", "enter|05AA").code, 30, "nobody's card");
        assert_eq!(at(&folder, "07:06", "client|add|--first-name|Bo|--card|05AA").code, 0);
    }

    #[test]
    fn a_client_is_shown_in_the_language_of_the_desk() {
        let folder = made();
        at(&folder, "07:00", "client|add|--first-name|Ana|--sex|female|--card|04AA");
        at(&folder, "07:00", "sell|Ana|--plan|Ten visits|--method|cash");
        at(&folder, "07:00", "top-up|Ana|--amount|5|--method|cash");
        at(&folder, "07:01", "enter|Ana");
        let shown = |command: &str| {
            let mut command = folder.command(&format!("--at 2026-04-10T08:00:00Z --language ro {command}"));
            String::from_utf8(command.output().expect("runs").stdout).expect("UTF-8")
        };
        let (client, history) = (shown("client show Ana"), shown("history Ana"));
        for word in ["feminin", "04AA (activ)", "din 2026-04-10 10:01", "vizite: 9", "Ultimele vizite, din 1"]
        {
            assert!(client.contains(word), "{word}: {client}");
        }
        assert!(history.contains("alimentare"), "{history}");
        for english in ["active", "visit ", "state", "left", "price", "since", "top-up"] {
            assert!(!client.contains(english) && !history.contains(english), "{english}: {client}{history}");
        }
    }

    #[test]
    fn errors_say_what_to_do_and_name_the_option() {
        let folder = made();
        let nobody = at(&folder, "07:00", "clients|Nobody");
        assert_eq!(nobody.code, 20, "{nobody:?}");
        assert_eq!(
            nobody.err,
            "error: There is no such client: search by name or phone, or add the client first.\n"
        );
        let unasked = at(&folder, "07:00", "client|add");
        assert_eq!(unasked.code, 10, "{unasked:?}");
        assert!(unasked.err.contains("--first-name"), "{unasked:?}");
        assert_eq!(at(&folder, "07:00", "client|add|--first-name|Ana").code, 0);
        let plan = at(&folder, "07:01", "sell|Ana");
        assert!(plan.code == 10 && plan.err.contains("--plan"), "{plan:?}");
        let method = at(&folder, "07:01", "sell|Ana|--plan|Month");
        assert!(method.code == 10 && method.err.contains("--method"), "{method:?}");
        let other = at(&folder, "07:01", "sell|Ana|--plan|Week|--method|cash");
        assert!(other.code == 20 && other.err.contains("--plan"), "{other:?}");
        let json = at(&folder, "07:01", "--json|sell|Ana");
        assert!(json.out.contains(r#""reason":"required""#) && json.err.is_empty(), "{json:?}");
        assert_eq!(at(&folder, "07:02", "client|add|--first-name|Ana|--last-name|Two").code, 0);
        let two = at(&folder, "07:03", "exit|An");
        assert!(two.code == 10 && two.err.contains("Several clients match An"), "{two:?}");
    }

    #[test]
    fn colours_come_when_asked_for() {
        let folder = made();
        let plans = |arguments: &str| at(&folder, "07:00", arguments).out;
        assert!(!plans("plans").contains('\u{1b}'), "no terminal");
        assert!(plans("plans|--color|always").contains('\u{1b}'));
        assert!(!plans("plans|--color|never").contains('\u{1b}'));
        assert!(!plans("plans|--color|always|--no-color").contains('\u{1b}'));
    }

    #[test]
    fn shells_complete_the_commands() {
        let folder = Folder::new();
        for (shell, sign) in [
            ("bash", "_carnet()"),
            ("zsh", "#compdef carnet"),
            ("fish", "complete -c carnet"),
            ("powershell", "Register-ArgumentCompleter"),
        ] {
            let ran = folder.carnet(&format!("completion {shell}"));
            assert!(
                ran.code == 0 && ran.out.contains(sign) && ran.out.contains("top-up"),
                "{shell}: {}",
                ran.err
            );
        }
        assert_eq!(folder.carnet("completion tcsh").code, 2);
    }
}
