//! Plans.

use crate::changes::Change;
use crate::input;
use crate::work::{Work, next_version, refuse_both, refuse_stale};
use carnet_domain::client::ExternalId;
use carnet_domain::life::LifeRules;
use carnet_domain::plan::{Channel, Plan, PlanKind, PlanTag, StartRule};
use carnet_domain::switches::{self, Switch};
use carnet_domain::usage::UseRules;
use carnet_domain::{
    CategoryId, Error, Money, Percent, PlanId, Reason, Result, ServiceId, VenueId, record, request, words,
};

request! {
    /// Adds a plan to the price list.
    pub struct PlanAdd {
        /// The name, 1 to 200 characters. Required, but for visits.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub name: Option<String>,
        /// What it gives.
        pub kind: PlanKind,
        /// When its passes start. At the sale if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub start: Option<StartRule>,
        /// The price, tax included, not negative.
        pub price: Money,
        /// The tax contained in the price. None if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub tax: Option<Percent>,
        /// Passes of a lower number pay first, -1000 to 1000. 0 if left out.
        #[schemars(range(min = -1000, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub priority: Option<i32>,
        /// Its own colour, `#RRGGBB`, in place of that of its kind.
        #[schemars(length(min = 7, max = 7))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub colour: Option<String>,
        /// Where it is sold. Everywhere if left out.
        #[schemars(length(max = 2))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub channels: Option<Vec<Channel>>,
        /// The services it covers. With `categories` empty too, everything.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub services: Vec<ServiceId>,
        /// The categories it covers.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub categories: Vec<CategoryId>,
        /// The venues where its passes can be used. Empty: all.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub venues: Vec<VenueId>,
        /// For whom, where and when its passes can be used, and how often.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub usage: Option<UseRules>,
        /// What may be done with its passes after the sale.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub life: Option<LifeRules>,
        /// Keys in other systems.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub external_ids: Vec<ExternalId>,
    }

    /// What to set. The kind stays: another kind is another plan.
    #[derive(Default)]
    pub struct PlanSet {
        /// The name, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub name: Option<String>,
        /// What it gives: other quantities and validity of the same kind.
        pub kind: Option<PlanKind>,
        /// When its passes start.
        pub start: Option<StartRule>,
        /// The price, tax included, not negative.
        pub price: Option<Money>,
        /// The tax contained in the price.
        pub tax: Option<Percent>,
        /// Passes of a lower number pay first, -1000 to 1000.
        #[schemars(range(min = -1000, max = 1000))]
        pub priority: Option<i32>,
        /// Its own colour, `#RRGGBB`.
        #[schemars(length(min = 7, max = 7))]
        pub colour: Option<String>,
        /// Where it is sold.
        #[schemars(length(max = 2))]
        pub channels: Option<Vec<Channel>>,
        /// The services it covers.
        #[schemars(length(max = 200))]
        pub services: Option<Vec<ServiceId>>,
        /// The categories it covers.
        #[schemars(length(max = 200))]
        pub categories: Option<Vec<CategoryId>>,
        /// The venues where its passes can be used.
        #[schemars(length(max = 200))]
        pub venues: Option<Vec<VenueId>>,
        /// For whom, where and when its passes can be used, and how often: all of these rules.
        pub usage: Option<UseRules>,
        /// What may be done with its passes after the sale: all of these rules.
        pub life: Option<LifeRules>,
    }

    /// Changes a plan; only the next sale is affected.
    pub struct PlanChange {
        /// The plan.
        pub plan: PlanId,
        /// What to set.
        #[serde(default)]
        pub set: PlanSet,
        /// What to clear.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub clear: Vec<PlanField>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        pub expected_version: Option<i64>,
    }

    /// Takes a plan out of online sale; holders go on, and staff may still assign it.
    pub struct PlanDeactivate {
        /// The plan.
        pub plan: PlanId,
        /// Also out of sale at the desk.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub desk: bool,
    }

    /// Deletes a plan: its passes are suspended, reversibly; what is owed stays on the books.
    pub struct PlanDelete {
        /// The plan.
        pub plan: PlanId,
        /// True takes the deletion back.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub undo: bool,
    }

    /// Lists the plans, or those for sale through one channel.
    #[derive(Default)]
    pub struct PlanList {
        /// Only those for sale there. All that are not deleted if left out.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub channel: Option<Channel>,
        /// Deleted ones too.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "uniffi", uniffi(default = false))]
        pub deleted: bool,
    }
}

