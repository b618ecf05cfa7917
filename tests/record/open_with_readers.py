"""Opens a made-up run with the readers people use. Called by readers_test.cpp with its folder."""
import struct
import sys

import h5netcdf
import netCDF4
import numpy as np
import xarray as xr

MASK = 2**64 - 1
GROUPS = {"national": 1, "province": 3, "county": 7}  # by month
YEARLY = {"targeting": 11}
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


def same(found, wanted):
    assert found.dtype == np.float64 and found.shape == wanted.shape, (found.dtype, found.shape)
    assert np.array_equal(np.asarray(found), wanted, equal_nan=True)


def check_netcdf4(path):
    with netCDF4.Dataset(path) as file:
        assert file.Conventions == "CF-1.8" and file.terrace_format == 1
        assert file.title == "Never simulated, 从未模拟"
        assert file.seed == "18446744073709551615"
        assert list(file.groups) == [*GROUPS, *YEARLY]
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
    with h5netcdf.File(path, "r") as file:
        assert list(file.groups) == [*GROUPS, *YEARLY]
        same(file["county"]["indicator_4"][...], expected(2, 4))
    check_append(path)  # last, for it changes the file


if __name__ == "__main__":
    main()
