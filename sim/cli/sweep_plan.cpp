// `terrace sweep plan`: from a study to a numbered table of runs.
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "cli/estimate.hpp"
#include "cli/library.hpp"
#include "cli/pilot.hpp"
#include "cli/print.hpp"
#include "cli/sweep_folder.hpp"
#include "cli/sweep_text.hpp"
#include "cli/verbs.hpp"
#include "scenario/study_reader.hpp"
#include "sweep/plan.hpp"
#include "sweep/plan_files.hpp"

namespace terrace::cli {
namespace {

namespace fs = std::filesystem;

std::string counted(std::size_t count, const char* one, const char* many) {
  return fmt::format("{} {}", count_text(static_cast<double>(count)), count == 1 ? one : many);
}

scenario::LoadedStudy load_study(const SweepPlanOptions& options, const Model& model) {
  const fs::path file = find_study(options.study);
  scenario::LoadedStudy loaded =
      scenario::load_study(file, options.sets, model.vocabulary, scenario_folder() / "data");
  if (loaded.errors.empty()) return loaded;
  for (const scenario::Diagnostic& error : loaded.errors) say(scenario::to_string(error) + "\n");
  say(hint_of_kind(file, true));
  throw Failure(
      Exit::bad_scenario,
      fmt::format("{} in {}", counted(loaded.errors.size(), "mistake", "mistakes"), options.study));
}

sweep::Plan draw(const scenario::LoadedStudy& loaded, const Model& model) {
  std::vector<std::string> resolved;
  for (const ScenarioSpec& spec : loaded.scenarios) {
    resolved.push_back(scenario::resolved_yaml(spec, model.vocabulary));
  }
  return sweep::make_plan(loaded.study, resolved, loaded.scenarios.front().seed);
}

fs::path folder_of(const SweepPlanOptions& options, const sweep::Plan& plan) {
  if (!options.directory.empty()) return options.directory;
  constexpr std::size_t kDigits = 8;
  return fs::path("results") / (plan.study.name + '-' + plan.digest.substr(0, kDigits));
}

/// "2 to 5 month, on a logarithmic scale", "2013 to 2030, whole years"
std::string range_text(const StudyDimension& dimension) {
  const bool plain = dimension.unit == "1" || dimension.unit.empty();
  const std::string unit = plain ? "" : ' ' + dimension.unit;
  std::vector<std::string> words = dimension.choices;
  if (words.empty()) {
    for (const double level : dimension.levels) {
      words.push_back(sweep::value_text(dimension, level));
    }
  }
  if (words.empty()) {
    const bool years = dimension.whole && dimension.unit == "year";
    return fmt::format("{} to {}{}{}{}", sweep::value_text(dimension, dimension.low),
                       sweep::value_text(dimension, dimension.high), years ? "" : unit,
                       years             ? ", whole years"
                       : dimension.whole ? ", whole numbers"
                                         : "",
                       dimension.log_scale ? ", on a logarithmic scale" : "");
  }
  constexpr std::size_t kShown = 8;
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < kShown; ++i) {
    text += (i == 0 ? "" : ", ") + words[i];
  }
  if (words.size() > kShown) text += fmt::format(" and {} more", words.size() - kShown);
  return text + unit;
}

std::string dimension_text(const StudyDimension& dimension) {
  std::string what = dimension.key;
  for (const std::string& key : dimension.also) what += ", " + key;
  if (dimension.kind == StudyDimension::Kind::series) {
    what = fmt::format("series {}, {} in {} to {}", dimension.key,
                       dimension.change == StudyDimension::Change::factor ? "times" : "plus",
                       dimension.from, dimension.until);
  } else if (dimension.kind == StudyDimension::Kind::scenario) {
    what = "scenario";
  }
  return fmt::format("  {} ({}): {}\n", dimension.name, what, range_text(dimension));
}

/// What a plan is and needs.
std::string description(const sweep::Plan& plan, const RunNeed& need, const Pace& pace) {
  std::string text = fmt::format(
      "{}: {} of {}, {}\n", plan.study.name, counted(plan.runs(), "run", "runs"),
      counted(plan.points.size(), "point", "points"),
      plan.study.replicates == 1 ? "1 replicate of each"
                                 : fmt::format("{} replicates of each", plan.study.replicates));
  for (const StudyDimension& dimension : plan.study.dimensions) text += dimension_text(dimension);
  const double seconds = need.estimate.household_months / pace.rate();
  text += fmt::format(
      "a run: about {} households in {}, {} of memory (and {} that all share), {}\n",
      count_text(need.estimate.households), counted(need.estimate.counties, "county", "counties"),
      bytes_text(bytes_of_a_run(need)), bytes_text(need.estimate.base_bytes),
      seconds_text(seconds));
  text += fmt::format("all runs: about {} one at a time ({} household-months a second here)\n",
                      seconds_text(seconds * static_cast<double>(plan.runs())),
                      count_text(pace.rate()));
  return text;
}

void refuse_what_does_not_fit(const Estimate& need) {
  const double available = available_bytes();
  if (need.running_bytes() <= available) return;
  throw Failure(Exit::no_memory,
                fmt::format("a run of the study needs about {} of memory and {} are free; take a "
                            "smaller sample or fewer indicators",
                            bytes_text(need.running_bytes()), bytes_text(available)));
}

}  // namespace

Exit sweep_plan(const SweepPlanOptions& options) {
  constexpr double kPilotSeconds = 1.0;
  const Model model;
  const scenario::LoadedStudy loaded = load_study(options, model);
  const RunNeed need = largest_need(loaded.scenarios, model);
  refuse_what_does_not_fit(need.estimate);
  const sweep::Plan plan = draw(loaded, model);
  const fs::path folder = folder_of(options, plan);
  const bool written = sweep::write_plan(folder, plan, options.force);
  if (!options.quiet) {
    for (const std::string& note : loaded.notes) say("note: " + note + "\n");
    say(description(plan, need, measure_pace(*need.scenario, model.catalogue, kPilotSeconds)));
    say(fmt::format("{} in {}\nnext: {}\n", written ? "planned" : "already planned",
                    folder.string(), sweep_command("run", folder.string())));
  }
  put(fmt::format("plan: {}\n", plan.digest));
  return Exit::done;
}

}  // namespace terrace::cli