words! {
    /// A field of a plan that can be cleared.
    pub enum PlanField {
        /// The name, for visits.
        Name "name",
        /// Its own colour.
        Colour "colour",
        /// The services it covers.
        Services "services",
        /// The categories it covers.
        Categories "categories",
        /// The venues where its passes can be used.
        Venues "venues",
        /// For whom, where and when its passes can be used, and how often.
        Usage "usage",
        /// What may be done with its passes after the sale.
        Life "life",
    }
}

record! {
    /// A plan was added.
    pub struct PlanAdded {
        /// Its id.
        pub plan: PlanId,
        /// Its version.
        pub version: i64,
    }

    /// A plan was changed.
    pub struct PlanChanged {
        /// Its id.
        pub plan: PlanId,
        /// Its new version.
        pub version: i64,
    }

    /// The plans.
    pub struct PlanListed {
        /// In the order of their ids.
        pub plans: Vec<Plan>,
    }
}

pub(crate) fn add(work: &mut Work<'_>, request: PlanAdd) -> Result<PlanAdded> {
    let name = input::opt_text(request.name.as_ref(), "name", 200)?;
    let external_ids = input::external_ids(&request.external_ids, "external_ids")?;
    let tag = request.kind.tag();
    let plan = Plan {
        plan: PlanId(1),
        version: 1,
        name,
        kind: request.kind,
        start: request.start.unwrap_or(StartRule::AtSale),
        price: request.price,
        tax: request.tax.unwrap_or(Percent::ZERO),
        priority: request.priority.unwrap_or(0),
        colour: request.colour.unwrap_or_else(|| tag.colour().to_owned()),
        channels: request.channels.unwrap_or_else(|| Channel::ALL.to_vec()),
        services: request.services,
        categories: request.categories,
        venues: request.venues,
        usage: request.usage.unwrap_or_default(),
        life: request.life.unwrap_or_default(),
        deleted: false,
        external_ids,
    };
    validate(work, &plan, "")?;
    refuse_zones(work, Some(&plan.usage), "usage")?;
    work.refuse_taken::<PlanId>(None, &plan.external_ids, "external_ids")?;
    let plan = Plan { plan: work.id()?, ..plan };
    let added = PlanAdded { plan: plan.plan, version: 1 };
    work.add(Change::Plan(plan));
    Ok(added)
}

/// What is asked of a plan, new or changed.
fn validate(work: &Work<'_>, plan: &Plan, prefix: &str) -> Result<()> {
    let field = |name: &str| format!("{prefix}{name}");
    plan.life.validate(plan.price.currency()).map_err(|error| error.within(&field("life")))?;
    if plan.name.is_none() && plan.kind.tag() != PlanTag::Visits {
        return Err(Error::field(Reason::Required, field("name")));
    }
    plan.kind.validate().map_err(|error| error.within(&field("kind")))?;
    if let StartRule::OnFirstUse { latest: Some(latest) } = &plan.start {
        latest.validate().map_err(|error| error.within(&field("start.on_first_use.latest")))?;
    }
    input::not_negative(plan.price, &field("price"))?;
    if let PlanKind::Credit { credit, .. } = &plan.kind
        && credit.currency() != plan.price.currency()
    {
        return Err(Error::field(Reason::CurrencyMismatch, field("kind.credit.credit")));
    }
    input::range(plan.priority, &field("priority"), -1000, 1000)?;
    colour(&plan.colour, &field("colour"))?;
    input::list(&plan.channels, &field("channels"), 2)?;
    input::id_list(&plan.services, &field("services"))?;
    input::id_list(&plan.categories, &field("categories"))?;
    input::id_list(&plan.venues, &field("venues"))?;
    plan.usage.validate().map_err(|error| error.within(&field("usage")))?;
    let unknown =
        |reason, list: &str, index: usize| Err(Error::field(reason, format!("{prefix}{list}.{index}")));
    if let Some(index) = plan.services.iter().position(|id| !work.config.services.contains_key(id)) {
        return unknown(Reason::ServiceNotFound, "services", index);
    }
    if let Some(index) = plan.categories.iter().position(|id| !work.config.categories.contains_key(id)) {
        return unknown(Reason::CategoryNotFound, "categories", index);
    }
    if let Some(index) = plan.venues.iter().position(|id| !work.config.venues.contains_key(id)) {
        return unknown(Reason::VenueNotFound, "venues", index);
    }
    let known = |zone| work.config.venues.values().any(|venue| venue.zone == zone);
    if let Some(index) = plan.usage.zones.iter().position(|zone| !known(*zone)) {
        return unknown(Reason::ZoneNotFound, "usage.zones", index);
    }
    Ok(())
}

