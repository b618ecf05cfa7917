// Places of national programmes, and grants.
//
// Places for which the register decides (guarantees, and such as only signatory provinces get) go
// by households on the register at the end of last year, but no county gets more than it reported
// that it could use; all others go by this reported demand. Posts are held from year to year: what
// a county has it keeps, and only their growth is divided.
#include <algorithm>
#include <limits>

#include <terrace/fixed_sum.hpp>

#include "nation/parts.hpp"
#include "nation/split.hpp"

namespace terrace::nation {

namespace {

std::vector<double> demand_for(std::size_t module, std::span<const CountyReport> reports) {
  std::vector<double> out;
  for (const CountyReport& r : reports)
    out.push_back(module < r.demand.size() ? r.demand[module] : 0.0);
  return out;
}

bool any(std::span<const double> values) {
  return std::any_of(values.begin(), values.end(), [](double v) { return v > 0.0; });
}

/// Households on the register; before there is one, the poor of the survey, by whom it will be
/// drawn up.
std::vector<double> register_of(std::span<const CountyReport> reports,
                                std::span<const double> poor) {
  std::vector<double> out;
  for (const CountyReport& r : reports) out.push_back(r.registered_households);
  if (any(out)) return out;
  for (std::size_t i = 0; i < reports.size(); ++i) out[i] = poor[i] * reports[i].persons;
  return out;
}

/// By what a module's places are divided, and how many a county can take at most.
struct Claims {
  std::vector<double> need;
  std::vector<double> most;
};

Claims claims_on(const ModuleInfo& info, std::size_t module, std::span<const County> counties,
                 std::span<const CountyReport> reports, std::span<const double> poor) {
  const std::vector<double> demand = demand_for(module, reports);
  const bool by_register = info.places_for_signatories || info.allocation == Allocation::guarantee;
  const double no_limit = std::numeric_limits<double>::max();
  Claims out{demand, std::vector<double>(demand.size(), no_limit)};
  if (by_register) {
    out.need = register_of(reports, poor);
    if (any(demand)) out.most = demand;
  }
  for (std::size_t i = 0; i < demand.size(); ++i) {
    if (info.places_for_signatories && !counties[i].signatory) out.need[i] = 0.0;
  }
  return out;
}

/// Posts held last year, by county.
std::vector<double> held_of(const Boundary& b, std::size_t module, std::size_t counties) {
  std::vector<double> out(counties, 0.0);
  if (b.records == nullptr || b.records->posts.size() != counties * b.policies.size()) return out;
  for (std::size_t i = 0; i < counties; ++i)
    out[i] = static_cast<double>(b.records->posts[i * b.policies.size() + module]);
  return out;
}

/// What is there stays, growth goes by need; where the nation has fewer, all lose alike.
std::vector<std::int64_t> posts(double total, std::span<const County> counties,
                                std::span<const double> held, const Claims& claims) {
  const double there = national(counties, held);
  if (total < there) return whole_places(split(total, counties, held));
  std::vector<double> room;
  for (std::size_t i = 0; i < held.size(); ++i)
    room.push_back(std::max(0.0, claims.most[i] - held[i]));
  std::vector<std::int64_t> out =
      whole_places(split_up_to(total - there, counties, claims.need, room));
  for (std::size_t i = 0; i < out.size(); ++i) out[i] += static_cast<std::int64_t>(held[i]);
  return out;
}

/// What the nation gave of a module's places before this year, on the same scale as the year's.
double given_before(const Boundary& b, const YearFrame& frame, std::size_t module, double scale) {
  const Series& series = b.scenario.series.find(b.policies.info(module).places_series)->second;
  const Series& support = b.scenario.series.at("transition_support");
  double sum = 0.0;
  for (int year = year_of(b.policies.settings(module).from); year < frame.year; ++year)
    sum += scale * series.at(year) * support.at(year);
  return sum;
}

/// Whole places of a year. The running total is rounded, not each year: in a small world what comes
/// in lumps (a village's plant) comes late rather than never.
std::vector<std::int64_t> whole_of_year(std::span<const double> share, double total,
                                        double before) {
  const double here = total > 0.0 ? lane_sum(share) / total : 0.0;
  const auto until = static_cast<std::int64_t>(here * (before + total) + 0.5);
  return largest_remainder(until - static_cast<std::int64_t>(here * before + 0.5), share);
}

void plan_grant(const Boundary& b, const YearFrame& frame, std::size_t module,
                std::span<const County> counties, std::span<const CountyReport> reports,
                std::vector<CountyPlan>& plans) {
  const Series& series = b.scenario.series.find(b.policies.info(module).grant_series)->second;
  const double units = national(counties, demand_for(module, reports));
  if (units <= 0.0) return;
  const double total =
      series.at(frame.year) * 1e9 * b.policies.settings(module).capacity * b.share_of_poor;
  for (CountyPlan& p : plans) p.grant[module] = to_fen(total / units);
}

}  // namespace

void plan_places(const Boundary& b, const YearFrame& frame, std::span<const County> counties,
                 std::span<const CountyReport> reports, std::span<const double> poor,
                 std::vector<CountyPlan>& plans) {
  for (std::size_t m = 0; m < b.policies.size(); ++m) {
    const ModuleInfo& info = b.policies.info(m);
    const bool active = frame.module_active[m] && !reports.empty();
    if (active && !info.grant_series.empty()) plan_grant(b, frame, m, counties, reports, plans);
    if (info.places_series.empty()) continue;
    for (CountyPlan& p : plans) p.places[m] = 0;
    if (!active) continue;
    const double scale = b.policies.settings(m).capacity * b.share_of_poor;
    const double total =
        scale * frame.support * b.scenario.series.find(info.places_series)->second.at(frame.year);
    const Claims claims = claims_on(info, m, counties, reports, poor);
    const auto places = info.places_are_stock
                            ? posts(total, counties, held_of(b, m, counties.size()), claims)
                            : whole_of_year(split_up_to(total, counties, claims.need, claims.most),
                                            total, given_before(b, frame, m, scale));
    for (std::size_t i = 0; i < plans.size(); ++i) plans[i].places[m] = places[i];
  }
}

}  // namespace terrace::nation
