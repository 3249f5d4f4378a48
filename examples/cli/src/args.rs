//! The command line.

use crate::cards::CardCommand;
use crate::export::Export;
use crate::front::{NewClient, Sale, TopUp};
use crate::import::{Duplicates, ImportArgs};
use crate::texts::Texts;
use crate::ui::Colour;
use carnet::domain::Instant;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  carnet demo                                  a year of a club, played in a minute, with reports
  carnet --db club.db init                     make an empty store
  carnet --db club.db exec setup.jsonl         carry out requests, one a line
  echo '{\"op\":\"venue.list\",\"args\":{}}' | carnet --db club.db exec -
  carnet --db club.db overview '+40 722 123 456'
  carnet --db club.db --json who-is-in
  carnet --db club.db journal export > journal.jsonl
  carnet --db copy.db replay journal.jsonl
  carnet --db postgresql://till@server/club who-is-in
  carnet --db 'postgresql://till@server/clubs?options=-csearch_path%3Dnorth' init

A store is a SQLite file on a local disk, or a PostgreSQL database (or one schema of it) by its URL. The
password is better given by CARNET_DB than on the command line; it is never printed.

Exit codes:
  0 done   1 check or verify found differences   2 wrong command line
  10 invalid input   20 not found   30 refused   40 conflict   50 storage   90 misuse   99 internal";

