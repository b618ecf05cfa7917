// The year in two halves: the nation plans on the reports of last year, the counties carry out.
//
// Over ranks, each carries out its own counties, then all learn all reports; what the nation does,
// records and plans, every rank works out for itself from the same reports. Between two boundaries
// no rank waits for another, and at a boundary all of them come, those too that own no county.
#include <algorithm>
#include <memory>

#include <terrace/simulation.hpp>

#include "economy/economy.hpp"
#include "engine/county_year.hpp"
#include "engine/initial_fit.hpp"
#include "engine/nowhere.hpp"
#include "engine/panel.hpp"
#include "engine/ranks_fit.hpp"
#include "engine/ranks_state.hpp"
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

World lay_out(const ScenarioSpec& s, const Model& model) {
  World world;
  world.counties = lay_out_counties(s.population, model.population, s.seed);
  return world;
}

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
        works_(runner.workers()),
        world_(lay_out(s_, model_)),
        team_(control_.ranks != nullptr ? *control_.ranks : here_, world_.counties),
        way_(team_, world_, state_, recorder) {
    state_.standing = {number, year_of(s_.start), Standing::At::opening};
    for (CountyWork& work : works_) {
      work.observe = &control_.observe;
      work.replicate = number;
    }
  }

  End go() {
    // Before any work: what was saved of it still holds.
    if (team_.any(stopped())) return End::stopped;
    const NextPart earlier =
        team_.leads() && control_.resume ? control_.resume(state_.standing.replicate) : NextPart{};
    if (!team_.told(static_cast<bool>(earlier))) {
      if (!synthesise()) return End::stopped;
    } else if (!way_.restore(earlier, shared_.info, model_.policies.size())) {
      return End::bad_state;
    } else if (place() == 0 && state_.fit_report.empty()) {
      // It is made of the first replicate's people as they were at the start.
      state_.fit_report = "none: the run went on from the state of another run's later replicate\n";
    }
    Standing& at = state_.standing;
    if (at.at == Standing::At::finished) return End::finished;
    while (at.year <= year_of(s_.end)) {
      if (!run_year()) {
        at.at = Standing::At::within;
        way_.save(control_);
        return End::stopped;
      }
      ++at.year;
      at.at = Standing::At::opening;
      if (at.year <= year_of(s_.end) && state_wanted()) way_.save(control_);
    }
    finish();
    way_.save(control_);
    return End::finished;
  }

  const engine::ReplicateState& state() const { return state_; }

 private:
  RunKey key() const { return {s_.seed, state_.standing.replicate}; }

  /// Among the replicates of the run, as recorders count them.
  std::uint32_t place() const { return state_.standing.replicate - s_.first_replicate; }

  bool stopped() const {
    return stopping_ ||
           (control_.stop != nullptr && control_.stop->load(std::memory_order_relaxed));
  }

  bool state_wanted() {
    const Standing& at = state_.standing;
    return team_.told(team_.leads() && control_.wants_state &&
                      control_.wants_state(at.replicate, at.year));
  }

  /// False when it was asked to stop before all counties had their people: then there is nothing
  /// yet that would be worth saving.
  bool synthesise() {
    const std::vector<std::size_t>& own = team_.own();
    std::atomic<std::size_t> done{0};
    runner_.run(own.size(), [&](std::size_t job, std::size_t) {
      if (stopped()) return;
      County& c = world_.counties[own[job]];
      synthesise_county(c, s_.population, model_.population, shared_.mix, key(), s_.start,
                        shared_.survey.get());
      if (shared_.survey) economy::date_spells(c, s_.start, key(), model_.economy);
      c.enrolments.resize(model_.policies.size());
      c.ledger.delivered_by_module.assign(model_.policies.size(), 0);
      done.fetch_add(1);
    });
    if (team_.any(done.load() != own.size())) return false;
    engine::choose_panel(world_.counties, engine::learn_counties(team_, world_), s_);
    world_.done.assign(world_.counties.size(), 0);
    world_.current.assign(world_.counties.size(), CountyReport{});
    if (place() == 0) state_.fit_report = fit();
    return true;
  }

  std::string fit() {
    const FitTally tally =
        engine::tally_fit(team_, runner_, world_.counties, s_, model_.population);
    const std::string text = fit_report(s_.population, shared_.mix, tally, model_.population);
    const engine::Bytes all = team_.told(std::as_bytes(std::span(text)));
    return {reinterpret_cast<const char*>(all.data()), all.size()};
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
                                    &world_.records,
                                    world_.villages};
    const YearFrame frame = nation::frame_of(boundary, year, world_.last, world_.before);
    nation::set_crop_prices(world_.crops, model_.economy.market, frame, world_.counties,
                            world_.reports);
    const auto plans = nation::plan(boundary, frame, world_.counties, world_.reports);
    if (!run_counties(frame, plans)) return false;
    engine::share_reports(team_, world_.current);
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

  /// False when some county of any rank is not there yet; only then may ranks differ in what they
  /// have done.
  bool run_counties(const YearFrame& frame, const std::vector<CountyPlan>& plans) {
    const std::vector<std::size_t>& own = team_.own();
    std::atomic<std::size_t> done{0};
    runner_.run(own.size(), [&](std::size_t job, std::size_t worker) {
      const std::size_t i = own[job];
      if (world_.done[i] == 0) {
        if (stopped()) return;
        engine::run_county_year(world_.counties[i], frame, plans[i], model_, works_[worker],
                                world_.current[i]);
        world_.done[i] = 1;
      }
      const std::size_t so_far = done.fetch_add(1) + 1;
      if (team_.leads() && control_.progress)
        control_.progress(state_.standing.replicate, frame.year, so_far, own.size());
    });
    stopping_ = team_.any(stopped());  // one was asked: the others begin no further year
    return !team_.any(done.load() != own.size());
  }

  void record(int year) {
    const std::uint32_t replicate = place();
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
    engine::Remains here;
    for (const std::size_t i : team_.own()) {
      County& c = world_.counties[i];
      here.households += c.households.size();
      here.persons += c.persons.size();
      here.bytes += bytes_of(c);
    }
    state_.remains = {team_.sum(here.households), team_.sum(here.persons), team_.sum(here.bytes)};
  }

  const Shared& shared_;
  const ScenarioSpec& s_;
  const Model& model_;
  const RunControl& control_;
  CountyRunner& runner_;
  engine::DigestRecorder& recorder_;
  std::vector<CountyWork> works_;
  World world_;
  OneRank here_;  ///< where no other process shares the run
  engine::Team team_;
  engine::ReplicateState state_;
  engine::StateWay way_;
  bool stopping_ = false;  ///< some rank was asked to stop
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
  const std::uint32_t first = shared.s.first_replicate;
  if (shared.control.only_replicate) {
    return {run_replicate(shared, *shared.control.only_replicate, runner, recorder)};
  }
  const std::size_t counties = shared.info.groups[2].regions.size();
  std::vector<Ended> ended(n);
  const bool shared_run = shared.control.ranks != nullptr && shared.control.ranks->count() > 1;
  if (!shared_run && replicates_at_once(n, counties, runner.workers()) > 1) {
    runner.run(n, [&](std::size_t r, std::size_t) {
      SerialRunner alone;
      ended[r] = run_replicate(shared, first + static_cast<std::uint32_t>(r), alone, recorder);
    });
    return ended;
  }
  for (std::uint32_t r = 0; r < n; ++r) {
    ended[r] = run_replicate(shared, first + r, runner, recorder);
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
  engine::Nowhere nowhere;
  const bool leads = control.ranks == nullptr || control.ranks->rank() == 0;
  engine::DigestRecorder digests(leads ? recorder : nowhere);
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
