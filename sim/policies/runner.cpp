#include "policies/runner.hpp"

#include <algorithm>

#include <terrace/random.hpp>

#include "policies/diary.hpp"

namespace terrace::policies {

Runner::Runner(const PolicyCatalogue& catalogue, const ScenarioSpec& scenario,
               const WalkRules& rules, const ConsentRules& consent, double mismatch)
    : rules_(rules), consent_(consent), mismatch_(mismatch) {
  for (const PolicyEntry& entry : catalogue.entries()) {
    const std::string name(entry.info.name);
    const auto found = scenario.policies.find(name);
    Module m{entry.info,
             found == scenario.policies.end() ? ModuleSettings{} : found->second,
             stream("policy." + name + ".consent"),
             stream("policy." + name + ".rank"),
             stream("policy." + name + ".reach"),
             0.0,
             nullptr};
    m.settings.from = std::max(m.settings.from, scenario.programme);
    if (!m.info.earmark.empty()) {
      m.earmark =
          scenario.parameters.at("policies." + name + "." + std::string(entry.info.earmark));
    }
    m.policy = entry.make(scenario.parameters, m.settings, scenario.series);
    if (m.info.replaces_ordinary_allowance) allowance_ = modules_.size();
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
  return s.enabled && s.capacity > 0.0 && s.from <= month && month <= s.until;
}

bool Runner::active_in(std::size_t m, int year) const {
  const ModuleSettings& s = modules_[m].settings;
  return s.enabled && s.capacity > 0.0 && s.from <= month_of(year, 12) &&
         month_of(year, 1) <= s.until;
}

bool Runner::offers_now(std::size_t m, Month month) const {
  const bool due = (modules_[m].info.offer_months >> (month_in_year(month) - 1) & 1U) != 0U;
  // An entitlement is also open in the month in which it comes into force.
  const bool opening =
      modules_[m].info.allocation == Allocation::entitlement && month == modules_[m].settings.from;
  return in_force(m, month) && (due || opening);
}

PolicyMonth Runner::now(CountyWork& work, std::size_t m) const {
  PolicyMonth n;
  n.county = work.county;
  n.frame = work.frame;
  n.flows = &work.flows;
  n.month = work.month;
  n.module = m;
  n.places = m < work.plan->places.size() ? work.plan->places[m] : -1;
  n.pot = modules_[m].info.pot;
  n.income = work.income;
  n.residents = work.residents;
  n.team = work.team;
  n.public_money = work.public_money;
  n.delivered_to = work.delivered_to;
  n.measures = modules_[m].info.measures;
  n.mismatch = mismatch_;
  n.touched = &work.touched;
  n.searching = &work.searching;
  n.public_posts = &work.public_posts;
  n.crop_price = work.plan->crop_price;
  n.posts = &work.module_posts;
  if (allowance_ < work.county->enrolments.size())
    n.on_allowance = work.county->enrolments[allowance_];
  n.teams = work.plan->teams;
  n.cadres = work.plan->cadres;
  n.covered = work.covered;
  if (m < work.plan->county_money.size()) n.county_money = work.plan->county_money[m];
  if (m < work.fates.size()) n.fates = &work.fates[m];
  return n;
}

Fen Runner::run_enrolment(CountyWork& work, std::size_t m, PolicyMonth& month, Enrolment& e) const {
  const Ledger& ledger = work.county->ledger;
  const Fen before = ledger.delivered_by_module[m];
  e.state = Enrolment::State::running;
  if (modules_[m].info.allocation == Allocation::grant) e.amount = grant_of(*work.plan, m, e.count);
  month.why = Reason::none;
  modules_[m].policy->month(month, e);
  const Fen paid = ledger.delivered_by_module[m] - before;
  if (work.follows(e.household)) note_enrolment(work, m, e, month.why, paid);
  if (e.state == Enrolment::State::failed) {
    work.event(m, ModuleSum::failed) += 1.0;
    if (work.failures[e.household] < 255) ++work.failures[e.household];
  }
  return e.state == Enrolment::State::running ? 0 : paid;
}

void Runner::note_enrolment(CountyWork& work, std::size_t m, const Enrolment& e, Reason why,
                            Fen paid) const {
  // A village's works stand in the name of its first household, which has no part in them.
  if (modules_[m].info.allocation == Allocation::works) return;
  const auto module = static_cast<std::uint8_t>(m);
  if (paid > 0 && year_of(e.start) == work.frame->year && tell(work, m, e.household, told::paid)) {
    work.note(e.household, EventKind::paid, static_cast<float>(to_yuan(paid)), module);
  }
  const bool failed = e.state == Enrolment::State::failed;
  if (failed || e.state == Enrolment::State::ended) {
    work.note(e.household, failed ? EventKind::failed : EventKind::ended, 0.0F, module, why,
              e.person);
  }
}

void Runner::effects(CountyWork& work) const {
  if (work.month_number() == 1) {
    work.told.assign(work.county->households.size() * modules_.size(), 0);
    work.fates.assign(modules_.size(), {});
    work.served.assign(modules_.size(), {});
    work.pool_promised.fill(0);
  }
  Dwellings dwellings(work);
  work.pool_due = promised(work);
  work.module_posts = 0.0;
  for (std::size_t m = 0; m < modules_.size(); ++m) {
    take_over_allowance(work, m);
    auto& enrolments = work.county->enrolments[m];
    const Fen before = work.county->ledger.delivered_by_module[m];
    PolicyMonth month = now(work, m);
    if (in_force(m, work.month)) modules_[m].policy->county_month(month);
    double running = 0.0;
    Fen once = 0;
    for (Enrolment& e : enrolments) {
      if (pack_month(work.month) < e.start) continue;
      once += run_enrolment(work, m, month, e);
      if (e.state == Enrolment::State::running) running += 1.0;
    }
    if (!enrolments.empty()) dwellings.look(work, static_cast<std::uint8_t>(m));
    std::erase_if(enrolments, [](const Enrolment& e) {
      return e.state == Enrolment::State::failed || e.state == Enrolment::State::ended;
    });
    if (work.month_number() == 12) count_served(work, m);
    work.event(m, ModuleSum::participants) = running;
    const Fen paid = work.county->ledger.delivered_by_module[m] - before;
    work.event(m, ModuleSum::spending) += to_yuan(paid);
    const ModuleInfo& info = modules_[m].info;
    if (info.pot == Pot::pool && info.allocation != Allocation::works)
      work.pool_due += (paid - once) * (12 - work.month_number());
  }
}

void Runner::promise(CountyWork& work, std::size_t m, Fen yearly, Month start) const {
  const ModuleInfo& info = modules_[m].info;
  if (info.pot != Pot::pool || info.allocation != Allocation::walk || yearly <= 0) return;
  if (year_of(start) != work.frame->year) return;  // next year's money pays for it
  const int first = month_in_year(start);
  work.pool_promised[static_cast<std::size_t>(first - 1)] += yearly / 12;
  work.pool_due += yearly / 12 * (13 - first);
}

Fen Runner::promised(const CountyWork& work) {
  Fen sum = 0;
  for (int first = work.month_number() + 1; first <= 12; ++first)
    sum += work.pool_promised[static_cast<std::size_t>(first - 1)] * (13 - first);
  return sum;
}

void Runner::count_served(CountyWork& work, std::size_t m) const {
  // A village's works stand in the name of its first household, which has no part in them.
  if (modules_[m].info.allocation == Allocation::works) return;
  const HouseholdTable& t = work.county->households;
  work.enrolled.assign(t.size(), 0);
  for (const Enrolment& e : work.county->enrolments[m]) {
    if (e.state != Enrolment::State::running) continue;
    work.reach(m, Served::units, e.count);
    if (work.enrolled[e.household] == 0) work.reach(m, Served::persons, t.members[e.household]);
    work.enrolled[e.household] = 1;
  }
}

void Runner::look_after(CountyWork& work) const {
  VillageTable& villages = work.county->villages;
  work.team.assign(villages.size(), 0.0F);
  bool sent = false;
  for (std::size_t m = 0; m < modules_.size(); ++m) {
    if (!modules_[m].info.sends_teams || !in_force(m, work.month)) continue;
    modules_[m].policy->look_after(now(work, m), work.team);
    sent = true;
  }
  // Teams that nobody sends any more have gone home.
  if (!sent) std::fill(villages.team_since.begin(), villages.team_since.end(), kNoMonth);
}

void Runner::take_over_allowance(CountyWork& work, std::size_t m) const {
  const Module& module = modules_[m];
  const bool first = module.settings.enabled && module.settings.capacity > 0.0 &&
                     work.month == module.settings.from + 1;
  if (!module.info.replaces_ordinary_allowance || !first) return;
  HouseholdTable& t = work.county->households;
  std::fill(t.allowance.begin(), t.allowance.end(), 0.0F);
}

void Runner::admit(CountyWork& work) const {
  if (work.month_number() == 1) {
    work.pool_used.assign(modules_.size(), 0);
    work.places_used.assign(modules_.size(), 0);
  }
  works(work);
  // What a household must have before it can be let go comes before projects that raise its income.
  for (std::size_t m = 0; m < modules_.size(); ++m) {
    if (modules_[m].info.allocation == Allocation::guarantee && offers_now(m, work.month))
      admit_ranked(work, m);
  }
  walk(work);
  for (std::size_t m = 0; m < modules_.size(); ++m) {
    const Allocation way = modules_[m].info.allocation;
    if (offers_now(m, work.month)) {
      if (way == Allocation::entitlement || way == Allocation::grant) admit_all(work, m);
      if (way == Allocation::places) admit_ranked(work, m);
    }
    auto& enrolments = work.county->enrolments[m];
    // A household has at most one enrolment by start month, so any sort gives this one order.
    std::sort(enrolments.begin(), enrolments.end(), [](const Enrolment& a, const Enrolment& b) {
      return a.household != b.household ? a.household < b.household : a.start < b.start;
    });
  }
}

Fen Runner::ask_works(CountyWork& work, std::size_t m) const {
  Ledger& ledger = work.county->ledger;
  const Fen before = ledger.delivered_by_module[m];
  PolicyMonth month = now(work, m);
  const Fen more = modules_[m].policy->works(month);
  work.event(m, ModuleSum::spending) += to_yuan(ledger.delivered_by_module[m] - before);
  return std::max<Fen>(0, more);
}

void Runner::works(CountyWork& work) const {
  const bool october = work.month_number() == 10;
  if (!october && work.month_number() != 1) return;
  std::vector<std::size_t> builders;
  Fen need = 0;
  for (std::size_t m = 0; m < modules_.size(); ++m) {
    if (modules_[m].info.allocation != Allocation::works || !in_force(m, work.month)) continue;
    builders.push_back(m);
    need += ask_works(work, m);
  }
  if (!october) return;
  Ledger& ledger = work.county->ledger;
  // What is set aside and was too little for the next work goes into it first.
  const Fen moved = std::min(spendable(work, Pot::pool), std::max<Fen>(0, need - ledger.works));
  if (moved > 0) {
    ledger.works += moved;
    need = 0;
    for (const std::size_t m : builders) need += ask_works(work, m);
  }
  // Villages can use no more: what is still set aside is free for anything else.
  if (need == 0) ledger.works = 0;
}

void Runner::measure_demand(CountyWork& work) const {
  work.report->demand.assign(modules_.size(), 0.0);
  for (std::size_t m = 0; m < modules_.size(); ++m) {
    const ModuleInfo& info = modules_[m].info;
    const bool grant = info.allocation == Allocation::grant;
    if ((info.places_series.empty() && !grant) || !active_in(m, work.frame->year + 1)) continue;
    double units = 0.0;
    // Posts held are asked for again by those who have them.
    for (const Enrolment& e : work.county->enrolments[m])
      units += info.places_are_stock ? e.count : 0;
    // Next year's grant goes to whoever is eligible then: not to those struck off meanwhile.
    std::vector<Candidate> asking;
    if (grant) {
      modules_[m].policy->candidates(now(work, m), asking);
    } else {
      asking = candidates(work, m);
    }
    // A village is not asked whether it wants a work.
    const bool asked = info.allocation != Allocation::works;
    for (const Candidate& who : asking) units += !asked || consents(work, m, who) ? who.units : 0;
    work.report->demand[m] = units;
  }
}

}  // namespace terrace::policies
