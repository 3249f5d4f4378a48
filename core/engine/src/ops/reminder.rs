//! Reminders of passes that end soon: `tick` puts them into the outbox.

use crate::changes::Change;
use crate::store;
use crate::work::Work;
use carnet_domain::client::Client;
use carnet_domain::course::move_days;
use carnet_domain::message::{Message, MessageChannel, MessageParameter, MessageState, channel_for};
use carnet_domain::pass::Pass;
use carnet_domain::warning::end_within;
use carnet_domain::{Date, Instant, MessageId, Result};

const TEMPLATE: &str = "pass_ends";

/// Reminds of the passes that end soon, the first end first: how many messages were queued, and whether more are due.
pub(crate) fn queue(work: &mut Work<'_>, limit: i64) -> Result<(i64, bool)> {
    let (venue, zone, within) = {
        let venue = work.venue()?;
        (venue.venue, venue.time_zone, i64::from(venue.reminder_days))
    };
    if within == 0 {
        return Ok((0, false));
    }
    let at = work.at;
    // A day more than can be asked for: the rule below looks at local days.
    let before = move_days(zone, at, within.saturating_add(2))?;
    let (mut from, mut queued) = ((at, 0), 0_i64);
    loop {
        let found = store::pass::to_remind(work.db(), venue, (at, before), from, limit)?;
        for pass in &found {
            from = (pass.ends.unwrap_or(Instant::FOREVER), pass.pass.0);
            let Some(reminder) = due(work, pass, within)? else { continue };
            if queued >= limit {
                return Ok((queued, true));
            }
            send(work, pass, &reminder)?;
            queued = queued.saturating_add(1);
        }
        // Who cannot be reminded is passed over, and does not keep the next page from anybody.
        if i64::try_from(found.len()).unwrap_or(limit) < limit {
            return Ok((queued, false));
        }
    }
}

/// A reminder that is due.
struct Reminder {
    client: Client,
    channel: MessageChannel,
    ends: Instant,
    last_day: Date,
    days: i64,
}

/// The reminder that is due of a pass, if one is and its client can be reached.
fn due(work: &mut Work<'_>, pass: &Pass, within: i64) -> Result<Option<Reminder>> {
    // What renews by itself does not end.
    if pass.auto_renew && !pass.cancel_at_end {
        return Ok(None);
    }
    let view = super::pass::view(work, pass.clone())?;
    let seen = super::overview::seen(work, &view)?;
    let Some((ends, days)) = end_within(&seen, work.at, within)? else { return Ok(None) };
    let client = store::client::get(work.db(), pass.client)?.filter(|client| !client.archived);
    let Some(client) = client else { return Ok(None) };
    let Ok(channel) = channel_for(&client, None) else { return Ok(None) };
    let last_day = seen.zone.date_of(ends.plus_micros(-1)?);
    Ok(Some(Reminder { client, channel, ends, last_day, days }))
}

fn send(work: &mut Work<'_>, pass: &Pass, reminder: &Reminder) -> Result<()> {
    let said = [
        ("pass", Some(pass.pass.to_string())),
        ("plan", pass.name.clone()),
        ("last_day", Some(reminder.last_day.to_string())),
        ("days", Some(reminder.days.to_string())),
    ];
    let named = said.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let message: MessageId = work.id()?;
    work.add(Change::Message(Message {
        message,
        client: reminder.client.client,
        venue: work.venue,
        channel: reminder.channel,
        template: TEMPLATE.to_owned(),
        language: super::message::language(work, &reminder.client),
        parameters: named.map(|(name, value)| MessageParameter { name, value }).collect(),
        at: work.at,
        state: MessageState::Queued,
        done: None,
        failure: None,
    }));
    work.add(Change::Reminder { pass: pass.pass, ends: reminder.ends, message });
    Ok(())
}
