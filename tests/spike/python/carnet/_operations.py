"""Records, choices and operations. Made by generate.py from the operation table; do not edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Literal, TypeAlias

from carnet._values import read_instant


Instant: TypeAlias = datetime
"""A point in time, RFC 3339, kept in microseconds of UTC."""


OperatorId: TypeAlias = int
"""The id of one operator."""


@dataclass(frozen=True)
class Document:
    """The host's paper behind a write."""

    number: str
    """The number of the bill. 1 to 64 characters."""
    system: str
    """The host's system, such as `rkeeper`. 1 to 64 characters."""
    business_date: date | None = None
    """The host's business date."""
    line: int | None = None
    """The line of the bill."""
    shift: str | None = None
    """The cashier's shift."""
    station: str | None = None
    """The station or till."""

    @classmethod
    def _read(cls, d: Any) -> Document:
        return cls(
            number=d["number"],
            system=d["system"],
            business_date=None if d.get("business_date") is None else date.fromisoformat(d.get("business_date")),
            line=d.get("line"),
            shift=d.get("shift"),
            station=d.get("station"),
        )


@dataclass(frozen=True)
class Late:
    """The mark of an event that a device recorded while it was off line: a natural key, for ever."""

    device: str
    """The device. 1 to 64 characters."""
    seq: int
    """Its own running number of the event."""

    @classmethod
    def _read(cls, d: Any) -> Late:
        return cls(
            device=d["device"],
            seq=d["seq"],
        )


VenueId: TypeAlias = int
"""The id of one venue."""


@dataclass(frozen=True)
class Call:
    """What comes with every operation beside its arguments. All of it may be left out."""

    at: Instant | None = None
    """The value time. Without one, the engine's clock."""
    by: OperatorId | None = None
    """Who acts."""
    deadline_ms: int | None = None
    """Give up with `busy` if the work has not begun after this many milliseconds. 0 for the engine's default."""
    document: Document | None = None
    """The host's paper behind it."""
    dry_run: bool | None = None
    """Decide and answer, write nothing."""
    key: str | None = None
    """The idempotency key, 1 to 128 characters, per venue: a second call with the same key and content
gets the first reply again and does nothing."""
    late: Late | None = None
    """Given for an event that a device recorded while off line."""
    venue: VenueId | None = None
    """Where. May be left out while the store has only one venue."""

    @classmethod
    def _read(cls, d: Any) -> Call:
        return cls(
            at=None if d.get("at") is None else read_instant(d.get("at")),
            by=d.get("by"),
            deadline_ms=d.get("deadline_ms"),
            document=None if d.get("document") is None else Document._read(d.get("document")),
            dry_run=d.get("dry_run"),
            key=d.get("key"),
            late=None if d.get("late") is None else Late._read(d.get("late")),
            venue=d.get("venue"),
        )


Upgrade: TypeAlias = Literal['auto', 'refuse']
"""What to do with a store of an older release."""


@dataclass(frozen=True)
class OpenOptions:
    """How a store is opened. With nothing given, an existing one with the system's clock."""

    busy_timeout_ms: int | None = None
    """How long a write waits for other processes, milliseconds. 5000 if left out."""
    create: bool | None = None
    """Make the store if there is none."""
    node: int | None = None
    """The node of a new store, 0 to 8191. Drawn at random if left out."""
    seed: int | None = None
    """Fixes every draw and the node, and lets the clock follow the operations. For tests and replays only."""
    upgrade: Upgrade | None = None
    """What to do with a store of an older release. `auto` if left out."""

    @classmethod
    def _read(cls, d: Any) -> OpenOptions:
        return cls(
            busy_timeout_ms=d.get("busy_timeout_ms"),
            create=d.get("create"),
            node=d.get("node"),
            seed=d.get("seed"),
            upgrade=d.get("upgrade"),
        )


ZoneId: TypeAlias = int
"""The id of one zone."""


@dataclass(frozen=True)
class VenueAdded:
    """A venue was added."""

    venue: VenueId
    """Its id."""
    version: int
    """Its version."""
    zone: ZoneId
    """The zone that its door leads to."""

    @classmethod
    def _read(cls, d: Any) -> VenueAdded:
        return cls(
            venue=d["venue"],
            version=d["version"],
            zone=d["zone"],
        )


AntiPassback: TypeAlias = Literal['off', 'hard']
"""What happens when a client enters who is inside already."""


Currency: TypeAlias = str
"""Three letters of ISO 4217, such as EUR."""


@dataclass(frozen=True)
class ExternalId:
    """The key of an entity in another system: the host's, a hotel's, the old program's."""

    system: str
    """The system, such as `rkeeper`. 1 to 64 characters."""
    value: str
    """The key in that system. 1 to 128 characters."""

    @classmethod
    def _read(cls, d: Any) -> ExternalId:
        return cls(
            system=d["system"],
            value=d["value"],
        )


Zone: TypeAlias = str
"""A time zone of the IANA database, such as Europe/Bucharest."""


@dataclass(frozen=True)
class VenueChanged:
    """A venue was changed."""

    venue: VenueId
    """Its id."""
    version: int
    """Its new version."""

    @classmethod
    def _read(cls, d: Any) -> VenueChanged:
        return cls(
            venue=d["venue"],
            version=d["version"],
        )


VenueField: TypeAlias = Literal['country', 'entry_service']
"""A field of a venue that can be cleared."""


ServiceId: TypeAlias = int
"""The id of one service."""


@dataclass(frozen=True)
class VenueSet:
    """What to set."""

    anti_passback: AntiPassback | None = None
    """What happens to a client who enters twice."""
    country: str | None = None
    """The country of phone numbers given without one."""
    entry_service: ServiceId | None = None
    """The service that an entry through the door is, where the request names none."""
    name: str | None = None
    """The name, 1 to 200 characters."""
    reentry_grace_minutes: int | None = None
    """A re-entry this soon after the exit costs nothing, minutes, 0 to 1440."""

    @classmethod
    def _read(cls, d: Any) -> VenueSet:
        return cls(
            anti_passback=d.get("anti_passback"),
            country=d.get("country"),
            entry_service=d.get("entry_service"),
            name=d.get("name"),
            reentry_grace_minutes=d.get("reentry_grace_minutes"),
        )


@dataclass(frozen=True)
class Venue:
    """A site: a club, a salon, a hotel, a restaurant."""

    anti_passback: AntiPassback
    """What happens to a client who enters twice."""
    currency: Currency
    """The currency of its books."""
    external_ids: Sequence[ExternalId]
    """Keys in other systems."""
    name: str
    """The name."""
    reentry_grace_minutes: int
    """A re-entry this soon after the exit costs nothing. Minutes, 0 for never."""
    time_zone: Zone
    """The zone that its days and hours belong to."""
    venue: VenueId
    """The id."""
    version: int
    """Grows by one with every change."""
    zone: ZoneId
    """The zone that its door leads to."""
    country: str | None = None
    """The country of phone numbers given without one: two letters of ISO 3166."""
    entry_service: ServiceId | None = None
    """The service that an entry through the door is, where the request names none."""

    @classmethod
    def _read(cls, d: Any) -> Venue:
        return cls(
            anti_passback=d["anti_passback"],
            currency=d["currency"],
            external_ids=tuple(ExternalId._read(e) for e in d["external_ids"]),
            name=d["name"],
            reentry_grace_minutes=d["reentry_grace_minutes"],
            time_zone=d["time_zone"],
            venue=d["venue"],
            version=d["version"],
            zone=d["zone"],
            country=d.get("country"),
            entry_service=d.get("entry_service"),
        )


@dataclass(frozen=True)
class VenueListed:
    """The venues."""

    venues: Sequence[Venue]
    """In the order of their ids."""

    @classmethod
    def _read(cls, d: Any) -> VenueListed:
        return cls(
            venues=tuple(Venue._read(e) for e in d["venues"]),
        )


@dataclass(frozen=True)
class OperatorAdded:
    """An operator was added."""

    operator: OperatorId
    """Its id."""
    version: int
    """Its version."""

    @classmethod
    def _read(cls, d: Any) -> OperatorAdded:
        return cls(
            operator=d["operator"],
            version=d["version"],
        )


@dataclass(frozen=True)
class Operator:
    """A member of staff or a device that acts."""

    external_ids: Sequence[ExternalId]
    """Keys in other systems."""
    name: str
    """The name shown in the journal."""
    operator: OperatorId
    """The id."""
    version: int
    """Grows by one with every change."""

    @classmethod
    def _read(cls, d: Any) -> Operator:
        return cls(
            external_ids=tuple(ExternalId._read(e) for e in d["external_ids"]),
            name=d["name"],
            operator=d["operator"],
            version=d["version"],
        )


@dataclass(frozen=True)
class OperatorListed:
    """The operators."""

    operators: Sequence[Operator]
    """In the order of their ids."""

    @classmethod
    def _read(cls, d: Any) -> OperatorListed:
        return cls(
            operators=tuple(Operator._read(e) for e in d["operators"]),
        )


CategoryId: TypeAlias = int
"""The id of one category."""


@dataclass(frozen=True)
class CategoryAdded:
    """A category was added."""

    category: CategoryId
    """Its id."""
    version: int
    """Its version."""

    @classmethod
    def _read(cls, d: Any) -> CategoryAdded:
        return cls(
            category=d["category"],
            version=d["version"],
        )


