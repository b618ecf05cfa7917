// The counties of a small scenario, opened up: what run_scenario hides, a year or a month at a
// time.
#pragma once

#include <functional>
#include <vector>

#include <terrace/simulation.hpp>

#include "economy/economy.hpp"
#include "engine/county_year.hpp"
#include "engine/model.hpp"
#include "nation/nation.hpp"
#include "population/synthesis.hpp"
#include "registry/registry.hpp"
#include "support/small_scenario.hpp"

namespace terrace::test {

class SmallWorld {
 public:
  explicit SmallWorld(ScenarioSpec scenario)
      : spec(std::move(scenario)), model(engine::make_model(spec, builtin_catalogue())) {
    const HouseholdMix mix = fit_household_mix(spec.population.layout);
    key = {spec.seed, 0};
    year = year_of(spec.start);
    counties = lay_out_counties(spec.population, model.population, spec.seed);
    for (County& c : counties) {
      synthesise_county(c, spec.population, model.population, mix, key, spec.start);
      c.enrolments.resize(model.policies.size());
      c.ledger.delivered_by_module.assign(model.policies.size(), 0);
      villages.push_back(static_cast<std::uint32_t>(c.villages.size()));
    }
  }

  nation::Boundary boundary() const {
    return {spec,
            model.nation,
            model.registry,
            model.policies,
            model.economy.transfers.allowance_share,
            share_of_national_poor(spec.population, model.population, spec.seed),
            key,
            &crops,
            &records,
            villages};
  }

  /// Plans the year and advances every county through it.
  void advance() {
    open();
    std::vector<CountyReport> next(counties.size());
    for (std::size_t i = 0; i < counties.size(); ++i) {
      engine::run_county_year(counties[i], frame, plans[i], model, work, next[i]);
    }
    close(std::move(next));
  }
  void advance_to(int first_year_not_run) {
    while (year < first_year_not_run) advance();
  }

  /// One year, with a look at every county after each of its months; the programme's part of the
  /// months is left out on request. The year is not closed: the world is then only for looking at.
  void watch_year(const std::function<void(CountyWork&)>& look, bool programme = true) {
    open();
    for (std::size_t i = 0; i < counties.size(); ++i) {
      CountyReport report;
      CountyWork w;
      w.county = &counties[i];
      w.frame = &frame;
      w.plan = &plans[i];
      w.report = &report;
      w.month = month_of(year, 1);
      registry::open_year(w);
      model.policies.look_after(w);
      economy::open_year(w, model.economy);
      for (int m = 1; m <= 12; ++m) {
        w.month = month_of(year, m);
        watch_month(w, programme);
        look(w);
      }
    }
  }

  /// Makes the frame and the plans of `year`.
  void open() {
    frame = nation::frame_of(boundary(), year, last, before);
    nation::set_crop_prices(crops, model.economy.market, frame, counties, reports);
    plans = nation::plan(boundary(), frame, counties, reports);
  }

  ScenarioSpec spec;
  engine::Model model;
  RunKey key;
  int year = 0;  ///< the next one to run
  std::vector<County> counties;
  std::vector<std::uint32_t> villages;  ///< by county
  YearFrame frame;
  std::vector<CountyPlan> plans;
  std::vector<CountyReport> reports;
  nation::NationalState last;
  nation::NationalState before;
  nation::CropMarkets crops;
  nation::Records records;
  CountyWork work;

 private:
  void watch_month(CountyWork& w, bool programme) {
    w.events.fill(0.0);
    w.module_events.assign(model.policies.size(), {});
    w.flows.reset(w.county->households.size());
    Fen relocation = 0;
    for (std::size_t m = 0; m < model.policies.size(); ++m) {
      if (model.policies.info(m).pot != Pot::relocation) continue;
      relocation += w.plan->places[m] * model.policies.place_cost(m);
    }
    if (programme) {
      nation::month_accounts(*w.county, *w.plan, w.month, model.nation.budget, relocation);
    }
    economy::begin_month(w);
    model.policies.look_after(w);
    economy::shocks(w, model.economy);
    economy::health(w, model.economy);
    if (programme) model.policies.effects(w);
    economy::school(w, model.economy);
    economy::labour(w, model.economy);
    economy::village_business(w, model.economy);
    economy::income(w, model.economy);
    economy::consumption(w, model.economy);
    if (programme) registry::month(w, model.registry);
    if (programme) model.policies.admit(w);
  }

  void close(std::vector<CountyReport> next) {
    reports = std::move(next);
    nation::keep_records(records, boundary(), frame, counties, plans, reports);
    double income = 0.0;
    double residents = 0.0;
    for (std::size_t i = 0; i < counties.size(); ++i) {
      const double scale = counties[i].weight / counties[i].fraction;
      income += scale * reports[i].sums[11][sum_index(Sum::income)];
      residents += scale * reports[i].sums[11][sum_index(Sum::residents)];
    }
    before = last;
    last = {residents > 0.0 ? income / residents / frame.price : 0.0};
    ++year;
  }
};

}  // namespace terrace::test
