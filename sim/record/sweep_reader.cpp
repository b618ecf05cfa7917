#include <algorithm>
#include <charconv>
#include <sstream>
#include <string_view>
#include <utility>

#include <terrace/sweep_results.hpp>

#include "record/errors.hpp"
#include "record/file_io.hpp"
#include "record/hdf5_read.hpp"
#include "record/sweep_file.hpp"

namespace terrace {
namespace fs = std::filesystem;
using namespace record;

namespace {

/// What is wrong with a file of these bytes, which the library may crash on; empty if they are
/// those that were published.
std::string wrong_seal(std::string_view bytes) {
  const std::size_t size = bytes.size() < kSealSize ? 0 : bytes.size() - kSealSize;
  const std::string_view seal = bytes.substr(size);
  if (!seal.starts_with(kSealStart)) {
    return "is not what `terrace sweep merge` wrote: it does not end with its checksum";
  }
  return seal == seal_of(bytes.substr(0, size)) ? "" : "is damaged: its checksum does not fit";
}

template <std::size_t N>
std::size_t place_in(const std::array<const char*, N>& words, const std::string& word) {
  const auto found = std::ranges::find(words, std::string_view(word));
  if (found == words.end()) throw Hdf5Error("'" + word + "' has no meaning there");
  return static_cast<std::size_t>(found - words.begin());
}

template <typename Number>
Number number_in(hid_t object, const char* name) {
  const std::string text = text_attribute(object, name);
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw Hdf5Error(std::string("attribute ") + name + " is not a number");
  }
  return number;
}

bool yes_in(hid_t object, const char* name) { return text_attribute(object, name) == "yes"; }

double one_of(hid_t object, const char* name) { return numbers_attribute(object, name).at(0); }

std::vector<std::string> split(const std::string& text, char at) {
  std::istringstream stream(text);
  std::vector<std::string> parts;
  for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
  return parts;
}

/// A variable with as many values as its dimensions want.
template <typename Value>
std::vector<Value> read_exactly(hid_t root, const std::string& name, hid_t type,
                                const std::vector<hsize_t>& lengths) {
  const Hdf5Id variable = open_variable(root, name);
  if (shape(variable) != lengths) throw Hdf5Error(name + " has a wrong shape");
  return read_values<Value>(variable, type, name);
}

void read_root(hid_t root, SweepResults& sweep) {
  sweep.name = text_attribute(root, "study");
  sweep.title = text_attribute(root, "title");
  sweep.plan_digest = text_attribute(root, "plan_digest");
  sweep.scenario = text_attribute(root, "resolved_scenario");
  sweep.replicates = static_cast<std::uint32_t>(number_attribute(root, "replicates"));
  sweep.seed = number_in<std::uint64_t>(root, "seed");
  StudyDesign& design = sweep.design;
  design.kind =
      static_cast<StudyDesign::Kind>(place_in(kDesignKinds, text_attribute(root, "design")));
  design.n = number_in<std::uint32_t>(root, "design_n");
  design.levels = number_in<std::uint32_t>(root, "design_levels");
  design.second_order = yes_in(root, "design_second_order");
  design.seed = number_in<std::uint64_t>(root, "design_seed");
}

void read_runs(hid_t root, SweepResults& sweep) {
  const std::vector<hsize_t> runs = shape(open_variable(root, "run"));
  sweep.point = read_exactly<std::uint32_t>(root, "point", H5T_NATIVE_UINT32, runs);
  sweep.replicate = read_exactly<std::uint32_t>(root, "replicate", H5T_NATIVE_UINT32, runs);
  for (const std::int8_t status :
       read_exactly<std::int8_t>(root, "status", H5T_NATIVE_INT8, runs)) {
    if (status < 0 || static_cast<std::size_t>(status) >= kStatusWords.size()) {
      throw Hdf5Error("status has a value without meaning");
    }
    sweep.status.push_back(static_cast<RunStatus>(status));
  }
  sweep.digest = read_texts(root, "digest");
  if (sweep.digest.size() != sweep.runs()) throw Hdf5Error("digest has a wrong shape");
}

StudyDimension read_dimension(hid_t variable, const std::string& name) {
  StudyDimension dimension;
  dimension.name = name;
  dimension.kind = static_cast<StudyDimension::Kind>(
      place_in(kDimensionKinds, text_attribute(variable, "varies")));
  dimension.key = text_attribute(variable, "key");
  if (has_attribute(variable, "also")) {
    dimension.also = split(text_attribute(variable, "also"), '\n');
  }
  dimension.unit = text_attribute(variable, "units");
  dimension.meaning = text_attribute(variable, "long_name");
  if (has_attribute(variable, "choices")) {
    dimension.choices = split(text_attribute(variable, "choices"), '\n');
    dimension.high = static_cast<double>(dimension.choices.size()) - 1.0;
  } else {
    dimension.low = one_of(variable, "low");
    dimension.high = one_of(variable, "high");
    dimension.log_scale = text_attribute(variable, "scale") == "log";
    dimension.whole = yes_in(variable, "whole");
  }
  if (has_attribute(variable, "levels")) dimension.levels = numbers_attribute(variable, "levels");
  if (dimension.kind == StudyDimension::Kind::series) {
    dimension.change = text_attribute(variable, "change") == "shift"
                           ? StudyDimension::Change::shift
                           : StudyDimension::Change::factor;
    dimension.from = number_attribute(variable, "from");
    dimension.until = number_attribute(variable, "until");
  }
  return dimension;
}

void read_dimensions(hid_t root, SweepResults& sweep) {
  for (const std::string& name : split(text_attribute(root, "dimensions"), ' ')) {
    sweep.dimensions.push_back(read_dimension(open_variable(root, name), name));
    sweep.coordinates.push_back(
        read_exactly<double>(root, name, H5T_NATIVE_DOUBLE, {sweep.runs()}));
  }
}

void read_axes(hid_t root, SweepResults& sweep) {
  sweep.years = read_values<int>(root, "year", H5T_NATIVE_INT);
  if (has(root, "module")) sweep.modules = read_texts(root, "module_name");
  if (!has(root, "region")) {
    sweep.regions.push_back({0, text_attribute(root, "region_name"), ""});
    return;
  }
  const auto ids = read_values<std::uint32_t>(root, "region", H5T_NATIVE_UINT32);
  const auto parts = read_exactly<std::int8_t>(root, "region_part", H5T_NATIVE_INT8, {ids.size()});
  const auto region_names = read_texts(root, "region_name");
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const bool nation = ids[i] == 0;
    const std::string& name = region_names.at(i);
    sweep.regions.push_back({ids[i], name, nation ? "" : name, static_cast<Region>(parts[i]), false,
                             1.0, 1.0, nation ? RegionLevel::national : RegionLevel::province});
  }
}