@dataclass(frozen=True)
class ServiceAdded:
    """A service was added."""

    service: ServiceId
    """Its id."""
    version: int
    """Its version."""

    @classmethod
    def _read(cls, d: Any) -> ServiceAdded:
        return cls(
            service=d["service"],
            version=d["version"],
        )


@dataclass(frozen=True)
class Money:
    """An amount of money, written with the decimal digits of its currency."""

    amount: Decimal
    currency: Currency

    @classmethod
    def _read(cls, d: Any) -> Money:
        return cls(
            amount=Decimal(d["amount"]),
            currency=d["currency"],
        )


Sex: TypeAlias = Literal['female', 'male']
"""Sex, where services or prices depend on it."""


Percent: TypeAlias = Decimal
"""A rate in percent from 0 to 1000, such as 8.5."""


@dataclass(frozen=True)
class ServiceChanged:
    """A service was changed."""

    service: ServiceId
    """Its id."""
    version: int
    """Its new version."""

    @classmethod
    def _read(cls, d: Any) -> ServiceChanged:
        return cls(
            service=d["service"],
            version=d["version"],
        )


ServiceField: TypeAlias = Literal['category', 'sex']
"""A field of a service that can be cleared."""


@dataclass(frozen=True)
class ServiceSet:
    """What to set."""

    category: CategoryId | None = None
    """The category it belongs to."""
    name: str | None = None
    """The name, 1 to 200 characters."""
    price: Money | None = None
    """The price, tax included, not negative."""
    sex: Sex | None = None
    """Only for clients of this sex."""
    tax: Percent | None = None
    """The tax contained in the price."""

    @classmethod
    def _read(cls, d: Any) -> ServiceSet:
        return cls(
            category=d.get("category"),
            name=d.get("name"),
            price=None if d.get("price") is None else Money._read(d.get("price")),
            sex=d.get("sex"),
            tax=None if d.get("tax") is None else Decimal(d.get("tax")),
        )


@dataclass(frozen=True)
class Category:
    """A group of services."""

    category: CategoryId
    """The id."""
    external_ids: Sequence[ExternalId]
    """Keys in other systems."""
    name: str
    """The name."""
    version: int
    """Grows by one with every change."""

    @classmethod
    def _read(cls, d: Any) -> Category:
        return cls(
            category=d["category"],
            external_ids=tuple(ExternalId._read(e) for e in d["external_ids"]),
            name=d["name"],
            version=d["version"],
        )


@dataclass(frozen=True)
class Service:
    """What the price list sells."""

    external_ids: Sequence[ExternalId]
    """Keys in other systems."""
    name: str
    """The name."""
    price: Money
    """The price, tax included."""
    service: ServiceId
    """The id."""
    tax: Percent
    """The tax contained in the price."""
    version: int
    """Grows by one with every change."""
    category: CategoryId | None = None
    """The category it belongs to."""
    sex: Sex | None = None
    """Only for clients of this sex."""

    @classmethod
    def _read(cls, d: Any) -> Service:
        return cls(
            external_ids=tuple(ExternalId._read(e) for e in d["external_ids"]),
            name=d["name"],
            price=Money._read(d["price"]),
            service=d["service"],
            tax=Decimal(d["tax"]),
            version=d["version"],
            category=d.get("category"),
            sex=d.get("sex"),
        )


@dataclass(frozen=True)
class ServiceListed:
    """The price list."""

    categories: Sequence[Category]
    """In the order of their ids."""
    services: Sequence[Service]
    """In the order of their ids."""

    @classmethod
    def _read(cls, d: Any) -> ServiceListed:
        return cls(
            categories=tuple(Category._read(e) for e in d["categories"]),
            services=tuple(Service._read(e) for e in d["services"]),
        )


ClientId: TypeAlias = int
"""The id of one client."""


@dataclass(frozen=True)
class ClientAdded:
    """A client was added."""

    client: ClientId
    """Its id."""
    version: int
    """Its version."""

    @classmethod
    def _read(cls, d: Any) -> ClientAdded:
        return cls(
            client=d["client"],
            version=d["version"],
        )


ClientKind: TypeAlias = Literal['person', 'company']
"""What a client is."""


@dataclass(frozen=True)
class ClientChanged:
    """A client was changed."""

    client: ClientId
    """Its id."""
    version: int
    """Its new version."""

    @classmethod
    def _read(cls, d: Any) -> ClientChanged:
        return cls(
            client=d["client"],
            version=d["version"],
        )


ClientField: TypeAlias = Literal['first_name', 'last_name', 'phone', 'email', 'sex', 'birth_date', 'notes', 'external_ids']
"""A field of a client that can be cleared."""


@dataclass(frozen=True)
class ClientSet:
    """What to set."""

    archived: bool | None = None
    """Archived clients are kept but can do nothing."""
    birth_date: date | None = None
    """Date of birth."""
    email: str | None = None
    """E-mail address."""
    external_ids: Sequence[ExternalId] | None = None
    """Keys in other systems, replacing the old ones."""
    first_name: str | None = None
    """First name, up to 100 characters."""
    last_name: str | None = None
    """Last name or name of the company, up to 200 characters."""
    notes: str | None = None
    """Notes for the reception, up to 4000 characters."""
    phone: str | None = None
    """Phone number in any spelling."""
    sex: Sex | None = None
    """Sex."""

    @classmethod
    def _read(cls, d: Any) -> ClientSet:
        return cls(
            archived=d.get("archived"),
            birth_date=None if d.get("birth_date") is None else date.fromisoformat(d.get("birth_date")),
            email=d.get("email"),
            external_ids=None if d.get("external_ids") is None else tuple(ExternalId._read(e) for e in d.get("external_ids")),
            first_name=d.get("first_name"),
            last_name=d.get("last_name"),
            notes=d.get("notes"),
            phone=d.get("phone"),
            sex=d.get("sex"),
        )


@dataclass(frozen=True)
class ClientTagged:
    """A tag was attached to a client."""

    client: ClientId
    """Its id."""
    tags: Sequence[str]
    """All its tags, in order."""

    @classmethod
    def _read(cls, d: Any) -> ClientTagged:
        return cls(
            client=d["client"],
            tags=tuple(d["tags"]),
        )


Email: TypeAlias = str
"""An e-mail address."""


Phone: TypeAlias = str
"""A phone number in the form of E.164, such as +40722123456."""


@dataclass(frozen=True)
class Client:
    """A person or company that the venue knows. Every field but the id may be empty."""

    archived: bool
    """Archived clients are kept but can do nothing."""
    client: ClientId
    """The id."""
    created: Instant
    """When the client was added."""
    external_ids: Sequence[ExternalId]
    """Keys in other systems."""
    kind: ClientKind
    """Person or company."""
    version: int
    """Grows by one with every change."""
    birth_date: date | None = None
    """Date of birth."""
    email: Email | None = None
    """E-mail address as it was given."""
    first_name: str | None = None
    """First name."""
    last_name: str | None = None
    """Last name, or the name of the company."""
    notes: str | None = None
    """Notes for the reception."""
    phone: Phone | None = None
    """Phone number, E.164."""
    sex: Sex | None = None
    """Sex."""
    venue: VenueId | None = None
    """The venue that met the client first."""

    @classmethod
    def _read(cls, d: Any) -> Client:
        return cls(
            archived=d["archived"],
            client=d["client"],
            created=read_instant(d["created"]),
            external_ids=tuple(ExternalId._read(e) for e in d["external_ids"]),
            kind=d["kind"],
            version=d["version"],
            birth_date=None if d.get("birth_date") is None else date.fromisoformat(d.get("birth_date")),
            email=d.get("email"),
            first_name=d.get("first_name"),
            last_name=d.get("last_name"),
            notes=d.get("notes"),
            phone=d.get("phone"),
            sex=d.get("sex"),
            venue=d.get("venue"),
        )


@dataclass(frozen=True)
class ClientGot:
    """One client."""

    client: Client
    """All its fields."""

    @classmethod
    def _read(cls, d: Any) -> ClientGot:
        return cls(
            client=Client._read(d["client"]),
        )


@dataclass(frozen=True)
class ClientFound:
    """The clients found."""

    clients: Sequence[Client]
    """In the order of last name, first name, id."""
    more: bool
    """True where more than `limit` match."""

    @classmethod
    def _read(cls, d: Any) -> ClientFound:
        return cls(
            clients=tuple(Client._read(e) for e in d["clients"]),
            more=d["more"],
        )


AccountId: TypeAlias = int
"""The id of one account."""


@dataclass(frozen=True)
class Balance:
    """The balance of one money account."""

    account: AccountId
    """The account."""
    balance: Money
    """What can be spent."""

    @classmethod
    def _read(cls, d: Any) -> Balance:
        return cls(
            account=d["account"],
            balance=Money._read(d["balance"]),
        )


CardId: TypeAlias = int
"""The id of one card."""


CardKind: TypeAlias = Literal['magnetic', 'barcode', 'rfid', 'qr', 'face']
"""How a card is read."""


CardState: TypeAlias = Literal['active', 'blocked', 'lost', 'returned']
"""Whether a card opens anything."""


