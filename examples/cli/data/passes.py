"""Passes and accounts as the engine decides about them: enough of its rules to know who is let in."""

import calendar
import datetime as dt
import zoneinfo

ZONE = zoneinfo.ZoneInfo("Europe/Bucharest")
FOREVER = dt.datetime(9999, 1, 1, tzinfo=dt.timezone.utc)


def local(day, hour=0, minute=0, second=0):
    """The instant of a local time."""
    naive = dt.datetime(day.year, day.month, day.day, hour, minute, second)
    return naive.replace(tzinfo=ZONE).astimezone(dt.timezone.utc)


def day_of(at):
    """The local date of an instant."""
    return at.astimezone(ZONE).date()


def plus(day, length):
    """A date and a calendar length, clamped to the last day of the month."""
    count, unit = length["count"], length["unit"]
    if unit in ("day", "week"):
        return day + dt.timedelta(days=count * (7 if unit == "week" else 1))
    months = day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def end_of(validity, first_day):
    """The instant at which a pass has ended that starts on a day."""
    if validity is None:
        return None
    if "through" in validity:
        return local(dt.date.fromisoformat(validity["through"]) + dt.timedelta(days=1))
    return local(plus(first_day, validity["period"]))


def share(value, part, whole):
    """A part of a whole amount of cents, half away from zero."""
    return (2 * value * part + whole) // (2 * whole)


class Pass:
    """A pass held by a client."""

    def __init__(self, ident, plan, at, price, tax, validity=None, start=None):
        self.id, self.plan, self.sold, self.price = ident, plan, at, price
        self.value = share(price, 100, 100 + int(tax))
        self.validity = validity or plan.validity
        self.rest = self.full = plan.rest()
        self.cancelled = False
        rule = start or plan.start
        self.starts, self.latest, self.ends = at, None, None
        if isinstance(rule, dict) and "on_date" in rule:
            self.starts = local(dt.date.fromisoformat(rule["on_date"]))
        elif isinstance(rule, dict):
            self.starts, self.latest = None, local(plus(day_of(at), rule["on_first_use"]["latest"]))
        if self.starts:
            self.ends = end_of(self.validity, day_of(self.starts))

    def order(self):
        """Which pass pays first."""
        return (self.plan.priority, self.plan.tag != "time", self.ends or FOREVER, self.sold, self.id)

    def span(self, at):
        """Start and end as they are at an instant."""
        if self.starts is None and self.latest <= at:
            return self.latest, end_of(self.validity, day_of(self.latest))
        return self.starts, self.ends

    def runs(self, at):
        """Whether it could be used at an instant, its rest left aside."""
        starts, ends = self.span(at)
        return not self.cancelled and (ends is None or at < ends) and (starts is None or starts <= at)

    def pays(self, service, price, at, suspended):
        """Whether it pays for a service now."""
        if self.plan.id in suspended or not self.runs(at) or not self.plan.covers(service):
            return False
        return self.plan.tag == "time" or self.rest >= (1 if self.plan.tag == "visits" else price)

    def use(self, price, at):
        """Takes what a use takes, and starts it with the first."""
        if self.starts is None:
            self.starts, self.ends = self.span(at)
            if self.starts is None:
                self.starts, self.ends = at, end_of(self.validity, day_of(at))
        self.rest -= {"time": 0, "visits": 1, "credit": price}[self.plan.tag]

    def owed(self, at, closed):
        """What of the value is not yet given: time by days begun, visits and credit use by use. What expired lapses
        at the close of a day."""
        ends = self.span(at)[1]
        if self.cancelled or (ends and ends <= closed):
            return 0
        if self.plan.tag != "time":
            return self.value - share(self.value, self.full - self.rest, self.full)
        if at <= self.starts:
            return self.value
        first, last = day_of(self.starts), day_of(self.ends - dt.timedelta(microseconds=1))
        total = (last - first).days + 1
        return self.value - share(self.value, min(total, (day_of(at) - first).days + 1), total)

    def refund(self, at):
        """Something less than what is still owed for it, in whole euros."""
        if self.plan.tag != "time":
            return int(self.price * self.rest / self.full * 0.9) // 100 * 100
        days = (day_of(self.ends) - day_of(self.starts)).days
        left = (day_of(self.ends) - day_of(at)).days - 1
        return max(0, int(self.price * left / days * 0.9) // 100 * 100)
