"""Opens a made-up run with the readers people use. Called by readers_test.cpp with its folder, and
that of one whose diary is empty, and a file of a table."""
import struct
import sys

import h5netcdf
import netCDF4
import numpy as np
import xarray as xr

MASK = 2**64 - 1
GROUPS = {"national": 1, "province": 3, "county": 7}  # by month
YEARLY = {"targeting": 11, "modules": 11}
PANEL = ["panel", "events"]
MODULES = ["relocation", "low_income_allowance"]
FOUNDER, BRANCH = 7 << 12, (7 << 12) + 0x200
HOUSEHOLDS = [(1 << 32) + FOUNDER, (1 << 32) + BRANCH,
              *[(county << 32) + FOUNDER for county in (11, 21, 31, 41, 51)]]
COLUMNS = ["income", "register_status", "column_2", "column_3"]
KINDS = 40
UNITS = ["1", "yuan/person/year", "households", "1", "yuan/person/year"]
INDICATORS = ["headcount_ratio", "indicator_1", "indicator_2", "indicator_3", "indicator_4"]


def made_up_value(group, replicate, month, region, indicator):
    """As in made_up_run.hpp."""
    x = ((((group * 31 + replicate) * 4096 + month) * 4096 + region) * 256) + indicator
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    x ^= x >> 31
    if x % 101 == 0:
        return float("nan")
    return (x >> 11) * 2.0**-53 * (1e6 if indicator % 3 == 1 else 1.0)


def expected(group, indicator):
    values = np.array([[[made_up_value(group, r, m, c, indicator)
                         for c in range(list(GROUPS.values())[group])]
                        for m in range(48)] for r in range(2)])
    return values[:, :, 0] if group == 0 else values


def expected_yearly(indicator):
    return np.array([[[made_up_value(3, r, year, region, indicator)
                       for region in range(YEARLY["targeting"])]
                      for year in range(4)] for r in range(2)])


def expected_modules(indicator):
    return np.array([[[[made_up_value(4, r, year, module * 11 + region, indicator)
                        for region in range(11)] for module in range(2)]
                      for year in range(4)] for r in range(2)])


def followed():
    """By replicate, month and household: a branch comes later, one household goes."""
    there = np.ones((2, 48, 7), dtype=bool)
    there[0, :12, 1] = there[1, :24, 1] = False
    there[:, 24:, 2] = False
    return there


def expected_panel(column):
    values = np.full((2, 48, 7), np.nan, dtype=np.float32)
    for r, month, h in np.argwhere(followed()):
        county, number = HOUSEHOLDS[h] >> 32, (HOUSEHOLDS[h] & 0xFFFFFFFF) >> 9
        value = made_up_value(10, int(r), int(month), county * 7 + number, 3 * column)
        if column == 1 and value == value:
            values[r, month, h] = int(value * 3)
        else:
            values[r, month, h] = value * 1e4
    return values


def expected_events():
    """(replicate, (year, month), household, kind, module, reason, person, amount)"""
    rows = []
    for r in range(2):
        for year in range(4):
            number = r
            for h in range(7):
                if not followed()[r, 12 * year, h]:
                    continue
                module = -1 if number % 2 == 0 else 0 if number % 4 == 1 else 1
                rows.append((r, (2011 + year, 1 + number % 12), HOUSEHOLDS[h], number * 7 % KINDS, module,
                             2 if number % 3 == 1 else 0, number if number % 3 == 2 else -1,
                             np.float32(0.1) * np.float32(number)))
                number += 1
    return rows


def same(found, wanted):
    assert found.dtype == wanted.dtype and found.shape == wanted.shape, (found.dtype, found.shape)
    assert np.array_equal(np.asarray(found), wanted, equal_nan=True)


