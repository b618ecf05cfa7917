// The scenario language of the real model, and the folder of what scenarios do not give themselves:
// a small layout in the place of the nation's, so that an input takes a millisecond.
#pragma once

#include <filesystem>

#include <terrace/policy.hpp>
#include <terrace/recorder.hpp>
#include <terrace/simulation.hpp>
#include <terrace/targeting.hpp>

#include "scenario/load.hpp"
#include "tests/fuzz/scratch_files.hpp"
#include "tests/scenario/fixture.hpp"

namespace terrace::fuzz {

class RealVocabulary {
 public:
  RealVocabulary() : data(files_.folder() / "data") {
    register_builtin_policies(catalogue_);
    vocabulary.blocks = process_parameters();
    vocabulary.series = process_series();
    std::vector<std::string> modules;
    for (const PolicyEntry& entry : catalogue_.entries()) {
      vocabulary.policies.push_back(&entry);
      modules.emplace_back(entry.info.name);
    }
    for (const auto& info : indicators(modules)) vocabulary.indicators.push_back(info.name);
    for (const auto& column : panel_columns()) vocabulary.panel_columns.push_back(column.name);
    std::filesystem::create_directories(data);
    files_.write("data/china.yaml", scenario::kLayout);
    std::filesystem::copy_file(
        std::filesystem::path(TERRACE_SOURCE_DIR) / "scenarios/data/series.yaml",
        data / "series.yaml", std::filesystem::copy_options::overwrite_existing);
  }

 private:
  ScratchFiles files_;
  PolicyCatalogue catalogue_;

 public:
  std::filesystem::path data;
  scenario::Vocabulary vocabulary;
};

}  // namespace terrace::fuzz
