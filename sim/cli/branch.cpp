#include "cli/branch.hpp"

#include <filesystem>

#include <fmt/core.h>

#include "cli/exit_codes.hpp"
#include "sweep/branch_rules.hpp"

namespace terrace::cli {

record::BranchSource open_branch(const std::string& from, const ScenarioSpec& spec,
                                 const PolicyCatalogue& catalogue, const record::JournalRun& run) {
  const std::filesystem::path folder = sweep::states_folder(from);
  record::BranchSource source(folder, run);
  const int year = source.year();
  if (year > year_of(spec.end)) {
    throw Failure(Exit::bad_scenario, fmt::format("{} opens {}, after the end of the run ({})",
                                                  folder.string(), year, year_of(spec.end)));
  }
  const auto against = sweep::obstacles({source.scenario(), year, sweep::Past::others},
                                        run.scenario, spec, catalogue);
  if (!against.empty()) {
    throw Failure(
        Exit::bad_scenario,
        fmt::format("{} cannot be branched off from: what acts before {} must be the same, but {}",
                    folder.string(), year, sweep::obstacles_text(against)));
  }
  return source;
}

}  // namespace terrace::cli
