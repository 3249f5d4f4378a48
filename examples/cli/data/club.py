"""A year of the club: who comes when, what they buy, what goes wrong. Every event writes its operation."""

import datetime as dt
import heapq
import json

import price_list as p
from members import Member, enrol, newcomer
from passes import Pass, day_of, local
from price_list import PLANS, SERVICES, ident, money

FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
# The last day is left open: at this time the demo looks into the club.
END = local(LAST, 18, 40)
GRACE = dt.timedelta(minutes=15)
SECOND = dt.timedelta(seconds=1)
# Errors that the engine answers, by reason: how many of them the year holds.
REASONS = ("insufficient", "not_inside", "not_for_sale", "key_reused", "stale_version", "client_not_found",
           "bad_phone", "sum_mismatch", "nothing_to_refund")


def opening(day):
    """When the club opens on a day."""
    return local(day, 9 if day.weekday() > 4 or day == FIRST else 7)


def closing(day):
    """When the club closes on a day."""
    return local(day, 20 if day.weekday() > 4 else 22)


class Person:
    """What the simulation remembers of a client."""

    def __init__(self, number, row):
        self.id, self.row = ident(number), row
        self.card = row["card"]
        self.passes, self.balance, self.account = [], 0, False
        self.inside = self.last_exit = None


