"""Compares Carnet's calendar with dateutil and zoneinfo on random cases.

    compare.py BINARY [CASES [SEED]]

BINARY is the example `calendar_cases`. The answers are computed here on their own: a period ends at
anchor + relativedelta(unit=count * k), and a local time is read with fold=0, which is PEP 495's name for
"forward by the gap, the first of two".
"""

import random
import subprocess
import sys
import zoneinfo
from datetime import date, datetime, timedelta, timezone

import tzdata
from dateutil.relativedelta import relativedelta

EPOCH = datetime(1970, 1, 1)
MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1)
ZONES = """UTC Europe/Bucharest Europe/Chisinau Europe/Sofia Europe/Moscow Europe/Kaliningrad Europe/London
Europe/Dublin Europe/Lisbon Atlantic/Azores Asia/Tbilisi Asia/Yerevan Asia/Almaty Asia/Beirut Asia/Gaza Asia/Jerusalem
Asia/Tehran Asia/Kathmandu Asia/Tokyo Africa/Cairo Africa/Casablanca America/New_York America/St_Johns
America/Los_Angeles America/Havana America/Sao_Paulo America/Asuncion America/Santiago America/Nuuk
Australia/Lord_Howe Australia/Sydney Pacific/Apia Pacific/Chatham Antarctica/Troll""".split()
UNITS = {"days": 400, "weeks": 60, "months": 40, "years": 6}


