#include <chrono>
#include <iterator>
#include <span>
#include <sstream>
#include <utility>

#include <terrace/digest.hpp>
#include <terrace/run_reader.hpp>

#include "record/errors.hpp"
#include "record/file_io.hpp"
#include "record/hdf5_read.hpp"
#include "record/provenance.hpp"
#include "record/trajectories.hpp"

namespace terrace {
namespace fs = std::filesystem;
using namespace record;

namespace {

constexpr const char* kTrajectories = "trajectories.h5";
constexpr const char* kPanel = "panel";
constexpr const char* kEvents = "events";

/// The bytes of the trajectories, if they are those that were published.
std::string checked_bytes(const fs::path& directory) {
  const fs::path list = directory / "provenance.json";
  const fs::path path = directory / kTrajectories;
  for (const FileChecksum& file : listed_files(read_file(list), list.string())) {
    if (file.name != kTrajectories) continue;
    std::string bytes = read_file(path);
    Digest digest;
    digest.add(std::as_bytes(std::span(bytes)));
    if (bytes.size() == file.bytes && digest.hex() == file.xxh3_128) return bytes;
    throw IoError(path.string() + " is damaged: its checksum is not that of provenance.json");
  }
  throw IoError(list.string() + " does not list " + kTrajectories);
}

Month month_from_days(std::int32_t days) {
  using namespace std::chrono;
  const year_month_day date{sys_days{year{2008} / 1 / 1} + std::chrono::days{days}};
  return month_of(static_cast<int>(date.year()), static_cast<int>(unsigned{date.month()}));
}

std::vector<RegionInfo> read_regions(hid_t group) {
  const bool all_levels = has(group, "region_level");
  const auto ids =
      read_values<std::int32_t>(group, all_levels ? "region_id" : "region", H5T_NATIVE_INT32);
  const auto region_names = read_texts(group, "region_name");
  const auto parts = read_values<std::int8_t>(group, "region_part", H5T_NATIVE_INT8);
  std::vector<RegionInfo> regions;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    regions.push_back({static_cast<std::uint32_t>(ids[i]), region_names.at(i), "",
                       static_cast<Region>(parts.at(i)), false, 1.0, 1.0, RegionLevel::province});
  }
  if (!has(group, "province_name")) return regions;  // provinces
  std::vector<std::int8_t> levels(ids.size(), static_cast<std::int8_t>(RegionLevel::county));
  if (all_levels) levels = read_values<std::int8_t>(group, "region_level", H5T_NATIVE_INT8);
  const auto provinces = read_texts(group, "province_name");
  const auto designated = read_values<std::int8_t>(group, "designated", H5T_NATIVE_INT8);
  const auto weights = read_values<double>(group, "weight", H5T_NATIVE_DOUBLE);
  const auto fractions = read_values<double>(group, "fraction", H5T_NATIVE_DOUBLE);
  for (std::size_t i = 0; i < regions.size(); ++i) {
    regions[i].level = static_cast<RegionLevel>(levels.at(i));
    regions[i].province = provinces.at(i);
    regions[i].designated = designated.at(i) != 0;
    regions[i].weight = weights.at(i);
    regions[i].fraction = fractions.at(i);
  }
  return regions;
}

/// The nation's group has no dimension of regions, and only one has modules.
std::size_t indicator_rank(hid_t group) {
  return 2U + (has(group, "module") ? 1 : 0) + (has(group, "region") ? 1 : 0);
}

std::vector<Month> read_months(hid_t group) {
  std::vector<Month> months;
  for (const std::int32_t days : read_values<std::int32_t>(group, "time", H5T_NATIVE_INT32)) {
    months.push_back(month_from_days(days));
  }
  return months;
}

std::vector<bool> read_burn_in(hid_t group) {
  std::vector<bool> burn_in;
  for (const std::int8_t flag : read_values<std::int8_t>(group, "burn_in", H5T_NATIVE_INT8)) {
    burn_in.push_back(flag != 0);
  }
  return burn_in;
}

/// Of `panel`: the variables of numbers by month and household; `followed` is one of flags.
bool is_panel_column(hid_t variable) {
  const Hdf5Id type(H5Dget_type(variable), H5Tclose, "read a variable's type");
  return shape(variable).size() == 3 && H5Tget_class(type) == H5T_FLOAT;
}

PanelColumn panel_column_info(hid_t variable, const std::string& name) {
  PanelColumn column{name, text_attribute(variable, "units"),
                     text_attribute(variable, "long_name")};
  if (H5Aexists(variable, "flag_meanings") > 0) {
    column.flags = text_attribute(variable, "flag_meanings");
  }
  return column;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

}  // namespace

struct RunReader::State {
  std::string path;
  Hdf5Id file;

