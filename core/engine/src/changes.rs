//! What an operation changes, as data: what the journal keeps, what replay applies, what the feed shows.

use crate::store::value::Query;
use crate::store::{
    access, account, booking, card, chart, client, config, day, document, hold, message, opening, pass,
    profile, visit,
};
use carnet_domain::account::{Account, Transfer};
use carnet_domain::booking::Booking;
use carnet_domain::chart::{Entry, Field};
use carnet_domain::client::{Card, Client, Operator};
use carnet_domain::consent::{Comment, Consent};
use carnet_domain::document::DocumentEntry;
use carnet_domain::file::{Bytes, File, Photo};
use carnet_domain::hold::Hold;
use carnet_domain::household::Household;
use carnet_domain::life::{Freeze, PassEvent};
use carnet_domain::lots::Lot;
use carnet_domain::message::{Activation, Message, TokenRefusal};
use carnet_domain::opening::Opening;
use carnet_domain::parameter::Parameter;
use carnet_domain::pass::Pass;
use carnet_domain::plan::Plan;
use carnet_domain::usage::PassUse;
use carnet_domain::venue::{Category, Service, Venue};
use carnet_domain::visit::{Attempt, Conflict, Visit};
use carnet_domain::{
    AttemptId, ClientId, Date, FieldId, FileId, GroupId, Instant, LotId, MessageId, Money, OperatorId,
    PassId, Result, VenueId, VisitId, ZoneId,
};
use serde::{Deserialize, Serialize};

/// One change. The word for each is its tag in JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "an operation has a handful of them, and most are no pass")]
pub(crate) enum Change {
    /// The venue is now this.
    Venue(Venue),
    /// The operator is now this.
    Operator(Operator),
    /// The category is now this.
    Category(Category),
    /// The service is now this.
    Service(Service),
    /// The plan is now this.
    Plan(Plan),
    /// The client is now this.
    Client(Client),
    /// A tag was attached to a client.
    ClientTagged { client: ClientId, tag: String },
    /// The card is now this.
    Card(Card),
    /// The pass is now this.
    Pass(Pass),
    /// A pass that waited has started.
    PassStarted { pass: PassId, starts: Instant, ends: Option<Instant> },
    /// The account is now this.
    Account(Account),
    /// A lot was granted.
    Lot(Lot),
    /// What is left of a lot. `open` is given where the lot opened or closed.
    LotRest {
        lot: LotId,
        rest: i64,
        recognised: i64,
        released: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        open: Option<bool>,
    },
    /// What is held of a lot, and when the first of its holds runs out.
    LotHeld { lot: LotId, held: i64, until: Option<Instant> },
    /// When a lot can be used last: known once its pass starts, and moved with its end.
    LotExpires { lot: LotId, expires: Instant },
    /// Value moved.
    Transfer(Transfer),
    /// A client paid this much.
    Spent { client: ClientId, amount: Money },
    /// A visit began.
    VisitBegan(Visit),
    /// A visit ended.
    VisitEnded { visit: VisitId, client: ClientId, zone: ZoneId, at: Instant },
    /// An attempt was refused.
    Attempt(Attempt),
    /// A use of a pass is now this.
    Use(PassUse),
    /// A booking is now this.
    Booking(Booking),
    /// A freeze is now this.
    Freeze(Freeze),
    /// Something was done to a pass.
    PassEvent(PassEvent),
    /// A hold is now this.
    Hold(Hold),
    /// A conflict is now this.
    Conflict(Conflict),
    /// Somebody corrected by hand.
    Adjustment { group: GroupId, operator: Option<OperatorId>, reason: String },
    /// Something came from an older system.
    Opening(Opening),
    /// A business day was opened.
    DayOpened { venue: VenueId, date: Date, at: Instant },
    /// A business day was closed.
    DayClosed { venue: VenueId, date: Date, at: Instant },

    /// A version of a client changed these fields.
    ClientEdited { client: ClientId, version: i64, fields: Vec<String> },
    // The desk.
    /// Parameters of a visit were set, and others cleared.
    VisitParameters { visit: Visit, set: Vec<Parameter>, clear: Vec<String> },
    /// A comment is now this.
    Comment(Comment),
    /// A client agreed to something, or does no more.
    Consent(Consent),
    /// The photo of a client is now this. The bytes are nowhere else in the entry.
    Photo { photo: Photo, bytes: Option<Bytes> },
    /// The photo of a client was removed.
    PhotoRemoved { client: ClientId },
    /// A file was added to a client. The bytes are nowhere else in the entry.
    File { file: File, bytes: Bytes },
    /// A file was removed.
    FileRemoved { file: FileId },
    /// Something was written by a paper of the host.
    Document(DocumentEntry),
    /// A field of the chart is now this.
    Field(Field),
    /// This stands in the chart of a client.
    Charted { client: ClientId, entry: Entry },
    /// Nothing stands there any more.
    Uncharted { client: ClientId, field: FieldId },
    /// The chart of a client was read whole.
    ChartRead { client: ClientId, venue: VenueId, operator: OperatorId, at: Instant },
    /// A household is now this.
    Household(Household),
    /// A message is now this.
    Message(Message),
    /// A message carries an invitation.
    Invitation(Activation),
    /// A message reminds of the end of a pass.
    Reminder { pass: PassId, ends: Instant, message: MessageId },
    /// An invitation was taken up.
    Activated { message: MessageId, client: ClientId, at: Instant },
    /// A token did nothing.
    TokenRefused {
        attempt: AttemptId,
        at: Instant,
        venue: Option<VenueId>,
        client: Option<ClientId>,
        reason: TokenRefusal,
    },
}

