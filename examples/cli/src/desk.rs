//! What the desk asks: everything about a client, who is inside, the business day.

use crate::exit::{Failure, Outcome};
use crate::session::Session;
use crate::ui::{Ui, amount, count, last_day, money, number, wall, wall_or_dash};
use carnet::domain::account::Unit;
use carnet::domain::calendar::Zone;
use carnet::domain::client::{Card, Client, ExternalId};
use carnet::domain::pass::PassState;
use carnet::domain::switches::Switch;
use carnet::domain::visit::Visit;
use carnet::domain::warning::Warning;
use carnet::domain::{ClientId, Date};
use carnet::ops::access::{AccessWhoIsIn, Presence};
use carnet::ops::client::{ClientFind, ClientFound, ClientGet};
use carnet::ops::day::{DayClose, DayOpen};
use carnet::ops::overview::{ClientOverview, Overview};
use carnet::ops::pass::PassView;
use carnet::ops::search::{ClientSearch, SearchHit};
use carnet::{Code, Error, Reason};
use comfy_table::{Cell, Color};

/// Everything about a client, or the list of those that a text may mean.
pub fn overview(session: &Session, ui: &Ui, text: &str) -> Outcome {
    let zone = session.zone()?;
    if let Ok(id) = text.parse() {
        match session.engine.client_overview(&session.call, ClientOverview::of(ClientId(id))) {
            Err(error) if error.reason() == Reason::ClientNotFound => {}
            Err(error) if error.code() == Code::InvalidInput => {}
            answer => return show_overview(ui, &answer?, zone),
        }
    }
    let mut found = find(session, text)?;
    if found.clients.is_empty() {
        found = search(session, text)?;
    }
    let exact = the_one_with_this_name(&found.clients, text);
    match exact.map_or(found.clients.as_slice(), std::slice::from_ref) {
        [] => Err(Error::new(Reason::ClientNotFound).into()),
        [client] => {
            let request = ClientOverview::of(client.client);
            show_overview(ui, &session.engine.client_overview(&session.call, request)?, zone)
        }
        several => ui.reply(&found, || candidates(ui, several, found.more)),
    }
}

/// The clients that a text names: an id, or whatever is known of them.
pub fn named(session: &Session, text: &str) -> Outcome<ClientFound> {
    if let Ok(id) = text.parse() {
        match session.engine.client_get(&session.call, ClientGet { client: ClientId(id) }) {
            Err(error) if error.reason() == Reason::ClientNotFound => {}
            Err(error) if error.code() == Code::InvalidInput => {}
            got => {
                let clients = vec![got?.client];
                return Ok(ClientFound { clients, more: false, with_pass: Vec::new() });
            }
        }
    }
    let mut found = find(session, text)?;
    if let Some(client) = the_one_with_this_name(&found.clients, text).cloned() {
        found = ClientFound { clients: vec![client], more: false, with_pass: Vec::new() };
    }
    Ok(found)
}

/// The only client of this full name, where others only begin so.
fn the_one_with_this_name<'a>(clients: &'a [Client], text: &str) -> Option<&'a Client> {
    let wanted = text.to_lowercase();
    let mut named = clients.iter().filter(|client| client.full_name().to_lowercase() == wanted);
    named.next().filter(|_| named.next().is_none())
}

/// The clients that a text may mean: the first way of reading it that finds any.
fn find(session: &Session, text: &str) -> Outcome<ClientFound> {
    let mut found = ClientFound { clients: Vec::new(), more: false, with_pass: Vec::new() };
    for way in ways_to_read(text) {
        match session.engine.client_find(&session.call, way) {
            // Not a phone number or address after all: the next way.
            Err(error) if error.code() == Code::InvalidInput => {}
            answer => found = answer?,
        }
        if !found.clients.is_empty() {
            break;
        }
    }
    Ok(found)
}