@dataclass(frozen=True)
class Card:
    """A credential of a client."""

    card: CardId
    """The id."""
    client: ClientId
    """The client it identifies."""
    issued: Instant
    """When it was issued."""
    kind: CardKind
    """How it is read."""
    state: CardState
    """Whether it opens anything."""
    uid: str
    """What the reader sends."""

    @classmethod
    def _read(cls, d: Any) -> Card:
        return cls(
            card=d["card"],
            client=d["client"],
            issued=read_instant(d["issued"]),
            kind=d["kind"],
            state=d["state"],
            uid=d["uid"],
        )


PassId: TypeAlias = int
"""The id of one pass."""


VisitId: TypeAlias = int
"""The id of one visit."""


@dataclass(frozen=True)
class Visit:
    """Presence of a client from entry to exit."""

    client: ClientId
    """The client."""
    entered: Instant
    """When it began."""
    venue: VenueId
    """The venue."""
    visit: VisitId
    """The id."""
    zone: ZoneId
    """The zone entered."""
    exited: Instant | None = None
    """When it ended; none while inside."""
    pass_: PassId | None = field(default=None, metadata={"json": "pass"})
    """The pass that paid; none for a re-entry within grace."""
    service: ServiceId | None = None
    """The service entered for."""

    @classmethod
    def _read(cls, d: Any) -> Visit:
        return cls(
            client=d["client"],
            entered=read_instant(d["entered"]),
            venue=d["venue"],
            visit=d["visit"],
            zone=d["zone"],
            exited=None if d.get("exited") is None else read_instant(d.get("exited")),
            pass_=d.get("pass"),
            service=d.get("service"),
        )


LotId: TypeAlias = int
"""The id of one lot."""


Origin: TypeAlias = Literal['bonus', 'earned', 'paid']
"""Where the value of a lot came from. Bonus is used before paid."""


@dataclass(frozen=True)
class Lot:
    """One grant of value."""

    account: AccountId
    """The account it lies on."""
    amount: int
    """How much was granted, in the account's unit."""
    effective: Instant
    """From when it can be used."""
    granted: Instant
    """When it was granted."""
    held: int
    """How much of the rest is held."""
    lot: LotId
    """The id."""
    origin: Origin
    """Where it came from."""
    priority: int
    """Lower numbers are used first."""
    recognised: int
    """The value recognised so far."""
    released: int
    """The value that lapsed or was refunded. What is owed is `value - recognised - released`."""
    rest: int
    """How much is left, held included."""
    value: int
    """Its money value net of tax, in minor units: what is recognised over its life."""
    expires: Instant | None = None
    """The instant from which it cannot be used any more; none for never."""

    @classmethod
    def _read(cls, d: Any) -> Lot:
        return cls(
            account=d["account"],
            amount=d["amount"],
            effective=read_instant(d["effective"]),
            granted=read_instant(d["granted"]),
            held=d["held"],
            lot=d["lot"],
            origin=d["origin"],
            priority=d["priority"],
            recognised=d["recognised"],
            released=d["released"],
            rest=d["rest"],
            value=d["value"],
            expires=None if d.get("expires") is None else read_instant(d.get("expires")),
        )


PlanTag: TypeAlias = Literal['time', 'credit', 'visits']
"""The kind alone, stable for colours, filters and lists."""


PlanId: TypeAlias = int
"""The id of one plan."""


PassStatus: TypeAlias = Literal['open', 'cancelled']
"""What the desk did to a pass. What time does to it is [`PassState`]."""


PeriodUnit: TypeAlias = Literal['day', 'week', 'month', 'year']
"""The unit of a period."""


@dataclass(frozen=True)
class Period:
    """A length of calendar time. In JSON `{"count":3,"unit":"month"}`."""

    count: int
    """How many units, 1 to 1200."""
    unit: PeriodUnit
    """Of what."""

    @classmethod
    def _read(cls, d: Any) -> Period:
        return cls(
            count=d["count"],
            unit=d["unit"],
        )


@dataclass(frozen=True)
class ValidityPeriod:
    """A number of days, weeks, months or years. The first day counts whole."""

    _choice: ClassVar[str] = "period"
    _newtype: ClassVar[bool] = True
    value: Period

    @classmethod
    def _read(cls, d: Any) -> ValidityPeriod:
        return cls(
            value=Period._read(d["value"]),
        )


@dataclass(frozen=True)
class ValidityThrough:
    """Through this day, in the venue's zone."""

    _choice: ClassVar[str] = "through"
    _newtype: ClassVar[bool] = True
    value: date

    @classmethod
    def _read(cls, d: Any) -> ValidityThrough:
        return cls(
            value=date.fromisoformat(d["value"]),
        )


Validity: TypeAlias = ValidityPeriod | ValidityThrough
"""How long a pass lasts."""


def _read_Validity(d: Any) -> Validity:
    if isinstance(d, str):
        return d  # type: ignore[return-value]
    (word, inner), = d.items()
    if word == "period":
        return ValidityPeriod._read({"value": inner})
    if word == "through":
        return ValidityThrough._read({"value": inner})
    raise ValueError(word)


@dataclass(frozen=True)
class Pass:
    """A plan held by a client. Price, tax and rules were copied at the sale and never change with the plan."""

    categories: Sequence[CategoryId]
    """The categories it covers."""
    client: ClientId
    """Who holds it."""
    external_ids: Sequence[ExternalId]
    """Keys in other systems."""
    kind: PlanTag
    """Time, credit or visits."""
    pass_: PassId = field(metadata={"json": "pass"})
    """The id."""
    plan: PlanId
    """The plan it was sold from."""
    price: Money
    """The price paid, tax included."""
    priority: int
    """Passes of a lower number pay first."""
    services: Sequence[ServiceId]
    """The services it covers. With `categories` empty too, everything."""
    sold: Instant
    """When it was sold."""
    status: PassStatus
    """What the desk did to it."""
    tax: Percent
    """The tax contained in the price."""
    value: Money
    """The price net of tax: what is recognised over its life."""
    venue: VenueId
    """The venue that sold it; its books carry what is owed."""
    venues: Sequence[VenueId]
    """The venues where it can be used. Empty: all."""
    version: int
    """Grows by one with every change."""
    account: AccountId | None = None
    """The account of its visits or credit; none for time."""
    closed: Instant | None = None
    """When it was cancelled."""
    ends: Instant | None = None
    """The instant at which it has ended; none for ever."""
    latest_start: Instant | None = None
    """It starts at this instant at the latest."""
    name: str | None = None
    """The name of the plan at the sale."""
    starts: Instant | None = None
    """Its first instant; none until the first use."""
    validity: Validity | None = None
    """How long it lasts from its start."""

    @classmethod
    def _read(cls, d: Any) -> Pass:
        return cls(
            categories=tuple(d["categories"]),
            client=d["client"],
            external_ids=tuple(ExternalId._read(e) for e in d["external_ids"]),
            kind=d["kind"],
            pass_=d["pass"],
            plan=d["plan"],
            price=Money._read(d["price"]),
            priority=d["priority"],
            services=tuple(d["services"]),
            sold=read_instant(d["sold"]),
            status=d["status"],
            tax=Decimal(d["tax"]),
            value=Money._read(d["value"]),
            venue=d["venue"],
            venues=tuple(d["venues"]),
            version=d["version"],
            account=d.get("account"),
            closed=None if d.get("closed") is None else read_instant(d.get("closed")),
            ends=None if d.get("ends") is None else read_instant(d.get("ends")),
            latest_start=None if d.get("latest_start") is None else read_instant(d.get("latest_start")),
            name=d.get("name"),
            starts=None if d.get("starts") is None else read_instant(d.get("starts")),
            validity=None if d.get("validity") is None else _read_Validity(d.get("validity")),
        )


PassState: TypeAlias = Literal['not_started', 'active', 'exhausted', 'expired', 'cancelled', 'suspended']
"""What a pass is at an instant."""


@dataclass(frozen=True)
class PassView:
    """A pass with what it is at the time of the request."""

    lots: Sequence[Lot]
    """Its lots."""
    owed: Money
    """The value still owed, net of tax."""
    pass_: Pass = field(metadata={"json": "pass"})
    """What was sold."""
    recognised: Money
    """The value recognised so far, net of tax."""
    state: PassState
    """Its state."""
    rest: str | None = None
    """What is left, in the unit: `7` visits, `70.00` credit."""
    unit: str | None = None
    """What its account counts; none for a time pass."""

    @classmethod
    def _read(cls, d: Any) -> PassView:
        return cls(
            lots=tuple(Lot._read(e) for e in d["lots"]),
            owed=Money._read(d["owed"]),
            pass_=Pass._read(d["pass"]),
            recognised=Money._read(d["recognised"]),
            state=d["state"],
            rest=d.get("rest"),
            unit=d.get("unit"),
        )


