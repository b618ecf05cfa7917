#include "analysis/differences.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include <terrace/yearly.hpp>

#include "analysis/table_rows.hpp"

namespace terrace::analysis {
namespace {

constexpr std::array<const char*, 5> kGroups = {"national", "province", "county", "targeting",
                                                "modules"};
constexpr std::array<const char*, 3> kLevelNames = {"national", "province", "county"};

bool contains(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// The same place of two runs in one of their groups.
struct RegionPair {
  const RegionInfo* info = nullptr;
  std::size_t base = 0;
  std::size_t alt = 0;
};

std::vector<RegionPair> region_pairs(const StoredGroup& base, const StoredGroup& alt,
                                     const Levels& levels) {
  std::map<std::pair<RegionLevel, std::uint32_t>, std::size_t> places;
  for (std::size_t i = 0; i < alt.regions.size(); ++i) {
    places[{alt.regions[i].level, alt.regions[i].id}] = i;
  }
  std::vector<RegionPair> out;
  for (std::size_t i = 0; i < base.regions.size(); ++i) {
    const RegionInfo& region = base.regions[i];
    const auto found = places.find({region.level, region.id});
    if (levels.has(region.level) && found != places.end())
      out.push_back({&region, i, found->second});
  }
  return out;
}

/// Yearly figures of one indicator, module and region: [year][replicate], replicates from place
/// `from` on.
using Figures = std::vector<std::vector<double>>;

Figures figures_of(const StoredGroup& group, const StoredIndicator& indicator, std::size_t module,
                   std::size_t region, std::size_t from, const DifferenceRequest& request) {
  Figures out;
  for (int year = request.years.first; year <= request.years.last; ++year) {
    std::vector<double>& figures = out.emplace_back();
    for (std::size_t r = from; r < from + request.replicates.count; ++r) {
      figures.push_back(
          year_figure(group.months.front(), group.yearly, indicator.flow, year,
                      [&](std::size_t row) { return indicator.at(r, row, region, module); }));
    }
  }
  return out;
}

/// Replicate by replicate; NaN where a year is missing.
std::vector<double> sums(const Figures& figures, std::size_t first_year) {
  std::vector<double> out(figures.front().size(), 0.0);
  for (std::size_t year = first_year; year < figures.size(); ++year) {
    for (std::size_t r = 0; r < out.size(); ++r) out[r] += figures[year][r];
  }
  return out;
}

/// The unit of an indicator summed over years; empty where the sum means nothing.
std::string unit_of_sum(const StoredIndicator& indicator) {
  if (indicator.flow) return indicator.unit;
  if (indicator.unit == "persons") return "person-years";
  if (indicator.unit == "households") return "household-years";
  return {};
}

bool any_number(std::span<const double> base, std::span<const double> alt) {
  const auto is_number = [](double value) { return std::isfinite(value); };
  return std::any_of(base.begin(), base.end(), is_number) ||
         std::any_of(alt.begin(), alt.end(), is_number);
}

/// Two runs' group of one name, read indicator by indicator.
class GroupDifferences {
 public:
  GroupDifferences(const RunReader& base, const RunReader& alt, const char* name,
                   const DifferenceRequest& request)
      : base_(base),
        alt_(alt),
        request_(request),
        base_group_(base.group(name)),
        alt_group_(alt.group(name)),
        regions_(region_pairs(base_group_, alt_group_, request.levels)) {
    for (std::size_t m = 0; m < base_group_.modules.size(); ++m) {
      const auto& others = alt_group_.modules;
      const auto found = std::find(others.begin(), others.end(), base_group_.modules[m]);
      if (found == others.end()) continue;
      modules_.emplace_back(m, static_cast<std::size_t>(found - others.begin()));
    }
    if (base_group_.modules.empty() && alt_group_.modules.empty()) modules_.emplace_back(0, 0);
  }

  /// Indicators that are wanted and that both have in one unit; others are told.
  std::vector<std::string> indicators(std::vector<std::string>& notes) const {
    std::vector<std::string> out;
    std::vector<std::string> one_sided;
    for (std::size_t i = 0; i < base_group_.indicators.size(); ++i) {
      const std::string& name = base_group_.indicators[i];
      if (!wanted(name)) continue;
      const auto found =
          std::find(alt_group_.indicators.begin(), alt_group_.indicators.end(), name);
      if (found == alt_group_.indicators.end() ||
          alt_group_.units[static_cast<std::size_t>(found - alt_group_.indicators.begin())] !=
              base_group_.units[i]) {
        one_sided.push_back(name);
      } else {
        out.push_back(name);
      }
    }
    for (const std::string& name : alt_group_.indicators) {
      if (wanted(name) && !contains(base_group_.indicators, name)) one_sided.push_back(name);
    }
    if (!one_sided.empty()) {
      notes.push_back("not in both runs, or in other units, and left out (group " +
                      base_group_.name + "): " + shortened(one_sided));
    }
    return out;
  }

  std::size_t rows(std::size_t indicators) const {
    return indicators * modules_.size() * regions_.size() * (request_.years.count() + 1);
  }

  void append(const std::string& indicator, const std::string& alt_name, RowWriter& rows) const {
    if (regions_.empty()) return;
    const StoredIndicator base = base_.read(base_group_.name, indicator);
    const StoredIndicator alt = alt_.read(alt_group_.name, indicator);
    for (const auto& [base_module, alt_module] : modules_) {
      const std::string module =
          base_group_.modules.empty() ? std::string() : base_group_.modules[base_module];
      for (const RegionPair& region : regions_) {
        const Head head{alt_name, region.info, indicator, module};
        append_years(
            head, base,
            figures_of(base_group_, base, base_module, region.base, request_.replicates.base,
                       request_),
            figures_of(alt_group_, alt, alt_module, region.alt, request_.replicates.alt, request_),
            rows);
      }
    }
  }

 private:
  struct Head {
    const std::string& alt;
    const RegionInfo* region;
    const std::string& indicator;
    const std::string& module;
  };

  bool wanted(const std::string& name) const {
    return request_.indicators.empty() || contains(request_.indicators, name);
  }

  void append_years(const Head& head, const StoredIndicator& indicator, const Figures& base,
                    const Figures& alt, RowWriter& rows) const {
    for (std::size_t i = 0; i < base.size(); ++i) {
      const int year = request_.years.first + static_cast<int>(i);
      append_row(head, indicator.unit, {year, year}, base[i], alt[i], rows);
    }
    const int from = std::max(request_.years.first, request_.programme_year);
    const std::string unit = unit_of_sum(indicator);
    if (unit.empty() || from >= request_.years.last) return;
    const auto skipped = static_cast<std::size_t>(from - request_.years.first);
    append_row(head, unit, {from, request_.years.last}, sums(base, skipped), sums(alt, skipped),
               rows);
  }

  void append_row(const Head& head, const std::string& unit, Years years,
                  std::span<const double> base, std::span<const double> alt,
                  RowWriter& rows) const {
    if (!any_number(base, alt)) return;
    const PairedFigure figure = paired(base, alt, request_.confidence);
    rows << head.alt << kLevelNames[static_cast<std::size_t>(head.region->level)]
         << static_cast<double>(head.region->id)
         << (head.region->level == RegionLevel::national ? request_.nation : head.region->name)
         << head.indicator << head.module << unit << years.first << years.last
         << static_cast<double>(figure.difference.n) << figure.base << figure.alt
         << figure.difference.mean << figure.difference.error << figure.difference.low
         << figure.difference.high << figure.relative
         << std::string(figure.difference.too_small() ? "n too small" : "");
  }

  const RunReader& base_;
  const RunReader& alt_;
  const DifferenceRequest& request_;
  StoredGroup base_group_;
  StoredGroup alt_group_;
  std::vector<RegionPair> regions_;
  std::vector<std::pair<std::size_t, std::size_t>> modules_;
};

/// Groups that both runs have and that hold a level that is wanted.
std::vector<const char*> common_groups(const RunReader& base, const RunReader& alt,
                                       const Levels& levels) {
  const std::vector<std::string> ours = base.groups();
  const std::vector<std::string> theirs = alt.groups();
  std::vector<const char*> out;
  for (std::size_t g = 0; g < kGroups.size(); ++g) {
    const bool monthly = g < kLevelNames.size();
    if (monthly && !levels.has(static_cast<RegionLevel>(g))) continue;
    if (contains(ours, kGroups[g]) && contains(theirs, kGroups[g])) out.push_back(kGroups[g]);
  }
  return out;
}

}  // namespace

bool Levels::has(RegionLevel level) const {
  switch (level) {
    case RegionLevel::national:
      return national;
    case RegionLevel::province:
      return province;
    default:
      return county;
  }
}

PairedFigure paired(std::span<const double> base, std::span<const double> alt, double confidence) {
  std::vector<double> b;
  std::vector<double> a;
  std::vector<double> differences;
  for (std::size_t i = 0; i < std::min(base.size(), alt.size()); ++i) {
    if (!std::isfinite(base[i]) || !std::isfinite(alt[i])) continue;
    b.push_back(base[i]);
    a.push_back(alt[i]);
    differences.push_back(alt[i] - base[i]);
  }
  PairedFigure out;
  out.difference = mean_interval(differences, confidence);
  const bool none = out.difference.n == 0;  // then each run's own figure, if it has one
  out.base = mean_interval(none ? base : b, confidence).mean;
  out.alt = mean_interval(none ? alt : a, confidence).mean;
  if (out.base != 0.0) out.relative = out.difference.mean / out.base;
  return out;
}

ResultTable differences_table(double confidence) {
  return {
      "differences",
      "Differences between runs, replicate by replicate, by year, region and indicator",
      {words("alt", "the run that is compared with the base"),
       words("region_level", "national, province or county"),
       numbers("region", "1", "0 for the nation, number of the province or county"),
       words("region_name", "name of the region"),
       words("indicator", "name, as `terrace list indicators` explains it"),
       words("module", "of an indicator of the group `modules`, else empty"),
       words("unit",
             "of base, alt_value, difference, error, low and high; yuan are nominal or of 2012, "
             "as `terrace list indicators` says, and sums of nominal yuan are not deflated"),
       numbers("from_year", "year", "first year that the figure covers"),
       numbers("to_year", "year",
               "last year; later than from_year in rows that sum the years from the "
               "programme on"),
       numbers("n", "1", "pairs of replicates in which both runs have the figure"),
       numbers("base", "see unit",
               "mean of the base over these replicates; over all that it has if n is 0"),
       numbers("alt_value", "see unit", "the same of the other run"),
       numbers("difference", "see unit", "mean of alt less base"),
       numbers("error", "see unit", "standard error of the difference; none if n is below 2"),
       numbers("low", "see unit",
               "lower end of the " + percent_text(confidence) +
                   " interval (Student's t, n - 1): " + kOneSample),
       numbers("high", "see unit", "upper end of that interval"),
       numbers("relative", "1", "difference over base; none where base is 0"),
       words("note", "`n too small` where there is no interval")}};
}

std::size_t difference_rows(const RunReader& base, const RunReader& alt,
                            const DifferenceRequest& request) {
  std::size_t rows = 0;
  std::vector<std::string> ignored;
  for (const char* name : common_groups(base, alt, request.levels)) {
    const GroupDifferences group(base, alt, name, request);
    rows += group.rows(group.indicators(ignored).size());
  }
  return rows;
}

void append_differences(const RunReader& base, const RunReader& alt, const std::string& alt_name,
                        const DifferenceRequest& request, ResultTable& table,
                        std::vector<std::string>& notes) {
  RowWriter rows(table);
  for (const char* name : common_groups(base, alt, request.levels)) {
    const GroupDifferences group(base, alt, name, request);
    for (const std::string& indicator : group.indicators(notes)) {
      group.append(indicator, alt_name, rows);
    }
  }
}

}  // namespace terrace::analysis