  /// Does something with the file and lets errors name it.
  template <typename Action>
  auto read(Action action) const {
    const Hdf5Silence silence;
    try {
      return action();
    } catch (const Hdf5Error& error) {
      throw IoError("cannot read " + path + ": " + error.what());
    } catch (const std::exception& error) {  // lengths that do not fit each other
      throw IoError("cannot read " + path + ": it is damaged (" + error.what() + ")");
    }
  }
};

RunReader::RunReader(const fs::path& directory) : state_(std::make_unique<State>()) {
  state_->path = (directory / kTrajectories).string();
  const std::string bytes = checked_bytes(directory);
  const std::int32_t format = state_->read([&] {
    state_->file = open_image(bytes);
    return number_attribute(state_->file, "terrace_format");
  });
  if (format != kFormat) {
    throw IoError("cannot read " + state_->path + ": it is of format " + std::to_string(format) +
                  ", this program reads " + std::to_string(kFormat));
  }
}

RunReader::RunReader(RunReader&&) noexcept = default;
RunReader& RunReader::operator=(RunReader&&) noexcept = default;
RunReader::~RunReader() = default;

std::string RunReader::attribute(const std::string& name) const {
  return state_->read([&] { return text_attribute(state_->file, name.c_str()); });
}

std::vector<std::string> RunReader::groups() const {
  return state_->read([&] {
    std::vector<std::string> found = names(state_->file);
    std::erase(found, kPanel);
    std::erase(found, kEvents);
    return found;
  });
}

StoredGroup RunReader::group(const std::string& name) const {
  return state_->read([&] {
    const Hdf5Id group = open_group(state_->file, name);
    StoredGroup stored;
    stored.name = name;
    stored.yearly = has(group, "year");
    stored.replicates = read_values<std::uint32_t>(group, "replicate", H5T_NATIVE_UINT32);
    stored.months = read_months(group);
    stored.burn_in = read_burn_in(group);
    if (has(group, "module")) stored.modules = read_texts(group, "module_name");
    if (has(group, "region")) {
      stored.regions = read_regions(group);
    } else {
      stored.regions.push_back({0, text_attribute(group, "region_name"), ""});
    }
    for (const std::string& variable : names(group)) {
      const Hdf5Id opened = open_variable(group, variable);
      if (shape(opened).size() != indicator_rank(group)) continue;
      stored.indicators.push_back(variable);
      stored.units.push_back(text_attribute(opened, "units"));
    }
    return stored;
  });
}

StoredIndicator RunReader::read(const std::string& group_name, const std::string& indicator) const {
  return state_->read([&] {
    const Hdf5Id group = open_group(state_->file, group_name);
    const Hdf5Id variable = open_variable(group, indicator);
    const std::vector<hsize_t> lengths = shape(variable);
    if (lengths.size() != indicator_rank(group)) {
      throw Hdf5Error(group_name + "/" + indicator + " is not an indicator");
    }
    StoredIndicator stored;
    stored.name = indicator;
    stored.unit = text_attribute(variable, "units");
    stored.meaning = text_attribute(variable, "long_name");
    stored.replicates = lengths[0];
    stored.months = lengths[1];
    stored.flow = text_attribute(variable, "cell_methods") == "time: sum";
    stored.modules = has(group, "module") ? lengths[2] : 1;
    stored.regions = has(group, "region") ? lengths.back() : 1;
    stored.values = read_values<double>(variable, H5T_NATIVE_DOUBLE, group_name + "/" + indicator);
    return stored;
  });
}

bool RunReader::has_panel() const {
  return state_->read([&] { return has(state_->file, kPanel); });
}

StoredPanel RunReader::panel() const {
  return state_->read([&] {
    const Hdf5Id group = open_group(state_->file, kPanel);
    StoredPanel stored;
    stored.replicates = read_values<std::uint32_t>(group, "replicate", H5T_NATIVE_UINT32);
    stored.months = read_months(group);
    stored.burn_in = read_burn_in(group);
    stored.households = read_values<std::uint64_t>(group, "household", H5T_NATIVE_UINT64);
    stored.weights = read_values<float>(group, "weight", H5T_NATIVE_FLOAT);
    for (const std::string& name : names(group)) {
      const Hdf5Id variable = open_variable(group, name);
      if (is_panel_column(variable)) stored.columns.push_back(panel_column_info(variable, name));
    }
    for (const std::int8_t flag : read_values<std::int8_t>(group, "followed", H5T_NATIVE_INT8)) {
      stored.followed.push_back(flag != 0);
    }
    return stored;
  });
}

StoredPanelColumn RunReader::panel_column(const std::string& name) const {
  return state_->read([&] {
    const Hdf5Id group = open_group(state_->file, kPanel);
    const Hdf5Id variable = open_variable(group, name);
    if (!is_panel_column(variable)) throw Hdf5Error("panel/" + name + " is not a column");
    const std::vector<hsize_t> lengths = shape(variable);
    StoredPanelColumn stored;
    stored.info = panel_column_info(variable, name);
    stored.replicates = lengths[0];
    stored.months = lengths[1];
    stored.households = lengths[2];
    stored.values = read_values<float>(variable, H5T_NATIVE_FLOAT, "panel/" + name);
    return stored;
  });
}

StoredEvents RunReader::events() const {
  return state_->read([&] {
    const Hdf5Id group = open_group(state_->file, kEvents);
    StoredEvents stored;
    stored.modules = words_of(text_attribute(open_variable(group, "module"), "flag_meanings"));
    stored.modules.erase(stored.modules.begin());  // "none"
    stored.replicates = read_values<std::uint32_t>(group, "replicate", H5T_NATIVE_UINT32);
    const auto household = read_values<std::uint64_t>(group, "household", H5T_NATIVE_UINT64);
    const auto months = read_months(group);
    const auto kind = read_values<std::int8_t>(group, "kind", H5T_NATIVE_INT8);
    const auto module = read_values<std::int8_t>(group, "module", H5T_NATIVE_INT8);
    const auto reason = read_values<std::int8_t>(group, "reason", H5T_NATIVE_INT8);
    const auto person = read_values<std::int16_t>(group, "person", H5T_NATIVE_INT16);
    const auto amount = read_values<float>(group, "amount", H5T_NATIVE_FLOAT);
    for (std::size_t i = 0; i < household.size(); ++i) {
      stored.events.push_back(
          {household[i], months.at(i), static_cast<EventKind>(kind.at(i)),
           module.at(i) < 0 ? kNoModule : static_cast<std::uint8_t>(module.at(i)),
           static_cast<Reason>(reason.at(i)),
           person.at(i) < 0 ? kNobody : static_cast<std::uint8_t>(person.at(i)), amount.at(i)});
    }
    return stored;
  });
}

}  // namespace terrace
