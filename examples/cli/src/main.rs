//! The command-line front desk of Carnet: `carnet --help`.

mod args;
mod cards;
mod deep;
mod demo;
mod desk;
mod exec;
mod exit;
mod export;
mod front;
mod import;
mod journal;
mod place;
mod progress;
mod requests;
mod session;
mod store;
mod support;
mod texts;
mod ui;

use args::{
    AccountsCommand, Cli, ClientCommand, ClientsCommand, Command, DayCommand, JournalCommand, PassesCommand,
};
use clap::{CommandFactory, Parser};
use exit::Outcome;
use session::Session;
use std::process::ExitCode;
use ui::Ui;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return wrong_command_line(&error),
    };
    let ui = Ui::new(cli.json, cli.colour(), cli.language.as_deref(), cli.is_of_desk());
    match run(&cli, &ui) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            ui.failure(&failure);
            ExitCode::from(failure.code())
        }
    }
}

/// Says what is wrong with the command line, or helps. A URL in the wrong place is quoted without its password.
fn wrong_command_line(error: &clap::Error) -> ExitCode {
    let words = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
    let masked: Vec<(String, String)> =
        words.map(|word| (place::shown(word.as_ref()), word)).filter(|(shown, word)| shown != word).collect();
    if masked.is_empty() || !error.use_stderr() {
        error.exit();
    }
    let text = masked.iter().fold(error.to_string(), |text, (shown, word)| text.replace(word, shown));
    eprint!("{text}");
    ExitCode::from(2)
}

/// Does what the command line asks for.
fn run(cli: &Cli, ui: &Ui) -> Outcome {
    let db = cli.database();
    match &cli.command {
        Command::Init { node, seed } => store::init(ui, &db, *node, *seed),
        Command::Exec(what) => exec::run(ui, &db, what),
        Command::Demo { force } => demo::run(ui, &db, *force),
        Command::Backup { to } => store::backup(ui, &db, to),
        Command::Restore { from } => store::restore(ui, from, &db),
        Command::Replay { file, node, seed } => journal::replay(ui, &db, file, *node, *seed),
        Command::Completion { shell } => complete(*shell, ui),
        Command::Check { deep: true } => deep::check(&Session::open(cli, &db)?, &db, ui),
        Command::Support { to } => support::bundle(cli, &db, to.as_deref(), ui),
        command => with_session(command, &Session::open(cli, &db)?, ui),
    }
}

/// Writes what completes commands in a shell.
fn complete(shell: clap_complete::Shell, ui: &Ui) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "carnet", &mut script);
    ui.print(String::from_utf8_lossy(&script).trim_end())
}

/// The commands that look into an existing store.
fn with_session(command: &Command, session: &Session, ui: &Ui) -> Outcome {
    match command {
        Command::Check { deep: false } => store::check(session, ui),
        Command::Journal(JournalCommand::Verify) => journal::verify(session, ui),
        Command::Journal(JournalCommand::Export) => journal::export(session, ui),
        Command::Overview { client } => desk::overview(session, ui, client),
        Command::WhoIsIn => desk::who_is_in(session, ui),
        Command::Day(DayCommand::Open { date }) => desk::day_open(session, ui, date.as_deref()),
        Command::Day(DayCommand::Close) => desk::day_close(session, ui),
        Command::Clients { command: Some(ClientsCommand::Import { import, duplicates }), .. } => {
            import::clients(session, ui, import, *duplicates)
        }
        Command::Passes(PassesCommand::Import(import)) => import::passes(session, ui, import),
        Command::Accounts(AccountsCommand::Import(import)) => import::accounts(session, ui, import),
        desk => at_the_desk(desk, session, ui),
    }
}

/// What a receptionist does.
fn at_the_desk(command: &Command, session: &Session, ui: &Ui) -> Outcome {
    match command {
        Command::Clients { query, command: None } => {
            front::clients(session, ui, query.as_deref().unwrap_or_default())
        }
        Command::Client(ClientCommand::Add(new)) => front::add(session, ui, new),
        Command::Client(ClientCommand::Show { client }) => desk::overview(session, ui, client),
        Command::Card(command) => cards::card(session, ui, command),
        Command::Plans => front::plans(session, ui),
        Command::Sell(sale) => front::sell(session, ui, sale),
        Command::Enter { client, service } => front::enter(session, ui, client, *service),
        Command::Exit { client } => front::exit(session, ui, client),
        Command::TopUp(what) => front::top_up(session, ui, what),
        Command::Today => front::today(session, ui),
        Command::Inside => front::inside(session, ui),
        Command::Export(what) => export::export(session, ui, what),
        Command::History { client } => front::history(session, ui, client),
        // Every other command was carried out before a session was opened.
        _ => Ok(()),
    }
}
