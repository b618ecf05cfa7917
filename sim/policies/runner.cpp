#include "policies/runner.hpp"

#include <algorithm>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

namespace terrace::policies {

double walk_value(double verified, double gain, double cost_yuan, double exit_line,
                  const WalkRules& rules) {
  const double bar = rules.exit_margin * exit_line;
  const double y = std::max(100.0, verified);
  auto pass = [&](double v) {
    return exact::normal_cdf(exact::log(std::max(100.0, v) / bar) / rules.income_verify_sd);
  };
  return (pass(y + gain) - pass(y) + rules.depth_weight * std::max(0.0, 1.0 - y / exit_line)) /
         cost_yuan;
}

double ramp(double age_months, double ramp_months) {
  if (ramp_months <= 0.0) return 1.0;
  return 1.0 - exact::exp(-3.0 * age_months / ramp_months);
}

Runner::Runner(const PolicyCatalogue& catalogue, const ScenarioSpec& scenario,
               const WalkRules& rules, const ConsentRules& consent)
    : rules_(rules), consent_(consent) {
  for (const PolicyEntry& entry : catalogue.entries()) {
    const std::string name(entry.info.name);
    const auto found = scenario.policies.find(name);
    Module m{entry.info,
             found == scenario.policies.end() ? ModuleSettings{} : found->second,
             stream("policy." + name + ".consent"),
             stream("policy." + name + ".rank"),
             stream("policy." + name + ".reach"),
             nullptr};
    m.settings.from = std::max(m.settings.from, scenario.programme);
    m.policy = entry.make(scenario.parameters, m.settings, scenario.series);
    modules_.push_back(std::move(m));
  }
}

std::vector<std::string> Runner::names() const {
  std::vector<std::string> out;
  for (const Module& m : modules_) out.emplace_back(m.info.name);
  return out;
}

bool Runner::in_force(std::size_t m, Month month) const {
  const ModuleSettings& s = modules_[m].settings;
  return s.enabled && s.from <= month && month <= s.until;
}

bool Runner::active_in(std::size_t m, int year) const {
  const ModuleSettings& s = modules_[m].settings;
  return s.enabled && s.from <= month_of(year, 12) && month_of(year, 1) <= s.until;
}

PolicyMonth Runner::now(CountyWork& work, std::size_t m) const {
  PolicyMonth n;
  n.county = work.county;
  n.frame = work.frame;
  n.flows = &work.flows;
  n.month = work.month;
  n.module = m;
  n.pot = modules_[m].info.pot;
  n.income = work.income;
  n.residents = work.residents;
  n.touched = &work.touched;
  n.searching = &work.searching;
  n.public_posts = &work.public_posts;
  return n;
}

void Runner::effects(CountyWork& work) const {
  for (std::size_t m = 0; m < modules_.size(); ++m) {
    take_over_allowance(work, m);
    auto& enrolments = work.county->enrolments[m];
    const Fen before = work.county->ledger.delivered_by_module[m];
    PolicyMonth month = now(work, m);
    double running = 0.0;
    for (Enrolment& e : enrolments) {
      if (pack_month(work.month) < e.start) continue;
      e.state = Enrolment::State::running;
      modules_[m].policy->month(month, e);
      if (e.state == Enrolment::State::running) running += 1.0;
      if (e.state != Enrolment::State::failed) continue;
      work.event(m, ModuleSum::failed) += 1.0;
      if (work.failures[e.household] < 255) ++work.failures[e.household];
    }
    std::erase_if(enrolments, [](const Enrolment& e) {
      return e.state == Enrolment::State::failed || e.state == Enrolment::State::ended;
    });
    work.event(m, ModuleSum::participants) = running;
    work.event(m, ModuleSum::spending) +=
        to_yuan(work.county->ledger.delivered_by_module[m] - before);
  }
}

void Runner::take_over_allowance(CountyWork& work, std::size_t m) const {
  const Module& module = modules_[m];
  const bool first = module.settings.enabled && work.month == module.settings.from + 1;
  if (!module.info.replaces_ordinary_allowance || !first) return;
  HouseholdTable& t = work.county->households;
  std::fill(t.allowance.begin(), t.allowance.end(), 0.0F);
}

bool Runner::offers_now(std::size_t m, Month month) const {
  const bool due = (modules_[m].info.offer_months >> (month_in_year(month) - 1) & 1U) != 0U;
  // An entitlement is also open in the month in which it comes into force.
  const bool opening =
      modules_[m].info.allocation == Allocation::entitlement && month == modules_[m].settings.from;
  return in_force(m, month) && (due || opening);
}

std::vector<Candidate> Runner::candidates(CountyWork& work, std::size_t m) const {
  std::vector<Candidate> out;
  work.enrolled.assign(work.county->households.size(), 0);
  // A contract that runs out next month may be followed by a new one.
  for (const Enrolment& e : work.county->enrolments[m]) {
    if (e.end != pack_month(work.month + 1)) work.enrolled[e.household] = 1;
  }
  modules_[m].policy->candidates(now(work, m), out);
  std::erase_if(out, [&](const Candidate& c) { return work.enrolled[c.household] != 0; });
  return out;
}

bool Runner::consents(const CountyWork& work, std::size_t m, const Candidate& who) const {
  // One persistent number a household and module: repeated offers never inflate consent.
  const Entity entity{work.county->households.id[who.household], work.county->number};
  const double effort = static_cast<double>(work.effort[who.household]) - 1.0;
  const double chance = exact::logistic(who.consent_logit + consent_.effort * effort) +
                        consent_.bellwether * work.success[who.household];
  return uniform(work.key(), modules_[m].consent, entity, 0) < chance;
}

std::int64_t Runner::free_places(const CountyWork& work, std::size_t m) const {
  const std::int64_t places = work.plan->places[m];
  if (places < 0) return INT64_MAX;
  if (!modules_[m].info.places_are_stock) return places;
  std::int64_t held = 0;
  for (const Enrolment& e : work.county->enrolments[m]) held += e.count;
  return std::max<std::int64_t>(0, places - held);
}

void Runner::enrol(CountyWork& work, std::size_t m, const Candidate& who, Month start) const {
  Enrolment e;
  e.household = who.household;
  e.start = pack_month(start);
  e.person = who.person;
  e.kind = who.kind;
  e.count = who.units;
  PolicyMonth month = now(work, m);
  const Fen before = work.county->ledger.delivered_by_module[m];
  modules_[m].policy->start(month, who, e);
  work.event(m, ModuleSum::spending) +=
      to_yuan(work.county->ledger.delivered_by_module[m] - before);
  work.event(m, ModuleSum::taken) += 1.0;
  work.county->enrolments[m].push_back(e);
  // Two starts a year are the walk's limit; entitlements and places do not count.
  if (modules_[m].info.allocation == Allocation::walk) ++work.starts[who.household];
}

void Runner::admit_all(CountyWork& work, std::size_t m) const {
  for (const Candidate& who : candidates(work, m)) {
    // An entitlement has no quota; its capacity is the share of claims that offices can handle.
    const Entity entity{work.county->households.id[who.household], work.county->number};
    if (uniform(work.key(), modules_[m].reach, entity, 0) >= modules_[m].settings.capacity) {
      if (consents(work, m, who)) work.event(m, ModuleSum::unserved) += 1.0;
      continue;
    }
    work.event(m, ModuleSum::offered) += 1.0;
    if (consents(work, m, who)) {
      enrol(work, m, who, work.month + 1);
    } else {
      work.event(m, ModuleSum::refused) += 1.0;
    }
  }
}

void Runner::admit_by_urgency(CountyWork& work, std::size_t m) const {
  const std::vector<Candidate> list = candidates(work, m);
  std::vector<RankedBid> bids;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Entity who{work.county->households.id[list[i].household], work.county->number};
    bids.push_back({-list[i].urgency, key64(work.key(), modules_[m].rank, who, work.month),
                    static_cast<std::uint32_t>(i)});
  }
  std::int64_t places = free_places(work, m);
  const Pot pot = modules_[m].info.pot;
  for (const std::uint32_t i : ration(bids, bids.size())) {
    const Candidate& who = list[i];
    const bool money = pot == Pot::line || work.county->ledger.of(pot).balance >= who.cost;
    if (who.units > places || !money) {
      if (consents(work, m, who)) work.event(m, ModuleSum::unserved) += 1.0;
      continue;
    }
    work.event(m, ModuleSum::offered) += 1.0;
    if (!consents(work, m, who)) {
      work.event(m, ModuleSum::refused) += 1.0;
      continue;
    }
    places -= who.units;
    enrol(work, m, who, work.month + 1);
  }
}

