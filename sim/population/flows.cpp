#include <terrace/policy.hpp>

namespace terrace {

void MonthFlows::reset(std::size_t households) {
  for (auto* factor : {&farm, &wage, &need, &farm_labour, &dropout})
    factor->assign(households, 1.0F);
  for (auto* amount : {&transfer, &local_wage, &property, &senior})
    amount->assign(households, 0.0F);
}

void PolicyMonth::pay(std::uint32_t household, Fen amount, Payee payee) {
  county->ledger.deliver(pot, module, amount);
  const auto real = static_cast<float>(to_yuan(amount) / frame->price);
  if (payee == Payee::transfer) flows->transfer[household] += real;
  if (payee == Payee::wage) flows->local_wage[household] += real;
  if (payee == Payee::property) flows->property[household] += real;
}

}  // namespace terrace
