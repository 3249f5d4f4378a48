//! What a receptionist does all day: find, add, sell, let in and out, top up, look what happened.

use crate::desk;
use crate::exit::{Failure, Outcome};
use crate::session::Session;
use crate::ui::{Ui, amount, count, last_day, money, number, wall, wall_or_dash};
use carnet::domain::Money;
use carnet::domain::account::PaymentMethod;
use carnet::domain::client::Client;
use carnet::domain::plan::Plan;
use carnet::ops::access::{AccessWhoIsIn, Entered, Exited, WhoIsIn};
use carnet::ops::account::AccountMoved;
use carnet::ops::card::CardFound;
use carnet::ops::client::{ClientAdded, ClientFound, ClientGot};
use carnet::ops::dashboard::DeskToday;
use carnet::ops::overview::{ClientOverview, Overview};
use carnet::ops::pass_sell::PassSold;
use carnet::ops::plan::PlanListed;
use carnet::ops::statement::Statement;
use carnet::{Code, Error, Reason};
use clap::Args;
use comfy_table::Cell;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::io::{BufRead, IsTerminal, Write};

/// A new client.
#[derive(Debug, Args)]
pub struct NewClient {
    /// First name
    #[arg(long, value_name = "NAME")]
    pub first_name: Option<String>,
    /// Last name
    #[arg(long, value_name = "NAME")]
    pub last_name: Option<String>,
    /// Phone number
    #[arg(long)]
    pub phone: Option<String>,
    /// E-mail address
    #[arg(long)]
    pub email: Option<String>,
    /// Date of birth, such as 1990-07-15
    #[arg(long, value_name = "DATE")]
    pub born: Option<String>,
    /// female or male
    #[arg(long)]
    pub sex: Option<String>,
    /// Notes for the reception
    #[arg(long)]
    pub notes: Option<String>,
    /// A card to issue
    #[arg(long)]
    pub card: Option<String>,
}

/// A sale.
#[derive(Debug, Args)]
pub struct Sale {
    /// Client id, name, phone, e-mail, card, or system:key
    pub client: String,
    /// The plan, by number or name
    #[arg(long)]
    pub plan: Option<String>,
    /// Paid by: cash, card, bank or account
    #[arg(long, value_name = "METHOD")]
    pub method: Option<String>,
    /// Another price than the plan's
    #[arg(long)]
    pub price: Option<String>,
}

/// Money for an account.
#[derive(Debug, Args)]
pub struct TopUp {
    /// Client id, name, phone, e-mail, card, or system:key
    pub client: String,
    /// How much, such as 50 or 12,50
    #[arg(long)]
    pub amount: Option<String>,
    /// Paid by: cash, card or bank
    #[arg(long, value_name = "METHOD")]
    pub method: Option<String>,
}

/// Asks the engine by its JSON door.
pub fn ask_engine<T: DeserializeOwned>(session: &Session, op: &str, args: &Value) -> Outcome<T> {
    #[derive(serde::Deserialize)]
    struct Answer<T> {
        reply: T,
    }
    let mut request = json!({ "op": op, "args": args, "at": session.call.at, "venue": session.call.venue });
    if let Some(members) = request.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    let answer = session.engine.execute(request.to_string().as_bytes())?;
    let bad = |_| Error::new(Reason::Internal).with("what", "reply");
    let answer: Answer<T> = serde_json::from_str(&answer).map_err(bad)?;
    Ok(answer.reply)
}

/// What somebody types; where nobody sits at a terminal, an error that names the option.
fn ask_person(ui: &Ui, question: &str, option: &str) -> Outcome<String> {
    if ui.json || !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(Error::field(Reason::Required, option).into());
    }
    let mut out = std::io::stderr().lock();
    write!(out, "{} ", ui.texts.say(question)).and_then(|()| out.flush()).map_err(|e| Failure::output(&e))?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|e| Failure::output(&e))?;
    Ok(line.trim().to_owned())
}

