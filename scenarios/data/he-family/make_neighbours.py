#!/usr/bin/env python3
"""Makes the survey of scenarios/he-family.yaml: the He family as its file describes it, and invented neighbours.

    python3 make_neighbours.py [FOLDER]    writes households.csv and persons.csv, here if no folder is named

The family: seven people, the head born in 1981 and out of primary school, little land, no safe water, a small house of
wood. Its file does not say who the seven are; a couple, four children and the head's mother are an assumption. Nobody
else in the village has seven members, so that whoever begins with seven is a copy of it.
Neighbours have one to six members in the shapes below, half a mu of land a person as the township has it, and nothing
else that is known: the model draws the rest. The same bytes with every Python 3: all draws are random.Random(1981).random().
"""
import csv
import pathlib
import random
import sys

HE_WEIGHT = 20       # copies of the family in a village of 742 households
NEIGHBOURS = 120     # rows that stand for the other 722
LAND_A_HEAD = 0.5    # mu, published for the township

# At the beginning of 2016.
HE = [("head", 34, "man", 4, "farm", 0), ("spouse", 32, "woman", 3, "farm", 0), ("child", 10, "man", 3, "pupil", 1),
      ("child", 8, "man", 1, "pupil", 1), ("child", 6, "woman", 0, "pupil", 0), ("child", 3, "man", 0, "child", 0),
      ("parent", 61, "woman", 0, "farm", 0)]

# relation, first and last age, sex (None: either); the shapes of layouts, shortened to six persons. Their shares make
# 4.18 persons a household with the family's 20 copies: 3,099 persons over 742 households.
COUPLE = [("head", 28, 45, "man"), ("spouse", 27, 44, "woman")]
OLD_COUPLE = [("head", 60, 78, "man"), ("spouse", 59, 77, "woman")]
ELDERS = [("parent", 56, 76, "man"), ("parent", 55, 75, "woman")]
CHILDREN = [("child", 8, 18, None), ("child", 4, 14, None), ("child", 1, 9, None)]
SHAPES = [
    (0.06, [("head", 30, 58, "man")]),
    (0.04, [("head", 62, 84, "woman")]),
    (0.06, OLD_COUPLE),
    (0.04, [("head", 46, 58, "man"), ("spouse", 45, 57, "woman")]),
    (0.10, COUPLE + CHILDREN[:1]),
    (0.23, COUPLE + CHILDREN[:2]),
    (0.13, COUPLE + CHILDREN),
    (0.10, COUPLE + CHILDREN[:2] + ELDERS[1:]),
    (0.12, COUPLE + CHILDREN[:2] + ELDERS),
    (0.12, COUPLE + CHILDREN + ELDERS[1:]),
]

rng = random.Random(1981)


def between(low, high):
    return low + int(rng.random() * (high - low + 1))


def member(relation, first, last, sex, place):
    """One of a household whose members stand at about the same place of their age ranges."""
    age = first + int((last - first) * min(1.0, max(0.0, place + 0.15 * (rng.random() - 0.5))) + 0.5)
    sex = sex or ("woman" if rng.random() < 0.47 else "man")
    most = 9 if age < 35 else 6 if age < 55 else 3
    schooling = max(0, min(age - 7, between(most - 3, most)))
    activity = "farm"
    if age < 16:
        activity = "pupil" if age >= 6 else "child"
        schooling = max(0, age - 7)
    elif age < 19:
        schooling = between(7, 9)
    elif age >= 75:
        activity = "retired"
    elif relation == "head" and age < 45 and rng.random() < 0.25:
        activity = "migrant"
    return relation, age, sex, schooling, activity, int(age < 40 and schooling >= 3)


def neighbour(number):
    share, chosen = 0.0, (number + 0.5) / NEIGHBOURS
    for part, shape in SHAPES:
        share += part
        if chosen < share:
            place = rng.random()
            return [member(*row, place) for row in shape]
    raise AssertionError("the shares of shapes are less than one")


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent
    with open(folder / "households.csv", "w", newline="", encoding="utf-8") as households, \
            open(folder / "persons.csv", "w", newline="", encoding="utf-8") as persons:
        h, p = csv.writer(households, lineterminator="\n"), csv.writer(persons, lineterminator="\n")
        h.writerow(["household_id", "weight", "size", "land_mu", "house", "safe_water", "minority", "cadre_kin"])
        p.writerow(["household_id", "age", "sex", "relation", "schooling", "activity", "mandarin", "disability"])
        rows = [("he", HE_WEIGHT, HE)]
        rows += [(f"n{n:03}", (742 - HE_WEIGHT) / NEIGHBOURS, neighbour(n)) for n in range(NEIGHBOURS)]
        for name, weight, members in rows:
            own = ["D", 0, 1, 0] if name == "he" else ["", "", 1, ""]
            h.writerow([name, f"{weight:.6g}", len(members), f"{LAND_A_HEAD * len(members):g}", *own])
            for relation, age, sex, schooling, activity, mandarin in members:
                p.writerow([name, age, sex, relation, schooling, activity, mandarin,
                            "none" if name == "he" else ""])


if __name__ == "__main__":
    main()
