// Which runs of a plan a process does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "parallel/launcher.hpp"

namespace terrace::sweep {

/// Part `index` of `count`, from 1: runs whose number leaves index - 1 when divided by count.
struct Shard {
  std::uint64_t index = 1;
  std::uint64_t count = 1;
};

/// A shard or a list of runs that makes no sense; the message says why. Exit status 64.
struct BadShard : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// `3/7`, or `auto`: from the variables of Slurm arrays and of launchers (parallel/launcher.hpp).
Shard read_shard(std::string_view text, const Environment& environment);

/// Why a process that names no shard must not run: the launcher that started several of it. Empty
/// if none did.
std::string several_ranks(const Environment& environment);

/// Whether a launcher has started others together with this one, or may have.
bool may_have_ranks_beside(const Environment& environment);

/// `3,17,40-60`, ascending and each once.
std::vector<std::size_t> read_runs(std::string_view text, std::size_t runs);
/// The same as text.
std::string runs_text(const std::vector<std::size_t>& runs);

std::vector<std::size_t> runs_of(const Shard& shard, std::size_t runs);
/// The same of a list: every so many of it.
std::vector<std::size_t> part_of(const Shard& shard, const std::vector<std::size_t>& runs);

}  // namespace terrace::sweep
