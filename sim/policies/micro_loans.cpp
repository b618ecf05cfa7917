// Micro-loans: bank loans without collateral, for which the county pays the interest and bears most
// of the risk.
//
// Who:     registered, monitored or gone from the register by exit, with farm labour of half an
//          adult or more, who never failed a loan and whose debts are within `debt_limit` years of
//          income.
//
// Money:   `amount` at most, for `term` months, of the bank: never public money. The county's pool
//          pays `rate` on it month by month, and `risk_share` of a loan that fails.
//
// Uses:    a project of its own; for `firm_use` of the loans a firm takes the money and pays a
// fixed
//          `firm_interest` for it.
//
// Effect:  own: the money is spent on the project, which earns `project_return` a year on it, with
// a
//          `spread` between projects that is drawn once, building up over `ramp_months`; by less on
//          average where it answers none of the household's causes. What it earns is farm income.
//          A project that loses earns nothing. firm: the fixed interest is income of property.
//
// Failure: `failure` of all loans fail within their term: the project or the firm is gone. What the
//          county does not bear the household owes, and no bank lends to it again.
//
// End:     after the term. Money that was not lost comes back out of the project or from the firm
// and
//          goes to the bank; what a losing project has lost the household must find, if need be by
//          informal debt. Loans that run when the module goes out of force run out.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/builtin.hpp"
#include "policies/runner.hpp"
#include "policies/shared.hpp"

namespace terrace {

namespace {

constexpr StreamId kUse = stream("policy.micro_loans.use");
constexpr StreamId kReturn = stream("policy.micro_loans.return");
constexpr StreamId kFail = stream("policy.micro_loans.fail");
enum Kind : std::uint8_t { own, firm };

struct MicroLoansParameters {
  double consent, amount, incomes, term, rate, debt_limit, firm_use, firm_interest, project_return,
      spread, ramp_months, failure, risk_share, earmark;
  static std::span<const Parameter<MicroLoansParameters>> table() {
    using S = MicroLoansParameters;
    static constexpr Parameter<S> rows[] = {
        {&S::consent,
         {"consent", "1", 0.5, 0.05, 0.999, "chance that an eligible household wants a loan",
          "set so that about a quarter of those once registered have one in 2016"}},
        {&S::amount,
         {"amount", "yuan", 50000, 5000, 200000, "most that is lent, nominal",
          "ceiling of the scheme"}},
        {&S::incomes,
         {"incomes", "years of income", 5, 0.5, 20,
          "most that is lent, of the household's income; with the default nearly all get the "
          "ceiling",
          "assumption; loans were 47,300 yuan on average"}},
        {&S::term, {"term", "months", 36, 6, 60, "until it is repaid", "term of the scheme"}},
        {&S::rate,
         {"rate", "1/yr", 0.0475, 0, 0.1, "interest that the county pays",
          "assumption; the benchmark rate of one to five years from late 2015"}},
        {&S::debt_limit,
         {"debt_limit", "years of income", 0.5, 0, 5, "debts above which no bank lends",
          "assumption"}},
        {&S::firm_use,
         {"firm_use", "1", 0.35, 0, 1, "share of the loans that a firm uses", "assumption"}},
        {&S::firm_interest,
         {"firm_interest", "1/yr", 0.06, 0, 0.15, "what a firm pays the household on its loan",
          "assumption; a fixed share as such agreements had it"}},
        {&S::project_return,
         {"project_return", "1/yr", 0.1, -0.05, 0.3, "mean return of own projects over their cost",
          "assumption; loans of village funds raised incomes in a randomised trial"}},
        {&S::spread,
         {"spread", "1/yr", 0.1, 0, 0.5, "standard deviation of it between projects",
          "assumption; with the defaults one in six loses"}},
        {&S::ramp_months,
         {"ramp_months", "months", 12, 0, 36, "time after which 95% of the return is there",
          "assumption"}},
        {&S::failure,
         {"failure", "1", 0.03, 0, 0.5, "share of loans that fail within their term",
          "assumption"}},
        {&S::risk_share,
         {"risk_share", "1", 0.8, 0, 1, "share of a failed loan that the county bears",
          "assumption"}},
        {&S::earmark,
         {"earmark", "1", 0.2, 0, 1,
          "weight among the modules that share a pool where its money is earmarked", "assumption"}},
    };
    return rows;
  }
};

class MicroLoans final : public PolicyModule {
 public:
  MicroLoans(const MicroLoansParameters& p, const ModuleSettings& s) : p_(p), s_(s) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const override {
    const HouseholdTable& t = now.county->households;
    for (std::uint32_t h = 0; h < t.size(); ++h) {
      if (!policies::looked_after(t, h) || t.labour[h] < 8 || !creditworthy(now, h)) continue;
      const double loan = principal(now, h);
      Candidate who;
      who.household = h;
      who.kind =
          uniform(now.frame->key, kUse, entity(now, h), now.month) < p_.firm_use ? firm : own;
      // A year of it, as its pot must hold it: interest, and what such loans cost it in failures.
      const double yearly = p_.rate + p_.risk_share * p_.failure * 12.0 / p_.term;
      who.cost = std::max<Fen>(1, to_fen(s_.cost * loan * yearly));
      who.gain = s_.effect * loan * expected_rate(who.kind) / now.residents[h];
      who.consent_logit = exact::logit(p_.consent);
      out.push_back(who);
    }
  }

  void start(PolicyMonth& now, const Candidate& who, Enrolment& e) const override {
    e.amount = static_cast<float>(principal(now, who.household));
    e.end = static_cast<std::uint16_t>(e.start + static_cast<int>(p_.term + 0.5));
  }

