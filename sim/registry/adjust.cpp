// The look-back and the yearly adjustment: thresholds, no quota. Some are struck off, some reached
// and taken in, some who had left return.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "registry/registry.hpp"

namespace terrace::registry {

namespace {
constexpr StreamId kRescore = stream("register.rescore");
constexpr StreamId kReach = stream("register.reach");
}  // namespace

void adjust(CountyWork& work, const RegistryParameters& p) {
  County& c = *work.county;
  HouseholdTable& t = c.households;
  const Identification& id = p.identification;
  const double z = work.frame->poverty_line;
  const double x = work.frame->exit_line;
  const bool look_back = work.frame->year == static_cast<int>(id.look_back_year);
  const double reach = look_back ? id.lb_reach : id.adj_reach;
  const double lenient = id.appraisal_leniency * id.w_appraisal * id.income_sd;
  for (std::size_t h = 0; h < t.size(); ++h) {
    const Entity who{t.id[h], c.number};
    const auto status = static_cast<Status>(t.status[h]);
    const double seen =
        std::max(100.0, static_cast<double>(work.income[h])) *
        exact::exp(id.sigma_score_2016 * normal(work.key(), kRescore, who, work.month));
    if (on_register(status)) {
      if (look_back && seen > id.lb_remove * z) {
        t.status[h] = static_cast<std::uint8_t>(Status::removed);
        work.event(Sum::removed) += 1.0;
      }
      continue;
    }
    if (uniform(work.key(), kReach, who, work.month) >= reach) continue;
    if (status == Status::exited && seen < x) {
      t.status[h] = static_cast<std::uint8_t>(Status::relapsed);
      t.verified[h] = static_cast<float>(seen);
      work.event(Sum::relapses) += 1.0;
    } else if (status != Status::exited && seen < z * exact::exp(lenient)) {
      t.status[h] = static_cast<std::uint8_t>(Status::registered);
      t.verified[h] = static_cast<float>(seen);
      work.event(Sum::added) += 1.0;
    }
  }
}

}  // namespace terrace::registry
