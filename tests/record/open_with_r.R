# Opens a made-up run in R. Called by readers_test.cpp with its folder.
library(ncdf4)
file <- nc_open(file.path(commandArgs(trailingOnly = TRUE)[1], "trajectories.h5"))
poor <- ncvar_get(file, "county/headcount_ratio")  # R has the fastest dimension first
stopifnot(identical(dim(poor), c(7L, 48L, 2L)))
stopifnot(all(poor >= 0 & poor < 1, na.rm = TRUE), any(is.na(poor)))
stopifnot(ncatt_get(file, "county/headcount_ratio", "units")$value == "1")
stopifnot(ncatt_get(file, "county/time", "units")$value == "days since 2008-01-01")
stopifnot(as.Date("2008-01-01") + ncvar_get(file, "county/time")[1] == as.Date("2011-01-01"))
stopifnot(ncvar_get(file, "county/region_name")[7] == "County 6")
stopifnot(ncatt_get(file, 0, "seed")$value == "18446744073709551615")
stopifnot(identical(dim(ncvar_get(file, "national/headcount_ratio")), c(48L, 2L)))
nc_close(file)