  void month(PolicyMonth& now, Enrolment& e) const override {
    if (pack_month(now.month) >= e.end) {
      repay(now, e);
      return;
    }
    const double hazard = -exact::log(1.0 - p_.failure) / p_.term;
    if (uniform(now.frame->key, kFail, entity(now, e.household), now.month) < hazard) {
      fail(now, e);
      return;
    }
    const auto loan = static_cast<double>(e.amount);
    from_pool(now, e.household, to_fen(s_.cost * loan * p_.rate / 12.0));
    if (e.kind == firm) {
      firm_pays(now, e.household, s_.effect * loan * p_.firm_interest / 12.0);
    } else {
      const double age = now.month - e.start + 1;
      const double yearly = std::max(0.0, own_return(now, e)) *
                            policies::ramp(age, p_.ramp_months * s_.ramp) * loan / now.frame->price;
      now.flows->farm_cash[e.household] +=
          static_cast<float>(policies::harvest_share(now.month) * yearly);
      grow(now, e.household, yearly);
    }
  }

 private:
  static Entity entity(const PolicyMonth& now, std::uint32_t h) {
    return {now.county->households.id[h], now.county->number};
  }

  static double yearly_income(const PolicyMonth& now, std::uint32_t h) {
    return static_cast<double>(now.income[h]) * static_cast<double>(now.residents[h]);
  }

  bool creditworthy(const PolicyMonth& now, std::uint32_t h) const {
    const HouseholdTable& t = now.county->households;
    if ((t.notes[h] & note::defaulted) != 0) return false;
    // What is owed to the credit cooperative is nominal, in tens.
    const double own = static_cast<double>(t.wealth[h]) * now.frame->price - 10.0 * t.loan[h];
    return own >= -p_.debt_limit * yearly_income(now, h);
  }

  double principal(const PolicyMonth& now, std::uint32_t h) const {
    return std::min(p_.amount, p_.incomes * yearly_income(now, h));
  }

  /// As county and bank hope: they do not know how the project will turn out.
  double expected_rate(std::uint8_t kind) const {
    if (kind == firm) return p_.firm_interest;
    return p_.project_return * policies::first_year_ramp(p_.ramp_months * s_.ramp);
  }

  /// Of this project, a year; below 0 where it loses.
  double own_return(const PolicyMonth& now, const Enrolment& e) const {
    const double luck = normal(now.frame->key, kReturn, entity(now, e.household), e.start);
    return s_.effect * (now.match(e.household) * p_.project_return + p_.spread * luck);
  }

  /// What the project earns comes from the village's market crop. It brings in no more of it than
  /// all of the household's land would.
  static void grow(PolicyMonth& now, std::uint32_t h, double yearly) {
    const auto farm = static_cast<double>(now.county->households.last_year[0][h]);
    if (yearly <= 0.0 || farm <= 0.0) return;
    policies::add_to_harvest(now, h, std::min(1.0, yearly / farm));
  }

  /// A month that the pool cannot pay stays the bank's claim on the county.
  static void from_pool(PolicyMonth& now, std::uint32_t h, Fen amount) {
    const Fen paid = std::min(amount, now.county->ledger.free_pool());
    if (paid > 0) now.pay(h, paid, Payee::supplier);
  }

  /// A firm pays, so no entry in the ledger; but it comes from the programme.
  static void firm_pays(PolicyMonth& now, std::uint32_t h, double yuan) {
    const auto paid = static_cast<float>(yuan / now.frame->price);
    now.flows->property[h] += paid;
    if (!now.public_money.empty()) now.public_money[h] += paid;
  }

  /// So much of the loan (nominal) is gone and the household's to find.
  void owe(PolicyMonth& now, const Enrolment& e, double yuan) const {
    now.county->households.wealth[e.household] -= static_cast<float>(yuan / now.frame->price);
  }

  void repay(PolicyMonth& now, Enrolment& e) const {
    e.state = Enrolment::State::ended;
    now.why = Reason::done;
    if (e.kind == firm) return;
    const double lost = std::min(1.0, -own_return(now, e) * p_.term / 12.0);
    if (lost > 0.0) owe(now, e, lost * static_cast<double>(e.amount));
  }

  void fail(PolicyMonth& now, Enrolment& e) const {
    HouseholdTable& t = now.county->households;
    const auto loan = static_cast<double>(e.amount);
    from_pool(now, e.household, to_fen(s_.cost * p_.risk_share * loan));
    owe(now, e, std::min(1.0, s_.effect) * (1.0 - p_.risk_share) * loan);
    t.notes[e.household] = static_cast<std::uint8_t>(t.notes[e.household] | note::defaulted);
    e.state = Enrolment::State::failed;
  }

  MicroLoansParameters p_;
  ModuleSettings s_;
};

}  // namespace

void register_micro_loans(PolicyCatalogue& catalogue) {
  ModuleInfo info;
  info.name = "micro_loans";
  info.title = "Micro-loans";
  info.allocation = Allocation::walk;
  info.pot = Pot::pool;
  info.measures = bit(Measure::loan);
  info.earmark = "earmark";
  info.ramps = true;
  info.offer_months = 0b000000100001;  // January and, for those registered in May, June
  info.default_from_year = 2014;
  info.streams = {"policy.micro_loans.fail", "policy.micro_loans.return", "policy.micro_loans.use"};
  catalogue.add({info, block_of("policies.micro_loans", MicroLoansParameters::table()),
                 [](const ParameterValues& v, const ModuleSettings& s, const SeriesSet&) {
                   return std::make_unique<MicroLoans>(
                       load_parameters("policies.micro_loans", MicroLoansParameters::table(), v),
                       s);
                 }});
}

}  // namespace terrace