/// Indicators are the variables that say of which group they are.
void read_variables(hid_t root, SweepResults& sweep) {
  for (const std::string& name : names(root)) {
    const Hdf5Id opened = open_variable(root, name);
    if (!has_attribute(opened, "group")) continue;
    SweepVariable variable;
    variable.name = name;
    variable.unit = text_attribute(opened, "units");
    variable.meaning = text_attribute(opened, "long_name");
    variable.group = text_attribute(opened, "group");
    variable.flow = text_attribute(opened, "cell_methods") == "year: sum";
    variable.by_module = variable.group == "modules";
    variable.by_region = sweep.regions.size() > 1;
    std::vector<hsize_t> lengths{sweep.runs(), sweep.years.size()};
    if (variable.by_module) lengths.push_back(sweep.modules.size());
    if (variable.by_region) lengths.push_back(sweep.regions.size());
    variable.values = read_exactly<double>(root, name, H5T_NATIVE_DOUBLE, lengths);
    sweep.variables.push_back(std::move(variable));
  }
}

SweepResults read_file_of_sweep(hid_t file) {
  const std::int32_t format = number_attribute(file, "terrace_sweep");
  if (format != kSweepFormat) {
    throw Hdf5Error("it is of format " + std::to_string(format) + ", this program reads " +
                    std::to_string(kSweepFormat));
  }
  SweepResults sweep;
  read_root(file, sweep);
  read_runs(file, sweep);
  read_dimensions(file, sweep);
  read_axes(file, sweep);
  read_variables(file, sweep);
  return sweep;
}

/// `bytes` are let go of as soon as the library has its own copy of them.
SweepResults read_bytes(const fs::path& path, std::string bytes) {
  if (const std::string wrong = wrong_seal(bytes); !wrong.empty()) {
    throw IoError(path.string() + ' ' + wrong);
  }
  bytes.resize(bytes.size() - kSealSize);
  const Hdf5Silence silence;
  try {
    const Hdf5Id file = open_image(bytes);
    std::string().swap(bytes);
    return read_file_of_sweep(open_group(file, "/"));
  } catch (const Hdf5Error& error) {
    throw IoError("cannot read " + path.string() + ": " + error.what());
  } catch (const std::exception& error) {  // lengths that do not fit each other
    throw IoError("cannot read " + path.string() + ": it is damaged (" + error.what() + ")");
  }
}

}  // namespace

SweepResults read_sweep(const fs::path& path) { return read_bytes(path, read_file(path)); }

MergedFacts record::check_merged(const fs::path& path) {
  std::string bytes = read_file(path);
  MergedFacts facts;
  facts.bytes = bytes.size();
  facts.fault = wrong_seal(bytes);
  if (!facts.fault.empty()) return facts;
  try {
    const SweepResults sweep = read_bytes(path, std::move(bytes));
    facts.plan_digest = sweep.plan_digest;
    facts.runs = sweep.runs();
    facts.done = static_cast<std::size_t>(std::ranges::count(sweep.status, RunStatus::done));
  } catch (const IoError& error) {
    facts.fault = error.what();
  }
  return facts;
}

}  // namespace terrace
