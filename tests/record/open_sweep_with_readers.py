"""Opens the made-up sweep of made_up_sweep.hpp with the readers of Python. Called by sweep_file_test.cpp."""
import sys

import h5netcdf
import h5py
import netCDF4
import numpy as np
import xarray as xr

RUNS = np.arange(12)
DONE = ~np.isin(RUNS, (1, 2))


def expected(size):
    values = 1000.0 * RUNS[:, None] + np.arange(size) + 0.1
    values[RUNS % 4 == 3, 0] = np.nan
    values[~DONE] = np.nan
    return values


def same(found, wanted):
    assert found.dtype == wanted.dtype and found.size == wanted.size, (found.dtype, found.shape)
    assert np.array_equal(np.asarray(found).reshape(wanted.shape), wanted, equal_nan=True)


def check_netcdf4(path):
    with netCDF4.Dataset(path) as file:
        assert not file.groups and file.terrace_sweep == 1 and file.Conventions == "CF-1.8"
        assert file.title == "Never simulated, 从未模拟" and file.seed == "18446744073709551615"
        assert file.design == "morris" and file.getncattr("dimensions") == "trap budget arm"
        assert len(file.resolved_scenario) == 70012
        assert {d: len(file.dimensions[d]) for d in file.dimensions} == {
            "run": 12, "year": 3, "module": 2, "region": 3}
        assert list(file["arm_name"][:4]) == 2 * ["full programme"] + 2 * ["none"]
        assert list(file["arm"][:]) == list(RUNS // 2 % 2) and list(file["arm"].flag_values) == [0, 1]
        assert list(file["status"][:]) == [1, 2, 0] + 9 * [1]
        assert file["digest"][1] == "" and file["digest"][11] == 31 * "a" + "1"
        assert list(file["budget"].levels) == [0.5, 1.0, 2.0]
        same(np.ma.filled(file["headcount_ratio"][:], np.nan), expected(9))
        for name, variable in file.variables.items():
            assert variable.long_name, name


def check_xarray(path, engine):
    """One call shows everything: runs are chosen by what the study varied."""
    with xr.open_dataset(path, engine=engine) as data:
        data.load()
        assert {"trap", "budget", "arm", "arm_name", "point", "replicate", "status"} <= set(data.coords)
        assert data.trap.dims == ("run",) and data.trap.units == "yuan"
        same(data.offered.values, expected(18))
        assert data.offered.dims == ("run", "year", "module", "region")
        poor = data.headcount_ratio.where(data.arm_name == "none", drop=True)
        assert list(poor.run.values) == [2, 3, 6, 7, 10, 11]
        mean = data.headcount_ratio.sel(region=0, year=2013).groupby("point").mean()
        assert mean.sel(point=5) == (10003.1 + 11003.1) / 2 and mean.sel(point=0) == 3.1
        assert mean.sel(point=1) == 3003.1  # of run 3 alone
        table = data.headcount_ratio.sel(region=9).to_dataframe()
        assert len(table) == 36 and table.loc[(4, 2012)].trap == 0.1 + 0.3 * 2


def check_others(path):
    with h5netcdf.File(path, "r") as file:
        assert not file.groups
        same(file["headcount_ratio"][...], expected(9))
    with h5py.File(path) as file:
        assert [k.decode() for k in file["arm_name"][:2]] == 2 * ["full programme"]


def check_append(path):
    with netCDF4.Dataset(path, "a") as file:
        file.createVariable("mine", "f8", ("run",))[:] = 1.0
    with netCDF4.Dataset(path) as file:
        assert file["mine"][11] == 1.0 and file["digest"][11] == 31 * "a" + "1"


def main():
    path = sys.argv[1]
    check_netcdf4(path)
    check_xarray(path, "netcdf4")
    check_xarray(path, "h5netcdf")
    check_others(path)
    check_append(path)  # last, for it changes the file


if __name__ == "__main__":
    main()
