# Opens a made-up run in R. Called by readers_test.cpp with its folder and that of one whose diary is empty.
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
stopifnot(identical(dim(ncvar_get(file, "targeting/leakage")), c(11L, 4L, 2L)))
stopifnot(identical(as.integer(ncvar_get(file, "targeting/year")), 2011:2014))
stopifnot(identical(dim(ncvar_get(file, "modules/offered")), c(11L, 2L, 4L, 2L)))
stopifnot(ncvar_get(file, "modules/module_name")[1] == "relocation")

# The panel: R reads 64-bit integers as doubles, which hold these ids exactly.
founder <- 7 * 4096
ids <- c(2^32 + founder, 2^32 + founder + 512, c(11, 21, 31, 41, 51) * 2^32 + founder)
stopifnot(identical(as.numeric(ncvar_get(file, "panel/household")), ids))
stopifnot(identical(as.numeric(ncvar_get(file, "panel/line_of")), ids[c(1, 1, 3:7)]))
stopifnot(all(ncvar_get(file, "panel/weight")[1:2] == 101))
income <- ncvar_get(file, "panel/income")
stopifnot(identical(dim(income), c(7L, 48L, 2L)))
there <- ncvar_get(file, "panel/followed") == 1
stopifnot(sum(there) == 12 * 49, all(is.na(income[!there])), mean(is.na(income[there])) < 0.1)
life <- ncvar_get(file, "panel/income", start = c(2, 1, 1), count = c(1, -1, 1))
stopifnot(identical(c(life), income[2, , 1]))
stopifnot(ncatt_get(file, "panel/register_status", "flag_meanings")$value == "no registered exited")

events <- as.data.frame(sapply(
  c("replicate", "time", "household", "kind", "module", "reason", "person", "amount"),
  function(name) as.numeric(ncvar_get(file, paste0("events/", name)))))
stopifnot(nrow(events) == 49, all(events$household %in% ids), range(events$module) == c(-1, 1))
stopifnot(as.Date("2008-01-01") + events$time[1] == as.Date("2011-01-01"))
kinds <- strsplit(ncatt_get(file, "events/kind", "flag_meanings")$value, " ")[[1]]
stopifnot(kinds[events$kind[2] + 1] == "left_to_work")
nc_close(file)

quiet <- nc_open(file.path(commandArgs(trailingOnly = TRUE)[2], "trajectories.h5"))
stopifnot(quiet$dim[["events/event"]]$len == 0)
nc_close(quiet)