/// Who may be meant by what was typed: another alphabet or keyboard, a part of a name, the end of a number. A guess: nobody is
/// let in or charged by it.
pub fn search(session: &Session, text: &str) -> Outcome<ClientFound> {
    let request = ClientSearch { query: text.to_owned(), limit: Some(50), passes: false };
    let found = session.engine.client_search(&session.call, request)?;
    let get = |hit: &SearchHit| {
        let got = session.engine.client_get(&session.call, ClientGet { client: hit.client })?;
        Ok(got.client)
    };
    let clients = found.hits.iter().map(get).collect::<Outcome<_>>()?;
    Ok(ClientFound { clients, more: found.more, with_pass: Vec::new() })
}

/// What a text that names a client may be, the likeliest first.
fn ways_to_read(text: &str) -> Vec<ClientFind> {
    let given = || Some(text.to_owned());
    let mut ways = Vec::new();
    if let Some((system, value)) = text.split_once(':') {
        let external_id = ExternalId { system: system.to_owned(), value: value.to_owned() };
        ways.push(ClientFind { external_id: Some(external_id), ..ClientFind::default() });
    }
    if text.contains('@') {
        ways.push(ClientFind { email: given(), ..ClientFind::default() });
    }
    if text.chars().all(|c| c.is_ascii_digit() || "+-. ()/".contains(c)) {
        ways.push(ClientFind { phone: given(), ..ClientFind::default() });
    }
    ways.push(ClientFind { card: given(), ..ClientFind::default() });
    ways.push(ClientFind { name: given(), ..ClientFind::default() });
    ways
}

fn candidates(ui: &Ui, clients: &[Client], more: bool) -> String {
    let headings = ["client", "name", "phone", "email", "born"].map(|id| ui.texts.say(id));
    let table = table_of(ui, &headings.each_ref().map(String::as_str), 3, clients);
    let key = if more { "match-more" } else { "match" };
    format!("{table}\n{}", ui.texts.with(key, &[("count", &count(clients.len()))]))
}

/// Clients as rows under five headings, of which one column may be broken into lines.
pub fn table_of(ui: &Ui, headings: &[&str], breaks: usize, clients: &[Client]) -> String {
    let mut table = ui.table_that_breaks(headings, breaks);
    for client in clients {
        table.add_row([
            number(client.client),
            Cell::new(client.full_name()),
            Cell::new(client.phone.as_ref().map_or("", |phone| phone.as_str())),
            Cell::new(client.email.as_ref().map_or("", |email| email.as_str())),
            Cell::new(client.birth_date.map(|date| date.to_string()).unwrap_or_default()),
        ]);
    }
    table.to_string()
}

fn show_overview(ui: &Ui, overview: &Overview, zone: Zone) -> Outcome {
    ui.reply(overview, || {
        let mut parts = vec![person(ui, overview, zone)];
        if !overview.passes.is_empty() {
            parts.push(ui.heading(&ui.texts.say("passes")));
            parts.push(passes(ui, &overview.passes, zone));
        }
        if !overview.visits.is_empty() {
            let heading = ui.texts.with("last-visits", &[("count", &count(overview.visit_count))]);
            parts.push(ui.heading(&heading));
            parts.push(visits(ui, &overview.visits, zone));
        }
        parts.join("\n")
    })
}