@dataclass(frozen=True)
class Overview:
    """Everything about a client."""

    balances: Sequence[Balance]
    """The money accounts."""
    cards: Sequence[Card]
    """The cards."""
    client: Client
    """Who it is."""
    has_active_pass: bool
    """Whether a pass can be used now."""
    name: str
    """First and last name."""
    passes: Sequence[PassView]
    """The passes, newest first, up to 50."""
    spent: Sequence[Money]
    """What was paid in all, by currency."""
    visit_count: int
    """How many visits there were in all."""
    visits: Sequence[Visit]
    """The last visits, newest first, up to 10."""
    age: int | None = None
    """Age in years at the time of the request."""
    inside: Visit | None = None
    """The visit that has not ended."""
    last_visit: Instant | None = None
    """When the last visit began."""

    @classmethod
    def _read(cls, d: Any) -> Overview:
        return cls(
            balances=tuple(Balance._read(e) for e in d["balances"]),
            cards=tuple(Card._read(e) for e in d["cards"]),
            client=Client._read(d["client"]),
            has_active_pass=d["has_active_pass"],
            name=d["name"],
            passes=tuple(PassView._read(e) for e in d["passes"]),
            spent=tuple(Money._read(e) for e in d["spent"]),
            visit_count=d["visit_count"],
            visits=tuple(Visit._read(e) for e in d["visits"]),
            age=d.get("age"),
            inside=None if d.get("inside") is None else Visit._read(d.get("inside")),
            last_visit=None if d.get("last_visit") is None else read_instant(d.get("last_visit")),
        )


@dataclass(frozen=True)
class CardAdded:
    """A card was issued."""

    card: CardId
    """Its id."""

    @classmethod
    def _read(cls, d: Any) -> CardAdded:
        return cls(
            card=d["card"],
        )


@dataclass(frozen=True)
class CardFound:
    """The card found."""

    card: Card
    """The card and its client."""

    @classmethod
    def _read(cls, d: Any) -> CardFound:
        return cls(
            card=Card._read(d["card"]),
        )


@dataclass(frozen=True)
class PlanAdded:
    """A plan was added."""

    plan: PlanId
    """Its id."""
    version: int
    """Its version."""

    @classmethod
    def _read(cls, d: Any) -> PlanAdded:
        return cls(
            plan=d["plan"],
            version=d["version"],
        )


Channel: TypeAlias = Literal['desk', 'online']
"""Where a plan is sold."""


@dataclass(frozen=True)
class PlanKindTime:
    """Any number of uses while it lasts."""

    _choice: ClassVar[str] = "time"
    _newtype: ClassVar[bool] = False
    validity: Validity
    """How long it lasts."""

    @classmethod
    def _read(cls, d: Any) -> PlanKindTime:
        return cls(
            validity=_read_Validity(d["validity"]),
        )


@dataclass(frozen=True)
class PlanKindCredit:
    """An amount that the prices of services are taken from."""

    _choice: ClassVar[str] = "credit"
    _newtype: ClassVar[bool] = False
    credit: Money
    """How much."""
    validity: Validity | None = None
    """How long it lasts; without one, for ever."""

    @classmethod
    def _read(cls, d: Any) -> PlanKindCredit:
        return cls(
            credit=Money._read(d["credit"]),
            validity=None if d.get("validity") is None else _read_Validity(d.get("validity")),
        )


@dataclass(frozen=True)
class PlanKindVisits:
    """A number of uses. With a validity these are visits within time."""

    _choice: ClassVar[str] = "visits"
    _newtype: ClassVar[bool] = False
    visits: int
    """How many, 1 to 100 000."""
    validity: Validity | None = None
    """How long it lasts; without one, for ever."""

    @classmethod
    def _read(cls, d: Any) -> PlanKindVisits:
        return cls(
            visits=d["visits"],
            validity=None if d.get("validity") is None else _read_Validity(d.get("validity")),
        )


PlanKind: TypeAlias = PlanKindTime | PlanKindCredit | PlanKindVisits
"""What a plan gives. The quantity is apart from the price."""


def _read_PlanKind(d: Any) -> PlanKind:
    if isinstance(d, str):
        return d  # type: ignore[return-value]
    (word, inner), = d.items()
    if word == "time":
        return PlanKindTime._read(inner)
    if word == "credit":
        return PlanKindCredit._read(inner)
    if word == "visits":
        return PlanKindVisits._read(inner)
    raise ValueError(word)


@dataclass(frozen=True)
class StartRuleOnFirstUse:
    """With the first use, at the latest this long after the day of the sale."""

    _choice: ClassVar[str] = "on_first_use"
    _newtype: ClassVar[bool] = False
    latest: Period | None = None
    """Without one, it waits for ever."""

    @classmethod
    def _read(cls, d: Any) -> StartRuleOnFirstUse:
        return cls(
            latest=None if d.get("latest") is None else Period._read(d.get("latest")),
        )


StartRule: TypeAlias = Literal['at_sale'] | Literal['on_date'] | StartRuleOnFirstUse
"""When a pass of the plan starts, unless the sale says otherwise."""


def _read_StartRule(d: Any) -> StartRule:
    if isinstance(d, str):
        return d  # type: ignore[return-value]
    (word, inner), = d.items()
    if word == "on_first_use":
        return StartRuleOnFirstUse._read(inner)
    raise ValueError(word)


@dataclass(frozen=True)
class PlanChanged:
    """A plan was changed."""

    plan: PlanId
    """Its id."""
    version: int
    """Its new version."""

    @classmethod
    def _read(cls, d: Any) -> PlanChanged:
        return cls(
            plan=d["plan"],
            version=d["version"],
        )


PlanField: TypeAlias = Literal['name', 'colour', 'services', 'categories', 'venues']
"""A field of a plan that can be cleared."""


@dataclass(frozen=True)
class PlanSet:
    """What to set. The kind stays: another kind is another plan."""

    categories: Sequence[CategoryId] | None = None
    """The categories it covers."""
    channels: Sequence[Channel] | None = None
    """Where it is sold."""
    colour: str | None = None
    """Its own colour, `#RRGGBB`."""
    kind: PlanKind | None = None
    """What it gives: other quantities and validity of the same kind."""
    name: str | None = None
    """The name, 1 to 200 characters."""
    price: Money | None = None
    """The price, tax included, not negative."""
    priority: int | None = None
    """Passes of a lower number pay first, -1000 to 1000."""
    services: Sequence[ServiceId] | None = None
    """The services it covers."""
    start: StartRule | None = None
    """When its passes start."""
    tax: Percent | None = None
    """The tax contained in the price."""
    venues: Sequence[VenueId] | None = None
    """The venues where its passes can be used."""

    @classmethod
    def _read(cls, d: Any) -> PlanSet:
        return cls(
            categories=None if d.get("categories") is None else tuple(d.get("categories")),
            channels=None if d.get("channels") is None else tuple(d.get("channels")),
            colour=d.get("colour"),
            kind=None if d.get("kind") is None else _read_PlanKind(d.get("kind")),
            name=d.get("name"),
            price=None if d.get("price") is None else Money._read(d.get("price")),
            priority=d.get("priority"),
            services=None if d.get("services") is None else tuple(d.get("services")),
            start=None if d.get("start") is None else _read_StartRule(d.get("start")),
            tax=None if d.get("tax") is None else Decimal(d.get("tax")),
            venues=None if d.get("venues") is None else tuple(d.get("venues")),
        )


@dataclass(frozen=True)
class Plan:
    """A package in the price list."""

    categories: Sequence[CategoryId]
    """The categories it covers."""
    channels: Sequence[Channel]
    """Where it is sold."""
    colour: str
    """Colour of the kind, or its own: `#RRGGBB`."""
    deleted: bool
    """Deleted plans suspend their passes."""
    external_ids: Sequence[ExternalId]
    """Keys in other systems."""
    kind: PlanKind
    """What it gives."""
    plan: PlanId
    """The id."""
    price: Money
    """The price, tax included."""
    priority: int
    """Passes of a lower number pay first."""
    services: Sequence[ServiceId]
    """The services it covers. With `categories` empty too, everything."""
    start: StartRule
    """When its passes start."""
    tax: Percent
    """The tax contained in the price."""
    venues: Sequence[VenueId]
    """The venues where it can be used. Empty: all."""
    version: int
    """Grows by one with every change."""
    name: str | None = None
    """The name; may be empty for visits."""

    @classmethod
    def _read(cls, d: Any) -> Plan:
        return cls(
            categories=tuple(d["categories"]),
            channels=tuple(d["channels"]),
            colour=d["colour"],
            deleted=d["deleted"],
            external_ids=tuple(ExternalId._read(e) for e in d["external_ids"]),
            kind=_read_PlanKind(d["kind"]),
            plan=d["plan"],
            price=Money._read(d["price"]),
            priority=d["priority"],
            services=tuple(d["services"]),
            start=_read_StartRule(d["start"]),
            tax=Decimal(d["tax"]),
            venues=tuple(d["venues"]),
            version=d["version"],
            name=d.get("name"),
        )


@dataclass(frozen=True)
class PlanListed:
    """The plans."""

    plans: Sequence[Plan]
    """In the order of their ids."""

    @classmethod
    def _read(cls, d: Any) -> PlanListed:
        return cls(
            plans=tuple(Plan._read(e) for e in d["plans"]),
        )


GroupId: TypeAlias = int
"""The id of one group."""


@dataclass(frozen=True)
class PassSold:
    """A pass was sold."""

    group: GroupId
    """The transfers of the sale."""
    list_price: Money
    """The price before the discount, tax included."""
    pass_: PassId = field(metadata={"json": "pass"})
    """Its id."""
    price: Money
    """The price paid, tax included."""
    state: PassState
    """Its state at the sale."""
    tax: Money
    """The part of it that is tax."""
    account: AccountId | None = None
    """The account of its visits or credit."""
    ends: Instant | None = None
    """The instant at which it has ended; none for ever, or until the first use."""
    lot: LotId | None = None
    """The lot granted."""
    starts: Instant | None = None
    """Its first instant; none until the first use."""

    @classmethod
    def _read(cls, d: Any) -> PassSold:
        return cls(
            group=d["group"],
            list_price=Money._read(d["list_price"]),
            pass_=d["pass"],
            price=Money._read(d["price"]),
            state=d["state"],
            tax=Money._read(d["tax"]),
            account=d.get("account"),
            ends=None if d.get("ends") is None else read_instant(d.get("ends")),
            lot=d.get("lot"),
            starts=None if d.get("starts") is None else read_instant(d.get("starts")),
        )


