// The processes that share a run, as `run` and `resume` see them: how they come to be, and how they
// fail together.
//
// A rank that leaves while others wait for it would hang the job. So whatever may fail is either a
// step that all ranks take together, whose failure all learn; or, within the run itself, ends all
// ranks at once.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <terrace/ranks.hpp>

#include "cli/exit_codes.hpp"
#include "parallel/mpi_ranks.hpp"
#include "parallel/rank_nodes.hpp"

namespace terrace::cli {

class RunRanks {
 public:
  /// The ranks that a launcher such as mpirun started, or this process alone. Throws Failure where
  /// the launcher started several that cannot share a run.
  RunRanks();
  /// Others, for tests; they outlive this object.
  explicit RunRanks(Ranks& ranks);

  bool alone() const { return ranks_->count() == 1; }
  /// Rank 0 alone speaks, reads and writes results.
  bool first() const { return ranks_->rank() == 0; }
  std::size_t count() const { return ranks_->count(); }
  Ranks& all() { return *ranks_; }
  const std::vector<RankPlace>& places() const { return places_; }
  /// How many threads this rank takes if nobody says.
  unsigned threads() const { return threads_of_rank(places_, ranks_->rank()); }

  /// All that a verb does; all ranks leave it together. An exception that other ranks do not learn
  /// of in step() ends them too.
  Exit run(const std::function<Exit()>& verb);

  /// Takes a step here. If it fails on any rank, the first of these that failed is the failure of
  /// all: rank 0 says its message, and all throw Failure with its status.
  void step(const std::function<void()>& here);
  /// A step of rank 0 only.
  void first_step(const std::function<void()>& here);
  /// A step that rank 0 takes before the others do, so that what is wrong for all is said once.
  void first_then_others(const std::function<void()>& here);
  /// Fails unless `text` is the same on all ranks; `what` is plural, for the message.
  void expect_same(const std::string& what, const std::string& text);

 private:
  struct Together : Failure {  // all ranks have it
    explicit Together(Exit status) : Failure(status, "") {}
  };
  [[noreturn]] void end_all();
  std::string name_of(std::size_t rank) const;

  std::unique_ptr<JobRanks> job_;  ///< null: no other processes
  OneRank one_;
  Ranks* ranks_ = &one_;
  std::vector<RankPlace> places_;
};

/// Throws Failure if a launcher started several of this program, each of which would do the whole
/// of what `verb` does.
void refuse_copies(const std::string& verb);

}  // namespace terrace::cli
