"""What the demo club sells: venue, staff, categories, services and plans, as operations and as the simulation needs them."""

NODE = 1 << 40


def ident(counter):
    """The id that node 1 gives to the n-th thing of a kind."""
    return NODE + counter


def money(cents):
    """An amount as the requests write it."""
    return {"amount": f"{cents // 100}.{cents % 100:02}", "currency": "EUR"}


def period(count, unit):
    """A length of calendar time."""
    return {"count": count, "unit": unit}


def lasting(count, unit):
    """A validity of that length."""
    return {"period": period(count, unit)}


OPERATORS = ["Ioana, reception", "Mihai, reception", "Turnstile 1", "Dana, manager", "Online shop"]
IOANA, MIHAI, TURNSTILE, MANAGER, ONLINE = range(1, 6)

CATEGORIES = ["Gym", "Wellness", "Beauty", "Classes", "Bar"]
GYM, WELLNESS, BEAUTY, CLASSES, BAR = range(1, 6)

# Name, category, price in cents, tax, sex.
SERVICES = [
    ("Gym entry", GYM, 800, "9", None),
    ("Gym entry before 16:00", GYM, 600, "9", None),
    ("Women's zone", GYM, 900, "9", "female"),
    ("Sauna", WELLNESS, 1200, "9", None),
    ("Massage, 50 minutes", WELLNESS, 3500, "19", None),
    ("Salt room", WELLNESS, 1000, "9", None),
    ("Manicure", BEAUTY, 2200, "19", None),
    ("Haircut", BEAUTY, 2500, "19", None),
    ("Facial", BEAUTY, 4000, "19", None),
    ("Group class", CLASSES, 1000, "9", None),
    ("Protein shake", BAR, 450, "9", None),
    ("Towel", BAR, 150, "19", None),
]
GYM_ENTRY, MORNING, WOMEN, SAUNA, MASSAGE, SALT, MANICURE, HAIRCUT, FACIAL, CLASS, SHAKE, TOWEL = range(1, 13)


class Plan:
    """A plan: what `plan.add` says and what the simulation asks."""

    def __init__(self, number, key, name, kind, price, **more):
        self.id, self.key, self.name, self.kind, self.price = ident(number), key, name, kind, price
        self.tag = next(iter(kind))
        self.validity = kind[self.tag].get("validity")
        self.start = more.pop("start", "at_sale")
        self.services = set(more.get("services", []))
        self.categories = set(more.get("categories", []))
        self.priority = more.get("priority", 0)
        self.desk_only = more.get("channels") == ["desk"]
        self.tax = more.pop("tax", "9")
        self.more = more

    def covers(self, service):
        """Whether its passes pay for a service."""
        anything = not self.services and not self.categories
        return anything or service in self.services or SERVICES[service - 1][1] in self.categories

    def rest(self):
        """What a new pass of it holds: visits, or cents of credit."""
        given = self.kind[self.tag]
        return given.get("visits") or int(given.get("credit", {"amount": "0"})["amount"].replace(".", ""))

    def request(self):
        """The arguments of `plan.add`."""
        args = {"kind": self.kind, "price": money(self.price), "tax": self.tax}
        args |= {"name": self.name} if self.name else {}
        args |= {"start": self.start} if self.start != "at_sale" else {}
        for field in ("services", "categories"):
            if field in self.more:
                self.more[field] = [ident(n) for n in self.more[field]]
        return args | self.more


def time(count, unit):
    """Any number of uses for a while."""
    return {"time": {"validity": lasting(count, unit)}}


FIRST_USE = {"on_first_use": {"latest": period(1, "month")}}
IN_GYM = {"categories": [GYM, CLASSES]}

_TABLE = [
    ("day", "Day pass", time(1, "day"), 900, IN_GYM),
    ("week", "Week pass", time(1, "week"), 2500, IN_GYM),
    ("month", "Month", time(1, "month"), 4500, IN_GYM),
    ("month2", "2 months", time(2, "month"), 8400, IN_GYM),
    ("month3", "3 months", time(3, "month"), 12000, IN_GYM),
    ("month4", "4 months", time(4, "month"), 15000, IN_GYM),
    ("year", "Year for the price of 11 months", time(1, "year"), 49500, {"colour": "#D4AF37"}),
    ("ten", "10 entries for the price of 9", {"visits": {"visits": 10}}, 7200, {"services": [GYM_ENTRY, CLASS]}),
    ("credit", "Wellness credit 100 for 90",
     {"credit": {"credit": money(10000), "validity": lasting(1, "year")}}, 9000,
     {"categories": [WELLNESS, BEAUTY], "tax": "19"}),
    ("credit200", "Wellness credit 200 for 175", {"credit": {"credit": money(20000)}}, 17500,
     {"categories": [WELLNESS, BEAUTY], "tax": "19", "priority": 10, "channels": ["online"]}),
    ("morning", "Morning month", time(1, "month"), 2900, {"services": [MORNING]}),
    ("women", "Women's zone, 12 visits in 2 months", {"visits": {"visits": 12, "validity": lasting(2, "month")}},
     8400, {"services": [WOMEN], "start": FIRST_USE}),
    ("sauna", "Sauna and salt, 8 visits in a month", {"visits": {"visits": 8, "validity": lasting(1, "month")}},
     6800, {"services": [SAUNA, SALT], "start": FIRST_USE}),
    ("massage", "5 massages for the price of 4", {"visits": {"visits": 5, "validity": lasting(6, "month")}},
     14000, {"services": [MASSAGE], "tax": "19"}),
    ("classes", None, {"visits": {"visits": 5, "validity": lasting(6, "week")}}, 4500,
     {"categories": [CLASSES], "channels": ["desk"]}),
    ("trial", "3 days to try", time(3, "day"), 0, IN_GYM | {"priority": -10, "channels": ["desk"]}),
    ("summer", "Summer, from a day of your choice", time(2, "month"), 7000, IN_GYM | {"start": "on_date"}),
    ("terrace", "Terrace month", time(1, "month"), 3000, IN_GYM | {"priority": 5}),
]
PLANS = {row[0]: Plan(number, *row[:4], **row[4]) for number, row in enumerate(_TABLE, 1)}

# What changed on 1 August 2025, when Romania raised its taxes: new rates, and prices of the plans most sold.
NEW_TAX = {"9": "11", "19": "21"}
NEW_PRICES = {"month": 4700, "month3": 12500, "ten": 7380, "year": 51700}


def setup():
    """The operations that make the club: one venue, its staff, its price list."""
    yield "venue.add", {"name": "Club", "time_zone": "Europe/Bucharest", "currency": "EUR", "country": "RO",
                        "anti_passback": "off", "reentry_grace_minutes": 15}
    for name in OPERATORS:
        yield "operator.add", {"name": name}
    for name in CATEGORIES:
        yield "category.add", {"name": name}
    for number, (name, category, price, tax, sex) in enumerate(SERVICES, 1):
        args = {"name": name, "category": ident(category), "price": money(price), "tax": tax}
        args["external_ids"] = [{"system": "rkeeper", "value": str(1000 + number)}]
        yield "service.add", args | ({"sex": sex} if sex else {})
    for plan in PLANS.values():
        yield "plan.add", plan.request()
    yield "venue.change", {"venue": ident(1), "set": {"entry_service": ident(GYM_ENTRY)}, "expected_version": 1}