/// What was given, or what somebody types.
fn given(ui: &Ui, value: Option<&String>, question: &str, option: &str) -> Outcome<String> {
    match value {
        Some(value) => Ok(value.clone()),
        None => ask_person(ui, question, option),
    }
}

/// The one client that a text names.
fn client(session: &Session, ui: &Ui, text: &str) -> Outcome<Client> {
    let mut found = desk::named(session, text)?;
    let is_guess = found.clients.is_empty();
    if is_guess {
        found = desk::search(session, text)?;
    }
    match found.clients.as_slice() {
        [] => Err(Error::new(Reason::ClientNotFound).into()),
        [client] if !is_guess => Ok(client.clone()),
        _ => {
            if !ui.json {
                ui.remark(&list(ui, &found));
                ui.remark(&ui.texts.with("several", &[("text", text)]));
            }
            Err(Error::field(Reason::Contradiction, "client").with("matches", found.clients.len()).into())
        }
    }
}

/// Who stands at the door, and how the door is asked. A card is shown to it as a card: a blocked one opens nothing, whoever
/// has it.
fn at_the_door(session: &Session, ui: &Ui, text: &str) -> Outcome<(Client, Value)> {
    let held: Outcome<CardFound> = ask_engine(session, "card.find", &json!({ "uid": text }));
    match held {
        Ok(CardFound { card }) => {
            let shown: ClientGot = ask_engine(session, "client.get", &json!({ "client": card.client }))?;
            Ok((shown.client, json!({ "card": text })))
        }
        Err(Failure::Engine(error)) if matches!(error.code(), Code::NotFound | Code::InvalidInput) => {
            let client = client(session, ui, text)?;
            let args = json!({ "client": client.client });
            Ok((client, args))
        }
        Err(failure) => Err(failure),
    }
}

/// Finds clients; all of whom something is known by the text.
pub fn clients(session: &Session, ui: &Ui, query: &str) -> Outcome {
    let mut found = desk::named(session, query)?;
    if found.clients.is_empty() {
        found = desk::search(session, query)?;
    }
    if found.clients.is_empty() && !ui.json {
        return Err(Error::new(Reason::ClientNotFound).into());
    }
    ui.reply(&found, || {
        let key = if found.more { "match-more" } else { "match" };
        let line = ui.texts.with(key, &[("count", &count(found.clients.len()))]);
        format!("{}\n{line}", list(ui, &found))
    })
}

fn list(ui: &Ui, found: &ClientFound) -> String {
    let headings = ["client", "name", "phone", "email", "born"].map(|id| ui.texts.say(id));
    desk::table_of(ui, &headings.each_ref().map(String::as_str), 1, &found.clients)
}

/// Adds a client.
pub fn add(session: &Session, ui: &Ui, new: &NewClient) -> Outcome {
    let mut args = Map::new();
    let mut set = |name: &str, value: Option<&String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            args.insert(name.to_owned(), json!(value));
        }
    };
    if new.first_name.is_none() && new.last_name.is_none() {
        set("first_name", Some(&ask_person(ui, "ask-first-name", "--first-name")?));
        set("last_name", Some(&ask_person(ui, "ask-last-name", "--last-name")?));
        if new.phone.is_none() {
            set("phone", Some(&ask_person(ui, "ask-phone", "--phone")?));
        }
    }
    set("first_name", new.first_name.as_ref());
    set("last_name", new.last_name.as_ref());
    set("phone", new.phone.as_ref());
    set("email", new.email.as_ref());
    set("birth_date", new.born.as_ref());
    set("sex", new.sex.as_ref());
    set("notes", new.notes.as_ref());
    let added: ClientAdded = ask_engine(session, "client.add", &Value::Object(args.clone()))?;
    if let Some(uid) = &new.card {
        let _: Value = ask_engine(session, "card.add", &json!({ "client": added.client, "uid": uid }))?;
    }
    let part = |name: &str| args.get(name).and_then(Value::as_str).unwrap_or_default();
    let name = format!("{} {}", part("first_name"), part("last_name"));
    ui.reply(&added, || {
        let client = added.client.to_string();
        ui.texts.with("client-added", &[("name", name.trim()), ("client", &client)])
    })
}