/// Refuses zones of a venue that has switched them off.
fn refuse_zones(work: &Work<'_>, usage: Option<&UseRules>, field: &str) -> Result<()> {
    for (index, zone) in usage.iter().flat_map(|usage| &usage.zones).enumerate() {
        if let Some(venue) = work.config.venues.values().find(|venue| venue.zone == *zone) {
            switches::require(&venue.switched_off, Switch::Zones, &format!("{field}.zones.{index}"))?;
        }
    }
    Ok(())
}

fn colour(value: &str, field: &str) -> Result<()> {
    input::text(value, field, 7)?;
    let digits = value.strip_prefix('#').filter(|digits| digits.len() == 6);
    match digits {
        Some(digits) if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) => Ok(()),
        _ => Err(Error::field(Reason::BadFormat, field)),
    }
}

fn existing(work: &Work<'_>, id: PlanId) -> Result<Plan> {
    input::id(id, "plan")?;
    work.config.plans.get(&id).cloned().ok_or_else(|| Error::field(Reason::PlanNotFound, "plan"))
}

fn store(work: &mut Work<'_>, mut plan: Plan) -> Result<PlanChanged> {
    plan.version = next_version(plan.version)?;
    let changed = PlanChanged { plan: plan.plan, version: plan.version };
    work.add(Change::Plan(plan));
    Ok(changed)
}

pub(crate) fn change(work: &mut Work<'_>, request: PlanChange) -> Result<PlanChanged> {
    let mut plan = existing(work, request.plan)?;
    refuse_stale(request.expected_version, plan.version)?;
    let set = request.set;
    let set_too = |field| match field {
        PlanField::Name => set.name.is_some(),
        PlanField::Colour => set.colour.is_some(),
        PlanField::Services => set.services.is_some(),
        PlanField::Categories => set.categories.is_some(),
        PlanField::Venues => set.venues.is_some(),
        PlanField::Usage => set.usage.is_some(),
        PlanField::Life => set.life.is_some(),
    };
    for (index, field) in request.clear.iter().enumerate() {
        refuse_both(set_too(*field), index)?;
        match field {
            PlanField::Name => plan.name = None,
            PlanField::Colour => plan.colour = plan.kind.tag().colour().to_owned(),
            PlanField::Services => plan.services.clear(),
            PlanField::Categories => plan.categories.clear(),
            PlanField::Venues => plan.venues.clear(),
            PlanField::Usage => plan.usage = UseRules::default(),
            PlanField::Life => plan.life = LifeRules::default(),
        }
    }
    if set.kind.as_ref().is_some_and(|kind| kind.tag() != plan.kind.tag()) {
        return Err(Error::field(Reason::NotWithPlanKind, "set.kind"));
    }
    plan.name = input::opt_text(set.name.as_ref(), "set.name", 200)?.or(plan.name);
    plan.kind = set.kind.unwrap_or(plan.kind);
    plan.start = set.start.unwrap_or(plan.start);
    plan.price = set.price.unwrap_or(plan.price);
    plan.tax = set.tax.unwrap_or(plan.tax);
    plan.priority = set.priority.unwrap_or(plan.priority);
    plan.colour = set.colour.unwrap_or(plan.colour);
    plan.channels = set.channels.unwrap_or(plan.channels);
    plan.services = set.services.unwrap_or(plan.services);
    plan.categories = set.categories.unwrap_or(plan.categories);
    plan.venues = set.venues.unwrap_or(plan.venues);
    refuse_zones(work, set.usage.as_ref(), "set.usage")?;
    plan.usage = set.usage.unwrap_or(plan.usage);
    plan.life = set.life.unwrap_or(plan.life);
    validate(work, &plan, "set.")?;
    store(work, plan)
}

pub(crate) fn deactivate(work: &mut Work<'_>, request: PlanDeactivate) -> Result<PlanChanged> {
    let mut plan = existing(work, request.plan)?;
    plan.channels.retain(|channel| *channel == Channel::Desk && !request.desk);
    store(work, plan)
}

pub(crate) fn delete(work: &mut Work<'_>, request: PlanDelete) -> Result<PlanChanged> {
    let mut plan = existing(work, request.plan)?;
    if plan.deleted != request.undo {
        return Err(Error::field(Reason::AlreadyDone, "plan"));
    }
    plan.deleted = !request.undo;
    store(work, plan)
}

pub(crate) fn list(work: &mut Work<'_>, request: PlanList) -> Result<PlanListed> {
    let shown = |plan: &&Plan| {
        let for_sale =
            request.channel.is_none_or(|channel| plan.channels.contains(&channel) && !plan.deleted);
        for_sale && (request.deleted || !plan.deleted)
    };
    Ok(PlanListed { plans: work.config.plans.values().filter(shown).cloned().collect() })
}
