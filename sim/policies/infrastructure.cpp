// Infrastructure: works of whole villages, out of the part of the pool that is set aside for them.
//
// Where:  villages designated as poor or with households that are or were registered; poor ones
//         first, then by the number of these. Works are done in that order, and none is skipped
//         because a cheaper one further down would fit: a village's road waits until there is money
//         for it.
// Works:  road, safe water, power, network, clinic, teaching point, where the village lacks them;
//         at most `works_per_year` kinds a village and year, in January and October. A poor village
//         that lacks nothing gets `fund_grant` a year for its collective fund, up to `fund_cap`.
// Done:   `build_months` later, in December at the latest. Households join power and network by
//         themselves (economy); a water work connects households. Where the effect is less than 1,
//         that share of the works serves, the others fall into ruin at once and are built anew.
// Capture: `capture` of the money benefits others than these households. A road cannot be kept from
//         the poor; of the water connections that share goes to households that never were
//         registered before all others, and of a grant it never reaches the fund.
//
// A work under way is an enrolment of the village's first household until December: `kind` has the
// bits of its kinds, `count` their number, `amount` what the grant brings. No household row is
// touched by the year's close before that.
#include <algorithm>
#include <array>
#include <bit>

#include <terrace/fixed_sum.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"
#include "population/village_rows.hpp"

namespace terrace {

namespace {

constexpr StreamId kVillage = stream("policy.infrastructure.village");
constexpr StreamId kServes = stream("policy.infrastructure.serves");
constexpr StreamId kConnect = stream("policy.infrastructure.connect");

// Bits of Enrolment::kind: those of `access`, and two of villages' own.
constexpr std::uint8_t kWater = 32;
constexpr std::uint8_t kFund = 64;
/// The order in which a village gets what it lacks; its fund comes when nothing is lacking.
constexpr std::array<std::uint8_t, 6> kOrder = {
    access::road, kWater, access::power, access::network, access::clinic, access::teaching_point};

struct InfrastructureParameters {
  double road_cost, power_cost, network_cost, clinic_cost, teaching_cost, water_cost, water_goal,
      water_reach, fund_grant, fund_cap, works_per_year, build_months, capture;
  static std::span<const Parameter<InfrastructureParameters>> table() {
    using S = InfrastructureParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::road_cost,
         {"road_cost", "yuan(2012)/village", 4.3e6, 3e5, 1e7, "a hardened road to the village",
          "assumption of the order of 550 billion yuan for roads in poor areas over 128,000 poor "
          "villages; paid from the pool here, though a transport line paid for most of them"}},
        {&S::power_cost,
         {"power_cost", "yuan(2012)/village", 8e5, 5e4, 3e6, "reliable electricity", "assumption"}},
        {&S::network_cost,
         {"network_cost", "yuan(2012)/village", 3e5, 3e4, 1e6, "fibre and a mobile mast",
          "assumption"}},
        {&S::clinic_cost,
         {"clinic_cost", "yuan(2012)/village", 3e5, 3e4, 1e6, "a clinic with equipment",
          "assumption"}},
        {&S::teaching_cost,
         {"teaching_cost", "yuan(2012)/village", 8e5, 5e4, 3e6, "a teaching point with preschool",
          "assumption"}},
        {&S::water_cost,
         {"water_cost", "yuan(2012)/household", 3000, 500, 10000,
          "safe water, for each household connected", "assumption"}},
        {&S::water_goal,
         {"water_goal", "share of households", 0.95, 0, 1,
          "safe water below which a village gets a water work; 0: none", "assumption"}},
        {&S::water_reach,
         {"water_reach", "1", 0.9, 0, 1,
          "share of the households without safe water that one work connects; 0: no such works",
          "assumption"}},
        {&S::fund_grant,
         {"fund_grant", "yuan(2012)/yr", 2e5, 0, 1e6,
          "given to the fund of a poor village that lacks nothing else; 0: nothing", "assumption"}},
        {&S::fund_cap,
         {"fund_cap", "yuan(2012)", 1e6, 0, 5e6, "fund up to which it is given",
          "assumption; pilots of collective business gave 500,000 a village (memory)"}},
        {&S::works_per_year,
         {"works_per_year", "kinds/village/yr", 2, 0, 7, "most that is begun in a village",
          "assumption; 0 switches the module off"}},
        {&S::build_months,
         {"build_months", "months", 6, 1, 11, "from the payment until a work is done",
          "assumption"}},
        {&S::capture,
         {"capture", "1", 0.1, 0, 0.5,
          "share of the money that benefits others than the registered", "assumption; 0: none"}},
    };
    return rows;
  }
};

bool has_water(const HouseholdTable& t, std::size_t h) {
  return (t.services[h] & service::water) != 0;
}

std::size_t without_water(const County& c, std::size_t v) {
  std::size_t lacking = 0;
  for (std::size_t h = c.villages.first[v]; h < village_end(c, v); ++h)
    lacking += has_water(c.households, h) ? 0 : 1;
  return lacking;
}

