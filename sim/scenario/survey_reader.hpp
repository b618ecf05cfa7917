// From the files of a survey to a sample of households and persons.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <terrace/layout.hpp>
#include <terrace/survey_sample.hpp>

#include "scenario/diagnostic.hpp"

namespace terrace::scenario {

/// A file that a scenario names, and where it does.
struct NamedFile {
  std::filesystem::path file;
  std::string name;  ///< as messages call it
  Place place;
  std::string key;
};

/// Reads a survey in CSV (two files) or, with `persons` null, in HDF5. Null where there are
/// mistakes, which have been reported.
std::shared_ptr<const SurveySample> read_survey(const NamedFile& households,
                                                const NamedFile* persons, const Layout& layout,
                                                const SurveyReader& hdf5, Problems& problems);

}  // namespace terrace::scenario
