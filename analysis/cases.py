#!/usr/bin/env python3
"""The figures of docs/cases, from results folders of the scenarios of the same names.

    cases.py danyang DIR
    cases.py wangjia DIR
    cases.py he-family DIR [--which]     --which: the copies of the family of replicate 0, one a line
    cases.py cliff-village DIR
    cases.py tongren-suzhou DIR ALONE    the arm with a partner, and the one without

Means over replicates; in brackets the standard error of that mean, where there are several.
"""
import argparse
import pathlib
import sys

import h5py
import numpy as np

NO, REGISTERED, EXITED, RELAPSED, REMOVED = range(5)  # register_status of the panel
COMPONENTS = {"farm": "farm_month", "local posts": "local_wage_month", "work away": "migrant_wage_month",
              "transfers": "transfer_month", "rents, dividends": "property_month"}


class Results:
    """One results folder. Values come as replicate by year, or replicate by month by household."""

    def __init__(self, folder):
        self.file = h5py.File(pathlib.Path(folder) / "trajectories.h5")
        self.years = list(self.file["targeting/year"][:])
        self.first = self.years[0]

    def monthly(self, name):
        """An indicator of the nation: replicate, year, month of the year."""
        values = self.file["national/" + name][:]
        return values.reshape(len(values), -1, 12)

    def december(self, name, year):
        return self.monthly(name)[:, year - self.first, 11]

    def total(self, name, years):
        return sum(self.monthly(name)[:, year - self.first].sum(axis=1) for year in years)

    def targeting(self, name, year):
        return self.file["targeting/" + name][:, year - self.first, 0]

    def module(self, name, what, years):
        names = list(self.file["modules/module_name"].asstr()[:])
        values = self.file["modules/" + what][:, :, names.index(name), 0]
        return sum(values[:, year - self.first] for year in years)

    def panel(self, name):
        return self.file["panel/" + name][:]

    def month(self, year, month):
        return (year - self.first) * 12 + month - 1


def text(values, digits=0):
    """The mean over replicates, and its standard error."""
    values = np.asarray(values, dtype=float)
    mean = f"{np.nanmean(values):,.{digits}f}"
    if len(values) < 2:
        return mean
    error = np.nanstd(values, ddof=1) / np.sqrt(np.count_nonzero(~np.isnan(values)))
    return f"{mean} ({error:,.{digits}f})"


def show(rows):
    """Lines of a name, a value and perhaps what was reported."""
    width = max(len(row[0]) for row in rows)
    across = max(len(row[1]) for row in rows)
    for name, value, *reported in rows:
        print(f"{name:<{width}}  {value:>{across}}" + (f"  reported: {reported[0]}" if reported else ""))


def year_of(run, column, year, who):
    """What a component brought a household in a year, summed over `who`: one value a replicate."""
    values = run.panel(column)[:, run.month(year, 1):run.month(year, 12) + 1]
    return np.array([np.nansum(values[r][:, who[r]]) for r in range(len(who))])


