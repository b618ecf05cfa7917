#include "validation/panel.hpp"

#include <algorithm>

namespace terrace::validation {

namespace {

std::uint64_t in_county(const County& c, std::uint32_t id) {
  return static_cast<std::uint64_t>(c.number) << 32U | id;
}

/// A member away for six months and more is none of the survey's residents.
constexpr unsigned kMonthsOfTransfer = 6;

}  // namespace

void add(Panel& panel, const CountyYear& closed, std::span<const double> eaten) {
  const YearFrame& frame = closed.frame;
  const County& c = closed.county;
  const HouseholdTable& t = c.households;
  Year& year = panel[frame.year];
  year.line = frame.poverty_line / frame.price;
  year.burn_in = frame.burn_in;
  const double scale = c.weight / c.fraction;
  for (std::size_t h = 0; h < t.size(); ++h) {
    Record r;
    r.key = in_county(c, t.id[h]);
    r.village = in_county(c, c.villages.id[t.village[h]]);
    r.scale = scale;
    r.members = static_cast<float>(t.members[h]);
    r.income = static_cast<float>(static_cast<double>(closed.income[h]) / frame.price);
    if (!eaten.empty()) r.consumption = static_cast<float>(eaten[h]);
    r.wealth = (t.wealth[h] + t.assets[h]) / r.members;
    r.assets = t.assets[h];
    r.months_away = static_cast<float>(closed.away[h]);
    year.records.push_back(r);

    auto part = [&](Component k) {
      return scale * static_cast<double>(closed.flows[static_cast<std::size_t>(k)][h]);
    };
    auto& sum = year.sources;
    const bool far = closed.away[h] >= kMonthsOfTransfer;
    sum[static_cast<std::size_t>(Source::operating)] += part(Component::farm);
    sum[static_cast<std::size_t>(Source::wage)] += part(Component::local_wage);
    sum[static_cast<std::size_t>(far ? Source::transfer : Source::wage)] +=
        part(Component::migrant_wage);
    sum[static_cast<std::size_t>(Source::transfer)] += part(Component::transfer);
    sum[static_cast<std::size_t>(Source::property)] += part(Component::property);
  }
}

void sort(Panel& panel) {
  for (auto& [year, of] : panel) {
    std::sort(of.records.begin(), of.records.end(),
              [](const Record& a, const Record& b) { return a.key < b.key; });
  }
}

std::vector<std::vector<const Record*>> follow(const Panel& panel, int first, int years) {
  std::vector<std::vector<const Record*>> out;
  for (const Record& r : panel.at(first).records) out.push_back({&r});
  for (int k = 1; k < years; ++k) {
    const auto& records = panel.at(first + k).records;
    auto next = records.begin();
    std::vector<std::vector<const Record*>> kept;
    for (auto& path : out) {
      while (next != records.end() && next->key < path[0]->key) ++next;
      if (next == records.end() || next->key != path[0]->key) continue;
      path.push_back(&*next);
      kept.push_back(std::move(path));
    }
    out = std::move(kept);
  }
  return out;
}

std::vector<int> burn_in_years(const Panel& panel) {
  std::vector<int> out;
  for (const auto& [year, of] : panel) {
    if (of.burn_in) out.push_back(year);
  }
  return out;
}

}  // namespace terrace::validation