fn person(ui: &Ui, overview: &Overview, zone: Zone) -> String {
    let (client, texts) = (&overview.client, &ui.texts);
    let mut table = ui.table(&[&texts.say("client"), &client.client.to_string()]);
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            table.add_row([Cell::new(texts.say(name)), Cell::new(value)]);
        }
    };
    let yes_or_no = |yes: bool| texts.say(if yes { "yes" } else { "no" });
    row("name", overview.name.clone());
    row("phone", client.phone.as_ref().map(|p| p.as_str().to_owned()).unwrap_or_default());
    row("email", client.email.as_ref().map(|e| e.as_str().to_owned()).unwrap_or_default());
    row("sex", client.sex.map(|sex| texts.say(sex.as_str())).unwrap_or_default());
    let years = |age: i32| format!(", {}", texts.with("years", &[("count", &age.to_string())]));
    let age = overview.age.map(years).unwrap_or_default();
    row("born", client.birth_date.map(|date| format!("{date}{age}")).unwrap_or_default());
    row("notes", client.notes.clone().unwrap_or_default());
    let keys: Vec<String> =
        client.external_ids.iter().map(|id| format!("{}:{}", id.system, id.value)).collect();
    row("known-as", keys.join(", "));
    let state = |card: &Card| texts.say(&format!("card-state-{}", card.state));
    let cards: Vec<String> =
        overview.cards.iter().map(|card| format!("{} ({})", card.uid, state(card))).collect();
    row("cards", cards.join(", "));
    row("on-account", overview.balances.iter().map(|b| amount(b.balance)).collect::<Vec<_>>().join(", "));
    row("paid-in-all", overview.spent.iter().map(|m| amount(*m)).collect::<Vec<_>>().join(", "));
    row("active-pass", yes_or_no(overview.has_active_pass));
    if !overview.switched_off.contains(&Switch::AccessControl) {
        let since = |visit: &Visit| texts.with("since-when", &[("when", &wall(zone, visit.entered))]);
        row("inside", overview.inside.as_ref().map_or_else(|| yes_or_no(false), since));
    }
    row("archived", if client.archived { yes_or_no(true) } else { String::new() });
    let warnings: Vec<String> =
        overview.warnings.iter().filter_map(|said| warning(ui, overview, said, zone)).collect();
    if !warnings.is_empty() {
        let warnings = ui.coloured(warnings.join("\n"), Color::Yellow);
        table.add_row([Cell::new(texts.say("attention")), warnings]);
    }
    table.to_string()
}

/// What the desk should notice, in its words; nothing where a row says it already.
fn warning(ui: &Ui, overview: &Overview, warning: &Warning, zone: Zone) -> Option<String> {
    let said = |id: &str, facts: &[(&str, &str)]| Some(ui.texts.with(id, facts));
    match warning {
        Warning::Archived => None,
        Warning::Debt { debt } => said("warning-debt", &[("amount", &amount(*debt))]),
        Warning::CardBlocked { card, .. } => {
            let held = overview.cards.iter().find(|held| held.card == *card);
            let uid = held.map_or_else(|| card.to_string(), |held| held.uid.clone());
            said("warning-card_blocked", &[("card", &uid)])
        }
        Warning::ConflictOpen { at, .. } => said("warning-conflict_open", &[("when", &wall(zone, *at))]),
        Warning::PassEndsSoon { pass, ends, .. } => said(
            "warning-pass_ends_soon",
            &[("pass", &pass.to_string()), ("day", &last_day(zone, Some(*ends)))],
        ),
        Warning::FewLeft { pass, visits } => {
            said("warning-few_left", &[("pass", &pass.to_string()), ("count", &count(visits))])
        }
        Warning::BookingUnpaid { starts, .. } => {
            said("warning-booking_unpaid", &[("when", &wall(zone, *starts))])
        }
        Warning::HoldOpen { expires, .. } => said("warning-hold_open", &[("when", &wall(zone, *expires))]),
        Warning::Birthday { date, age, .. } => {
            said("warning-birthday", &[("day", &date.to_string()), ("count", &count(age))])
        }
    }
}

/// Passes as a table.
pub fn passes(ui: &Ui, passes: &[PassView], zone: Zone) -> String {
    let texts = &ui.texts;
    let headings = ["pass", "plan", "state", "through", "rest", "price"].map(|id| texts.say(id));
    let mut table = ui.table_that_breaks(&headings.each_ref().map(String::as_str), 1);
    for view in passes {
        let colour = match view.state {
            PassState::Active => Color::Green,
            PassState::NotStarted => Color::Yellow,
            _ => Color::DarkGrey,
        };
        let state = match (view.state, view.pass.starts) {
            (PassState::NotStarted, Some(starts)) => {
                texts.with("from-day", &[("day", &zone.local(starts).date().to_string())])
            }
            (state, _) => texts.say(&format!("state-{state}")),
        };
        table.add_row([
            number(view.pass.pass),
            Cell::new(view.pass.name.clone().unwrap_or_else(|| texts.say("no-name"))),
            ui.coloured(state, colour),
            Cell::new(last_day(zone, view.pass.ends)),
            number(left(ui, view)),
            money(view.pass.price),
        ]);
    }
    table.to_string()
}