def check_netcdf4(path):
    with netCDF4.Dataset(path) as file:
        assert file.Conventions == "CF-1.8" and file.terrace_format == 2
        assert file.title == "Never simulated, 从未模拟"
        assert file.seed == "18446744073709551615"
        assert list(file.groups) == [*GROUPS, *YEARLY, *PANEL]
        assert file["national"].region_name == "China"
        for g, (name, regions) in enumerate(GROUPS.items()):
            group = file.groups[name]
            lengths = {d: len(group.dimensions[d]) for d in group.dimensions}
            assert lengths == {"replicate": 2, "time": 48} | ({} if g == 0 else {"region": regions})
            dates = netCDF4.num2date(group["time"][:], group["time"].units, group["time"].calendar)
            assert (dates[0].year, dates[0].month, dates[0].day) == (2011, 1, 1)
            assert (dates[47].year, dates[47].month, dates[47].day) == (2014, 12, 1)
            for i, indicator in enumerate(INDICATORS):
                variable = group[indicator]
                assert variable.units == UNITS[i]
                assert variable.dimensions == tuple(lengths)
                assert struct.pack("<d", variable._FillValue) == struct.pack("<d", np.nan)
                same(np.ma.filled(variable[:], np.nan), expected(g, i))
        county = file["county"]
        assert list(county["region_name"][:2]) == ["County 0", "County 1"]
        assert county["province_name"][1] == "贵州"
        assert list(county["region"][:3]) == [1, 11, 21]
        assert list(county["designated"][:2]) == [0, 1]
        assert county["weight"][0] == 10.0 and county["fraction"][0] == 0.1
        yearly = file["targeting"]
        assert list(yearly["year"][:]) == [2011, 2012, 2013, 2014]
        dates = netCDF4.num2date(yearly["time"][:], yearly["time"].units, yearly["time"].calendar)
        assert [(d.year, d.month, d.day) for d in dates] == [(y, 1, 1) for y in range(2011, 2015)]
        assert list(yearly["burn_in"][:]) == [1, 1, 0, 0]
        assert list(yearly["region"][:]) == list(range(11))
        assert list(yearly["region_level"][:]) == [0] + 3 * [1] + 7 * [2]
        assert list(yearly["region_id"][:]) == [0, 1, 2, 3, 1, 11, 21, 31, 41, 51, 61]
        assert yearly["leakage"].cell_methods == "time: point"
        assert yearly["programme_cost"].cell_methods == "time: sum"
        for i, indicator in enumerate(["leakage", "programme_cost"]):
            same(np.ma.filled(yearly[indicator][:], np.nan), expected_yearly(i))


        modules = file["modules"]
        assert modules["offered"].dimensions == ("replicate", "time", "module", "region")
        assert list(modules["module_name"][:]) == MODULES
        for i, indicator in enumerate(["offered", "participants"]):
            same(np.ma.filled(modules[indicator][:], np.nan), expected_modules(i))


def check_described(group):
    """Every variable says what it is."""
    for name, variable in group.variables.items():
        assert variable.long_name, name
        if "flag_values" in variable.ncattrs():
            assert variable.flag_values.dtype == variable.dtype, name
            assert len(variable.flag_values) == len(variable.flag_meanings.split()), name
        elif name != "burn_in":
            assert variable.units, name


def check_panel_netcdf4(path):
    with netCDF4.Dataset(path) as file:
        panel = file["panel"]
        check_described(panel)
        assert panel["household"].dtype == np.int64
        assert list(panel["household"][:]) == HOUSEHOLDS
        assert list(panel["county"][:]) == [1, 1, 11, 21, 31, 41, 51]
        assert list(panel["id_in_county"][:3]) == [FOUNDER, BRANCH, FOUNDER]
        assert list(panel["line_of"][:]) == [HOUSEHOLDS[0], HOUSEHOLDS[0], *HOUSEHOLDS[2:]]
        assert list(panel["weight"][:2]) == [101, 101]
        assert np.array_equal(panel["followed"][:], followed())
        assert panel["register_status"].flag_meanings == "no registered exited"
        for i, column in enumerate(COLUMNS):
            assert panel[column].dimensions == ("replicate", "time", "household")
            assert np.isnan(panel[column]._FillValue)
            same(np.ma.filled(panel[column][:], np.nan), expected_panel(i))
        events = file["events"]
        check_described(events)
        assert events.dimensions["event"].isunlimited()
        assert events["kind"].flag_meanings.split()[7] == "left_to_work"
        assert events["module"].flag_meanings.split() == ["none", *MODULES]
        assert "loan_taken: nominal yuan" in events["amount"].amount_by_kind
        dates = netCDF4.num2date(events["time"][:], events["time"].units, events["time"].calendar)
        rows = list(zip(events["replicate"][:], [(d.year, d.month) for d in dates],
                        *(events[name][:] for name in
                          ("household", "kind", "module", "reason", "person", "amount"))))
        assert rows == expected_events(), (rows[:2], expected_events()[:2])


