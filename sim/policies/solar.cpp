// Solar plants: a village gets one, out of what the pool sets aside for village works.
//
// Where:   villages designated as poor, with reliable electricity, since what is made must reach
//          the grid, with enough sun and without a plant that works; those with the most registered
//          households first. A village whose plant has stopped may get another one.
// Places:  plants of the year, which the nation divides by the villages that could take one.
// Consent: nobody is asked: a village does not decline a plant.
// Works:   one plant of `size` kW at `unit_cost`, paid whole in January or October after
//          cooperatives and before works of infrastructure; one that cannot be paid waits, and all
//          behind it wait too.
// Done:    `build_months` later, in December at the latest, and at once in full. From then on the
//          economy does the rest: the grid pays the village's fund, small works hire the poorest
//          who can work, registered households without labour get dividends.
// Failure: a plant stops for good by chance (economy: `solar_failure`).
// End:     a plant stays when the module is no longer in force.
//
// A plant under way is an enrolment of the village's first household until December. No household
// row is touched by the year's close before that.
#include <algorithm>

#include <terrace/fixed_sum.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"
#include "population/village_rows.hpp"

namespace terrace {

namespace {

constexpr StreamId kSun = stream("policy.solar.sun");
constexpr StreamId kVillage = stream("policy.solar.village");

struct SolarParameters {
  double unit_cost, size, sunny, build_months;
  static std::span<const Parameter<SolarParameters>> table() {
    using S = SolarParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::unit_cost,
         {"unit_cost", "yuan(2012)/village", 1.2e6, 5e5, 2.5e6, "a plant and its line to the grid",
          "memory: about 1.2 million yuan a village"}},
        {&S::size,
         {"size", "kW", 186.5, 50, 500, "power of a plant",
          "18.65 million kW in 100,000 villages, 2020"}},
        {&S::sunny,
         {"sunny", "1", 0.85, 0.3, 1, "share of villages with enough sun and ground for a plant",
          "assumption; plants in 100,000 villages beside 128,000 poor ones ask for 0.78 or more"}},
        {&S::build_months,
         {"build_months", "months", 6, 1, 11, "from the payment until the plant earns",
          "assumption"}},
    };
    return rows;
  }
};

class Solar final : public PolicyModule {
 public:
  Solar(const SolarParameters& p, const ModuleSettings& s) : p_(p), s_(s) {}

  /// One for each village that could take a plant, in the name of its first household: what the
  /// county reports as its demand.
  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const County& c = *now.county;
    for (std::uint32_t v = 0; v < c.villages.size(); ++v) {
      if (!may_have(now, v)) continue;
      Candidate who;
      who.household = c.villages.first[v];
      out.push_back(who);
    }
  }

  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    (void)now;
    (void)who;
    (void)e;
  }

  Fen works(PolicyMonth& now) const override {
    std::vector<Enrolment>& begun = now.county->enrolments[now.module];
    const Fen cost = to_fen(p_.unit_cost * s_.cost * now.frame->price);
    // Works last until December, so all that is on the list has been begun this year.
    std::int64_t places = now.places - static_cast<std::int64_t>(begun.size());
    Fen unpaid = 0;
    for (const std::uint32_t v : villages_in_turn(now)) {
      if (places-- <= 0) break;
      if (cost > now.county->ledger.works) {
        unpaid += cost;
        continue;
      }
      now.pay_works(cost, 0);
      begun.push_back(new_plant(now, v));
    }
    return unpaid;
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    County& c = *now.county;
    if (pack_month(now.month) == e.end)
      c.villages.solar[c.households.village[e.household]] = e.amount;
    // What has been built this year still counts against its places.
    if (pack_month(now.month) >= e.end) e.state = Enrolment::State::waiting;
    if (month_in_year(now.month) == 12) e.state = Enrolment::State::ended;
  }

 private:
  bool may_have(const PolicyMonth& now, std::uint32_t v) const {
    const County& c = *now.county;
    const VillageTable& t = c.villages;
    if (static_cast<VillageStanding>(t.standing[v]) == VillageStanding::ordinary) return false;
    if (t.solar[v] > 0.0F || (t.access[v] & access::power) == 0) return false;
    if (t.first[v] == village_end(c, v)) return false;
    // A village lies where it lies: the same sun in every branch of a run.
    return uniform(now.frame->lasting, kSun, {t.id[v], c.number, 1}, 0) < p_.sunny;
  }

  std::vector<std::uint32_t> villages_in_turn(const PolicyMonth& now) const {
    const County& c = *now.county;
    const std::vector<Enrolment>& begun = now.county->enrolments[now.module];
    std::vector<RankedBid> bids;
    for (std::uint32_t v = 0; v < c.villages.size(); ++v) {
      const std::uint32_t first = c.villages.first[v];
      const bool begins = std::any_of(begun.begin(), begun.end(),
                                      [first](const Enrolment& e) { return e.household == first; });
      if (begins || !may_have(now, v)) continue;
      double registered = 0.0;
      for (std::size_t h = first; h < village_end(c, v); ++h)
        registered += policies::ever_registered(c.households.status[h]) ? 1.0 : 0.0;
      bids.push_back(
          {-registered, key64(now.frame->key, kVillage, {c.villages.id[v], c.number, 1}, 0), v});
    }
    return ration(bids, bids.size());
  }

  Enrolment new_plant(const PolicyMonth& now, std::uint32_t v) const {
    Enrolment plant;
    plant.household = now.county->villages.first[v];
    plant.start = pack_month(now.month + 1);
    const Month done = now.month + static_cast<int>(p_.build_months);
    plant.end = pack_month(std::min(done, month_of(now.frame->year, 12)));
    plant.count = 1;
    plant.amount = static_cast<float>(s_.effect * p_.size);
    return plant;
  }

  SolarParameters p_;
  ModuleSettings s_;
};

}  // namespace

void register_solar(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "solar";
  info.title = "Solar plants of villages";
  info.allocation = Allocation::works;
  info.pot = Pot::pool;
  info.measures = bit(Measure::solar);
  info.offer_months = 0b001000000001;
  info.places_series = "solar_villages";
  info.series = {
      {"solar_villages", "villages/year", "none", 0, 1e6, "villages that get a plant in the year"}};
  info.default_from_year = 2014;
  info.streams = {"policy.solar.sun", "policy.solar.village"};
  catalogue.add({info, block_of("policies.solar", SolarParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<Solar>(
                       load_parameters("policies.solar", SolarParameters::table(), v), s);
                 }});
}

}  // namespace terrace
