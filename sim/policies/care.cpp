// Pensions and care subsidies: monthly cash for the disabled and the very old.
//
// Who:     poor households (registered or watched, once registered and let go, or on an allowance)
//          with a member who is disabled or of `elder_age` and more; for the care of the severely
//          disabled, any household. Claims in January and July.
// Effect:  at once, a transfer of the month: `living` for each disabled member of a poor household,
//          `nursing` for each severely disabled one, `elder` for each old one, on top of the
//          pension that everybody of 60 gets.
// Failure: a disability counts with a certificate, which some never get; one lasting draw a person.
// Money:   an entitlement, in yuan of 2012 times the price level.
// End:     when no member has a claim (death, marriage, a household struck off); with the module.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr std::uint8_t kPoor = 1;  // kind of an enrolment whose household was poor last month
constexpr StreamId kCertificate = stream("policy.care.certificate");

struct CareParameters {
  double consent, living, nursing, elder, elder_age, certified_partial, certified_severe;
  static std::span<const Parameter<CareParameters>> table() {
    using S = CareParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::consent, {"consent", "1", 0.95, 0.7, 0.999, "claims of the eligible", "assumption"}},
        {&S::living,
         {"living", "yuan(2012)/person/month", 65, 30, 150,
          "living subsidy for a disabled member of a poor household",
          "assumption; 50 to 100 in most provinces (memory)"}},
        {&S::nursing,
         {"nursing", "yuan(2012)/person/month", 70, 30, 200,
          "care subsidy for a severely disabled member of any household",
          "assumption; 50 to 120 in most provinces (memory)"}},
        {&S::elder,
         {"elder", "yuan(2012)/person/month", 50, 0, 150,
          "subsidy for an old member of a poor household, on top of the pension",
          "assumption; 50 to 100 in many provinces (memory)"}},
        {&S::elder_age,
         {"elder_age", "years", 80, 60, 90,
          "age from which it is paid; 60 adds it to the pension of every elder of a poor household",
          "assumption; 80 in most provinces (memory)"}},
        {&S::certified_partial,
         {"certified_partial", "1", 0.6, 0.2, 1, "share of the partly disabled with a certificate",
          "assumption; fewer than half of the disabled hold one (memory)"}},
        {&S::certified_severe,
         {"certified_severe", "1", 0.85, 0.4, 1, "share of the severely disabled with one",
          "assumption"}},
    };
    return rows;
  }
};

/// What a household has a claim to in a month, yuan of 2012, and for how many of its members.
struct Claim {
  double yuan = 0.0;
  int persons = 0;
};

class Care final : public PolicyModule {
 public:
  Care(const CareParameters& p, const ModuleSettings& s) : p_(p), s_(s) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const HouseholdTable& t = now.county->households;
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      const Claim claim = claim_of(now, h);
      if (claim.persons == 0) continue;
      Candidate who;
      who.household = h;
      who.units = static_cast<std::uint8_t>(claim.persons);
      who.consent_logit = exact::logit(p_.consent);
      out.push_back(who);
    }
  }

  void start(PolicyMonth&, const Candidate&, Enrolment&) const override {}

  void month(PolicyMonth& now, Enrolment& e) const override {
    const Claim claim = claim_of(now, e.household);
    const bool poor = is_poor(now, e.household);
    if (claim.persons == 0 || now.month > s_.until) {
      e.state = Enrolment::State::ended;
      now.why = now.month > s_.until       ? Reason::ran_out
                : e.kind == kPoor && !poor ? Reason::lost_eligibility
                                           : Reason::no_member;
      return;
    }
    e.kind = poor ? kPoor : 0;
    e.count = static_cast<std::uint8_t>(claim.persons);
    policies::pay_with_effect(now, e.household, claim.yuan * now.frame->price, s_, Payee::transfer);
  }

 private:
  static bool is_poor(const PolicyMonth& now, std::uint32_t h) {
    return policies::looked_after(now.county->households, h) || policies::on_allowance(now, h);
  }

  Claim claim_of(const PolicyMonth& now, std::uint32_t h) const {
    const HouseholdTable& t = now.county->households;
    const bool poor = is_poor(now, h);
    Claim all;
    for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
      const double yuan = claim_of_member(now, h, i, poor);
      if (yuan <= 0.0) continue;
      all.yuan += yuan;
      ++all.persons;
    }
    return all;
  }

  double claim_of_member(const PolicyMonth& now, std::uint32_t h, std::size_t i, bool poor) const {
    const PersonTable& persons = now.county->persons;
    const int degree = persons.disability[i];
    double yuan = 0.0;
    if ((poor || degree == 2) && degree > 0 && certified(now, h, i))
      yuan += (poor ? p_.living : 0.0) + (degree == 2 ? p_.nursing : 0.0);
    if (poor && now.month - persons.birth[i] >= 12.0 * p_.elder_age) yuan += p_.elder;
    return yuan;
  }

  /// A member's number is kept for life in a household; who moves to another is asked anew.
  bool certified(const PolicyMonth& now, std::uint32_t h, std::size_t i) const {
    const PersonTable& persons = now.county->persons;
    const double share = persons.disability[i] == 2 ? p_.certified_severe : p_.certified_partial;
    const Entity who{now.county->households.id[h], now.county->number, persons.number[i]};
    return uniform(now.frame->key, kCertificate, who, 0) < share;
  }

  CareParameters p_;
  ModuleSettings s_;
};

}  // namespace

void register_care(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "care";
  info.title = "Pensions and care subsidies";
  info.allocation = Allocation::entitlement;
  info.pot = Pot::line;
  info.measures = bit(Measure::care);
  info.offer_months = 0b000001000001;  // January and July
  info.default_from_year = 2016;
  info.streams = {"policy.care.certificate"};
  catalogue.add({info, block_of("policies.care", CareParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<Care>(
                       load_parameters("policies.care", CareParameters::table(), v), s);
                 }});
}

}  // namespace terrace
