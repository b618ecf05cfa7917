// The program `terrace`: reads the command line, calls a verb, turns errors into exit statuses.
#include <cstdio>
#include <exception>
#include <new>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <terrace/version.hpp>

#include "cli/print.hpp"
#include "cli/verbs.hpp"
#include "record/checkpoint_file.hpp"
#include "record/errors.hpp"

namespace {

using terrace::cli::Exit;

void add_scenario_options(CLI::App* verb, terrace::cli::ScenarioOptions& out) {
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

Exit parse_and_call(int argc, char** argv) {
  CLI::App app("Simulates targeted poverty alleviation, household by household.", "terrace");
  app.require_subcommand(1);
  app.set_version_flag("--version",
                       fmt::format("terrace {} ({})", terrace::kVersion, terrace::commit()));
  app.failure_message(CLI::FailureMessage::simple);

  terrace::cli::RunOptions run;
  run.command = command_line(argc, argv);
  CLI::App* run_verb = app.add_subcommand("run", "run a scenario and write its results");
  add_scenario_options(run_verb, run.input);
  run_verb->add_option("-o,--output", run.directory, "folder for the results")->type_name("DIR");
  add_threads_option(run_verb, run.threads);
  run_verb->add_flag("--force", run.force, "replace results that are in the folder already");
  run_verb->add_flag("-q,--quiet", run.quiet, "no progress and no summary");
  run_verb->add_flag("-v,--verbose", run.verbose,
                     "notes, and how the population meets its margins, too");

  CLI::App* resume_verb =
      app.add_subcommand("resume", "go on with a stopped run, to the same results");
  resume_verb->add_option("DIR", run.directory, "the folder of the run")->required();
  add_threads_option(resume_verb, run.threads);
  resume_verb->add_flag("-q,--quiet", run.quiet, "no progress and no summary");

  terrace::cli::CheckOptions check;
  CLI::App* check_verb = app.add_subcommand(
      "check", "check a scenario and print it resolved, with where each value came from");
  add_scenario_options(check_verb, check.input);
  check_verb->add_flag("-q,--quiet", check.quiet, "only say what is wrong");

  terrace::cli::ListOptions list;
  CLI::App* list_verb = app.add_subcommand("list", "say what there is");
  list_verb->add_option("WHAT", list.what, "policies, parameters, indicators, scenarios or series")
      ->required()
      ->check(CLI::IsMember(terrace::cli::list_topics()));
  list_verb->add_flag("--json", list.json, "for programs");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? Exit::done : Exit::usage;
  }
  if (run_verb->parsed()) return terrace::cli::run(run);
  if (resume_verb->parsed()) return terrace::cli::resume(run);
  if (check_verb->parsed()) return terrace::cli::check(check);
  return terrace::cli::list(list);
}

int fail(Exit status, const char* message) {
  terrace::cli::say(fmt::format("terrace: {}\n", message));
  return static_cast<int>(status);
}

int call(int argc, char** argv) {
  try {
    const Exit status = parse_and_call(argc, argv);
    // A full disk behind stdout would otherwise pass unseen.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      throw terrace::record::IoError("cannot write to standard output");
    }
    return static_cast<int>(status);
  } catch (const terrace::cli::Failure& failure) {
    return fail(failure.exit_status, failure.what());
  } catch (const terrace::record::DirectoryExists& error) {
    return fail(Exit::usage, error.what());
  } catch (const terrace::record::IoError& error) {
    return fail(Exit::input_output, error.what());
  } catch (const terrace::record::BadCheckpoint& error) {
    return fail(Exit::bad_scenario, error.what());
  } catch (const std::bad_alloc&) {
    return fail(Exit::no_memory, "out of memory; take a smaller sample or fewer replicates");
  } catch (const std::exception& error) {
    return fail(Exit::bug, (std::string("this is a bug: ") + error.what()).c_str());
  }
}

}  // namespace

int main(int argc, char** argv) { return call(argc, argv); }
