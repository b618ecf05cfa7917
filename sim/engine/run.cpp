// The year in two halves: the nation plans on the reports of last year, the counties carry out.
#include <algorithm>
#include <memory>

#include <terrace/simulation.hpp>

#include "economy/economy.hpp"
#include "engine/county_year.hpp"
#include "engine/initial_fit.hpp"
#include "engine/panel.hpp"
#include "engine/results.hpp"
#include "engine/run_info.hpp"
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

/// What all replicates of a run share and none of them changes.
struct Shared {
  Shared(const ScenarioSpec& spec, const PolicyCatalogue& catalogue, const RunControl& c)
      : s(spec),
        model(engine::make_model(spec, catalogue)),
        mix(fit_household_mix(spec.population.layout)),
        survey(spec.population.survey
                   ? std::make_unique<const SurveyDraw>(spec.population, model.population)
                   : nullptr),
        share_of_poor(share_of_national_poor(spec.population, model.population, spec.seed)),
        control(c) {
    info = engine::info_of(s, model);
  }

  const ScenarioSpec& s;
  const Model model;
  const HouseholdMix mix;
  const std::unique_ptr<const SurveyDraw> survey;  ///< null: people are made up
  const double share_of_poor;
  const RunControl& control;
  RunInfo info;
};

/// One replicate: where it stands, and how it goes on.
class Replicate {
 public:
  enum class End : std::uint8_t { finished, stopped, bad_state };

  Replicate(const Shared& shared, std::uint32_t number, CountyRunner& runner,
            engine::DigestRecorder& recorder)
      : shared_(shared),
        s_(shared.s),
        model_(shared.model),
        control_(shared.control),
        runner_(runner),
        recorder_(recorder),
        works_(runner.workers()) {
    state_.standing = {number, year_of(s_.start), Standing::At::opening};
    for (CountyWork& work : works_) {
      work.observe = &control_.observe;
      work.replicate = number;
    }
  }

  End go() {
    if (stopped()) return End::stopped;  // before any work: what was saved of it still holds
    world_.counties = lay_out_counties(s_.population, model_.population, s_.seed);
    const NextPart earlier =
        control_.resume ? control_.resume(state_.standing.replicate) : NextPart{};
    if (!earlier) {
      if (!synthesise()) return End::stopped;
    } else if (!engine::get_state(earlier, shared_.info, model_.policies.size(), state_, world_,
                                  recorder_)) {
      return End::bad_state;
    }
    Standing& at = state_.standing;
    if (at.at == Standing::At::finished) return End::finished;
    while (at.year <= year_of(s_.end)) {
      if (!run_year()) {
        at.at = Standing::At::within;
        save();
        return End::stopped;
      }
      ++at.year;
      at.at = Standing::At::opening;
      const bool last = at.year > year_of(s_.end);
      if (!last && control_.wants_state && control_.wants_state(at.replicate, at.year)) save();
    }
    finish();
    save();
    return End::finished;
  }

  const engine::ReplicateState& state() const { return state_; }

 private:
  RunKey key() const { return {s_.seed, state_.standing.replicate}; }

  bool stopped() const {
    return control_.stop != nullptr && control_.stop->load(std::memory_order_relaxed);
  }

  void save() {
    if (!control_.save) return;
    control_.save(state_.standing, [this](const PutPart& put) {
      engine::put_state(put, state_, world_, recorder_);
    });
  }

  /// False when it was asked to stop before all counties had their people: then there is nothing
  /// yet that would be worth saving.
  bool synthesise() {
    std::atomic<std::size_t> done{0};
    runner_.run(world_.counties.size(), [&](std::size_t i, std::size_t) {
      if (stopped()) return;
      County& c = world_.counties[i];
      synthesise_county(c, s_.population, model_.population, shared_.mix, key(), s_.start,
                        shared_.survey.get());
      if (shared_.survey) economy::date_spells(c, s_.start, key(), model_.economy);
      c.enrolments.resize(model_.policies.size());
      c.ledger.delivered_by_module.assign(model_.policies.size(), 0);
      done.fetch_add(1);
    });
    if (done.load() != world_.counties.size()) return false;
    engine::choose_panel(world_.counties, s_);
    world_.done.assign(world_.counties.size(), 0);
    world_.current.assign(world_.counties.size(), CountyReport{});
    if (key().replicate == 0) {
      state_.fit_report =
          fit_report(s_.population, shared_.mix, world_.counties, model_.population, s_.start);
    }
    return true;
  }

  /// Advances to the end of the year at hand all counties that are not there yet. False when it was
  /// asked to stop before all were.
  bool run_year() {
    const int year = state_.standing.year;
    const nation::Boundary boundary{s_,
                                    model_.nation,
                                    model_.registry,
                                    model_.policies,
                                    model_.economy.transfers.allowance_share,
                                    shared_.share_of_poor,
                                    key(),
                                    &world_.crops,
                                    &world_.records};
    const YearFrame frame = nation::frame_of(boundary, year, world_.last, world_.before);
    nation::set_crop_prices(world_.crops, model_.economy.market, frame, world_.counties,
                            world_.reports);
    const auto plans = nation::plan(boundary, frame, world_.counties, world_.reports);
    if (!run_counties(frame, plans)) return false;
    const std::size_t n = world_.counties.size();
    world_.reports.swap(world_.current);
    world_.current.assign(n, CountyReport{});
    world_.done.assign(n, 0);
    nation::keep_records(world_.records, boundary, frame, world_.counties, plans, world_.reports);
    world_.before = world_.last;
    world_.last = state_of(world_, frame.price);
    record(year);
    return true;
  }

