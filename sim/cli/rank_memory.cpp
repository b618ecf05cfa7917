// Whether several ranks have the memory that they need: those of one machine share it.
#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#include <fmt/core.h>

#include "cli/run_job.hpp"

namespace terrace::cli {
namespace {

/// What a rank needs and finds, in bytes.
struct RankMemory {
  double running = 0.0;
  double writing = 0.0;
  double machine = 0.0;  ///< free, for all ranks there
  double process = 0.0;  ///< left by this process's own limits
};

std::vector<RankMemory> gather(Ranks& ranks, const RankMemory& own) {
  std::vector<RankMemory> out;
  for (const auto& bytes : ranks.gather_all(std::as_bytes(std::span(&own, 1)))) {
    std::memcpy(&out.emplace_back(), bytes.data(), sizeof(RankMemory));
  }
  return out;
}

void refuse_on_machine(const std::vector<RankMemory>& all, const std::vector<std::size_t>& here) {
  // All ranks of a machine run at a time, and then one of them may write.
  double running = 0.0;
  double writing = 0.0;
  double machine = all[here.front()].machine;
  for (const std::size_t rank : here) {
    running += all[rank].running;
    writing += all[rank].writing;
    machine = std::min(machine, all[rank].machine);
  }
  const double need = std::max(running, writing);
  if (need <= machine) return;
  throw Failure(Exit::no_memory,
                fmt::format("the {} of this machine need about {} of memory and {} are free; take "
                            "fewer ranks on a machine and more threads in each, more machines or a "
                            "smaller sample",
                            here.size() == 1 ? "rank" : fmt::format("{} ranks", here.size()),
                            bytes_text(need), bytes_text(machine)));
}

}  // namespace

Estimate estimate_of_rank(const ScenarioSpec& spec, const Model& model, unsigned threads,
                          RunRanks& ranks) {
  return estimate(spec, model, threads, {ranks.all().rank(), ranks.count()});
}

void refuse_what_does_not_fit(const Estimate& need, RunRanks& ranks) {
  if (ranks.alone()) return refuse_what_does_not_fit(need);
  const RankMemory own{need.running_bytes(), need.writing_bytes(), machine_bytes(),
                       process_bytes()};
  const std::vector<RankMemory> all = gather(ranks.all(), own);
  ranks.step([&] {
    if (need.bytes() > own.process) {
      throw Failure(Exit::no_memory,
                    fmt::format("the rank needs about {} of memory and its limits leave {}",
                                bytes_text(need.bytes()), bytes_text(own.process)));
    }
    refuse_on_machine(all, neighbours(ranks.places(), ranks.all().rank()));
  });
}

}  // namespace terrace::cli
