// E-commerce: grants with which counties open rural service points, and the shops that follow.
//
// Where:   designated counties. A county's grants are spent month by month as they come; its
// service
//          points open when they have come to a share of `grant`, drawn for the county, so that
//          counties open one after another while money comes, and the poorest sooner.
// Who:     any household of such a county, poor or not, that is connected to the network, with a
//          member of `youngest` to `oldest` years and of `schooling` years at school who farms at
//          home or looks for work. Offered in January. No quota; few want it (`consent`).
// Effect:  each household has one lasting luck. Most lose `time_cost` of their farm income, the
// work
//          that a shop takes; `winners` of them gain, with a heavy upper tail (Pareto, index
//          `tail`), so much that the mean over all shops is `income_gain`. At once.
//          In all counties with service points households with a connection and a member of that
//          age live cheaper by `cheaper`, which no statistics of income see.
// Failure: none; a shop that loses goes on as long as its keeper does.
// End:     the keeper is gone or works away, the connection is lost, or the module ends.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr StreamId kOpen = stream("policy.e_commerce.open");
constexpr StreamId kLuck = stream("policy.e_commerce.luck");
constexpr double kLeastFactor = 0.05;  // of farm income, whatever a sweep makes of `effect`

struct ECommerceParameters {
  double consent, grant, youngest, oldest, schooling, income_gain, winners, tail, time_cost,
      cheaper;
  static std::span<const Parameter<ECommerceParameters>> table() {
    using S = ECommerceParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::consent,
         {"consent", "1", 0.25, 0.005, 0.5, "share of the eligible who open a shop",
          "assumption of the order of 3.11 million online businesses in 832 counties, 2020"}},
        {&S::grant,
         {"grant", "yuan/county", 3e7, 1e7, 6e7,
          "grants with which every county's service points are open, nominal",
          "24.92 billion yuan for 832 counties, 2014-2020"}},
        {&S::youngest,
         {"youngest", "years", 18, 16, 30, "age from which a member may keep a shop",
          "assumption"}},
        {&S::oldest, {"oldest", "years", 40, 30, 60, "and up to which", "assumption"}},
        {&S::schooling,
         {"schooling", "years", 9, 0, 12, "years at school that a shop takes", "assumption"}},
        {&S::income_gain,
         {"income_gain", "log", 0, 0, 0.05, "mean over shops of what they add to farm income",
          "no gain of producers in a randomised trial (Couture et al. 2021)"}},
        {&S::winners, {"winners", "1", 0.1, 0.02, 0.5, "share of shops that gain", "assumption"}},
        {&S::tail,
         {"tail", "1", 2.5, 1.5, 6, "Pareto index of their gains; the lower the heavier",
          "assumption"}},
        {&S::time_cost,
         {"time_cost", "1", 0.05, 0, 0.2, "share of farm income that other shops lose",
          "assumption"}},
        {&S::cheaper,
         {"cheaper", "1", 0.01, 0, 0.05, "fall of the cost of living of young connected households",
          "about one percent for young households (Couture et al. 2021)"}},
    };
    return rows;
  }
};

bool connected(const HouseholdTable& t, std::size_t h) {
  return (t.services[h] & service::network) != 0;
}

