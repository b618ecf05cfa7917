// Every random stream of a run, by name: two with one number would share their draws.
#pragma once

#include <string>
#include <vector>

#include <terrace/policy.hpp>

namespace terrace::engine {

/// Names of all streams that the processes, the population and these modules draw from.
std::vector<std::string> all_streams(const PolicyCatalogue& catalogue);

/// Ends the process with status 70 if two of them collide: rename one.
void require_distinct_streams(const PolicyCatalogue& catalogue);

}  // namespace terrace::engine
