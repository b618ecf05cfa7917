// What each module reached and spent in a run, beside the figures published of it.
#pragma once

#include <string>
#include <vector>

#include <terrace/result_table.hpp>
#include <terrace/run_reader.hpp>

#include "analysis/targets.hpp"

namespace terrace::analysis {

/// One module of a run. Means over replicates, of the nation; NaN where the run does not say.
struct ModuleReach {
  std::string name;
  double participants = 0.0;                 ///< households that it serves in the last December
  double households = 0.0;                   ///< that ever accepted it, each counted once
  double persons = 0.0;                      ///< their members, again at each acceptance
  double spending = 0.0;                     ///< public money since the start, nominal yuan
  std::vector<const TargetResult*> figures;  ///< of the card, published of its measure
};

/// The modules of a run that records them, in their order; none of one that does not.
std::vector<ModuleReach> module_reach(const TargetCard& card, const RunReader& run);

/// A row for each module and figure of it; a module without figures has one row.
ResultTable modules_table(const std::vector<ModuleReach>& modules);

}  // namespace terrace::analysis
