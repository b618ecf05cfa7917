// Housing: a dilapidated house made safe, with a state subsidy and money of the household's own.
//
// Who:    registered or watched, in a house of grade C or D.
// Places: households a year that the nation pays for, in provinces that signed the pledge; those
//         nearest to exit come first, since a safe house is one of the guarantees.
// Money:  `subsidy_early` to 2016, `subsidy` from 2017, nominal, to the builder; the household adds
//         its share of the whole cost, out of what it has or as informal debt.
// Effect: after `build_months` a C house is B, a D house is rebuilt as A. A guarantee: no match.
// End:    when the house is done.
#include <algorithm>

#include <terrace/maths.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr int kNewSubsidy = 2017;  // the year from which `subsidy` is paid

struct HousingParameters {
  double consent, subsidy_early, subsidy, own_share, build_months;
  static std::span<const Parameter<HousingParameters>> table() {
    using S = HousingParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::consent,
         {"consent", "1", 0.9, 0.5, 0.999, "consent of the eligible, who must pay a share",
          "assumption"}},
        {&S::subsidy_early,
         {"subsidy_early", "yuan/household", 8500, 5000, 20000, "subsidy to 2016, nominal",
          "white paper of April 2021"}},
        {&S::subsidy,
         {"subsidy", "yuan/household", 14000, 8500, 35000, "subsidy from 2017 on, nominal",
          "white paper of April 2021"}},
        {&S::own_share,
         {"own_share", "1", 0.3, 0, 0.7, "share of the whole cost that the household pays",
          "assumption"}},
        {&S::build_months,
         {"build_months", "months", 6, 1, 24, "from the start until the house is safe",
          "assumption"}},
    };
    return rows;
  }
};

bool dilapidated(std::uint8_t house) { return static_cast<House>(house) >= House::c; }

class Housing final : public PolicyModule {
 public:
  Housing(const HousingParameters& p, const ModuleSettings& s) : p_(p), s_(s) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const HouseholdTable& t = now.county->households;
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      if (!policies::listed(t, h) || !dilapidated(t.house[h])) continue;
      Candidate who;
      who.household = h;
      who.cost = to_fen(std::max(s_.cost, s_.effect) * subsidy(now));
      who.consent_logit = exact::logit(p_.consent);
      out.push_back(who);
    }
  }

  /// Builder and own share are paid at once. `amount` keeps the month in which the house is done:
  /// with an `end` the household could begin anew in the month before, on a house half built. The
  /// subsidy of the plan fixes what the house costs: where less of it arrives (`effect`), the
  /// household pays the rest.
  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    e.amount = static_cast<float>(e.start + static_cast<int>(p_.build_months));
    now.pay(who.household, who.cost, Payee::supplier);
    const double whole = subsidy(now) / (1.0 - p_.own_share);
    const double own = std::max(0.0, whole - s_.effect * subsidy(now));
    now.county->households.wealth[who.household] -= static_cast<float>(own / now.frame->price);
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    if (static_cast<float>(pack_month(now.month)) < e.amount) return;
    std::uint8_t& house = now.county->households.house[e.household];
    // Whoever has moved or mended it meanwhile keeps the better house.
    if (dilapidated(house)) {
      house =
          static_cast<std::uint8_t>(static_cast<House>(house) == House::d ? House::a : House::b);
    }
    e.state = Enrolment::State::ended;
    now.why = Reason::done;
  }

 private:
  double subsidy(const PolicyMonth& now) const {
    return now.frame->year < kNewSubsidy ? p_.subsidy_early : p_.subsidy;
  }

  HousingParameters p_;
  ModuleSettings s_;
};

}  // namespace

void register_housing(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "housing";
  info.title = "Housing: dilapidated houses made safe";
  info.allocation = Allocation::guarantee;
  info.pot = Pot::line;
  info.places_series = "housing_places";
  info.places_for_signatories = true;
  info.offer_months = 0b000000100001;  // January and, for those registered in May, June
  info.default_from_year = 2014;
  info.measures = bit(Measure::housing);
  info.series = {{"housing_places", "households/year", "none", 0, 1e8,
                  "households whose houses the nation pays to make safe in the year"}};
  catalogue.add({info, block_of("policies.housing", HousingParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<Housing>(
                       load_parameters("policies.housing", HousingParameters::table(), v), s);
                 }});
}

}  // namespace terrace
