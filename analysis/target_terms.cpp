#include "analysis/target_terms.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace terrace::analysis {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

bool contains(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// What several years come to.
double take(TargetTake how, const std::vector<double>& years) {
  double sum = 0.0;
  for (const double year : years) sum += year;
  switch (how) {
    case TargetTake::value:
    case TargetTake::sum:
      return sum;
    case TargetTake::mean:
      return sum / static_cast<double>(years.size());
    case TargetTake::change:
      return years.back() - years.front();
    case TargetTake::growth:
      return std::pow(years.back() / years.front(), 1.0 / static_cast<double>(years.size() - 1)) -
             1.0;
  }
  return kNone;
}

}  // namespace

TermReader::TermReader(const RunReader& run, const std::vector<std::string>& nation)
    : run_(run), groups_(run.groups()) {
  const StoredGroup& months = group("national");
  replicates_ = months.replicates.size();
  first_year_ = year_of(months.months.front());
  for (std::size_t i = 0; i < months.months.size(); ++i) {
    if (months.burn_in[i]) first_year_ = year_of(months.months[i]);
  }
  last_year_ = year_of(months.months.back());
  for (const RegionInfo& province : group("province").regions) provinces_.push_back(province.name);
  const auto& counties = group("county").regions;
  const bool ordinary_counties = std::any_of(counties.begin(), counties.end(),
                                             [](const RegionInfo& r) { return !r.designated; });
  whole_nation_ = ordinary_counties &&
                  std::all_of(nation.begin(), nation.end(),
                              [&](const std::string& name) { return contains(provinces_, name); });
}

const StoredGroup& TermReader::group(const std::string& name) {
  const auto found = group_cache_.find(name);
  if (found != group_cache_.end()) return found->second;
  return group_cache_.emplace(name, run_.group(name)).first->second;
}

const TermReader::Column& TermReader::column(const std::string& name,
                                             const std::string& indicator) {
  const auto key = std::pair(name, indicator);
  const auto found = column_cache_.find(key);
  if (found != column_cache_.end()) return found->second;
  Column column;
  if (!contains(groups_, name)) {
    column.missing = "it has no group " + name;
  } else if (!contains(group(name).indicators, indicator)) {
    column.missing = indicator + " was not recorded";
  } else {
    column.data = run_.read(name, indicator);
  }
  return column_cache_.emplace(key, std::move(column)).first->second;
}

/// Monthly indicators lie in a group for each level; others have all regions in one.
std::string TermReader::stored_group(const TargetTerm& term) const {
  if (term.group != "monthly") return term.group;
  switch (term.where) {
    case TargetWhere::nation:
      return "national";
    case TargetWhere::designated:
      return "county";
    case TargetWhere::part:
    case TargetWhere::provinces:
      break;
  }
  return "province";
}

std::string TermReader::unanswerable(const TargetTerm& term) {
  if (term.from < first_year_ || term.to > last_year_) {
    return "its years are " + std::to_string(first_year_) + " to " + std::to_string(last_year_);
  }
  if (term.where == TargetWhere::provinces) {
    for (const std::string& name : term.provinces) {
      if (!contains(provinces_, name)) return "it has no " + name;
    }
  } else if (!whole_nation_) {
    return "it is not of the whole nation";
  }
  const std::string from = stored_group(term);
  for (const std::string* name : {&term.indicator, &term.times, &term.weight}) {
    if (name->empty()) continue;
    if (const Column& c = column(from, *name); !c.missing.empty()) return c.missing;
  }
  if (!term.module.empty() && !contains(group(from).modules, term.module)) {
    return "it has no module " + term.module;
  }
  return {};
}

std::vector<std::size_t> TermReader::regions(const TargetTerm& term,
                                             const StoredGroup& group) const {
  const auto wanted = [&](const RegionInfo& r) {
    switch (term.where) {
      case TargetWhere::nation:
        return r.level == RegionLevel::national;
      case TargetWhere::designated:
        return r.level == RegionLevel::county && r.designated;
      case TargetWhere::part:
        return r.level == RegionLevel::province && r.part == term.part;
      case TargetWhere::provinces:
        return r.level == RegionLevel::province && contains(term.provinces, r.name);
    }
    return false;
  };
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < group.regions.size(); ++i) {
    if (wanted(group.regions[i])) out.push_back(i);
  }
  return out;
}

std::size_t TermReader::module_of(const TargetTerm& term, const StoredGroup& group) const {
  if (term.module.empty()) return 0;
  const auto at = std::find(group.modules.begin(), group.modules.end(), term.module);
  return static_cast<std::size_t>(at - group.modules.begin());
}

/// A region's figure of a year: the sum of a flow's months, else the last row.
double TermReader::of_region(const TargetTerm& term, const Column& column, std::size_t replicate,
                             int year, std::size_t region) {
  const StoredGroup& of = group(stored_group(term));
  const std::size_t module = module_of(term, of);
  double sum = kNone;
  for (std::size_t row = 0; row < of.months.size(); ++row) {
    if (year_of(of.months[row]) != year) continue;
    const double value = column.data.at(replicate, row, region, module);
    sum = column.data.flow && !std::isnan(sum) ? sum + value : value;
  }
  return sum;
}

/// Added up over regions, counties with their weights; or averaged by `weight`.
double TermReader::of_year(const TargetTerm& term, std::size_t replicate, int year) {
  const std::string name = stored_group(term);
  const StoredGroup& of = group(name);
  double sum = 0.0;
  double weights = 0.0;
  for (const std::size_t region : regions(term, of)) {
    double value = of_region(term, column(name, term.indicator), replicate, year, region);
    if (!term.times.empty() && value != 0.0) {
      value *= of_region(term, column(name, term.times), replicate, year, region);
    }
    double weight = of.regions[region].weight;
    if (!term.weight.empty()) {
      weight *= of_region(term, column(name, term.weight), replicate, year, region);
    }
    if (weight != 0.0) sum += weight * value;
    weights += weight;
  }
  return term.weight.empty() ? sum : sum / weights;
}

TermReader::Values TermReader::term(const TargetTerm& term, std::string& why) {
  why = unanswerable(term);
  if (!why.empty()) return {};
  Values out;
  for (std::size_t replicate = 0; replicate < replicates_; ++replicate) {
    std::vector<double> years;
    for (int year = term.from; year <= term.to; ++year) {
      years.push_back(of_year(term, replicate, year));
    }
    out.push_back(term.factor * take(term.take, years));
  }
  return out;
}

TermReader::Values TermReader::sum(const std::vector<TargetTerm>& terms, std::string& why) {
  Values total(replicates_, 0.0);
  for (const TargetTerm& one : terms) {
    const Values values = term(one, why);
    if (!why.empty()) return {};
    for (std::size_t i = 0; i < total.size(); ++i) total[i] += values[i];
  }
  return total;
}

std::vector<double> TermReader::answer(const TargetAnswer& answer, std::string& why) {
  why.clear();
  Values values = sum(answer.terms, why);
  if (!why.empty()) return {};
  for (double& value : values) value *= answer.factor;
  if (answer.over.empty()) return values;
  const Values below = sum(answer.over, why);
  if (!why.empty()) return {};
  for (std::size_t i = 0; i < values.size(); ++i) values[i] /= below[i];
  return values;
}

}  // namespace terrace::analysis
