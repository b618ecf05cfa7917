// The command line: which verbs there are, what each takes, and which one is called.
#include "cli/command_line.hpp"

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <terrace/version.hpp>

#include "cli/names_option.hpp"
#include "cli/sweep_command_line.hpp"
#include "cli/verbs.hpp"

namespace terrace::cli {
namespace {

void add_scenario_options(CLI::App* verb, ScenarioOptions& out) {
  verb->add_option("SCENARIO", out.scenario, "a scenario file, or the name of a shipped scenario")
      ->required();
  verb->add_option("--set", out.sets,
                   "key=value over what the files say, such as "
                   "policies.relocation.enabled=false; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  verb->add_option("--seed", out.seed, "seed of all random draws")->type_name("N");
  verb->add_option("--replicates", out.replicates, "how often to run")->type_name("N");
}

void add_threads_option(CLI::App* verb, unsigned& out) {
  verb->add_option("--threads", out,
                   "how many threads (all cores if not given); "
                   "the results do not depend on it")
      ->check(CLI::Range(1U, 1024U))
      ->type_name("N");
}

void add_run(CLI::App& app, const std::string& command, Call& chosen) {
  const auto out = std::make_shared<RunOptions>();
  out->command = command;
  CLI::App* verb = app.add_subcommand("run", "run a scenario and write its results");
  add_scenario_options(verb, out->input);
  verb->add_option("-o,--output", out->directory, "folder for the results")->type_name("DIR");
  add_threads_option(verb, out->threads);
  verb->add_option("--from", out->from,
                   "go on from a checkpoint that another run kept (output.checkpoints.keep): its "
                   "folder checkpoints/YEAR")
      ->type_name("DIR");
  verb->add_flag("--force", out->force, "replace results that are in the folder already");
  verb->add_flag("-q,--quiet", out->quiet, "no progress and no summary");
  verb->add_flag("-v,--verbose", out->verbose,
                 "notes, and how the population meets its margins, too");
  verb->callback([out, &chosen] { chosen = [out] { return run(*out); }; });
}

void add_resume(CLI::App& app, const std::string& command, Call& chosen) {
  const auto out = std::make_shared<RunOptions>();
  out->command = command;
  CLI::App* verb = app.add_subcommand("resume", "go on with a stopped run, to the same results");
  verb->add_option("DIR", out->directory, "the folder of the run")->required();
  add_threads_option(verb, out->threads);
  verb->add_flag("-q,--quiet", out->quiet, "no progress and no summary");
  verb->callback([out, &chosen] { chosen = [out] { return resume(*out); }; });
}

void add_check(CLI::App& app, Call& chosen) {
  const auto out = std::make_shared<CheckOptions>();
  CLI::App* verb = app.add_subcommand(
      "check", "check a scenario and print it resolved, with where each value came from");
  add_scenario_options(verb, out->input);
  add_threads_option(verb, out->threads);
  verb->add_option("--pilot", out->pilot_seconds,
                   "seconds to run it in miniature for the estimate of time (1; 0: no estimate)")
      ->check(CLI::Range(0.0, 3600.0))
      ->type_name("SECONDS");
  verb->add_flag("-q,--quiet", out->quiet, "only say what is wrong");
  verb->callback([out, &chosen] { chosen = [out] { return check(*out); }; });
}

void add_list(CLI::App& app, Call& chosen) {
  const auto out = std::make_shared<ListOptions>();
  CLI::App* verb = app.add_subcommand("list", "say what there is");
  verb->add_option("WHAT", out->what, "policies, parameters, indicators, scenarios or series")
      ->required()
      ->check(CLI::IsMember(list_topics()));
  verb->add_flag("--json", out->json, "for programs");
  verb->callback([out, &chosen] { chosen = [out] { return list(*out); }; });
}

void add_schema(CLI::App& app, Call& chosen) {
  const auto study = std::make_shared<bool>(false);
  CLI::App* verb = app.add_subcommand("schema", "print the JSON Schema of a scenario, for editors");
  verb->add_flag("--study", *study, "that of a study, which `terrace sweep plan` reads");
  verb->callback([study, &chosen] { chosen = *study ? schema_study : schema; });
}

void add_verify(CLI::App& app, Call& chosen) {
  const auto out = std::make_shared<VerifyOptions>();
  CLI::App* verb = app.add_subcommand(
      "verify", "check that the files of a run or sweep are as they were published");
  verb->add_option("DIR", out->directory, "the folder, or the merged file of a sweep")->required();
  verb->add_flag("--json", out->json, "for programs");
  verb->callback([out, &chosen] { chosen = [out] { return verify(*out); }; });
}

void add_compare(CLI::App& app, const std::string& command, Call& chosen) {
  const auto out = std::make_shared<CompareVerbOptions>();
  out->command = command;
  CLI::App* verb = app.add_subcommand(
      "compare", "what other policies change for the same people, with intervals over replicates");
  verb->add_option("DIR", out->folders, "the base's folder of results, then those of other runs")
      ->required()
      ->expected(2, -1);
  verb->add_option("-o,--output", out->directory, "folder for tables (CSV, HDF5)")
      ->type_name("DIR");
  add_names(verb, "--indicators", out->indicators, "only these, such as headcount_ratio,gini");
  verb->add_option("--level", out->level,
                   "national, province, county or all; if not given the terminal shows the nation "
                   "and files have the provinces too")
      ->check(CLI::IsMember({"national", "province", "county", "all"}))
      ->type_name("LEVEL");
  verb->add_option("--years", out->years, "such as 2014 or 2013-2020")->type_name("YEARS");
  verb->add_option("--confidence", out->confidence, "of intervals (0.95)")
      ->check(CLI::Range(0.01, 0.9999))
      ->type_name("SHARE");
  verb->add_option("--threshold", out->threshold,
                   "share of the poverty line within which an income is unchanged (0.01)")
      ->check(CLI::Range(0.0, 10.0))
      ->type_name("SHARE");
  verb->add_flag("--replicates-in-common", out->replicates_in_common,
                 "leave out replicates that one run only has");
  verb->add_flag("--json", out->json, "for programs");
  verb->add_flag("--force", out->force, "replace an earlier comparison in the folder");
  verb->callback([out, &chosen] { chosen = [out] { return compare(*out); }; });
}

void add_explain(CLI::App& app, Call& chosen) {
  const auto out = std::make_shared<ExplainOptions>();
  CLI::App* verb =
      app.add_subcommand("explain", "tell a household's life in words, of one run or two");
  verb->add_option("DIR", out->directory, "the folder of a run")->required();
  verb->add_option("OTHER_DIR", out->other,
                   "a second run of the same people, told beside the first");
  verb->add_option("--household", out->household,
                   "county:id, or its number in the file; without it, households worth a look are "
                   "listed")
      ->type_name("ID");
  verb->add_option("--replicate", out->replicate,
                   "of which replicate, by its number (the first if not given)")
      ->type_name("R");
  verb->add_option("--from", out->from, "first month to tell")->type_name("YYYY-MM");
  verb->add_option("--to", out->to, "last month to tell")->type_name("YYYY-MM");
  verb->add_flag("--all", out->all, "quiet months too, with the income that came in");
  verb->add_flag("--json", out->json, "for programs");
  verb->callback([out, &chosen] { chosen = [out] { return explain(*out); }; });
}

void add_targets(CLI::App& app, const std::string& command, Call& chosen) {
  const auto out = std::make_shared<TargetsOptions>();
  out->command = command;
  CLI::App* verb = app.add_subcommand("targets", "hold a run against published figures");
  verb->add_option("DIR", out->directory, "the folder of a run")->required();
  verb->add_flag("--strict", out->strict, "exit 1 if a figure fails or none is judged");
  verb->add_flag("--json", out->json, "for programs");
  verb->add_flag("-v,--verbose", out->verbose, "patterns, and every figure that is not answered");
  verb->add_flag("--modules", out->modules,
                 "what each module reached and spent, beside the figures published of it");
  verb->add_option("-o,--output", out->output, "folder for the tables (CSV and HDF5)")
      ->type_name("DIR");
  verb->add_flag("--force", out->force, "replace tables that are in the folder already");
  verb->callback([out, &chosen] { chosen = [out] { return targets(*out); }; });
}

void add_attribute(CLI::App& app, const std::string& command, Call& chosen) {
  const auto out = std::make_shared<AttributeOptions>();
  out->command = command;
  CLI::App* verb = app.add_subcommand(
      "attribute", "share out among the five batches what they achieve together");
  add_scenario_options(verb, out->input);
  verb->add_option("-o,--output", out->directory, "folder for the tables")->type_name("DIR");
  add_threads_option(verb, out->threads);
  verb->add_flag("--force", out->force, "replace an attribution in the folder");
  verb->add_flag("-q,--quiet", out->quiet, "no progress");
  verb->add_flag("--json", out->json, "for programs");
  verb->callback([out, &chosen] { chosen = [out] { return attribute(*out); }; });
}

// The command line as a shell would read it again.
std::string command_line(int argc, char** argv) {
  std::string out;
  for (int i = 0; i < argc; ++i) {
    const std::string word = argv[i];
    const bool plain =
        !word.empty() && word.find_first_of(" \t\n'\"\\$`&|;<>()*?[]{}!#~") == std::string::npos;
    if (i > 0) out += ' ';
    if (plain) {
      out += word;
      continue;
    }
    out += '\'';
    for (const char c : word) {
      if (c == '\'') {
        out += "'\\''";
      } else {
        out += c;
      }
    }
    out += '\'';
  }
  return out;
}

}  // namespace

Call read_command_line(int argc, char** argv) {
  CLI::App app("Simulates targeted poverty alleviation, household by household.", "terrace");
  app.require_subcommand(1);
  app.set_version_flag("--version", fmt::format("terrace {} ({})", kVersion, commit()));
  app.failure_message(CLI::FailureMessage::simple);
  const std::string command = command_line(argc, argv);
  Call chosen;
  add_run(app, command, chosen);
  add_check(app, chosen);
  add_compare(app, command, chosen);
  add_attribute(app, command, chosen);
  add_targets(app, command, chosen);
  add_explain(app, chosen);
  add_resume(app, command, chosen);
  add_verify(app, chosen);
  add_list(app, chosen);
  add_schema(app, chosen);
  add_sweep(app, command, chosen);
  add_effects(app, command, chosen);
  add_sensitivity(app, command, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const Exit status = app.exit(error) == 0 ? Exit::done : Exit::usage;
    return [status] { return status; };
  }
  return chosen;
}

}  // namespace terrace::cli