def check_xarray_panel(path, engine):
    """One household's life, one month's cross-section, and events joined with both."""
    with xr.open_dataset(path, group="panel", engine=engine) as data:
        data.load()
        life = data.sel(household=HOUSEHOLDS[1], replicate=1)
        assert life.income.notnull().sum() <= 24 and life.followed.sum() == 24
        same(life.income.values, expected_panel(0)[1, :, 1])
        month = data.sel(time="2013-05-01", replicate=0)
        same(month.column_2.values, expected_panel(2)[0, 28])
        assert month.income.weighted(month.weight).mean().notnull()
        lines = data.income.groupby("line_of").mean()
        assert lines.sizes["line_of"] == 6
        panel = data.income.to_dataframe().reset_index()
    with xr.open_dataset(path, group="events", engine=engine) as events:
        table = events.load().to_dataframe()
    assert len(table) == 49 and table.household.dtype == np.int64
    joined = table.merge(panel, on=["replicate", "time", "household"], how="left")
    assert len(joined) == 49
    for row in joined.itertuples():
        r, h = row.replicate, HOUSEHOLDS.index(row.household)
        income = expected_panel(0)[r, (row.time.year - 2011) * 12 + row.time.month - 1, h]
        assert row.income == income or np.isnan(income)


def check_xarray_modules(path, engine):
    with xr.open_dataset(path, group="modules", engine=engine) as data:
        data.load()
        moved = data.swap_dims(module="module_name").sel(module_name="relocation")
        same(moved.offered.values, expected_modules(0)[:, :, 0])
        same(data.participants.swap_dims(time="year").sel(year=2014).values,
             expected_modules(1)[:, 3])


def check_table(path):
    for engine in ("netcdf4", "h5netcdf"):
        with xr.open_dataset(path, group="differences", engine=engine) as table:
            frame = table.load().to_dataframe()
            assert list(frame.region) == ["China", "贵州"] and table["mean"].units == "yuan"
            assert frame["mean"][0] == 0.1 and np.isnan(frame["mean"][1])


def check_quiet(path):
    """A diary without an entry."""
    with netCDF4.Dataset(path) as file:
        assert len(file["events"].dimensions["event"]) == 0
    for engine in ("netcdf4", "h5netcdf"):
        with xr.open_dataset(path, group="events", engine=engine) as data:
            assert data.sizes["event"] == 0 and data.load().kind.size == 0


def check_xarray(path, engine):
    for g, name in enumerate(GROUPS):
        with xr.open_dataset(path, group=name, engine=engine) as data:
            assert str(data.time.values[0]).startswith("2011-01-01"), data.time
            yearly = data.groupby("time.year").mean()
            assert list(yearly.year.values) == [2011, 2012, 2013, 2014]
            same(data.headcount_ratio.values, expected(g, 0))
            programme = data.indicator_1.where(data.burn_in == 0, drop=True)
            assert programme.sizes["time"] == 24
            if name == "county":
                data.load()  # netCDF4 1.6.2 cannot take every second text from a file
                poor = data.headcount_ratio.where(data.designated == 1, drop=True)
                assert poor.sizes["region"] == 3
                mean = data.headcount_ratio.weighted(data.weight).mean("region")
                assert mean.dims == ("replicate", "time")
                assert len(data.headcount_ratio.groupby("province_name").mean().province_name) == 3


def check_xarray_yearly(path, engine):
    with xr.open_dataset(path, group="targeting", engine=engine) as data:
        data.load()
        by_year = data.swap_dims(time="year")
        same(by_year.leakage.sel(year=2013).values, expected_yearly(0)[:, 2])
        assert {"year", "region_level", "region_id"} <= set(data.coords)
        provinces = data.programme_cost.where(data.region_level == 1, drop=True)
        assert list(provinces.region_name.values) == ["Inner, \"North\"", "贵州", "P2"]


def check_append(path):
    """Only files that keep the order of creation can be changed by netCDF."""
    with netCDF4.Dataset(path, "a") as file:
        file["national"].createVariable("mine", "f8", ("time",))[:] = 1.0
    with netCDF4.Dataset(path) as file:
        assert file["national"]["mine"][47] == 1.0


def main():
    path = sys.argv[1] + "/trajectories.h5"
    check_netcdf4(path)
    check_xarray(path, "netcdf4")
    check_xarray(path, "h5netcdf")
    check_xarray_yearly(path, "netcdf4")
    check_xarray_yearly(path, "h5netcdf")
    check_panel_netcdf4(path)
    for engine in ("netcdf4", "h5netcdf"):
        check_xarray_panel(path, engine)
        check_xarray_modules(path, engine)
    check_quiet(sys.argv[2] + "/trajectories.h5")
    check_table(sys.argv[3])
    with h5netcdf.File(path, "r") as file:
        assert list(file.groups) == [*GROUPS, *YEARLY, *PANEL]
        same(file["panel"]["income"][...], expected_panel(0))
        same(file["county"]["indicator_4"][...], expected(2, 4))
    check_append(path)  # last, for it changes the file


if __name__ == "__main__":
    main()
