//! Visits with their parameters.

use crate::changes::Change;
use crate::input;
use crate::store;
use crate::work::Work;
use carnet_domain::lots::Take;
use carnet_domain::parameter::{self, LastParameter, NAME, PARAMETERS, Parameter, ParameterValue, TEXT};
use carnet_domain::visit::Visit;
use carnet_domain::{ClientId, Error, GroupId, Instant, Reason, Result, ServiceId, VisitId, record, request};

request! {
    /// Sets or clears parameters of a visit, such as the settings of machines; those that are not named stay.
    pub struct VisitParameters {
        /// The visit; it may be over.
        pub visit: VisitId,
        /// What to set.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 50))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub set: Vec<Parameter>,
        /// The names of those to clear.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 50), inner(length(min = 1, max = 64)))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub clear: Vec<String>,
    }

    /// The last value of each parameter that a client's visits had: what the desk offers next time.
    pub struct VisitLastParameters {
        /// The client.
        pub client: ClientId,
        /// Only of visits for this service.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub service: Option<ServiceId>,
    }

    /// Lists the visits of a client at all venues, the latest first, with their parameters and what paid for them.
    pub struct ClientVisits {
        /// The client.
        pub client: ClientId,
        /// Only those that began at this instant or later.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub from: Option<Instant>,
        /// Only those that began before this instant.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub to: Option<Instant>,
        /// The last visit of the page before.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<VisitId>,
        /// How many at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// The parameters of a visit.
    pub struct VisitParametersSet {
        /// The visit.
        pub visit: VisitId,
        /// All that it has now, by name.
        pub parameters: Vec<Parameter>,
    }

    /// The last values of parameters.
    pub struct LastParameters {
        /// By name, up to 200.
        pub parameters: Vec<LastParameter>,
    }

    /// A visit with what is known of it.
    pub struct VisitView {
        /// The visit; its pass is the one that paid.
        pub visit: Visit,
        /// The transfers of the use; none of a time pass, a re-entry, or what nothing paid.
        pub group: Option<GroupId>,
        /// The lots that paid, and how much of each.
        pub lots: Vec<Take>,
        /// Whether something of the use was given back.
        pub given_back: bool,
        /// The parameters, by name.
        pub parameters: Vec<Parameter>,
    }

    /// A page of visits.
    pub struct ClientVisited {
        /// The visits, the latest first.
        pub visits: Vec<VisitView>,
        /// True where more follow; ask again with `after`.
        pub more: bool,
    }
}

fn existing(work: &mut Work<'_>, id: VisitId, field: &str) -> Result<Visit> {
    input::id(id, field)?;
    store::visit::get(work.db(), id)?.ok_or_else(|| Error::field(Reason::VisitNotFound, field))
}

/// A parameter with its name and value in their stored form.
fn checked(index: usize, given: &Parameter) -> Result<Parameter> {
    let field = |name: &str| format!("set.{index}.{name}");
    let value = match &given.value {
        ParameterValue::Text(text) => ParameterValue::Text(input::text(text, &field("value.text"), TEXT)?),
        ParameterValue::Number(number) => {
            let number = parameter::number(number.trim());
            ParameterValue::Number(number.map_err(|error| error.within(&field("value.number")))?)
        }
        ParameterValue::Flag(flag) => ParameterValue::Flag(*flag),
    };
    Ok(Parameter { name: input::text(&given.name, &field("name"), NAME)?, value })
}

pub(crate) fn parameters(work: &mut Work<'_>, request: VisitParameters) -> Result<VisitParametersSet> {
    input::list(&request.set, "set", PARAMETERS)?;
    input::list(&request.clear, "clear", PARAMETERS)?;
    let set = request.set.iter().enumerate().map(|(index, given)| checked(index, given));
    let set = set.collect::<Result<Vec<_>>>()?;
    let clear = request.clear.iter().enumerate();
    let clear = clear.map(|(index, name)| input::text(name, &format!("clear.{index}"), NAME));
    let clear = clear.collect::<Result<Vec<_>>>()?;
    if set.is_empty() && clear.is_empty() {
        return Err(Error::field(Reason::Required, "set"));
    }
    let visit = existing(work, request.visit, "visit")?;
    let before = store::visit::parameters(work.db(), visit.visit)?;
    let parameters = parameter::after(&before, &set, &clear)?;
    let done = VisitParametersSet { visit: visit.visit, parameters };
    work.add(Change::VisitParameters { visit, set, clear });
    Ok(done)
}

pub(crate) fn last_parameters(work: &mut Work<'_>, request: VisitLastParameters) -> Result<LastParameters> {
    let client = super::client::existing(work, request.client)?.client;
    let service = request.service.map(|service| input::id(service, "service")).transpose()?;
    if service.is_some_and(|service| !work.config.services.contains_key(&service)) {
        return Err(Error::field(Reason::ServiceNotFound, "service"));
    }
    Ok(LastParameters { parameters: store::visit::last_parameters(work.db(), client, service)? })
}

pub(crate) fn of_client(work: &mut Work<'_>, request: ClientVisits) -> Result<ClientVisited> {
    let limit = input::page(request.limit, 50)?;
    let (from, to) = (request.from.unwrap_or(Instant::MIN), request.to.unwrap_or(Instant::FOREVER));
    if to < from {
        return Err(Error::field(Reason::EndBeforeStart, "to"));
    }
    let client = super::client::existing(work, request.client)?.client;
    let before = match request.after {
        Some(id) => {
            let visit = existing(work, id, "after")?;
            (visit.entered, visit.visit.0).min((to, 0))
        }
        None => (to, 0),
    };
    let mut found = store::visit::of_client(work.db(), client, (from, before), limit.saturating_add(1))?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > size;
    found.truncate(size);
    let shown = |paid: store::visit::Paid| VisitView {
        visit: paid.visit,
        group: paid.group,
        lots: paid.lots,
        given_back: paid.given_back,
        parameters: paid.parameters,
    };
    Ok(ClientVisited { visits: found.into_iter().map(shown).collect(), more })
}