/// The plans that are sold at the desk.
pub fn plans(session: &Session, ui: &Ui) -> Outcome {
    let listed = for_sale(session)?;
    ui.reply(&listed, || plan_table(ui, &listed.plans))
}

fn for_sale(session: &Session) -> Outcome<PlanListed> {
    ask_engine(session, "plan.list", &json!({ "channel": "desk" }))
}

fn plan_table(ui: &Ui, plans: &[Plan]) -> String {
    if plans.is_empty() {
        return ui.texts.say("no-plans");
    }
    let headings = ["plan", "name", "kind", "price"].map(|id| ui.texts.say(id));
    let mut table = ui.table_that_breaks(&headings.each_ref().map(String::as_str), 1);
    for plan in plans {
        table.add_row([
            number(plan.plan),
            Cell::new(plan.name.as_deref().unwrap_or("–")),
            Cell::new(ui.texts.say(&format!("kind-{}", plan.kind.tag()))),
            money(plan.price),
        ]);
    }
    table.to_string()
}

/// The plan that a text names: its number, or its name.
fn plan_named(plans: &[Plan], text: &str) -> Outcome<Plan> {
    let key = carnet::domain::contact::search_key(text);
    let is_it = |plan: &&Plan| {
        let name = plan.name.as_deref().map(carnet::domain::contact::search_key);
        plan.plan.to_string() == text || name.as_deref() == Some(&key)
    };
    let mut found = plans.iter().filter(is_it);
    match (found.next(), found.next()) {
        (Some(plan), None) => Ok(plan.clone()),
        _ => Err(Error::field(Reason::PlanNotFound, "--plan").into()),
    }
}

fn method(text: &str) -> Outcome<PaymentMethod> {
    let known = PaymentMethod::from_text(&text.to_lowercase());
    known.ok_or_else(|| Error::field(Reason::UnknownValue, "--method").into())
}

fn read_money(text: &str, like: Money, option: &str) -> Outcome<Money> {
    let read = crate::import::amount(text).ok_or_else(|| Error::field(Reason::BadFormat, option))?;
    let named = |error: Error| Error::field(error.reason(), option);
    Ok(Money::parse(&read, like.currency()).map_err(named)?)
}

/// Sells a plan.
pub fn sell(session: &Session, ui: &Ui, sale: &Sale) -> Outcome {
    let client = client(session, ui, &sale.client)?;
    let plans = for_sale(session)?.plans;
    if sale.plan.is_none() && std::io::stdin().is_terminal() && !ui.json {
        ui.remark(&plan_table(ui, &plans));
    }
    let plan = plan_named(&plans, &given(ui, sale.plan.as_ref(), "ask-plan", "--plan")?)?;
    let price = match &sale.price {
        Some(text) => read_money(text, plan.price, "--price")?,
        None => plan.price,
    };
    let mut payments = Vec::new();
    if price.minor() > 0 {
        let method = method(&given(ui, sale.method.as_ref(), "ask-method", "--method")?)?;
        payments.push(json!({ "method": method, "amount": price }));
    }
    let mut args = json!({ "client": client.client, "plan": plan.plan, "payments": payments });
    if let Some(members) = args.as_object_mut().filter(|_| sale.price.is_some()) {
        members.insert("price".to_owned(), json!(price));
    }
    let sold: PassSold = ask_engine(session, "pass.sell", &args)?;
    let zone = session.zone()?;
    ui.reply(&sold, || {
        let through = match (sold.starts, sold.ends) {
            (None, _) => ui.texts.say("from-first-use"),
            (_, None) => ui.texts.say("for-ever"),
            (_, ends) => last_day(zone, ends),
        };
        let (name, price) = (client.full_name(), amount(sold.price));
        let (pass, plan) = (sold.pass.to_string(), plan.name.clone().unwrap_or_default());
        ui.texts.with(
            "sold",
            &[("plan", &plan), ("name", &name), ("price", &price), ("pass", &pass), ("through", &through)],
        )
    })
}