  bool run_counties(const YearFrame& frame, const std::vector<CountyPlan>& plans) {
    const std::size_t n = world_.counties.size();
    std::atomic<std::size_t> done{0};
    runner_.run(n, [&](std::size_t i, std::size_t worker) {
      if (world_.done[i] == 0) {
        if (stopped()) return;
        engine::run_county_year(world_.counties[i], frame, plans[i], model_, works_[worker],
                                world_.current[i]);
        world_.done[i] = 1;
      }
      const std::size_t so_far = done.fetch_add(1) + 1;
      if (control_.progress) control_.progress(state_.standing.replicate, frame.year, so_far, n);
    });
    return done.load() == n;
  }

  void record(int year) {
    const std::uint32_t replicate = state_.standing.replicate;
    if (replicate == 0 && year + 1 == year_of(s_.programme))
      state_.fit_report += engine::initial_fit(s_, world_.counties, world_.reports);
    engine::record_year(shared_.info, replicate, year, world_.counties, world_.reports, recorder_);
    if (!shared_.info.panel.empty()) {
      engine::record_panel_year(shared_.info, replicate, year, world_.counties, world_.reports,
                                recorder_);
    }
    recorder_.end_year(replicate, year);
  }

  void finish() {
    state_.standing.at = Standing::At::finished;
    for (County& c : world_.counties) {
      state_.remains.households += c.households.size();
      state_.remains.persons += c.persons.size();
      state_.remains.bytes += bytes_of(c);
    }
  }

  const Shared& shared_;
  const ScenarioSpec& s_;
  const Model& model_;
  const RunControl& control_;
  CountyRunner& runner_;
  engine::DigestRecorder& recorder_;
  std::vector<CountyWork> works_;
  World world_;
  engine::ReplicateState state_;
};

/// What is kept of a replicate that is over.
struct Ended {
  Replicate::End end = Replicate::End::stopped;
  engine::ReplicateState state;
};

Ended run_replicate(const Shared& shared, std::uint32_t number, CountyRunner& runner,
                    engine::DigestRecorder& recorder) {
  Replicate replicate(shared, number, runner, recorder);
  const Replicate::End end = replicate.go();
  return {end, replicate.state()};
}

std::vector<Ended> run_all(const Shared& shared, CountyRunner& runner,
                           engine::DigestRecorder& recorder) {
  const std::uint32_t n = shared.s.replicates;
  if (shared.control.only_replicate) {
    return {run_replicate(shared, *shared.control.only_replicate, runner, recorder)};
  }
  const std::size_t counties = shared.info.groups[2].regions.size();
  std::vector<Ended> ended(n);
  if (replicates_at_once(n, counties, runner.workers()) > 1) {
    runner.run(n, [&](std::size_t r, std::size_t) {
      SerialRunner alone;
      ended[r] = run_replicate(shared, static_cast<std::uint32_t>(r), alone, recorder);
    });
    return ended;
  }
  for (std::uint32_t r = 0; r < n; ++r) {
    ended[r] = run_replicate(shared, r, runner, recorder);
    if (ended[r].end != Replicate::End::finished) break;
  }
  return ended;
}

}  // namespace

namespace engine {

RunInfo info_of(const ScenarioSpec& scenario, const Model& model) {
  return describe_run(scenario,
                      lay_out_counties(scenario.population, model.population, scenario.seed),
                      model.policies.names());
}

RunInfo info_of(const ScenarioSpec& scenario, const PolicyCatalogue& catalogue) {
  return info_of(scenario, make_model(scenario, catalogue));
}

}  // namespace engine

std::size_t replicates_at_once(std::size_t replicates, std::size_t counties, std::size_t workers) {
  // With so many counties a worker, the last ones of a year keep few workers waiting.
  constexpr std::size_t kCountiesAWorker = 8;
  return counties >= kCountiesAWorker * workers ? 1 : std::min(replicates, workers);
}

RunOutcome run_scenario(const ScenarioSpec& scenario, const PolicyCatalogue& catalogue,
                        CountyRunner& runner, Recorder& recorder, const RunControl& control) {
  const Shared shared(scenario, catalogue, control);
  engine::DigestRecorder digests(recorder);
  digests.begin(shared.info);
  const std::vector<Ended> ended = run_all(shared, runner, digests);
  RunOutcome out;
  out.finished = true;
  for (const Ended& e : ended) {
    out.finished = out.finished && e.end == Replicate::End::finished;
    out.bad_checkpoint = out.bad_checkpoint || e.end == Replicate::End::bad_state;
  }
  if (!out.finished) return out;
  digests.end();
  out.fit_report = ended.front().state.fit_report;
  out.households = ended.back().state.remains.households;
  out.persons = ended.back().state.remains.persons;
  out.bytes = ended.back().state.remains.bytes;
  out.digest = digests.digest();
  out.group_digests = digests.group_digests();
  return out;
}

}  // namespace terrace
