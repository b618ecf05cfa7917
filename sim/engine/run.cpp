// The year in two halves: the nation plans on the reports of last year, the counties carry out.
#include <memory>

#include <terrace/simulation.hpp>

#include "economy/economy.hpp"
#include "engine/county_year.hpp"
#include "engine/initial_fit.hpp"
#include "engine/results.hpp"
#include "engine/world.hpp"
#include "nation/nation.hpp"
#include "population/synthesis.hpp"

namespace terrace {

namespace {

using engine::Model;
using engine::World;

nation::NationalState state_of(const World& world, double price) {
  double income = 0.0;
  double residents = 0.0;
  for (std::size_t i = 0; i < world.counties.size(); ++i) {
    const double scale = world.counties[i].weight / world.counties[i].fraction;
    const auto& december = world.reports[i].sums[11];
    income += scale * december[sum_index(Sum::income)];
    residents += scale * december[sum_index(Sum::residents)];
  }
  return {residents > 0.0 ? income / residents / price : 0.0};
}

/// One run of a scenario: what stays the same, and where it stands.
class Run {
 public:
  Run(const ScenarioSpec& s, const PolicyCatalogue& catalogue, CountyRunner& runner,
      Recorder& recorder, const RunControl& control)
      : s_(s),
        model_(engine::make_model(s, catalogue)),
        mix_(fit_household_mix(s.population.layout)),
        survey_(s.population.survey
                    ? std::make_unique<const SurveyDraw>(s.population, model_.population)
                    : nullptr),
        share_of_poor_(share_of_national_poor(s.population, model_.population, s.seed)),
        runner_(runner),
        control_(control),
        digest_(recorder),
        journal_(digest_),
        works_(runner.workers()) {
    for (CountyWork& work : works_) work.observe = &control_.observe;
  }

  RunOutcome go() {
    world_.counties = lay_out_counties(s_.population, model_.population, s_.seed);
    info_ = engine::describe_run(s_, world_.counties, model_.policies.names());
    journal_.begin(info_);
    at_ = {0, year_of(s_.start)};
    const bool resumed = !control_.resume.empty();
    if (resumed && !resume()) {
      outcome_.bad_checkpoint = true;
      return outcome_;
    }
    if (!resumed) synthesise();
    while (run_year()) {
      if (at_.year < year_of(s_.end)) {
        ++at_.year;
      } else if (at_.replicate + 1 < s_.replicates) {
        at_ = {at_.replicate + 1, year_of(s_.start)};
        synthesise();
      } else {
        finish();
        return outcome_;
      }
    }
    if (control_.save) control_.save(engine::save_run(at_, world_, journal_, outcome_.fit_report));
    return outcome_;
  }

 private:
  RunKey key() const { return {s_.seed, at_.replicate}; }

  bool stopped() const {
    return control_.stop != nullptr && control_.stop->load(std::memory_order_relaxed);
  }

  void synthesise() {
    world_ = World{};
    world_.counties = lay_out_counties(s_.population, model_.population, s_.seed);
    runner_.run(world_.counties.size(), [&](std::size_t i, std::size_t) {
      County& c = world_.counties[i];
      synthesise_county(c, s_.population, model_.population, mix_, key(), s_.start, survey_.get());
      if (survey_) economy::date_spells(c, s_.start, key(), model_.economy);
      c.enrolments.resize(model_.policies.size());
      c.ledger.delivered_by_module.assign(model_.policies.size(), 0);
    });
    world_.done.assign(world_.counties.size(), 0);
    world_.current.assign(world_.counties.size(), CountyReport{});
    if (at_.replicate == 0) {
      outcome_.fit_report =
          fit_report(s_.population, mix_, world_.counties, model_.population, s_.start);
    }
  }

  bool resume() {
    engine::StateReader in(control_.resume);
    return engine::load_run(in, info_, model_.policies.size(), at_, world_, journal_,
                            outcome_.fit_report);
  }

  /// Advances to the end of the year at hand all counties that are not there yet. False when it was
  /// asked to stop before all were.
  bool run_year() {
    const nation::Boundary boundary{s_,
                                    model_.nation,
                                    model_.registry,
                                    model_.policies,
                                    model_.economy.transfers.allowance_share,
                                    share_of_poor_,
                                    key(),
                                    &world_.crops,
                                    &world_.records};
    const YearFrame frame = nation::frame_of(boundary, at_.year, world_.last, world_.before);
    nation::set_crop_prices(world_.crops, model_.economy.market, frame, world_.counties,
                            world_.reports);
    const auto plans = nation::plan(boundary, frame, world_.counties, world_.reports);
    const std::size_t n = world_.counties.size();
    std::atomic<std::size_t> done{0};
    runner_.run(n, [&](std::size_t i, std::size_t worker) {
      if (world_.done[i] == 0) {
        if (stopped()) return;
        works_[worker].replicate = at_.replicate;
        engine::run_county_year(world_.counties[i], frame, plans[i], model_, works_[worker],
                                world_.current[i]);
        world_.done[i] = 1;
      }
      const std::size_t so_far = done.fetch_add(1) + 1;
      if (control_.progress) control_.progress(at_.replicate, at_.year, so_far, n);
    });
    if (done.load() != n) return false;
    world_.reports.swap(world_.current);
    world_.current.assign(n, CountyReport{});
    world_.done.assign(n, 0);
    nation::keep_records(world_.records, boundary, frame, world_.counties, plans, world_.reports);
    world_.before = world_.last;
    world_.last = state_of(world_, frame.price);
    if (at_.replicate == 0 && at_.year + 1 == year_of(s_.programme))
      outcome_.fit_report += engine::initial_fit(s_, world_.counties, world_.reports);
    engine::record_year(info_, at_.replicate, at_.year, world_.counties, world_.reports, journal_);
    return true;
  }

  void finish() {
    journal_.end();
    for (County& c : world_.counties) {
      outcome_.households += c.households.size();
      outcome_.persons += c.persons.size();
      outcome_.bytes += bytes_of(c);
    }
    outcome_.finished = true;
    outcome_.digest = digest_.digest();
    outcome_.group_digests = digest_.group_digests();
  }

  const ScenarioSpec& s_;
  const Model model_;
  const HouseholdMix mix_;
  const std::unique_ptr<const SurveyDraw> survey_;  ///< null: people are made up
  const double share_of_poor_;
  CountyRunner& runner_;
  const RunControl& control_;
  engine::DigestRecorder digest_;
  engine::Journal journal_;
  std::vector<CountyWork> works_;
  RunInfo info_;
  World world_;
  engine::Position at_;
  RunOutcome outcome_;
};

}  // namespace

RunOutcome run_scenario(const ScenarioSpec& scenario, const PolicyCatalogue& catalogue,
                        CountyRunner& runner, Recorder& recorder, const RunControl& control) {
  return Run(scenario, catalogue, runner, recorder, control).go();
}

}  // namespace terrace
