// Health insurance and medical aid: the state pays the premium of poor households, and a part of
// their bills on top of what insurance pays.
//
// Who:     registered or watched, or once registered and let go, or on an allowance; claims in
//          January and, for those registered in May, June.
// Effect:  at once: the uninsured are insured, which is one of the guarantees, and `cover` of every
//          bill is paid beside the scheme, though the household keeps `health.least_own`. Bills
//          come before modules act, so that the cover of a month is for the bills of the next. Use
//          of hospitals rises with the share that is paid (`health.moral_hazard`), and care that
//          would have been out of reach is taken.
// Money:   an entitlement: `premium` a member, and what the cover came to. It goes to the scheme.
// Failure: none; who is missed is missed when claims are made.
// End:     when the household is struck off and has no allowance; with the module. From 2021 the
//          series `transition_support` scales it for all but those on an allowance. Who has been
//          insured stays so.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr StreamId kInsured = stream("policy.health_insurance.insured");

struct HealthInsuranceParameters {
  double consent, premium, cover;
  static std::span<const Parameter<HealthInsuranceParameters>> table() {
    using S = HealthInsuranceParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::consent, {"consent", "1", 0.98, 0.7, 0.999, "claims of the eligible", "assumption"}},
        {&S::premium,
         {"premium", "yuan/person/yr", 180, 0, 400,
          "the member's own premium, which the state pays; nominal",
          "assumption; the own part asked for rose from about 90 in 2014 to 280 in 2020 (memory)"}},
        {&S::cover,
         {"cover", "1", 0.25, 0, 0.5, "share of every bill that is paid beside the scheme",
          "assumption; about 90 % of bills claimed to be paid in all (memory)"}},
    };
    return rows;
  }
};

class HealthInsurance final : public PolicyModule {
 public:
  HealthInsurance(const HealthInsuranceParameters& p, const ModuleSettings& s) : p_(p), s_(s) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const HouseholdTable& t = now.county->households;
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      if (support(now, h) <= 0.0) continue;
      Candidate who;
      who.household = h;
      who.units = t.members[h];
      who.consent_logit = exact::logit(p_.consent);
      out.push_back(who);
    }
  }

  void start(PolicyMonth&, const Candidate&, Enrolment&) const override {}

  void month(PolicyMonth& now, Enrolment& e) const override {
    HouseholdTable& t = now.county->households;
    pay_bills(now, e.household);
    if (pack_month(now.month) >= e.end) {
      e.state = Enrolment::State::ended;
      now.why = now.month > s_.until ? Reason::ran_out : Reason::lost_eligibility;
      return;
    }
    const double share = support(now, e.household);
    e.count = t.members[e.household];
    const double premiums = s_.cost * share * p_.premium * e.count / 12.0;
    now.pay(e.household, to_fen(premiums), Payee::supplier);
    if (reaches(now, e.household)) {
      std::uint8_t& services = t.services[e.household];
      services = static_cast<std::uint8_t>(services | service::insured);
    }
    // Next month's bills: none where this is the last month.
    const bool goes_on = share > 0.0 && now.month < s_.until;
    if (!goes_on) e.end = pack_month(now.month + 1);
    const double points = goes_on ? 100.0 * std::min(1.0, s_.effect * share * p_.cover) : 0.0;
    t.cover[e.household] = static_cast<std::uint8_t>(points + 0.5);
  }

 private:
  /// Share of premium and cover that the household has a claim to now.
  static double support(const PolicyMonth& now, std::uint32_t h) {
    if (policies::on_allowance(now, h)) return 1.0;
    if (!policies::looked_after(now.county->households, h)) return 0.0;
    return now.frame->year > 2020 ? now.frame->support : 1.0;
  }

  /// With less than its whole effect the premium is paid for nothing in some households.
  bool reaches(const PolicyMonth& now, std::uint32_t h) const {
    const Entity who{now.county->households.id[h], now.county->number};
    return uniform(now.frame->key, kInsured, who, 0) < s_.effect;
  }

  /// What the cover has paid of this month's bills; `cost` above 1 is added for those who pay.
  void pay_bills(PolicyMonth& now, std::uint32_t h) const {
    const double covered = h < now.covered.size() ? static_cast<double>(now.covered[h]) : 0.0;
    if (covered <= 0.0) return;
    now.pay(h, to_fen(std::max(1.0, s_.cost) * covered * now.frame->price), Payee::supplier);
  }

  HealthInsuranceParameters p_;
  ModuleSettings s_;
};

}  // namespace

void register_health_insurance(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "health_insurance";
  info.title = "Health insurance and medical aid";
  info.allocation = Allocation::entitlement;
  info.pot = Pot::line;
  info.measures = bit(Measure::health);
  info.offer_months = 0b000000100001;  // January and June
  info.default_from_year = 2014;
  info.streams = {"policy.health_insurance.insured"};
  catalogue.add(
      {info, block_of("policies.health_insurance", HealthInsuranceParameters::table()),
       [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
         return std::make_unique<HealthInsurance>(
             load_parameters("policies.health_insurance", HealthInsuranceParameters::table(), v),
             s);
       }});
}

}  // namespace terrace
