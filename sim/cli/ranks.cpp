#include "cli/ranks.hpp"

#include <cstdio>

#include <fmt/core.h>

#include <terrace/digest.hpp>

#include "cli/errors.hpp"
#include "cli/print.hpp"
#include "parallel/launcher.hpp"

namespace terrace::cli {
namespace {

using Bytes = std::vector<std::byte>;

/// The first byte is the status, the others are the message; empty: nothing has failed.
Bytes bytes_of(const Failure& failure) {
  const std::string text = static_cast<char>(failure.exit_status) + std::string(failure.what());
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

std::string text_of(std::span<const std::byte> bytes) {
  std::string text;
  for (const std::byte byte : bytes) text += static_cast<char>(byte);
  return text;
}

Launcher launcher_here() {
  try {
    return launcher_of(environment_of_process);
  } catch (const BadEnvironment& error) {
    throw Failure(Exit::usage, error.what());
  }
}

std::string copies_text(const Launcher& launcher) {
  return fmt::format("{} started {} of this program ({})", launcher.name,
                     launcher.ranks > 1 ? std::to_string(launcher.ranks) : "several",
                     launcher.variable);
}

}  // namespace

RunRanks::RunRanks() {
  const Launcher launcher = launcher_here();
  if (!built_with_mpi() && launcher.several()) {
    throw Failure(Exit::usage,
                  copies_text(launcher) +
                      ", and each would do the whole run: this build has no MPI. Build the preset "
                      "`mpi` to share a run (./dev build mpi), start the program once, or use "
                      "`terrace sweep run --shard auto` for many runs");
  }
  if (built_with_mpi() && launcher.may_be_several()) {
    job_ = start_mpi();
    ranks_ = job_.get();
    if (launcher.several() && alone()) {
      throw Failure(
          Exit::usage,
          copies_text(launcher) +
              ", but MPI knows of one: they would all do the whole run. Start it with "
              "the mpirun of the MPI that Terrace was built with, or with srun --mpi=pmix");
    }
  }
  places_ = gather_places(*ranks_, place_of_process());
}

RunRanks::RunRanks(Ranks& ranks)
    : ranks_(&ranks), places_(gather_places(ranks, place_of_process())) {}

std::string RunRanks::name_of(std::size_t rank) const {
  return fmt::format("rank {} on {}", rank, places_[rank].host);
}

void RunRanks::end_all() {
  const Failure failure = failure_at_hand();
  if (job_ != nullptr) {
    end_with(Failure(failure.exit_status, name_of(ranks_->rank()) + ": " + failure.what()));
    job_->abort(static_cast<int>(failure.exit_status));
  }
  throw;
}

Exit RunRanks::run(const std::function<Exit()>& verb) {
  if (alone()) return verb();
  // mpirun ends all ranks when the first leaves with a failure: none leaves before rank 0 has
  // written, said and put away what there was.
  const auto leave_together = [this] { all().gather_all({}); };
  try {
    const Exit status = verb();
    leave_together();
    return status;
  } catch (const Together&) {
    leave_together();
    throw;
  } catch (...) {
    end_all();
  }
}

void RunRanks::step(const std::function<void()>& here) {
  if (alone()) return here();
  Bytes own;
  try {
    here();
  } catch (...) {
    own = bytes_of(failure_at_hand());
  }
  const auto failures = all().gather_all(own);
  for (std::size_t rank = 0; rank < failures.size(); ++rank) {
    if (failures[rank].empty()) continue;
    const auto status = static_cast<Exit>(std::to_integer<int>(failures[rank][0]));
    std::string message = text_of(std::span(failures[rank]).subspan(1));
    if (rank > 0 && !message.empty()) message.insert(0, name_of(rank) + ": ");
    if (first()) end_with(Failure(status, message));
    throw Together(status);
  }
}

void RunRanks::first_step(const std::function<void()>& here) {
  step([&] {
    if (first()) here();
  });
}

void RunRanks::first_then_others(const std::function<void()>& here) {
  first_step(here);
  if (alone()) return;
  step([&] {
    if (!first()) here();
  });
}

void RunRanks::expect_same(const std::string& what, const std::string& text) {
  if (alone()) return;
  Digest digest;
  digest.add(text);
  const std::string own = digest.hex();
  const auto bytes = std::as_bytes(std::span(own));
  const auto digests = all().gather_all(bytes);
  step([&] {
    if (digests[0] == digests[ranks_->rank()]) return;
    throw Failure(
        Exit::bad_scenario,
        fmt::format("{} are not those of {}; all ranks of a run need the same", what, name_of(0)));
  });
}

void refuse_copies(const std::string& verb) {
  const Launcher launcher = launcher_here();
  if (!launcher.several()) return;
  throw Failure(Exit::usage, fmt::format("{}, and each would do the whole of `{}`; start it once",
                                         copies_text(launcher), verb));
}

}  // namespace terrace::cli
