#include "cli/sweep_command_line.hpp"

#include <memory>

#include "cli/names_option.hpp"
#include "cli/verbs.hpp"

namespace terrace::cli {
namespace {

void add_folder(CLI::App* verb, std::string& out) {
  verb->add_option("SWEEP_DIR", out, "the folder of the sweep")->required();
}

/// An empty word is mostly a variable of a job script that was not set; that it asks for all runs
/// is not to be guessed.
CLI::Validator not_empty() {
  return {[](const std::string& word) {
            return word.empty() ? std::string("an empty word says nothing") : std::string();
          },
          ""};
}

void add_plan(CLI::App* sweep, Call& chosen) {
  const auto out = std::make_shared<SweepPlanOptions>();
  CLI::App* verb = sweep->add_subcommand("plan", "draw a study's design and number its runs");
  verb->add_option("STUDY", out->study, "a study file, or the name of a shipped one")->required();
  verb->add_option("-o,--output", out->directory, "folder of the sweep")->type_name("DIR");
  verb->add_option("--set", out->sets, "key=value of the scenario, over what the files say")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  verb->add_flag("--force", out->force, "replace another plan in the folder, with its results");
  verb->add_flag("-q,--quiet", out->quiet, "say nothing but what is wrong");
  verb->callback([out, &chosen] { chosen = [out] { return sweep_plan(*out); }; });
}

void add_sweep_run(CLI::App* sweep, const std::string& command, Call& chosen) {
  const auto out = std::make_shared<SweepRunOptions>();
  out->command = command;
  CLI::App* verb = sweep->add_subcommand("run", "do the runs that have no result yet");
  add_folder(verb, out->directory);
  verb->add_option("-j,--jobs", out->jobs, "runs at a time (all cores if not given)")
      ->check(CLI::Range(1U, 4096U))
      ->type_name("N");
  verb->add_option("--shard", out->shard, "only part i of n; auto: as the launcher says")
      ->check(not_empty())
      ->type_name("i/n");
  verb->add_option("--runs", out->runs, "only these, such as 3,17,40-60")
      ->check(not_empty())
      ->type_name("RUNS");
  verb->add_option("--from", out->from,
                   "branch off from checkpoints that a run kept for every replicate")
      ->check(not_empty())
      ->type_name("DIR");
  verb->add_flag("--allow-mixed", out->allow_mixed,
                 "though another program, which may give other results, has done runs");
  verb->add_flag("--fail-fast", out->fail_fast, "stop at the first run that fails");
  verb->add_flag("-q,--quiet", out->quiet, "no progress");
  verb->add_flag("--json", out->json, "progress as lines of JSON on stderr");
  verb->callback([out, &chosen] { chosen = [out] { return sweep_run(*out); }; });
}

void add_status(CLI::App* sweep, Call& chosen) {
  const auto out = std::make_shared<SweepStatusOptions>();
  CLI::App* verb = sweep->add_subcommand("status", "what is done, and why the rest is not");
  add_folder(verb, out->directory);
  verb->add_flag("--json", out->json, "for programs");
  verb->add_flag("-v,--verbose", out->verbose, "every run that is not done");
  verb->callback([out, &chosen] { chosen = [out] { return sweep_status(*out); }; });
}

void add_merge(CLI::App* sweep, Call& chosen) {
  const auto out = std::make_shared<SweepMergeOptions>();
  CLI::App* verb = sweep->add_subcommand("merge", "make one file of all results");
  add_folder(verb, out->directory);
  verb->add_option("-o,--output", out->output, "the file (sweep.h5 in the folder)")
      ->type_name("FILE");
  verb->add_option("--csv", out->csv, "a table of runs and years beside it")->type_name("FILE");
  verb->add_flag("--allow-missing", out->allow_missing, "though some runs have no result");
  verb->add_flag("--allow-mixed", out->allow_mixed, "though several programs did the runs");
  verb->add_flag("--force", out->force, "replace an earlier file");
  verb->add_flag("-q,--quiet", out->quiet, "say nothing but what is wrong");
  verb->callback([out, &chosen] { chosen = [out] { return sweep_merge(*out); }; });
}

void add_replay(CLI::App* sweep, const std::string& command, Call& chosen) {
  const auto out = std::make_shared<SweepReplayOptions>();
  out->command = command;
  CLI::App* verb =
      sweep->add_subcommand("replay", "do one run again and write all that a run writes");
  add_folder(verb, out->directory);
  verb->add_option("RUN", out->run, "its number")->required();
  verb->add_option("-o,--output", out->output, "folder for the results")->type_name("DIR");
  verb->add_option("--threads", out->threads, "how many threads (all cores if not given)")
      ->check(CLI::Range(1U, 1024U))
      ->type_name("N");
  verb->add_flag("--force", out->force, "replace results that are in the folder already");
  verb->add_flag("-q,--quiet", out->quiet, "no progress and no summary");
  verb->callback([out, &chosen] { chosen = [out] { return sweep_replay(*out); }; });
}

void add_script(CLI::App* sweep, const std::string& name, bool pbs, Call& chosen) {
  const auto out = std::make_shared<SweepScriptOptions>();
  out->pbs = pbs;
  CLI::App* verb =
      sweep->add_subcommand(name, std::string("write job scripts for ") + (pbs ? "PBS" : "Slurm"));
  add_folder(verb, out->directory);
  verb->add_option("--tasks", out->tasks, "tasks of the array")->type_name("N");
  verb->add_option("-j,--jobs", out->jobs, "runs at a time in each task (1)")
      ->check(CLI::Range(1U, 4096U))
      ->type_name("N");
  verb->add_option("--time", out->time, "time limit of a task")->type_name("TIME");
  verb->add_option("--options", out->options, "more options for the scheduler")
      ->type_name("OPTIONS");
  verb->add_option("--runs", out->runs, "only these, such as 3,17,40-60")
      ->check(not_empty())
      ->type_name("RUNS");
  verb->add_flag("--force", out->force, "replace earlier scripts");
  verb->callback([out, &chosen] { chosen = [out] { return sweep_script(*out); }; });
}

}  // namespace

void add_sweep(CLI::App& app, const std::string& command, Call& chosen) {
  CLI::App* sweep = app.add_subcommand("sweep", "many runs: plan, run, status, merge");
  sweep->require_subcommand(1);
  add_plan(sweep, chosen);
  add_sweep_run(sweep, command, chosen);
  add_status(sweep, chosen);
  add_merge(sweep, chosen);
  add_replay(sweep, command, chosen);
  add_script(sweep, "slurm", false, chosen);
  add_script(sweep, "pbs", true, chosen);
}

void add_sensitivity(CLI::App& app, const std::string& command, Call& chosen) {
  const auto out = std::make_shared<SensitivityOptions>();
  out->command = command;
  CLI::App* verb = app.add_subcommand(
      "sensitivity", "which dimensions of a study matter: Morris and Sobol indices");
  verb->add_option("SWEEP", out->file, "the folder of a merged sweep, or its file")->required();
  add_names(verb, "--outputs", out->outputs, "such as headcount_ratio@2020,relapse_true@2023");
  verb->add_option("--resamples", out->resamples, "of the bootstrap (1000)")
      ->check(CLI::Range(100U, 1000000U))
      ->type_name("N");
  verb->add_option("--confidence", out->confidence, "of intervals (0.95)")
      ->check(CLI::Range(0.01, 0.9999))
      ->type_name("SHARE");
  verb->add_option("-o,--output", out->directory, "folder for tables (CSV, HDF5) and the figure")
      ->type_name("DIR");
  verb->add_flag("--json", out->json, "for programs");
  verb->add_flag("--force", out->force, "replace an earlier analysis in the folder");
  verb->callback([out, &chosen] { chosen = [out] { return sensitivity(*out); }; });
}

void add_effects(CLI::App& app, const std::string& command, Call& chosen) {
  const auto out = std::make_shared<EffectsOptions>();
  out->command = command;
  CLI::App* verb = app.add_subcommand(
      "effects", "what each level of a study's dimension changes, in pairs of replicates");
  verb->add_option("SWEEP", out->file, "the folder of a merged sweep, or its file")->required();
  verb->add_option("--dimension", out->dimension, "whose levels; not needed if there is one only")
      ->type_name("NAME");
  verb->add_option("--base", out->base, "the level that others are held against, such as tpa")
      ->required()
      ->type_name("LEVEL");
  add_names(verb, "--outputs", out->outputs, "such as headcount_ratio@2020,relapse_true@2023");
  CLI::Option* sum =
      add_names(verb, "--sum", out->summed, "add up the effects of these levels, such as 'only-*'");
  verb->add_option("--whole", out->whole, "the level that the sum is held against")
      ->type_name("LEVEL")
      ->needs(sum);
  sum->needs("--whole");
  verb->add_option("--confidence", out->confidence, "of intervals (0.95)")
      ->check(CLI::Range(0.01, 0.9999))
      ->type_name("SHARE");
  verb->add_option("-o,--output", out->directory, "folder for tables (CSV, HDF5)")
      ->type_name("DIR");
  verb->add_flag("--json", out->json, "for programs");
  verb->add_flag("--force", out->force, "replace earlier tables in the folder");
  verb->callback([out, &chosen] { chosen = [out] { return effects(*out); }; });
}

}  // namespace terrace::cli