const EXEC_EXAMPLES: &str = "\
A request is one line:
  {\"op\":\"client.add\",\"args\":{\"first_name\":\"Ana\"},\"at\":\"2026-01-05T08:00:00Z\",\"key\":\"till-1/17\"}
Each gets one line of reply, written after its commit, in the same order:
  {\"reply\":{…},\"at\":\"…\",\"position\":12}      or      {\"error\":{\"code\":…,\"reason\":…}}

Examples:
  carnet --db club.db exec year.jsonl --group 256 > replies.jsonl
  till | carnet --db club.db exec - --stop-on-error

Requests carry their own time and venue. Errors in replies do not change the exit code unless
--stop-on-error is given.";

/// Memberships on one file or one server: clients, passes, doors, money and books.
#[derive(Debug, Parser)]
#[command(name = "carnet", version, after_help = EXAMPLES)]
pub struct Cli {
    /// The store, a file or a PostgreSQL server [default: carnet.db; for `demo`: demo.db]
    // The environment's value may hold a password.
    #[arg(long, global = true, env = "CARNET_DB", hide_env_values = true, value_name = "FILE|URL")]
    pub db: Option<PathBuf>,
    /// The venue, by id; may be left out while there is only one
    #[arg(long, global = true, value_name = "ID")]
    pub venue: Option<i64>,
    /// The time of the operation, such as 2025-12-31T18:00:00Z [default: now]
    #[arg(long, global = true, value_name = "TIME", value_parser = instant)]
    pub at: Option<Instant>,
    /// Answer in JSON, errors included
    #[arg(long, global = true)]
    pub json: bool,
    /// No colours, as with NO_COLOR set
    #[arg(long, global = true)]
    pub no_color: bool,
    /// When to colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Colour,
    /// The language of the desk: en, ro, bg, lv, ka or ru [default: that of LC_ALL or LANG]
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = Texts::language)]
    pub language: Option<String>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make an empty store
    Init {
        /// The node of the store, the high bits of its ids [default: drawn at random]
        #[arg(long, value_parser = clap::value_parser!(i64).range(0..=8191))]
        node: Option<i64>,
        /// Fix every draw: for tests only
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Carry out requests, one JSON object a line
    #[command(after_help = EXEC_EXAMPLES)]
    Exec(Exec),
    /// Play a year of a club into a new store and show what a manager wants to see
    #[command(after_help = "Examples:\n  carnet demo --db demo.db --force\n  \
        carnet demo --db 'postgresql://till@server/club?options=-csearch_path%3Ddemo'\n\n\
        On a server the year goes into an empty database or schema; a store there is never overwritten.")]
    Demo {
        /// Overwrite the file if there is one
        #[arg(long)]
        force: bool,
    },
    /// Rebuild everything derived from the ledger and list every difference; exits with 1 if there is one
    Check {
        /// Also replay the journal into a store beside and compare every row; needs three times the space, for
        /// a server in the folder for temporary files
        #[arg(long)]
        deep: bool,
    },
    /// Copy the running store to a new file; from a server by replaying its journal
    Backup {
        /// The new file
        to: PathBuf,
    },
    /// Make the store, a file or one on a server, from a backup, and check it
    Restore {
        /// The backup
        from: PathBuf,
    },
    /// Verify or export the journal
    #[command(subcommand)]
    Journal(JournalCommand),
    /// Everything about a client
    #[command(
        after_help = "Examples:\n  carnet overview 1099511627783\n  carnet overview '0722 123 456'\n  \
        carnet overview ana@example.com\n  carnet overview 04A1B2C3D4E5F6\n  carnet overview club:C-0042\n  \
        carnet overview Popescu"
    )]
    Overview {
        /// Client id, name, phone, e-mail, card, or system:key of another system
        client: String,
    },
    /// Write what a support desk wants to see: versions, settings, counts, results of checks, timings; no personal data
    Support {
        /// The file [default: standard output]
        to: Option<PathBuf>,
    },
    /// Who is inside
    WhoIsIn,
    /// Find clients, or import them
    #[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
    Clients {
        /// Client id, name, phone, e-mail, card, or system:key of another system
        query: Option<String>,
        /// Something with all of them
        #[command(subcommand)]
        command: Option<ClientsCommand>,
    },
    /// Add a client, or show everything about one
    #[command(subcommand)]
    Client(ClientCommand),
    /// Block, free, take back or replace a card
    #[command(subcommand)]
    Card(CardCommand),
    /// The plans that are sold at the desk
    Plans,
    /// Sell a plan to a client
    Sell(Sale),
    /// Let a client in
    Enter {
        /// Client id, name, phone, e-mail, card, or system:key
        client: String,
        /// The service they come for, by its id
        #[arg(long, value_name = "ID")]
        service: Option<i64>,
    },
    /// Write down that a client has left
    Exit {
        /// Client id, name, phone, e-mail, card, or system:key
        client: String,
    },
    /// Put money on a client's account
    TopUp(TopUp),
    /// What happened today
    Today,
    /// Who is inside now
    Inside,
    /// Write all clients as a table or as JSON lines. They are personal data
    Export(Export),
    /// What happened with a client
    History {
        /// Client id, name, phone, e-mail, card, or system:key
        client: String,
    },
    /// The passes
    #[command(subcommand)]
    Passes(PassesCommand),
    /// The money on accounts of clients
    #[command(subcommand)]
    Accounts(AccountsCommand),
    /// Write what completes commands in a shell
    #[command(after_help = "Examples:\n  carnet completion bash > /etc/bash_completion.d/carnet\n  \
        carnet completion zsh > \"${fpath[1]}/_carnet\"\n  carnet completion fish > ~/.config/fish/completions/carnet.fish\n  \
        carnet completion powershell >> $PROFILE")]
    Completion {
        /// For which shell
        shell: clap_complete::Shell,
    },
    /// Open or close the business day
    #[command(subcommand)]
    Day(DayCommand),
    /// Make a new store from exported journal entries
    #[command(after_help = "Example:\n  carnet --db copy.db replay journal.jsonl")]
    Replay {
        /// Journal entries, one a line, as `journal export` writes them; - for standard input
        file: PathBuf,
        /// The node of the new store [default: drawn at random]
        #[arg(long, value_parser = clap::value_parser!(i64).range(0..=8191))]
        node: Option<i64>,
        /// Fix every draw: for tests only
        #[arg(long)]
        seed: Option<u64>,
    },
}

/// What `exec` is told.
#[derive(Debug, Args)]
pub struct Exec {
    /// Requests, one a line; - for standard input
    pub file: PathBuf,
    /// Up to this many requests share one commit
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1000), value_name = "N")]
    pub group: u16,
    /// Stop after the first error, with its exit code; every request has its own commit
    #[arg(long, conflicts_with = "group")]
    pub stop_on_error: bool,
    /// Fix every draw and let the clock follow the requests: for tests only
    #[arg(long)]
    pub seed: Option<u64>,
}

const IMPORT_EXAMPLES: &str = "\
Examples:
  carnet clients import members.csv --dry-run          check the rows; look at members.csv.map.json
  carnet clients import members.csv --duplicates update
  carnet passes import abonamente.xlsx --sheet Active --system old
  carnet accounts import balances.csv --encoding windows-1251

