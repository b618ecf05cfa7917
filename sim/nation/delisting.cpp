// What the nation keeps on file about counties, and who ceases to be a poor county.
//
// Visitors come in December; whether a county passes is decided at the boundary that follows, and
// the county is delisted in the spring: results of a year show the batch whose visits were paid in
// the December before it. (Published counts of poor counties date a batch by the year of visits.)
#include "nation/parts.hpp"

namespace terrace::nation {

namespace {

constexpr double share(double part, double whole) { return whole > 0.0 ? part / whole : 0.0; }

registry::RegisterShares register_shares(const CountyReport& r) {
  const std::vector<double>& december = r.sums[11];
  if (december.empty()) return {};
  const double persons = december[sum_index(Sum::persons)];
  return {share(december[sum_index(Sum::registered_persons)], persons),
          share(december[sum_index(Sum::exited_persons)], persons)};
}

double delist_share(const Boundary& b, const County& c) {
  const Region region = b.scenario.population.layout.provinces[c.province].region;
  const EvaluationRules& rules = b.registry.evaluation;
  return region == Region::west ? rules.share_west : rules.share_other;
}

void judge(Standing& standing, const Boundary& b, const YearFrame& frame, const County& c,
           CountyReport& r) {
  if (!frame.registry || !c.designated || standing.delisted != 0) return;
  if (!registry::passes(r.evaluation, register_shares(r), delist_share(b, c),
                        b.registry.evaluation))
    return;
  standing.delisted = frame.year + 1;
  // Its own share, so that results, which scale by weight over share, count counties.
  if (r.year.size() == kYearSums) r.year[sum_index(YearSum::passed_counties)] = c.fraction;
}

}  // namespace

void plan_delisting(const Boundary& b, const YearFrame& frame, std::span<const County> counties,
                    std::vector<CountyPlan>& plans) {
  for (std::size_t i = 0; i < counties.size(); ++i) {
    plans[i].delist_share = delist_share(b, counties[i]);
    if (b.records == nullptr || b.records->counties.size() != counties.size()) continue;
    const std::int32_t delisted = b.records->counties[i].delisted;
    plans[i].delisted = delisted != 0 && delisted <= frame.year;
  }
}

void keep_records(Records& records, const Boundary& b, const YearFrame& frame,
                  std::span<const County> counties, std::span<const CountyPlan> plans,
                  std::span<CountyReport> reports) {
  const std::size_t modules = b.policies.size();
  records.counties.resize(counties.size());
  records.posts.assign(counties.size() * modules, 0);
  bool listed = false;
  for (const Standing& s : records.counties) listed = listed || s.first_register > 0.0;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    Standing& standing = records.counties[i];
    if (!listed) standing.first_register = reports[i].registered_households;
    for (std::size_t m = 0; m < modules; ++m) {
      if (b.policies.info(m).places_are_stock)
        records.posts[i * modules + m] = plans[i].places[m] > 0 ? plans[i].places[m] : 0;
    }
    judge(standing, b, frame, counties[i], reports[i]);
  }
}

}  // namespace terrace::nation