/// Puts money on an account.
pub fn top_up(session: &Session, ui: &Ui, what: &TopUp) -> Outcome {
    let client = client(session, ui, &what.client)?;
    let venues = session.engine.venue_list(&session.call, carnet::ops::venue::VenueList {})?.venues;
    let venue = venues.iter().find(|venue| session.call.venue.is_none_or(|id| id == venue.venue));
    let venue = venue.ok_or_else(|| Error::new(Reason::VenueNotFound))?;
    let text = given(ui, what.amount.as_ref(), "ask-amount", "--amount")?;
    let sum = read_money(&text, Money::zero(venue.currency), "--amount")?;
    let method = method(&given(ui, what.method.as_ref(), "ask-method", "--method")?)?;
    let args = json!({ "client": client.client, "amount": sum, "method": method });
    let moved: AccountMoved = ask_engine(session, "account.top_up", &args)?;
    ui.reply(&moved, || {
        let (sum, balance) = (amount(sum), amount(moved.balance));
        ui.texts.with("topped-up", &[("amount", &sum), ("name", &client.full_name()), ("balance", &balance)])
    })
}

/// Lets a client in, or says why not. A refusal has the exit code of one.
pub fn enter(session: &Session, ui: &Ui, text: &str, service: Option<i64>) -> Outcome {
    let (client, mut args) = at_the_door(session, ui, text)?;
    if let Some((members, service)) = args.as_object_mut().zip(service) {
        members.insert("service".to_owned(), json!(service));
    }
    let entered: Entered = ask_engine(session, "access.enter", &args)?;
    let name = client.full_name();
    ui.reply(&entered, || {
        let payer = entered.decision.payer.as_ref();
        if let Some(why) = entered.decision.reason {
            let why = ui.texts.say(&format!("deny-{why}"));
            return ui.texts.with("denied", &[("name", &name), ("why", &why)]);
        }
        match (payer.and_then(|payer| payer.visits_left), payer.and_then(|payer| payer.credit_left)) {
            (Some(left), _) => ui.texts.with("admitted-visits", &[("name", &name), ("count", &count(left))]),
            (_, Some(left)) => {
                ui.texts.with("admitted-credit", &[("name", &name), ("amount", &amount(left))])
            }
            _ => ui.texts.with("admitted", &[("name", &name)]),
        }
    })?;
    match entered.decision.reason {
        Some(_) => Err(Failure::Reply(Code::Refused.as_str().to_owned())),
        None => Ok(()),
    }
}

/// Writes down that a client has left.
pub fn exit(session: &Session, ui: &Ui, text: &str) -> Outcome {
    let (client, args) = at_the_door(session, ui, text)?;
    let exited: Exited = ask_engine(session, "access.exit", &args)?;
    ui.reply(&exited, || {
        let minutes = count(exited.seconds.checked_div(60).unwrap_or(0));
        ui.texts.with("left-after", &[("name", &client.full_name()), ("minutes", &minutes)])
    })
}

