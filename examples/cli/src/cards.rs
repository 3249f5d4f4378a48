//! The cards of clients: block, free, take back, replace.

use crate::exit::Outcome;
use crate::front::ask_engine;
use crate::session::Session;
use crate::ui::Ui;
use carnet::domain::ClientId;
use carnet::ops::card::{CardAdded, CardDone};
use carnet::ops::client::ClientGet;
use clap::{Args, Subcommand};
use serde_json::json;

/// What to do with a card.
#[derive(Debug, Subcommand)]
pub enum CardCommand {
    /// Block a card: it opens nothing until it is free again
    Block(Blocked),
    /// Free a card that is blocked
    Unblock {
        /// What the reader sends
        uid: String,
    },
    /// Take a card back; it can be issued again to anybody
    Return {
        /// What the reader sends
        uid: String,
    },
    /// Block a card and issue another one to its client
    Replace {
        /// Which card, and why
        #[command(flatten)]
        blocked: Blocked,
        /// What the reader sends of the new one
        #[arg(long, value_name = "UID")]
        with: String,
    },
}

/// A card that is blocked.
#[derive(Debug, Args)]
pub struct Blocked {
    /// What the reader sends; `carnet client show` has it of a card that is not there
    pub uid: String,
    /// Why: lost, stolen, damaged or other
    #[arg(long, default_value = "lost")]
    pub reason: String,
    /// What there is to say about it
    #[arg(long)]
    pub note: Option<String>,
}

/// Does something with a card.
pub fn card(session: &Session, ui: &Ui, command: &CardCommand) -> Outcome {
    match command {
        CardCommand::Block(Blocked { uid, reason, note }) => {
            let args = json!({ "uid": uid, "reason": reason.to_lowercase(), "note": note });
            done(session, ui, "card.block", &args, "card-blocked")
        }
        CardCommand::Unblock { uid } => {
            done(session, ui, "card.unblock", &json!({ "uid": uid }), "card-free")
        }
        CardCommand::Return { uid } => {
            done(session, ui, "card.return", &json!({ "uid": uid }), "card-returned")
        }
        CardCommand::Replace { blocked: Blocked { uid, reason, note }, with } => {
            let args = json!({ "uid": uid, "with": with, "reason": reason.to_lowercase(), "note": note });
            let added: CardAdded = ask_engine(session, "card.replace", &args)?;
            ui.reply(&added, || {
                ui.texts.with("card-replaced", &[("card", uid.as_str()), ("with", with.as_str())])
            })
        }
    }
}

/// Carries it out and says whose card it is.
fn done(session: &Session, ui: &Ui, op: &str, args: &serde_json::Value, text: &str) -> Outcome {
    let done: CardDone = ask_engine(session, op, args)?;
    let name = name_of(session, done.client)?;
    ui.reply(&done, || ui.texts.with(text, &[("name", name.as_str())]))
}

fn name_of(session: &Session, client: ClientId) -> Outcome<String> {
    Ok(session.engine.client_get(&session.call, ClientGet { client })?.client.full_name())
}