A row is known again by its number in the older system, else by what is in it: a run that was broken off, or a second
one, doubles nothing. Rows that are refused are written beside the file with the reasons, to be put right and read again.
Exit code 1 says that there are some.";

/// What to do with the clients.
#[derive(Debug, Subcommand)]
pub enum ClientsCommand {
    /// Import clients from a table
    #[command(after_help = IMPORT_EXAMPLES)]
    Import {
        /// What every import is told
        #[command(flatten)]
        import: ImportArgs,
        /// What to do with somebody who is there already: the same phone, e-mail, or name and birth date
        #[arg(long, value_enum, default_value_t)]
        duplicates: Duplicates,
    },
}

/// What to do with one client.
#[derive(Debug, Subcommand)]
pub enum ClientCommand {
    /// Add a client; asks for the name at a terminal
    Add(NewClient),
    /// Everything about a client
    Show {
        /// Client id, name, phone, e-mail, card, or system:key
        client: String,
    },
}

/// What to do with the passes.
#[derive(Debug, Subcommand)]
pub enum PassesCommand {
    /// Take running passes over from an older system
    #[command(after_help = IMPORT_EXAMPLES)]
    Import(ImportArgs),
}

/// What to do with the accounts.
#[derive(Debug, Subcommand)]
pub enum AccountsCommand {
    /// Take balances and debts over from an older system
    #[command(after_help = IMPORT_EXAMPLES)]
    Import(ImportArgs),
}

/// What to do with the journal.
#[derive(Debug, Subcommand)]
pub enum JournalCommand {
    /// Recompute every digest and the whole chain; exits with 1 if one is wrong
    Verify,
    /// Write all entries as JSON lines. They contain personal data
    Export,
}

/// What to do with the business day.
#[derive(Debug, Subcommand)]
pub enum DayCommand {
    /// Open it
    Open {
        /// The business date, such as 2026-01-05 [default: today at the venue]
        #[arg(long)]
        date: Option<String>,
    },
    /// Close it: post value earned by time and value that expired
    Close,
}

impl Cli {
    /// Whether the command is one of the desk.
    pub fn is_of_desk(&self) -> bool {
        matches!(
            self.command,
            Command::Clients { .. }
                | Command::Client(_)
                | Command::Card(_)
                | Command::Passes(_)
                | Command::Accounts(_)
                | Command::Plans
                | Command::Sell(_)
                | Command::Enter { .. }
                | Command::Exit { .. }
                | Command::TopUp(_)
                | Command::Today
                | Command::Inside
                | Command::Export(_)
                | Command::History { .. }
        )
    }

    /// When there are colours.
    pub fn colour(&self) -> Colour {
        if self.no_color { Colour::Never } else { self.color }
    }

    /// The file of the store.
    pub fn database(&self) -> PathBuf {
        let default = if matches!(self.command, Command::Demo { .. }) { "demo.db" } else { "carnet.db" };
        self.db.clone().unwrap_or_else(|| default.into())
    }
}

fn instant(text: &str) -> Result<Instant, carnet::Error> {
    text.parse()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn parse(line: &str) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(line.split(' '))
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn global_options_may_stand_anywhere() {
        for line in ["carnet --db a.db --json check", "carnet check --json --db a.db"] {
            let cli = parse(line).expect(line);
            assert!(cli.json && cli.database() == std::path::Path::new("a.db"));
        }
    }

    #[test]
    fn the_demo_has_a_file_of_its_own() {
        if std::env::var_os("CARNET_DB").is_none() {
            assert_eq!(parse("carnet demo").expect("valid").database(), PathBuf::from("demo.db"));
            assert_eq!(parse("carnet check").expect("valid").database(), PathBuf::from("carnet.db"));
        }
    }

    #[test]
    fn stopping_at_an_error_needs_a_commit_for_each_request() {
        assert!(parse("carnet exec - --group 9").is_ok());
        assert!(parse("carnet exec - --stop-on-error").is_ok());
        assert!(parse("carnet exec - --group 9 --stop-on-error").is_err());
        assert!(parse("carnet exec - --group 0").is_err());
    }

    #[test]
    fn times_are_checked_at_once() {
        assert!(parse("carnet --at 2025-12-31T18:00:00Z who-is-in").is_ok());
        assert!(parse("carnet --at yesterday who-is-in").is_err());
        assert!(parse("carnet init --node 8192").is_err());
    }
}
