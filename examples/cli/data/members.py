"""The habits of members: how often they come, at what hours, what they buy again."""

import datetime as dt

import price_list as p
from passes import local

# Kind: how many at the start of the year, visits in a week, plans bought, services entered for.
KINDS = {
    "month": (100, 1.9, ["month"], [p.GYM_ENTRY]),
    "month2": (22, 1.8, ["month2", "month"], [p.GYM_ENTRY]),
    "month3": (45, 1.9, ["month3"], [p.GYM_ENTRY, p.GYM_ENTRY, p.GYM_ENTRY, p.CLASS]),
    "month4": (14, 1.8, ["month4"], [p.GYM_ENTRY]),
    "year": (34, 2.1, ["year"], [p.GYM_ENTRY, p.GYM_ENTRY, p.GYM_ENTRY, p.SAUNA]),
    "ten": (110, 0.9, ["ten"], [p.GYM_ENTRY, p.GYM_ENTRY, p.CLASS]),
    "guest": (170, 0.11, ["day", "day", "day", "day", "week"], [p.GYM_ENTRY]),
    "morning": (28, 1.8, ["morning"], [p.MORNING]),
    "women": (24, 1.4, ["women"], [p.WOMEN]),
    "wellness": (60, 0.5, ["credit"], [p.SAUNA, p.SAUNA, p.SALT, p.MANICURE, p.HAIRCUT, p.FACIAL, p.MASSAGE]),
    "sauna": (24, 1.4, ["sauna"], [p.SAUNA, p.SAUNA, p.SALT]),
    "massage": (24, 0.35, ["massage"], [p.MASSAGE]),
    "classes": (30, 0.9, ["classes"], [p.CLASS]),
}

# How full each hour is, from 7 to 21, on working days, on weekends, and for those who come in the morning.
WEEKDAY = [5, 5, 4, 3, 3, 4, 4, 3, 3, 5, 9, 15, 16, 11, 3]
WEEKEND = [0, 0, 6, 10, 12, 10, 7, 5, 5, 7, 7, 5, 2, 0, 0]
BEFORE_NOON = [9, 12, 12, 10, 7, 4, 3, 2, 0, 0, 0, 0, 0, 0, 0]
HOURS = list(range(7, 22))
DAYS = [1.28, 1.22, 1.15, 1.12, 0.92, 0.78, 0.53]
MONTHS = [1.3, 1.15, 1.1, 1.05, 1.0, 0.9, 0.8, 0.7, 1.05, 1.05, 1.0, 0.8]


class Member:
    """A client with habits."""

    def __init__(self, person, kind, joined, until):
        self.person, self.kind, self.joined, self.until = person, kind, joined, until
        self.often, self.plans, self.services = KINDS[kind][1:]
        self.pause = None

    def comes(self, draw, day):
        """When the member comes on a day, if at all."""
        if not self.joined <= day <= self.until or (self.pause and day < self.pause):
            return None
        if draw.random() >= self.often / 7 * DAYS[day.weekday()] * MONTHS[day.month - 1]:
            return None
        weekend = day.weekday() > 4
        hours = BEFORE_NOON if self.kind == "morning" else WEEKEND if weekend else WEEKDAY
        hour = draw.choices(HOURS, hours)[0]
        return local(day, hour, draw.randint(0, 59), draw.randint(0, 59))

    def service(self, draw):
        """What the member comes for."""
        return draw.choice(self.services)

    def plan(self, draw):
        """What the member buys when nothing is left."""
        return draw.choice(self.plans)

    def renews(self, draw, at):
        """Whether the member buys again now; some pause for weeks."""
        if draw.random() < 0.8:
            return True
        self.pause = at.date() + dt.timedelta(days=draw.randint(7, 50))
        return False

    def stay(self, draw):
        """How long a visit lasts, in minutes."""
        return max(20, int(draw.gauss(80, 22)))

    def thirsty(self, draw):
        """Whether the member buys something at the bar: every third keeps an account."""
        return self.person.id % 3 == 0 and draw.random() < 0.22


def until(draw, joined):
    """The last day of a membership: a third leaves within the year."""
    if draw.random() < 0.35:
        return joined + dt.timedelta(days=draw.randint(60, 250))
    return dt.date(2026, 12, 31)


def enrol(draw, people):
    """The members among the clients of the old program."""
    free = [person for person in people[400:] if person.row["kind"] == "person"]
    draw.shuffle(free)
    members = []
    for kind, (count, *_) in KINDS.items():
        found = 0
        while found < count:
            person = free.pop()
            if kind == "women" and person.row["sex"] != "female":
                continue
            early = draw.random() < 0.55
            joined = dt.date(2025, 1, 1) + dt.timedelta(days=draw.randint(0, 20 if early else 330))
            members.append(Member(person, kind, joined, until(draw, joined)))
            found += 1
    return members


def newcomer(draw, person, day):
    """What becomes of a new client after the days to try."""
    kind = draw.choice(["month", "month", "month3", "ten", "guest", "classes"])
    return Member(person, kind, day + dt.timedelta(days=draw.randint(1, 4)), until(draw, day))