@dataclass(frozen=True)
class DiscountByPercent:
    """By a part of it, up to 100."""

    _choice: ClassVar[str] = "percent"
    _newtype: ClassVar[bool] = True
    value: Percent

    @classmethod
    def _read(cls, d: Any) -> DiscountByPercent:
        return cls(
            value=Decimal(d["value"]),
        )


@dataclass(frozen=True)
class DiscountByAmount:
    """By an amount, not more than the price."""

    _choice: ClassVar[str] = "amount"
    _newtype: ClassVar[bool] = True
    value: Money

    @classmethod
    def _read(cls, d: Any) -> DiscountByAmount:
        return cls(
            value=Money._read(d["value"]),
        )


DiscountBy: TypeAlias = DiscountByPercent | DiscountByAmount
"""How much lower a price is."""


def _read_DiscountBy(d: Any) -> DiscountBy:
    if isinstance(d, str):
        return d  # type: ignore[return-value]
    (word, inner), = d.items()
    if word == "percent":
        return DiscountByPercent._read({"value": inner})
    if word == "amount":
        return DiscountByAmount._read({"value": inner})
    raise ValueError(word)


@dataclass(frozen=True)
class Discount:
    """A lower price, and why."""

    by: DiscountBy
    """How much lower."""
    reason: str
    """Why, 1 to 200 characters. Kept in the journal: no personal data."""

    @classmethod
    def _read(cls, d: Any) -> Discount:
        return cls(
            by=_read_DiscountBy(d["by"]),
            reason=d["reason"],
        )


PaymentMethod: TypeAlias = Literal['cash', 'card', 'bank', 'account']
"""What a client pays with."""


@dataclass(frozen=True)
class Payment:
    """What a client pays, in one way."""

    amount: Money
    """How much, more than nothing."""
    method: PaymentMethod
    """With what."""

    @classmethod
    def _read(cls, d: Any) -> Payment:
        return cls(
            amount=Money._read(d["amount"]),
            method=d["method"],
        )


@dataclass(frozen=True)
class StartChoiceOnDate:
    """At the beginning of this day, in the venue's zone."""

    _choice: ClassVar[str] = "on_date"
    _newtype: ClassVar[bool] = True
    value: date

    @classmethod
    def _read(cls, d: Any) -> StartChoiceOnDate:
        return cls(
            value=date.fromisoformat(d["value"]),
        )


@dataclass(frozen=True)
class StartChoiceOnFirstUse:
    """With the first use."""

    _choice: ClassVar[str] = "on_first_use"
    _newtype: ClassVar[bool] = False
    latest: date | None = None
    """On this day at the latest, used or not."""

    @classmethod
    def _read(cls, d: Any) -> StartChoiceOnFirstUse:
        return cls(
            latest=None if d.get("latest") is None else date.fromisoformat(d.get("latest")),
        )


StartChoice: TypeAlias = Literal['at_sale'] | StartChoiceOnDate | StartChoiceOnFirstUse
"""When one pass starts, chosen at its sale."""


def _read_StartChoice(d: Any) -> StartChoice:
    if isinstance(d, str):
        return d  # type: ignore[return-value]
    (word, inner), = d.items()
    if word == "on_date":
        return StartChoiceOnDate._read({"value": inner})
    if word == "on_first_use":
        return StartChoiceOnFirstUse._read(inner)
    raise ValueError(word)


@dataclass(frozen=True)
class PassListed:
    """A page of passes."""

    more: bool
    """True where more follow; ask again with `after`."""
    passes: Sequence[PassView]
    """The passes."""

    @classmethod
    def _read(cls, d: Any) -> PassListed:
        return cls(
            more=d["more"],
            passes=tuple(PassView._read(e) for e in d["passes"]),
        )


@dataclass(frozen=True)
class PassCancelled:
    """A pass was cancelled."""

    group: GroupId
    """The transfers of the cancellation."""
    lapsed: Money
    """The value that lapsed, net of tax."""
    pass_: PassId = field(metadata={"json": "pass"})
    """Its id."""
    recognised: Money
    """The value recognised over its life, net of tax."""
    refunded: Money
    """What was given back, tax included."""
    version: int
    """Its new version."""

    @classmethod
    def _read(cls, d: Any) -> PassCancelled:
        return cls(
            group=d["group"],
            lapsed=Money._read(d["lapsed"]),
            pass_=d["pass"],
            recognised=Money._read(d["recognised"]),
            refunded=Money._read(d["refunded"]),
            version=d["version"],
        )


@dataclass(frozen=True)
class Take:
    """What was taken from one lot."""

    amount: int
    """How much, in the account's unit."""
    lot: LotId
    """The lot."""
    recognised: int
    """The money value that this earned, in minor units."""

    @classmethod
    def _read(cls, d: Any) -> Take:
        return cls(
            amount=d["amount"],
            lot=d["lot"],
            recognised=d["recognised"],
        )


@dataclass(frozen=True)
class AccountMoved:
    """Money moved on an account."""

    account: AccountId
    """The account."""
    balance: Money
    """What can be spent after it."""
    group: GroupId
    """The transfers."""
    lots: Sequence[Take]
    """The lots used by a charge."""
    lot: LotId | None = None
    """The lot granted by a top-up."""

    @classmethod
    def _read(cls, d: Any) -> AccountMoved:
        return cls(
            account=d["account"],
            balance=Money._read(d["balance"]),
            group=d["group"],
            lots=tuple(Take._read(e) for e in d["lots"]),
            lot=d.get("lot"),
        )


TransferReason: TypeAlias = Literal['sale', 'tax', 'grant', 'top_up', 'bonus', 'charge', 'use', 'recognition', 'time_recognition', 'breakage', 'forfeit', 'refund', 'tax_refund']
"""Why a transfer was made."""


TransferId: TypeAlias = int
"""The id of one transfer."""


@dataclass(frozen=True)
class StatementLine:
    """One movement of an account."""

    amount: str
    """How much, in the unit; negative for what left the account."""
    at: Instant
    """Its value time."""
    balance: str
    """The balance after it."""
    lots: Sequence[Take]
    """The lots it used."""
    reason: TransferReason
    """Why."""
    transfer: TransferId
    """The transfer."""

    @classmethod
    def _read(cls, d: Any) -> StatementLine:
        return cls(
            amount=d["amount"],
            at=read_instant(d["at"]),
            balance=d["balance"],
            lots=tuple(Take._read(e) for e in d["lots"]),
            reason=d["reason"],
            transfer=d["transfer"],
        )


@dataclass(frozen=True)
class Statement:
    """The movements of an account."""

    account: AccountId
    """The account."""
    closing: str
    """The balance after the last line."""
    lines: Sequence[StatementLine]
    """By value time, then in the order of entry."""
    more: bool
    """True where more follow; ask again with `from` of the last line."""
    opening: str
    """The balance before the first line."""
    unit: str
    """What it counts."""

    @classmethod
    def _read(cls, d: Any) -> Statement:
        return cls(
            account=d["account"],
            closing=d["closing"],
            lines=tuple(StatementLine._read(e) for e in d["lines"]),
            more=d["more"],
            opening=d["opening"],
            unit=d["unit"],
        )


Outcome: TypeAlias = Literal['admitted', 'refused']
"""Whether the door opens."""


@dataclass(frozen=True)
class Payer:
    """Who pays for an entry, and what is left after it."""

    kind: PlanTag
    """Its kind."""
    lots: Sequence[LotId]
    """The lots that pay, in the order of use. None for a time pass."""
    pass_: PassId = field(metadata={"json": "pass"})
    """The pass."""
    plan: PlanId
    """Its plan."""
    credit: Money | None = None
    """What the entry costs in credit."""
    credit_left: Money | None = None
    """Credit left after it."""
    ends: Instant | None = None
    """Until when the pass can be used."""
    visits: int | None = None
    """What the entry costs in visits, or none."""
    visits_left: int | None = None
    """Visits left after it."""

    @classmethod
    def _read(cls, d: Any) -> Payer:
        return cls(
            kind=d["kind"],
            lots=tuple(d["lots"]),
            pass_=d["pass"],
            plan=d["plan"],
            credit=None if d.get("credit") is None else Money._read(d.get("credit")),
            credit_left=None if d.get("credit_left") is None else Money._read(d.get("credit_left")),
            ends=None if d.get("ends") is None else read_instant(d.get("ends")),
            visits=d.get("visits"),
            visits_left=d.get("visits_left"),
        )


DenyReason: TypeAlias = Literal['unknown_card', 'card_blocked', 'unknown_client', 'client_archived', 'unknown_service', 'clock', 'wrong_sex', 'sex_unknown', 'already_inside', 'no_pass', 'pass_not_held', 'not_started', 'expired', 'exhausted', 'insufficient_credit', 'no_price', 'cancelled', 'plan_deleted', 'service_not_covered', 'venue_not_covered', 'error']
"""Why the door stays shut. A closed list: every refusal has one of these."""


