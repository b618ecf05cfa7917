#include "validation/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "analysis/metrics/dynamics.hpp"
#include "analysis/metrics/inequality.hpp"
#include "analysis/metrics/poverty.hpp"

namespace terrace::validation {

namespace {

/// A number of each record, and how much it counts for.
struct Numbers {
  std::vector<double> values;
  std::vector<double> weights;
  metrics::Sample sample() const { return {values, weights}; }
};

template <class Value, class Weight>
Numbers numbers(const Year& year, Value value, Weight weight) {
  Numbers out;
  for (const Record& r : year.records) {
    out.values.push_back(static_cast<double>(value(r)));
    out.weights.push_back(weight(r));
  }
  return out;
}

double persons_of(const Record& r) { return r.persons(); }

Numbers incomes(const Year& year) {
  return numbers(year, [](const Record& r) { return r.income; }, persons_of);
}

}  // namespace

double headcount(const Panel& panel, int year) {
  const Year& of = panel.at(year);
  return metrics::fgt(incomes(of).sample(), of.line, 0.0);
}

double gini_of_income(const Panel& panel, int year) {
  return metrics::gini(incomes(panel.at(year)).sample());
}

double median_assets(const Panel& panel, int year) {
  const Numbers assets = numbers(
      panel.at(year), [](const Record& r) { return r.assets; },
      [](const Record& r) { return r.scale; });
  return metrics::quantile(assets.sample(), 0.5);
}

std::array<double, kSources> income_shares(const Panel& panel, int year) {
  std::array<double, kSources> out = panel.at(year).sources;
  double total = 0.0;
  for (const double part : out) total += part;
  for (double& part : out) part /= total;
  return out;
}

Moves moves(const Panel& panel, int year) {
  double poor = 0.0;
  double left = 0.0;
  double back = 0.0;
  for (const auto& path : follow(panel, year, 3)) {
    const double n = path[0]->persons();
    if (!panel.at(year).poor(*path[0])) continue;
    poor += n;
    if (panel.at(year + 1).poor(*path[1])) continue;
    left += n;
    if (panel.at(year + 2).poor(*path[2])) back += n;
  }
  return {left / poor, back / left};
}

Moves mean_moves(const Panel& panel, int first, int last) {
  Moves sum;
  for (int year = first; year <= last; ++year) {
    const Moves m = moves(panel, year);
    sum.left += m.left;
    sum.back += m.back;
  }
  const double years = last - first + 1;
  return {sum.left / years, sum.back / years};
}

double transient_share(const Panel& panel, int first, int years) {
  std::vector<double> relative;
  std::vector<double> weights;
  for (const auto& path : follow(panel, first, years)) {
    for (int k = 0; k < years; ++k) {
      relative.push_back(static_cast<double>(path[static_cast<std::size_t>(k)]->income) /
                         panel.at(first + k).line);
    }
    weights.push_back(path[0]->persons());
  }
  const metrics::Components c =
      metrics::jalan_ravallion({relative, static_cast<std::size_t>(years), weights});
  return c.transient / c.total;
}

namespace {

/// Sums of one village's changes x (income) and y (consumption).
struct Changes {
  double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0;
};

/// The village means are taken off by sums about the village's first household, which keeps the
/// digits that sums of squares would lose.
struct Village {
  double x0 = 0.0, y0 = 0.0;
  Changes sums;
  void add(double w, double x, double y) {
    if (sums.n == 0.0) x0 = x, y0 = y;
    const double dx = x - x0;
    const double dy = y - y0;
    sums.n += w;
    sums.x += w * dx;
    sums.y += w * dy;
    sums.xx += w * dx * dx;
    sums.xy += w * dx * dy;
  }
};

}  // namespace

double pass_through(const Panel& panel, int first, int last, double low, double high) {
  double xx = 0.0;
  double xy = 0.0;
  for (int year = first; year <= last; ++year) {
    const Numbers wealth =
        numbers(panel.at(year - 1), [](const Record& r) { return r.wealth; }, persons_of);
    const double least = low > 0.0 ? metrics::quantile(wealth.sample(), low) : -HUGE_VAL;
    const double most = high < 1.0 ? metrics::quantile(wealth.sample(), high) : HUGE_VAL;
    std::map<std::uint64_t, Village> villages;
    for (const auto& path : follow(panel, year - 1, 2)) {
      const auto w = static_cast<double>(path[0]->wealth);
      if (w <= least || w > most) continue;
      villages[path[0]->village].add(
          path[0]->scale,
          static_cast<double>(path[1]->income) - static_cast<double>(path[0]->income),
          static_cast<double>(path[1]->consumption) - static_cast<double>(path[0]->consumption));
    }
    for (const auto& [id, v] : villages) {
      xx += v.sums.xx - v.sums.x * v.sums.x / v.sums.n;
      xy += v.sums.xy - v.sums.x * v.sums.y / v.sums.n;
    }
  }
  return xy / xx;
}

double away_of_poor(const Panel& panel, int year) {
  double away = 0.0;
  for (const auto& path : follow(panel, year - 1, 2)) {
    if (!panel.at(year - 1).poor(*path[0])) continue;
    away += path[1]->scale * static_cast<double>(path[1]->months_away) / 12.0;
  }
  return away;
}

double largest_move_of_assets(const Panel& panel, std::span<const int> years) {
  double largest = 0.0;
  for (std::size_t k = 1; k < years.size(); ++k) {
    const double before = median_assets(panel, years[k - 1]);
    largest = std::max(largest, std::abs(median_assets(panel, years[k]) / before - 1.0));
  }
  return largest;
}

}  // namespace terrace::validation
