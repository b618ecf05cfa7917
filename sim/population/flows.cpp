#include <terrace/policy.hpp>

namespace terrace {

namespace {

Fate fate_of(Payee payee) {
  switch (payee) {
    case Payee::transfer:
      return Fate::cash;
    case Payee::wage:
      return Fate::wages;
    case Payee::property:
      return Fate::property;
    default:
      return Fate::supplies;
  }
}

void add(std::array<Fen, kFates>* fates, Fate fate, Fen amount) {
  if (fates != nullptr) (*fates)[static_cast<std::size_t>(fate)] += amount;
}

}  // namespace

void MonthFlows::reset(std::size_t households) {
  for (auto* factor : {&farm, &wage, &need, &farm_labour, &dropout, &search})
    factor->assign(households, 1.0F);
  for (auto* amount :
       {&transfer, &local_wage, &property, &senior, &farm_cash, &market_land, &migrate})
    amount->assign(households, 0.0F);
}

void PolicyMonth::pay(std::uint32_t household, Fen amount, Payee payee) {
  county->ledger.deliver(pot, module, amount);
  add(fates, fate_of(payee), amount);
  const auto real = static_cast<float>(to_yuan(amount) / frame->price);
  if (!delivered_to.empty()) delivered_to[household] += static_cast<float>(to_yuan(amount));
  if (payee != Payee::supplier && !public_money.empty()) public_money[household] += real;
  if (payee == Payee::transfer) flows->transfer[household] += real;
  if (payee == Payee::wage) flows->local_wage[household] += real;
  if (payee == Payee::property) flows->property[household] += real;
}

void PolicyMonth::spend(Fen amount) {
  county->ledger.deliver(pot, module, amount);
  add(fates, Fate::supplies, amount);
}

double PolicyMonth::match(std::uint32_t household) const {
  const HouseholdTable& t = county->households;
  if (measures == 0 || t.diagnosed[household] == kNoCause) return 1.0;
  for (const Cause cause : unpack_causes(t.causes[household])) {
    if (answers(measures, cause)) return 1.0;
  }
  return mismatch;
}

void PolicyMonth::pay_works(Fen amount, Fen captured) {
  require(captured >= 0 && captured <= amount, "more captured than was spent");
  county->ledger.deliver_works(module, amount);
  county->ledger.captured += captured;
  add(fates, Fate::supplies, amount - captured);
  add(fates, Fate::captured, captured);
}

void PolicyMonth::set_activity(std::uint32_t household, std::size_t person, Activity next) {
  PersonTable& persons = county->persons;
  const auto before = static_cast<Activity>(persons.activity[person]);
  // A search without a date has not been counted yet.
  if (before == Activity::searching && persons.state_until[person] != kNoMonth) *searching -= 1.0;
  if (before == Activity::public_post) *public_posts -= 1.0;
  if (next == Activity::public_post) *public_posts += 1.0;
  persons.post[person] =
      static_cast<std::uint8_t>(next == Activity::public_post ? Post::public_service : Post::none);
  persons.activity[person] = static_cast<std::uint8_t>(next);
  persons.state_until[person] = kNoMonth;
  touched->push_back(household);
}

}  // namespace terrace
