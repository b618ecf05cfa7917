// Reads a run's results back.
//
//   const RunReader run("results/tpa-6ad9f1c2");
//   const StoredIndicator poor = run.read("national", "headcount_ratio");
//   const double december_2015 = poor.at(0, 95, 0);
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <terrace/calendar.hpp>
#include <terrace/errors.hpp>
#include <terrace/recorder.hpp>

namespace terrace {

/// A group of regions in trajectories.h5 without its values.
struct StoredGroup {
  std::string name;
  std::vector<std::uint32_t> replicates;
  bool yearly = false;
  std::vector<Month> months;  ///< the rows: of a yearly group the first month of each year
  std::vector<bool> burn_in;  ///< by row
  std::vector<RegionInfo> regions;
  std::vector<std::string> modules;     ///< of the group `modules`; empty in others
  std::vector<std::string> indicators;  ///< names, in the order of the file
  std::vector<std::string> units;       ///< by indicator
};

/// One indicator of a group.
struct StoredIndicator {
  std::string name;
  std::string unit;
  std::string meaning;
  bool flow =
      false;  ///< of a month, or year: a longer time's figure is the sum, not the last value
  std::size_t replicates = 0;
  std::size_t months = 0;   ///< rows: years of a yearly group
  std::size_t modules = 1;  ///< of the group `modules`
  std::size_t regions = 0;
  std::vector<double> values;  ///< [replicate][month][module][region], NaN: nothing was recorded

  double at(std::size_t replicate, std::size_t month, std::size_t region,
            std::size_t module = 0) const {
    return values.at(((replicate * months + month) * modules + module) * regions + region);
  }
};

/// The panel without its values.
struct StoredPanel {
  std::vector<std::uint32_t> replicates;
  std::vector<Month> months;
  std::vector<bool> burn_in;              ///< by month
  std::vector<std::uint64_t> households;  ///< of any replicate, ascending (household_key)
  std::vector<float> weights;             ///< households of the nation that each stands for
  std::vector<PanelColumn> columns;
  /// [replicate][month][household]: there on 1 January, so in the panel until December.
  std::vector<bool> followed;
};

/// One column of the panel.
struct StoredPanelColumn {
  PanelColumn info;
  std::size_t replicates = 0;
  std::size_t months = 0;
  std::size_t households = 0;
  std::vector<float> values;  ///< [replicate][month][household], NaN while it does not exist

  float at(std::size_t replicate, std::size_t month, std::size_t household) const {
    return values.at((replicate * months + month) * households + household);
  }
};

/// The diary of the panel's households.
struct StoredEvents {
  std::vector<std::string> modules;       ///< what Event::module counts
  std::vector<std::uint32_t> replicates;  ///< by event
  std::vector<Event> events;              ///< by replicate, year, county, month
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
  /// Those of regions: some of `national`, `province`, `county`, `targeting`, `modules`.
  std::vector<std::string> groups() const;
  StoredGroup group(const std::string& name) const;
  StoredIndicator read(const std::string& group, const std::string& indicator) const;

  bool has_panel() const;  ///< and a diary
  StoredPanel panel() const;
  StoredPanelColumn panel_column(const std::string& name) const;
  StoredEvents events() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace terrace