def danyang(run):
    listed = run.december("registered_households", 2014) + run.total("exits", [2014])
    persons = run.december("registered_persons", 2014)
    status = run.panel("register_status")[:, run.month(2014, 12)]
    who = [np.isin(s, (REGISTERED, EXITED)) for s in status]

    def became(year, standings):
        """Percent of those listed in 2014 who stand so at the end of a year; the rest are no more."""
        now = run.panel("register_status")[:, run.month(year, 12)]
        return text([100 * np.isin(now[r][who[r]], standings).sum() / max(1, who[r].sum()) for r in range(len(who))])

    heads = np.array([np.nansum(run.panel("residents")[r][run.month(2019, 12)][who[r]]) for r in range(len(who))])
    before = np.array([np.nansum(run.panel("residents")[r][run.month(2013, 12)][who[r]]) for r in range(len(who))])
    rows = [
        ("households listed in 2014", text(listed), "137"),
        ("of them let go by the end of 2018, percent", became(2018, (EXITED,)), "96"),
        ("  struck off instead, percent", became(2018, (REMOVED,))),
        ("  on it, or on it again, percent", became(2018, (REGISTERED, RELAPSED)), "4"),
        ("of them let go by the end of 2019, percent", became(2019, (EXITED,)), "100"),
        ("  on it, or on it again, percent", became(2019, (REGISTERED, RELAPSED)), "0"),
        ("exits 2014-2018, of later listed too", text(run.total("exits", range(2014, 2019)))),
        ("on the register in December 2019, later listed too", text(run.december("registered_households", 2019)), "0"),
        ("persons on it in December 2014", text(persons)),
        ("below the line, percent, 2013", text(100 * run.december("headcount_ratio", 2013), 1)),
        ("the same, 2018", text(100 * run.december("headcount_ratio", 2018), 1)),
        ("the same, 2019", text(100 * run.december("headcount_ratio", 2019), 1)),
        ("households moved to 2020", text(run.module("relocation", "participants", [2020])), "86"),
        ("lessors of the cooperative, 2018", text(run.december("coop_members", 2018)), "48"),
        ("its posts held, 2018", text(run.december("coop_workers", 2018)), "10"),
        ("its dividends 2017-2020, yuan of 2012", text(run.total("coop_dividends", range(2017, 2021))), "242,000"),
        ("failures of it to 2020", text(run.total("coop_failures", range(2017, 2021)), 2)),
    ]
    gain = {name: year_of(run, column, 2019, who) / heads - year_of(run, column, 2013, who) / before
            for name, column in COMPONENTS.items()}
    whole = sum(gain.values())
    rows.append(("gain of those listed, yuan of 2012 a head, 2013 to 2019", text(whole)))
    rows += [(f"  of it from {name}, yuan", text(gain[name])) for name in COMPONENTS]
    rows.append(("  of the year 2019 cash from modules, yuan", text(year_of(run, "public_cash_month", 2019, who) / heads)))
    show(rows)


def wangjia(run):
    moved = run.panel("moved") == 1
    at = run.month(2021, 5)
    sums = {name: np.array([np.nansum(run.panel(name)[r][at][moved[r][at]]) for r in range(len(moved))])
            for name in ("members", "adults", "away", "local_workers", "public_workers", "searching", "ill", "pupils",
                         "elders")}
    everybody = {name: np.array([np.nansum(run.panel(name)[r][at]) for r in range(len(moved))])
                 for name in ("adults", "away", "local_workers", "public_workers")}
    adults = sums["adults"]
    paid = sums["away"] + sums["local_workers"] + sums["public_workers"]
    poor = np.array([np.nansum((run.panel("poor")[r][at] * run.panel("members")[r][at])[moved[r][at]])
                     for r in range(len(moved))])
    ever = run.module("relocation", "taken", range(2016, 2021))
    returned = run.module("relocation", "failed", range(2016, 2022))
    posts = run.module("workshops", "participants", [2021])
    share = lambda x: text(100 * x / adults, 1)
    show([
        ("households that took a flat, 2016-2020", text(ever), "4,322"),
        ("persons in moved households, May 2021", text(sums["members"]), "18,379"),
        ("of them of 16-59", text(adults), "7,000 of working age"),
        ("posts of workshops held, December 2021", text(posts), "600"),
        ("adults away, percent", share(sums["away"])),
        ("in posts of enterprises and cooperatives, percent", share(sums["local_workers"])),
        ("in workshops and public posts, percent", share(sums["public_workers"])),
        ("with paid work, percent", share(paid), "98"),
        ("searching for a post, percent", share(sums["searching"])),
        ("ill, percent", share(sums["ill"])),
        ("others: farm, school, household, percent", share(adults - paid - sums["searching"] - sums["ill"])),
        ("adults without paid work", text(adults - paid)),
        ("away of all adults of the three counties, percent", text(100 * everybody["away"] / everybody["adults"], 1)),
        ("below the line, percent of moved persons", text(100 * poor / sums["members"], 1)),
        ("at school", text(sums["pupils"]), "2,800 places"),
        ("of 60 and more", text(sums["elders"])),
        ("households that went back to 2021", text(returned), "1"),
    ])


