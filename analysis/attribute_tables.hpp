// The tables of an attribution. Rows are added replicate by replicate.
#pragma once

#include <cstdint>
#include <vector>

#include <terrace/result_table.hpp>

#include "analysis/attribute.hpp"

namespace terrace::attribution {

/// A row for each group, outcome and batch, and one for all five together.
ResultTable sharing_table(const std::vector<Sharing>& sharings);

/// What the nation came to in each run, so that others can share it out by rules of their own.
ResultTable coalition_table();
void add_coalitions(ResultTable& table, const ReplicateRuns& runs, std::uint32_t replicate);

/// Shares of single lines: those whose household alive at the branch is in the panel.
ResultTable line_table();
void add_lines(ResultTable& table, const ReplicateRuns& runs, std::uint32_t replicate);

}  // namespace terrace::attribution