class Club:
    """The club, its queue of events and the operations written so far."""

    def __init__(self, draw, rows, new_row):
        self.draw, self.new_row = draw, new_row
        self.people = [Person(number, row) for number, row in enumerate(rows, 1)]
        self.lines, self.queue, self.tie = [], [], 0
        self.bills = self.keys = self.sold = 0
        self.suspended, self.prices, self.taxes, self.sales = set(), {}, {}, {}
        self.methods, self.closed = dict(cash=0, card=0, bank=0, account=0), local(FIRST)
        self.counts = dict(operations=0, admitted=0, refused=0, replayed=0, passes=0, sales_total=0, top_ups=0,
                           cancelled=0, new_clients=0)
        self.errors = dict.fromkeys(REASONS, 0)
        self.members = enrol(draw, self.people)

    # Writing operations.

    def at(self, when, event, *args):
        """Puts an event into the queue."""
        self.tie += 1
        heapq.heappush(self.queue, (when, self.tie, event, args))

    def write(self, op, at, by, args, key=None, document=None, again=False, reason=None):
        """Writes one operation, when its time has come. With `again` the till sends it once more, a little later;
        with a reason the engine answers with that error."""
        if at > self.now:
            self.at(at, self.write, op, at, by, args, key, document, again, reason)
            return
        request = {"op": op, "at": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "by": ident(by), "args": args}
        request |= {"key": key} if key else {}
        request |= {"document": document} if document else {}
        self.lines.append(json.dumps(request, ensure_ascii=False, separators=(",", ":")) + "\n")
        self.counts["operations"] += 1
        if reason == "replayed":
            self.counts["replayed"] += 1
        elif reason:
            self.errors[reason] += 1
        if again:
            self.write(op, at + 4 * SECOND, by, args, key, document, reason="replayed")

    def fails(self, reason, op, at, by, args, key=None):
        """Writes an operation that the engine answers with an error."""
        self.write(op, at, by, args, key, reason=reason)

    def key(self, till="till-1"):
        """A new idempotency key of a till."""
        self.keys += 1
        return f"{till}/{self.keys}"

    def bill(self, at, line=None):
        """The paper of the till behind a write."""
        self.bills += 1
        day = day_of(at)
        shift = 1 if at < local(day, 15) else 2
        paper = {"system": "rkeeper", "station": "till-1", "shift": f"{day}/{shift}", "business_date": str(day),
                 "number": f"B-{self.bills:06}"}
        return paper | ({"line": line} if line else {})

    def staff(self, at):
        """Who is at the reception."""
        return p.IOANA if at < local(day_of(at), 15) else p.MIHAI

    # Selling.

    def price(self, plan):
        """The price of a plan now."""
        return self.prices.get(plan.key, plan.price)

    def sell(self, person, key, at, online=False):
        """Sells a plan, with everything a sale may have; returns the pass."""
        plan, draw = PLANS[key], self.draw
        args, validity, start = {"client": person.id, "plan": plan.id}, None, None
        price, chance = self.price(plan), draw.random()
        if price and chance < 0.05:
            args["discount"] = {"by": {"percent": "10"}, "reason": "Student"}
            price -= price // 10
        elif price > 3000 and chance < 0.08:
            args["discount"] = {"by": {"amount": money(500)}, "reason": "Friend of a member"}
            price -= 500
        elif price > 3000 and chance < 0.09:
            price -= 1000
            args["price"] = money(price)
        if key == "month" and chance > 0.97:
            validity = {"through": str(day_of(at) + dt.timedelta(days=draw.randint(20, 45)))}
            args["validity"] = validity
        if plan.start == "on_date":
            start = {"on_date": str(max(day_of(at), dt.date(2025, 6, 1)))}
            args["start"] = start
        if price:
            args["payments"] = self.payments(person, price, online)
        if online:
            args["channel"] = "online"
        again = draw.random() < 0.01
        by, paper = (p.ONLINE, None) if online else (self.staff(at), self.bill(at))
        self.write("pass.sell", at, by, args, self.key("web" if online else "till-1"), paper, again)
        self.sold += 1
        for payment in args.get("payments", []):
            self.methods[payment["method"]] += cents(payment["amount"])
        held = Pass(ident(self.sold), plan, at, price, self.taxes.get(plan.key, plan.tax), validity, start)
        person.passes.append(held)
        self.counts["passes"] += 1
        self.counts["sales_total"] += price
        self.sales[plan.id] = self.sales.get(plan.id, 0) + 1
        return held

    def payments(self, person, price, online):
        """How a price is paid."""
        chance = self.draw.random()
        if person.balance >= price and chance < 0.6:
            person.balance -= price
            return [{"method": "account", "amount": money(price)}]
        if not online and price >= 2000 and chance > 0.95:
            return [{"method": "cash", "amount": money(1000)}, {"method": "card", "amount": money(price - 1000)}]
        method = "card" if online or chance < 0.55 else "cash" if chance < 0.92 else "bank"
        return [{"method": method, "amount": money(price)}]

    def top_up(self, person, at):
        """Puts money on an account; large amounts bring a bonus."""
        amount = self.draw.choice([2000, 3000, 5000, 5000, 10000])
        args = {"client": person.id, "amount": money(amount), "method": self.draw.choice(["cash", "card", "card"])}
        bonus = amount // 20 if amount == 10000 else 0
        if bonus:
            args["bonus"] = money(bonus)
        person.balance += amount + bonus
        person.account = True
        self.counts["top_ups"] += amount
        self.methods[args["method"]] += amount
        self.write("account.top_up", at, self.staff(at), args, self.key(), self.bill(at), self.draw.random() < 0.01)

    def charge(self, person, service, at):
        """Pays a service from the account; without enough money, tops it up first."""
        price = SERVICES[service - 1][2]
        args = {"client": person.id, "service": ident(service)}
        if not person.account:
            self.top_up(person, at)
        elif person.balance < price:
            self.fails("insufficient", "account.charge", at, self.staff(at), args)
            self.top_up(person, at)
        elif self.draw.random() < 0.1:
            args["amount"] = money(price - 50)
            price -= 50
        self.at(at + 60 * SECOND, self.pay, person, price, args)

    def pay(self, person, price, args):
        """The charge itself, if the money is still there."""
        if person.balance >= price:
            person.balance -= price
            self.write("account.charge", self.now, self.staff(self.now), args, self.key(), self.bill(self.now, 1))

    # The door.

    def payer(self, person, service, at):
        """The pass that pays for a service, as the engine chooses it."""
        price = SERVICES[service - 1][2]
        return next((h for h in sorted(person.passes, key=Pass.order) if h.pays(service, price, at, self.suspended)),
                    None)

    def enter(self, person, service, at, minutes):
        """An attempt at the door; the visit ends after some minutes. Says whether it opens."""
        price = SERVICES[service - 1][2]
        free = person.inside is None and person.last_exit and at - person.last_exit < GRACE
        held = None if free else self.payer(person, service, at)
        desk = not person.card or self.draw.random() < 0.1
        args = {"client": person.id} if desk else {"card": person.card}
        if service != p.GYM_ENTRY:
            args["service"] = ident(service)
        self.write("access.enter", at, self.staff(at) if desk else p.TURNSTILE, args, self.key("desk") if desk else None)
        if not free and held is None:
            self.counts["refused"] += 1
            return False
        if held:
            held.use(price, at)
        self.counts["admitted"] += 1
        person.inside = at
        latest = closing(day_of(at)) - 5 * 60 * SECOND
        leaves = min(at + minutes * 60 * SECOND, max(latest, at + 60 * SECOND))
        forgotten = self.draw.random() < 0.03
        self.at(max(leaves, latest) if forgotten else leaves, self.leave, person, at, forgotten)
        return True

    def leave(self, person, entered, forgotten):
        """The end of a visit, at the turnstile or, for those who slipped out, by the reception at closing."""
        if person.inside != entered:
            return
        at = self.now
        desk = forgotten or not person.card
        args = {"client": person.id} if desk else {"card": person.card}
        by = self.staff(at) if desk else p.TURNSTILE
        self.write("access.exit", at, by, args)
        person.inside, person.last_exit = None, at
        if self.draw.random() < 0.002:
            self.at(at + 8 * SECOND, self.fails, "not_inside", "access.exit", at + 8 * SECOND, by, args)

    def visit(self, member):
        """A member comes: buys if needed, enters, perhaps pays something at the bar."""
        person, at, draw = member.person, self.now, self.draw
        if person.inside:
            return
        service = member.service(draw)
        if self.payer(person, service, at) is None:
            if not member.renews(draw, at):
                return
            if draw.random() < 0.2:
                self.enter(person, service, at, 0)
                at += 90 * SECOND
            self.at(at, self.buy, member, member.plan(draw), service)
            return
        self.enter(person, service, at, member.stay(draw))
        if member.thirsty(draw):
            self.at(at + 1500 * SECOND, self.bar, person)
        if draw.random() < 0.004 and not person.passes[-1].rest:
            self.at(at + 200 * SECOND, self.twice, person, service)
        if draw.random() < 0.012:
            self.at(at + 7000 * SECOND, self.back_again, person, service)

    def buy(self, member, plan, service):
        """A sale at the desk and the entry that follows it."""
        at = self.now
        self.sell(member.person, plan, at)
        self.at(at + self.draw.randint(40, 150) * SECOND, self.first_entry, member, service)

    def first_entry(self, member, service):
        """The entry after a sale."""
        if member.person.inside is None:
            self.enter(member.person, service, self.now, member.stay(self.draw))

    def bar(self, person):
        """A shake or a towel, from the account."""
        if person.inside:
            self.charge(person, self.draw.choice([p.SHAKE, p.SHAKE, p.TOWEL]), self.now)

    def twice(self, person, service):
        """Through the turnstile twice without leaving; the earlier visit is ended."""
        if person.inside:
            self.enter(person, service, self.now, 50)

    def back_again(self, person, service):
        """Back within minutes for something forgotten: costs nothing."""
        soon = person.last_exit and self.now - person.last_exit < GRACE
        if person.inside is None and soon and self.now < closing(day_of(self.now)):
            self.enter(person, service, self.now, 5)

    # A day, and the year.

    def run(self):
        """Plays the whole year."""
        day = FIRST
        while day <= LAST:
            self.at(opening(day) - 1800 * SECOND, self.open, day)
            day += dt.timedelta(days=1)
        while self.queue and self.queue[0][0] <= END:
            self.now, _, event, args = heapq.heappop(self.queue)
            event(*args)

    def open(self, day):
        """Opens the day and draws what will happen on it."""
        self.write("day.open", self.now, self.staff(self.now), {"date": str(day)})
        for member in self.members:
            when = member.comes(self.draw, day)
            if when and opening(day) <= when < closing(day) - 2400 * SECOND:
                self.at(when, self.visit, member)
        self.desk(day)
        self.at(closing(day) + 900 * SECOND, self.close)

    def close(self):
        """Closes the day."""
        self.closed = self.now
        self.write("day.close", self.now, self.staff(self.now), {})

    def some_time(self, day):
        """A time within opening hours."""
        span = int((closing(day) - opening(day)).total_seconds()) - 5400
        return opening(day) + self.draw.randint(900, span) * SECOND

    def desk(self, day):
        """What happens at the desk on a day beside visits."""
        draw = self.draw
        chances = [(0.5, self.join), (0.3, self.correct), (0.12, self.cancel), (0.4, self.wellness_guest),
                   (0.3, self.online_sale), (0.12, self.stranger), (0.25, self.lapsed), (0.05, self.mistake)]
        for often, event in chances:
            for _ in range(2):
                if draw.random() < often:
                    self.at(self.some_time(day), event)
        fixed = {(8, 1): self.new_taxes, (5, 5): self.summer_sale, (9, 1): self.summer_ends,
                 (10, 1): self.terrace_sale, (10, 15): self.terrace_deleted, (10, 17): self.terrace_back}
        if (day.month, day.day) in fixed:
            self.at(opening(day) + 60 * SECOND, fixed[day.month, day.day])

    def join(self):
        """A new client at the desk, with a card and three days to try."""
        number = len(self.people) + 1
        row = self.new_row(number)
        names = {"kind": row["kind"]} if row["kind"] != "person" else {}
        given = {f: row[f] for f in ("first_name", "last_name", "phone", "email", "sex", "birth_date", "notes") if row[f]}
        args = names | given | {"external_ids": [{"system": "club", "value": row["number"]}]}
        by, person = self.staff(self.now), Person(number, row)
        self.write("client.add", self.now, by, args, f"new-{row['number']}")
        if person.card:
            self.write("card.add", self.now, by, {"client": person.id, "uid": person.card})
        self.people.append(person)
        self.counts["new_clients"] += 1
        if row["kind"] == "person" and self.draw.random() < 0.75:
            member = newcomer(self.draw, person, day_of(self.now))
            self.members.append(member)
            self.at(self.now + 60 * SECOND, self.buy, member, "trial", p.GYM_ENTRY)

    def correct(self):
        """A client has a new number, a note, or wants a field empty."""
        person, draw = self.people[draw_index(self.draw, self.people)], self.draw
        change = draw.choice([{"set": {"notes": "Has moved; new address on paper."}}, {"clear": ["notes"]},
                              {"set": {"phone": f"+407{draw.choice('23456')}{draw.randint(1000000, 9999999)}"}},
                              {"set": {"email": f"new{self.keys}@example.com"}}, {"clear": ["phone"]}])
        self.write("client.change", self.now, self.staff(self.now), {"client": person.id} | change, self.key("desk"))

    def cancel(self):
        """Somebody moves away: the pass is cancelled, something is given back."""
        open_passes = [(q, h) for q in self.people for h in q.passes[-1:] if h.runs(self.now) and h.starts and h.ends
                       and h.price and h.rest == h.full and h.ends > self.now + dt.timedelta(days=8)]
        if not open_passes:
            return
        person, held = self.draw.choice(open_passes)
        args = {"pass": held.id, "reason": self.draw.choice(["Moved away", "Medical", "Not satisfied"])}
        back = held.refund(self.now)
        if self.draw.random() < 0.1:
            much = args | {"refund": {"method": "cash", "amount": money(held.price + 5000)}}
            self.fails("nothing_to_refund", "pass.cancel", self.now, p.MANAGER, much)
        if back:
            args["refund"] = {"method": self.draw.choice(["cash", "card"]), "amount": money(back)}
            self.methods[args["refund"]["method"]] -= back
        self.write("pass.cancel", self.now, p.MANAGER, args, self.key(), self.bill(self.now))
        held.cancelled = True
        self.counts["cancelled"] += 1
        for member in self.members:
            if member.person is person:
                member.until = day_of(self.now)

    def wellness_guest(self):
        """A guest without a pass pays a treatment from the account."""
        person = self.people[draw_index(self.draw, self.people[:60])]
        self.charge(person, self.draw.choice([p.MASSAGE, p.MANICURE, p.HAIRCUT, p.FACIAL]), self.now)

    def online_sale(self):
        """A credit package bought online."""
        member = self.draw.choice([m for m in self.members if m.kind == "wellness"])
        if self.payer(member.person, p.FACIAL, self.now) is None:
            self.sell(member.person, self.draw.choice(["credit", "credit200"]), self.now, online=True)

    def stranger(self):
        """A card that nobody knows."""
        self.write("access.enter", self.now, p.TURNSTILE, {"card": f"0499{self.draw.randint(0, 0xFFFFFF):06X}AA"})
        self.counts["refused"] += 1

    def lapsed(self):
        """Somebody tries to enter on a pass that is over, or without one."""
        person = self.people[draw_index(self.draw, self.people)]
        if not person.inside and self.payer(person, p.GYM_ENTRY, self.now) is None:
            self.enter(person, p.GYM_ENTRY, self.now, 0)

    def mistake(self):
        """The desk sends something that cannot be done."""
        draw, at, client = self.draw, self.now, self.people[7].id
        month = {"client": client, "plan": PLANS["month"].id}
        pay = [{"method": "cash", "amount": money(100)}]
        top_up = {"client": client, "amount": money(1234), "method": "cash"}
        wrong = [
            ("sum_mismatch", "pass.sell", month | {"payments": pay}, None),
            ("not_for_sale", "pass.sell", {"client": client, "plan": PLANS["classes"].id, "channel": "online",
                                           "payments": [{"method": "card", "amount": money(4500)}]}, None),
            ("client_not_found", "account.top_up", top_up | {"client": ident(900000)}, None),
            ("bad_phone", "client.change", {"client": client, "set": {"phone": "12"}}, None),
            ("stale_version", "client.change", {"client": client, "set": {"notes": "?"}, "expected_version": 900}, None),
            ("key_reused", "account.top_up", top_up, f"till-1/{max(1, self.reusable())}"),
        ]
        reason, op, args, key = draw.choice(wrong)
        if reason != "key_reused" or self.reusable():
            self.fails(reason, op, at, self.staff(at), args, key)

    def reusable(self):
        """The number of a key of the till used within the last days, or 0."""
        for text in reversed(self.lines[-400:]):
            if '"op":"pass.sell"' in text and '"key":"till-1/' in text and '"payments"' in text:
                sale = json.loads(text)
                # A refused sale leaves its key free; those of this script carry a document.
                if "document" in sale:
                    return int(sale["key"].split("/")[1])
        return 0

    # What happened on one day only.

    def new_taxes(self):
        """The state raises its taxes; services and plans follow, passes sold stay as they are."""
        for number, service in enumerate(SERVICES, 1):
            args = {"service": ident(number), "set": {"tax": p.NEW_TAX[service[3]]}, "expected_version": 1}
            self.write("service.change", self.now, p.MANAGER, args)
        for plan in PLANS.values():
            self.taxes[plan.key] = p.NEW_TAX[plan.tax]
            new = {"tax": self.taxes[plan.key]}
            if plan.key in p.NEW_PRICES:
                self.prices[plan.key] = p.NEW_PRICES[plan.key]
                new["price"] = money(self.prices[plan.key])
            self.write("plan.change", self.now, p.MANAGER, {"plan": plan.id, "set": new, "expected_version": 1})

    def summer_sale(self):
        """The summer pass begins on a day of the client's choice."""
        for person in self.people[300:312]:
            self.sell(person, "summer", self.now)

    def summer_ends(self):
        """The summer pass is taken out of sale; holders go on."""
        self.write("plan.deactivate", self.now, p.MANAGER, {"plan": PLANS["summer"].id, "desk": True})
        args = {"client": self.people[320].id, "plan": PLANS["summer"].id, "start": {"on_date": "2025-09-02"},
                "payments": [{"method": "cash", "amount": money(7000)}]}
        self.fails("not_for_sale", "pass.sell", self.now + 600 * SECOND, p.IOANA, args, self.key())

    def terrace_sale(self):
        """A plan that will be deleted by mistake."""
        for person in self.people[340:346]:
            self.sell(person, "terrace", self.now)

    def terrace_deleted(self):
        """Deleted: its holders stay out."""
        self.write("plan.delete", self.now, p.MANAGER, {"plan": PLANS["terrace"].id})
        self.suspended.add(PLANS["terrace"].id)
        for person in self.people[340:343]:
            self.at(self.now + 3600 * SECOND, self.try_terrace, person)

    def terrace_back(self):
        """Taken back: they come in again."""
        self.write("plan.delete", self.now, p.MANAGER, {"plan": PLANS["terrace"].id, "undo": True})
        self.suspended.clear()
        for person in self.people[340:346]:
            self.at(self.now + 3600 * SECOND, self.try_terrace, person)

    def try_terrace(self, person):
        """A holder at the door."""
        if not person.inside:
            self.enter(person, p.GYM_ENTRY, self.now, 45)

    def expected(self):
        """What must come of the year."""
        inside = sum(1 for person in self.people if person.inside)
        errors = {reason: count for reason, count in self.errors.items() if count}
        owed = dict.fromkeys(sorted(self.sales), 0)
        for held in (held for person in self.people for held in person.passes):
            owed[held.plan.id] += held.owed(END, self.closed)
        money_on_accounts = sum(person.balance for person in self.people)
        return self.counts | {"errors": errors, "inside": inside, "on_accounts": money_on_accounts,
                              "methods": self.methods, "owed": owed,
                              "sales": {plan: self.sales[plan] for plan in sorted(self.sales)}}


def cents(amount):
    """The cents of an amount as a request writes it."""
    return int(amount["amount"].replace(".", ""))


def draw_index(draw, items):
    """A place in a list."""
    return draw.randrange(len(items))