@dataclass(frozen=True)
class RuleVerdict:
    """One rule that spoke against an entry, or against paying it with one pass."""

    reason: DenyReason
    """What it says."""
    pass_: PassId | None = field(default=None, metadata={"json": "pass"})
    """The pass it speaks about; none if about the client, the card or the request."""
    until: Instant | None = None
    """When it will stop speaking, or when what it speaks about ended."""

    @classmethod
    def _read(cls, d: Any) -> RuleVerdict:
        return cls(
            reason=d["reason"],
            pass_=d.get("pass"),
            until=None if d.get("until") is None else read_instant(d.get("until")),
        )


@dataclass(frozen=True)
class Decision:
    """The answer at a door."""

    display: Sequence[str]
    """Two lines for a turnstile's display, in English; hosts with other languages write their own from the reason."""
    outcome: Outcome
    """Open or shut."""
    reentry: bool
    """True where a re-entry within grace costs nothing."""
    rules: Sequence[RuleVerdict]
    """Every rule that spoke, the passes that could not pay included."""
    client: ClientId | None = None
    """The client recognised."""
    payer: Payer | None = None
    """Who pays."""
    reason: DenyReason | None = None
    """The first reason why it stays shut."""

    @classmethod
    def _read(cls, d: Any) -> Decision:
        return cls(
            display=tuple(d["display"]),
            outcome=d["outcome"],
            reentry=d["reentry"],
            rules=tuple(RuleVerdict._read(e) for e in d["rules"]),
            client=d.get("client"),
            payer=None if d.get("payer") is None else Payer._read(d.get("payer")),
            reason=d.get("reason"),
        )


AttemptId: TypeAlias = int
"""The id of one attempt."""


@dataclass(frozen=True)
class Entered:
    """What came of an entry."""

    decision: Decision
    """The decision that was carried out."""
    attempt: AttemptId | None = None
    """The recorded attempt, if not."""
    visit: VisitId | None = None
    """The visit, if the client was let in."""

    @classmethod
    def _read(cls, d: Any) -> Entered:
        return cls(
            decision=Decision._read(d["decision"]),
            attempt=d.get("attempt"),
            visit=d.get("visit"),
        )


@dataclass(frozen=True)
class Exited:
    """A visit ended."""

    client: ClientId
    """The client."""
    seconds: int
    """How long it lasted, in seconds."""
    visit: VisitId
    """The visit."""

    @classmethod
    def _read(cls, d: Any) -> Exited:
        return cls(
            client=d["client"],
            seconds=d["seconds"],
            visit=d["visit"],
        )


@dataclass(frozen=True)
class Presence:
    """One client who is inside."""

    client: ClientId
    """The client."""
    name: str
    """First and last name."""
    since: Instant
    """Since when."""
    visit: VisitId
    """The visit."""
    card: CardId | None = None
    """The card last issued to the client."""
    pass_: PassId | None = field(default=None, metadata={"json": "pass"})
    """The pass that paid."""

    @classmethod
    def _read(cls, d: Any) -> Presence:
        return cls(
            client=d["client"],
            name=d["name"],
            since=read_instant(d["since"]),
            visit=d["visit"],
            card=d.get("card"),
            pass_=d.get("pass"),
        )


@dataclass(frozen=True)
class WhoIsIn:
    """Who is inside."""

    clients: Sequence[Presence]
    """In the order of client ids."""
    count: int
    """How many are inside in all."""
    more: bool
    """True where more follow; ask again with `after`."""
    venue: VenueId
    """The venue."""

    @classmethod
    def _read(cls, d: Any) -> WhoIsIn:
        return cls(
            clients=tuple(Presence._read(e) for e in d["clients"]),
            count=d["count"],
            more=d["more"],
            venue=d["venue"],
        )


@dataclass(frozen=True)
class DayOpened:
    """A business day was opened."""

    date: date
    """The business date."""
    venue: VenueId
    """The venue."""

    @classmethod
    def _read(cls, d: Any) -> DayOpened:
        return cls(
            date=date.fromisoformat(d["date"]),
            venue=d["venue"],
        )


@dataclass(frozen=True)
class DayClosed:
    """A business day was closed."""

    breakage: Money
    """Value that expired since the last close, net of tax."""
    date: date
    """The business date."""
    recognised: Money
    """Value of time passes earned since the last close, net of tax."""
    venue: VenueId
    """The venue."""
    group: GroupId | None = None
    """The transfers of the close."""

    @classmethod
    def _read(cls, d: Any) -> DayClosed:
        return cls(
            breakage=Money._read(d["breakage"]),
            date=date.fromisoformat(d["date"]),
            recognised=Money._read(d["recognised"]),
            venue=d["venue"],
            group=d.get("group"),
        )


@dataclass(frozen=True)
class MethodTotal:
    """What was paid in one way."""

    method: PaymentMethod
    """The way."""
    total: Money
    """For passes, top-ups included, less refunds."""

    @classmethod
    def _read(cls, d: Any) -> MethodTotal:
        return cls(
            method=d["method"],
            total=Money._read(d["total"]),
        )


@dataclass(frozen=True)
class PlanSales:
    """The sales of one plan."""

    count: int
    """How many passes were sold."""
    plan: PlanId
    """The plan."""
    total: Money
    """For how much, tax included."""
    name: str | None = None
    """Its name now."""

    @classmethod
    def _read(cls, d: Any) -> PlanSales:
        return cls(
            count=d["count"],
            plan=d["plan"],
            total=Money._read(d["total"]),
            name=d.get("name"),
        )


@dataclass(frozen=True)
class Sales:
    """Sales of a period."""

    count: int
    """Passes sold."""
    methods: Sequence[MethodTotal]
    """By method of payment."""
    plans: Sequence[PlanSales]
    """By plan, the largest first."""
    top_ups: Money
    """Put on accounts."""
    total: Money
    """Passes sold, tax included."""
    venue: VenueId
    """The venue."""

    @classmethod
    def _read(cls, d: Any) -> Sales:
        return cls(
            count=d["count"],
            methods=tuple(MethodTotal._read(e) for e in d["methods"]),
            plans=tuple(PlanSales._read(e) for e in d["plans"]),
            top_ups=Money._read(d["top_ups"]),
            total=Money._read(d["total"]),
            venue=d["venue"],
        )


@dataclass(frozen=True)
class HourVisits:
    """Visits that began in one hour of a weekday."""

    count: int
    """How many."""
    hour: int
    """0 to 23."""
    weekday: int
    """1 for Monday to 7 for Sunday."""

    @classmethod
    def _read(cls, d: Any) -> HourVisits:
        return cls(
            count=d["count"],
            hour=d["hour"],
            weekday=d["weekday"],
        )


@dataclass(frozen=True)
class Visits:
    """Visits of a period."""

    clients: int
    """Clients who came."""
    count: int
    """Visits in all."""
    hours: Sequence[HourVisits]
    """Hours with visits, in order."""
    refused: int
    """Attempts that were refused."""
    venue: VenueId
    """The venue."""

    @classmethod
    def _read(cls, d: Any) -> Visits:
        return cls(
            clients=d["clients"],
            count=d["count"],
            hours=tuple(HourVisits._read(e) for e in d["hours"]),
            refused=d["refused"],
            venue=d["venue"],
        )


@dataclass(frozen=True)
class PlanOwed:
    """What is owed for the passes of one plan."""

    breakage: Money
    """Lapsed so far."""
    count: int
    """How many passes still owe something."""
    owed: Money
    """Still owed. `sold = recognised + breakage + refunded + owed`."""
    plan: PlanId
    """The plan."""
    recognised: Money
    """Given so far."""
    refunded: Money
    """Refunded so far, net of tax."""
    sold: Money
    """Sold over all time, net of tax."""
    name: str | None = None
    """Its name now."""

    @classmethod
    def _read(cls, d: Any) -> PlanOwed:
        return cls(
            breakage=Money._read(d["breakage"]),
            count=d["count"],
            owed=Money._read(d["owed"]),
            plan=d["plan"],
            recognised=Money._read(d["recognised"]),
            refunded=Money._read(d["refunded"]),
            sold=Money._read(d["sold"]),
            name=d.get("name"),
        )


@dataclass(frozen=True)
class Owed:
    """What the venue still owes."""

    accounts: Money
    """Money on accounts that can be spent."""
    passes: Money
    """For passes in all, net of tax."""
    plans: Sequence[PlanOwed]
    """By plan, the largest first."""
    tax_payable: Money
    """Tax collected and not handed on."""
    venue: VenueId
    """The venue."""

    @classmethod
    def _read(cls, d: Any) -> Owed:
        return cls(
            accounts=Money._read(d["accounts"]),
            passes=Money._read(d["passes"]),
            plans=tuple(PlanOwed._read(e) for e in d["plans"]),
            tax_payable=Money._read(d["tax_payable"]),
            venue=d["venue"],
        )


