#!/usr/bin/env python3
"""Writes the demo data: clients.csv, setup.jsonl, year.jsonl and expected.json.

The same files every time: one seed, no clock, only the standard library. The script knows every pass it sells
(ids are predictable with node 1), so it knows who is let in, and says in expected.json what must come of the year.
"""

import csv
import json
import pathlib
import random
import sys

import names
from club import Club
from price_list import ident, setup

HERE = pathlib.Path(__file__).parent
CLIENTS = 2400
FIELDS = ["number", "kind", "first_name", "last_name", "phone", "email", "sex", "birth_date", "card", "notes"]


def line(op, at, by, args):
    """One request as a line of JSON."""
    request = {"op": op, "at": at, "by": ident(by), "args": args} if by else {"op": op, "at": at, "args": args}
    return json.dumps(request, ensure_ascii=False, separators=(",", ":")) + "\n"


def birth_date(draw):
    """A date of birth; now and then 29 February."""
    if draw.random() < 0.01:
        return f"{draw.choice(range(1960, 2008, 4))}-02-29"
    year = min(2008, max(1945, int(draw.gauss(1988, 13))))
    return f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"


def new_client(draw, number):
    """A client as the old program knew them: any field may be empty."""
    row = dict.fromkeys(FIELDS, "") | {"number": f"C-{number:04}", "kind": "person"}
    if number == 13:
        return row
    if number % 240 == 0 and number <= CLIENTS:
        company = names.COMPANIES[number // 240 - 1]
        return row | {"kind": "company", "last_name": company, "phone": names.phone(draw, "ro"),
                      "email": f"office{number}@example.org"}
    first, last, sex, language = names.person(draw)
    row |= {"first_name": first, "last_name": last if draw.random() < 0.98 else "", "sex": sex}
    if draw.random() < 0.92:
        row["phone"] = names.phone(draw, language)
    if draw.random() < 0.65:
        row["email"] = f"{names.ascii_of(first)}.{names.ascii_of(last)}{number}@example.{draw.choice(['com', 'org'])}"
    if draw.random() < 0.05:
        row["sex"] = ""
    if draw.random() < 0.85:
        row["birth_date"] = birth_date(draw)
    if draw.random() < 0.9:
        row["card"] = card(draw)
    if draw.random() < 0.06:
        row["notes"] = draw.choice(names.NOTES)
    return row


def card(draw):
    """The uid of a radio tag: seven bytes, as most readers send them."""
    return "04" + "".join(draw.choice("0123456789ABCDEF") for _ in range(12))


def main():
    """Writes all files beside the script, or into the folder given."""
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    draw = random.Random(2025)
    clients = [new_client(draw, number) for number in range(1, CLIENTS + 1)]
    with open(folder / "clients.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(clients)
    with open(folder / "setup.jsonl", "w", encoding="utf-8", newline="\n") as file:
        file.writelines(line(op, "2024-12-30T08:00:00Z", 0, args) for op, args in setup())
    club = Club(draw, clients, lambda number: new_client(draw, number))
    club.run()
    with open(folder / "year.jsonl", "w", encoding="utf-8", newline="\n") as file:
        file.writelines(club.lines)
    with open(folder / "expected.json", "w", encoding="utf-8", newline="\n") as file:
        json.dump(club.expected(), file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
