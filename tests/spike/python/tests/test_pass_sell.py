"""The spike through the Python door: the calls that the C and Kotlin programs make."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import FrozenInstanceError
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, Iterator

import pytest

import carnet
from carnet import Call, Money, PassSold
from carnet.errors import Conflict, InvalidInput, Misuse, NotFound

HERE = Path(__file__).parent
WORK = Path(os.environ["CARNET_WORK"])


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def at(time: str) -> datetime:
    return datetime.fromisoformat(time).replace(tzinfo=timezone.utc)


class Desk:
    """A store with a venue, a client, a plan and one sale."""

    def __init__(self) -> None:
        options = carnet.OpenOptions(create=True, seed=1)
        self.engine = carnet.Engine.open(WORK / "python.db", options)
        self.engine.venue_add(
            name="Spike", time_zone="Europe/Bucharest", currency="EUR", call=Call(at=at("2026-04-20T09:00:00"))
        )
        self.client = self.engine.client_add(
            first_name="Ana",
            last_name="Ionescu",
            birth_date=date(1990, 2, 28),
            call=Call(at=at("2026-04-20T09:01:00")),
        ).client
        period = carnet.Period(count=3, unit="month")
        self.plan = self.engine.plan_add(
            name="Ten visits",
            kind=carnet.PlanKindVisits(visits=10, validity=carnet.ValidityPeriod(period)),
            price=eur("90.00"),
            tax=Decimal("20"),
            call=Call(at=at("2026-04-20T09:02:00")),
        ).plan
        self.sold = self.sell(1)

    def sell(self, key: int, card: Any = Decimal("20.00"), **changes: Any) -> PassSold:
        arguments: dict[str, Any] = {
            "client": self.client,
            "plan": self.plan,
            "price": eur("80.00"),
            "start": carnet.StartChoiceOnDate(date(2026, 5, 1)),
            "discount": carnet.Discount(by=carnet.DiscountByPercent(Decimal("12.5")), reason="regular"),
            "payments": [
                carnet.Payment(method="cash", amount=eur("50.00")),
                carnet.Payment(method="card", amount=Money(card, "EUR")),
            ],
        }
        # The same instant in another zone: the engine sees one and the same.
        time = at("2026-04-20T09:03:00").astimezone(timezone(timedelta(hours=3)))
        return self.engine.pass_sell(**(arguments | changes), call=Call(at=time, key=f"sale-{key}"))


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.engine.close()
    with pytest.raises(Misuse) as error:
        desk.sell(9)
    assert error.value.reason == "closed"


def lines(value: Any, path: str = "") -> Iterator[str]:
    """The leaves of a reply, one a line."""
    if isinstance(value, dict):
        for name in sorted(value):
            yield from lines(value[name], f"{path}.{name}" if path else name)
    elif value is not None:
        yield f"{path} {value}"


def test_a_pass_is_sold(desk: Desk) -> None:
    sold = desk.sold
    assert sold.state == "not_started"
    assert sold.list_price == eur("80.00") and sold.price == eur("70.00")
    assert sold.starts == at("2026-04-30T21:00:00") and sold.starts.tzinfo is not None
    assert isinstance(sold.tax.amount, Decimal)
    with pytest.raises(FrozenInstanceError):
        sold.price = eur("0")  # type: ignore[misc]
    reply = {
        "account": sold.account,
        "ends": sold.ends and sold.ends.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "group": sold.group,
        "list_price": vars(sold.list_price),
        "lot": sold.lot,
        "pass": sold.pass_,
        "price": vars(sold.price),
        "starts": sold.starts.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "state": sold.state,
        "tax": vars(sold.tax),
    }
    (WORK / "pass_sell.python").write_text("".join(f"{line}\n" for line in lines(reply)))


def test_the_same_key_and_content_gives_the_first_reply_again(desk: Desk) -> None:
    assert desk.sell(1) == desk.sold


def test_plain_data_does_as_well_as_records(desk: Desk) -> None:
    start: Any = {"on_date": date(2026, 5, 1)}
    assert desk.sell(1, start=start, price={"amount": "80.00", "currency": "EUR"}) == desk.sold


def test_an_unknown_client_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound) as error:
        desk.sell(2, client=desk.client + 1000)
    assert (error.value.code, error.value.number, error.value.field) == ("not_found", 201, "client")
    assert error.value.reason == "client_not_found" and error.value.details == {}


def test_too_many_digits_are_invalid_input(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as error:
        desk.sell(3, card=Decimal("20.005"))
    assert (error.value.number, error.value.field) == (114, "payments.1.amount.amount")


def test_parts_that_do_not_add_up_are_invalid_input(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as error:
        desk.sell(4, card=Decimal("20.01"))
    assert (error.value.reason, error.value.field) == ("sum_mismatch", "payments")


def test_a_key_used_for_other_content_is_a_conflict(desk: Desk) -> None:
    with pytest.raises(Conflict) as error:
        desk.sell(1, card=Decimal("20.01"))
    assert (error.value.number, error.value.field) == (402, "key")


def test_a_float_is_a_type_error(desk: Desk) -> None:
    with pytest.raises(TypeError, match=r"payments\.1\.amount\.amount: a float"):
        desk.sell(5, card=20.0)


def test_a_naive_datetime_is_a_type_error(desk: Desk) -> None:
    with pytest.raises(TypeError, match="time zone"):
        desk.engine.venue_list(call=Call(at=datetime(2026, 4, 20)))


def test_an_unknown_argument_is_a_type_error(desk: Desk) -> None:
    with pytest.raises(TypeError, match="colour"):
        desk.sell(6, colour="red")


def test_an_unknown_operation_is_invalid_input(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as error:
        desk.engine.execute({"op": "pass.sel"})
    assert (error.value.number, error.value.field) == (113, "op")


def test_other_threads_run_while_the_engine_works(desk: Desk) -> None:
    replies: list[PassSold] = []
    threads = [threading.Thread(target=lambda: replies.append(desk.sell(1))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert replies == [desk.sold] * 8


def test_the_client_is_let_in_and_a_visit_is_taken(desk: Desk) -> None:
    entered = desk.engine.access_enter(client=desk.client, call=Call(at=at("2026-05-02T08:00:00")))
    assert entered.decision.outcome == "admitted"
    assert entered.decision.payer is not None and entered.decision.payer.visits_left == 9


def test_the_typed_half_is_the_one_that_is_generated() -> None:
    assert subprocess.call([sys.executable, str(HERE.parent / "generate.py"), "--check"]) == 0