/// Who is inside.
pub fn inside(session: &Session, ui: &Ui) -> Outcome {
    let zone = session.zone()?;
    let request = AccessWhoIsIn { after: None, limit: Some(1000) };
    let all: WhoIsIn = session.engine.access_who_is_in(&session.call, request)?;
    ui.reply(&all, || {
        if all.clients.is_empty() {
            return ui.texts.say("inside-nobody");
        }
        let headings = ["client", "name", "since", "pass"].map(|id| ui.texts.say(id));
        let mut table = ui.table_that_breaks(&headings.each_ref().map(String::as_str), 1);
        for one in &all.clients {
            table.add_row([
                number(one.client),
                Cell::new(&one.name),
                Cell::new(wall(zone, one.since)),
                number(one.pass.map(|pass| pass.to_string()).unwrap_or_default()),
            ]);
        }
        format!("{table}\n{}", ui.texts.with("inside-count", &[("count", &count(all.count))]))
    })
}

/// What happened today.
pub fn today(session: &Session, ui: &Ui) -> Outcome {
    let today = session.engine.desk_today(&session.call, DeskToday {})?;
    ui.reply(&today, || {
        let mut table = ui.table(&[&ui.texts.with("today", &[("date", &today.date.to_string())]), ""]);
        table.add_row([Cell::new(ui.texts.say("today-sold")), number(count(today.sales))]);
        table.add_row([Cell::new(ui.texts.say("today-sales")), money(today.sold)]);
        table.add_row([Cell::new(ui.texts.say("today-top-ups")), money(today.top_ups)]);
        for one in &today.methods {
            table.add_row([Cell::new(ui.texts.say(&format!("paid-{}", one.method))), money(one.total)]);
        }
        for (id, how_many) in [
            ("today-visits", today.entries),
            ("today-clients", today.visitors),
            ("today-refused", today.refused),
            ("today-inside", today.inside),
        ] {
            table.add_row([Cell::new(ui.texts.say(id)), number(count(how_many))]);
        }
        table.to_string()
    })
}

/// What happened with a client.
#[derive(Serialize)]
struct History {
    overview: Overview,
    statements: Vec<Statement>,
}

/// The passes, visits and movements of a client.
pub fn history(session: &Session, ui: &Ui, text: &str) -> Outcome {
    let client = client(session, ui, text)?;
    let zone = session.zone()?;
    let overview = session.engine.client_overview(&session.call, ClientOverview::of(client.client))?;
    let mut statements = Vec::new();
    for balance in &overview.balances {
        let args = json!({ "client": client.client, "currency": balance.balance.currency() });
        statements.push(ask_engine::<Statement>(session, "account.statement", &args)?);
    }
    let history = History { overview, statements };
    ui.reply(&history, || {
        let mut parts = Vec::new();
        let seen = &history.overview;
        if !seen.passes.is_empty() {
            parts.push(desk::passes(ui, &seen.passes, zone));
        }
        if !seen.visits.is_empty() {
            let headings = ["entered", "left"].map(|id| ui.texts.say(id));
            let mut table = ui.table(&headings.each_ref().map(String::as_str));
            for visit in &seen.visits {
                table.add_row([wall(zone, visit.entered), wall_or_dash(zone, visit.exited)]);
            }
            parts.push(format!("{}\n{table}", ui.heading(&ui.texts.say("history-visits"))));
        }
        for statement in history.statements.iter().filter(|statement| !statement.lines.is_empty()) {
            let headings = ["when", "what", "amount", "balance"].map(|id| ui.texts.say(id));
            let mut table = ui.table(&headings.each_ref().map(String::as_str));
            for line in &statement.lines {
                table.add_row([
                    Cell::new(wall(zone, line.at)),
                    Cell::new(
                        line.note.clone().unwrap_or_else(|| ui.texts.say(&format!("moved-{}", line.reason))),
                    ),
                    number(&line.amount),
                    number(&line.balance),
                ]);
            }
            let unit = statement.unit.to_string();
            let heading = ui.texts.with("history-account", &[("currency", &unit)]);
            parts.push(format!("{}\n{table}", ui.heading(&heading)));
        }
        if parts.is_empty() {
            parts.push(ui.texts.with("history-nothing", &[("name", &client.full_name())]));
        }
        parts.join("\n")
    })
}
