// Cash: the year's money in equal parts to everybody of a wide target, whoever is poor. No part of
// the programme: what the programme is held against.
//
// Who:    every person (`target` 0), every person of designated counties (1), or every member of
//         households that are or have been on the register (2).
// Money:  series `cash_fund`, which the nation divides by the persons who asked last December.
// Effect: a transfer of a twelfth each month. Where nobody got any in January, the year's money is
//         paid from February to December, so that the first year spends all of its own.
// End:    after twelve months; the next January gives anew.
#include <algorithm>

#include "policies/builtin.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr double kEverybodyTakes = 40.0;  // log-odds beyond any draw
enum Target : int { everybody, designated, ever_registered };

struct CashParameters {
  double target;
  static std::span<const Parameter<CashParameters>> table() {
    using S = CashParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::target,
         {"target", "1", 0, 0, 2,
          "0: every rural person; 1: persons in designated counties; 2: persons of households "
          "registered now or before",
          "definition"}},
    };
    return rows;
  }
};

class Cash final : public PolicyModule {
 public:
  Cash(const CashParameters& p, const ModuleSettings& s)
      : target_(static_cast<Target>(static_cast<int>(p.target + 0.5))), s_(s) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const HouseholdTable& t = now.county->households;
    if (target_ == designated && !now.county->designated) return;
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      if (target_ == ever_registered && !policies::ever_registered(t.status[h])) continue;
      Candidate who;
      who.household = h;
      who.units = t.members[h];
      who.consent_logit = kEverybodyTakes;
      out.push_back(who);
    }
  }

  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    (void)who;
    e.end = static_cast<std::uint16_t>(e.start + 12);
    // Of the county's enrolments older ones come first, and new ones begin next month.
    const std::vector<Enrolment>& list = now.county->enrolments[now.module];
    const bool first = list.empty() || list.front().start == e.start;
    e.kind = static_cast<std::uint8_t>(first ? 13 - month_in_year(e.start) : 12);
  }

  /// `kind` is in how many parts the year of the start is paid; `amount` is what the runner says
  /// its persons get this year: the January that ends a contract is paid out of the new year's
  /// money, so that every calendar year spends its own.
  void month(PolicyMonth& now, Enrolment& e) const override {
    if (pack_month(now.month) >= e.end || now.month > s_.until) {
      e.state = Enrolment::State::ended;
      now.why = Reason::ran_out;
      return;
    }
    const int parts = year_of(e.start) == now.frame->year ? e.kind : 12;
    policies::pay_with_effect(now, e.household, static_cast<double>(e.amount) / parts, s_,
                              Payee::transfer);
  }

 private:
  Target target_;
  ModuleSettings s_;
};

}  // namespace

void register_cash(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "cash";
  info.title = "Cash in equal parts, in place of a programme";
  info.allocation = Allocation::grant;
  info.pot = Pot::line;
  info.grant_series = "cash_fund";
  info.offer_months = 1;
  info.default_from_year = 2014;
  info.series = {{"cash_fund", "billion yuan/year", "nominal", 0, 1e5,
                  "public money that is given out in equal parts"}};
  catalogue.add({info, block_of("policies.cash", CashParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<Cash>(
                       load_parameters("policies.cash", CashParameters::table(), v), s);
                 }});
}

}  // namespace terrace