def ask(binary, lines):
    result = subprocess.run([binary], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    answers = result.stdout.splitlines()
    assert len(answers) == len(lines), "one answer for each case"
    return answers


def micros(naive_utc):
    return (naive_utc - EPOCH) // MICROSECOND


def resolve(zone, local):
    """The naive UTC time of a naive local time."""
    return local.replace(tzinfo=zone, fold=0).astimezone(timezone.utc).replace(tzinfo=None)


def to_local(zone, utc):
    return utc.replace(tzinfo=timezone.utc).astimezone(zone).replace(tzinfo=None)


def start_of(zone, day):
    return resolve(zone, datetime(day.year, day.month, day.day))


def anchored(zone, anchor, count, unit, k):
    if k == 0:
        return anchor
    return resolve(zone, to_local(zone, anchor) + relativedelta(**{unit: count * k}))


def containing(zone, anchor, count, unit, now):
    """The last k whose start is not after now, by bisection, which needs no guess from the calendar."""
    low, high = 0, 1
    while anchored(zone, anchor, count, unit, high) <= now:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        if anchored(zone, anchor, count, unit, middle) <= now:
            low = middle
        else:
            high = middle
    return low, anchored(zone, anchor, count, unit, low), anchored(zone, anchor, count, unit, high)


def days(zone, start, end):
    """From the first date that is not over at start to the last that has begun before end."""
    if start == end:
        return 0
    first = to_local(zone, start).date() - 3 * DAY
    while start_of(zone, first + DAY) <= start:
        first += DAY
    last = to_local(zone, end).date() + 3 * DAY
    while start_of(zone, last) >= end:
        last -= DAY
    return (last - first).days + 1


def changes(zone, first, last):
    """The instants in these years at which the zone's offset changes, to a minute."""
    found, step = [], timedelta(days=8)
    offset = lambda utc: zone.fromutc(utc.replace(tzinfo=zone)).utcoffset()
    before = datetime(first, 1, 1)
    offset_before = offset(before)
    while before.year <= last:
        after = before + step
        offset_before, was = offset(after), offset_before
        if offset_before != was:
            low, high = before, after
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
            found.append(high.replace(second=0, microsecond=0))
        before = after
    return found


class Cases:
    """Random cases of some zones in the years first to last; changes of clocks are looked for up to `until`."""

    def __init__(self, names, first, last, until, seed):
        self.random = random.Random(seed)
        self.first, self.last = first, last
        self.zones = [(name, zoneinfo.ZoneInfo(name)) for name in names]
        self.changes = {name: changes(zone, first, until) for name, zone in self.zones}

    def day(self):
        days_in_range = (date(self.last, 12, 1) - date(self.first, 1, 2)).days
        day = date(self.first, 1, 2) + self.random.randrange(days_in_range) * DAY
        # Half of all days are those where months and years differ in length.
        return day.replace(day=1) - self.random.randrange(1, 4) * DAY if self.random.random() < 0.5 and day.year > self.first else day

    def time(self, name):
        """A naive time: half of them near a change of the clocks, many on a full minute."""
        if self.changes[name] and self.random.random() < 0.5:
            near = self.random.choice(self.changes[name])
            spread = self.random.choice([2, 60, 240, 1800])
            return near + timedelta(minutes=self.random.randint(-spread, spread))
        day = self.day()
        time = datetime(day.year, day.month, day.day) + timedelta(minutes=self.random.randrange(1440))
        return time + self.random.randrange(60_000_000) * MICROSECOND if self.random.random() < 0.5 else time

    def period(self):
        unit = self.random.choice(list(UNITS))
        return self.random.choice([1, 1, 1, 2, 3, 6, 7, 12]), unit, self.random.randint(0, UNITS[unit])

    def case(self):
        """A question and its answer."""
        name, zone = self.random.choice(self.zones)
        kind = self.random.choice(
            ["local", "resolve", "resolve", "start", "anchored", "anchored", "anchored", "containing", "next",
             "days", "add", "age", "birthday"])
        if kind == "local":
            utc = self.time(name)
            return f"local {name} {micros(utc)}", to_local(zone, utc).isoformat(timespec="microseconds")
        if kind == "resolve":
            local = to_local(zone, self.time(name)) + timedelta(minutes=self.random.randint(-90, 90))
            return f"resolve {name} {local.isoformat()}", micros(resolve(zone, local))
        if kind == "start":
            day = to_local(zone, self.time(name)).date() + self.random.randint(-1, 1) * DAY
            return f"start {name} {day}", micros(start_of(zone, day))
        if kind == "days":
            start = self.time(name)
            end = start + timedelta(minutes=self.random.randrange(self.random.choice([2000, 600_000])))
            return f"days {name} {micros(start)} {micros(end)}", days(zone, start, end)
        if kind == "add":
            day, (count, unit, k) = self.day(), self.period()
            return f"add {day} {count} {unit} {k}", day + relativedelta(**{unit: count * k})
        if kind in ("age", "birthday"):
            birth = self.day()
            if self.random.random() < 0.2:
                birth = date(self.random.randrange(1972, 2096, 4), 2, 29)
            if kind == "birthday":
                year = self.random.randint(1900, 2399)
                return f"birthday {birth} {year}", birth + relativedelta(year=year)
            on = self.day()
            if self.random.random() < 0.5:
                on = birth + relativedelta(years=self.random.randint(0, 110)) + self.random.randint(-2, 2) * DAY
            return f"age {birth} {on}", None if on < birth else relativedelta(on, birth).years
        anchor, (count, unit, k) = self.time(name), self.period()
        question = f"{kind} {name} {micros(anchor)} {count} {unit}"
        if kind == "anchored":
            return f"{question} {k}", micros(anchored(zone, anchor, count, unit, k))
        now = self.now(name, zone, anchor, count, unit, k)
        k, start, end = containing(zone, anchor, count, unit, now)
        if kind == "next":
            return f"{question} {micros(now)}", micros(end)
        return f"{question} {micros(now)}", f"{k} {micros(start)} {micros(end)}"

    def now(self, name, zone, anchor, count, unit, k):
        """A time not before the anchor: on a boundary, next to one, or anywhere."""
        if self.random.random() < 0.5:
            now = anchored(zone, anchor, count, unit, k) + self.random.randint(-1, 1) * MICROSECOND
        else:
            now = self.time(name)
        return max(now, anchor)


def compare(binary, label, cases, count):
    questions, expected = zip(*(cases.case() for _ in range(count)))
    differences = 0
    for question, answer, right in zip(questions, ask(binary, list(questions)), expected):
        if answer != str(right):
            differences += 1
            if differences <= 20:
                print(f"{question}: carnet says {answer}, python says {right}", file=sys.stderr)
    print(f"{label}: {count} cases, {differences} differences", flush=True)
    return differences


def main():
    binary = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 20260514
    if zoneinfo.TZPATH:
        sys.exit("PYTHONTZPATH must be empty, or the system's zones are used")
    version, all_zones = ask(binary, ["version", "zones"])
    if version != tzdata.IANA_VERSION:
        sys.exit(f"chrono-tz has zones of {version}, PyPI tzdata those of {tzdata.IANA_VERSION}")
    rules = Cases(all_zones.split(), 2099, 2399, 2104, seed)
    differences = compare(binary, "calendar, every zone after 2099", rules, count // 4)
    differences += compare(binary, "calendar", Cases(ZONES, 1970, 2099, 2099, seed), count)
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
