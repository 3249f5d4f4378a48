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


VenueField: TypeAlias = Literal['country', 'entry_service', 'mandatory', 'language', 'switched_off']
"""A field of a venue that can be cleared."""


ServiceId: TypeAlias = int
"""The id of one service."""


Language: TypeAlias = str
"""A language tag of BCP 47, such as ro or pt-BR."""


ClientField: TypeAlias = Literal['first_name', 'last_name', 'phone', 'email', 'sex', 'birth_date', 'notes', 'external_ids', 'language', 'source', 'addresses', 'phones', 'emails', 'company', 'notifications']
"""A field of a client that can be cleared, and that a venue may ask for."""


Switch: TypeAlias = Literal['access_control', 'zones', 'points', 'tablet_signing']
"""A part of the program that a venue can switch off."""


@dataclass(frozen=True)
class VenueSet:
    """What to set."""

    anti_passback: AntiPassback | None = None
    """What happens to a client who enters twice."""
    country: str | None = None
    """The country of phone numbers given without one."""
    entry_service: ServiceId | None = None
    """The service that an entry through the door is, where the request names none."""
    language: Language | None = None
    """The language of messages to clients of whom none is known."""
    mandatory: Sequence[ClientField] | None = None
    """What must be known of a client who is added or changed here, in place of what was asked before."""
    name: str | None = None
    """The name, 1 to 200 characters."""
    reentry_grace_minutes: int | None = None
    """A re-entry this soon after the exit costs nothing, minutes, 0 to 1440."""
    reminder_days: int | None = None
    """`tick` reminds clients of a pass that can be used on so many days after today, or fewer: 0 to 366. 0 for never."""
    switched_off: Sequence[Switch] | None = None
    """What is switched off, in place of what was off before; cleared, everything is on."""

    @classmethod
    def _read(cls, d: Any) -> VenueSet:
        return cls(
            anti_passback=d.get("anti_passback"),
            country=d.get("country"),
            entry_service=d.get("entry_service"),
            language=d.get("language"),
            mandatory=None if d.get("mandatory") is None else tuple(d.get("mandatory")),
            name=d.get("name"),
            reentry_grace_minutes=d.get("reentry_grace_minutes"),
            reminder_days=d.get("reminder_days"),
            switched_off=None if d.get("switched_off") is None else tuple(d.get("switched_off")),
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
    language: Language | None = None
    """The language of messages to clients of whom none is known."""
    mandatory: Sequence[ClientField] | None = None
    """What must be known of a client who is added or changed here."""
    reminder_days: int | None = None
    """`tick` reminds clients of a pass that can be used on so many days after today, or fewer; 0 for never."""
    switched_off: Sequence[Switch] | None = None
    """What is switched off. Everything is on unless it stands here."""

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
            language=d.get("language"),
            mandatory=None if d.get("mandatory") is None else tuple(d.get("mandatory")),
            reminder_days=d.get("reminder_days"),
            switched_off=None if d.get("switched_off") is None else tuple(d.get("switched_off")),
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


Right: TypeAlias = Literal['read_sensitive']
"""What an operator may do beyond what everybody may."""


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
    rights: Sequence[Right] | None = None
    """What the operator may do beyond what everybody may."""

    @classmethod
    def _read(cls, d: Any) -> Operator:
        return cls(
            external_ids=tuple(ExternalId._read(e) for e in d["external_ids"]),
            name=d["name"],
            operator=d["operator"],
            version=d["version"],
            rights=None if d.get("rights") is None else tuple(d.get("rights")),
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


Country: TypeAlias = str
"""A country: two letters of ISO 3166, such as RO."""


@dataclass(frozen=True)
class Address:
    """A postal address. Any part may be left out, but not all of them."""

    city: str | None = None
    """Town. 1 to 200 characters."""
    country: Country | None = None
    """The country."""
    label: str | None = None
    """What it is: `home`, `invoice`. 1 to 64 characters."""
    postal_code: str | None = None
    """Postal code. 1 to 20 characters."""
    region: str | None = None
    """Region, county or state. 1 to 200 characters."""
    street: str | None = None
    """Street, house, flat. 1 to 400 characters."""

    @classmethod
    def _read(cls, d: Any) -> Address:
        return cls(
            city=d.get("city"),
            country=d.get("country"),
            label=d.get("label"),
            postal_code=d.get("postal_code"),
            region=d.get("region"),
            street=d.get("street"),
        )


@dataclass(frozen=True)
class NewEmail:
    """A further e-mail address."""

    address: str
    """The address."""
    label: str | None = None
    """Whose or which it is. 1 to 64 characters."""

    @classmethod
    def _read(cls, d: Any) -> NewEmail:
        return cls(
            address=d["address"],
            label=d.get("label"),
        )


ClientKind: TypeAlias = Literal['person', 'company']
"""What a client is."""


@dataclass(frozen=True)
class NotificationsSet:
    """Which messages a client gets, switched on or off."""

    email: bool | None = None
    """By e-mail."""
    order_email: bool | None = None
    """An e-mail about each order."""
    push: bool | None = None
    """To a device of the client."""
    sms: bool | None = None
    """By SMS."""

    @classmethod
    def _read(cls, d: Any) -> NotificationsSet:
        return cls(
            email=d.get("email"),
            order_email=d.get("order_email"),
            push=d.get("push"),
            sms=d.get("sms"),
        )


@dataclass(frozen=True)
class NewPhone:
    """A further phone number."""

    number: str
    """The number in any spelling; the venue's country is meant where it names none."""
    label: str | None = None
    """Whose or which it is: `work`, `mother`. 1 to 64 characters."""

    @classmethod
    def _read(cls, d: Any) -> NewPhone:
        return cls(
            number=d["number"],
            label=d.get("label"),
        )


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


@dataclass(frozen=True)
class ClientSet:
    """What to set."""

    addresses: Sequence[Address] | None = None
    """Postal addresses, replacing the old ones."""
    archived: bool | None = None
    """Archived clients are kept but can do nothing."""
    birth_date: date | None = None
    """Date of birth."""
    company: ClientId | None = None
    """The company that the client belongs to."""
    email: str | None = None
    """E-mail address."""
    emails: Sequence[NewEmail] | None = None
    """Further e-mail addresses, replacing the old ones."""
    external_ids: Sequence[ExternalId] | None = None
    """Keys in other systems, replacing the old ones."""
    first_name: str | None = None
    """First name, up to 100 characters."""
    language: Language | None = None
    """The language that the client is written to in."""
    last_name: str | None = None
    """Last name or name of the company, up to 200 characters."""
    notes: str | None = None
    """Notes for the reception, up to 4000 characters."""
    notifications: NotificationsSet | None = None
    """Which messages the client gets; what is not named stays."""
    phone: str | None = None
    """Phone number in any spelling."""
    phones: Sequence[NewPhone] | None = None
    """Further phone numbers, replacing the old ones."""
    sex: Sex | None = None
    """Sex."""
    source: str | None = None
    """Where the client heard of the venue, up to 64 characters."""

    @classmethod
    def _read(cls, d: Any) -> ClientSet:
        return cls(
            addresses=None if d.get("addresses") is None else tuple(Address._read(e) for e in d.get("addresses")),
            archived=d.get("archived"),
            birth_date=None if d.get("birth_date") is None else date.fromisoformat(d.get("birth_date")),
            company=d.get("company"),
            email=d.get("email"),
            emails=None if d.get("emails") is None else tuple(NewEmail._read(e) for e in d.get("emails")),
            external_ids=None if d.get("external_ids") is None else tuple(ExternalId._read(e) for e in d.get("external_ids")),
            first_name=d.get("first_name"),
            language=d.get("language"),
            last_name=d.get("last_name"),
            notes=d.get("notes"),
            notifications=None if d.get("notifications") is None else NotificationsSet._read(d.get("notifications")),
            phone=d.get("phone"),
            phones=None if d.get("phones") is None else tuple(NewPhone._read(e) for e in d.get("phones")),
            sex=d.get("sex"),
            source=d.get("source"),
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


@dataclass(frozen=True)
class ContactEmail:
    """A further e-mail address."""

    address: Email
    """The address as it was given."""
    label: str | None = None
    """Whose or which it is."""

    @classmethod
    def _read(cls, d: Any) -> ContactEmail:
        return cls(
            address=d["address"],
            label=d.get("label"),
        )


@dataclass(frozen=True)
class Notifications:
    """Which messages a client gets. Marketing is not among them: it needs a consent."""

    email: bool
    """By e-mail."""
    order_email: bool
    """An e-mail about each order."""
    push: bool
    """To a device of the client."""
    sms: bool
    """By SMS."""

    @classmethod
    def _read(cls, d: Any) -> Notifications:
        return cls(
            email=d["email"],
            order_email=d["order_email"],
            push=d["push"],
            sms=d["sms"],
        )


Phone: TypeAlias = str
"""A phone number in the form of E.164, such as +40722123456."""


@dataclass(frozen=True)
class ContactPhone:
    """A further phone number."""

    number: Phone
    """The number, E.164."""
    label: str | None = None
    """Whose or which it is: `work`, `mother`."""

    @classmethod
    def _read(cls, d: Any) -> ContactPhone:
        return cls(
            number=d["number"],
            label=d.get("label"),
        )


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
    addresses: Sequence[Address] | None = None
    """Postal addresses."""
    birth_date: date | None = None
    """Date of birth."""
    company: ClientId | None = None
    """The company that the client belongs to."""
    email: Email | None = None
    """E-mail address as it was given."""
    emails: Sequence[ContactEmail] | None = None
    """Further e-mail addresses."""
    first_name: str | None = None
    """First name."""
    language: Language | None = None
    """The language that the client is written to in."""
    last_name: str | None = None
    """Last name, or the name of the company."""
    notes: str | None = None
    """Notes for the reception."""
    notes_at: Instant | None = None
    """When the notes were written."""
    notes_by: OperatorId | None = None
    """Who wrote the notes, where that was said."""
    notifications: Notifications | None = None
    """Which messages the client gets."""
    phone: Phone | None = None
    """Phone number, E.164."""
    phones: Sequence[ContactPhone] | None = None
    """Further phone numbers."""
    sex: Sex | None = None
    """Sex."""
    source: str | None = None
    """Where the client heard of the venue."""
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
            addresses=None if d.get("addresses") is None else tuple(Address._read(e) for e in d.get("addresses")),
            birth_date=None if d.get("birth_date") is None else date.fromisoformat(d.get("birth_date")),
            company=d.get("company"),
            email=d.get("email"),
            emails=None if d.get("emails") is None else tuple(ContactEmail._read(e) for e in d.get("emails")),
            first_name=d.get("first_name"),
            language=d.get("language"),
            last_name=d.get("last_name"),
            notes=d.get("notes"),
            notes_at=None if d.get("notes_at") is None else read_instant(d.get("notes_at")),
            notes_by=d.get("notes_by"),
            notifications=None if d.get("notifications") is None else Notifications._read(d.get("notifications")),
            phone=d.get("phone"),
            phones=None if d.get("phones") is None else tuple(ContactPhone._read(e) for e in d.get("phones")),
            sex=d.get("sex"),
            source=d.get("source"),
            venue=d.get("venue"),
        )


ConsentChannel: TypeAlias = Literal['desk', 'paper', 'tablet', 'online', 'phone', 'message']
"""Through what a client agreed."""


ConsentId: TypeAlias = int
"""The id of one consent."""


ConsentKind: TypeAlias = Literal['terms', 'privacy', 'marketing', 'photo', 'publication', 'health', 'guardian']
"""What a client agrees to."""


@dataclass(frozen=True)
class Consent:
    """That a client agreed to something, or does no more."""

    at: Instant
    """When."""
    client: ClientId
    """The client."""
    consent: ConsentId
    """The id."""
    granted: bool
    """True if the client agreed, false if that was withdrawn or refused."""
    kind: ConsentKind
    """To what."""
    by: OperatorId | None = None
    """Who took it down, where that was said."""
    channel: ConsentChannel | None = None
    """Through what."""
    source: str | None = None
    """Where it was said: a form, a page, a campaign."""
    text_version: str | None = None
    """Which text it was about."""

    @classmethod
    def _read(cls, d: Any) -> Consent:
        return cls(
            at=read_instant(d["at"]),
            client=d["client"],
            consent=d["consent"],
            granted=d["granted"],
            kind=d["kind"],
            by=d.get("by"),
            channel=d.get("channel"),
            source=d.get("source"),
            text_version=d.get("text_version"),
        )


HouseholdId: TypeAlias = int
"""The id of one household."""


@dataclass(frozen=True)
class Household:
    """A household. A client belongs to one at most."""

    household: HouseholdId
    """The id."""
    members: Sequence[ClientId]
    """Who belongs to it, in the order of their ids."""
    version: int
    """Grows by one with every change."""
    name: str | None = None
    """The name."""

    @classmethod
    def _read(cls, d: Any) -> Household:
        return cls(
            household=d["household"],
            members=tuple(d["members"]),
            version=d["version"],
            name=d.get("name"),
        )


Sha256: TypeAlias = str
"""A SHA-256 as 64 hexadecimal digits."""


@dataclass(frozen=True)
class Photo:
    """The photo of a client."""

    at: Instant
    """When it was set."""
    client: ClientId
    """The client."""
    by: OperatorId | None = None
    """Who set it, where that was said."""
    media_type: str | None = None
    """What it is by its content; none for one that the host keeps."""
    reference: str | None = None
    """Where the host keeps it, if it does."""
    sha256: Sha256 | None = None
    """The hash of its bytes."""
    size: int | None = None
    """How many bytes it has."""

    @classmethod
    def _read(cls, d: Any) -> Photo:
        return cls(
            at=read_instant(d["at"]),
            client=d["client"],
            by=d.get("by"),
            media_type=d.get("media_type"),
            reference=d.get("reference"),
            sha256=d.get("sha256"),
            size=d.get("size"),
        )


@dataclass(frozen=True)
class ClientGot:
    """One client."""

    client: Client
    """All its fields."""
    activated: Instant | None = None
    """When it took an invitation to an online account up."""
    consents: Sequence[Consent] | None = None
    """What holds of what it agreed to: of each kind the last that was said."""
    household: Household | None = None
    """The household that it belongs to."""
    photo: Photo | None = None
    """Its photo, without the bytes."""

    @classmethod
    def _read(cls, d: Any) -> ClientGot:
        return cls(
            client=Client._read(d["client"]),
            activated=None if d.get("activated") is None else read_instant(d.get("activated")),
            consents=None if d.get("consents") is None else tuple(Consent._read(e) for e in d.get("consents")),
            household=None if d.get("household") is None else Household._read(d.get("household")),
            photo=None if d.get("photo") is None else Photo._read(d.get("photo")),
        )


@dataclass(frozen=True)
class ClientFound:
    """The clients found."""

    clients: Sequence[Client]
    """In the order of last name, first name, id."""
    more: bool
    """True where more than `limit` match."""
    with_pass: Sequence[ClientId] | None = None
    """Who of them holds a pass that can be used now, where that was asked for."""

    @classmethod
    def _read(cls, d: Any) -> ClientFound:
        return cls(
            clients=tuple(Client._read(e) for e in d["clients"]),
            more=d["more"],
            with_pass=None if d.get("with_pass") is None else tuple(d.get("with_pass")),
        )


PutOutcome: TypeAlias = Literal['added', 'changed', 'unchanged']
"""What became of a client that was put."""


@dataclass(frozen=True)
class ClientPutDone:
    """A client was put."""

    client: ClientId
    """Its id."""
    outcome: PutOutcome
    """What became of it."""
    version: int
    """Its version now."""

    @classmethod
    def _read(cls, d: Any) -> ClientPutDone:
        return cls(
            client=d["client"],
            outcome=d["outcome"],
            version=d["version"],
        )


@dataclass(frozen=True)
class ExternalIdFound:
    """What has a key in another system."""

    id: int | None = None
    """Its id; none if nothing of that kind has the key."""

    @classmethod
    def _read(cls, d: Any) -> ExternalIdFound:
        return cls(
            id=d.get("id"),
        )


ExternalKind: TypeAlias = Literal['client', 'venue', 'operator', 'category', 'service', 'plan', 'pass']
"""What has keys in other systems."""


@dataclass(frozen=True)
class SourceCount:
    """One source."""

    count: int
    """How many clients, archived ones left out."""
    source: str | None = None
    """The source as it was written; none for clients of whom it is not known."""

    @classmethod
    def _read(cls, d: Any) -> SourceCount:
        return cls(
            count=d["count"],
            source=d.get("source"),
        )


@dataclass(frozen=True)
class Sources:
    """Clients by source."""

    count: int
    """All of them."""
    sources: Sequence[SourceCount]
    """The largest first, equal ones by name; those of whom it is not known last."""

    @classmethod
    def _read(cls, d: Any) -> Sources:
        return cls(
            count=d["count"],
            sources=tuple(SourceCount._read(e) for e in d["sources"]),
        )


CommentId: TypeAlias = int
"""The id of one comment."""


@dataclass(frozen=True)
class Commented:
    """A comment was written or removed."""

    client: ClientId
    """The client."""
    comment: CommentId
    """The comment."""

    @classmethod
    def _read(cls, d: Any) -> Commented:
        return cls(
            client=d["client"],
            comment=d["comment"],
        )


@dataclass(frozen=True)
class Comment:
    """What a member of staff wrote about a client."""

    at: Instant
    """When it was written."""
    client: ClientId
    """The client."""
    comment: CommentId
    """The id."""
    pinned: bool
    """Whether it is shown first."""
    by: OperatorId | None = None
    """Who wrote it, where that was said."""
    removed: Instant | None = None
    """When it was removed."""
    removed_by: OperatorId | None = None
    """Who removed it, where that was said."""
    text: str | None = None
    """What was written; none once it was removed."""

    @classmethod
    def _read(cls, d: Any) -> Comment:
        return cls(
            at=read_instant(d["at"]),
            client=d["client"],
            comment=d["comment"],
            pinned=d["pinned"],
            by=d.get("by"),
            removed=None if d.get("removed") is None else read_instant(d.get("removed")),
            removed_by=d.get("removed_by"),
            text=d.get("text"),
        )


@dataclass(frozen=True)
class Comments:
    """Comments about a client."""

    comments: Sequence[Comment]
    """Newest first."""
    more: bool
    """True where there are older ones."""

    @classmethod
    def _read(cls, d: Any) -> Comments:
        return cls(
            comments=tuple(Comment._read(e) for e in d["comments"]),
            more=d["more"],
        )


@dataclass(frozen=True)
class Consented:
    """A consent was written down."""

    consent: ConsentId
    """The consent."""

    @classmethod
    def _read(cls, d: Any) -> Consented:
        return cls(
            consent=d["consent"],
        )


@dataclass(frozen=True)
class Consents:
    """What a client agreed to."""

    consents: Sequence[Consent]
    """Newest first."""
    more: bool
    """True where there are older ones."""

    @classmethod
    def _read(cls, d: Any) -> Consents:
        return cls(
            consents=tuple(Consent._read(e) for e in d["consents"]),
            more=d["more"],
        )


@dataclass(frozen=True)
class PhotoSet:
    """The photo was set."""

    media_type: str | None = None
    """What it is by its content; none for one that the host keeps."""
    sha256: Sha256 | None = None
    """The hash of its bytes."""
    size: int | None = None
    """How many bytes it has."""

    @classmethod
    def _read(cls, d: Any) -> PhotoSet:
        return cls(
            media_type=d.get("media_type"),
            sha256=d.get("sha256"),
            size=d.get("size"),
        )


Bytes: TypeAlias = str
"""Bytes in base64 with padding."""


@dataclass(frozen=True)
class PhotoGot:
    """The photo of a client."""

    bytes: Bytes | None = None
    """The photo itself, unless the host keeps it."""
    photo: Photo | None = None
    """What is known of it; none where there is no photo."""

    @classmethod
    def _read(cls, d: Any) -> PhotoGot:
        return cls(
            bytes=d.get("bytes"),
            photo=None if d.get("photo") is None else Photo._read(d.get("photo")),
        )


@dataclass(frozen=True)
class PhotoRemoved:
    """The photo was removed."""

    client: ClientId
    """The client."""

    @classmethod
    def _read(cls, d: Any) -> PhotoRemoved:
        return cls(
            client=d["client"],
        )


FileId: TypeAlias = int
"""The id of one file."""


@dataclass(frozen=True)
class FileAdded:
    """A file was added."""

    file: FileId
    """The file."""
    media_type: str
    """What it is by its content."""
    sha256: Sha256
    """The hash of its bytes."""
    size: int
    """How many bytes it has."""

    @classmethod
    def _read(cls, d: Any) -> FileAdded:
        return cls(
            file=d["file"],
            media_type=d["media_type"],
            sha256=d["sha256"],
            size=d["size"],
        )


@dataclass(frozen=True)
class File:
    """A file of a client."""

    at: Instant
    """When it was added."""
    client: ClientId
    """The client."""
    file: FileId
    """The id."""
    media_type: str
    """What it is by its content."""
    name: str
    """Its name."""
    sha256: Sha256
    """The hash of its bytes."""
    size: int
    """How many bytes it has."""
    by: OperatorId | None = None
    """Who added it, where that was said."""

    @classmethod
    def _read(cls, d: Any) -> File:
        return cls(
            at=read_instant(d["at"]),
            client=d["client"],
            file=d["file"],
            media_type=d["media_type"],
            name=d["name"],
            sha256=d["sha256"],
            size=d["size"],
            by=d.get("by"),
        )


@dataclass(frozen=True)
class Files:
    """The files of a client."""

    files: Sequence[File]
    """Newest first."""
    more: bool
    """True where there are older ones."""

    @classmethod
    def _read(cls, d: Any) -> Files:
        return cls(
            files=tuple(File._read(e) for e in d["files"]),
            more=d["more"],
        )


@dataclass(frozen=True)
class FileGot:
    """A file."""

    bytes: Bytes
    """What is in it."""
    file: File
    """What is known of it."""

    @classmethod
    def _read(cls, d: Any) -> FileGot:
        return cls(
            bytes=d["bytes"],
            file=File._read(d["file"]),
        )


@dataclass(frozen=True)
class FileRemoved:
    """A file was removed."""

    file: FileId
    """The file."""

    @classmethod
    def _read(cls, d: Any) -> FileRemoved:
        return cls(
            file=d["file"],
        )


@dataclass(frozen=True)
class OperatorChanged:
    """An operator was changed."""

    operator: OperatorId
    """Its id."""
    version: int
    """Its new version."""

    @classmethod
    def _read(cls, d: Any) -> OperatorChanged:
        return cls(
            operator=d["operator"],
            version=d["version"],
        )


@dataclass(frozen=True)
class OperatorSet:
    """What to set."""

    external_ids: Sequence[ExternalId] | None = None
    """Keys in other systems, replacing the old ones."""
    name: str | None = None
    """The name shown in the journal, 1 to 200 characters."""
    rights: Sequence[Right] | None = None
    """What the operator may do beyond what everybody may, in place of what was before."""

    @classmethod
    def _read(cls, d: Any) -> OperatorSet:
        return cls(
            external_ids=None if d.get("external_ids") is None else tuple(ExternalId._read(e) for e in d.get("external_ids")),
            name=d.get("name"),
            rights=None if d.get("rights") is None else tuple(d.get("rights")),
        )


FieldId: TypeAlias = int
"""The id of one field."""


@dataclass(frozen=True)
class FieldDone:
    """A field was added or changed."""

    field: FieldId
    """Its id."""
    version: int
    """Its version."""

    @classmethod
    def _read(cls, d: Any) -> FieldDone:
        return cls(
            field=d["field"],
            version=d["version"],
        )


FieldKind: TypeAlias = Literal['text', 'number', 'date', 'choice', 'set', 'flag']
"""What a field of the chart holds."""


@dataclass(frozen=True)
class FieldSet:
    """What to set."""

    archived: bool | None = None
    """Archived fields are asked no more; what stands in them is kept."""
    name: str | None = None
    """The name, 1 to 100 characters."""
    options: Sequence[str] | None = None
    """What can be chosen; what was chosen before stays where it stands."""
    required: bool | None = None
    """Whether a chart must have it."""
    sensitive: bool | None = None
    """Whether only operators with the right may read it."""

    @classmethod
    def _read(cls, d: Any) -> FieldSet:
        return cls(
            archived=d.get("archived"),
            name=d.get("name"),
            options=None if d.get("options") is None else tuple(d.get("options")),
            required=d.get("required"),
            sensitive=d.get("sensitive"),
        )


@dataclass(frozen=True)
class Field:
    """A field of the chart."""

    archived: bool
    """Archived fields are asked no more; what stands in them is kept."""
    field: FieldId
    """The id."""
    kind: FieldKind
    """What it holds."""
    name: str
    """The name."""
    required: bool
    """Whether a chart must have it."""
    sensitive: bool
    """Whether only operators with the right may read it, each reading being noted."""
    venue: VenueId
    """The venue that asks."""
    version: int
    """Grows by one with every change."""
    options: Sequence[str] | None = None
    """What can be chosen."""

    @classmethod
    def _read(cls, d: Any) -> Field:
        return cls(
            archived=d["archived"],
            field=d["field"],
            kind=d["kind"],
            name=d["name"],
            required=d["required"],
            sensitive=d["sensitive"],
            venue=d["venue"],
            version=d["version"],
            options=None if d.get("options") is None else tuple(d.get("options")),
        )


@dataclass(frozen=True)
class Fields:
    """The fields of a chart."""

    fields: Sequence[Field]
    """In the order of their ids."""

    @classmethod
    def _read(cls, d: Any) -> Fields:
        return cls(
            fields=tuple(Field._read(e) for e in d["fields"]),
        )


@dataclass(frozen=True)
class ChartSet:
    """A chart was written."""

    client: ClientId
    """The client."""

    @classmethod
    def _read(cls, d: Any) -> ChartSet:
        return cls(
            client=d["client"],
        )


@dataclass(frozen=True)
class FieldValueText:
    """Text of 1 to 4000 characters."""

    _choice: ClassVar[str] = "text"
    _newtype: ClassVar[bool] = True
    value: str

    @classmethod
    def _read(cls, d: Any) -> FieldValueText:
        return cls(
            value=d["value"],
        )


Number: TypeAlias = Decimal
"""A number with at most 18 digits, such as 82.5."""


@dataclass(frozen=True)
class FieldValueNumber:
    """A number."""

    _choice: ClassVar[str] = "number"
    _newtype: ClassVar[bool] = True
    value: Number

    @classmethod
    def _read(cls, d: Any) -> FieldValueNumber:
        return cls(
            value=Decimal(d["value"]),
        )


@dataclass(frozen=True)
class FieldValueDate:
    """A date."""

    _choice: ClassVar[str] = "date"
    _newtype: ClassVar[bool] = True
    value: date

    @classmethod
    def _read(cls, d: Any) -> FieldValueDate:
        return cls(
            value=date.fromisoformat(d["value"]),
        )


@dataclass(frozen=True)
class FieldValueChoice:
    """One of the options of the field."""

    _choice: ClassVar[str] = "choice"
    _newtype: ClassVar[bool] = True
    value: str

    @classmethod
    def _read(cls, d: Any) -> FieldValueChoice:
        return cls(
            value=d["value"],
        )


@dataclass(frozen=True)
class FieldValueSet:
    """Some of the options of the field, each once."""

    _choice: ClassVar[str] = "set"
    _newtype: ClassVar[bool] = True
    value: Sequence[str]

    @classmethod
    def _read(cls, d: Any) -> FieldValueSet:
        return cls(
            value=tuple(d["value"]),
        )


@dataclass(frozen=True)
class FieldValueFlag:
    """Yes or no."""

    _choice: ClassVar[str] = "flag"
    _newtype: ClassVar[bool] = True
    value: bool

    @classmethod
    def _read(cls, d: Any) -> FieldValueFlag:
        return cls(
            value=d["value"],
        )


FieldValue: TypeAlias = FieldValueText | FieldValueNumber | FieldValueDate | FieldValueChoice | FieldValueSet | FieldValueFlag
"""What stands in a field of the chart."""


def _read_FieldValue(d: Any) -> FieldValue:
    if isinstance(d, str):
        return d  # type: ignore[return-value]
    (word, inner), = d.items()
    if word == "text":
        return FieldValueText._read({"value": inner})
    if word == "number":
        return FieldValueNumber._read({"value": inner})
    if word == "date":
        return FieldValueDate._read({"value": inner})
    if word == "choice":
        return FieldValueChoice._read({"value": inner})
    if word == "set":
        return FieldValueSet._read({"value": inner})
    if word == "flag":
        return FieldValueFlag._read({"value": inner})
    raise ValueError(word)


@dataclass(frozen=True)
class NewValue:
    """What to write into a field."""

    field: FieldId
    """The field."""
    value: FieldValue
    """What to write."""

    @classmethod
    def _read(cls, d: Any) -> NewValue:
        return cls(
            field=d["field"],
            value=_read_FieldValue(d["value"]),
        )


@dataclass(frozen=True)
class ChartField:
    """A field of a chart with what stands in it."""

    field: FieldId
    """The field."""
    filled: bool
    """Whether anything stands in it."""
    kind: FieldKind
    """What it holds."""
    name: str
    """Its name."""
    required: bool
    """Whether the chart must have it."""
    sensitive: bool
    """Whether only operators with the right may read it."""
    at: Instant | None = None
    """When it was written."""
    by: OperatorId | None = None
    """Who wrote it, where that was said."""
    value: FieldValue | None = None
    """What stands in it, where it may be read."""

    @classmethod
    def _read(cls, d: Any) -> ChartField:
        return cls(
            field=d["field"],
            filled=d["filled"],
            kind=d["kind"],
            name=d["name"],
            required=d["required"],
            sensitive=d["sensitive"],
            at=None if d.get("at") is None else read_instant(d.get("at")),
            by=d.get("by"),
            value=None if d.get("value") is None else _read_FieldValue(d.get("value")),
        )


@dataclass(frozen=True)
class Chart:
    """The chart of a client at the venue."""

    client: ClientId
    """The client."""
    fields: Sequence[ChartField] | None = None
    """In the order of the fields; archived ones with what stands in them."""

    @classmethod
    def _read(cls, d: Any) -> Chart:
        return cls(
            client=d["client"],
            fields=None if d.get("fields") is None else tuple(ChartField._read(e) for e in d.get("fields")),
        )


@dataclass(frozen=True)
class ChartReading:
    """That a chart was read."""

    at: Instant
    """When."""
    operator: OperatorId
    """By whom."""
    venue: VenueId
    """Of which venue."""

    @classmethod
    def _read(cls, d: Any) -> ChartReading:
        return cls(
            at=read_instant(d["at"]),
            operator=d["operator"],
            venue=d["venue"],
        )


@dataclass(frozen=True)
class ChartReaders:
    """Who read a chart."""

    more: bool
    """True where there are older ones."""
    readings: Sequence[ChartReading]
    """Newest first."""
    next: str | None = None
    """Where there are: what the next page is asked for with, as `after`."""

    @classmethod
    def _read(cls, d: Any) -> ChartReaders:
        return cls(
            more=d["more"],
            readings=tuple(ChartReading._read(e) for e in d["readings"]),
            next=d.get("next"),
        )


@dataclass(frozen=True)
class HouseholdDone:
    """A household was added or changed."""

    household: HouseholdId
    """Its id."""
    version: int
    """Its version."""

    @classmethod
    def _read(cls, d: Any) -> HouseholdDone:
        return cls(
            household=d["household"],
            version=d["version"],
        )


@dataclass(frozen=True)
class Guests:
    """Who belongs to a company."""

    clients: Sequence[Client]
    """In the order of their ids."""
    more: bool
    """True where there are more."""

    @classmethod
    def _read(cls, d: Any) -> Guests:
        return cls(
            clients=tuple(Client._read(e) for e in d["clients"]),
            more=d["more"],
        )


MessageChannel: TypeAlias = Literal['email', 'sms']
"""By what a message goes."""


MessageId: TypeAlias = int
"""The id of one message."""


Skipped: TypeAlias = Literal['opted_out', 'no_address']
"""Why there is no message."""


@dataclass(frozen=True)
class Invited:
    """A client was invited, or not."""

    channel: MessageChannel | None = None
    """By what it goes."""
    expires: Instant | None = None
    """From when on its token is worth nothing."""
    message: MessageId | None = None
    """The message; none where there is nothing to send it by."""
    skipped: Skipped | None = None
    """Why there is no message."""

    @classmethod
    def _read(cls, d: Any) -> Invited:
        return cls(
            channel=d.get("channel"),
            expires=None if d.get("expires") is None else read_instant(d.get("expires")),
            message=d.get("message"),
            skipped=d.get("skipped"),
        )


ActivationOutcome: TypeAlias = Literal['activated', 'refused']
"""What came of a token."""


TokenRefusal: TypeAlias = Literal['unknown', 'used', 'expired', 'archived']
"""Why a token does nothing."""


@dataclass(frozen=True)
class Activated:
    """What came of a token."""

    outcome: ActivationOutcome
    """What came of it."""
    client: ClientId | None = None
    """Whose it is, where it did something."""
    reason: TokenRefusal | None = None
    """Why it did nothing."""

    @classmethod
    def _read(cls, d: Any) -> Activated:
        return cls(
            outcome=d["outcome"],
            client=d.get("client"),
            reason=d.get("reason"),
        )


@dataclass(frozen=True)
class MessageParameter:
    """A part of a message that the template leaves open."""

    name: str
    """Its name in the template."""
    value: str
    """What is put there."""

    @classmethod
    def _read(cls, d: Any) -> MessageParameter:
        return cls(
            name=d["name"],
            value=d["value"],
        )


MessageState: TypeAlias = Literal['queued', 'sent', 'failed']
"""What became of a message."""


@dataclass(frozen=True)
class Message:
    """A message."""

    at: Instant
    """When it was queued."""
    channel: MessageChannel
    """By what."""
    client: ClientId
    """To whom."""
    language: Language
    """In which language."""
    message: MessageId
    """The id."""
    parameters: Sequence[MessageParameter]
    """What is put into the text."""
    state: MessageState
    """What became of it."""
    template: str
    """Which text."""
    done: Instant | None = None
    """When it was sent, or failed."""
    failure: str | None = None
    """Why it failed, in the words of the host."""
    venue: VenueId | None = None
    """Of which venue."""

    @classmethod
    def _read(cls, d: Any) -> Message:
        return cls(
            at=read_instant(d["at"]),
            channel=d["channel"],
            client=d["client"],
            language=d["language"],
            message=d["message"],
            parameters=tuple(MessageParameter._read(e) for e in d["parameters"]),
            state=d["state"],
            template=d["template"],
            done=None if d.get("done") is None else read_instant(d.get("done")),
            failure=d.get("failure"),
            venue=d.get("venue"),
        )


@dataclass(frozen=True)
class Outgoing:
    """A message that waits, and where it goes."""

    message: Message
    """The message."""
    to: str | None = None
    """The address or number now; none if it was taken away since."""

    @classmethod
    def _read(cls, d: Any) -> Outgoing:
        return cls(
            message=Message._read(d["message"]),
            to=d.get("to"),
        )


@dataclass(frozen=True)
class Outbox:
    """What waits in the outbox."""

    messages: Sequence[Outgoing]
    """Oldest first."""
    more: bool
    """True where there are more."""

    @classmethod
    def _read(cls, d: Any) -> Outbox:
        return cls(
            messages=tuple(Outgoing._read(e) for e in d["messages"]),
            more=d["more"],
        )


@dataclass(frozen=True)
class MessageMarked:
    """What became of a message."""

    message: MessageId
    """The message."""
    state: MessageState
    """What became of it."""

    @classmethod
    def _read(cls, d: Any) -> MessageMarked:
        return cls(
            message=d["message"],
            state=d["state"],
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
    debt: Money
    """What is owed on it."""
    debt_limit: Money
    """How far it may be used beyond what is on it."""

    @classmethod
    def _read(cls, d: Any) -> Balance:
        return cls(
            account=d["account"],
            balance=Money._read(d["balance"]),
            debt=Money._read(d["debt"]),
            debt_limit=Money._read(d["debt_limit"]),
        )


CardBlockReason: TypeAlias = Literal['lost', 'stolen', 'damaged', 'other']
"""Why a card is blocked."""


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
    block_note: str | None = None
    """What the desk wrote about that."""
    block_reason: CardBlockReason | None = None
    """Why it is blocked."""
    blocked: Instant | None = None
    """When it was blocked, if it is."""
    blocked_by: OperatorId | None = None
    """Who blocked it, where that was said."""
    returned: Instant | None = None
    """When it was given back, if it was."""

    @classmethod
    def _read(cls, d: Any) -> Card:
        return cls(
            card=d["card"],
            client=d["client"],
            issued=read_instant(d["issued"]),
            kind=d["kind"],
            state=d["state"],
            uid=d["uid"],
            block_note=d.get("block_note"),
            block_reason=d.get("block_reason"),
            blocked=None if d.get("blocked") is None else read_instant(d.get("blocked")),
            blocked_by=d.get("blocked_by"),
            returned=None if d.get("returned") is None else read_instant(d.get("returned")),
        )


@dataclass(frozen=True)
class OverviewCounts:
    """How many there are in all, where the overview shows only some; lists of their own show the others."""

    bookings: int
    """Bookings that wait, missed ones included."""
    conflicts: int
    """Conflicts that wait to be settled."""
    holds: int
    """Holds that are open."""
    passes: int
    """Passes, those included that are over."""

    @classmethod
    def _read(cls, d: Any) -> OverviewCounts:
        return cls(
            bookings=d["bookings"],
            conflicts=d["conflicts"],
            holds=d["holds"],
            passes=d["passes"],
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
    held_until: Instant | None = None
    """When the first hold on it runs out: from then on `held` is to be counted anew."""

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
            held_until=None if d.get("held_until") is None else read_instant(d.get("held_until")),
        )


@dataclass(frozen=True)
class Dunning:
    """That the payment of an automatic renewal has failed."""

    failures: int
    """How often it failed."""
    since: Instant
    """When it failed first."""
    next: Instant | None = None
    """When it is to be tried again."""

    @classmethod
    def _read(cls, d: Any) -> Dunning:
        return cls(
            failures=d["failures"],
            since=read_instant(d["since"]),
            next=None if d.get("next") is None else read_instant(d.get("next")),
        )


@dataclass(frozen=True)
class Frozen:
    """A stretch of time in which a pass is frozen: whole days of the venue's zone, half-open."""

    from_: Instant = field(metadata={"json": "from"})
    """Its first instant."""
    until: Instant
    """The instant at which it has ended."""

    @classmethod
    def _read(cls, d: Any) -> Frozen:
        return cls(
            from_=read_instant(d["from"]),
            until=read_instant(d["until"]),
        )


PlanTag: TypeAlias = Literal['time', 'credit', 'visits']
"""The kind alone, stable for colours, filters and lists."""


ChargeAt: TypeAlias = Literal['booking', 'attendance']
"""When a booking takes its visit or credit."""


@dataclass(frozen=True)
class FreezeRules:
    """Whether and how long a pass may be frozen. Without it, a pass cannot be frozen by its rules."""

    days: int | None = None
    """How many days in all, 1 to 3660. Any number if left out."""
    ends_by_visit: bool | None = None
    """A visit during a freeze is admitted and ends it. Otherwise it is refused."""
    fee: Money | None = None
    """What one freeze costs, tax included."""
    shortest: int | None = None
    """At least this many days at a time, 1 to 3660."""
    times: int | None = None
    """How many times, 1 to 100. Any number if left out."""

    @classmethod
    def _read(cls, d: Any) -> FreezeRules:
        return cls(
            days=d.get("days"),
            ends_by_visit=d.get("ends_by_visit"),
            fee=None if d.get("fee") is None else Money._read(d.get("fee")),
            shortest=d.get("shortest"),
            times=d.get("times"),
        )


@dataclass(frozen=True)
class RenewalRules:
    """How a pass is renewed."""

    automatic: bool | None = None
    """Its passes renew by themselves unless that is switched off: they are in the list of what is due."""
    due_days: int | None = None
    """An automatic renewal is due this many days before the end, 0 to 366."""
    grace_days: int | None = None
    """A renewal this many days after the end still begins at the old end, 0 to 366."""

    @classmethod
    def _read(cls, d: Any) -> RenewalRules:
        return cls(
            automatic=d.get("automatic"),
            due_days=d.get("due_days"),
            grace_days=d.get("grace_days"),
        )


@dataclass(frozen=True)
class TransferRules:
    """That a pass may be given to another client, and at what price. Without it, it cannot by its rules."""

    fee: Money | None = None
    """What it costs, tax included."""

    @classmethod
    def _read(cls, d: Any) -> TransferRules:
        return cls(
            fee=None if d.get("fee") is None else Money._read(d.get("fee")),
        )


@dataclass(frozen=True)
class LifeRules:
    """What may be done with a pass after its sale."""

    charge_at: ChargeAt | None = None
    """When a booking takes its visit or credit. When it is made if left out."""
    freeze: FreezeRules | None = None
    """Whether and how long it may be frozen."""
    renewal: RenewalRules | None = None
    """How it is renewed."""
    reversal_grace_days: int | None = None
    """What a reversal gives back after the end can be used for this many days more, 0 to 366. Otherwise it is back, and ended."""
    transfer: TransferRules | None = None
    """Whether it may be given to another client."""

    @classmethod
    def _read(cls, d: Any) -> LifeRules:
        return cls(
            charge_at=d.get("charge_at"),
            freeze=None if d.get("freeze") is None else FreezeRules._read(d.get("freeze")),
            renewal=None if d.get("renewal") is None else RenewalRules._read(d.get("renewal")),
            reversal_grace_days=d.get("reversal_grace_days"),
            transfer=None if d.get("transfer") is None else TransferRules._read(d.get("transfer")),
        )


PlanId: TypeAlias = int
"""The id of one plan."""


PassStatus: TypeAlias = Literal['open', 'cancelled', 'transferred', 'replaced']
"""What the desk did to a pass. What time does to it is [`PassState`]."""


Weekday: TypeAlias = Literal['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
"""A day of the week."""


TimeOfDay: TypeAlias = str
"""A time on the clock of the wall, `HH:MM`, 00:00 to 24:00."""


@dataclass(frozen=True)
class WeeklyHours:
    """Hours of some days of the week, on the clock of the venue's wall. Half-open: 16:00 is outside of `07:00` to `16:00`."""

    from_: TimeOfDay = field(metadata={"json": "from"})
    """Their beginning."""
    until: TimeOfDay
    """Their end; on the next day if it is not after the beginning."""
    days: Sequence[Weekday] | None = None
    """The days on which they begin. Empty: every day."""

    @classmethod
    def _read(cls, d: Any) -> WeeklyHours:
        return cls(
            from_=d["from"],
            until=d["until"],
            days=None if d.get("days") is None else tuple(d.get("days")),
        )


@dataclass(frozen=True)
class UseRules:
    """For whom, where and when a pass can be used, and how often. What is left out limits nothing."""

    gap_minutes: int | None = None
    """At least this many minutes from one use to the next, 1 to 100 000."""
    hours: Sequence[WeeklyHours] | None = None
    """Only within these hours. Empty: always."""
    in_all: int | None = None
    """At most this many uses in all, 1 to 100 000."""
    max_age: int | None = None
    """Only up to this age, in full years on the venue's date. 0 to 150."""
    min_age: int | None = None
    """Only from this age on, in full years on the venue's date. 0 to 150."""
    per_day: int | None = None
    """At most this many uses on one day of the venue, 1 to 1000."""
    per_month: int | None = None
    """At most this many uses in one month of the calendar, 1 to 1000."""
    per_week: int | None = None
    """At most this many uses from Monday to Sunday, 1 to 1000."""
    sex: Sex | None = None
    """Only for clients of this sex."""
    zones: Sequence[ZoneId] | None = None
    """Only in these zones. Empty: in all of the venues it covers."""

    @classmethod
    def _read(cls, d: Any) -> UseRules:
        return cls(
            gap_minutes=d.get("gap_minutes"),
            hours=None if d.get("hours") is None else tuple(WeeklyHours._read(e) for e in d.get("hours")),
            in_all=d.get("in_all"),
            max_age=d.get("max_age"),
            min_age=d.get("min_age"),
            per_day=d.get("per_day"),
            per_month=d.get("per_month"),
            per_week=d.get("per_week"),
            sex=d.get("sex"),
            zones=None if d.get("zones") is None else tuple(d.get("zones")),
        )


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
    anchor: date | None = None
    """The first day of the row of renewals that it belongs to: its end is counted from here."""
    auto_renew: bool | None = None
    """Whether it renews by itself."""
    cancel_at_end: bool | None = None
    """It was cancelled for its end: it goes on until then."""
    closed: Instant | None = None
    """When it was cancelled, transferred or replaced."""
    dunning: Dunning | None = None
    """The payment of its renewal has failed."""
    ends: Instant | None = None
    """The instant at which it has ended; none for ever."""
    frozen: Sequence[Frozen] | None = None
    """When it is frozen, in order and apart from each other. Its end has moved by these days already."""
    latest_start: Instant | None = None
    """It starts at this instant at the latest."""
    life: LifeRules | None = None
    """What may be done with it."""
    name: str | None = None
    """The name of the plan at the sale."""
    next: PassId | None = None
    """The pass that renews it, or takes over."""
    notes: str | None = None
    """Notes for the reception."""
    previous: PassId | None = None
    """The pass that it renews, or takes over from."""
    recognised: Money | None = None
    """Of a time pass whose course was changed: the value recognised until then, net of tax. The rest is spread over the
days that were left."""
    recognised_until: Instant | None = None
    """The last instant of the day of that change: the rest is spread over the days from here on."""
    starts: Instant | None = None
    """Its first instant; none until the first use."""
    term: int | None = None
    """Which period of that row it is, from 0 on."""
    usage: UseRules | None = None
    """For whom, where and when it can be used, and how often."""
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
            anchor=None if d.get("anchor") is None else date.fromisoformat(d.get("anchor")),
            auto_renew=d.get("auto_renew"),
            cancel_at_end=d.get("cancel_at_end"),
            closed=None if d.get("closed") is None else read_instant(d.get("closed")),
            dunning=None if d.get("dunning") is None else Dunning._read(d.get("dunning")),
            ends=None if d.get("ends") is None else read_instant(d.get("ends")),
            frozen=None if d.get("frozen") is None else tuple(Frozen._read(e) for e in d.get("frozen")),
            latest_start=None if d.get("latest_start") is None else read_instant(d.get("latest_start")),
            life=None if d.get("life") is None else LifeRules._read(d.get("life")),
            name=d.get("name"),
            next=d.get("next"),
            notes=d.get("notes"),
            previous=d.get("previous"),
            recognised=None if d.get("recognised") is None else Money._read(d.get("recognised")),
            recognised_until=None if d.get("recognised_until") is None else read_instant(d.get("recognised_until")),
            starts=None if d.get("starts") is None else read_instant(d.get("starts")),
            term=d.get("term"),
            usage=None if d.get("usage") is None else UseRules._read(d.get("usage")),
            validity=None if d.get("validity") is None else _read_Validity(d.get("validity")),
        )


PassState: TypeAlias = Literal['not_started', 'active', 'exhausted', 'expired', 'cancelled', 'suspended', 'frozen', 'transferred', 'replaced']
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
class WarningDebt:
    """A money account is used beyond what was on it."""

    _choice: ClassVar[str] = "debt"
    _newtype: ClassVar[bool] = False
    debt: Money
    """What is owed on it."""

    @classmethod
    def _read(cls, d: Any) -> WarningDebt:
        return cls(
            debt=Money._read(d["debt"]),
        )


@dataclass(frozen=True)
class WarningCardBlocked:
    """A card of the client opens nothing."""

    _choice: ClassVar[str] = "card_blocked"
    _newtype: ClassVar[bool] = False
    card: CardId
    """The card."""
    state: CardState
    """Blocked or lost."""

    @classmethod
    def _read(cls, d: Any) -> WarningCardBlocked:
        return cls(
            card=d["card"],
            state=d["state"],
        )


ConflictId: TypeAlias = int
"""The id of one conflict."""


@dataclass(frozen=True)
class WarningConflictOpen:
    """A late entry that nothing paid for waits to be settled."""

    _choice: ClassVar[str] = "conflict_open"
    _newtype: ClassVar[bool] = False
    at: Instant
    """When the client came in."""
    conflict: ConflictId
    """The conflict."""

    @classmethod
    def _read(cls, d: Any) -> WarningConflictOpen:
        return cls(
            at=read_instant(d["at"]),
            conflict=d["conflict"],
        )


@dataclass(frozen=True)
class WarningPassEndsSoon:
    """A pass that can be used, or is frozen, ends soon, and no pass follows it."""

    _choice: ClassVar[str] = "pass_ends_soon"
    _newtype: ClassVar[bool] = False
    days: int
    """Local days after today on which it can still be used: 0 where today is the last."""
    ends: Instant
    """When it ends."""
    pass_: PassId = field(metadata={"json": "pass"})
    """The pass."""

    @classmethod
    def _read(cls, d: Any) -> WarningPassEndsSoon:
        return cls(
            days=d["days"],
            ends=read_instant(d["ends"]),
            pass_=d["pass"],
        )


@dataclass(frozen=True)
class WarningFewLeft:
    """Few visits are left on a pass that can be used."""

    _choice: ClassVar[str] = "few_left"
    _newtype: ClassVar[bool] = False
    pass_: PassId = field(metadata={"json": "pass"})
    """The pass."""
    visits: int
    """How many."""

    @classmethod
    def _read(cls, d: Any) -> WarningFewLeft:
        return cls(
            pass_=d["pass"],
            visits=d["visits"],
        )


BookingId: TypeAlias = int
"""The id of one booking."""


@dataclass(frozen=True)
class WarningBookingUnpaid:
    """A booking to come that nothing pays."""

    _choice: ClassVar[str] = "booking_unpaid"
    _newtype: ClassVar[bool] = False
    booking: BookingId
    """The booking."""
    starts: Instant
    """When it begins."""

    @classmethod
    def _read(cls, d: Any) -> WarningBookingUnpaid:
        return cls(
            booking=d["booking"],
            starts=read_instant(d["starts"]),
        )


HoldId: TypeAlias = int
"""The id of one hold."""


@dataclass(frozen=True)
class WarningHoldOpen:
    """Something is held for the client."""

    _choice: ClassVar[str] = "hold_open"
    _newtype: ClassVar[bool] = False
    expires: Instant
    """When it runs out."""
    hold: HoldId
    """The hold."""

    @classmethod
    def _read(cls, d: Any) -> WarningHoldOpen:
        return cls(
            expires=read_instant(d["expires"]),
            hold=d["hold"],
        )


@dataclass(frozen=True)
class WarningBirthday:
    """The birthday is today or within three days of it. Who was born on 29 February has it on 28 February in common
years."""

    _choice: ClassVar[str] = "birthday"
    _newtype: ClassVar[bool] = False
    age: int
    """The age in years on that day."""
    date: date
    """The birthday."""
    days: int
    """Days from today: 0 today, negative where it is over."""

    @classmethod
    def _read(cls, d: Any) -> WarningBirthday:
        return cls(
            age=d["age"],
            date=date.fromisoformat(d["date"]),
            days=d["days"],
        )


Warning: TypeAlias = Literal['archived'] | WarningDebt | WarningCardBlocked | WarningConflictOpen | WarningPassEndsSoon | WarningFewLeft | WarningBookingUnpaid | WarningHoldOpen | WarningBirthday
"""Something that the desk should notice."""


def _read_Warning(d: Any) -> Warning:
    if isinstance(d, str):
        return d  # type: ignore[return-value]
    (word, inner), = d.items()
    if word == "debt":
        return WarningDebt._read(inner)
    if word == "card_blocked":
        return WarningCardBlocked._read(inner)
    if word == "conflict_open":
        return WarningConflictOpen._read(inner)
    if word == "pass_ends_soon":
        return WarningPassEndsSoon._read(inner)
    if word == "few_left":
        return WarningFewLeft._read(inner)
    if word == "booking_unpaid":
        return WarningBookingUnpaid._read(inner)
    if word == "hold_open":
        return WarningHoldOpen._read(inner)
    if word == "birthday":
        return WarningBirthday._read(inner)
    raise ValueError(word)


@dataclass(frozen=True)
class Overview:
    """Everything about a client."""

    balances: Sequence[Balance]
    """The money accounts."""
    cards: Sequence[Card]
    """The cards."""
    client: Client
    """Who it is."""
    counts: OverviewCounts
    """How many there are in all, where only some are shown."""
    has_active_pass: bool
    """Whether a pass can be used now, those included that wait for their first use."""
    name: str
    """First and last name."""
    passes: Sequence[PassView]
    """The passes, newest first, up to 50."""
    spent: Sequence[Money]
    """What was paid in all, by currency."""
    tags: Sequence[str]
    """The tags, in order."""
    visit_count: int
    """How many visits there were in all."""
    visits: Sequence[Visit]
    """The last visits, newest first, up to 10."""
    warnings: Sequence[Warning]
    """What the desk should notice, the gravest first."""
    age: int | None = None
    """Age in years at the time of the request."""
    inside: Visit | None = None
    """The visit that has not ended."""
    last_visit: Instant | None = None
    """When the last visit began."""
    switched_off: Sequence[Switch] | None = None
    """What the venue has switched off. Without `access_control`, nothing is said of visits: `inside` and `last_visit` are
left out, `visits` is empty and `visit_count` 0."""

    @classmethod
    def _read(cls, d: Any) -> Overview:
        return cls(
            balances=tuple(Balance._read(e) for e in d["balances"]),
            cards=tuple(Card._read(e) for e in d["cards"]),
            client=Client._read(d["client"]),
            counts=OverviewCounts._read(d["counts"]),
            has_active_pass=d["has_active_pass"],
            name=d["name"],
            passes=tuple(PassView._read(e) for e in d["passes"]),
            spent=tuple(Money._read(e) for e in d["spent"]),
            tags=tuple(d["tags"]),
            visit_count=d["visit_count"],
            visits=tuple(Visit._read(e) for e in d["visits"]),
            warnings=tuple(_read_Warning(e) for e in d["warnings"]),
            age=d.get("age"),
            inside=None if d.get("inside") is None else Visit._read(d.get("inside")),
            last_visit=None if d.get("last_visit") is None else read_instant(d.get("last_visit")),
            switched_off=None if d.get("switched_off") is None else tuple(d.get("switched_off")),
        )


@dataclass(frozen=True)
class Draft:
    """A client to add, made of what was typed: a name, or a phone number, or an e-mail address."""

    email: Email | None = None
    """E-mail address."""
    first_name: str | None = None
    """First name, capitalised as typed."""
    last_name: str | None = None
    """Last name, capitalised as typed."""
    phone: Phone | None = None
    """Phone number."""

    @classmethod
    def _read(cls, d: Any) -> Draft:
        return cls(
            email=d.get("email"),
            first_name=d.get("first_name"),
            last_name=d.get("last_name"),
            phone=d.get("phone"),
        )


SearchField: TypeAlias = Literal['name', 'phone', 'email', 'card', 'pass', 'external_id', 'client']
"""What of a client matched."""


SearchHow: TypeAlias = Literal['exact', 'prefix', 'part']
"""How much of it matched, the best first."""


SearchSpelling: TypeAlias = Literal['typed', 'alias', 'keyboard']
"""By which spelling it matched, the best first."""


@dataclass(frozen=True)
class SearchMatch:
    """What of a client matched, and how."""

    field: SearchField
    """What of the client it was."""
    how: SearchHow
    """How much of it matched."""
    spelling: SearchSpelling
    """By which spelling."""

    @classmethod
    def _read(cls, d: Any) -> SearchMatch:
        return cls(
            field=d["field"],
            how=d["how"],
            spelling=d["spelling"],
        )


@dataclass(frozen=True)
class SearchHit:
    """A client found, with what the desk shows."""

    archived: bool
    """Archived clients are kept but can do nothing."""
    client: ClientId
    """The client."""
    inside: bool
    """Whether the client is in a zone now."""
    kind: ClientKind
    """Person or company."""
    matched: SearchMatch
    """What matched, and how."""
    name: str
    """First and last name."""
    birth_date: date | None = None
    """Date of birth."""
    email: Email | None = None
    """E-mail address as it was given."""
    has_pass: bool | None = None
    """Whether a pass can be used now, where that was asked for."""
    last_visit: Instant | None = None
    """When the last visit began."""
    phone: Phone | None = None
    """Phone number, E.164."""

    @classmethod
    def _read(cls, d: Any) -> SearchHit:
        return cls(
            archived=d["archived"],
            client=d["client"],
            inside=d["inside"],
            kind=d["kind"],
            matched=SearchMatch._read(d["matched"]),
            name=d["name"],
            birth_date=None if d.get("birth_date") is None else date.fromisoformat(d.get("birth_date")),
            email=d.get("email"),
            has_pass=d.get("has_pass"),
            last_visit=None if d.get("last_visit") is None else read_instant(d.get("last_visit")),
            phone=d.get("phone"),
        )


@dataclass(frozen=True)
class ClientSearched:
    """The clients found."""

    hits: Sequence[SearchHit]
    """The best match first."""
    more: bool
    """True where more than `limit` were found."""
    draft: Draft | None = None
    """Where nobody was found: what is filled in for a new client."""

    @classmethod
    def _read(cls, d: Any) -> ClientSearched:
        return cls(
            hits=tuple(SearchHit._read(e) for e in d["hits"]),
            more=d["more"],
            draft=None if d.get("draft") is None else Draft._read(d.get("draft")),
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
class CardDone:
    """A card was blocked, freed or given back."""

    card: CardId
    """Its id."""
    client: ClientId
    """Its client."""
    state: CardState
    """What it is now."""

    @classmethod
    def _read(cls, d: Any) -> CardDone:
        return cls(
            card=d["card"],
            client=d["client"],
            state=d["state"],
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


PlanField: TypeAlias = Literal['name', 'colour', 'services', 'categories', 'venues', 'usage', 'life']
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
    life: LifeRules | None = None
    """What may be done with its passes after the sale: all of these rules."""
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
    usage: UseRules | None = None
    """For whom, where and when its passes can be used, and how often: all of these rules."""
    venues: Sequence[VenueId] | None = None
    """The venues where its passes can be used."""

    @classmethod
    def _read(cls, d: Any) -> PlanSet:
        return cls(
            categories=None if d.get("categories") is None else tuple(d.get("categories")),
            channels=None if d.get("channels") is None else tuple(d.get("channels")),
            colour=d.get("colour"),
            kind=None if d.get("kind") is None else _read_PlanKind(d.get("kind")),
            life=None if d.get("life") is None else LifeRules._read(d.get("life")),
            name=d.get("name"),
            price=None if d.get("price") is None else Money._read(d.get("price")),
            priority=d.get("priority"),
            services=None if d.get("services") is None else tuple(d.get("services")),
            start=None if d.get("start") is None else _read_StartRule(d.get("start")),
            tax=None if d.get("tax") is None else Decimal(d.get("tax")),
            usage=None if d.get("usage") is None else UseRules._read(d.get("usage")),
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
    life: LifeRules | None = None
    """What may be done with its passes after the sale."""
    name: str | None = None
    """The name; may be empty for visits."""
    usage: UseRules | None = None
    """For whom, where and when its passes can be used, and how often."""

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
            life=None if d.get("life") is None else LifeRules._read(d.get("life")),
            name=d.get("name"),
            usage=None if d.get("usage") is None else UseRules._read(d.get("usage")),
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
    charged: Sequence[BookingId] | None = None
    """The bookings made before that it pays now."""
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
            charged=None if d.get("charged") is None else tuple(d.get("charged")),
            ends=None if d.get("ends") is None else read_instant(d.get("ends")),
            lot=d.get("lot"),
            starts=None if d.get("starts") is None else read_instant(d.get("starts")),
        )


SaleCovers: TypeAlias = Literal['new_only', 'booked']
"""Which bookings a pass pays."""


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

    ends: Instant
    """From when it cannot be used any more."""
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
    group: GroupId | None = None
    """The transfers of the cancellation; none if it was cancelled for its end."""

    @classmethod
    def _read(cls, d: Any) -> PassCancelled:
        return cls(
            ends=read_instant(d["ends"]),
            lapsed=Money._read(d["lapsed"]),
            pass_=d["pass"],
            recognised=Money._read(d["recognised"]),
            refunded=Money._read(d["refunded"]),
            version=d["version"],
            group=d.get("group"),
        )


CancelWhen: TypeAlias = Literal['now', 'at_end']
"""When a pass is cancelled."""


DenyReason: TypeAlias = Literal['unknown_card', 'card_blocked', 'unknown_client', 'client_archived', 'unknown_service', 'clock', 'wrong_sex', 'sex_unknown', 'already_inside', 'no_pass', 'pass_not_held', 'not_started', 'expired', 'exhausted', 'insufficient_credit', 'no_price', 'cancelled', 'plan_deleted', 'service_not_covered', 'venue_not_covered', 'zone_not_covered', 'too_young', 'too_old', 'age_unknown', 'outside_hours', 'day_limit', 'week_limit', 'month_limit', 'use_limit', 'too_soon', 'frozen', 'transferred', 'replaced', 'error']
"""Why the door stays shut. A closed list: every refusal has one of these."""


@dataclass(frozen=True)
class RuleVerdict:
    """One rule that spoke against an entry, or against paying it with one pass."""

    reason: DenyReason
    """What it says."""
    missing: str | None = None
    """How much is missing: visits, or credit with its currency, such as `20.00 EUR`."""
    pass_: PassId | None = field(default=None, metadata={"json": "pass"})
    """The pass it speaks about; none if about the client, the card or the request."""
    until: Instant | None = None
    """When it will stop speaking, or when what it speaks about ended."""

    @classmethod
    def _read(cls, d: Any) -> RuleVerdict:
        return cls(
            reason=d["reason"],
            missing=d.get("missing"),
            pass_=d.get("pass"),
            until=None if d.get("until") is None else read_instant(d.get("until")),
        )


@dataclass(frozen=True)
class CannotPay:
    """A pass that does not pay."""

    kind: PlanTag
    """Its kind."""
    pass_: PassId = field(metadata={"json": "pass"})
    """The pass."""
    plan: PlanId
    """Its plan."""
    rules: Sequence[RuleVerdict]
    """Every reason why not."""

    @classmethod
    def _read(cls, d: Any) -> CannotPay:
        return cls(
            kind=d["kind"],
            pass_=d["pass"],
            plan=d["plan"],
            rules=tuple(RuleVerdict._read(e) for e in d["rules"]),
        )


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


@dataclass(frozen=True)
class Quoted:
    """What every pass of a client would do for a service."""

    cannot: Sequence[CannotPay]
    """The other passes, in the same order, each with every reason why not."""
    pays: Sequence[Payer]
    """The passes that pay, in the order in which they would."""
    reentry: bool
    """True where a re-entry within grace costs nothing."""
    rules: Sequence[RuleVerdict]
    """What speaks against the client or the card. While anything does, nothing is paid."""

    @classmethod
    def _read(cls, d: Any) -> Quoted:
        return cls(
            cannot=tuple(CannotPay._read(e) for e in d["cannot"]),
            pays=tuple(Payer._read(e) for e in d["pays"]),
            reentry=d["reentry"],
            rules=tuple(RuleVerdict._read(e) for e in d["rules"]),
        )


@dataclass(frozen=True)
class PassQuoted:
    """What the passes of a client would do for a service."""

    at: Instant
    """The instant for which this holds."""
    client: ClientId
    """The client."""
    quote: Quoted
    """Who would pay, and who not."""
    service: ServiceId | None = None
    """The service."""

    @classmethod
    def _read(cls, d: Any) -> PassQuoted:
        return cls(
            at=read_instant(d["at"]),
            client=d["client"],
            quote=Quoted._read(d["quote"]),
            service=d.get("service"),
        )


UseId: TypeAlias = int
"""The id of one use."""


@dataclass(frozen=True)
class PassUsed:
    """A pass was used."""

    client: ClientId
    """The client."""
    group: GroupId
    """Its transfers. A time pass has none under it."""
    pass_use: UseId
    """The use."""
    payer: Payer
    """The pass that paid, with what is left on it."""
    rules: Sequence[RuleVerdict]
    """What spoke against the passes before it."""

    @classmethod
    def _read(cls, d: Any) -> PassUsed:
        return cls(
            client=d["client"],
            group=d["group"],
            pass_use=d["pass_use"],
            payer=Payer._read(d["payer"]),
            rules=tuple(RuleVerdict._read(e) for e in d["rules"]),
        )


FreezeId: TypeAlias = int
"""The id of one freeze."""


@dataclass(frozen=True)
class PassFrozen:
    """A pass was frozen."""

    bookings: Sequence[BookingId]
    """Bookings with this pass that fall into the freeze, up to 100. They stand: move them or call them off."""
    fee: Money
    """What it cost, tax included."""
    freeze: FreezeId
    """The freeze."""
    from_: date = field(metadata={"json": "from"})
    """Its first day."""
    pass_: PassId = field(metadata={"json": "pass"})
    """The pass."""
    until: date
    """The day on which the pass can be used again."""
    version: int
    """Its new version."""
    days_left: int | None = None
    """How many days the plan still allows; none for any number."""
    ends: Instant | None = None
    """The new end of the pass; none for ever."""
    group: GroupId | None = None
    """The transfers of the fee, if one was paid."""
    times_left: int | None = None
    """How many times the plan still allows; none for any number."""

    @classmethod
    def _read(cls, d: Any) -> PassFrozen:
        return cls(
            bookings=tuple(d["bookings"]),
            fee=Money._read(d["fee"]),
            freeze=d["freeze"],
            from_=date.fromisoformat(d["from"]),
            pass_=d["pass"],
            until=date.fromisoformat(d["until"]),
            version=d["version"],
            days_left=d.get("days_left"),
            ends=None if d.get("ends") is None else read_instant(d.get("ends")),
            group=d.get("group"),
            times_left=d.get("times_left"),
        )


@dataclass(frozen=True)
class PassUnfrozen:
    """A freeze was ended or called off."""

    days_back: int
    """How many days were not used."""
    ended: date
    """The day on which it was over; its first day if it was called off."""
    freeze: FreezeId
    """The freeze."""
    pass_: PassId = field(metadata={"json": "pass"})
    """The pass."""
    version: int
    """Its new version."""
    ends: Instant | None = None
    """The new end of the pass; none for ever."""

    @classmethod
    def _read(cls, d: Any) -> PassUnfrozen:
        return cls(
            days_back=d["days_back"],
            ended=date.fromisoformat(d["ended"]),
            freeze=d["freeze"],
            pass_=d["pass"],
            version=d["version"],
            ends=None if d.get("ends") is None else read_instant(d.get("ends")),
        )


@dataclass(frozen=True)
class PassesFrozen:
    """Passes were frozen."""

    count: int
    """How many."""
    more: bool
    """True where more passes follow; call again with `after`."""
    last: PassId | None = None
    """The last pass that was looked at."""

    @classmethod
    def _read(cls, d: Any) -> PassesFrozen:
        return cls(
            count=d["count"],
            more=d["more"],
            last=d.get("last"),
        )


@dataclass(frozen=True)
class PassChanged:
    """A pass was changed."""

    pass_: PassId = field(metadata={"json": "pass"})
    """The pass."""
    version: int
    """Its new version."""
    ends: Instant | None = None
    """Its end; none for ever."""

    @classmethod
    def _read(cls, d: Any) -> PassChanged:
        return cls(
            pass_=d["pass"],
            version=d["version"],
            ends=None if d.get("ends") is None else read_instant(d.get("ends")),
        )


PassField: TypeAlias = Literal['notes', 'cancel_at_end', 'dunning']
"""A field of a pass that can be taken away."""


@dataclass(frozen=True)
class PassSet:
    """What is set on a pass."""

    auto_renew: bool | None = None
    """Whether it renews by itself."""
    notes: str | None = None
    """Notes for the reception, 1 to 2000 characters."""
    through: date | None = None
    """Its last day, earlier or later than it was; not before now, and not before a use."""

    @classmethod
    def _read(cls, d: Any) -> PassSet:
        return cls(
            auto_renew=d.get("auto_renew"),
            notes=d.get("notes"),
            through=None if d.get("through") is None else date.fromisoformat(d.get("through")),
        )


PassAct: TypeAlias = Literal['sell', 'start', 'freeze', 'freeze_all', 'unfreeze', 'visit', 'extend', 'change', 'renew', 'renewal_failed', 'transfer', 'replace', 'cancel', 'cancel_at_end', 'reverse', 'import']
"""What was done to a pass."""


@dataclass(frozen=True)
class PassTerms:
    """What can change of a pass."""

    client: ClientId
    """Who holds it."""
    status: PassStatus
    """What the desk did to it."""
    auto_renew: bool | None = None
    """Whether it renews by itself."""
    cancel_at_end: bool | None = None
    """Whether it was cancelled for its end."""
    dunning: Dunning | None = None
    """That the payment of its renewal has failed."""
    ends: Instant | None = None
    """The instant at which it has ended."""
    frozen: Sequence[Frozen] | None = None
    """When it is frozen."""
    next: PassId | None = None
    """The pass that renews it, or takes over."""
    notes: str | None = None
    """Notes for the reception."""
    starts: Instant | None = None
    """Its first instant."""

    @classmethod
    def _read(cls, d: Any) -> PassTerms:
        return cls(
            client=d["client"],
            status=d["status"],
            auto_renew=d.get("auto_renew"),
            cancel_at_end=d.get("cancel_at_end"),
            dunning=None if d.get("dunning") is None else Dunning._read(d.get("dunning")),
            ends=None if d.get("ends") is None else read_instant(d.get("ends")),
            frozen=None if d.get("frozen") is None else tuple(Frozen._read(e) for e in d.get("frozen")),
            next=d.get("next"),
            notes=d.get("notes"),
            starts=None if d.get("starts") is None else read_instant(d.get("starts")),
        )


@dataclass(frozen=True)
class PassEvent:
    """One thing that was done to a pass, with what it was before and after."""

    act: PassAct
    """What was done."""
    after: PassTerms
    """What it was after."""
    at: Instant
    """When."""
    pass_: PassId = field(metadata={"json": "pass"})
    """The pass."""
    version: int
    """The version that this made; of a start by first use, which makes none, the version that started."""
    before: PassTerms | None = None
    """What it was before; nothing where it began."""
    line: int | None = None
    """Its place in the history of the pass: they grow, and have gaps."""
    operator: OperatorId | None = None
    """Who did it."""
    reason: str | None = None
    """Why, for people."""

    @classmethod
    def _read(cls, d: Any) -> PassEvent:
        return cls(
            act=d["act"],
            after=PassTerms._read(d["after"]),
            at=read_instant(d["at"]),
            pass_=d["pass"],
            version=d["version"],
            before=None if d.get("before") is None else PassTerms._read(d.get("before")),
            line=d.get("line"),
            operator=d.get("operator"),
            reason=d.get("reason"),
        )


@dataclass(frozen=True)
class PassEvents:
    """What was done to a pass."""

    events: Sequence[PassEvent]
    """What was done to it, the latest first."""
    more: bool
    """True where more follow; ask again with `after`."""
    pass_: PassId = field(metadata={"json": "pass"})
    """The pass."""
    sold: Instant
    """When it was sold."""

    @classmethod
    def _read(cls, d: Any) -> PassEvents:
        return cls(
            events=tuple(PassEvent._read(e) for e in d["events"]),
            more=d["more"],
            pass_=d["pass"],
            sold=read_instant(d["sold"]),
        )


@dataclass(frozen=True)
class DueRenewal:
    """A pass whose renewal is due."""

    amount: Money
    """The price of the plan now, tax included."""
    client: ClientId
    """Who holds it."""
    due: Instant
    """Since when it is due."""
    ends: Instant
    """Its end."""
    pass_: PassId = field(metadata={"json": "pass"})
    """The pass."""
    plan: PlanId
    """The plan of its renewal."""
    dunning: Dunning | None = None
    """That its payment has failed."""

    @classmethod
    def _read(cls, d: Any) -> DueRenewal:
        return cls(
            amount=Money._read(d["amount"]),
            client=d["client"],
            due=read_instant(d["due"]),
            ends=read_instant(d["ends"]),
            pass_=d["pass"],
            plan=d["plan"],
            dunning=None if d.get("dunning") is None else Dunning._read(d.get("dunning")),
        )


@dataclass(frozen=True)
class RenewalsDue:
    """A page of what is due."""

    more: bool
    """True where more follow; ask again with `after`."""
    renewals: Sequence[DueRenewal]
    """By their end."""

    @classmethod
    def _read(cls, d: Any) -> RenewalsDue:
        return cls(
            more=d["more"],
            renewals=tuple(DueRenewal._read(e) for e in d["renewals"]),
        )


@dataclass(frozen=True)
class RenewalNoted:
    """A failed payment was recorded."""

    dunning: Dunning
    """How often it failed."""
    pass_: PassId = field(metadata={"json": "pass"})
    """The pass."""
    version: int
    """Its new version."""

    @classmethod
    def _read(cls, d: Any) -> RenewalNoted:
        return cls(
            dunning=Dunning._read(d["dunning"]),
            pass_=d["pass"],
            version=d["version"],
        )


@dataclass(frozen=True)
class PassTransferred:
    """A pass was given to another client."""

    fee: Money
    """What it cost, tax included."""
    new: PassId
    """The pass that the other client holds now."""
    pass_: PassId = field(metadata={"json": "pass"})
    """The pass that was given."""
    value: Money
    """The value that went over, net of tax."""
    version: int
    """Its new version."""
    account: AccountId | None = None
    """The account of its visits or credit."""
    ends: Instant | None = None
    """Its end; none for ever, or until the first use."""
    fee_group: GroupId | None = None
    """The transfers of the fee, if one was paid."""
    group: GroupId | None = None
    """The transfers of what went over."""

    @classmethod
    def _read(cls, d: Any) -> PassTransferred:
        return cls(
            fee=Money._read(d["fee"]),
            new=d["new"],
            pass_=d["pass"],
            value=Money._read(d["value"]),
            version=d["version"],
            account=d.get("account"),
            ends=None if d.get("ends") is None else read_instant(d.get("ends")),
            fee_group=d.get("fee_group"),
            group=d.get("group"),
        )


@dataclass(frozen=True)
class PassReplaced:
    """A pass was changed for one of another plan."""

    credit: Money
    """What it was still worth, tax included; nothing where it goes on until its end."""
    due: Money
    """What is to be paid beside it."""
    new: PassSold
    """The new pass."""
    pass_: PassId = field(metadata={"json": "pass"})
    """The pass that was given back."""
    refunded: Money
    """What is given back."""
    version: int
    """Its new version."""

    @classmethod
    def _read(cls, d: Any) -> PassReplaced:
        return cls(
            credit=Money._read(d["credit"]),
            due=Money._read(d["due"]),
            new=PassSold._read(d["new"]),
            pass_=d["pass"],
            refunded=Money._read(d["refunded"]),
            version=d["version"],
        )


ReplaceWhen: TypeAlias = Literal['now', 'at_end']
"""When a pass is changed for one of another plan."""


BookingState: TypeAlias = Literal['booked', 'attended', 'cancelled', 'missed']
"""What became of a booking."""


@dataclass(frozen=True)
class BookingDone:
    """A booking was made or attended."""

    booking: BookingId
    """Its id."""
    rules: Sequence[RuleVerdict]
    """What spoke against the passes that do not pay."""
    state: BookingState
    """What became of it."""
    version: int
    """Its version."""
    group: GroupId | None = None
    """The transfers of that use."""
    pass_use: UseId | None = None
    """The use, if it was charged now."""
    payer: Payer | None = None
    """The pass that pays, with what is left on it where it was charged; none if nothing pays."""
    visit: VisitId | None = None
    """The visit in which it was attended, if the client came in by a door."""

    @classmethod
    def _read(cls, d: Any) -> BookingDone:
        return cls(
            booking=d["booking"],
            rules=tuple(RuleVerdict._read(e) for e in d["rules"]),
            state=d["state"],
            version=d["version"],
            group=d.get("group"),
            pass_use=d.get("pass_use"),
            payer=None if d.get("payer") is None else Payer._read(d.get("payer")),
            visit=d.get("visit"),
        )


@dataclass(frozen=True)
class BookingCancelled:
    """A booking was called off."""

    booking: BookingId
    """Its id."""
    version: int
    """Its version."""
    given_back: GroupId | None = None
    """The transfers that gave back what it took; none if nothing was, or the pass was closed since."""

    @classmethod
    def _read(cls, d: Any) -> BookingCancelled:
        return cls(
            booking=d["booking"],
            version=d["version"],
            given_back=d.get("given_back"),
        )


@dataclass(frozen=True)
class Booking:
    """A service for a client at an instant to come."""

    booking: BookingId
    """The id."""
    client: ClientId
    """Who comes."""
    made: Instant
    """When it was made."""
    service: ServiceId
    """For what."""
    starts: Instant
    """When it begins."""
    state: BookingState
    """What became of it."""
    venue: VenueId
    """Where."""
    version: int
    """Grows by one with every change."""
    group: GroupId | None = None
    """The transfers of that use."""
    pass_: PassId | None = field(default=None, metadata={"json": "pass"})
    """The pass that pays, or is going to when it is attended; none while nothing does."""
    pass_use: UseId | None = None
    """The use that paid."""
    visit: VisitId | None = None
    """The visit in which it was attended, where the client came in by a door."""

    @classmethod
    def _read(cls, d: Any) -> Booking:
        return cls(
            booking=d["booking"],
            client=d["client"],
            made=read_instant(d["made"]),
            service=d["service"],
            starts=read_instant(d["starts"]),
            state=d["state"],
            venue=d["venue"],
            version=d["version"],
            group=d.get("group"),
            pass_=d.get("pass"),
            pass_use=d.get("pass_use"),
            visit=d.get("visit"),
        )


@dataclass(frozen=True)
class BookingView:
    """A booking, what it is at the time of the request, and whether it is paid."""

    booking: Booking
    """The booking."""
    is_paid: bool
    """Whether a use of a pass paid for it and was not reversed."""
    state: BookingState
    """What became of it: missed too, which nobody writes down."""

    @classmethod
    def _read(cls, d: Any) -> BookingView:
        return cls(
            booking=Booking._read(d["booking"]),
            is_paid=d["is_paid"],
            state=d["state"],
        )


@dataclass(frozen=True)
class BookingListed:
    """A page of bookings."""

    bookings: Sequence[BookingView]
    """The bookings."""
    more: bool
    """True where more follow; ask again with `after`."""

    @classmethod
    def _read(cls, d: Any) -> BookingListed:
        return cls(
            bookings=tuple(BookingView._read(e) for e in d["bookings"]),
            more=d["more"],
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
class Adjusted:
    """An account was corrected."""

    account: AccountId
    """The account."""
    group: GroupId
    """The transfers."""
    lots: Sequence[Take]
    """The lots that something was taken from; of money given, what of it paid a debt."""
    rest: str
    """What is there after it, in the unit."""
    unit: str
    """What it counts."""
    lapsed: Money | None = None
    """The value that lapsed with what was taken away, net of tax; none for money."""
    lot: LotId | None = None
    """The lot of what was given."""

    @classmethod
    def _read(cls, d: Any) -> Adjusted:
        return cls(
            account=d["account"],
            group=d["group"],
            lots=tuple(Take._read(e) for e in d["lots"]),
            rest=d["rest"],
            unit=d["unit"],
            lapsed=None if d.get("lapsed") is None else Money._read(d.get("lapsed")),
            lot=d.get("lot"),
        )


@dataclass(frozen=True)
class AccountMoved:
    """Money moved on an account."""

    account: AccountId
    """The account."""
    balance: Money
    """What is there after it."""
    debt: Money
    """What is owed on the account after it."""
    group: GroupId
    """The transfers."""
    lots: Sequence[Take]
    """The lots used by a charge; of a top-up, what of it paid a debt."""
    lot: LotId | None = None
    """The lot granted by a top-up."""

    @classmethod
    def _read(cls, d: Any) -> AccountMoved:
        return cls(
            account=d["account"],
            balance=Money._read(d["balance"]),
            debt=Money._read(d["debt"]),
            group=d["group"],
            lots=tuple(Take._read(e) for e in d["lots"]),
            lot=d.get("lot"),
        )


AccountHolder: TypeAlias = Literal['client', 'company']
"""Whose account pays."""


@dataclass(frozen=True)
class AccountLimited:
    """How far an account may be used."""

    account: AccountId
    """The account."""
    debt: Money
    """What is owed on it."""
    limit: Money
    """How far beyond what is on it."""

    @classmethod
    def _read(cls, d: Any) -> AccountLimited:
        return cls(
            account=d["account"],
            debt=Money._read(d["debt"]),
            limit=Money._read(d["limit"]),
        )


TransferReason: TypeAlias = Literal['sale', 'tax', 'grant', 'top_up', 'bonus', 'charge', 'use', 'recognition', 'time_recognition', 'breakage', 'forfeit', 'refund', 'tax_refund', 'fee', 'handover', 'credit', 'adjustment', 'reversal', 'opening']
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
    """The balance after it, in the order of the statement."""
    business_date: date
    """The business date it was posted to."""
    lots: Sequence[Take]
    """The lots it used, or gave back to."""
    reason: TransferReason
    """Why."""
    transfer: TransferId
    """The transfer."""
    note: str | None = None
    """Of a correction or reversal by hand: why."""
    operator: OperatorId | None = None
    """Of a correction or reversal by hand: by whom."""

    @classmethod
    def _read(cls, d: Any) -> StatementLine:
        return cls(
            amount=d["amount"],
            at=read_instant(d["at"]),
            balance=d["balance"],
            business_date=date.fromisoformat(d["business_date"]),
            lots=tuple(Take._read(e) for e in d["lots"]),
            reason=d["reason"],
            transfer=d["transfer"],
            note=d.get("note"),
            operator=d.get("operator"),
        )


@dataclass(frozen=True)
class Statement:
    """The movements of an account."""

    account: AccountId
    """The account."""
    closing: str
    """The balance after the last line."""
    lines: Sequence[StatementLine]
    """In the order asked for, then in the order of entry."""
    more: bool
    """True where more follow; ask again with `after`."""
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


StatementOrder: TypeAlias = Literal['value', 'entry']
"""In which order a statement lists movements."""


@dataclass(frozen=True)
class PassImported:
    """A pass was taken over."""

    group: GroupId
    """The transfers."""
    owed: Money
    """The same net of tax: the value that was still owed."""
    pass_: PassId = field(metadata={"json": "pass"})
    """Its id."""
    price: Money
    """What it was worth when it was taken over, tax included."""
    state: PassState
    """Its state now."""
    account: AccountId | None = None
    """The account of its visits or credit."""
    ends: Instant | None = None
    """The instant at which it has ended; none for ever, or until the first use."""
    lot: LotId | None = None
    """The lot of what was left."""
    repeated: bool | None = None
    """It had been taken over before: nothing was done."""
    starts: Instant | None = None
    """Its first instant; none until the first use."""

    @classmethod
    def _read(cls, d: Any) -> PassImported:
        return cls(
            group=d["group"],
            owed=Money._read(d["owed"]),
            pass_=d["pass"],
            price=Money._read(d["price"]),
            state=d["state"],
            account=d.get("account"),
            ends=None if d.get("ends") is None else read_instant(d.get("ends")),
            lot=d.get("lot"),
            repeated=d.get("repeated"),
            starts=None if d.get("starts") is None else read_instant(d.get("starts")),
        )


@dataclass(frozen=True)
class AccountImported:
    """A balance was taken over."""

    account: AccountId
    """The account."""
    balance: Money
    """What can be spent now."""
    debt: Money
    """What is owed on the account now."""
    group: GroupId
    """The transfers."""
    taken_over: Money
    """The balance that was taken over."""
    lot: LotId | None = None
    """The lot of it; none of a debt."""
    repeated: bool | None = None
    """It had been taken over before: nothing was done."""

    @classmethod
    def _read(cls, d: Any) -> AccountImported:
        return cls(
            account=d["account"],
            balance=Money._read(d["balance"]),
            debt=Money._read(d["debt"]),
            group=d["group"],
            taken_over=Money._read(d["taken_over"]),
            lot=d.get("lot"),
            repeated=d.get("repeated"),
        )


OpeningKind: TypeAlias = Literal['pass', 'account']
"""What came from an older system."""


@dataclass(frozen=True)
class OpeningTotal:
    """What was taken over of one kind, unit and currency."""

    count: int
    """How many."""
    kind: OpeningKind
    """Passes, or balances."""
    owed: Money
    """Of passes, the value still owed, net of tax; of balances, the balances less the debts."""
    debt: str | None = None
    """Debts together, in the unit; none for passes."""
    rest: str | None = None
    """What was left on them together, in the unit; debts are not taken off. None for passes of time."""
    unit: str | None = None
    """What `rest` counts; none for passes of time."""

    @classmethod
    def _read(cls, d: Any) -> OpeningTotal:
        return cls(
            count=d["count"],
            kind=d["kind"],
            owed=Money._read(d["owed"]),
            debt=d.get("debt"),
            rest=d.get("rest"),
            unit=d.get("unit"),
        )


@dataclass(frozen=True)
class Openings:
    """What was taken over from older systems."""

    totals: Sequence[OpeningTotal]
    """By kind, unit and currency. Together they are what the counter-account of opening balances was debited."""
    venue: VenueId
    """The venue."""

    @classmethod
    def _read(cls, d: Any) -> Openings:
        return cls(
            totals=tuple(OpeningTotal._read(e) for e in d["totals"]),
            venue=d["venue"],
        )


@dataclass(frozen=True)
class HoldPart:
    """What a hold holds of one lot."""

    account: AccountId
    """The account."""
    amount: int
    """How much was placed, in the account's unit."""
    held: int
    """How much of it is still held, in the account's unit."""
    lot: LotId
    """The lot."""
    pass_: PassId | None = field(default=None, metadata={"json": "pass"})
    """The pass that the account belongs to; none for money."""

    @classmethod
    def _read(cls, d: Any) -> HoldPart:
        return cls(
            account=d["account"],
            amount=d["amount"],
            held=d["held"],
            lot=d["lot"],
            pass_=d.get("pass"),
        )


@dataclass(frozen=True)
class HoldPlaced:
    """A hold was placed."""

    expires: Instant
    """When it runs out by itself."""
    hold: HoldId
    """Its id."""
    parts: Sequence[HoldPart]
    """What it holds."""

    @classmethod
    def _read(cls, d: Any) -> HoldPlaced:
        return cls(
            expires=read_instant(d["expires"]),
            hold=d["hold"],
            parts=tuple(HoldPart._read(e) for e in d["parts"]),
        )


@dataclass(frozen=True)
class OverCapturePercent:
    """A part of what was placed on each account, up to 100, rounded down."""

    _choice: ClassVar[str] = "percent"
    _newtype: ClassVar[bool] = True
    value: Percent

    @classmethod
    def _read(cls, d: Any) -> OverCapturePercent:
        return cls(
            value=Decimal(d["value"]),
        )


@dataclass(frozen=True)
class OverCaptureAmount:
    """An amount of money, for the account in this currency."""

    _choice: ClassVar[str] = "amount"
    _newtype: ClassVar[bool] = True
    value: Money

    @classmethod
    def _read(cls, d: Any) -> OverCaptureAmount:
        return cls(
            value=Money._read(d["value"]),
        )


OverCapture: TypeAlias = OverCapturePercent | OverCaptureAmount
"""How much more than it holds may be captured, once, with the capture that ends the hold."""


def _read_OverCapture(d: Any) -> OverCapture:
    if isinstance(d, str):
        return d  # type: ignore[return-value]
    (word, inner), = d.items()
    if word == "percent":
        return OverCapturePercent._read({"value": inner})
    if word == "amount":
        return OverCaptureAmount._read({"value": inner})
    raise ValueError(word)


@dataclass(frozen=True)
class HoldAmountMoney:
    """Money of the client's account in this currency."""

    _choice: ClassVar[str] = "money"
    _newtype: ClassVar[bool] = True
    value: Money

    @classmethod
    def _read(cls, d: Any) -> HoldAmountMoney:
        return cls(
            value=Money._read(d["value"]),
        )


@dataclass(frozen=True)
class HoldAmountVisits:
    """Visits of a pass."""

    _choice: ClassVar[str] = "visits"
    _newtype: ClassVar[bool] = False
    pass_: PassId = field(metadata={"json": "pass"})
    """The pass."""
    visits: int
    """How many, 1 to 100 000."""

    @classmethod
    def _read(cls, d: Any) -> HoldAmountVisits:
        return cls(
            pass_=d["pass"],
            visits=d["visits"],
        )


@dataclass(frozen=True)
class HoldAmountCredit:
    """Credit of a pass."""

    _choice: ClassVar[str] = "credit"
    _newtype: ClassVar[bool] = False
    credit: Money
    """How much."""
    pass_: PassId = field(metadata={"json": "pass"})
    """The pass."""

    @classmethod
    def _read(cls, d: Any) -> HoldAmountCredit:
        return cls(
            credit=Money._read(d["credit"]),
            pass_=d["pass"],
        )


HoldAmount: TypeAlias = HoldAmountMoney | HoldAmountVisits | HoldAmountCredit
"""An amount of one account."""


def _read_HoldAmount(d: Any) -> HoldAmount:
    if isinstance(d, str):
        return d  # type: ignore[return-value]
    (word, inner), = d.items()
    if word == "money":
        return HoldAmountMoney._read({"value": inner})
    if word == "visits":
        return HoldAmountVisits._read(inner)
    if word == "credit":
        return HoldAmountCredit._read(inner)
    raise ValueError(word)


@dataclass(frozen=True)
class CapturedPart:
    """What was captured of one account."""

    account: AccountId
    """The account."""
    amount: str
    """How much, in the unit."""
    lots: Sequence[Take]
    """The lots it was taken from."""
    unit: str
    """What it counts."""
    pass_: PassId | None = field(default=None, metadata={"json": "pass"})
    """The pass that it belongs to."""

    @classmethod
    def _read(cls, d: Any) -> CapturedPart:
        return cls(
            account=d["account"],
            amount=d["amount"],
            lots=tuple(Take._read(e) for e in d["lots"]),
            unit=d["unit"],
            pass_=d.get("pass"),
        )


HoldState: TypeAlias = Literal['open', 'captured', 'released', 'expired']
"""What became of a hold."""


@dataclass(frozen=True)
class HoldCaptured:
    """A hold was captured."""

    captured: Sequence[CapturedPart]
    """What was captured, account by account."""
    group: GroupId
    """The transfers: one group for all accounts."""
    hold: HoldId
    """Its id."""
    state: HoldState
    """Captured, or still open."""
    version: int
    """Its new version."""

    @classmethod
    def _read(cls, d: Any) -> HoldCaptured:
        return cls(
            captured=tuple(CapturedPart._read(e) for e in d["captured"]),
            group=d["group"],
            hold=d["hold"],
            state=d["state"],
            version=d["version"],
        )


@dataclass(frozen=True)
class HoldReleased:
    """A hold was released."""

    hold: HoldId
    """Its id."""
    version: int
    """Its new version."""

    @classmethod
    def _read(cls, d: Any) -> HoldReleased:
        return cls(
            hold=d["hold"],
            version=d["version"],
        )


@dataclass(frozen=True)
class Hold:
    """An authorised amount over one or several accounts."""

    client: ClientId
    """Whose accounts."""
    expires: Instant
    """From this instant on it holds nothing, whether or not anybody has written that down."""
    hold: HoldId
    """The id."""
    parts: Sequence[HoldPart]
    """What it holds, account by account, lot by lot."""
    placed: Instant
    """When it was placed."""
    state: HoldState
    """What was written of it."""
    venue: VenueId
    """Where it was placed."""
    version: int
    """Grows by one with every change."""
    ended: Instant | None = None
    """When it was captured, released, or found expired."""
    group: GroupId | None = None
    """The transfers of its last capture."""
    more_up_to: OverCapture | None = None
    """How much more than it holds may be captured; nothing if left out."""
    reason: str | None = None
    """Why, for people."""

    @classmethod
    def _read(cls, d: Any) -> Hold:
        return cls(
            client=d["client"],
            expires=read_instant(d["expires"]),
            hold=d["hold"],
            parts=tuple(HoldPart._read(e) for e in d["parts"]),
            placed=read_instant(d["placed"]),
            state=d["state"],
            venue=d["venue"],
            version=d["version"],
            ended=None if d.get("ended") is None else read_instant(d.get("ended")),
            group=d.get("group"),
            more_up_to=None if d.get("more_up_to") is None else _read_OverCapture(d.get("more_up_to")),
            reason=d.get("reason"),
        )


@dataclass(frozen=True)
class HoldView:
    """A hold with what it is at the time of the request."""

    hold: Hold
    """What was written of it."""
    state: HoldState
    """What it is: one whose time is over has expired, though nobody has written that down."""

    @classmethod
    def _read(cls, d: Any) -> HoldView:
        return cls(
            hold=Hold._read(d["hold"]),
            state=d["state"],
        )


@dataclass(frozen=True)
class HoldListed:
    """A page of holds."""

    holds: Sequence[HoldView]
    """The holds."""
    more: bool
    """True where more follow; ask again with `after`."""

    @classmethod
    def _read(cls, d: Any) -> HoldListed:
        return cls(
            holds=tuple(HoldView._read(e) for e in d["holds"]),
            more=d["more"],
        )


@dataclass(frozen=True)
class MovementReversed:
    """A movement that was reversed, whole or in part."""

    amount: str
    """How much was moved back, in the unit."""
    left: str
    """How much of it can still be moved back."""
    lots: Sequence[Take]
    """What went back to lots, or was taken out of those that it had granted."""
    transfer: TransferId
    """Its first transfer."""
    unit: str
    """What it counts."""
    lot: LotId | None = None
    """A lot that was granted anew: within the grace of the plan, or for a debt that was paid since."""

    @classmethod
    def _read(cls, d: Any) -> MovementReversed:
        return cls(
            amount=d["amount"],
            left=d["left"],
            lots=tuple(Take._read(e) for e in d["lots"]),
            transfer=d["transfer"],
            unit=d["unit"],
            lot=d.get("lot"),
        )


@dataclass(frozen=True)
class TransferReversed:
    """What was moved back."""

    group: GroupId
    """The transfers of the reversal."""
    movements: Sequence[MovementReversed]
    """The movements that were reversed. None for a use of a time pass, which moved nothing."""

    @classmethod
    def _read(cls, d: Any) -> TransferReversed:
        return cls(
            group=d["group"],
            movements=tuple(MovementReversed._read(e) for e in d["movements"]),
        )


Outcome: TypeAlias = Literal['admitted', 'refused']
"""Whether the door opens."""


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
    conflict: ConflictId | None = None
    """Of a late entry that no pass pays: what somebody must settle. Its visit took place."""
    group: GroupId | None = None
    """The transfers of the use, if it moved anything."""
    pass_use: UseId | None = None
    """The use, if the rules of the pass count."""
    visit: VisitId | None = None
    """The visit, if the client was let in; of a late entry that no pass pays too: it took place."""

    @classmethod
    def _read(cls, d: Any) -> Entered:
        return cls(
            decision=Decision._read(d["decision"]),
            attempt=d.get("attempt"),
            conflict=d.get("conflict"),
            group=d.get("group"),
            pass_use=d.get("pass_use"),
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
    """The card last issued to the client, of those that open anything."""
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
class Conflict:
    """A late event that could not be covered by what is left now. Somebody must settle it."""

    at: Instant
    """When the event happened."""
    client: ClientId
    """Whose."""
    conflict: ConflictId
    """The id."""
    made: Instant
    """When it was entered."""
    reason: DenyReason
    """What could not be covered."""
    venue: VenueId
    """Where."""
    note: str | None = None
    """How, for people."""
    settled: Instant | None = None
    """When it was settled."""
    visit: VisitId | None = None
    """The visit that nothing paid for."""

    @classmethod
    def _read(cls, d: Any) -> Conflict:
        return cls(
            at=read_instant(d["at"]),
            client=d["client"],
            conflict=d["conflict"],
            made=read_instant(d["made"]),
            reason=d["reason"],
            venue=d["venue"],
            note=d.get("note"),
            settled=None if d.get("settled") is None else read_instant(d.get("settled")),
            visit=d.get("visit"),
        )


@dataclass(frozen=True)
class ConflictListed:
    """A page of conflicts."""

    conflicts: Sequence[Conflict]
    """The conflicts."""
    more: bool
    """True where more follow; ask again with `after`."""
    venue: VenueId
    """The venue."""

    @classmethod
    def _read(cls, d: Any) -> ConflictListed:
        return cls(
            conflicts=tuple(Conflict._read(e) for e in d["conflicts"]),
            more=d["more"],
            venue=d["venue"],
        )


@dataclass(frozen=True)
class ConflictSettled:
    """A conflict is settled."""

    conflict: ConflictId
    """The conflict."""
    settled: Instant
    """When."""

    @classmethod
    def _read(cls, d: Any) -> ConflictSettled:
        return cls(
            conflict=d["conflict"],
            settled=read_instant(d["settled"]),
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
    """For passes, fees and top-ups included, less refunds."""

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
class ServiceRendered:
    """How often a service was rendered."""

    bookings: int
    """Bookings of it that began in the period and were attended."""
    count: int
    """All of these."""
    service: ServiceId
    """The service."""
    uses: int
    """Uses of passes for it without a visit or a booking."""
    value: Money
    """The value that their uses earned, net of tax, less what was reversed. A time pass earns by its days: nothing here."""
    visits: int
    """Visits for it that began in the period."""
    name: str | None = None
    """Its name now."""

    @classmethod
    def _read(cls, d: Any) -> ServiceRendered:
        return cls(
            bookings=d["bookings"],
            count=d["count"],
            service=d["service"],
            uses=d["uses"],
            value=Money._read(d["value"]),
            visits=d["visits"],
            name=d.get("name"),
        )


@dataclass(frozen=True)
class ServicesRendered:
    """Services rendered in a period."""

    count: int
    """All of them."""
    services: Sequence[ServiceRendered]
    """By service, the most frequent first."""
    value: Money
    """The value that they earned, net of tax."""
    venue: VenueId
    """The venue."""

    @classmethod
    def _read(cls, d: Any) -> ServicesRendered:
        return cls(
            count=d["count"],
            services=tuple(ServiceRendered._read(e) for e in d["services"]),
            value=Money._read(d["value"]),
            venue=d["venue"],
        )


@dataclass(frozen=True)
class PlanOwed:
    """What is owed for the passes of one plan."""

    breakage: Money
    """Lapsed so far."""
    count: int
    """How many passes still owe something."""
    handed_over: Money
    """Handed over to other passes: to another client, or into a pass of another plan."""
    owed: Money
    """Still owed. `sold + taken_over = recognised + breakage + refunded + handed_over + owed`."""
    plan: PlanId
    """The plan."""
    recognised: Money
    """Given so far."""
    refunded: Money
    """Refunded so far, net of tax."""
    sold: Money
    """Sold over all time, net of tax, less what was taken back."""
    taken_over: Money
    """Taken over from other passes."""
    name: str | None = None
    """Its name now."""

    @classmethod
    def _read(cls, d: Any) -> PlanOwed:
        return cls(
            breakage=Money._read(d["breakage"]),
            count=d["count"],
            handed_over=Money._read(d["handed_over"]),
            owed=Money._read(d["owed"]),
            plan=d["plan"],
            recognised=Money._read(d["recognised"]),
            refunded=Money._read(d["refunded"]),
            sold=Money._read(d["sold"]),
            taken_over=Money._read(d["taken_over"]),
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
class AccountBooks:
    """The money on accounts of clients, what is owed on them taken off."""

    after: Money
    """When the period ended."""
    before: Money
    """When the period began."""
    change: Money
    """How it changed."""

    @classmethod
    def _read(cls, d: Any) -> AccountBooks:
        return cls(
            after=Money._read(d["after"]),
            before=Money._read(d["before"]),
            change=Money._read(d["change"]),
        )


Counter: TypeAlias = Literal['cash', 'card_terminal', 'bank', 'deferred_revenue', 'revenue', 'breakage', 'promotion_cost', 'tax_payable', 'opening_balance', 'issued', 'used', 'forfeited', 'adjustment', 'exchange']
"""The accounts of a venue that face those of clients and passes. Their balances are computed, never stored."""


@dataclass(frozen=True)
class CounterBooks:
    """One counter-account of the venue."""

    after: Money
    """Its balance when the period ended."""
    before: Money
    """Its balance when the period began. Tills, costs, corrections and opening balances count what they were debited,
all others what they were credited."""
    change: Money
    """How it changed."""
    counter: Counter
    """Which one."""

    @classmethod
    def _read(cls, d: Any) -> CounterBooks:
        return cls(
            after=Money._read(d["after"]),
            before=Money._read(d["before"]),
            change=Money._read(d["change"]),
            counter=d["counter"],
        )


@dataclass(frozen=True)
class OwedBooks:
    """What is owed for passes, net of tax: before, what moved it, and after.
`before + sold + taken_over = recognised + breakage + refunded + handed_over + after`."""

    after: Money
    """Owed when the period ended."""
    before: Money
    """Owed when the period began."""
    breakage: Money
    """Lapsed."""
    handed_over: Money
    """Handed over to other passes."""
    recognised: Money
    """Given."""
    refunded: Money
    """Refunded."""
    sold: Money
    """Sold, less sales that were reversed."""
    taken_over: Money
    """Taken over from other passes."""

    @classmethod
    def _read(cls, d: Any) -> OwedBooks:
        return cls(
            after=Money._read(d["after"]),
            before=Money._read(d["before"]),
            breakage=Money._read(d["breakage"]),
            handed_over=Money._read(d["handed_over"]),
            recognised=Money._read(d["recognised"]),
            refunded=Money._read(d["refunded"]),
            sold=Money._read(d["sold"]),
            taken_over=Money._read(d["taken_over"]),
        )


@dataclass(frozen=True)
class PlanBooks:
    """What is owed for the passes of one plan."""

    owed: OwedBooks
    """What is owed."""
    plan: PlanId
    """The plan."""
    name: str | None = None
    """Its name now."""

    @classmethod
    def _read(cls, d: Any) -> PlanBooks:
        return cls(
            owed=OwedBooks._read(d["owed"]),
            plan=d["plan"],
            name=d.get("name"),
        )


@dataclass(frozen=True)
class Books:
    """The books of a venue."""

    accounts: AccountBooks
    """The money on accounts of clients."""
    counters: Sequence[CounterBooks]
    """The counter-accounts with anything on them: tills, revenue, breakage, the cost of bonuses, tax payable, opening
balances, corrections."""
    owed: OwedBooks
    """All plans together. Its `after` is the balance of deferred revenue."""
    plans: Sequence[PlanBooks]
    """By plan, in the order of their ids."""
    venue: VenueId
    """The venue."""

    @classmethod
    def _read(cls, d: Any) -> Books:
        return cls(
            accounts=AccountBooks._read(d["accounts"]),
            counters=tuple(CounterBooks._read(e) for e in d["counters"]),
            owed=OwedBooks._read(d["owed"]),
            plans=tuple(PlanBooks._read(e) for e in d["plans"]),
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


@dataclass(frozen=True)
class ListedClient:
    """A client as the catalogue shows them."""

    added: Instant
    """When the client was added."""
    archived: bool
    """Whether the client is archived."""
    client: ClientId
    """The client."""
    in_debt: bool
    """Whether something is owed on a money account."""
    kind: ClientKind
    """Person or company."""
    name: str
    """First and last name."""
    visits: int
    """How many visits there were in all."""
    with_pass: bool
    """Whether a pass can be used now, those included that wait for their first use."""
    birth_date: date | None = None
    """Date of birth."""
    email: Email | None = None
    """E-mail address."""
    last_visit: Instant | None = None
    """When the last visit began."""
    phone: Phone | None = None
    """Phone number, E.164."""
    venue: VenueId | None = None
    """The venue that met the client first."""

    @classmethod
    def _read(cls, d: Any) -> ListedClient:
        return cls(
            added=read_instant(d["added"]),
            archived=d["archived"],
            client=d["client"],
            in_debt=d["in_debt"],
            kind=d["kind"],
            name=d["name"],
            visits=d["visits"],
            with_pass=d["with_pass"],
            birth_date=None if d.get("birth_date") is None else date.fromisoformat(d.get("birth_date")),
            email=d.get("email"),
            last_visit=None if d.get("last_visit") is None else read_instant(d.get("last_visit")),
            phone=d.get("phone"),
            venue=d.get("venue"),
        )


@dataclass(frozen=True)
class ClientListed:
    """A page of the catalogue."""

    clients: Sequence[ListedClient]
    """The clients in the order asked for."""
    next: str | None = None
    """Where more follow: what the next page is asked for with, as `after`. Holds a part of a name."""

    @classmethod
    def _read(cls, d: Any) -> ClientListed:
        return cls(
            clients=tuple(ListedClient._read(e) for e in d["clients"]),
            next=d.get("next"),
        )


ClientSort: TypeAlias = Literal['name', 'added', 'last_visit']
"""In which order a catalogue lists clients."""


@dataclass(frozen=True)
class ParameterValueText:
    """Words, up to 500 characters."""

    _choice: ClassVar[str] = "text"
    _newtype: ClassVar[bool] = True
    value: str

    @classmethod
    def _read(cls, d: Any) -> ParameterValueText:
        return cls(
            value=d["value"],
        )


@dataclass(frozen=True)
class ParameterValueNumber:
    """A number as decimal text, such as `62.5`: up to 28 digits."""

    _choice: ClassVar[str] = "number"
    _newtype: ClassVar[bool] = True
    value: str

    @classmethod
    def _read(cls, d: Any) -> ParameterValueNumber:
        return cls(
            value=d["value"],
        )


@dataclass(frozen=True)
class ParameterValueFlag:
    """Yes or no."""

    _choice: ClassVar[str] = "flag"
    _newtype: ClassVar[bool] = True
    value: bool

    @classmethod
    def _read(cls, d: Any) -> ParameterValueFlag:
        return cls(
            value=d["value"],
        )


ParameterValue: TypeAlias = ParameterValueText | ParameterValueNumber | ParameterValueFlag
"""The value of a parameter."""


def _read_ParameterValue(d: Any) -> ParameterValue:
    if isinstance(d, str):
        return d  # type: ignore[return-value]
    (word, inner), = d.items()
    if word == "text":
        return ParameterValueText._read({"value": inner})
    if word == "number":
        return ParameterValueNumber._read({"value": inner})
    if word == "flag":
        return ParameterValueFlag._read({"value": inner})
    raise ValueError(word)


@dataclass(frozen=True)
class Parameter:
    """A parameter of a visit."""

    name: str
    """Its name, 1 to 64 characters; blanks at the ends do not matter, letter case does."""
    value: ParameterValue
    """Its value."""

    @classmethod
    def _read(cls, d: Any) -> Parameter:
        return cls(
            name=d["name"],
            value=_read_ParameterValue(d["value"]),
        )


@dataclass(frozen=True)
class VisitParametersSet:
    """The parameters of a visit."""

    parameters: Sequence[Parameter]
    """All that it has now, by name."""
    visit: VisitId
    """The visit."""

    @classmethod
    def _read(cls, d: Any) -> VisitParametersSet:
        return cls(
            parameters=tuple(Parameter._read(e) for e in d["parameters"]),
            visit=d["visit"],
        )


@dataclass(frozen=True)
class LastParameter:
    """The last value that a parameter had."""

    entered: Instant
    """When that visit began."""
    name: str
    """Its name."""
    value: ParameterValue
    """Its value."""
    visit: VisitId
    """The visit that it is of."""

    @classmethod
    def _read(cls, d: Any) -> LastParameter:
        return cls(
            entered=read_instant(d["entered"]),
            name=d["name"],
            value=_read_ParameterValue(d["value"]),
            visit=d["visit"],
        )


@dataclass(frozen=True)
class LastParameters:
    """The last values of parameters."""

    parameters: Sequence[LastParameter]
    """By name, up to 200."""

    @classmethod
    def _read(cls, d: Any) -> LastParameters:
        return cls(
            parameters=tuple(LastParameter._read(e) for e in d["parameters"]),
        )


@dataclass(frozen=True)
class VisitView:
    """A visit with what is known of it."""

    given_back: bool
    """Whether something of the use was given back."""
    lots: Sequence[Take]
    """The lots that paid, and how much of each."""
    parameters: Sequence[Parameter]
    """The parameters, by name."""
    visit: Visit
    """The visit; its pass is the one that paid."""
    group: GroupId | None = None
    """The transfers of the use; none of a time pass, a re-entry, or what nothing paid."""

    @classmethod
    def _read(cls, d: Any) -> VisitView:
        return cls(
            given_back=d["given_back"],
            lots=tuple(Take._read(e) for e in d["lots"]),
            parameters=tuple(Parameter._read(e) for e in d["parameters"]),
            visit=Visit._read(d["visit"]),
            group=d.get("group"),
        )


@dataclass(frozen=True)
class ClientVisited:
    """A page of visits."""

    more: bool
    """True where more follow; ask again with `after`."""
    visits: Sequence[VisitView]
    """The visits, the latest first."""

    @classmethod
    def _read(cls, d: Any) -> ClientVisited:
        return cls(
            more=d["more"],
            visits=tuple(VisitView._read(e) for e in d["visits"]),
        )


HistoryKind: TypeAlias = Literal['visit', 'use', 'pass', 'money', 'booking', 'card', 'hold']
"""What a line of a client's history is about."""


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened to a client."""

    at: Instant
    """When: by value time."""
    kind: HistoryKind
    """What it is about; of the ids below, those of its kind are given."""
    act: PassAct | None = None
    """What was done to the pass."""
    amount: str | None = None
    """What it moved, in the unit: `12.50`."""
    booking: BookingId | None = None
    """The booking."""
    card: CardId | None = None
    """The card."""
    group: GroupId | None = None
    """The transfers that it belongs to."""
    hold: HoldId | None = None
    """The hold."""
    pass_: PassId | None = field(default=None, metadata={"json": "pass"})
    """The pass that it was done to, or that paid."""
    pass_use: UseId | None = None
    """The use."""
    quantity: int | None = None
    """How often the pass was used, less what went back."""
    reason: TransferReason | None = None
    """Why it was made."""
    service: ServiceId | None = None
    """The service of a visit, use or booking."""
    state: str | None = None
    """What is written now of a booking, card or hold."""
    transfer: TransferId | None = None
    """The transfer."""
    unit: str | None = None
    """The unit: a currency, `visits`, or `credit:` and a currency."""
    until: Instant | None = None
    """The end of a visit, the beginning of what was booked, the end of a hold, the return of a card."""
    visit: VisitId | None = None
    """The visit."""

    @classmethod
    def _read(cls, d: Any) -> HistoryLine:
        return cls(
            at=read_instant(d["at"]),
            kind=d["kind"],
            act=d.get("act"),
            amount=d.get("amount"),
            booking=d.get("booking"),
            card=d.get("card"),
            group=d.get("group"),
            hold=d.get("hold"),
            pass_=d.get("pass"),
            pass_use=d.get("pass_use"),
            quantity=d.get("quantity"),
            reason=d.get("reason"),
            service=d.get("service"),
            state=d.get("state"),
            transfer=d.get("transfer"),
            unit=d.get("unit"),
            until=None if d.get("until") is None else read_instant(d.get("until")),
            visit=d.get("visit"),
        )


@dataclass(frozen=True)
class ClientHappened:
    """A page of a client's history."""

    lines: Sequence[HistoryLine]
    """The latest first."""
    next: str | None = None
    """Where more follow: what the next page is asked for with, as `after`."""

    @classmethod
    def _read(cls, d: Any) -> ClientHappened:
        return cls(
            lines=tuple(HistoryLine._read(e) for e in d["lines"]),
            next=d.get("next"),
        )


@dataclass(frozen=True)
class PresentVisit:
    """A visit that was in the interval."""

    client: ClientId
    """The client."""
    entered: Instant
    """When it began."""
    name: str
    """First and last name."""
    venue: VenueId
    """Where."""
    visit: VisitId
    """The visit."""
    exited: Instant | None = None
    """When it ended; none while inside."""
    pass_: PassId | None = field(default=None, metadata={"json": "pass"})
    """The pass that paid."""

    @classmethod
    def _read(cls, d: Any) -> PresentVisit:
        return cls(
            client=d["client"],
            entered=read_instant(d["entered"]),
            name=d["name"],
            venue=d["venue"],
            visit=d["visit"],
            exited=None if d.get("exited") is None else read_instant(d.get("exited")),
            pass_=d.get("pass"),
        )


@dataclass(frozen=True)
class PresentBetween:
    """Who was there."""

    clients: int
    """How many clients were."""
    more: bool
    """True where more follow; ask again with `after`."""
    visits: Sequence[PresentVisit]
    """Their visits, by their beginning."""
    was_in: bool
    """Whether the client was there, or anybody."""

    @classmethod
    def _read(cls, d: Any) -> PresentBetween:
        return cls(
            clients=d["clients"],
            more=d["more"],
            visits=tuple(PresentVisit._read(e) for e in d["visits"]),
            was_in=d["was_in"],
        )


@dataclass(frozen=True)
class Frequency:
    """How often a client came."""

    client: ClientId
    """The client."""
    from_: Instant = field(metadata={"json": "from"})
    """From this instant on."""
    per_week: str
    """How many a week, decimal text with one digit: `2.0`."""
    to: Instant
    """Before this instant."""
    visits: int
    """How many visits began; a re-entry within the grace of the venue counts with the visit before."""

    @classmethod
    def _read(cls, d: Any) -> Frequency:
        return cls(
            client=d["client"],
            from_=read_instant(d["from"]),
            per_week=d["per_week"],
            to=read_instant(d["to"]),
            visits=d["visits"],
        )


@dataclass(frozen=True)
class FrequencyRank:
    """A client's place in the ranking."""

    client: ClientId
    """The client."""
    name: str
    """First and last name."""
    per_week: str
    """How many a week, decimal text with one digit."""
    rank: int
    """1 for the first; who came as often has the same, and the next rank counts all before it."""
    visits: int
    """How many visits began; a re-entry within grace counts with the visit before."""

    @classmethod
    def _read(cls, d: Any) -> FrequencyRank:
        return cls(
            client=d["client"],
            name=d["name"],
            per_week=d["per_week"],
            rank=d["rank"],
            visits=d["visits"],
        )


@dataclass(frozen=True)
class FrequencyRanking:
    """The ranking."""

    clients: Sequence[FrequencyRank]
    """The most frequent first; equal ones in the order of their ids."""
    count: int
    """How many clients came in all."""
    venue: VenueId
    """The venue."""
    visits: int
    """Their visits in all."""

    @classmethod
    def _read(cls, d: Any) -> FrequencyRanking:
        return cls(
            clients=tuple(FrequencyRank._read(e) for e in d["clients"]),
            count=d["count"],
            venue=d["venue"],
            visits=d["visits"],
        )


@dataclass(frozen=True)
class BirthdayToday:
    """A client whose birthday is today."""

    age: int
    """The age in years from today on."""
    client: ClientId
    """The client."""
    name: str
    """First and last name."""

    @classmethod
    def _read(cls, d: Any) -> BirthdayToday:
        return cls(
            age=d["age"],
            client=d["client"],
            name=d["name"],
        )


@dataclass(frozen=True)
class BookingsToday:
    """The bookings that begin today."""

    attended: int
    """The client came."""
    booked: int
    """Made, and the client has not come yet."""
    cancelled: int
    """Called off."""
    unpaid: int
    """Of those made or attended, how many nothing pays."""

    @classmethod
    def _read(cls, d: Any) -> BookingsToday:
        return cls(
            attended=d["attended"],
            booked=d["booked"],
            cancelled=d["cancelled"],
            unpaid=d["unpaid"],
        )


@dataclass(frozen=True)
class DeskDay:
    """The day of a venue."""

    birthdays: Sequence[BirthdayToday]
    """Whose birthday is today, up to 100; archived clients left out."""
    bookings: BookingsToday
    """Bookings that begin today."""
    conflicts: int
    """Conflicts that wait to be settled."""
    date: date
    """The local day of the request."""
    ending_soon: int
    """The same with those whose last day is one of the seven after today."""
    ending_today: int
    """Passes of this venue that can be used now and whose last day is today."""
    entries: int
    """Visits that began today."""
    holds: int
    """Holds that are open."""
    inside: int
    """Who is inside now."""
    methods: Sequence[MethodTotal]
    """What was paid today, by method; refunds subtracted."""
    new_clients: int
    """Clients whom this venue added today."""
    refused: int
    """Attempts refused today."""
    sales: int
    """Passes sold today."""
    sold: Money
    """For how much, tax included."""
    top_ups: Money
    """Put on accounts today."""
    venue: VenueId
    """The venue."""
    visitors: int
    """Clients who came today."""
    open: date | None = None
    """The business day that is open."""

    @classmethod
    def _read(cls, d: Any) -> DeskDay:
        return cls(
            birthdays=tuple(BirthdayToday._read(e) for e in d["birthdays"]),
            bookings=BookingsToday._read(d["bookings"]),
            conflicts=d["conflicts"],
            date=date.fromisoformat(d["date"]),
            ending_soon=d["ending_soon"],
            ending_today=d["ending_today"],
            entries=d["entries"],
            holds=d["holds"],
            inside=d["inside"],
            methods=tuple(MethodTotal._read(e) for e in d["methods"]),
            new_clients=d["new_clients"],
            refused=d["refused"],
            sales=d["sales"],
            sold=Money._read(d["sold"]),
            top_ups=Money._read(d["top_ups"]),
            venue=d["venue"],
            visitors=d["visitors"],
            open=None if d.get("open") is None else date.fromisoformat(d.get("open")),
        )


@dataclass(frozen=True)
class Ticked:
    """What was due."""

    begun: int
    """Passes that have begun by themselves; the close of the day writes them down."""
    holds: int
    """Holds that were written down as expired."""
    lapsed: int
    """Lots whose time is over with something left; the close of the day posts them."""
    more: bool
    """True where more of these are due; call again."""
    reminders: int
    """Clients who are reminded of the end of a pass: messages that were queued, if the venue has `reminder_days`. Once for
each end of a pass; one that is extended ends anew. Who wants no messages, or cannot be reached, gets none."""
    renewals: int
    """Renewals that are due: `renewal.due` lists them. At most 1000 are counted."""
    venue: VenueId
    """The venue."""

    @classmethod
    def _read(cls, d: Any) -> Ticked:
        return cls(
            begun=d["begun"],
            holds=d["holds"],
            lapsed=d["lapsed"],
            more=d["more"],
            reminders=d["reminders"],
            renewals=d["renewals"],
            venue=d["venue"],
        )


DocumentId: TypeAlias = int
"""The id of one document."""


@dataclass(frozen=True)
class DocumentEntry:
    """One write that came with a paper of the host."""

    at: Instant
    """Its value time."""
    document: DocumentId
    """The id: in the order of entry."""
    groups: Sequence[GroupId]
    """The groups of transfers that it made."""
    number: str
    """The number of the bill."""
    op: str
    """The operation."""
    system: str
    """The host's system."""
    business_date: date | None = None
    """The host's business date."""
    by: OperatorId | None = None
    """Who acted."""
    line: int | None = None
    """The line of the bill."""
    shift: str | None = None
    """The cashier's shift."""
    station: str | None = None
    """The station or till."""
    venue: VenueId | None = None
    """Where."""

    @classmethod
    def _read(cls, d: Any) -> DocumentEntry:
        return cls(
            at=read_instant(d["at"]),
            document=d["document"],
            groups=tuple(d["groups"]),
            number=d["number"],
            op=d["op"],
            system=d["system"],
            business_date=None if d.get("business_date") is None else date.fromisoformat(d.get("business_date")),
            by=d.get("by"),
            line=d.get("line"),
            shift=d.get("shift"),
            station=d.get("station"),
            venue=d.get("venue"),
        )


@dataclass(frozen=True)
class CounterSum:
    """What came to a counter-account, or left it."""

    amount: str
    """Debits less credits, in the unit: what came into a till is positive."""
    unit: str
    """What is counted: a currency, `visits`, or `credit:` and a currency."""
    counter: Counter | None = None
    """The counter-account; none for the accounts of clients and passes, all together."""

    @classmethod
    def _read(cls, d: Any) -> CounterSum:
        return cls(
            amount=d["amount"],
            unit=d["unit"],
            counter=d.get("counter"),
        )


@dataclass(frozen=True)
class DocumentLine:
    """One write by a paper, with what it came to."""

    entry: DocumentEntry
    """What was written."""
    sums: Sequence[CounterSum]
    """What it moved, by counter-account."""

    @classmethod
    def _read(cls, d: Any) -> DocumentLine:
        return cls(
            entry=DocumentEntry._read(d["entry"]),
            sums=tuple(CounterSum._read(e) for e in d["sums"]),
        )


@dataclass(frozen=True)
class DocumentsFound:
    """A page of what was written by papers."""

    lines: Sequence[DocumentLine]
    """The lines, in the order of entry."""
    more: bool
    """True where more follow; ask again with `after`."""
    sums: Sequence[CounterSum]
    """The sums of these lines."""

    @classmethod
    def _read(cls, d: Any) -> DocumentsFound:
        return cls(
            lines=tuple(DocumentLine._read(e) for e in d["lines"]),
            more=d["more"],
            sums=tuple(CounterSum._read(e) for e in d["sums"]),
        )


@dataclass(frozen=True)
class NamedCount:
    """A number of things of one name."""

    count: int
    """How many, or the next number."""
    name: str
    """A word of the program: a table, a kind of id, a kind of plan."""

    @classmethod
    def _read(cls, d: Any) -> NamedCount:
        return cls(
            count=d["count"],
            name=d["name"],
        )


@dataclass(frozen=True)
class OperationCount:
    """Entries of the journal of one operation."""

    count: int
    """How many."""
    first: Instant
    """The earliest value time."""
    last: Instant
    """The latest value time."""
    op: str
    """The operation."""

    @classmethod
    def _read(cls, d: Any) -> OperationCount:
        return cls(
            count=d["count"],
            first=read_instant(d["first"]),
            last=read_instant(d["last"]),
            op=d["op"],
        )


@dataclass(frozen=True)
class RefusedCount:
    """Attempts at doors that were refused for one reason."""

    count: int
    """How many."""
    last: Instant
    """The last of them."""
    reason: DenyReason
    """Why."""

    @classmethod
    def _read(cls, d: Any) -> RefusedCount:
        return cls(
            count=d["count"],
            last=read_instant(d["last"]),
            reason=d["reason"],
        )


@dataclass(frozen=True)
class VenueSettings:
    """The settings of a venue."""

    anti_passback: AntiPassback
    """What happens to who comes in twice."""
    currency: Currency
    """Its currency."""
    has_entry_service: bool
    """Whether an entry is for a service."""
    reentry_grace_minutes: int
    """For how many minutes after an exit coming back is free."""
    time_zone: str
    """Its time zone."""
    venue: VenueId
    """The venue."""

    @classmethod
    def _read(cls, d: Any) -> VenueSettings:
        return cls(
            anti_passback=d["anti_passback"],
            currency=d["currency"],
            has_entry_service=d["has_entry_service"],
            reentry_grace_minutes=d["reentry_grace_minutes"],
            time_zone=d["time_zone"],
            venue=d["venue"],
        )


@dataclass(frozen=True)
class SupportReported:
    """What helps to find a fault from afar."""

    at: Instant
    """When this was asked."""
    check_ok: bool
    """Whether `store.check` found nothing."""
    config_version: int
    """The version of the settings in the store: it grows with each change of them."""
    differences: Sequence[NamedCount]
    """What it found, by what was compared."""
    ids: Sequence[NamedCount]
    """The next number of each kind of id."""
    journal_entries: int
    """The entries of the journal that were verified."""
    journal_ok: bool
    """Whether `journal.verify` found nothing."""
    library: str
    """The version of the library."""
    operations: Sequence[OperationCount]
    """The entries by operation."""
    plans: Sequence[NamedCount]
    """Plans by kind."""
    refused: Sequence[RefusedCount]
    """The attempts refused at doors, by reason."""
    rules_version: int
    """The version of the rules."""
    schema_version: int
    """The version of the tables that the library knows."""
    tables: Sequence[NamedCount]
    """Rows by table."""
    venues: Sequence[VenueSettings]
    """The venues, without their names."""
    journal_broken_at: int | None = None
    """The first entry that is wrong."""

    @classmethod
    def _read(cls, d: Any) -> SupportReported:
        return cls(
            at=read_instant(d["at"]),
            check_ok=d["check_ok"],
            config_version=d["config_version"],
            differences=tuple(NamedCount._read(e) for e in d["differences"]),
            ids=tuple(NamedCount._read(e) for e in d["ids"]),
            journal_entries=d["journal_entries"],
            journal_ok=d["journal_ok"],
            library=d["library"],
            operations=tuple(OperationCount._read(e) for e in d["operations"]),
            plans=tuple(NamedCount._read(e) for e in d["plans"]),
            refused=tuple(RefusedCount._read(e) for e in d["refused"]),
            rules_version=d["rules_version"],
            schema_version=d["schema_version"],
            tables=tuple(NamedCount._read(e) for e in d["tables"]),
            venues=tuple(VenueSettings._read(e) for e in d["venues"]),
            journal_broken_at=d.get("journal_broken_at"),
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
        rights: Sequence[Right] | None = None,
        call: Call | None = None,
    ) -> OperatorAdded:
        """Adds a member of staff or a device that acts."""
        return OperatorAdded._read(self._execute("operator.add", {"name": name, "external_ids": external_ids, "rights": rights}, call))

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
        addresses: Sequence[Address] | None = None,
        birth_date: date | None = None,
        company: ClientId | None = None,
        email: str | None = None,
        emails: Sequence[NewEmail] | None = None,
        external_ids: Sequence[ExternalId] | None = None,
        first_name: str | None = None,
        kind: ClientKind | None = None,
        language: Language | None = None,
        last_name: str | None = None,
        notes: str | None = None,
        notifications: NotificationsSet | None = None,
        phone: str | None = None,
        phones: Sequence[NewPhone] | None = None,
        sex: Sex | None = None,
        source: str | None = None,
        call: Call | None = None,
    ) -> ClientAdded:
        """Adds a client. Any field may be empty."""
        return ClientAdded._read(self._execute("client.add", {"addresses": addresses, "birth_date": birth_date, "company": company, "email": email, "emails": emails, "external_ids": external_ids, "first_name": first_name, "kind": kind, "language": language, "last_name": last_name, "notes": notes, "notifications": notifications, "phone": phone, "phones": phones, "sex": sex, "source": source}, call))

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
        passes: bool | None = None,
        phone: str | None = None,
        call: Call | None = None,
    ) -> ClientFound:
        """Finds clients by name, phone, e-mail, card or external id."""
        return ClientFound._read(self._execute("client.find", {"card": card, "email": email, "external_id": external_id, "limit": limit, "name": name, "passes": passes, "phone": phone}, call))

    def client_put(
        self,
        *,
        external_id: ExternalId,
        clear: Sequence[ClientField] | None = None,
        expected_version: int | None = None,
        kind: ClientKind | None = None,
        set: ClientSet | None = None,
        call: Call | None = None,
    ) -> ClientPutDone:
        """Adds the client with a key in another system, or changes the one that has it."""
        return ClientPutDone._read(self._execute("client.put", {"external_id": external_id, "clear": clear, "expected_version": expected_version, "kind": kind, "set": set}, call))

    def external_id_find(
        self,
        *,
        external_id: ExternalId,
        kind: ExternalKind,
        call: Call | None = None,
    ) -> ExternalIdFound:
        """Finds what has a key in another system."""
        return ExternalIdFound._read(self._execute("external_id.find", {"external_id": external_id, "kind": kind}, call))

    def report_sources(
        self,
        *,
        from_: Instant | None = None,
        to: Instant | None = None,
        call: Call | None = None,
    ) -> Sources:
        """Clients added in a period, by where they heard of the venue."""
        return Sources._read(self._execute("report.sources", {"from": from_, "to": to}, call))

    def client_comment_add(
        self,
        *,
        client: ClientId,
        text: str,
        pinned: bool | None = None,
        call: Call | None = None,
    ) -> Commented:
        """Writes a comment about a client."""
        return Commented._read(self._execute("client.comment_add", {"client": client, "text": text, "pinned": pinned}, call))

    def client_comment_remove(
        self,
        *,
        comment: CommentId,
        call: Call | None = None,
    ) -> Commented:
        """Removes a comment: who and when stays, the text goes."""
        return Commented._read(self._execute("client.comment_remove", {"comment": comment}, call))

    def client_comments(
        self,
        *,
        client: ClientId,
        after: CommentId | None = None,
        limit: int | None = None,
        pinned: bool | None = None,
        call: Call | None = None,
    ) -> Comments:
        """Lists the comments about a client, newest first."""
        return Comments._read(self._execute("client.comments", {"client": client, "after": after, "limit": limit, "pinned": pinned}, call))

    def client_consent(
        self,
        *,
        client: ClientId,
        granted: bool,
        kind: ConsentKind,
        channel: ConsentChannel | None = None,
        source: str | None = None,
        text_version: str | None = None,
        call: Call | None = None,
    ) -> Consented:
        """Writes down that a client agrees to something, or does no more."""
        return Consented._read(self._execute("client.consent", {"client": client, "granted": granted, "kind": kind, "channel": channel, "source": source, "text_version": text_version}, call))

    def client_consents(
        self,
        *,
        client: ClientId,
        after: ConsentId | None = None,
        limit: int | None = None,
        call: Call | None = None,
    ) -> Consents:
        """Lists what a client agreed to, newest first."""
        return Consents._read(self._execute("client.consents", {"client": client, "after": after, "limit": limit}, call))

    def client_photo_set(
        self,
        *,
        client: ClientId,
        bytes: Bytes | None = None,
        reference: str | None = None,
        call: Call | None = None,
    ) -> PhotoSet:
        """Sets the photo of a client: its bytes, or where the host keeps it."""
        return PhotoSet._read(self._execute("client.photo_set", {"client": client, "bytes": bytes, "reference": reference}, call))

    def client_photo_get(
        self,
        *,
        client: ClientId,
        call: Call | None = None,
    ) -> PhotoGot:
        """Returns the photo of a client."""
        return PhotoGot._read(self._execute("client.photo_get", {"client": client}, call))

    def client_photo_remove(
        self,
        *,
        client: ClientId,
        call: Call | None = None,
    ) -> PhotoRemoved:
        """Removes the photo of a client."""
        return PhotoRemoved._read(self._execute("client.photo_remove", {"client": client}, call))

    def client_file_add(
        self,
        *,
        bytes: Bytes,
        client: ClientId,
        name: str,
        call: Call | None = None,
    ) -> FileAdded:
        """Adds a file to a client."""
        return FileAdded._read(self._execute("client.file_add", {"bytes": bytes, "client": client, "name": name}, call))

    def client_files(
        self,
        *,
        client: ClientId,
        after: FileId | None = None,
        limit: int | None = None,
        call: Call | None = None,
    ) -> Files:
        """Lists the files of a client, newest first."""
        return Files._read(self._execute("client.files", {"client": client, "after": after, "limit": limit}, call))

    def client_file_get(
        self,
        *,
        file: FileId,
        call: Call | None = None,
    ) -> FileGot:
        """Returns a file of a client."""
        return FileGot._read(self._execute("client.file_get", {"file": file}, call))

    def client_file_remove(
        self,
        *,
        file: FileId,
        call: Call | None = None,
    ) -> FileRemoved:
        """Removes a file of a client."""
        return FileRemoved._read(self._execute("client.file_remove", {"file": file}, call))

    def operator_change(
        self,
        *,
        operator: OperatorId,
        expected_version: int | None = None,
        set: OperatorSet | None = None,
        call: Call | None = None,
    ) -> OperatorChanged:
        """Changes an operator: name, rights, keys."""
        return OperatorChanged._read(self._execute("operator.change", {"operator": operator, "expected_version": expected_version, "set": set}, call))

    def field_add(
        self,
        *,
        kind: FieldKind,
        name: str,
        options: Sequence[str] | None = None,
        required: bool | None = None,
        sensitive: bool | None = None,
        call: Call | None = None,
    ) -> FieldDone:
        """Adds a field to the chart of the venue's clients."""
        return FieldDone._read(self._execute("field.add", {"kind": kind, "name": name, "options": options, "required": required, "sensitive": sensitive}, call))

    def field_change(
        self,
        *,
        field: FieldId,
        expected_version: int | None = None,
        set: FieldSet | None = None,
        call: Call | None = None,
    ) -> FieldDone:
        """Changes a field of the chart."""
        return FieldDone._read(self._execute("field.change", {"field": field, "expected_version": expected_version, "set": set}, call))

    def field_list(
        self,
        *,
        call: Call | None = None,
    ) -> Fields:
        """Lists the fields of the venue's chart."""
        return Fields._read(self._execute("field.list", {}, call))

    def client_chart_set(
        self,
        *,
        client: ClientId,
        clear: Sequence[FieldId] | None = None,
        values: Sequence[NewValue] | None = None,
        call: Call | None = None,
    ) -> ChartSet:
        """Writes into the chart of a client."""
        return ChartSet._read(self._execute("client.chart_set", {"client": client, "clear": clear, "values": values}, call))

    def client_chart_get(
        self,
        *,
        client: ClientId,
        call: Call | None = None,
    ) -> Chart:
        """Returns the chart of a client, without what is sensitive."""
        return Chart._read(self._execute("client.chart_get", {"client": client}, call))

    def client_chart_open(
        self,
        *,
        client: ClientId,
        call: Call | None = None,
    ) -> Chart:
        """Returns the whole chart to an operator who may read it, and notes that it was read."""
        return Chart._read(self._execute("client.chart_open", {"client": client}, call))

    def client_chart_readers(
        self,
        *,
        client: ClientId,
        after: str | None = None,
        before: Instant | None = None,
        limit: int | None = None,
        call: Call | None = None,
    ) -> ChartReaders:
        """Lists who opened the chart of a client."""
        return ChartReaders._read(self._execute("client.chart_readers", {"client": client, "after": after, "before": before, "limit": limit}, call))

    def household_add(
        self,
        *,
        members: Sequence[ClientId],
        name: str | None = None,
        call: Call | None = None,
    ) -> HouseholdDone:
        """Adds a household."""
        return HouseholdDone._read(self._execute("household.add", {"members": members, "name": name}, call))

    def household_change(
        self,
        *,
        household: HouseholdId,
        expected_version: int | None = None,
        members: Sequence[ClientId] | None = None,
        name: str | None = None,
        call: Call | None = None,
    ) -> HouseholdDone:
        """Changes a household: its name, who belongs to it."""
        return HouseholdDone._read(self._execute("household.change", {"household": household, "expected_version": expected_version, "members": members, "name": name}, call))

    def company_guests(
        self,
        *,
        company: ClientId,
        after: ClientId | None = None,
        limit: int | None = None,
        call: Call | None = None,
    ) -> Guests:
        """Lists who belongs to a company."""
        return Guests._read(self._execute("company.guests", {"company": company, "after": after, "limit": limit}, call))

    def client_invite(
        self,
        *,
        client: ClientId,
        channel: MessageChannel | None = None,
        minutes: int | None = None,
        call: Call | None = None,
    ) -> Invited:
        """Invites a client to an online account: a message with a token is queued."""
        return Invited._read(self._execute("client.invite", {"client": client, "channel": channel, "minutes": minutes}, call))

    def client_activate(
        self,
        *,
        token: str,
        call: Call | None = None,
    ) -> Activated:
        """Takes an invitation up. A token that does nothing is an attempt that is refused."""
        return Activated._read(self._execute("client.activate", {"token": token}, call))

    def message_list(
        self,
        *,
        after: MessageId | None = None,
        channel: MessageChannel | None = None,
        limit: int | None = None,
        call: Call | None = None,
    ) -> Outbox:
        """Lists what waits in the outbox, with addresses and tokens."""
        return Outbox._read(self._execute("message.list", {"after": after, "channel": channel, "limit": limit}, call))

    def message_done(
        self,
        *,
        message: MessageId,
        failure: str | None = None,
        call: Call | None = None,
    ) -> MessageMarked:
        """Writes down that a message was sent, or could not be."""
        return MessageMarked._read(self._execute("message.done", {"message": message, "failure": failure}, call))

    def client_overview(
        self,
        *,
        client: ClientId,
        ends_within: int | None = None,
        few_visits: int | None = None,
        call: Call | None = None,
    ) -> Overview:
        """Everything about a client in one reply."""
        return Overview._read(self._execute("client.overview", {"client": client, "ends_within": ends_within, "few_visits": few_visits}, call))

    def client_search(
        self,
        *,
        query: str,
        limit: int | None = None,
        passes: bool | None = None,
        call: Call | None = None,
    ) -> ClientSearched:
        """Finds clients by whatever is typed at the desk, the best match first."""
        return ClientSearched._read(self._execute("client.search", {"query": query, "limit": limit, "passes": passes}, call))

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

    def card_block(
        self,
        *,
        reason: CardBlockReason,
        uid: str,
        note: str | None = None,
        call: Call | None = None,
    ) -> CardDone:
        """Blocks a card: it opens nothing until it is free again."""
        return CardDone._read(self._execute("card.block", {"reason": reason, "uid": uid, "note": note}, call))

    def card_unblock(
        self,
        *,
        uid: str,
        call: Call | None = None,
    ) -> CardDone:
        """Frees a card that is blocked."""
        return CardDone._read(self._execute("card.unblock", {"uid": uid}, call))

    def card_return(
        self,
        *,
        uid: str,
        call: Call | None = None,
    ) -> CardDone:
        """Takes a card back: it can be issued again to anybody."""
        return CardDone._read(self._execute("card.return", {"uid": uid}, call))

    def card_replace(
        self,
        *,
        reason: CardBlockReason,
        uid: str,
        with_: str,
        kind: CardKind | None = None,
        note: str | None = None,
        call: Call | None = None,
    ) -> CardAdded:
        """Blocks a card and issues another one to its client."""
        return CardAdded._read(self._execute("card.replace", {"reason": reason, "uid": uid, "with": with_, "kind": kind, "note": note}, call))

    def plan_add(
        self,
        *,
        kind: PlanKind,
        price: Money,
        categories: Sequence[CategoryId] | None = None,
        channels: Sequence[Channel] | None = None,
        colour: str | None = None,
        external_ids: Sequence[ExternalId] | None = None,
        life: LifeRules | None = None,
        name: str | None = None,
        priority: int | None = None,
        services: Sequence[ServiceId] | None = None,
        start: StartRule | None = None,
        tax: Percent | None = None,
        usage: UseRules | None = None,
        venues: Sequence[VenueId] | None = None,
        call: Call | None = None,
    ) -> PlanAdded:
        """Adds a plan to the price list."""
        return PlanAdded._read(self._execute("plan.add", {"kind": kind, "price": price, "categories": categories, "channels": channels, "colour": colour, "external_ids": external_ids, "life": life, "name": name, "priority": priority, "services": services, "start": start, "tax": tax, "usage": usage, "venues": venues}, call))

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
        covers: SaleCovers | None = None,
        discount: Discount | None = None,
        external_ids: Sequence[ExternalId] | None = None,
        payments: Sequence[Payment] | None = None,
        price: Money | None = None,
        start: StartChoice | None = None,
        validity: Validity | None = None,
        call: Call | None = None,
    ) -> PassSold:
        """Sells a plan to a client."""
        return PassSold._read(self._execute("pass.sell", {"client": client, "plan": plan, "channel": channel, "covers": covers, "discount": discount, "external_ids": external_ids, "payments": payments, "price": price, "start": start, "validity": validity}, call))

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
        refund_rest: PaymentMethod | None = None,
        when: CancelWhen | None = None,
        call: Call | None = None,
    ) -> PassCancelled:
        """Cancels a pass, now or at its end; refunds what is asked for, the rest of its value lapses."""
        return PassCancelled._read(self._execute("pass.cancel", {"pass": pass_, "reason": reason, "expected_version": expected_version, "refund": refund, "refund_rest": refund_rest, "when": when}, call))

    def pass_quote(
        self,
        *,
        card: str | None = None,
        client: ClientId | None = None,
        quantity: int | None = None,
        service: ServiceId | None = None,
        starts: Instant | None = None,
        zone: ZoneId | None = None,
        call: Call | None = None,
    ) -> PassQuoted:
        """Lists every pass that would pay for a service, in order, and for every other pass why not."""
        return PassQuoted._read(self._execute("pass.quote", {"card": card, "client": client, "quantity": quantity, "service": service, "starts": starts, "zone": zone}, call))

    def pass_use(
        self,
        *,
        service: ServiceId,
        card: str | None = None,
        client: ClientId | None = None,
        pass_: PassId | None = None,
        quantity: int | None = None,
        call: Call | None = None,
    ) -> PassUsed:
        """Uses a pass for a service without a door: takes the visits or credit."""
        return PassUsed._read(self._execute("pass.use", {"service": service, "card": card, "client": client, "pass": pass_, "quantity": quantity}, call))

    def pass_freeze(
        self,
        *,
        pass_: PassId,
        beyond_rules: bool | None = None,
        days: int | None = None,
        expected_version: int | None = None,
        from_: date | None = None,
        payments: Sequence[Payment] | None = None,
        reason: str | None = None,
        until: date | None = None,
        call: Call | None = None,
    ) -> PassFrozen:
        """Freezes a pass: it cannot be used for some days, and its end moves by them."""
        return PassFrozen._read(self._execute("pass.freeze", {"pass": pass_, "beyond_rules": beyond_rules, "days": days, "expected_version": expected_version, "from": from_, "payments": payments, "reason": reason, "until": until}, call))

    def pass_unfreeze(
        self,
        *,
        pass_: PassId,
        expected_version: int | None = None,
        freeze: FreezeId | None = None,
        reason: str | None = None,
        call: Call | None = None,
    ) -> PassUnfrozen:
        """Ends a freeze today, or calls off one that has not begun."""
        return PassUnfrozen._read(self._execute("pass.unfreeze", {"pass": pass_, "expected_version": expected_version, "freeze": freeze, "reason": reason}, call))

    def pass_freeze_all(
        self,
        *,
        from_: date,
        reason: str,
        until: date,
        after: PassId | None = None,
        limit: int | None = None,
        plan: PlanId | None = None,
        call: Call | None = None,
    ) -> PassesFrozen:
        """Freezes all open passes of the venue, or those of one plan."""
        return PassesFrozen._read(self._execute("pass.freeze_all", {"from": from_, "reason": reason, "until": until, "after": after, "limit": limit, "plan": plan}, call))

    def pass_extend(
        self,
        *,
        pass_: PassId,
        reason: str,
        days: int | None = None,
        expected_version: int | None = None,
        through: date | None = None,
        call: Call | None = None,
    ) -> PassChanged:
        """Moves the end of a pass on, also of one that has ended."""
        return PassChanged._read(self._execute("pass.extend", {"pass": pass_, "reason": reason, "days": days, "expected_version": expected_version, "through": through}, call))

    def pass_change(
        self,
        *,
        pass_: PassId,
        clear: Sequence[PassField] | None = None,
        expected_version: int | None = None,
        reason: str | None = None,
        set: PassSet | None = None,
        call: Call | None = None,
    ) -> PassChanged:
        """Edits a pass: its last day, its notes, whether it renews by itself."""
        return PassChanged._read(self._execute("pass.change", {"pass": pass_, "clear": clear, "expected_version": expected_version, "reason": reason, "set": set}, call))

    def pass_history(
        self,
        *,
        pass_: PassId,
        after: int | None = None,
        limit: int | None = None,
        call: Call | None = None,
    ) -> PassEvents:
        """What was done to a pass after its sale, with what it was before and after."""
        return PassEvents._read(self._execute("pass.history", {"pass": pass_, "after": after, "limit": limit}, call))

    def pass_renew(
        self,
        *,
        pass_: PassId,
        discount: Discount | None = None,
        expected_version: int | None = None,
        payments: Sequence[Payment] | None = None,
        plan: PlanId | None = None,
        price: Money | None = None,
        call: Call | None = None,
    ) -> PassSold:
        """Sells the pass that follows another, from its end on."""
        return PassSold._read(self._execute("pass.renew", {"pass": pass_, "discount": discount, "expected_version": expected_version, "payments": payments, "plan": plan, "price": price}, call))

    def renewal_due(
        self,
        *,
        after: PassId | None = None,
        before: Instant | None = None,
        limit: int | None = None,
        call: Call | None = None,
    ) -> RenewalsDue:
        """Lists the passes that renew by themselves and whose payment is due."""
        return RenewalsDue._read(self._execute("renewal.due", {"after": after, "before": before, "limit": limit}, call))

    def renewal_failed(
        self,
        *,
        pass_: PassId,
        reason: str | None = None,
        retry_at: Instant | None = None,
        call: Call | None = None,
    ) -> RenewalNoted:
        """Records that the payment of a renewal failed."""
        return RenewalNoted._read(self._execute("renewal.failed", {"pass": pass_, "reason": reason, "retry_at": retry_at}, call))

    def pass_transfer(
        self,
        *,
        client: ClientId,
        pass_: PassId,
        beyond_rules: bool | None = None,
        expected_version: int | None = None,
        payments: Sequence[Payment] | None = None,
        reason: str | None = None,
        call: Call | None = None,
    ) -> PassTransferred:
        """Gives a pass to another client."""
        return PassTransferred._read(self._execute("pass.transfer", {"client": client, "pass": pass_, "beyond_rules": beyond_rules, "expected_version": expected_version, "payments": payments, "reason": reason}, call))

    def pass_replace(
        self,
        *,
        pass_: PassId,
        plan: PlanId,
        discount: Discount | None = None,
        expected_version: int | None = None,
        payments: Sequence[Payment] | None = None,
        price: Money | None = None,
        reason: str | None = None,
        refund: PaymentMethod | None = None,
        when: ReplaceWhen | None = None,
        call: Call | None = None,
    ) -> PassReplaced:
        """Changes a pass for one of another plan; what it is still worth pays for the new one."""
        return PassReplaced._read(self._execute("pass.replace", {"pass": pass_, "plan": plan, "discount": discount, "expected_version": expected_version, "payments": payments, "price": price, "reason": reason, "refund": refund, "when": when}, call))

    def booking_add(
        self,
        *,
        client: ClientId,
        service: ServiceId,
        starts: Instant,
        must_be_paid: bool | None = None,
        pass_: PassId | None = None,
        call: Call | None = None,
    ) -> BookingDone:
        """Books a service; a pass pays for it when it is made, or when it is attended."""
        return BookingDone._read(self._execute("booking.add", {"client": client, "service": service, "starts": starts, "must_be_paid": must_be_paid, "pass": pass_}, call))

    def booking_cancel(
        self,
        *,
        booking: BookingId,
        expected_version: int | None = None,
        call: Call | None = None,
    ) -> BookingCancelled:
        """Calls a booking off, and gives back what it took."""
        return BookingCancelled._read(self._execute("booking.cancel", {"booking": booking, "expected_version": expected_version}, call))

    def booking_attend(
        self,
        *,
        booking: BookingId,
        expected_version: int | None = None,
        must_be_paid: bool | None = None,
        pass_: PassId | None = None,
        call: Call | None = None,
    ) -> BookingDone:
        """Writes down that the client came."""
        return BookingDone._read(self._execute("booking.attend", {"booking": booking, "expected_version": expected_version, "must_be_paid": must_be_paid, "pass": pass_}, call))

    def booking_list(
        self,
        *,
        after: BookingId | None = None,
        client: ClientId | None = None,
        from_: Instant | None = None,
        limit: int | None = None,
        to: Instant | None = None,
        call: Call | None = None,
    ) -> BookingListed:
        """Lists the bookings of a client, or of the venue, by their beginning."""
        return BookingListed._read(self._execute("booking.list", {"after": after, "client": client, "from": from_, "limit": limit, "to": to}, call))

    def pass_adjust(
        self,
        *,
        pass_: PassId,
        reason: str,
        credit: Money | None = None,
        visits: int | None = None,
        call: Call | None = None,
    ) -> Adjusted:
        """Gives a pass visits or credit or takes some away, by hand."""
        return Adjusted._read(self._execute("pass.adjust", {"pass": pass_, "reason": reason, "credit": credit, "visits": visits}, call))

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
        payer: AccountHolder | None = None,
        service: ServiceId | None = None,
        tax: Percent | None = None,
        call: Call | None = None,
    ) -> AccountMoved:
        """Pays from a client's account."""
        return AccountMoved._read(self._execute("account.charge", {"client": client, "amount": amount, "payer": payer, "service": service, "tax": tax}, call))

    def account_adjust(
        self,
        *,
        amount: Money,
        client: ClientId,
        reason: str,
        expires: Instant | None = None,
        call: Call | None = None,
    ) -> Adjusted:
        """Gives a client money or takes some away, by hand."""
        return Adjusted._read(self._execute("account.adjust", {"amount": amount, "client": client, "reason": reason, "expires": expires}, call))

    def account_limit(
        self,
        *,
        client: ClientId,
        limit: Money,
        call: Call | None = None,
    ) -> AccountLimited:
        """Sets how far a client's account may be used beyond what is on it."""
        return AccountLimited._read(self._execute("account.limit", {"client": client, "limit": limit}, call))

    def account_balance(
        self,
        *,
        client: ClientId,
        currency: Currency | None = None,
        call: Call | None = None,
    ) -> Balance:
        """What can be spent from a client's account."""
        return Balance._read(self._execute("account.balance", {"client": client, "currency": currency}, call))

    def account_statement(
        self,
        *,
        account: AccountId | None = None,
        after: TransferId | None = None,
        client: ClientId | None = None,
        currency: Currency | None = None,
        from_: Instant | None = None,
        from_date: date | None = None,
        limit: int | None = None,
        order: StatementOrder | None = None,
        to: Instant | None = None,
        to_date: date | None = None,
        call: Call | None = None,
    ) -> Statement:
        """Lists the movements of an account with a running balance."""
        return Statement._read(self._execute("account.statement", {"account": account, "after": after, "client": client, "currency": currency, "from": from_, "from_date": from_date, "limit": limit, "order": order, "to": to, "to_date": to_date}, call))

    def pass_import(
        self,
        *,
        client: ClientId,
        external_id: ExternalId,
        plan: PlanId,
        auto_renew: bool | None = None,
        credit: Money | None = None,
        frozen_days: int | None = None,
        frozen_times: int | None = None,
        latest_start: date | None = None,
        name: str | None = None,
        notes: str | None = None,
        owed: Money | None = None,
        price: Money | None = None,
        sold: date | None = None,
        starts: date | None = None,
        through: date | None = None,
        visits: int | None = None,
        call: Call | None = None,
    ) -> PassImported:
        """Takes a running pass over from an older system, once."""
        return PassImported._read(self._execute("pass.import", {"client": client, "external_id": external_id, "plan": plan, "auto_renew": auto_renew, "credit": credit, "frozen_days": frozen_days, "frozen_times": frozen_times, "latest_start": latest_start, "name": name, "notes": notes, "owed": owed, "price": price, "sold": sold, "starts": starts, "through": through, "visits": visits}, call))

    def account_import(
        self,
        *,
        balance: Money,
        client: ClientId,
        external_id: ExternalId,
        expires: Instant | None = None,
        call: Call | None = None,
    ) -> AccountImported:
        """Takes a client's balance or debt over from an older system, once."""
        return AccountImported._read(self._execute("account.import", {"balance": balance, "client": client, "external_id": external_id, "expires": expires}, call))

    def report_opening(
        self,
        *,
        system: str | None = None,
        call: Call | None = None,
    ) -> Openings:
        """What was taken over from older systems: counts and totals."""
        return Openings._read(self._execute("report.opening", {"system": system}, call))

    def hold_place(
        self,
        *,
        client: ClientId,
        parts: Sequence[HoldAmount],
        expires: Instant | None = None,
        minutes: int | None = None,
        more_up_to: OverCapture | None = None,
        reason: str | None = None,
        call: Call | None = None,
    ) -> HoldPlaced:
        """Holds money, visits or credit for a client: all of it or nothing, until a time."""
        return HoldPlaced._read(self._execute("hold.place", {"client": client, "parts": parts, "expires": expires, "minutes": minutes, "more_up_to": more_up_to, "reason": reason}, call))

    def hold_capture(
        self,
        *,
        hold: HoldId,
        keep_open: bool | None = None,
        parts: Sequence[HoldAmount] | None = None,
        service: ServiceId | None = None,
        tax: Percent | None = None,
        call: Call | None = None,
    ) -> HoldCaptured:
        """Takes what is held, less of it, or more within the limit of the hold; the rest is free."""
        return HoldCaptured._read(self._execute("hold.capture", {"hold": hold, "keep_open": keep_open, "parts": parts, "service": service, "tax": tax}, call))

    def hold_release(
        self,
        *,
        hold: HoldId,
        call: Call | None = None,
    ) -> HoldReleased:
        """Frees what is held."""
        return HoldReleased._read(self._execute("hold.release", {"hold": hold}, call))

    def hold_get(
        self,
        *,
        hold: HoldId,
        call: Call | None = None,
    ) -> HoldView:
        """Returns one hold with what it is now."""
        return HoldView._read(self._execute("hold.get", {"hold": hold}, call))

    def hold_list(
        self,
        *,
        after: HoldId | None = None,
        client: ClientId | None = None,
        limit: int | None = None,
        call: Call | None = None,
    ) -> HoldListed:
        """Lists the holds of a client, or those of the venue that are open."""
        return HoldListed._read(self._execute("hold.list", {"after": after, "client": client, "limit": limit}, call))

    def transfer_reverse(
        self,
        *,
        reason: str,
        amount: str | None = None,
        group: GroupId | None = None,
        transfer: TransferId | None = None,
        call: Call | None = None,
    ) -> TransferReversed:
        """Moves back what a movement moved, whole or in part, once, to where it came from."""
        return TransferReversed._read(self._execute("transfer.reverse", {"reason": reason, "amount": amount, "group": group, "transfer": transfer}, call))

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

    def conflict_list(
        self,
        *,
        after: ConflictId | None = None,
        limit: int | None = None,
        settled: bool | None = None,
        call: Call | None = None,
    ) -> ConflictListed:
        """Lists late entries that nothing paid for."""
        return ConflictListed._read(self._execute("conflict.list", {"after": after, "limit": limit, "settled": settled}, call))

    def conflict_settle(
        self,
        *,
        conflict: ConflictId,
        note: str,
        call: Call | None = None,
    ) -> ConflictSettled:
        """Writes down how a conflict was settled."""
        return ConflictSettled._read(self._execute("conflict.settle", {"conflict": conflict, "note": note}, call))

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

    def report_services(
        self,
        *,
        from_: Instant,
        to: Instant,
        call: Call | None = None,
    ) -> ServicesRendered:
        """Services rendered in a period, apart from what was sold."""
        return ServicesRendered._read(self._execute("report.services", {"from": from_, "to": to}, call))

    def report_owed(
        self,
        *,
        call: Call | None = None,
    ) -> Owed:
        """What the venue still owes: value sold and not yet given, and money on accounts."""
        return Owed._read(self._execute("report.owed", {}, call))

    def report_books(
        self,
        *,
        from_: date,
        to: date,
        call: Call | None = None,
    ) -> Books:
        """The books of a venue over a period of business dates: what is owed for passes, and every counter-account."""
        return Books._read(self._execute("report.books", {"from": from_, "to": to}, call))

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

    def client_list(
        self,
        *,
        after: str | None = None,
        archived: bool | None = None,
        born_in_month: int | None = None,
        in_debt: bool | None = None,
        kind: ClientKind | None = None,
        limit: int | None = None,
        met_by: VenueId | None = None,
        sort: ClientSort | None = None,
        tag: str | None = None,
        with_pass: bool | None = None,
        without_contact: bool | None = None,
        call: Call | None = None,
    ) -> ClientListed:
        """Lists clients in an order, with filters, page by page."""
        return ClientListed._read(self._execute("client.list", {"after": after, "archived": archived, "born_in_month": born_in_month, "in_debt": in_debt, "kind": kind, "limit": limit, "met_by": met_by, "sort": sort, "tag": tag, "with_pass": with_pass, "without_contact": without_contact}, call))

    def visit_parameters(
        self,
        *,
        visit: VisitId,
        clear: Sequence[str] | None = None,
        set: Sequence[Parameter] | None = None,
        call: Call | None = None,
    ) -> VisitParametersSet:
        """Sets or clears parameters of a visit, such as the settings of machines."""
        return VisitParametersSet._read(self._execute("visit.parameters", {"visit": visit, "clear": clear, "set": set}, call))

    def visit_last_parameters(
        self,
        *,
        client: ClientId,
        service: ServiceId | None = None,
        call: Call | None = None,
    ) -> LastParameters:
        """The last value of each parameter that a client's visits had."""
        return LastParameters._read(self._execute("visit.last_parameters", {"client": client, "service": service}, call))

    def client_visits(
        self,
        *,
        client: ClientId,
        after: VisitId | None = None,
        from_: Instant | None = None,
        limit: int | None = None,
        to: Instant | None = None,
        call: Call | None = None,
    ) -> ClientVisited:
        """Lists the visits of a client, with their parameters and what paid for them."""
        return ClientVisited._read(self._execute("client.visits", {"client": client, "after": after, "from": from_, "limit": limit, "to": to}, call))

    def client_history(
        self,
        *,
        client: ClientId,
        after: str | None = None,
        limit: int | None = None,
        call: Call | None = None,
    ) -> ClientHappened:
        """Lists all that happened to a client, the latest first."""
        return ClientHappened._read(self._execute("client.history", {"client": client, "after": after, "limit": limit}, call))

    def presence_between(
        self,
        *,
        from_: Instant,
        until: Instant,
        after: VisitId | None = None,
        client: ClientId | None = None,
        limit: int | None = None,
        call: Call | None = None,
    ) -> PresentBetween:
        """Who was there in an interval, or whether one client was."""
        return PresentBetween._read(self._execute("presence.between", {"from": from_, "until": until, "after": after, "client": client, "limit": limit}, call))

    def client_frequency(
        self,
        *,
        client: ClientId,
        weeks: int,
        call: Call | None = None,
    ) -> Frequency:
        """How often a client came in the last weeks."""
        return Frequency._read(self._execute("client.frequency", {"client": client, "weeks": weeks}, call))

    def report_frequency(
        self,
        *,
        from_: Instant,
        to: Instant,
        limit: int | None = None,
        call: Call | None = None,
    ) -> FrequencyRanking:
        """Ranks the clients of a venue by how often they came in a period."""
        return FrequencyRanking._read(self._execute("report.frequency", {"from": from_, "to": to, "limit": limit}, call))

    def desk_today(
        self,
        *,
        call: Call | None = None,
    ) -> DeskDay:
        """The day of a venue on one page."""
        return DeskDay._read(self._execute("desk.today", {}, call))

    def tick(
        self,
        *,
        limit: int | None = None,
        call: Call | None = None,
    ) -> Ticked:
        """Writes down what is due; calling it twice or never changes no right and no balance."""
        return Ticked._read(self._execute("tick", {"limit": limit}, call))

    def document_find(
        self,
        *,
        system: str,
        after: DocumentId | None = None,
        business_date: date | None = None,
        limit: int | None = None,
        number: str | None = None,
        station: str | None = None,
        call: Call | None = None,
    ) -> DocumentsFound:
        """Lists what was written by papers of the host, with what each line came to."""
        return DocumentsFound._read(self._execute("document.find", {"system": system, "after": after, "business_date": business_date, "limit": limit, "number": number, "station": station}, call))

    def support_report(
        self,
        *,
        call: Call | None = None,
    ) -> SupportReported:
        """Versions, settings, counts and results of checks, without personal data."""
        return SupportReported._read(self._execute("support.report", {}, call))
