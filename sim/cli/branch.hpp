// `terrace run ALT --from CHECKPOINT`: many policies from one baseline.
#pragma once

#include <string>

#include <terrace/policy.hpp>
#include <terrace/scenario.hpp>

#include "record/run_journal.hpp"

namespace terrace::cli {

/// Finds the states that `from` names (a folder DIR/checkpoints/YEAR, or DIR where it kept those of
/// one year) and checks that `run` may go on from them: that until their year the two scenarios are
/// the same. Throws Failure, which names all reasons, or record::BadCheckpoint.
record::BranchSource open_branch(const std::string& from, const ScenarioSpec& spec,
                                 const PolicyCatalogue& catalogue, const record::JournalRun& run);

}  // namespace terrace::cli
