// plan.json: everything of a plan but its points and the text of its scenarios.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sweep/plan.hpp"

namespace terrace::sweep {

struct PlanHead {
  Plan plan;  ///< without points and scenarios
  std::size_t points = 0;
  std::vector<std::string> scenario_digests;
  std::string line_marks;  ///< four digits for each line of plan.csv but the first
};

std::string plan_json(const PlanHead& head);

/// `name` is the file's, for messages. Throws record::BadCheckpoint.
PlanHead read_plan_json(const std::string& text, const std::string& name);

}  // namespace terrace::sweep
