// May: why a registered household is poor, as it is and as it goes on record, and its plan.
//
// Causes are found once when a household enters the register or comes back to it, which takes what
// was on record off it, and anew for everybody listed in the look-back. Plans are made each May,
// because measures come into force and cease, for who is on the register or watched; others who
// left keep theirs.
#include <algorithm>

#include <terrace/random.hpp>

#include "registry/causes.hpp"
#include "registry/prescribe.hpp"
#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr StreamId kRecord = stream("diagnosis.record");

void find_causes(CountyWork& work, std::size_t h, const RegistryParameters& p) {
  HouseholdTable& t = work.county->households;
  const auto truth =
      heaviest(severities(troubles_of(work, h, p.livelihood), p.diagnosis, p.livelihood));
  const double team = work.team[t.village[h]];
  const Block b = draw_block(work.key(), kRecord, {t.id[h], work.number()}, work.month);
  const Cause recorded =
      recorded_cause(truth, p.diagnosis.diag_error * std::max(0.0, 1.0 - team),
                     {uniform53(b[0], b[1]), static_cast<double>(uniform24(b[2])),
                      static_cast<double>(uniform24(b[3]))});
  t.causes[h] = pack_causes(truth[0], truth[1]);
  t.diagnosed[h] = static_cast<std::uint8_t>(recorded);
  work.note(h, EventKind::diagnosed, t.diagnosed[h]);
}

void make_plan(CountyWork& work, std::size_t h, bool diagnosed_now, const RegistryParameters& p) {
  std::uint16_t& plan = work.county->households.plan[h];
  const std::uint16_t before = plan;
  plan = plan_for(work, h, p.diagnosis);
  if (diagnosed_now || plan != before) work.note(h, EventKind::planned, plan);
}

}  // namespace

void diagnose_one(CountyWork& work, std::size_t h, const RegistryParameters& p) {
  find_causes(work, h, p);
  make_plan(work, h, true, p);
}

void diagnose(CountyWork& work, const RegistryParameters& p) {
  HouseholdTable& t = work.county->households;
  const bool look_back = work.frame->year == static_cast<int>(p.identification.look_back_year);
  for (std::size_t h = 0; h < t.size(); ++h) {
    const bool listed = on_register(t.status[h]);
    if (!listed && static_cast<Watch>(t.watch[h]) == Watch::none) continue;
    const bool anew = (listed && look_back) || t.diagnosed[h] == kNoCause;
    if (anew) find_causes(work, h, p);
    make_plan(work, h, anew, p);
  }
}

}  // namespace terrace::registry
