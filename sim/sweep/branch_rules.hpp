// What may differ between a run and the one whose states it goes on from: only what acts later.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <terrace/policy.hpp>
#include <terrace/scenario.hpp>

namespace terrace::sweep {

/// The folder with the states that `from` names: itself (DIR/checkpoints/YEAR), or of a run's
/// folder DIR the only one that it kept. Throws record::BadCheckpoint.
std::filesystem::path states_folder(const std::filesystem::path& from);

/// Of which past a run may be that goes on from a state.
enum class Past : std::uint8_t {
  own,    ///< only the one that it would have had: it is the same run as from the start
  others  ///< once the programme has begun, one under other policies: these change with the branch
};

/// Where runs go on from.
struct Branch {
  std::string scenario;  ///< resolved, that the states were written for
  int year = 0;          ///< whose January is the first of the run's own
  Past past = Past::own;
};

/// Something that acts before the branch and differs.
struct Obstacle {
  std::string key;
  std::string text;  ///< with what it is there and here, in words
};

/// All that is against a run of `spec`, whose resolved scenario is `resolved`, going on from there;
/// nothing if it may.
std::vector<Obstacle> obstacles(const Branch& branch, const std::string& resolved,
                                const ScenarioSpec& spec, const PolicyCatalogue& catalogue);

/// The first few, in one line.
std::string obstacles_text(const std::vector<Obstacle>& all);

}  // namespace terrace::sweep
