#include "record/summary.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

namespace terrace::record {
namespace {

/// As RFC 4180 wants it.
std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

/// The shortest text that reads back as the same number.
template <typename Number>
void append(std::string& text, Number value) {
  std::array<char, 32> digits;
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  text.append(digits.data(), end);
}

/// First and last month of results of each whole year from the last one of burn-in on.
std::vector<std::pair<std::size_t, std::size_t>> years(const RunInfo& info) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  const int first = std::max(year_of(info.programme - 1), year_of(info.start + 11));
  for (int year = first; month_of(year, 12) <= info.end; ++year) {
    found.emplace_back(month_of(year, 1) - info.start, month_of(year, 12) - info.start);
  }
  return found;
}

const char* name_of(RegionLevel level) {
  switch (level) {
    case RegionLevel::national:
      return "national";
    case RegionLevel::province:
      return "province";
    default:
      return "county";
  }
}

class Table {
 public:
  Table(const MemoryRecorder& results, bool counties)
      : results_(results), info_(results.info()), counties_(counties) {
    names_.resize(info_.groups.size());
    for (std::size_t g = 0; g < names_.size(); ++g) {
      for (const IndicatorInfo& indicator : info_.indicators_of(g)) {
        names_[g].push_back("," + csv_field(indicator.name) + "," + csv_field(indicator.unit) +
                            ",");
      }
    }
  }

  void add(std::uint32_t replicate, std::pair<std::size_t, std::size_t> year, std::size_t group) {
    const GroupInfo& list = info_.groups[group];
    for (std::size_t region = 0; region < list.regions.size(); ++region) {
      const RegionInfo& of = list.regions[region];
      const std::string level = list.yearly ? name_of(of.level) : list.name;
      if (!counties_ && level == "county") continue;
      std::string start;
      append(start, replicate);
      start += ',';
      append(start, year_of(info_.start + static_cast<Month>(year.first)));
      start += "," + csv_field(level) + ",";
      append(start, of.id);
      start += "," + csv_field(of.name);
      for (std::size_t i = 0; i < names_[group].size(); ++i) {
        text += start;
        text += names_[group][i];
        const double value = figure(replicate, year, group, region, i);
        if (!std::isnan(value)) append(text, value + 0.0);  // no -0
        text += '\n';
      }
    }
  }

  std::string text = "replicate,year,region_level,region,region_name,indicator,unit,value\n";

 private:
  double figure(std::uint32_t replicate, std::pair<std::size_t, std::size_t> year,
                std::size_t group, std::size_t region, std::size_t indicator) const {
    const auto value = [&](std::size_t row) {
      const std::size_t place =
          (replicate * results_.rows(group) + row) * info_.groups[group].regions.size() + region;
      return results_.values(group)[place * names_[group].size() + indicator];
    };
    if (info_.groups[group].yearly) {
      const int first = year_of(info_.start + static_cast<Month>(year.first));
      return value(static_cast<std::size_t>(first - year_of(info_.start)));
    }
    if (!info_.indicators[indicator].flow) return value(year.second);
    double sum = 0.0;
    for (std::size_t month = year.first; month <= year.second; ++month) sum += value(month);
    return sum;
  }

  const MemoryRecorder& results_;
  const RunInfo& info_;
  bool counties_;
  std::vector<std::vector<std::string>> names_;  ///< by group and indicator
};

}  // namespace

std::string summary_csv(const MemoryRecorder& results, std::string& log, std::size_t most_rows) {
  const RunInfo& info = results.info();
  const auto all_years = years(info);
  std::size_t rows = 0;
  for (std::size_t g = 0; g < info.groups.size(); ++g) rows += info.row_size(g);
  rows *= info.replicates * all_years.size();
  const bool counties = rows <= most_rows;
  if (!counties) {
    if (!log.empty() && log.back() != '\n') log += '\n';
    log += "summary.csv leaves the counties out: with them it would have " + std::to_string(rows) +
           " rows. trajectories.h5 has them.\n";
  }
  Table table(results, counties);
  for (std::uint32_t replicate = 0; replicate < info.replicates; ++replicate) {
    for (const auto& year : all_years) {
      for (std::size_t group = 0; group < info.groups.size(); ++group) {
        table.add(replicate, year, group);
      }
    }
  }
  return std::move(table.text);
}

}  // namespace terrace::record