void Runner::walk(CountyWork& work) const {
  std::vector<Offer> offers;
  std::vector<RankedBid> bids;
  std::vector<std::int64_t> places(modules_.size(), 0);
  for (std::size_t m = 0; m < modules_.size(); ++m) {
    const ModuleInfo& info = modules_[m].info;
    if (info.allocation != Allocation::walk || !offers_now(m, work.month)) continue;
    places[m] = free_places(work, m);
    for (const Candidate& who : candidates(work, m)) {
      const Entity entity{work.county->households.id[who.household], work.county->number};
      const double value = walk_value(work.county->households.verified[who.household], who.gain,
                                      to_yuan(who.cost), work.frame->exit_line, rules_);
      bids.push_back({-value, key64(work.key(), modules_[m].rank, entity, work.month),
                      static_cast<std::uint32_t>(offers.size())});
      offers.push_back({m, who});
    }
  }
  std::vector<std::vector<Candidate>> accepted(modules_.size());
  Fen pool = work.county->ledger.of(Pot::pool).balance;
  std::vector<std::uint8_t> starts = work.starts;
  for (const std::uint32_t i : ration(bids, bids.size())) {
    const auto& [m, who] = offers[i];
    if (starts[who.household] >= 2) continue;
    const bool from_pool = modules_[m].info.pot == Pot::pool;
    if (who.units > places[m] || (from_pool && pool < who.cost)) {
      // Once a year, when the round that takes in May's registrations is over.
      const bool count = work.month_number() == 6 && consents(work, m, who);
      if (count) work.event(m, ModuleSum::unserved) += 1.0;
      continue;
    }
    work.event(m, ModuleSum::offered) += 1.0;
    if (!consents(work, m, who)) {
      work.event(m, ModuleSum::refused) += 1.0;
      continue;
    }
    places[m] -= who.units;
    if (from_pool) pool -= who.cost;
    ++starts[who.household];
    accepted[m].push_back(who);
  }
  // Starts are spread over what is left of the year, in the order of the walk.
  const int first = work.month_number();
  for (std::size_t m = 0; m < modules_.size(); ++m) {
    const auto total = static_cast<double>(accepted[m].size());
    const bool at_once = modules_[m].info.places_are_stock;  // such posts are free now
    for (std::size_t k = 0; k < accepted[m].size(); ++k) {
      const int later = static_cast<int>((13 - first) * (static_cast<double>(k) + 0.5) / total);
      const int wait = at_once ? 0 : std::min(later, 12 - first);
      enrol(work, m, accepted[m][k], work.month + wait + 1);
    }
  }
}

