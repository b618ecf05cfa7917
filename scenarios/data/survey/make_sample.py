#!/usr/bin/env python3
"""Makes the sample survey of this folder: people who do not exist, in the form that docs/microdata.md asks for.

    python3 make_sample.py [FOLDER]    writes households.csv and persons.csv, here if no folder is named

The same bytes with every Python 3: all draws are random.Random(2012).random(). Figures are plausible for poor
counties of 2012 and no more than that; nothing is estimated from them.
"""
import csv
import math
import pathlib
import random
import sys

PROVINCES = ["Guizhou", "Gansu", "Henan", "Hunan"]  # Hebei is left out: it draws from elsewhere
HOUSEHOLDS = 400

HOUSEHOLD_COLUMNS = [
    "household_id", "weight", "province", "designated", "size", "land_mu", "productive_assets", "liquid_wealth",
    "durables", "house", "safe_water", "insured", "power", "network", "toilet", "minority", "cadre_kin",
    "income_farm", "income_local_wage", "income_migrant_wage", "income_transfer", "income_property", "consumption",
    "x_note"]
PERSON_COLUMNS = ["household_id", "age", "sex", "relation", "schooling", "activity", "disability", "chronic",
                  "mandarin", "health"]

rng = random.Random(2012)


def chance(p):
    return rng.random() < p


def between(low, high):
    return low + int(rng.random() * (high - low + 1))


def lognormal(median, sd):
    """From twelve uniforms, so that no version of Python's own normal matters."""
    z = sum(rng.random() for _ in range(12)) - 6.0
    return median * math.exp(sd * z)


def whole(x):
    return str(int(x + 0.5))


def person(household, age, sex, relation, rich):
    schooling = max(0, min(age - 7, 9 if age < 40 else 6, 16))
    if age >= 19 and chance(0.25 + 0.1 * rich):
        schooling = 12 if age < 50 else 9
    if schooling and chance(0.3):
        schooling -= 1
    if age < 16:
        activity = "pupil" if age >= 6 and schooling < 9 else "child"
    elif age < 19 and schooling >= 9 and chance(0.5):
        activity = "pupil"
    elif age >= 75:
        activity = "retired"
    elif age < 60 and relation != "head" and chance(0.35):
        activity = "migrant"
    elif age < 60 and chance(0.2):
        activity = "local_wage"
    else:
        activity = "farm"
    works = activity in ("farm", "local_wage", "migrant")
    disability = "partial" if chance(0.01 + 0.1 * age / 80) else "none"
    if not works and age >= 16 and chance(0.1):
        disability = "severe"
    chronic = chance(0.02 + 0.5 * (age / 80) ** 2)
    health = 0.92 - 0.006 * max(0, age - 30) - 0.1 * chronic + 0.08 * (rng.random() - 0.5)
    return {
        "household_id": household, "age": age, "sex": sex, "relation": relation, "schooling": schooling,
        "activity": activity, "disability": disability, "chronic": int(chronic),
        "mandarin": int(chance(0.85 - 0.008 * max(0, age - 20))),
        "health": "" if chance(0.05) else f"{min(1.0, max(0.05, health)):.2f}"}


def members(household, rich):
    head = between(24, 75)
    out = [person(household, head, "man" if chance(0.85) else "woman", "head", rich)]
    if chance(0.85):
        other = "woman" if out[0]["sex"] == "man" else "man"
        out.append(person(household, max(20, head - between(0, 4)), other, "spouse", rich))
    for _ in range(between(0, 3)):
        age = head - between(21, 34)
        if age >= 0:
            out.append(person(household, age, "man" if chance(0.54) else "woman", "child", rich))
    if head < 50 and chance(0.35):
        out.append(person(household, head + between(20, 28), "man" if chance(0.4) else "woman", "parent", rich))
    return out


def incomes(people, rich):
    wages = {"local_wage": 0.0, "migrant": 0.0}
    for one in people:
        if one["activity"] in wages:
            wages[one["activity"]] += lognormal(9000 if one["activity"] == "migrant" else 11000, 0.4)
    elders = sum(one["age"] >= 60 for one in people)
    return [lognormal(7000 + 4000 * rich, 0.6), wages["local_wage"], wages["migrant"],
            300 * len(people) + 900 * elders, lognormal(120, 1.0)]


def household(number):
    name = f"h{number:04d}"
    province = PROVINCES[number % len(PROVINCES)]
    designated = chance(0.5)
    rich = rng.random() + (0.0 if designated else 0.3)
    people = members(name, rich)
    parts = incomes(people, rich)
    home = max(1, sum(one["activity"] != "migrant" for one in people))
    row = {
        "household_id": name, "weight": f"{400 + 800 * rng.random():.1f}", "province": province,
        "designated": int(designated), "size": len(people), "land_mu": f"{lognormal(6, 0.5):.1f}",
        "productive_assets": whole(lognormal(1800 + 2000 * rich, 0.8)),
        "liquid_wealth": whole(lognormal(2000 + 3000 * rich, 0.9)) if chance(0.9) else str(-between(500, 8000)),
        "durables": whole(lognormal(2500 + 3000 * rich, 0.6)),
        "house": "ABCD"[0 if rich > 0.9 else 1 if rich > 0.35 else 2 if rich > 0.12 else 3],
        "safe_water": int(chance(0.72)), "insured": int(chance(0.97)), "power": int(chance(0.9)),
        "network": int(chance(0.4)), "toilet": int(chance(0.35)),
        "minority": int(chance({"Guizhou": 0.4, "Gansu": 0.1, "Hunan": 0.15}.get(province, 0.01))),
        "cadre_kin": int(chance(0.06)), "x_note": 'the "first" of all, made up' if number == 1 else ""}
    keys = ["income_farm", "income_local_wage", "income_migrant_wage", "income_transfer", "income_property"]
    told = chance(0.96)
    for key, part in zip(keys, parts):
        row[key] = whole(part) if told else ""
    row["consumption"] = whole(sum(parts) / home * (0.7 + 0.3 * rng.random())) if chance(0.9) else ""
    return row, people


def write(path, columns, rows):
    with open(path, "w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    households, persons = [], []
    for number in range(1, HOUSEHOLDS + 1):
        row, people = household(number)
        households.append(row)
        persons += people
    write(folder / "households.csv", HOUSEHOLD_COLUMNS, households)
    write(folder / "persons.csv", PERSON_COLUMNS, persons)


if __name__ == "__main__":
    main()
