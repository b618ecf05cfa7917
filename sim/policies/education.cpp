// Education: stipends for all pupils of households that are or were registered.
//
// Who:    every pupil of a household that is registered, monitored or has left; claims in March and
//         September.
// Effect: dropout falls by `dropout_change`, entry to senior school rises by `senior_logit`;
//         the cash part of the stipend is a transfer. Meals at school in designated counties make
//         living cheaper, which official income does not see. Wage gains come years later, by
//         schooling.
// Money:  `stipend` a pupil and year and `meals` for each in the compulsory grades, entitlements;
//         what is not cash goes to the school.
// End:    when the last pupil has left school.
#include <algorithm>

#include <terrace/maths.hpp>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

struct EducationParameters {
  double consent, stipend, cash_share, dropout_change, senior_logit, meals;
  static std::span<const Parameter<EducationParameters>> table() {
    using S = EducationParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::consent, {"consent", "1", 0.98, 0.9, 0.999, "claims of the eligible", "assumption"}},
        {&S::stipend, {"stipend", "yuan(2012)/pupil/yr", 1250, 600, 2000, "stipend", "assumption"}},
        {&S::cash_share,
         {"cash_share", "1", 0.6, 0.3, 1, "share of it paid in cash, the rest to the school",
          "assumption"}},
        {&S::dropout_change,
         {"dropout_change", "1", -0.6, -0.9, 0, "relative change of the chance of dropping out",
          "assumption"}},
        {&S::senior_logit,
         {"senior_logit", "logit", 0.3, 0, 0.8, "added to the log-odds of entering senior school",
          "assumption"}},
        {&S::meals,
         {"meals", "yuan/pupil/yr", 800, 0, 1500,
          "meals at school in designated counties, nominal; 0: none",
          "4 yuan on 200 school days (memory)"}},
    };
    return rows;
  }
};

int pupils_of(const County& c, std::uint32_t h) {
  const HouseholdTable& t = c.households;
  int pupils = 0;
  for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
    if (static_cast<Activity>(c.persons.activity[i]) == Activity::pupil) ++pupils;
  }
  return pupils;
}

/// Those in the nine compulsory grades, who are fed.
int at_table(const County& c, std::uint32_t h) {
  const HouseholdTable& t = c.households;
  int eaters = 0;
  for (std::size_t i = t.first[h]; c.designated && i < t.first[h] + t.members[h]; ++i) {
    const bool attends = static_cast<Activity>(c.persons.activity[i]) == Activity::pupil;
    if (attends && static_cast<School>(c.persons.school[i]) == School::pupil) ++eaters;
  }
  return eaters;
}

class Education final : public PolicyModule {
 public:
  Education(const EducationParameters& p, const ModuleSettings& s) : p_(p), s_(s) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const County& c = *now.county;
    for (std::uint32_t h = 0; h < c.households.size(); ++h) {
      if (!policies::looked_after(c.households, h)) continue;
      const int pupils = pupils_of(c, h);
      if (pupils == 0) continue;
      Candidate who;
      who.household = h;
      who.units = static_cast<std::uint8_t>(pupils);
      who.consent_logit = exact::logit(p_.consent);
      out.push_back(who);
    }
  }

  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    (void)now;
    (void)who;
    (void)e;
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    const int month = month_in_year(now.month);
    // Pupils come and go in September; struck-off households lose the stipend with the next term.
    if (month == 10 || month == 3) {
      e.count = static_cast<std::uint8_t>(pupils_of(*now.county, e.household));
      const bool looked_after = policies::looked_after(now.county->households, e.household);
      if (e.count == 0 || !looked_after || now.month > s_.until) {
        e.state = Enrolment::State::ended;
        now.why = now.month > s_.until ? Reason::ran_out
                  : !looked_after      ? Reason::lost_eligibility
                                       : Reason::no_member;
        return;
      }
    }
    const double due = p_.stipend * now.frame->price * e.count / 12.0;
    policies::pay_with_effect(now, e.household, due * p_.cash_share, s_, Payee::transfer);
    now.pay(e.household, to_fen(due * s_.cost * (1.0 - p_.cash_share)), Payee::supplier);
    feed(now, e.household);
    now.flows->dropout[e.household] *=
        static_cast<float>(std::max(0.0, 1.0 + s_.effect * p_.dropout_change));
    now.flows->senior[e.household] += static_cast<float>(s_.effect * p_.senior_logit);
  }

 private:
  /// What is eaten at school need not be bought: at most half of what the household lives on.
  void feed(PolicyMonth& now, std::uint32_t h) const {
    const double due = p_.meals * at_table(*now.county, h);
    now.pay(h, to_fen(s_.cost * due / 12.0), Payee::supplier);
    const HouseholdTable& t = now.county->households;
    const double spends = static_cast<double>(t.consumption[h]) *
                          static_cast<double>(now.residents[h]) * now.frame->price;
    const double saved = s_.effect * due;
    if (saved > 0.0)
      now.flows->need[h] *= static_cast<float>(1.0 - std::min(0.5, saved / std::max(1.0, spends)));
  }

  EducationParameters p_;
  ModuleSettings s_;
};

}  // namespace

void register_education(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "education";
  info.title = "Education: stipends and support for pupils";
  info.allocation = Allocation::entitlement;
  info.pot = Pot::line;
  info.measures = bit(Measure::education);
  info.offer_months = 0b000100000100;  // March and September
  info.default_from_year = 2014;
  catalogue.add({info, block_of("policies.education", EducationParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<Education>(
                       load_parameters("policies.education", EducationParameters::table(), v), s);
                 }});
}

}  // namespace terrace
