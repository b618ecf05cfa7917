// Reads a run's results back.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <terrace/calendar.hpp>
#include <terrace/recorder.hpp>

#include "record/errors.hpp"

namespace terrace::record {

/// A group of trajectories.h5 without its values.
struct StoredGroup {
  std::string name;
  std::vector<std::uint32_t> replicates;
  bool yearly = false;
  std::vector<Month> months;  ///< the rows: of a yearly group the first month of each year
  std::vector<bool> burn_in;  ///< by row
  std::vector<RegionInfo> regions;
  std::vector<std::string> indicators;  ///< names, in the order of the file
  std::vector<std::string> units;       ///< by indicator
};

/// One indicator of a group.
struct StoredIndicator {
  std::string name;
  std::string unit;
  std::string meaning;
  std::size_t replicates = 0;
  std::size_t months = 0;  ///< rows: years of a yearly group
  std::size_t regions = 0;
  std::vector<double> values;  ///< [replicate][month][region], NaN where nothing was recorded

  double at(std::size_t replicate, std::size_t month, std::size_t region) const {
    return values.at((replicate * months + month) * regions + region);
  }
};

/// Opens the trajectories of a run directory. The file is compared with its checksum in
/// provenance.json before the HDF5 library sees it, since that library may crash on a damaged file.
/// Every member throws IoError, which names the path and what is wrong.
class RunReader {
 public:
  explicit RunReader(const std::filesystem::path& run_directory);
  RunReader(RunReader&&) noexcept;
  RunReader& operator=(RunReader&&) noexcept;
  ~RunReader();

  /// A text attribute of the root, such as "results_digest" or "resolved_scenario".
  std::string attribute(const std::string& name) const;
  std::vector<std::string> groups() const;
  StoredGroup group(const std::string& name) const;
  StoredIndicator read(const std::string& group, const std::string& indicator) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace terrace::record