/// What is left on a pass: `5 visits`, `70.00 EUR`; nothing for a time pass.
pub fn left(ui: &Ui, view: &PassView) -> String {
    let rest = view.rest.clone().unwrap_or_default();
    match view.unit {
        _ if rest.is_empty() => rest,
        None => String::new(),
        Some(Unit::Money(currency) | Unit::Credit(currency)) => format!("{rest} {currency}"),
        Some(Unit::Visits) if rest == "1" => ui.texts.say("one-visit"),
        Some(Unit::Visits) => ui.texts.with("some-visits", &[("count", &rest)]),
    }
}

fn visits(ui: &Ui, visits: &[Visit], zone: Zone) -> String {
    let headings = ["visit", "entered", "left", "paid-by-pass"].map(|id| ui.texts.say(id));
    let mut table = ui.table(&headings.each_ref().map(String::as_str));
    for visit in visits {
        table.add_row([
            number(visit.visit),
            Cell::new(wall(zone, visit.entered)),
            Cell::new(wall_or_dash(zone, visit.exited)),
            number(visit.pass.map(|pass| pass.to_string()).unwrap_or_default()),
        ]);
    }
    table.to_string()
}

/// Who is inside, all pages.
pub fn who_is_in(session: &Session, ui: &Ui) -> Outcome {
    let zone = session.zone()?;
    let mut request = AccessWhoIsIn { after: None, limit: Some(1000) };
    let mut all = session.engine.access_who_is_in(&session.call, request.clone())?;
    while let (true, Some(last)) = (all.more, all.clients.last()) {
        request.after = Some(last.client);
        let page = session.engine.access_who_is_in(&session.call, request.clone())?;
        all.more = page.more && !page.clients.is_empty();
        all.clients.extend(page.clients);
    }
    ui.reply(&all, || presence(ui, &all.clients, zone))
}

/// Who is inside, as a table.
pub fn presence(ui: &Ui, clients: &[Presence], zone: Zone) -> String {
    if clients.is_empty() {
        return "nobody is inside".to_owned();
    }
    let mut table = ui.table_that_breaks(&["client", "name", "since", "pass"], 1);
    for one in clients {
        table.add_row([
            number(one.client),
            Cell::new(&one.name),
            Cell::new(wall(zone, one.since)),
            number(one.pass.map(|pass| pass.to_string()).unwrap_or_default()),
        ]);
    }
    format!("{table}\n{} inside", count(clients.len()))
}

/// Opens the business day.
pub fn day_open(session: &Session, ui: &Ui, date: Option<&str>) -> Outcome {
    let bad = |_| Failure::Engine(Error::field(Reason::BadFormat, "date"));
    let date = date.map(|text| text.parse::<Date>().map_err(bad)).transpose()?;
    let opened = session.engine.day_open(&session.call, DayOpen { date })?;
    ui.reply(&opened, || format!("opened {}", opened.date))
}

/// Closes the business day.
pub fn day_close(session: &Session, ui: &Ui) -> Outcome {
    let closed = session.engine.day_close(&session.call, DayClose {})?;
    ui.reply(&closed, || {
        let (earned, lapsed) = (amount(closed.recognised), amount(closed.breakage));
        format!("closed {}: earned by time {earned}, lapsed {lapsed}", closed.date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_in_the_likeliest_way_first() {
        let kind = |text: &str| {
            let way = ways_to_read(text).into_iter().next().expect("a way");
            match way {
                ClientFind { external_id: Some(_), .. } => "external id",
                ClientFind { email: Some(_), .. } => "e-mail",
                ClientFind { phone: Some(_), .. } => "phone",
                ClientFind { card: Some(_), .. } => "card",
                _ => "name",
            }
        };
        assert_eq!(kind("club:C-0042"), "external id");
        assert_eq!(kind("ana@example.com"), "e-mail");
        assert_eq!(kind("+40 722 123-456"), "phone");
        assert_eq!(kind("04A1B2C3D4E5F6"), "card");
        assert!(ways_to_read("Țîrlea").last().is_some_and(|way| way.name.as_deref() == Some("Țîrlea")));
    }
}