@dataclass(frozen=True)
class ChangeEntry:
    """What one operation changed."""

    at: Instant
    """Its value time."""
    op: str
    """The operation."""
    position: int
    """The position in the journal."""
    by: OperatorId | None = None
    """Who acted."""
    changes: str | None = None
    """The changes, as JSON. After an erasure, nothing."""
    venue: VenueId | None = None
    """Where."""

    @classmethod
    def _read(cls, d: Any) -> ChangeEntry:
        return cls(
            at=read_instant(d["at"]),
            op=d["op"],
            position=d["position"],
            by=d.get("by"),
            changes=d.get("changes"),
            venue=d.get("venue"),
        )


@dataclass(frozen=True)
class Changes:
    """A page of the change feed."""

    entries: Sequence[ChangeEntry]
    """In the order of positions."""
    last: int
    """The last position of the page: the `after` of the next one."""
    more: bool
    """True where more follow."""

    @classmethod
    def _read(cls, d: Any) -> Changes:
        return cls(
            entries=tuple(ChangeEntry._read(e) for e in d["entries"]),
            last=d["last"],
            more=d["more"],
        )


@dataclass(frozen=True)
class JournalEntry:
    """One entry of the journal in full."""

    digest: str
    """The digest of salt and payload, hexadecimal."""
    hash: str
    """The hash of the chain up to this entry, hexadecimal."""
    position: int
    """The position: dense, from 1."""
    payload: str | None = None
    """The payload, JSON text: request, changes, reply. After an erasure, nothing."""
    salt: str | None = None
    """The salt, hexadecimal. After an erasure, nothing."""

    @classmethod
    def _read(cls, d: Any) -> JournalEntry:
        return cls(
            digest=d["digest"],
            hash=d["hash"],
            position=d["position"],
            payload=d.get("payload"),
            salt=d.get("salt"),
        )


@dataclass(frozen=True)
class JournalPage:
    """A page of the journal."""

    entries: Sequence[JournalEntry]
    """In the order of positions."""
    last: int
    """The last position of the page."""
    more: bool
    """True where more follow."""

    @classmethod
    def _read(cls, d: Any) -> JournalPage:
        return cls(
            entries=tuple(JournalEntry._read(e) for e in d["entries"]),
            last=d["last"],
            more=d["more"],
        )


@dataclass(frozen=True)
class JournalVerified:
    """The state of the journal."""

    entries: int
    """How many entries there are."""
    head: str
    """The hash of the last one, hexadecimal."""
    ok: bool
    """True if every digest and the whole chain are as they should be."""
    broken_at: int | None = None
    """The first position that is wrong."""

    @classmethod
    def _read(cls, d: Any) -> JournalVerified:
        return cls(
            entries=d["entries"],
            head=d["head"],
            ok=d["ok"],
            broken_at=d.get("broken_at"),
        )


@dataclass(frozen=True)
class Difference:
    """One thing that is not as the ledger says."""

    expected: str
    """What the ledger says."""
    found: str
    """What is stored."""
    id: int
    """The id of the row."""
    what: str
    """What was compared, such as `lot.rest`."""

    @classmethod
    def _read(cls, d: Any) -> Difference:
        return cls(
            expected=d["expected"],
            found=d["found"],
            id=d["id"],
            what=d["what"],
        )


@dataclass(frozen=True)
class StoreChecked:
    """What the check found."""

    balanced: bool
    """Whether debits equal credits in every unit."""
    count: int
    """How many differences there are in all."""
    differences: Sequence[Difference]
    """The differences, up to 100."""
    ok: bool
    """True if nothing differs."""
    rows: int
    """Rows looked at."""

    @classmethod
    def _read(cls, d: Any) -> StoreChecked:
        return cls(
            balanced=d["balanced"],
            count=d["count"],
            differences=tuple(Difference._read(e) for e in d["differences"]),
            ok=d["ok"],
            rows=d["rows"],
        )


