// The scenarios of a study: its base, or the choices of a dimension, with what the study lays over
// them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenario/load.hpp"
#include "scenario/spec_builder.hpp"
#include "scenario/study_parts.hpp"
#include "scenario/survey_reader.hpp"

namespace terrace::scenario {

/// What a study says of all its scenarios. Settings of the command line come on top.
struct StudyLayer {
  std::optional<Layer> over;
  std::optional<std::uint64_t> seed;
  std::uint32_t replicates = 1;
  std::vector<std::string> indicators;
  std::vector<Layer> sets;
};

/// The settings, but those that only the study can give, which are reported.
std::vector<Layer> read_study_settings(const std::vector<std::string>& sets, Problems& problems);

/// `node` as a layer; keys that belong to the study itself are reported and left out.
Layer read_over(const Node& node, const std::string& path, const std::filesystem::path& folder,
                const std::filesystem::path& shown_folder, Problems& problems);

/// Refuses what the study lays over its scenarios and a dimension varies: every point has its own.
void refuse_what_varies(const StudyLayer& layer, const std::vector<DraftDimension>& dimensions,
                        Problems& problems);

/// Reads a scenario with the layer over it.
Loaded load_below_study(const NamedFile& file, const StudyLayer& layer,
                        const Vocabulary& vocabulary, const std::filesystem::path& data_dir);

/// What keeps two scenarios out of one study, in words: other years, other people, another seed,
/// results of another form. Empty if nothing does.
std::string why_apart(const ScenarioSpec& first, const ScenarioSpec& second,
                      const Vocabulary& vocabulary);

}  // namespace terrace::scenario
