#include "sweep/kept.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <terrace/check.hpp>
#include <terrace/yearly.hpp>

namespace terrace::sweep {
namespace {

constexpr const char* kMonthly = "monthly";

/// Under what name the indicators of a group are kept: those of regions share one list.
std::string kept_group(const GroupInfo& group) { return group.yearly ? group.name : kMonthly; }

/// The first group that has an indicator of this name: a sweep's indicators were checked before.
const GroupInfo& group_with(const RunInfo& info, const std::string& name, KeptVariable& out) {
  for (std::size_t g = 0; g < info.groups.size(); ++g) {
    const GroupInfo& group = info.groups[g];
    for (const IndicatorInfo& i : info.indicators_of(g)) {
      if (i.name != name) continue;
      out = {name, i.unit, i.meaning, kept_group(group), i.flow, !group.modules.empty()};
      return group;
    }
  }
  bug("a sweep keeps an indicator that no run has", __FILE__, __LINE__);
}

/// Where a group's region is kept; as many as there are if it is not.
std::size_t place_of(const RegionInfo& region, const GroupInfo& group, const KeptLayout& layout) {
  // In a monthly group the group's name is the level.
  const bool county = group.yearly ? region.level == RegionLevel::county : group.name == "county";
  if (county) return layout.regions.size();
  const auto found =
      std::ranges::find_if(layout.regions, [&](const RegionInfo& r) { return r.id == region.id; });
  return static_cast<std::size_t>(found - layout.regions.begin());
}

/// Place of an indicator in the rows of a group; as many as there are if it is not there.
std::size_t place_of(const std::vector<IndicatorInfo>& indicators, const std::string& name) {
  const auto found = std::ranges::find(indicators, name, &IndicatorInfo::name);
  return static_cast<std::size_t>(found - indicators.begin());
}

/// Of all zeros and all NaN one each: a result's bytes go by what it says.
double one_form(double value) {
  return std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value + 0.0;
}

}  // namespace

KeptLayout layout_of(const RunInfo& info, const StudyOutput& output) {
  KeptLayout layout;
  for (int year = output.first_year; year <= output.last_year; ++year) layout.years.push_back(year);
  for (const GroupInfo& group : info.groups) {
    const bool provinces = output.provinces && group.name == "province";
    if (group.name != "national" && !provinces) continue;
    for (RegionInfo region : group.regions) {
      region.level = provinces ? RegionLevel::province : RegionLevel::national;
      layout.regions.push_back(region);
    }
  }
  for (const std::string& name : output.indicators) {
    KeptVariable variable;
    const GroupInfo& group = group_with(info, name, variable);
    if (variable.by_module) layout.modules = group.modules;
    layout.variables.push_back(variable);
  }
  for (KeptVariable& variable : layout.variables) {
    variable.first = layout.values;
    const std::size_t modules = variable.by_module ? layout.modules.size() : 1;
    layout.values += layout.years.size() * modules * layout.regions.size();
  }
  return layout;
}

bool same_shape(const KeptLayout& a, const KeptLayout& b) {
  const auto same_region = [](const RegionInfo& x, const RegionInfo& y) {
    return x.id == y.id && x.name == y.name;
  };
  const auto same_variable = [](const KeptVariable& x, const KeptVariable& y) {
    return x.name == y.name && x.unit == y.unit && x.group == y.group && x.first == y.first;
  };
  return a.years == b.years && a.modules == b.modules && a.values == b.values &&
         std::ranges::equal(a.regions, b.regions, same_region) &&
         std::ranges::equal(a.variables, b.variables, same_variable);
}

KeptRecorder::KeptRecorder(const RunInfo& info, const KeptLayout& layout)
    : info_(info),
      layout_(layout),
      values_(layout.values, std::numeric_limits<double>::quiet_NaN()) {}

void KeptRecorder::record(std::uint32_t, Month first, std::size_t months, std::size_t group,
                          std::span<const double> values) {
  const GroupInfo& from = info_.groups[group];
  const Month end = first + static_cast<Month>(months);
  for (std::size_t y = 0; y < layout_.years.size(); ++y) {
    const Month january = month_of(layout_.years[y], 1);
    if (january < first || january + 12 > end) continue;
    for (const KeptVariable& variable : layout_.variables) {
      if (variable.group == kept_group(from)) keep(variable, y, first, group, values);
    }
  }
}

void KeptRecorder::keep(const KeptVariable& variable, std::size_t year, Month first,
                        std::size_t group, std::span<const double> values) {
  const GroupInfo& from = info_.groups[group];
  const std::vector<IndicatorInfo>& indicators = info_.indicators_of(group);
  const std::size_t indicator = place_of(indicators, variable.name);
  const std::size_t modules = std::max<std::size_t>(1, from.modules.size());
  const std::size_t regions = from.regions.size();
  for (std::size_t r = 0; r < regions; ++r) {
    const std::size_t region = place_of(from.regions[r], from, layout_);
    if (region == layout_.regions.size()) continue;
    for (std::size_t m = 0; m < modules; ++m) {
      const double figure =
          year_figure(first, from.yearly, variable.flow, layout_.years[year], [&](std::size_t row) {
            const std::size_t place = (row * modules + m) * regions + r;
            return values[place * indicators.size() + indicator];
          });
      const std::size_t to = (year * modules + m) * layout_.regions.size() + region;
      values_[variable.first + to] = one_form(figure);
    }
  }
}

}  // namespace terrace::sweep