impl Change {
    /// The change from one state of a lot to another.
    pub fn of_lot(before: &Lot, after: &Lot) -> Self {
        let open = (after.rest > 0) != (before.rest > 0);
        Self::LotRest {
            lot: after.lot,
            rest: after.rest,
            recognised: after.recognised,
            released: after.released,
            open: open.then_some(after.rest > 0),
        }
    }

    /// Whether what the engine keeps in memory must be read again.
    pub const fn touches_config(&self) -> bool {
        matches!(
            self,
            Self::Venue(_) | Self::Operator(_) | Self::Category(_) | Self::Service(_) | Self::Plan(_)
        )
    }

    /// Whether a venue's business day is another after it.
    pub const fn touches_day(&self) -> bool {
        matches!(self, Self::DayOpened { .. } | Self::DayClosed { .. })
    }

    /// The statements that carry it out.
    pub fn apply(&self, queries: &mut Vec<Query>) -> Result<()> {
        match self {
            Self::Venue(venue) => config::put_venue(venue, queries)?,
            Self::Operator(operator) => config::put_operator(operator, queries)?,
            Self::Category(category) => config::put_category(category, queries),
            Self::Service(service) => config::put_service(service, queries),
            Self::Plan(plan) => config::put_plan(plan, queries)?,
            Self::Client(client) => client::put(client, queries)?,
            Self::ClientTagged { client, tag } => queries.push(client::put_tag(*client, tag)),
            Self::Card(card) => card::put(card, queries),
            Self::Pass(pass) => pass::put(pass, queries)?,
            Self::PassStarted { pass, starts, ends } => pass::start(*pass, *starts, *ends, queries),
            Self::Account(account) => queries.push(account::put(account)),
            Self::Lot(lot) => queries.push(account::put_lot(lot)),
            Self::LotRest { lot, rest, recognised, released, open } => {
                queries.push(account::change_lot(*lot, *rest, *recognised, *released, *open));
            }
            Self::LotHeld { lot, held, until } => queries.push(account::hold_lot(*lot, *held, *until)),
            Self::LotExpires { lot, expires } => queries.push(account::expire_lot(*lot, *expires)),
            Self::Transfer(transfer) => queries.push(account::put_transfer(transfer)?),
            Self::Spent { client, amount } => queries.push(client::add_spent(*client, *amount)),
            Self::VisitBegan(visit) => access::put_visit(visit, queries),
            Self::VisitEnded { visit, client, zone, at } => {
                access::end_visit(*visit, *client, *zone, *at, queries);
            }
            Self::Attempt(attempt) => queries.push(access::put_attempt(attempt)),
            Self::Use(used) => queries.push(pass::put_use(used)),
            Self::Booking(booking) => queries.push(booking::put(booking)),
            Self::Freeze(freeze) => queries.push(pass::put_freeze(freeze)),
            Self::Hold(hold) => hold::put(hold, queries)?,
            Self::PassEvent(event) => queries.push(pass::put_event(event)?),
            Self::Conflict(conflict) => queries.push(access::put_conflict(conflict)),
            Self::Adjustment { group, operator, reason } => {
                queries.push(account::put_adjustment(*group, *operator, reason));
            }
            Self::Opening(opening) => queries.push(opening::put(opening)),
            Self::DayOpened { venue, date, at } => day::open(*venue, *date, *at, queries),
            Self::DayClosed { venue, date, at } => day::close(*venue, *date, *at, queries),

            Self::ClientEdited { client, version, fields } => {
                queries.push(client::put_edit(*client, *version, fields));
            }
            // The desk.
            Self::VisitParameters { visit: of, set, clear } => visit::put_parameters(of, set, clear, queries),
            Self::Comment(comment) => queries.push(profile::put_comment(comment)),
            Self::Consent(consent) => queries.push(profile::put_consent(consent)),
            Self::Photo { photo, bytes } => queries.push(profile::put_photo(photo, bytes.as_ref())),
            Self::PhotoRemoved { client } => queries.push(profile::remove_photo(*client)),
            Self::File { file, bytes } => queries.push(profile::put_file(file, bytes)),
            Self::FileRemoved { file } => queries.push(profile::remove_file(*file)),
            Self::Document(entry) => queries.push(document::put(entry)?),
            Self::Field(field) => queries.push(chart::put_field(field)?),
            Self::Charted { client, entry } => queries.push(chart::put_entry(*client, entry)?),
            Self::Uncharted { client, field } => queries.push(chart::remove_entry(*client, *field)),
            Self::ChartRead { client, venue, operator, at } => {
                queries.push(chart::put_reading(*client, *at, *operator, *venue));
            }
            Self::Household(household) => profile::put_household(household, queries),
            Self::Message(message) => queries.push(message::put(message)?),
            Self::Invitation(invitation) => queries.push(message::put_activation(invitation)),
            Self::Reminder { pass, ends, message } => {
                queries.push(message::put_reminder(*pass, *ends, *message));
            }
            Self::Activated { message, at, .. } => queries.push(message::use_activation(*message, *at)),
            Self::TokenRefused { attempt, at, venue, client, reason } => {
                queries.push(message::put_attempt(*attempt, *at, *venue, *client, *reason));
            }
        }
        Ok(())
    }
}
