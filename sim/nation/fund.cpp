// The special fund: who pays it, and how it reaches counties.
//
//   centre -> provinces by the formula of need -> their counties by the same formula
//   provinces' own money, by their people's income -> their counties by the formula
//   counties' own money, by their people's income: rich counties add more
//   in designated counties, integrated agricultural money on top of these three
//   eastern provinces -> designated counties elsewhere, by their share of the poor
//
// The ratio of local to central money holds for the nation, not province by province. Money of the
// centre and of the East comes from budgets outside the model; so does what provinces and counties
// add, which nobody's income is taxed for.
#include <algorithm>

#include "nation/parts.hpp"
#include "nation/split.hpp"

namespace terrace::nation {

namespace {

/// What the formula looks at. Sums over people, by the survey's estimates.
struct Need {
  double poor = 0.0;
  double depth = 0.0;  ///< of poverty: sum of max(0, 1 - y / z)
  double persons = 0.0;
  double income = 0.0;  ///< sum of y: what there is to tax

  /// Persons times how far their mean income is behind the nation's.
  double behind(double mean) const {
    if (persons <= 0.0 || mean <= 0.0) return 0.0;
    return persons * std::max(0.0, 1.0 - income / persons / mean);
  }
  void add(const Need& other, double scale) {
    poor += scale * other.poor;
    depth += scale * other.depth;
    persons += scale * other.persons;
    income += scale * other.income;
  }
};

std::vector<Need> needs_of(std::span<const CountyReport> reports, std::span<const double> poor) {
  std::vector<Need> out;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const CountyReport& r = reports[i];
    out.push_back(
        {poor[i] * r.persons, r.survey_gap * r.persons, r.persons, r.survey_income * r.persons});
  }
  return out;
}

/// The formula's share of each in what all get; `scale` is how often each counts. A factor that is
/// nought everywhere leaves its part to the others; if all are, it goes by persons.
std::vector<double> formula(std::span<const Need> needs, std::span<const double> scale, double mean,
                            const Budget& b) {
  double poor = 0.0;
  double depth = 0.0;
  double behind = 0.0;
  double persons = 0.0;
  for (std::size_t i = 0; i < needs.size(); ++i) {
    poor += scale[i] * needs[i].poor;
    depth += scale[i] * needs[i].depth;
    behind += scale[i] * needs[i].behind(mean);
    persons += scale[i] * needs[i].persons;
  }
  const double by_poor = poor > 0.0 ? b.weight_poor : 0.0;
  const double by_depth = depth > 0.0 ? b.weight_depth : 0.0;
  const double by_behind = behind > 0.0 ? std::max(0.0, 1.0 - b.weight_poor - b.weight_depth) : 0.0;
  const double weights = by_poor + by_depth + by_behind;
  std::vector<double> out;
  for (const Need& n : needs) {
    double share = 0.0;
    if (by_poor > 0.0) share += by_poor * n.poor / poor;
    if (by_depth > 0.0) share += by_depth * n.depth / depth;
    if (by_behind > 0.0) share += by_behind * n.behind(mean) / behind;
    if (weights > 0.0) {
      out.push_back(share / weights);
    } else {
      out.push_back(persons > 0.0 ? n.persons / persons : 0.0);
    }
  }
  return out;
}

/// The poor of chosen counties; where the survey found none, everybody.
template <class Chosen>
std::vector<double> poor_of(std::span<const County> counties, std::span<const Need> needs,
                            Chosen chosen) {
  std::vector<double> poor(counties.size(), 0.0);
  std::vector<double> persons(counties.size(), 0.0);
  for (std::size_t i = 0; i < counties.size(); ++i) {
    if (!chosen(counties[i])) continue;
    poor[i] = needs[i].poor;
    persons[i] = needs[i].persons;
  }
  return national(counties, poor) > 0.0 ? poor : persons;
}

std::vector<double> designated(std::span<const County> counties, std::span<const Need> needs) {
  return poor_of(counties, needs, [](const County& c) { return c.designated; });
}

/// Of designated counties those that have a partner in the East.
std::vector<double> paired(std::span<const County> counties, std::span<const Need> needs,
                           std::span<const ProvinceLayout> layout) {
  return poor_of(counties, needs, [&](const County& c) {
    return c.designated && layout[c.province].region != Region::east;
  });
}

/// How much of the pool there is: the mean capacity of household projects on it, each by its
/// earmark (alike where none has one); where nothing but village works draws on it, the whole.
double pool_capacity(const Boundary& b, const YearFrame& frame) {
  double capacity = 0.0;
  double weights = 0.0;
  double plain = 0.0;
  int users = 0;
  bool other_users = false;
  for (std::size_t m = 0; m < b.policies.size(); ++m) {
    const ModuleInfo& info = b.policies.info(m);
    if (!frame.module_active[m] || info.pot != Pot::pool) continue;
    if (info.allocation == Allocation::walk) {
      capacity += b.policies.earmark(m) * b.policies.settings(m).capacity;
      weights += b.policies.earmark(m);
      plain += b.policies.settings(m).capacity;
      ++users;
    }
    other_users = true;
  }
  if (weights > 0.0) return capacity / weights;
  if (users > 0) return plain / users;
  return other_users ? 1.0 : 0.0;
}

/// Partner money comes by way of a module; by none, none comes.
double pairing_capacity(const Boundary& b, const YearFrame& frame) {
  double capacity = 0.0;
  for (std::size_t m = 0; m < b.policies.size(); ++m) {
    if (frame.module_active[m] && b.policies.info(m).brings_partner_money)
      capacity += b.policies.settings(m).capacity;
  }
  return capacity;
}

/// The world's people as the formula sees them.
struct Books {
  std::vector<Need> counties;
  std::vector<Need> provinces;
  Need nation;
  double mean = 0.0;  ///< income a head
};

Books books_of(std::span<const County> counties, std::span<const CountyReport> reports,
               std::span<const double> poor, std::size_t provinces) {
  Books out;
  out.counties = needs_of(reports, poor);
  out.provinces.resize(provinces);
  for (std::size_t i = 0; i < counties.size(); ++i) {
    out.provinces[counties[i].province].add(out.counties[i], scale_of(counties[i]));
    out.nation.add(out.counties[i], scale_of(counties[i]));
  }
  if (out.nation.persons > 0.0) out.mean = out.nation.income / out.nation.persons;
  return out;
}

/// Money that provinces hold, to their counties.
std::vector<double> pass_down(std::span<const double> held, std::span<const County> counties,
                              const Books& books, const Budget& b) {
  std::vector<double> out(counties.size(), 0.0);
  for (std::size_t p = 0; p < held.size(); ++p) {
    std::vector<std::size_t> rows;
    std::vector<Need> own;
    std::vector<double> scale;
    for (std::size_t i = 0; i < counties.size(); ++i) {
      if (counties[i].province != p) continue;
      rows.push_back(i);
      own.push_back(books.counties[i]);
      scale.push_back(scale_of(counties[i]));
    }
    const std::vector<double> share = formula(own, scale, books.mean, b);
    for (std::size_t k = 0; k < rows.size(); ++k) out[rows[k]] = held[p] * share[k];
  }
  return out;
}

/// By the formula to provinces, and by the formula to their counties.
std::vector<double> from_centre(double total, std::span<const County> counties, const Books& books,
                                const Budget& b) {
  const std::vector<double> once(books.provinces.size(), 1.0);
  std::vector<double> held = formula(books.provinces, once, books.mean, b);
  for (double& h : held) h *= total;
  return pass_down(held, counties, books, b);
}

/// What provinces add by their people's income, by the formula to their counties.
std::vector<double> from_provinces(double total, std::span<const County> counties,
                                   const Books& books, const Budget& b) {
  std::vector<double> held(books.provinces.size(), 0.0);
  for (std::size_t p = 0; p < held.size(); ++p) {
    if (books.nation.income > 0.0)
      held[p] = total * books.provinces[p].income / books.nation.income;
  }
  return pass_down(held, counties, books, b);
}

/// What counties add themselves, by their people's income.
std::vector<double> from_counties(double total, std::span<const County> counties,
                                  const Books& books) {
  std::vector<double> income;
  for (const Need& n : books.counties) income.push_back(n.income);
  return split(total, counties, income);
}

}  // namespace

