// `terrace check`: the resolved scenario with the origin of every value, without running it.
#include <cstdio>
#include <string>

#include <fmt/core.h>

#include "cli/estimate.hpp"
#include "cli/library.hpp"
#include "cli/pilot.hpp"
#include "cli/print.hpp"
#include "cli/verbs.hpp"

namespace terrace::cli {
namespace {

std::string threads_text(unsigned threads) {
  return threads == 1 ? "1 thread" : fmt::format("{} threads", threads);
}

std::string memory_text(const Estimate& need, unsigned threads) {
  return fmt::format(
      "memory: about {}, {} while it runs ({} at once on {}), {} while the results are written "
      "({} are free)\n",
      bytes_text(need.bytes()), bytes_text(need.running_bytes()),
      need.worlds == 1 ? "1 replicate" : fmt::format("{} replicates", need.worlds),
      threads_text(threads), bytes_text(need.writing_bytes()), bytes_text(available_bytes()));
}

std::string disk_text(const Estimate& need) {
  return fmt::format(
      "disk: about {} of records and {} of checkpoints while it runs, {} of trajectories.h5 "
      "afterwards\n",
      bytes_text(need.segment_bytes), bytes_text(need.checkpoint_bytes),
      bytes_text(need.file_bytes));
}

std::string time_text(const Estimate& need, const Pace& pace, unsigned threads) {
  return fmt::format(
      "time: about {} on {}; one thread did {} household-months a second here in a pilot of {}{}\n",
      seconds_text(need.household_months / pace.rate() / threads), threads_text(threads),
      count_text(pace.rate()), seconds_text(pace.seconds),
      threads == 1 ? "" : fmt::format(", divided by {} as if none hindered another", threads));
}

}  // namespace

Exit check(const CheckOptions& options) {
  const Model model;
  const scenario::Loaded loaded = load(options.input, model);
  const ScenarioSpec& spec = loaded.spec;
  if (options.quiet) return Exit::done;
  // The comments leave it a scenario: what is printed here can be saved and run.
  put(scenario::resolved_yaml(spec, model.vocabulary, &loaded.origin));
  std::fflush(stdout);
  for (const std::string& note : loaded.notes) say("note: " + note + "\n");
  const unsigned threads = options.threads == 0 ? default_threads() : options.threads;
  const Estimate need = estimate(spec, model, threads);
  say(fmt::format("{} is in order: {} households in {} counties, {} household-months\n", spec.name,
                  count_text(need.households), need.counties, count_text(need.household_months)));
  say(memory_text(need, threads) + disk_text(need));
  if (options.pilot_seconds > 0.0) {
    say(time_text(need, measure_pace(spec, model.catalogue, options.pilot_seconds), threads));
  }
  return Exit::done;
}

}  // namespace terrace::cli
