#include "analysis/attribute_runs.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <utility>

namespace terrace::attribution {

namespace {

using State = std::vector<std::vector<std::byte>>;

/// Keeps no results, only what a run tells of its counties and of the panel at the branch.
class Onlooker final : public Recorder {
 public:
  /// `out`: what is filled in, by the first run; null for the others.
  Onlooker(int branch, ReplicateRuns* out) : branch_(branch), out_(out) {}
  void begin(const RunInfo& info) override {
    if (out_ == nullptr) return;
    for (const GroupInfo& group : info.groups) {
      if (group.name == "county") out_->counties = group.regions;
    }
    out_->lines.lay_out(out_->counties);
  }
  void record(std::uint32_t, Month, std::size_t, std::size_t, std::span<const double>) override {}
  void record_panel(std::uint32_t, Month first, std::span<const PanelHousehold> households,
                    std::span<const float>) override {
    if (out_ != nullptr && year_of(first) == branch_) {
      out_->panel.assign(households.begin(), households.end());
    }
  }
  void end() override {}

 private:
  int branch_;
  ReplicateRuns* out_;
};

int years(const ScenarioSpec& s, int from) { return year_of(s.end) - from + 1; }

/// All runs of one replicate.
class Subsets {
 public:
  Subsets(const ScenarioSpec& scenario, const PolicyCatalogue& catalogue, std::uint32_t replicate,
          const Control& control, ReplicateRuns& out)
      : scenario_(scenario),
        catalogue_(catalogue),
        replicate_(replicate),
        control_(control),
        able_(batches_of(scenario)),
        branch_(branch_year(scenario)),
        out_(out) {}

  bool run_all(CountyRunner& runner) {
    std::vector<unsigned> others;
    for (unsigned c = 0; c < kCoalitions; ++c) {
      if ((c & able_) == c && c != able_) others.push_back(c);
    }
    out_.digests.assign(others.size() + 1, {});
    if (!run(able_, others.size(), runner)) return false;
    const std::size_t counties = out_.counties.size();
    if (replicates_at_once(others.size(), counties, runner.workers()) > 1) {
      runner.run(others.size(), [&](std::size_t i, std::size_t) {
        SerialRunner alone;
        run(others[i], i, alone);
      });
    } else {
      for (std::size_t i = 0; i < others.size(); ++i) {
        if (!run(others[i], i, runner)) return false;
      }
    }
    return runs_done_.load() == out_.digests.size();
  }

  bool misfit() const { return misfit_.load(); }

 private:
  /// False if it was asked to stop.
  bool run(unsigned coalition, std::size_t place, CountyRunner& runner) {
    const ScenarioSpec scenario = scenario_of(scenario_, coalition);
    const bool first = coalition == able_;
    Onlooker onlooker(branch_, first ? &out_ : nullptr);
    const RunControl control = first ? first_control() : later_control(coalition);
    const RunOutcome outcome = run_scenario(scenario, catalogue_, runner, onlooker, control);
    if (outcome.bad_checkpoint) misfit_ = true;
    if (!outcome.finished) return false;
    out_.digests[place] = {replicate_, coalition, outcome.digest};
    runs_done_.fetch_add(1);
    return true;
  }

  RunControl watched(unsigned coalition) {
    RunControl control;
    control.only_replicate = replicate_;
    control.stop = control_.stop;
    control.observe = [this, coalition](const CountyYear& at) { out_.lines.add(at, coalition); };
    control.progress = [this](std::uint32_t, int, std::size_t, std::size_t counties) {
      tell(counties);
    };
    return control;
  }

  RunControl first_control() {
    RunControl control = watched(able_);
    control.wants_state = [this](std::uint32_t, int year) { return year == branch_; };
    control.save = [this](const Standing& at, const std::function<void(const PutPart&)>& write) {
      if (at.at != Standing::At::opening) return;
      write([this](std::span<const std::byte> part) {
        state_.emplace_back(part.begin(), part.end());
      });
    };
    return control;
  }

  /// Without a state, where the run has no year before the branch, it starts afresh.
  RunControl later_control(unsigned coalition) {
    RunControl control = watched(coalition);
    control.resume = [this](std::uint32_t) -> NextPart {
      if (state_.empty()) return {};
      return [this, next = std::size_t{0}](std::vector<std::byte>& part) mutable {
        if (next == state_.size()) return false;
        part = state_[next++];
        return true;
      };
    };
    return control;
  }

  void tell(std::size_t counties) {
    if (!control_.progress) return;
    const auto burn_in = static_cast<std::size_t>(branch_ - year_of(scenario_.start));
    const auto each = static_cast<std::size_t>(years(scenario_, branch_));
    const std::size_t all = counties * (burn_in + each * out_.digests.size());
    const std::size_t done = county_years_.fetch_add(1) + 1;
    control_.progress(replicate_, static_cast<double>(done) / static_cast<double>(all),
                      runs_done_.load());
  }

  const ScenarioSpec& scenario_;
  const PolicyCatalogue& catalogue_;
  std::uint32_t replicate_;
  const Control& control_;
  unsigned able_;
  int branch_;
  ReplicateRuns& out_;
  State state_;  ///< at the branch's opening
  std::atomic<std::size_t> runs_done_{0};
  std::atomic<std::size_t> county_years_{0};
  std::atomic<bool> misfit_{false};
};

}  // namespace

std::string name_of_coalition(unsigned coalition) {
  std::string name;
  for (std::size_t i = 0; i < kPlayers; ++i) {
    if (!is_in(coalition, i)) continue;
    if (!name.empty()) name += '+';
    name += kBatches.at(i);
  }
  return name.empty() ? "none" : name;
}

unsigned batches_of(const ScenarioSpec& scenario) {
  unsigned able = 0;
  for (std::size_t i = 0; i < kPlayers; ++i) {
    const auto at = scenario.policies.find(std::string(kBatches.at(i)));
    if (at != scenario.policies.end() && at->second.enabled) able |= 1U << i;
  }
  return able;
}

ScenarioSpec scenario_of(const ScenarioSpec& scenario, unsigned coalition) {
  ScenarioSpec out = scenario;
  for (std::size_t i = 0; i < kPlayers; ++i) {
    const auto at = out.policies.find(std::string(kBatches.at(i)));
    if (at != out.policies.end() && !is_in(coalition, i)) at->second.enabled = false;
  }
  return out;
}

std::size_t runs_of(const ScenarioSpec& scenario) {
  return std::size_t{1} << static_cast<unsigned>(std::popcount(batches_of(scenario)));
}

int branch_year(const ScenarioSpec& scenario) {
  return std::max(year_of(scenario.start), year_of(scenario.programme));
}

ReplicateRuns::ReplicateRuns(const ScenarioSpec& scenario)
    : lines(batches_of(scenario), branch_year(scenario), year_of(scenario.end)) {}

void run_replicate(ReplicateRuns& out, const ScenarioSpec& scenario,
                   const PolicyCatalogue& catalogue, CountyRunner& runner, std::uint32_t replicate,
                   const Control& control) {
  Subsets subsets(scenario, catalogue, replicate, control, out);
  out.finished = subsets.run_all(runner);
  if (subsets.misfit()) throw std::logic_error("a run's own state at the branch does not fit it");
  if (out.lines.strangers() != 0) {
    throw std::logic_error("runs from one state have households that do not descend from it");
  }
}

}  // namespace terrace::attribution
