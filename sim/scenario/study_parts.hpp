// The parts that a study is read in. A study is whole only when its scenarios are known: what
// stands here is read first, with the places that later checks speak of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <terrace/study.hpp>

#include "scenario/diagnostic.hpp"
#include "scenario/load.hpp"
#include "scenario/node.hpp"
#include "scenario/survey_reader.hpp"
#include "scenario/values.hpp"

namespace terrace::scenario {

inline constexpr std::size_t kMostDimensions = 100;
inline constexpr std::int64_t kMostPoints = 1'000'000;
inline constexpr std::int64_t kMostRuns = 10'000'000;
inline constexpr std::int64_t kMostLevels = 1000;     ///< of a grid's dimension, and of Morris
inline constexpr std::size_t kMostScenarios = 100;    ///< of a dimension of scenarios
inline constexpr std::size_t kLongestDimension = 60;  ///< bytes of a name
inline constexpr Range kFactor{0.0, 1e6};
inline constexpr Range kShift{-1e12, 1e12};

/// The words of a study file, in the order of the enumerations.
const std::vector<std::string>& design_words();
/// Names that a dimension may not have: they are taken by what a plan and its results hold. So are
/// those that end in `_name`, under which results hold words.
const std::vector<std::string>& reserved_words();
/// What `indicators: default` keeps.
const std::vector<std::string>& headline_indicators();

/// A dimension and where it was written. `place` of a kind that was not understood is that of the
/// dimension.
struct DraftDimension {
  StudyDimension dimension;
  std::string path;   ///< `dimensions.trap`
  Place place;        ///< of what it varies
  Place range_place;  ///< of its numbers or choices
  std::string range_path;
  Range range;                       ///< what its values may be
  std::vector<NamedFile> scenarios;  ///< of a dimension of scenarios
  std::optional<int> from;           ///< of a series, where given
  std::optional<int> until;
  Place from_place;
  Place until_place;
  bool whole = false;  ///< nothing was wrong
};

struct DraftDesign {
  StudyDesign design;
  Place place;
  bool understood = false;       ///< the kind was
  const Node* points = nullptr;  ///< of a list
  const Node* csv = nullptr;
};

}  // namespace terrace::scenario
