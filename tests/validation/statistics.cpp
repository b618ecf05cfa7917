#include "validation/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace terrace::validation {

double quantile(std::vector<Weighted> values, double at) {
  std::sort(values.begin(), values.end());
  double total = 0.0;
  for (const auto& [value, weight] : values) total += weight;
  double below = 0.0;
  for (const auto& [value, weight] : values) {
    below += weight;
    if (below >= at * total) return value;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

double gini(std::vector<Weighted> values) {
  std::sort(values.begin(), values.end());
  // Twice the area under the Lorenz curve, by trapezes.
  double weight = 0.0;
  double sum = 0.0;
  double area = 0.0;
  for (const auto& [value, w] : values) {
    const double before = sum;
    sum += value * w;
    area += w * (before + sum);
    weight += w;
  }
  return 1.0 - area / (weight * sum);
}

namespace {

std::vector<Weighted> incomes(const Year& year) {
  std::vector<Weighted> out;
  for (const Record& r : year.records) {
    out.emplace_back(static_cast<double>(r.income), r.persons());
  }
  return out;
}

}  // namespace

double headcount(const Panel& panel, int year) {
  const Year& of = panel.at(year);
  double poor = 0.0;
  double all = 0.0;
  for (const Record& r : of.records) {
    all += r.persons();
    if (of.poor(r)) poor += r.persons();
  }
  return poor / all;
}

double gini_of_income(const Panel& panel, int year) { return gini(incomes(panel.at(year))); }

double median_assets(const Panel& panel, int year) {
  std::vector<Weighted> values;
  for (const Record& r : panel.at(year).records) {
    values.emplace_back(static_cast<double>(r.assets), r.scale);
  }
  return quantile(std::move(values), 0.5);
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
  double total = 0.0;
  double chronic = 0.0;
  for (const auto& path : follow(panel, first, years)) {
    double squared = 0.0;
    double mean = 0.0;
    for (int k = 0; k < years; ++k) {
      const double relative =
          static_cast<double>(path[static_cast<std::size_t>(k)]->income) / panel.at(first + k).line;
      const double gap = std::max(0.0, 1.0 - relative);
      squared += gap * gap / years;
      mean += relative / years;
    }
    const double gap = std::max(0.0, 1.0 - mean);
    total += path[0]->persons() * squared;
    chronic += path[0]->persons() * gap * gap;
  }
  return (total - chronic) / total;
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
    std::vector<Weighted> wealth;
    for (const Record& r : panel.at(year - 1).records) {
      wealth.emplace_back(static_cast<double>(r.wealth), r.persons());
    }
    const double least = low > 0.0 ? quantile(wealth, low) : -HUGE_VAL;
    const double most = high < 1.0 ? quantile(wealth, high) : HUGE_VAL;
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
