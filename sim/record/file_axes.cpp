#include "record/file_axes.hpp"

#include <chrono>
#include <numeric>
#include <vector>

namespace terrace::record {

std::int32_t days_of(Month month) {
  using namespace std::chrono;
  const auto first = year{year_of(month)} / static_cast<int>(month_in_year(month)) / 1;
  constexpr sys_days origin = year{2008} / 1 / 1;
  return static_cast<std::int32_t>((sys_days{first} - origin).count());
}

void put_time(hid_t variable, const char* meaning) {
  put_text(variable, "standard_name", "time");
  put_text(variable, "long_name", meaning);
  put_text(variable, "units", "days since 2008-01-01");
  put_text(variable, "calendar", "proleptic_gregorian");
}

void add_replicates(NetcdfGroup& group, const RunInfo& info) {
  std::vector<std::int32_t> replicates(info.replicates);
  std::iota(replicates.begin(), replicates.end(), static_cast<std::int32_t>(info.first_replicate));
  const hid_t scale = group.add_dimension<std::int32_t>("replicate", replicates);
  put_text(scale, "long_name", "number of the replicate");
  put_text(scale, "units", "1");
}

void add_rows(NetcdfGroup& group, const RunInfo& info, std::size_t rows, bool yearly) {
  const Month step = yearly ? 12 : 1;
  const Month start = yearly ? month_of(year_of(info.start), 1) : info.start;
  std::vector<std::int32_t> first_days;
  std::vector<std::int32_t> years;
  std::vector<std::int8_t> burn_in;
  for (std::size_t row = 0; row < rows; ++row) {
    const Month month = start + step * static_cast<Month>(row);
    first_days.push_back(days_of(month));
    years.push_back(year_of(month));
    burn_in.push_back(month < info.programme ? 1 : 0);
  }
  const hid_t time = group.add_dimension<std::int32_t>("time", first_days);
  put_time(time, yearly ? "first day of the year; stocks are those of its last day"
                        : "first day of the month");
  put_text(time, "axis", "T");
  if (yearly) put_text(group.add("year", "time", years), "long_name", "calendar year");
  const Hdf5Id flag = group.add("burn_in", "time", burn_in);
  put_text(flag, "long_name",
           yearly ? "whether the year begins before the programme"
                  : "whether the month lies before the programme");
  put_flags(flag, "programme burn_in");
}

}  // namespace terrace::record