std::vector<CountyMoney> county_money(const Boundary& b, const YearFrame& frame,
                                      std::span<const County> counties,
                                      std::span<const CountyReport> reports,
                                      std::span<const double> poor) {
  const Budget& budget = b.parameters.budget;
  const std::vector<ProvinceLayout>& layout = b.scenario.population.layout.provinces;
  const SeriesSet& series = b.scenario.series;
  const Books books = books_of(counties, reports, poor, layout.size());
  const double billions = 1e9 * pool_capacity(b, frame) * b.share_of_poor * frame.support;
  const double central = billions * series.at("fund_central").at(frame.year);
  const double local = budget.fund_local_ratio * central;
  const double east_west = billions * pairing_capacity(b, frame) * budget.east_west *
                           series.at("east_west_fund").at(frame.year);

  const auto centre = from_centre(central, counties, books, budget);
  const auto province = from_provinces(budget.prov_local_share * local, counties, books, budget);
  const auto own = from_counties((1.0 - budget.prov_local_share) * local, counties, books);
  const auto partner = split(east_west, counties, paired(counties, books.counties, layout));
  std::vector<CountyMoney> out;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    CountyMoney m{centre[i], province[i], own[i], 0.0, partner[i]};
    const bool integrated =
        counties[i].designated && frame.year >= static_cast<int>(budget.integrated_from);
    if (integrated) m.integrated = budget.integrated_ratio * m.special();
    out.push_back(m);
  }
  return out;
}

void plan_county_money(const Boundary& b, const YearFrame& frame, std::span<const County> counties,
                       std::span<const CountyReport> reports, std::span<const double> poor,
                       std::vector<CountyPlan>& plans) {
  const std::vector<Need> needs = needs_of(reports, poor);
  const std::vector<ProvinceLayout>& layout = b.scenario.population.layout.provinces;
  for (std::size_t m = 0; m < b.policies.size(); ++m) {
    const ModuleInfo& info = b.policies.info(m);
    if (info.county_series.empty() || !frame.module_active[m]) continue;
    const double total = 1e9 * b.scenario.series.find(info.county_series)->second.at(frame.year) *
                         b.policies.settings(m).capacity * b.share_of_poor * frame.support;
    const auto parts =
        split(total, counties,
              info.county_paired ? paired(counties, needs, layout) : designated(counties, needs));
    for (std::size_t i = 0; i < plans.size(); ++i) plans[i].county_money[m] = parts[i];
  }
}

}  // namespace terrace::nation
