//! What a pass would pay, and a use of it without a door.

use super::consume::{Use, consume, start_with_first_use};
use super::weigh::{Asked, consider, not_covered};
use crate::work::Work;
use carnet_domain::decision::{self, Payer, Quoted, RuleVerdict};
use carnet_domain::{
    ClientId, GroupId, Instant, PassId, Reason, Result, ServiceId, UseId, ZoneId, record, request,
};

request! {
    /// Lists every pass that would pay for a service, in order, and for every other pass why not. Give the card or the
    /// client.
    #[derive(Default)]
    pub struct PassQuote {
        /// What the reader sends.
        #[schemars(length(min = 1, max = 128))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub card: Option<String>,
        /// The client, where staff knows them.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub client: Option<ClientId>,
        /// What the client comes for. The venue's `entry_service` if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub service: Option<ServiceId>,
        /// The zone of the venue that is entered. Its only one if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub zone: Option<ZoneId>,
        /// How many times, 1 to 1000. Once if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub quantity: Option<i32>,
        /// When the service is rendered, as for a booking. The time of the request if left out: as at the door.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub starts: Option<Instant>,
    }

    /// Uses a pass for a service without a door. Give the card or the client.
    pub struct PassUseNow {
        /// What the reader sends.
        #[schemars(length(min = 1, max = 128))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub card: Option<String>,
        /// The client, where staff knows them.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub client: Option<ClientId>,
        /// What is rendered.
        pub service: ServiceId,
        /// The pass that the client wants to use.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub pass: Option<PassId>,
        /// How many times, 1 to 1000: each takes a visit or the price, and counts for the limits. Once if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub quantity: Option<i32>,
    }
}

record! {
    /// What the passes of a client would do for a service.
    pub struct PassQuoted {
        /// The client.
        pub client: ClientId,
        /// The service.
        pub service: Option<ServiceId>,
        /// The instant for which this holds.
        pub at: Instant,
        /// Who would pay, and who not.
        pub quote: Quoted,
    }

    /// A pass was used.
    pub struct PassUsed {
        /// The client.
        pub client: ClientId,
        /// The pass that paid, with what is left on it.
        pub payer: Payer,
        /// What spoke against the passes before it.
        pub rules: Vec<RuleVerdict>,
        /// The use.
        pub pass_use: UseId,
        /// Its transfers. A time pass has none under it.
        pub group: GroupId,
    }
}

pub(crate) fn quote(work: &mut Work<'_>, request: PassQuote) -> Result<PassQuoted> {
    let PassQuote { card, client, service, zone, quantity, starts } = request;
    // Only a door refuses by the clock; a quote asks about any time.
    work.clock_refused = false;
    let asked = Asked {
        card: card.as_ref(),
        client,
        service,
        place: zone,
        quantity,
        starts,
        pass: None,
        is_door: starts.is_none(),
        is_visit: false,
    };
    let found = consider(work, &asked)?.map_err(super::weigh::Unknown::into_error)?;
    let quote = decision::quote(&found.facts, &found.door, found.wanted.as_ref(), found.at)?;
    Ok(PassQuoted { client: found.facts.client, service: found.service, at: found.at, quote })
}

pub(crate) fn use_now(work: &mut Work<'_>, request: PassUseNow) -> Result<PassUsed> {
    let PassUseNow { card, client, service, pass, quantity } = request;
    let service = Some(service);
    let asked = Asked { card: card.as_ref(), client, service, pass, quantity, ..Asked::default() };
    let found = consider(work, &asked)?.map_err(super::weigh::Unknown::into_error)?;
    let decided = found.decide(pass)?;
    let held = decided.payer.and_then(|index| found.facts.passes.get(index));
    let (Some(held), Some(payer)) = (held, decided.decision.payer.clone()) else {
        return Err(not_covered(&decided.decision));
    };
    if decided.ends_freeze {
        super::pass_freeze::end_by_visit(work, held.pass.pass)?;
    }
    let at = work.at;
    start_with_first_use(work, held, at)?;
    let used = Use {
        client: found.facts.client,
        held,
        takes: &decided.takes,
        service,
        venue: work.venue()?.venue,
        at,
        quantity: quantity.unwrap_or(1),
        visit: None,
        booking: None,
    };
    let used = consume(work, &used)?;
    let (Some(pass_use), Some(group)) = (used.pass_use, used.group) else {
        return Err(Reason::Internal.into());
    };
    Ok(PassUsed { client: found.facts.client, payer, rules: decided.decision.rules, pass_use, group })
}