def first_month(flags):
    """The first month in which something holds; -1 if it never does."""
    found = np.flatnonzero(flags)
    return int(found[0]) if len(found) else -1


def path(run, columns, r, h):
    """What befell one copy of the family, month by month from the programme on."""
    column = lambda name: columns[name][r][:, h]
    status = column("register_status")
    listed = first_month(status == REGISTERED)
    moved = first_month(column("moved") == 1)
    work = column("away") + column("local_workers") + column("public_workers")
    more = first_month(work[moved:] > work[moved]) if moved >= 0 else -1
    month = lambda year, number: run.month(year, number)
    spring = slice(month(2020, 3), month(2020, 6))
    winter = slice(month(2019, 11), month(2020, 3))
    return {"listed": listed, "moved": moved, "wait": more,
            "exited": bool(np.any(status[:month(2019, 12) + 1] == EXITED)),
            "back": bool(np.any(status[month(2020, 1):] == RELAPSED)),
            "poor": bool(np.any(column("poor")[spring] == 1)),
            "ill": bool(np.any(column("ill")[winter] > 0)),
            "income": float(column("income")[month(2019, 12)]),
            "fall": float(np.nanmean(column("migrant_wage_month")[spring] + column("local_wage_month")[spring]) -
                          np.nanmean(column("migrant_wage_month")[month(2019, 3):month(2019, 6)] +
                                     column("local_wage_month")[month(2019, 3):month(2019, 6)]))}


def copies_of(run):
    """Every copy of the family: those of seven members at the start."""
    names = ("register_status", "moved", "away", "local_workers", "public_workers", "poor", "ill", "income",
             "migrant_wage_month", "local_wage_month")
    columns = {name: run.panel(name) for name in names}
    members = run.panel("members")[:, 0]
    return [(r, h, path(run, columns, r, h)) for r in range(len(members)) for h in np.flatnonzero(members[r] == 7)]


def when(run, month):
    return "never" if month < 0 else f"{run.first + month // 12}-{month % 12 + 1:02}"


def he_family(run, which):
    copies = copies_of(run)
    if which:
        ids = list(zip(run.panel("county"), run.panel("id_in_county")))
        number = {county: 1 + k for k, county in enumerate(sorted({c for c, _ in ids}))}
        for r, h, p in copies:
            if r == 0:
                print(f"{number[ids[h][0]]}:{ids[h][1]}: listed {when(run, p['listed'])}, moved {when(run, p['moved'])}, "
                      f"work after {p['wait']} months, exited {p['exited']}, ill {p['ill']}, poor {p['poor']}")
        return
    first = {}
    for r, h, p in copies:
        first.setdefault(r, p)
    movers = lambda ps: [p for p in ps if p["moved"] >= 0]

    def row(name, test, among=lambda ps: ps):
        every, one = among([p for _, _, p in copies]), among(list(first.values()))
        return (name, f"{sum(map(test, every))} of {len(every)}", f"{sum(map(test, one))} of {len(one)}")

    in_2018 = lambda p: when(run, p["moved"]).startswith("2018")
    rows = [
        row("ever listed", lambda p: p["listed"] >= 0),
        row("listed in May 2017", lambda p: when(run, p["listed"]) == "2017-05"),
        row("moved", lambda p: p["moved"] >= 0),
        row("moved in July to December 2018", in_2018),
        row("of movers: a member more in work within 5 months", lambda p: 0 <= p["wait"] <= 5, movers),
        row("of movers: in months 3 to 5", lambda p: 3 <= p["wait"] <= 5, movers),
        row("of movers: never", lambda p: p["wait"] < 0, movers),
        row("left the register by December 2019", lambda p: p["exited"]),
        row("of movers: left it by then", lambda p: p["exited"], movers),
        row("a member without work for illness, November 2019 to February 2020", lambda p: p["ill"]),
        row("wages of March to May 2020 below those of 2019", lambda p: p["fall"] < 0),
        row("below the line in March to May 2020, twelve months' income", lambda p: p["poor"]),
        row("back on the register in 2020", lambda p: p["back"]),
        row("moved in 2018, work within 5 months, left by 2019, not poor in 2020",
            lambda p: in_2018(p) and 0 <= p["wait"] <= 5 and p["exited"] and not p["poor"]),
    ]
    width = max(len(name) for name, *_ in rows)
    print(f"{'':<{width}}  {'all copies':>12}  one a replicate")
    for name, every, one in rows:
        print(f"{name:<{width}}  {every:>12}  {one:>12}")