void Runner::admit(CountyWork& work) const {
  walk(work);
  for (std::size_t m = 0; m < modules_.size(); ++m) {
    const ModuleInfo& info = modules_[m].info;
    if (offers_now(m, work.month)) {
      if (info.allocation == Allocation::entitlement) admit_all(work, m);
      if (info.allocation == Allocation::places) admit_by_urgency(work, m);
    }
    auto& enrolments = work.county->enrolments[m];
    // A household has at most one enrolment by start month, so any sort gives this one order.
    std::sort(enrolments.begin(), enrolments.end(), [](const Enrolment& a, const Enrolment& b) {
      return a.household != b.household ? a.household < b.household : a.start < b.start;
    });
  }
}

void Runner::measure_demand(CountyWork& work) const {
  work.report->demand.assign(modules_.size(), 0.0);
  for (std::size_t m = 0; m < modules_.size(); ++m) {
    if (modules_[m].info.places_series.empty() || !active_in(m, work.frame->year + 1)) continue;
    double units = 0.0;
    for (const Enrolment& e : work.county->enrolments[m])
      units += modules_[m].info.places_are_stock ? e.count : 0;
    for (const Candidate& who : candidates(work, m))
      units += consents(work, m, who) ? who.units : 0;
    work.report->demand[m] = units;
  }
}

}  // namespace terrace::policies
