// The dimensions that several groups of trajectories.h5 share in kind, each group with its own.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>

#include "record/memory_recorder.hpp"
#include "record/netcdf_writer.hpp"

namespace terrace::record {

/// Whether the values of the large variables go in; without them the file is only what it consists
/// of, to compare another file with.
enum class Values : bool { left_out, written };

/// Called between pieces of a long piece of work, which it ends by throwing. May be empty.
using Between = std::function<void()>;

/// Days from 1 January 2008 to the first day of a month.
std::int32_t days_of(Month month);

/// Attributes of a variable of such days.
void put_time(hid_t variable, const char* meaning);

void add_replicates(NetcdfGroup& group, const RunInfo& info);

/// The dimension `time` with `burn_in`, and in a yearly group `year`.
void add_rows(NetcdfGroup& group, const RunInfo& info, std::size_t rows, bool yearly);

/// A file depends on nothing that the digest of results does not see: one NaN, one zero.
template <typename Value>
Value canonical(Value value) {
  return std::isnan(value) ? std::numeric_limits<Value>::quiet_NaN() : value + Value{0};
}

}  // namespace terrace::record
