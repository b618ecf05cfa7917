// A saved state with some of its bytes changed, as if its checksums had been made anew: restored or
// refused, and what is restored has no row that names another which does not exist.
//
// The input is a list of changes: part, offset (three bytes), new byte; a part of 255 cuts the
// state there. It starts from a state made here, so it does not age with the columns of the tables.
#include <cstdint>
#include <vector>

#include <terrace/simulation.hpp>

#include "engine/world.hpp"
#include "record/memory_recorder.hpp"
#include "tests/fuzz/scratch_files.hpp"
#include "tests/support/saved_states.hpp"
#include "tests/support/small_scenario.hpp"

namespace {

using namespace terrace;
using test::Parts;

class Saved {
 public:
  Saved() {
    RunControl control;
    control.wants_state = [](std::uint32_t, int year) { return year == 2015; };
    control.save = [this](const Standing& at, const auto& write) {
      if (at.year != 2015) return;
      write([this](std::span<const std::byte> part) {
        parts.emplace_back(part.begin(), part.end());
      });
    };
    SerialRunner runner;
    run_scenario(spec, test::builtin_catalogue(), runner, results, control);
    fuzz::expect(parts.size() > 1);
  }

  ScenarioSpec spec = test::small_scenario();
  record::MemoryRecorder results;
  Parts parts;
};

void change(Parts& parts, const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kChange = 5;
  for (std::size_t at = 0; at + kChange <= size; at += kChange) {
    const std::size_t offset = data[at + 1] | data[at + 2] << 8U | data[at + 3] << 16U;
    auto& part = parts[data[at] % parts.size()];
    if (part.empty()) continue;
    if (data[at] == 0xff) {
      part.resize(offset % part.size());
    } else {
      part[offset % part.size()] = static_cast<std::byte>(data[at + 4]);
    }
  }
}

void expect_sound(const engine::World& world) {
  for (const County& c : world.counties) {
    for (std::size_t h = 0; h < c.households.size(); ++h) {
      fuzz::expect(c.households.village[h] < c.villages.size());
      fuzz::expect(c.households.first[h] + c.households.members[h] <= c.persons.size());
    }
    for (const auto& module : c.enrolments) {
      for (const Enrolment& e : module) fuzz::expect(e.household < c.households.size());
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Saved saved;
  Parts parts = saved.parts;
  change(parts, data, size);
  const RunInfo& info = saved.results.info();
  record::MemoryRecorder nowhere;
  engine::DigestRecorder digests(nowhere);
  digests.begin(info);
  engine::ReplicateState state;
  engine::World world;
  world.counties.resize(info.groups[2].regions.size());
  if (test::get_state(parts, info, info.modules.size(), state, world, digests)) {
    expect_sound(world);
  } else {
    fuzz::expect(size >= 5);  // unchanged it is restored
  }
  return 0;
}
