// The one screen where the order of the month stands.
#include "engine/county_year.hpp"

#include <algorithm>

#include "economy/economy.hpp"
#include "engine/panel.hpp"
#include "nation/nation.hpp"
#include "registry/registry.hpp"

namespace terrace::engine {

namespace {

void open_year(County& county, const YearFrame& frame, const CountyPlan& plan, const Model& model,
               CountyWork& work, CountyReport& report) {
  work.county = &county;
  work.frame = &frame;
  work.plan = &plan;
  work.report = &report;
  work.month = month_of(frame.year, 1);
  report = CountyReport{};
  report.county = county.number;
  open_panel(work, model);
  registry::open_year(work);
  model.policies.look_after(work);  // searches that begin with the year know them
  economy::open_year(work, model.economy);
}

void open_month(CountyWork& work, const Model& model, Month month) {
  work.month = month;
  work.events.fill(0.0);
  work.module_events.assign(model.policies.size(), {});
  work.flows.reset(work.county->households.size());
  Fen relocation = 0;
  for (std::size_t m = 0; m < model.policies.size(); ++m) {
    if (model.policies.info(m).pot == Pot::relocation && work.plan->places[m] > 0) {
      relocation += work.plan->places[m] * model.policies.place_cost(m);
    }
  }
  if (month_in_year(month) == 1) work.event(Sum::partner_money) = to_yuan(work.plan->partner);
  nation::month_accounts(*work.county, *work.plan, month, model.nation.budget, relocation);
}

/// Where the money of each module went, and whom it reached.
void report_modules(const CountyWork& work, CountyReport& r) {
  for (const auto& module : work.fates) {
    auto& out = r.fates.emplace_back();
    for (std::size_t f = 0; f < kFates; ++f) out[f] = to_yuan(module[f]);
  }
  r.served = work.served;
}

/// The year's flows become last year's; members are born, die and grow older; samples are drawn.
void close_year(CountyWork& work, const Model& model) {
  HouseholdTable& t = work.county->households;
  if (work.observe != nullptr && *work.observe) {
    (*work.observe)({work.replicate, *work.frame, *work.county, work.income, work.residents,
                     work.this_year, work.away_this_year});
  }
  registry::survey(work, model.registry);
  registry::evaluate(work, model.registry);
  add_starts(work, model);
  registry::keep_ledger(work, model.registry);
  model.policies.measure_demand(work);
  report_modules(work, *work.report);
  CountyReport& r = *work.report;
  for (const std::uint8_t members : t.members) r.persons += members;
  for (const std::uint8_t status : t.status) r.registered_households += on_register(status) ? 1 : 0;
  registry::close_year(work);
  economy::remember_poverty(work);
  economy::close_flows(work);
  economy::close_business(work, model.economy);
  economy::learn(work, model.economy);
  economy::close_villages(work);
  economy::dwelling(work, model.economy);
  economy::grow_frail(work, model.economy);
  economy::demography(work, model.economy);
  for (const Sum s : {Sum::births, Sum::deaths, Sum::marriages, Sum::divisions, Sum::town_exits,
                      Sum::coop_failures})
    r.sums[11][sum_index(s)] += work.event(s);
}

}  // namespace

void run_county_year(County& county, const YearFrame& frame, const CountyPlan& plan,
                     const Model& model, CountyWork& work, CountyReport& report) {
  open_year(county, frame, plan, model, work, report);
  for (int m = 1; m <= 12; ++m) {
    open_month(work, model, month_of(frame.year, m));
    economy::begin_month(work);
    model.policies.look_after(work);  // teams act on consent, search and diagnosis
    economy::shocks(work, model.economy);
    economy::health(work, model.economy);  // comes first: it changes who can work
    model.policies.effects(work);          // what programmes give this month, before anyone earns
    economy::school(work, model.economy);  // September, with this month's support in force
    economy::labour(work, model.economy);  // spells end, openings and posts are rationed
    economy::village_business(work, model.economy);
    economy::income(work, model.economy);
    economy::consumption(work,
                         model.economy);    // knows the twelve-month income that all decisions use
    registry::month(work, model.registry);  // lists, verifies, lets go on that income
    model.policies.admit(work);  // offers on what the register now says, to start next month
    tally_month(work, model);
    tally_panel(work, model);
  }
  close_year(work, model);
}

}  // namespace terrace::engine
