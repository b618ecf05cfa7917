// Industry: farm projects of registered households, bought from the county's own pool.
//
// Who:     registered or monitored, with farm labour of half an adult or more and half a mu or more
//          or a cooperative in the village.
//
// Links:   own project with one adult's labour and the county's median land; otherwise a share.
//
// Effect:  own: log farm income rises by `income_gain`, building up over `ramp_months`; by less
//          where the project answers none of the household's causes.
//          share: a dividend of `dividend` yuan a year from the twelfth month.
//
// Failure: `failure` of all projects fail within five years; the effect is gone. No other end.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/runner.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr StreamId kFail = stream("policy.industry.fail");
enum Kind : std::uint8_t { own, share };

struct IndustryParameters {
  double consent, income_gain, ramp_months, failure, unit_cost, dividend, earmark;
  static std::span<const Parameter<IndustryParameters>> table() {
    using S = IndustryParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::consent,
         {"consent", "1", 0.8, 0.5, 0.95,
          "chance that an eligible household accepts at neutral terms", "assumption"}},
        {&S::income_gain,
         {"income_gain", "log", 0.15, 0, 0.3, "rise of log farm income after the ramp",
          "assumption; cooperatives help on average, not at low quantiles (Agric Food Econ 2022)"}},
        {&S::ramp_months,
         {"ramp_months", "months", 18, 6, 36, "time after which 95% of the effect is there",
          "assumption"}},
        {&S::failure,
         {"failure", "1", 0.25, 0, 0.5, "share of projects that fail within five years",
          "assumption"}},
        {&S::unit_cost,
         {"unit_cost", "yuan(2012)/household", 8000, 3000, 20000, "public cost of a project",
          "assumption"}},
        {&S::dividend,
         {"dividend", "yuan/household/yr", 100, 0, 600, "dividend of a share, nominal",
          "Danyang village: 84 yuan a household and year"}},
        {&S::earmark,
         {"earmark", "1", 0.45, 0, 1,
          "weight among the modules that share a pool where its money is earmarked", "assumption"}},
    };
    return rows;
  }
};

class Industry final : public PolicyModule {
 public:
  Industry(const IndustryParameters& p, const ModuleSettings& s) : p_(p), s_(s) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const HouseholdTable& t = now.county->households;
    const VillageTable& villages = now.county->villages;
    const double median = policies::median_land(t);
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      const double labour = t.labour[h] / 16.0;
      if (!policies::listed(t, h) || labour < 0.5) continue;
      const auto cooperative = static_cast<Cooperative>(villages.coop[t.village[h]]);
      if (t.land[h] < 50 && cooperative != Cooperative::running) continue;
      Candidate who;
      who.household = h;
      who.kind = labour >= 1.0 && t.land[h] >= median ? own : share;
      who.cost = to_fen(p_.unit_cost * s_.cost * now.frame->price);
      who.gain = first_year_gain(now, h, who.kind);
      who.consent_logit = exact::logit(p_.consent) + 0.3 * exact::log(labour);
      out.push_back(who);
    }
  }

  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    (void)e;
    now.pay(who.household, who.cost, Payee::supplier);
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    const Entity who{now.county->households.id[e.household], now.county->number};
    const double hazard = -exact::log(1.0 - p_.failure) / 60.0;
    if (uniform(now.frame->key, kFail, who, now.month) < hazard) {
      e.state = Enrolment::State::failed;
      return;
    }
    const double age = now.month - e.start + 1;
    if (e.kind == own) {
      const double gain = now.match(e.household) * s_.effect * p_.income_gain *
                          policies::ramp(age, p_.ramp_months * s_.ramp);
      now.flows->farm[e.household] *= static_cast<float>(exact::exp(gain));
    } else if (age >= 12) {
      // A firm pays it, not the state: no public money, so no entry in the ledger.
      const auto paid = static_cast<float>(s_.effect * p_.dividend / 12.0 / now.frame->price);
      now.flows->property[e.household] += paid;
      // It comes from the programme all the same: without it the household would not have it.
      if (!now.public_money.empty()) now.public_money[e.household] += paid;
    }
  }

 private:
  /// As the county hopes: it does not know whether its diagnosis is right.
  double first_year_gain(const PolicyMonth& now, std::uint32_t h, std::uint8_t kind) const {
    const HouseholdTable& t = now.county->households;
    if (kind == share) return s_.effect * p_.dividend / now.residents[h];
    const double farm = t.last_year[0][h] * now.frame->price / now.residents[h];
    return farm *
           (exact::exp(s_.effect * p_.income_gain * policies::ramp(12, p_.ramp_months * s_.ramp)) -
            1.0);
  }

  IndustryParameters p_;
  ModuleSettings s_;
};

}  // namespace

void register_industry(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "industry";
  info.title = "Industry: farm projects and shares";
  info.allocation = Allocation::walk;
  info.pot = Pot::pool;
  info.measures = bit(Measure::industry);
  info.earmark = "earmark";
  info.ramps = true;
  info.offer_months = 0b000000100001;  // January and, for those registered in May, June
  info.default_from_year = 2014;
  info.streams = {"policy.industry.fail"};
  catalogue.add({info, block_of("policies.industry", IndustryParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<Industry>(
                       load_parameters("policies.industry", IndustryParameters::table(), v), s);
                 }});
}

}  // namespace terrace