class Operations:
    """One method an operation. Every argument is given by name."""

    def _execute(self, op: str, args: dict[str, Any], call: Call | None) -> Any:
        raise NotImplementedError

    def venue_add(
        self,
        *,
        currency: Currency,
        name: str,
        time_zone: Zone,
        anti_passback: AntiPassback | None = None,
        country: str | None = None,
        external_ids: Sequence[ExternalId] | None = None,
        reentry_grace_minutes: int | None = None,
        call: Call | None = None,
    ) -> VenueAdded:
        """Adds a venue, its default zone and its counter-accounts."""
        return VenueAdded._read(self._execute("venue.add", {"currency": currency, "name": name, "time_zone": time_zone, "anti_passback": anti_passback, "country": country, "external_ids": external_ids, "reentry_grace_minutes": reentry_grace_minutes}, call))

    def venue_change(
        self,
        *,
        venue: VenueId,
        clear: Sequence[VenueField] | None = None,
        expected_version: int | None = None,
        set: VenueSet | None = None,
        call: Call | None = None,
    ) -> VenueChanged:
        """Changes a venue."""
        return VenueChanged._read(self._execute("venue.change", {"venue": venue, "clear": clear, "expected_version": expected_version, "set": set}, call))

    def venue_list(
        self,
        *,
        call: Call | None = None,
    ) -> VenueListed:
        """Lists the venues."""
        return VenueListed._read(self._execute("venue.list", {}, call))

    def operator_add(
        self,
        *,
        name: str,
        external_ids: Sequence[ExternalId] | None = None,
        call: Call | None = None,
    ) -> OperatorAdded:
        """Adds a member of staff or a device that acts."""
        return OperatorAdded._read(self._execute("operator.add", {"name": name, "external_ids": external_ids}, call))

    def operator_list(
        self,
        *,
        call: Call | None = None,
    ) -> OperatorListed:
        """Lists the operators."""
        return OperatorListed._read(self._execute("operator.list", {}, call))

    def category_add(
        self,
        *,
        name: str,
        external_ids: Sequence[ExternalId] | None = None,
        call: Call | None = None,
    ) -> CategoryAdded:
        """Adds a category of services."""
        return CategoryAdded._read(self._execute("category.add", {"name": name, "external_ids": external_ids}, call))

    def service_add(
        self,
        *,
        name: str,
        price: Money,
        category: CategoryId | None = None,
        external_ids: Sequence[ExternalId] | None = None,
        sex: Sex | None = None,
        tax: Percent | None = None,
        call: Call | None = None,
    ) -> ServiceAdded:
        """Adds a service to the price list."""
        return ServiceAdded._read(self._execute("service.add", {"name": name, "price": price, "category": category, "external_ids": external_ids, "sex": sex, "tax": tax}, call))

    def service_change(
        self,
        *,
        service: ServiceId,
        clear: Sequence[ServiceField] | None = None,
        expected_version: int | None = None,
        set: ServiceSet | None = None,
        call: Call | None = None,
    ) -> ServiceChanged:
        """Changes a service; what was sold keeps its old price."""
        return ServiceChanged._read(self._execute("service.change", {"service": service, "clear": clear, "expected_version": expected_version, "set": set}, call))

    def service_list(
        self,
        *,
        call: Call | None = None,
    ) -> ServiceListed:
        """Lists categories and services."""
        return ServiceListed._read(self._execute("service.list", {}, call))

    def client_add(
        self,
        *,
        birth_date: date | None = None,
        email: str | None = None,
        external_ids: Sequence[ExternalId] | None = None,
        first_name: str | None = None,
        kind: ClientKind | None = None,
        last_name: str | None = None,
        notes: str | None = None,
        phone: str | None = None,
        sex: Sex | None = None,
        call: Call | None = None,
    ) -> ClientAdded:
        """Adds a client. Any field may be empty."""
        return ClientAdded._read(self._execute("client.add", {"birth_date": birth_date, "email": email, "external_ids": external_ids, "first_name": first_name, "kind": kind, "last_name": last_name, "notes": notes, "phone": phone, "sex": sex}, call))

    def client_change(
        self,
        *,
        client: ClientId,
        clear: Sequence[ClientField] | None = None,
        expected_version: int | None = None,
        set: ClientSet | None = None,
        call: Call | None = None,
    ) -> ClientChanged:
        """Sets or clears fields of a client."""
        return ClientChanged._read(self._execute("client.change", {"client": client, "clear": clear, "expected_version": expected_version, "set": set}, call))

    def client_tag(
        self,
        *,
        client: ClientId,
        tag: str,
        call: Call | None = None,
    ) -> ClientTagged:
        """Attaches a tag to a client."""
        return ClientTagged._read(self._execute("client.tag", {"client": client, "tag": tag}, call))

    def client_get(
        self,
        *,
        client: ClientId,
        call: Call | None = None,
    ) -> ClientGot:
        """Returns one client."""
        return ClientGot._read(self._execute("client.get", {"client": client}, call))

    def client_find(
        self,
        *,
        card: str | None = None,
        email: str | None = None,
        external_id: ExternalId | None = None,
        limit: int | None = None,
        name: str | None = None,
        phone: str | None = None,
        call: Call | None = None,
    ) -> ClientFound:
        """Finds clients by name, phone, e-mail, card or external id."""
        return ClientFound._read(self._execute("client.find", {"card": card, "email": email, "external_id": external_id, "limit": limit, "name": name, "phone": phone}, call))

    def client_overview(
        self,
        *,
        client: ClientId,
        call: Call | None = None,
    ) -> Overview:
        """Everything about a client in one reply."""
        return Overview._read(self._execute("client.overview", {"client": client}, call))

    def card_add(
        self,
        *,
        client: ClientId,
        uid: str,
        kind: CardKind | None = None,
        call: Call | None = None,
    ) -> CardAdded:
        """Issues a card to a client."""
        return CardAdded._read(self._execute("card.add", {"client": client, "uid": uid, "kind": kind}, call))

    def card_find(
        self,
        *,
        uid: str,
        call: Call | None = None,
    ) -> CardFound:
        """Finds a card by what the reader sends."""
        return CardFound._read(self._execute("card.find", {"uid": uid}, call))

    def plan_add(
        self,
        *,
        kind: PlanKind,
        price: Money,
        categories: Sequence[CategoryId] | None = None,
        channels: Sequence[Channel] | None = None,
        colour: str | None = None,
        external_ids: Sequence[ExternalId] | None = None,
        name: str | None = None,
        priority: int | None = None,
        services: Sequence[ServiceId] | None = None,
        start: StartRule | None = None,
        tax: Percent | None = None,
        venues: Sequence[VenueId] | None = None,
        call: Call | None = None,
    ) -> PlanAdded:
        """Adds a plan to the price list."""
        return PlanAdded._read(self._execute("plan.add", {"kind": kind, "price": price, "categories": categories, "channels": channels, "colour": colour, "external_ids": external_ids, "name": name, "priority": priority, "services": services, "start": start, "tax": tax, "venues": venues}, call))

    def plan_change(
        self,
        *,
        plan: PlanId,
        clear: Sequence[PlanField] | None = None,
        expected_version: int | None = None,
        set: PlanSet | None = None,
        call: Call | None = None,
    ) -> PlanChanged:
        """Changes a plan; only the next sale is affected."""
        return PlanChanged._read(self._execute("plan.change", {"plan": plan, "clear": clear, "expected_version": expected_version, "set": set}, call))

    def plan_deactivate(
        self,
        *,
        plan: PlanId,
        desk: bool | None = None,
        call: Call | None = None,
    ) -> PlanChanged:
        """Takes a plan out of online sale, and from the desk if asked; holders go on."""
        return PlanChanged._read(self._execute("plan.deactivate", {"plan": plan, "desk": desk}, call))

    def plan_delete(
        self,
        *,
        plan: PlanId,
        undo: bool | None = None,
        call: Call | None = None,
    ) -> PlanChanged:
        """Deletes a plan: its passes are suspended, reversibly."""
        return PlanChanged._read(self._execute("plan.delete", {"plan": plan, "undo": undo}, call))

    def plan_list(
        self,
        *,
        channel: Channel | None = None,
        deleted: bool | None = None,
        call: Call | None = None,
    ) -> PlanListed:
        """Lists the plans, or those for sale through one channel."""
        return PlanListed._read(self._execute("plan.list", {"channel": channel, "deleted": deleted}, call))

    def pass_sell(
        self,
        *,
        client: ClientId,
        plan: PlanId,
        channel: Channel | None = None,
        discount: Discount | None = None,
        external_ids: Sequence[ExternalId] | None = None,
        payments: Sequence[Payment] | None = None,
        price: Money | None = None,
        start: StartChoice | None = None,
        validity: Validity | None = None,
        call: Call | None = None,
    ) -> PassSold:
        """Sells a plan to a client."""
        return PassSold._read(self._execute("pass.sell", {"client": client, "plan": plan, "channel": channel, "discount": discount, "external_ids": external_ids, "payments": payments, "price": price, "start": start, "validity": validity}, call))

    def pass_get(
        self,
        *,
        pass_: PassId,
        call: Call | None = None,
    ) -> PassView:
        """Returns one pass with its state and rest."""
        return PassView._read(self._execute("pass.get", {"pass": pass_}, call))

    def pass_list(
        self,
        *,
        after: PassId | None = None,
        client: ClientId | None = None,
        ends_before: Instant | None = None,
        limit: int | None = None,
        plan: PlanId | None = None,
        call: Call | None = None,
    ) -> PassListed:
        """Lists passes of a client, of a plan, or those that end soon."""
        return PassListed._read(self._execute("pass.list", {"after": after, "client": client, "ends_before": ends_before, "limit": limit, "plan": plan}, call))

    def pass_cancel(
        self,
        *,
        pass_: PassId,
        reason: str,
        expected_version: int | None = None,
        refund: Payment | None = None,
        call: Call | None = None,
    ) -> PassCancelled:
        """Cancels a pass; refunds what is asked for, the rest of its value lapses."""
        return PassCancelled._read(self._execute("pass.cancel", {"pass": pass_, "reason": reason, "expected_version": expected_version, "refund": refund}, call))

    def account_top_up(
        self,
        *,
        amount: Money,
        client: ClientId,
        method: PaymentMethod,
        bonus: Money | None = None,
        expires: Instant | None = None,
        call: Call | None = None,
    ) -> AccountMoved:
        """Puts money on a client's account."""
        return AccountMoved._read(self._execute("account.top_up", {"amount": amount, "client": client, "method": method, "bonus": bonus, "expires": expires}, call))

    def account_charge(
        self,
        *,
        client: ClientId,
        amount: Money | None = None,
        service: ServiceId | None = None,
        tax: Percent | None = None,
        call: Call | None = None,
    ) -> AccountMoved:
        """Pays from a client's account."""
        return AccountMoved._read(self._execute("account.charge", {"client": client, "amount": amount, "service": service, "tax": tax}, call))

    def account_statement(
        self,
        *,
        account: AccountId | None = None,
        client: ClientId | None = None,
        currency: Currency | None = None,
        from_: Instant | None = None,
        limit: int | None = None,
        to: Instant | None = None,
        call: Call | None = None,
    ) -> Statement:
        """Lists the movements of an account with a running balance."""
        return Statement._read(self._execute("account.statement", {"account": account, "client": client, "currency": currency, "from": from_, "limit": limit, "to": to}, call))

    def access_decide(
        self,
        *,
        card: str | None = None,
        client: ClientId | None = None,
        pass_: PassId | None = None,
        service: ServiceId | None = None,
        call: Call | None = None,
    ) -> Decision:
        """Answers whether a client may come in. Writes nothing."""
        return Decision._read(self._execute("access.decide", {"card": card, "client": client, "pass": pass_, "service": service}, call))

    def access_enter(
        self,
        *,
        card: str | None = None,
        client: ClientId | None = None,
        pass_: PassId | None = None,
        service: ServiceId | None = None,
        call: Call | None = None,
    ) -> Entered:
        """Decides again and lets the client in: takes the visit or credit. A refusal is recorded as an attempt."""
        return Entered._read(self._execute("access.enter", {"card": card, "client": client, "pass": pass_, "service": service}, call))

    def access_exit(
        self,
        *,
        card: str | None = None,
        client: ClientId | None = None,
        call: Call | None = None,
    ) -> Exited:
        """Ends the visit of a client."""
        return Exited._read(self._execute("access.exit", {"card": card, "client": client}, call))

    def access_who_is_in(
        self,
        *,
        after: ClientId | None = None,
        limit: int | None = None,
        call: Call | None = None,
    ) -> WhoIsIn:
        """Lists the clients who are inside a venue."""
        return WhoIsIn._read(self._execute("access.who_is_in", {"after": after, "limit": limit}, call))

    def day_open(
        self,
        *,
        date: date | None = None,
        call: Call | None = None,
    ) -> DayOpened:
        """Opens the business day of a venue."""
        return DayOpened._read(self._execute("day.open", {"date": date}, call))

    def day_close(
        self,
        *,
        call: Call | None = None,
    ) -> DayClosed:
        """Closes the business day: posts value earned by time and value that expired."""
        return DayClosed._read(self._execute("day.close", {}, call))

    def report_sales(
        self,
        *,
        from_: Instant,
        to: Instant,
        call: Call | None = None,
    ) -> Sales:
        """Sales of a period by plan and by method of payment."""
        return Sales._read(self._execute("report.sales", {"from": from_, "to": to}, call))

    def report_visits(
        self,
        *,
        from_: Instant,
        to: Instant,
        call: Call | None = None,
    ) -> Visits:
        """Visits of a period by weekday and hour of the venue's zone."""
        return Visits._read(self._execute("report.visits", {"from": from_, "to": to}, call))

    def report_owed(
        self,
        *,
        call: Call | None = None,
    ) -> Owed:
        """What the venue still owes: value sold and not yet given, and money on accounts."""
        return Owed._read(self._execute("report.owed", {}, call))

    def changes_since(
        self,
        *,
        after: int,
        limit: int | None = None,
        call: Call | None = None,
    ) -> Changes:
        """Returns what changed after a position of the journal, in order, with no gap."""
        return Changes._read(self._execute("changes.since", {"after": after, "limit": limit}, call))

    def journal_export(
        self,
        *,
        after: int,
        limit: int | None = None,
        call: Call | None = None,
    ) -> JournalPage:
        """Returns journal entries in full, for replay. Contains personal data."""
        return JournalPage._read(self._execute("journal.export", {"after": after, "limit": limit}, call))

    def journal_verify(
        self,
        *,
        call: Call | None = None,
    ) -> JournalVerified:
        """Recomputes every digest and the whole chain of the journal."""
        return JournalVerified._read(self._execute("journal.verify", {}, call))

    def store_check(
        self,
        *,
        call: Call | None = None,
    ) -> StoreChecked:
        """Rebuilds everything derived from the ledger and lists every difference."""
        return StoreChecked._read(self._execute("store.check", {}, call))