class ECommerce final : public PolicyModule {
 public:
  ECommerce(const ECommerceParameters& p, const ModuleSettings& s) : p_(p), s_(s) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const County& c = *now.county;
    if (!open(now)) return;
    for (std::uint32_t h = 0; h < c.households.size(); ++h) {
      if (!connected(c.households, h)) continue;
      const std::size_t keeper = keeper_of(c, h, now.month);
      if (keeper == c.persons.size()) continue;
      Candidate who;
      who.household = h;
      who.person = c.persons.number[keeper];
      who.consent_logit = exact::logit(p_.consent);
      out.push_back(who);
    }
  }

  /// `amount` is what the shop adds to farm income, as a share of it.
  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    const County& c = *now.county;
    e.amount = static_cast<float>(gain_of({c.households.id[who.household], c.number}, now));
  }

  void county_month(PolicyMonth& now) const override {
    now.spend(to_fen(now.county_money / 12.0));
    if (!open(now)) return;
    const County& c = *now.county;
    const auto factor = static_cast<float>(1.0 - std::min(1.0, s_.effect * p_.cheaper));
    for (std::size_t h = 0; h < c.households.size(); ++h) {
      if (connected(c.households, h) && young(c, h, now.month)) now.flows->need[h] *= factor;
    }
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    const HouseholdTable& t = now.county->households;
    now.why = now.month > s_.until         ? Reason::ran_out
              : !connected(t, e.household) ? Reason::lost_eligibility
              : !keeps(*now.county, e)     ? Reason::no_member
                                           : Reason::none;
    if (now.why != Reason::none) {
      e.state = Enrolment::State::ended;
      return;
    }
    const double factor = 1.0 + s_.effect * static_cast<double>(e.amount);
    now.flows->farm[e.household] *= static_cast<float>(std::max(kLeastFactor, factor));
  }

 private:
  /// Whether the county's service points are open. What it has had so far stands in its ledger.
  bool open(const PolicyMonth& now) const {
    const County& c = *now.county;
    const double had = to_yuan(c.ledger.delivered_by_module[now.module]);
    // A county of which a part is simulated gets that part of the money.
    const double needs =
        uniform(now.frame->key, kOpen, {0, c.number}, 0) * p_.grant * s_.cost * c.fraction;
    return had > 0.0 && had >= needs;
  }

  bool of_age(const County& c, std::size_t person, Month month) const {
    const int age = (month - c.persons.birth[person]) / 12;
    return age >= static_cast<int>(p_.youngest) && age <= static_cast<int>(p_.oldest);
  }

  static bool away(const County& c, std::size_t person) {
    return static_cast<Activity>(c.persons.activity[person]) == Activity::migrant;
  }

  /// Has a member of that age at home.
  bool young(const County& c, std::size_t h, Month month) const {
    const HouseholdTable& t = c.households;
    for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
      if (of_age(c, i, month) && !away(c, i)) return true;
    }
    return false;
  }

  /// Row of the member with most years at school who could keep a shop, or the table's size.
  std::size_t keeper_of(const County& c, std::uint32_t h, Month month) const {
    const HouseholdTable& t = c.households;
    const PersonTable& persons = c.persons;
    std::size_t best = persons.size();
    for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
      if (!policies::free_for_post(c, i)) continue;
      if (!of_age(c, i, month) || persons.schooling[i] < p_.schooling) continue;
      if (best == persons.size() || persons.schooling[i] > persons.schooling[best]) best = i;
    }
    return best;
  }

  /// The keeper is there and does not work away.
  static bool keeps(const County& c, const Enrolment& e) {
    const std::size_t keeper = policies::member_by_number(c, e.household, e.person);
    return keeper != c.persons.size() && !away(c, keeper);
  }

  /// Mean exp(income_gain) - 1 over households: what the many lose the few gain on top.
  double gain_of(Entity household, const PolicyMonth& now) const {
    if (uniform(now.frame->key, kLuck, household, 0, 0) >= p_.winners) return -p_.time_cost;
    const double mean =
        (exact::exp(p_.income_gain) - 1.0 + (1.0 - p_.winners) * p_.time_cost) / p_.winners;
    const double u = uniform(now.frame->key, kLuck, household, 0, 1);
    return mean * (1.0 - 1.0 / p_.tail) * exact::pow(u, -1.0 / p_.tail);
  }

  ECommerceParameters p_;
  ModuleSettings s_;
};

}  // namespace

void register_e_commerce(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "e_commerce";
  info.title = "E-commerce in rural counties";
  info.allocation = Allocation::entitlement;
  info.pot = Pot::line;
  info.measures = bit(Measure::commerce);
  info.offer_months = 1;
  info.county_series = "e_commerce_fund";
  info.series = {{"e_commerce_fund", "billion yuan/year", "nominal", 0, 1e4,
                  "grants for e-commerce in designated counties"}};
  info.default_from_year = 2014;
  info.streams = {"policy.e_commerce.open", "policy.e_commerce.luck"};
  catalogue.add({info, block_of("policies.e_commerce", ECommerceParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<ECommerce>(
                       load_parameters("policies.e_commerce", ECommerceParameters::table(), v), s);
                 }});
}

}  // namespace terrace