class Infrastructure final : public PolicyModule {
 public:
  Infrastructure(const InfrastructureParameters& p, const ModuleSettings& s)
      : p_(p), s_(s), most_(static_cast<int>(p.works_per_year * s.capacity + 0.5)) {}

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
    Fen unpaid = 0;
    for (const std::uint32_t v : villages_in_turn(now)) unpaid += serve(now, v, unpaid > 0);
    return unpaid;
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    if (pack_month(now.month) == e.end) finish(now, e);
    // What has been done this year still counts against the capacity of the village.
    if (pack_month(now.month) >= e.end) e.state = Enrolment::State::waiting;
    if (month_in_year(now.month) == 12) e.state = Enrolment::State::ended;
  }

 private:
  /// Villages that may be served, in the order in which they are.
  std::vector<std::uint32_t> villages_in_turn(const PolicyMonth& now) const {
    const County& c = *now.county;
    std::vector<double> registered(c.villages.size(), 0.0);
    for (std::size_t h = 0; h < c.households.size(); ++h) {
      if (policies::ever_registered(c.households.status[h]))
        registered[c.households.village[h]] += 1.0;
    }
    std::vector<RankedBid> bids;
    for (std::uint32_t v = 0; v < c.villages.size(); ++v) {
      const bool poor = is_poor(c, v);
      if ((!poor && registered[v] == 0.0) || c.villages.first[v] == village_end(c, v)) continue;
      const double first = poor ? 1.0 + static_cast<double>(c.households.size()) : 0.0;
      bids.push_back({-first - registered[v],
                      key64(now.frame->key, kVillage, {c.villages.id[v], c.number, 1}, 0), v});
    }
    return ration(bids, bids.size());
  }

  /// Begins what the village gets, as long as there is money for it; says what the rest would cost.
  /// `waits`: a village before it waits already.
  Fen serve(PolicyMonth& now, std::uint32_t v, bool waits) const {
    std::vector<Enrolment>& list = now.county->enrolments[now.module];
    Enrolment work = new_work(now, v);
    std::uint8_t taken = begun_this_year(list, work.household);
    Fen unpaid = 0;
    while (std::popcount(taken) < most_) {
      const std::uint8_t kind = next(now, v, taken);
      if (kind == 0) break;
      taken = static_cast<std::uint8_t>(taken | kind);
      const double cost_factor = kind == kFund ? std::max(s_.cost, fund_share()) : s_.cost;
      const Fen cost = to_fen(unit_cost(now, v, kind) * cost_factor * now.frame->price);
      if (waits || unpaid > 0 || cost > now.county->ledger.works) {
        unpaid += cost;
        continue;
      }
      now.pay_works(cost, static_cast<Fen>(p_.capture * static_cast<double>(cost)));
      work.kind = static_cast<std::uint8_t>(work.kind | kind);
      ++work.count;
      if (kind == kFund) work.amount = static_cast<float>(fund_share() * fund_gift(now, v));
    }
    if (work.kind != 0) remember(list, work);
    return unpaid;
  }

  /// Of what could reach the fund; a grant costs as much of it at least: no fund gets more than is
  /// paid.
  double fund_share() const { return std::min(1.0, s_.effect); }

  static bool is_poor(const County& c, std::size_t v) {
    return static_cast<VillageStanding>(c.villages.standing[v]) != VillageStanding::ordinary;
  }

  Enrolment new_work(const PolicyMonth& now, std::size_t v) const {
    Enrolment work;
    work.household = now.county->villages.first[v];
    work.start = pack_month(now.month + 1);
    const Month done = now.month + static_cast<int>(p_.build_months);
    work.end = pack_month(std::min(done, month_of(now.frame->year, 12)));
    return work;
  }

  /// Works last until December, so all that is on the list has been begun this year.
  static std::uint8_t begun_this_year(const std::vector<Enrolment>& begun, std::uint32_t first) {
    std::uint8_t kinds = 0;
    for (const Enrolment& e : begun) {
      if (e.household == first) kinds = static_cast<std::uint8_t>(kinds | e.kind);
    }
    return kinds;
  }

  /// Two rounds of one month are one work: the list has one place for a household and month.
  static void remember(std::vector<Enrolment>& begun, const Enrolment& work) {
    for (Enrolment& e : begun) {
      if (e.household != work.household || e.start != work.start) continue;
      e.kind = static_cast<std::uint8_t>(e.kind | work.kind);
      e.count = static_cast<std::uint8_t>(e.count + work.count);
      e.amount += work.amount;
      return;
    }
    begun.push_back(work);
  }

  /// What the village gets next, 0 for nothing.
  std::uint8_t next(const PolicyMonth& now, std::size_t v, std::uint8_t taken) const {
    const County& c = *now.county;
    const bool water = (taken & kWater) == 0 && connections(c, v) > 0;
    const auto lacks = static_cast<std::uint8_t>(~c.villages.access[v] & ~taken & 31U);
    for (const std::uint8_t kind : kOrder) {
      if (kind == kWater ? water : (lacks & kind) != 0) return kind;
    }
    const bool complete = (taken & ~kFund) == 0;
    const bool grant = complete && (taken & kFund) == 0 && is_poor(c, v) && fund_gift(now, v) > 0.0;
    return grant ? kFund : std::uint8_t{0};
  }

  double unit_cost(const PolicyMonth& now, std::size_t v, std::uint8_t kind) const {
    switch (kind) {
      case access::road:
        return p_.road_cost;
      case access::power:
        return p_.power_cost;
      case access::network:
        return p_.network_cost;
      case access::clinic:
        return p_.clinic_cost;
      case access::teaching_point:
        return p_.teaching_cost;
      case kWater:
        return p_.water_cost * static_cast<double>(connections(*now.county, v));
      default:
        return fund_gift(now, v) / (1.0 - p_.capture);
    }
  }

  /// What may still reach the village's fund this year, yuan of 2012.
  double fund_gift(const PolicyMonth& now, std::size_t v) const {
    const double lacks = p_.fund_cap - static_cast<double>(now.county->villages.fund[v]);
    return std::clamp(lacks, 0.0, p_.fund_grant * (1.0 - p_.capture));
  }

  /// Households that a water work would connect now.
  std::size_t connections(const County& c, std::size_t v) const {
    const std::size_t lacking = without_water(c, v);
    const auto all = static_cast<double>(village_end(c, v) - c.villages.first[v]);
    const auto has = all - static_cast<double>(lacking);
    if (has >= p_.water_goal * all) return 0;
    const double share = p_.water_reach * static_cast<double>(lacking);
    return static_cast<std::size_t>(share + 0.999);
  }

  void finish(PolicyMonth& now, const Enrolment& e) const {
    County& c = *now.county;
    const std::size_t v = c.households.village[e.household];
    for (const std::uint8_t kind : kOrder) {
      if (kind != kWater && (e.kind & kind) != 0 && serves(now, v, kind))
        c.villages.access[v] = static_cast<std::uint8_t>(c.villages.access[v] | kind);
    }
    if ((e.kind & kWater) != 0) connect(now, v);
    if ((e.kind & kFund) != 0) c.villages.fund[v] += e.amount;
  }

  bool serves(const PolicyMonth& now, std::size_t v, std::uint8_t kind) const {
    const County& c = *now.county;
    return bernoulli(now.frame->key, kServes, {c.villages.id[v], c.number, 1}, now.month, s_.effect,
                     kind);
  }

  /// The captured share of the connections goes to whoever never was registered; the rest
  /// to the others and then to anybody.
  void connect(PolicyMonth& now, std::size_t v) const {
    County& c = *now.county;
    const double built = std::min(1.0, s_.effect) * static_cast<double>(connections(c, v));
    const double captured = p_.capture * built;
    const auto all = static_cast<std::size_t>(built + 0.5);
    const std::size_t first = give_water(now, v, static_cast<std::size_t>(captured + 0.5), false);
    const std::size_t second = give_water(now, v, all - std::min(all, first), true);
    give_water(now, v, all - std::min(all, first + second), false);
    const auto homes = static_cast<double>(village_end(c, v) - c.villages.first[v]);
    c.villages.water_share[v] =
        static_cast<float>(1.0 - static_cast<double>(without_water(c, v)) / homes);
  }

  /// Connects so many households, once registered or never, as far as there are any; says how many.
  static std::size_t give_water(PolicyMonth& now, std::size_t v, std::size_t places,
                                bool registered) {
    County& c = *now.county;
    HouseholdTable& t = c.households;
    std::vector<RankedBid> bids;
    for (std::size_t h = c.villages.first[v]; h < village_end(c, v); ++h) {
      if (has_water(t, h) || policies::ever_registered(t.status[h]) != registered) continue;
      bids.push_back({0.0, key64(now.frame->key, kConnect, {t.id[h], c.number}, now.month),
                      static_cast<std::uint32_t>(h)});
    }
    const std::vector<std::uint32_t> chosen = ration(bids, places);
    for (const std::uint32_t h : chosen)
      t.services[h] = static_cast<std::uint8_t>(t.services[h] | service::water);
    return chosen.size();
  }

  InfrastructureParameters p_;
  ModuleSettings s_;
  int most_;
};

}  // namespace

void register_infrastructure(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "infrastructure";
  info.title = "Infrastructure: works of whole villages";
  info.allocation = Allocation::works;
  info.pot = Pot::pool;
  info.offer_months = 0b001000000001;  // January and, out of money that is left, October
  info.default_from_year = 2014;
  info.measures = static_cast<Measures>(bit(Measure::infrastructure) | bit(Measure::water));
  info.streams = {"policy.infrastructure.connect", "policy.infrastructure.serves",
                  "policy.infrastructure.village"};
  catalogue.add(
      {info, block_of("policies.infrastructure", InfrastructureParameters::table()),
       [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
         return std::make_unique<Infrastructure>(
             load_parameters("policies.infrastructure", InfrastructureParameters::table(), v), s);
       }});
}

}  // namespace terrace
