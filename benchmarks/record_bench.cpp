// What writing a run costs: a national result of one replicate, made up (28 provinces, 285
// counties, 156 months, 90 indicators, 35 MB in memory), and a panel. Random digits hardly
// compress; real ones do.
#include <filesystem>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <terrace/run_reader.hpp>

#include "record/run_directory.hpp"
#include "record/summary.hpp"
#include "record/trajectories.hpp"
#include "record/verify.hpp"
#include "tests/record/made_up_run.hpp"
#include "tests/record/scratch.hpp"

namespace terrace::record {
namespace {

const MemoryRecorder& national_run() {
  static const MemoryRecorder run = made_up_run({.replicates = 1,
                                                 .provinces = 28,
                                                 .counties = 285,
                                                 .indicators = 90,
                                                 .start = month_of(2008, 1),
                                                 .end = month_of(2020, 12),
                                                 .panel = 0});
  return run;
}

/// 2,000 households, 25 columns, an event a household and year: 32 MB in memory.
const MemoryRecorder& panel_run() {
  static const MemoryRecorder run = made_up_run({.replicates = 1,
                                                 .provinces = 1,
                                                 .counties = 285,
                                                 .indicators = 1,
                                                 .start = month_of(2008, 1),
                                                 .end = month_of(2020, 12),
                                                 .panel = 2000,
                                                 .columns = 25});
  return run;
}

void record_trajectories(benchmark::State& state) {
  const MemoryRecorder& run = national_run();
  const Provenance provenance = made_up_provenance(run);
  for (auto _ : state) {
    const std::vector<std::byte> image = trajectories_image(run, provenance, "trajectories.h5");
    state.counters["MB"] = static_cast<double>(image.size()) / 1e6;
  }
}
BENCHMARK(record_trajectories)->Unit(benchmark::kMillisecond);

void record_panel(benchmark::State& state) {
  const MemoryRecorder& run = panel_run();
  const Provenance provenance = made_up_provenance(run);
  for (auto _ : state) {
    const std::vector<std::byte> image = trajectories_image(run, provenance, "trajectories.h5");
    state.counters["MB"] = static_cast<double>(image.size()) / 1e6;
  }
}
BENCHMARK(record_panel)->Unit(benchmark::kMillisecond);

void record_verify(benchmark::State& state) {
  const Scratch scratch;
  const Provenance provenance = made_up_provenance(panel_run());
  RunDirectory(scratch / "run", provenance.resolved_yaml, false).publish(panel_run(), provenance);
  for (auto _ : state) {
    const Verdict verdict = verify_run(scratch / "run");
    if (!verdict.faults.empty()) state.SkipWithError(verdict.faults[0].what.c_str());
  }
}
BENCHMARK(record_verify)->Unit(benchmark::kMillisecond);

void record_read_panel_column(benchmark::State& state) {
  const Scratch scratch;
  const Provenance provenance = made_up_provenance(panel_run());
  RunDirectory(scratch / "run", provenance.resolved_yaml, false).publish(panel_run(), provenance);
  for (auto _ : state) {
    const RunReader reader(scratch / "run");
    benchmark::DoNotOptimize(reader.panel_column("income"));
  }
}
BENCHMARK(record_read_panel_column)->Unit(benchmark::kMillisecond);

void record_summary(benchmark::State& state) {
  for (auto _ : state) {
    std::string log;
    const std::string table = summary_csv(national_run(), log);
    state.counters["MB"] = static_cast<double>(table.size()) / 1e6;
  }
}
BENCHMARK(record_summary)->Unit(benchmark::kMillisecond);

/// All of it, with the wait for the disk.
void record_publish(benchmark::State& state) {
  const Scratch scratch;
  const Provenance provenance = made_up_provenance(national_run());
  for (auto _ : state) {
    RunDirectory directory(scratch / "run", provenance.resolved_yaml, true);
    directory.publish(national_run(), provenance);
  }
}
BENCHMARK(record_publish)->Unit(benchmark::kMillisecond)->UseRealTime();

void record_read_back(benchmark::State& state) {
  const Scratch scratch;
  const Provenance provenance = made_up_provenance(national_run());
  {
    RunDirectory directory(scratch / "run", provenance.resolved_yaml, false);
    directory.publish(national_run(), provenance);
  }
  for (auto _ : state) {
    const RunReader reader(scratch / "run");
    benchmark::DoNotOptimize(reader.read("county", "headcount_ratio"));
  }
}
BENCHMARK(record_read_back)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace terrace::record
