// `terrace check`: the resolved scenario with the origin of every value, without running it.
#include <cstdio>

#include <fmt/core.h>

#include "cli/estimate.hpp"
#include "cli/library.hpp"
#include "cli/print.hpp"
#include "cli/verbs.hpp"

namespace terrace::cli {

Exit check(const CheckOptions& options) {
  const Model model;
  const scenario::Loaded loaded = load(options.input, model);
  const ScenarioSpec& spec = loaded.spec;
  if (options.quiet) return Exit::done;
  // The comments leave it a scenario: what is printed here can be saved and run.
  put(scenario::resolved_yaml(spec, model.vocabulary, &loaded.origin));
  std::fflush(stdout);
  for (const std::string& note : loaded.notes) say("note: " + note + "\n");
  const Estimate need = estimate(spec, model.indicators.size(), model.targeting.size());
  const unsigned threads = default_threads();
  say(fmt::format(
      "{} is in order: {} households in {} counties, {} household-months\n"
      "memory: about {}, {} of it for results ({} are free)\n"
      "time: about {} on {}, as far as one machine tells of another\n",
      spec.name, count_text(need.households), need.counties, count_text(need.household_months),
      bytes_text(need.bytes()), bytes_text(need.result_bytes), bytes_text(available_bytes()),
      seconds_text(need.thread_seconds / threads),
      threads == 1 ? "1 thread" : fmt::format("{} threads", threads)));
  return Exit::done;
}

}  // namespace terrace::cli