def cliff_village(run):
    show([
        ("households on the first register", text(run.december("registered_households", 2014) + run.total("exits", [2014])),
         "84 or more"),
        ("income a head 2019, yuan", text(run.december("mean_income", 2019)), "6,000"),
        ("below the line, percent, 2019", text(100 * run.december("headcount_ratio", 2019), 1)),
        ("below the exit line or without a guarantee, percent, 2019", text(100 * run.targeting("lacking_share", 2019), 1)),
        ("multidimensionally poor, percent, 2019", text(100 * run.targeting("mpi_headcount", 2019), 1)),
        ("on the register in December 2019, households", text(run.december("registered_households", 2019))),
        ("asked to move in 2020", text(run.module("relocation", "offered", [2020]))),
        ("said yes", text(run.module("relocation", "taken", [2020])), "84"),
        ("said no", text(run.module("relocation", "refused", [2020])), "about 30 stayed"),
    ])


def listed_workers(run):
    """Persons in local posts in December 2020 whose household is or was on the register."""
    at = run.month(2020, 12)
    status, workers = run.panel("register_status")[:, at], run.panel("local_workers")[:, at]
    weight = run.panel("weight")
    return np.array([np.nansum((weight * w)[s != NO]) for s, w in zip(status, workers)])


def tongren(run, alone):
    pairs = [
        ("below the line, percent, 2020", lambda x: 100 * x.december("headcount_ratio", 2020), 2),
        ("income a head 2020, yuan", lambda x: x.december("mean_income", 2020), 0),
        ("persons on the register, 2019", lambda x: x.december("registered_persons", 2019), 0),
        ("persons in enterprises' and cooperatives' posts, 2020", lambda x: x.december("local_workers", 2020), 0),
        ("of them in households that are or were registered", listed_workers, 0),
        ("persons working away, 2020", lambda x: x.december("migrants", 2020), 0),
        ("searching for a post, 2020", lambda x: x.december("searching", 2020), 0),
        ("programme's cost 2017-2020, million yuan",
         lambda x: sum(x.targeting("programme_cost", y) for y in range(2017, 2021)) / 1e6, 0),
        ("partner's money 2017-2020, million yuan", lambda x: x.total("partner_money", range(2017, 2021)) / 1e6, 0),
        ("unspent in counties' pools, December 2020, million yuan", lambda x: x.december("public_balance", 2020) / 1e6, 0),
        ("households served by industry, 2020", lambda x: x.module("industry", "participants", [2020]), 0),
    ]
    width = max(len(name) for name, *_ in pairs)
    print(f"{'':<{width}}  {'with':>22}  {'difference from alone':>22}")
    for name, value, digits in pairs:
        print(f"{name:<{width}}  {text(value(run), digits):>22}  {text(value(run) - value(alone), digits):>22}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("case", choices=["danyang", "wangjia", "he-family", "cliff-village", "tongren-suzhou"])
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--which", action="store_true")
    words = parser.parse_args()
    due = 2 if words.case == "tongren-suzhou" else 1
    if len(words.folders) != due:
        parser.error(f"{words.case} takes {due} results folder{'s' if due > 1 else ''}")
    runs = [Results(folder) for folder in words.folders]
    if words.case == "he-family":
        he_family(runs[0], words.which)
    else:
        {"danyang": danyang, "wangjia": wangjia, "cliff-village": cliff_village, "tongren-suzhou": tongren}[words.case](*runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
