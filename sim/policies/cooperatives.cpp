// Cooperatives with public shares: money for villages that becomes equity of a cooperative.
//
// Where:   villages with households that are or were registered, which have a cooperative without
//          public equity, or none and as much idle land as one needs; not where one has failed. Of
//          these a share of `consent` a year finds people to run it who agree to the shares.
//
// Money:   `equity` a village, in January, out of what the pool sets aside for villages; the
// villages
//          with most such households first. One that the money does not reach must wait.
//
// Effect:  the economy founds the cooperative at the close of the year, or enlarges the capital of
// the
//          one there is. Its leases, posts, rents and harvests are the economy's. The part of its
//          dividends that belongs to public equity goes to households that are or were registered,
//          the rest of that part to the village's fund; none before a year has ended with a
//          surplus.
//
// Capture: `capture` of the money benefits others and never becomes equity.
//
// Failure: with the cooperative its equity is lost. The county does not try a second time there.
//
// End:     none: shares stay when a household leaves the register and when the module goes out of
//          force. Those who hold some are listed anew each January while it is in force.
#include <algorithm>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"
#include "population/idle_land.hpp"

namespace terrace {

namespace {

constexpr StreamId kReady = stream("policy.cooperatives.ready");
constexpr StreamId kTurn = stream("policy.cooperatives.turn");

struct CooperativesParameters {
  double consent, equity, capture;
  static std::span<const Parameter<CooperativesParameters>> table() {
    using S = CooperativesParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::consent,
         {"consent", "1/yr", 0.1, 0, 1,
          "share of the villages where it is possible that find people to run a cooperative",
          "assumption"}},
        {&S::equity,
         {"equity", "yuan(2012)/village", 200000, 10000, 2000000, "public money for one",
          "assumption; twice what founders put into 100 mu"}},
        {&S::capture,
         {"capture", "1", 0.1, 0, 0.5, "share of the money that never becomes equity",
          "assumption; 0: none"}},
    };
    return rows;
  }
};

/// What the economy asks of a village before it founds a cooperative there.
struct Land {
  LeaseRules rules;
  double least_area = 0.0;
  static Land of(const ParameterValues& v) {
    return {{v.at("farm_assets.land_unit") / v.at("farm_assets.labour_unit"),
             v.at("cooperative.coop_lease_most")},
            v.at("cooperative.coop_least_area")};
  }
};

/// Who holds the public shares of a village.
bool holds_share(const HouseholdTable& t, std::size_t h) {
  return policies::ever_registered(t.status[h]);
}

class Cooperatives final : public PolicyModule {
 public:
  Cooperatives(const CooperativesParameters& p, const ModuleSettings& s, const Land& land)
      : p_(p), s_(s), land_(land) {}

  /// Nobody is enrolled by name: villages are served.
  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    (void)now;
    (void)out;
  }
  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    (void)now;
    (void)who;
    (void)e;
  }

  Fen works(PolicyMonth& now) const override {
    if (month_in_year(now.month) != 1) return 0;
    // More equity than the measure has by default must be paid for, too.
    const Fen cost = to_fen(p_.equity * std::max(s_.cost, s_.effect) * now.frame->price);
    for (const std::uint32_t v : villages_in_turn(now)) {
      if (cost > now.county->ledger.works) break;
      now.pay_works(cost, static_cast<Fen>(p_.capture * static_cast<double>(cost)));
      give(now, v);
    }
    return 0;
  }

  /// January: those who hold shares of a cooperative that runs.
  void county_month(PolicyMonth& now) const override {
    if (month_in_year(now.month) != 1) return;
    const County& c = *now.county;
    std::vector<Enrolment>& list = now.county->enrolments[now.module];
    list.clear();
    for (std::uint32_t h = 0; h < c.households.size(); ++h) {
      const std::size_t v = c.households.village[h];
      if (!runs(c, v) || c.villages.coop_equity[v] <= 0.0F || !holds_share(c.households, h))
        continue;
      Enrolment& e = list.emplace_back();
      e.household = h;
      e.start = pack_month(now.month);
      e.count = 1;
    }
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    if (now.month > s_.until) e.state = Enrolment::State::ended;
  }

 private:
  static bool runs(const County& c, std::size_t v) {
    return static_cast<Cooperative>(c.villages.coop[v]) == Cooperative::running;
  }

  /// Villages that would take the money this year, in the order in which they get it.
  std::vector<std::uint32_t> villages_in_turn(const PolicyMonth& now) const {
    const County& c = *now.county;
    std::vector<RankedBid> bids;
    for (std::uint32_t v = 0; v < c.villages.size(); ++v) {
      const double holders = count_holders(c, v);
      if (holds_equity(c, v) || holders == 0.0 || !possible(c, v) || !ready(now, v)) continue;
      bids.push_back({-holders, key64(now.frame->key, kTurn, village(c, v), now.month), v});
    }
    return ration(bids, bids.size());
  }

  static Entity village(const County& c, std::size_t v) { return {c.villages.id[v], c.number, 1}; }
  static bool holds_equity(const County& c, std::size_t v) {
    return c.villages.coop_equity[v] > 0.0F;
  }

  static double count_holders(const County& c, std::size_t v) {
    double holders = 0.0;
    for (std::size_t h = c.villages.first[v]; h < village_end(c, v); ++h)
      holders += holds_share(c.households, h) ? 1.0 : 0.0;
    return holders;
  }

  bool possible(const County& c, std::size_t v) const {
    if (runs(c, v)) return true;
    return static_cast<Cooperative>(c.villages.coop[v]) == Cooperative::none &&
           idle_mu_of_village(c, v, land_.rules) >= land_.least_area;
  }

  bool ready(const PolicyMonth& now, std::size_t v) const {
    const double chance = std::min(1.0, p_.consent * s_.capacity);
    return uniform(now.frame->key, kReady, village(*now.county, v), now.month) < chance;
  }

  /// Into the cash box of a cooperative that runs; otherwise it waits for the one to be founded.
  void give(PolicyMonth& now, std::size_t v) const {
    VillageTable& t = now.county->villages;
    const auto equity = static_cast<float>(s_.effect * (1.0 - p_.capture) * p_.equity);
    t.coop_equity[v] += equity;
    if (runs(*now.county, v)) t.coop_capital[v] += equity;
  }

  CooperativesParameters p_;
  ModuleSettings s_;
  Land land_;
};

}  // namespace

void register_cooperatives(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "cooperatives";
  info.title = "Cooperatives with public shares";
  info.allocation = Allocation::works;
  info.pot = Pot::pool;
  info.measures = 0;
  info.offer_months = 0b000000000001;
  info.default_from_year = 2014;
  info.streams = {"policy.cooperatives.ready", "policy.cooperatives.turn"};
  catalogue.add({info, block_of("policies.cooperatives", CooperativesParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<Cooperatives>(
                       load_parameters("policies.cooperatives", CooperativesParameters::table(), v),
                       s, Land::of(v));
                 }});
}

}  // namespace terrace
