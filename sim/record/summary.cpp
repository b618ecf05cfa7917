#include "record/summary.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include <terrace/yearly.hpp>

#include "record/csv.hpp"

namespace terrace::record {
namespace {

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

  /// A table of modules has no place in rows of region and indicator.
  static bool takes(const GroupInfo& group) { return group.modules.empty(); }

  void add(std::uint32_t replicate, int year, std::size_t group) {
    const GroupInfo& list = info_.groups[group];
    for (std::size_t region = 0; region < list.regions.size(); ++region) {
      const RegionInfo& of = list.regions[region];
      const std::string level = list.yearly ? name_of(of.level) : list.name;
      if (!counties_ && level == "county") continue;
      std::string start;
      append_number(start, info_.first_replicate + replicate);
      start += ',';
      append_number(start, year);
      start += "," + csv_field(level) + ",";
      append_number(start, of.id);
      start += "," + csv_field(of.name);
      for (std::size_t i = 0; i < names_[group].size(); ++i) {
        text += start;
        text += names_[group][i];
        const double value = figure(replicate, year, group, region, i);
        if (!std::isnan(value)) append_number(text, value + 0.0);  // no -0
        text += '\n';
      }
    }
  }

  std::string text = "replicate,year,region_level,region,region_name,indicator,unit,value\n";

 private:
  double figure(std::uint32_t replicate, int year, std::size_t group, std::size_t region,
                std::size_t indicator) const {
    const bool flow = info_.indicators_of(group)[indicator].flow;
    return year_figure(info_.start, info_.groups[group].yearly, flow, year, [&](std::size_t row) {
      const std::size_t place =
          (replicate * results_.rows(group) + row) * info_.groups[group].regions.size() + region;
      return results_.values(group)[place * names_[group].size() + indicator];
    });
  }

  const MemoryRecorder& results_;
  const RunInfo& info_;
  bool counties_;
  std::vector<std::vector<std::string>> names_;  ///< by group and indicator
};

}  // namespace

std::string summary_csv(const MemoryRecorder& results, std::string& log, std::size_t most_rows) {
  const RunInfo& info = results.info();
  const int first = first_result_year(info.start, info.programme);
  const int last = last_result_year(info.end);
  std::size_t rows = 0;
  for (std::size_t g = 0; g < info.groups.size(); ++g) {
    if (Table::takes(info.groups[g])) rows += info.row_size(g);
  }
  rows *= info.replicates * static_cast<std::size_t>(std::max(0, last - first + 1));
  const bool counties = rows <= most_rows;
  if (!counties) {
    if (!log.empty() && log.back() != '\n') log += '\n';
    log += "summary.csv leaves the counties out: with them it would have " + std::to_string(rows) +
           " rows. trajectories.h5 has them.\n";
  }
  Table table(results, counties);
  for (std::uint32_t replicate = 0; replicate < info.replicates; ++replicate) {
    for (int year = first; year <= last; ++year) {
      for (std::size_t group = 0; group < info.groups.size(); ++group) {
        if (Table::takes(info.groups[group])) table.add(replicate, year, group);
      }
    }
  }
  return std::move(table.text);
}

}  // namespace terrace::record
