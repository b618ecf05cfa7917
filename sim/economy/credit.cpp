// Ordinary loans of the credit cooperative, and durable goods, which are what a household can sell
// first when it is in need.
//
// A loan is a nominal sum. The cooperative is outside the model: it lends, gets the interest and
// bears what is written off.
#include <algorithm>

#include <terrace/clones.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "economy/economy.hpp"

namespace terrace::economy {

namespace kernel {

TERRACE_CLONES void interest(const std::uint16_t* loan, float* property, float* received,
                             float per_unit, std::size_t n) {
  TERRACE_NO_ALIASES
  for (std::size_t i = 0; i < n; ++i) {
    const float paid = static_cast<float>(static_cast<std::int32_t>(loan[i])) * per_unit;
    property[i] -= paid;
    received[i] -= paid;
  }
}

}  // namespace kernel

namespace {

constexpr StreamId kLoan = stream("credit.loan");
constexpr StreamId kDefault = stream("credit.default");
constexpr double kUnit = 10.0;  // loans and durables are kept in tens of yuan

std::uint16_t tens(double yuan) {
  return static_cast<std::uint16_t>(std::clamp(yuan / kUnit + 0.5, 0.0, 65535.0));
}

/// Income of twelve months of the whole household, yuan of 2012.
double yearly_income(const CountyWork& work, std::size_t h) {
  return static_cast<double>(work.income_2012[h]) * work.residents[h];
}

bool may_borrow(const CountyWork& work, std::size_t h, const EconomyParameters& p) {
  const HouseholdTable& t = work.county->households;
  return t.loan[h] == 0 && t.labour[h] >= 16.0 * p.credit.loan_labour &&
         static_cast<double>(work.income[h]) > work.frame->poverty_line &&
         static_cast<double>(t.wealth[h]) > -p.consumption.debt_limit * yearly_income(work, h);
}

float owed(const HouseholdTable& t, std::size_t h) { return static_cast<float>(kUnit * t.loan[h]); }

void borrow(CountyWork& work, std::size_t h, const Credit& p) {
  HouseholdTable& t = work.county->households;
  const double wanted = std::min(p.loan_cap, p.loan_share * yearly_income(work, h));
  t.loan[h] = tens(wanted * work.frame->price);
  t.loan_due[h] = pack_month(work.month + static_cast<Month>(p.loan_months + 0.5));
  t.assets[h] += static_cast<float>(kUnit * t.loan[h] / work.frame->price);
  work.note(h, EventKind::loan_taken, owed(t, h));
}

/// What is left of durable goods after a year, and those that were part of its consumption (at
/// December's rate).
void renew_durables(CountyWork& work, std::size_t h, const Credit& p) {
  HouseholdTable& t = work.county->households;
  const double rate = t.consumption[h] > 0.0F ? t.consumption[h] : t.reference[h];
  const double eaten = std::max(0.0, rate) * work.residents[h];
  const double before = kUnit * t.durables[h];
  t.durables[h] = tens((1.0 - p.durable_decay) * before + p.durable_share * eaten);
}

}  // namespace

void open_credit(CountyWork& work, const EconomyParameters& p) {
  HouseholdTable& t = work.county->households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    renew_durables(work, h, p.credit);
    if (t.loan[h] == 0) t.loan_due[h] = kNoMonth;
    if (!may_borrow(work, h, p)) continue;
    const Entity who{t.id[h], work.number()};
    if (bernoulli(work.key(), kLoan, who, work.month, p.credit.loan_rate))
      borrow(work, h, p.credit);
  }
}

void pay_interest(CountyWork& work, const EconomyParameters& p) {
  HouseholdTable& t = work.county->households;
  const double per_unit = kUnit * p.credit.loan_interest / 12.0 / work.frame->price;
  kernel::interest(t.loan.data(),
                   work.this_year[static_cast<std::size_t>(Component::property)].data(),
                   work.received.data(), static_cast<float>(per_unit), t.size());
}

void repay_loans(CountyWork& work, const EconomyParameters& p) {
  HouseholdTable& t = work.county->households;
  const std::uint16_t now = pack_month(work.month);
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (t.loan_due[h] != now || t.loan[h] == 0) continue;
    const double left = static_cast<double>(t.wealth[h]) - kUnit * t.loan[h] / work.frame->price;
    const Entity who{t.id[h], work.number()};
    if (left >= -p.consumption.debt_limit * yearly_income(work, h)) {
      t.wealth[h] = static_cast<float>(left);
    } else if (bernoulli(work.key(), kDefault, who, work.month, p.credit.loan_default)) {
      work.event(Sum::defaults) += 1.0;
      t.notes[h] = static_cast<std::uint8_t>(t.notes[h] | note::defaulted);
      work.note(h, EventKind::loan_defaulted, owed(t, h));
    } else {
      t.loan_due[h] = pack_month(work.month + static_cast<Month>(p.credit.loan_extension + 0.5));
      continue;
    }
    t.loan[h] = 0;
    t.loan_due[h] = kNoMonth;
  }
}

}  // namespace terrace::economy
