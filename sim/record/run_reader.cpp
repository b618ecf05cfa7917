#include "record/run_reader.hpp"

#include <chrono>
#include <span>
#include <utility>

#include <terrace/digest.hpp>

#include "record/file_io.hpp"
#include "record/hdf5_read.hpp"
#include "record/provenance.hpp"

namespace terrace::record {
namespace fs = std::filesystem;
namespace {

constexpr const char* kTrajectories = "trajectories.h5";

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

std::string text_attribute(hid_t object, const char* name) {
  const std::string tried = std::string("read attribute ") + name;
  const Hdf5Id attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose, tried);
  const Hdf5Id type(H5Aget_type(attribute), H5Tclose, tried);
  const Hdf5Id space(H5Aget_space(attribute), H5Sclose, tried);
  if (H5Sget_simple_extent_type(space) == H5S_NULL) return "";
  if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0 ||
      H5Sget_simple_extent_npoints(space) != 1) {
    throw Hdf5Error(std::string("attribute ") + name + " is not a text");
  }
  std::string text(H5Tget_size(type), '\0');
  check_hdf5(H5Aread(attribute, type, text.data()), tried);
  return text;
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

/// The nation's group has no dimension of regions.
std::size_t indicator_rank(hid_t group) { return has(group, "region") ? 3 : 2; }

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
  state_->read([&] { state_->file = open_image(bytes); });
}

RunReader::RunReader(RunReader&&) noexcept = default;
RunReader& RunReader::operator=(RunReader&&) noexcept = default;
RunReader::~RunReader() = default;

std::string RunReader::attribute(const std::string& name) const {
  return state_->read([&] { return text_attribute(state_->file, name.c_str()); });
}

std::vector<std::string> RunReader::groups() const {
  return state_->read([&] { return names(state_->file); });
}

StoredGroup RunReader::group(const std::string& name) const {
  return state_->read([&] {
    const Hdf5Id group = open_group(state_->file, name);
    StoredGroup stored;
    stored.name = name;
    stored.yearly = has(group, "year");
    stored.replicates = read_values<std::uint32_t>(group, "replicate", H5T_NATIVE_UINT32);
    for (const std::int32_t days : read_values<std::int32_t>(group, "time", H5T_NATIVE_INT32)) {
      stored.months.push_back(month_from_days(days));
    }
    for (const std::int8_t flag : read_values<std::int8_t>(group, "burn_in", H5T_NATIVE_INT8)) {
      stored.burn_in.push_back(flag != 0);
    }
    if (has(group, "region")) {
      stored.regions = read_regions(group);
    } else {
      stored.regions.push_back({0, name, "", Region::east, false, 1.0, 1.0});
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
    stored.regions = lengths.size() == 3 ? lengths[2] : 1;
    stored.values = read_values<double>(variable, H5T_NATIVE_DOUBLE, group_name + "/" + indicator);
    return stored;
  });
}

}  // namespace terrace::record
