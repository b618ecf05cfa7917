#include "record/sweep_file.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>
#include <stdexcept>
#include <utility>

#include <terrace/digest.hpp>

#include "record/file_axes.hpp"
#include "record/netcdf_writer.hpp"

namespace terrace::record {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 20;

std::string words_of(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// Choices as the words of flags, which blanks divide.
std::string flag_words(const std::vector<std::string>& choices) {
  std::vector<std::string> words = choices;
  for (std::string& word : words) std::ranges::replace(word, ' ', '_');
  return words_of(words);
}

/// Choices as they are, one a line.
std::string lines_of(const std::vector<std::string>& choices) {
  std::string text;
  for (const std::string& choice : choices) text += (text.empty() ? "" : "\n") + choice;
  return text;
}

void put_root(hid_t root, const SweepResults& sweep, const std::string& programs) {
  put_text(root, "Conventions", "CF-1.8");
  put_text(root, "title", sweep.title);
  put_number(root, "terrace_sweep", kSweepFormat);
  put_text(root, "study", sweep.name);
  put_text(root, "plan_digest", sweep.plan_digest);
  put_text(root, "seed", std::to_string(sweep.seed));  // text: R keeps 53 bits of a number
  put_number(root, "replicates", static_cast<std::int32_t>(sweep.replicates));
  std::vector<std::string> dimensions;
  for (const StudyDimension& dimension : sweep.dimensions) dimensions.push_back(dimension.name);
  put_text(root, "dimensions", words_of(dimensions));
  const StudyDesign& design = sweep.design;
  put_text(root, "design", kDesignKinds.at(static_cast<std::size_t>(design.kind)));
  put_text(root, "design_n", std::to_string(design.n));
  put_text(root, "design_levels", std::to_string(design.levels));
  put_text(root, "design_second_order", design.second_order ? "yes" : "no");
  put_text(root, "design_seed", std::to_string(design.seed));
  put_text(root, "resolved_scenario", sweep.scenario);
  put_text(root, "programs", programs);
  put_text(root, "replay", "terrace sweep replay SWEEP_DIR RUN");
  put_text(root, "replay_meaning",
           "does a run again, with all files that a run has; RUN is its number in the variable "
           "run, SWEEP_DIR the folder in which the study was planned");
  if (sweep.regions.size() == 1) put_text(root, "region_name", sweep.regions.front().name);
}

/// Values of one column of runs.
template <typename Value, typename Source>
std::vector<Value> column(const std::vector<Source>& source) {
  std::vector<Value> values;
  values.reserve(source.size());
  for (const Source& value : source) values.push_back(static_cast<Value>(value));
  return values;
}

void put_meaning(hid_t variable, const char* meaning, const char* unit = "1") {
  put_text(variable, "long_name", meaning);
  put_text(variable, "units", unit);
}

void add_runs(NetcdfGroup& group, const SweepResults& sweep) {
  std::vector<std::int32_t> numbers(sweep.runs());
  std::iota(numbers.begin(), numbers.end(), 0);
  put_meaning(group.add_dimension<std::int32_t>("run", numbers), "number of the run");
  put_meaning(group.add("point", "run", column<std::int32_t>(sweep.point)),
              "number of the point of the design");
  put_meaning(group.add("replicate", "run", column<std::int32_t>(sweep.replicate)),
              "number of the replicate, by which random numbers are drawn");
}

/// What read_sweep() needs beside the values.
void put_dimension(hid_t variable, const StudyDimension& dimension) {
  put_meaning(variable, dimension.meaning.c_str(), dimension.unit.c_str());
  put_text(variable, "varies", kDimensionKinds.at(static_cast<std::size_t>(dimension.kind)));
  put_text(variable, "key", dimension.key);
  if (!dimension.also.empty()) put_text(variable, "also", lines_of(dimension.also));
  if (dimension.choices.empty()) {
    put_numbers(variable, "low", {&dimension.low, 1});
    put_numbers(variable, "high", {&dimension.high, 1});
    put_text(variable, "scale", dimension.log_scale ? "log" : "linear");
    put_text(variable, "whole", dimension.whole ? "yes" : "no");
  } else {
    put_short_flags(variable, flag_words(dimension.choices));
    put_text(variable, "choices", lines_of(dimension.choices));
  }
  if (!dimension.levels.empty()) put_numbers(variable, "levels", dimension.levels);
  if (dimension.kind == StudyDimension::Kind::series) {
    put_text(variable, "change",
             dimension.change == StudyDimension::Change::factor ? "factor" : "shift");
    put_number(variable, "from", dimension.from);
    put_number(variable, "until", dimension.until);
  }
}

/// The place of a choice; values of such a dimension are nothing else.
std::size_t place(const StudyDimension& dimension, double value) {
  if (!(value >= 0.0 && value < static_cast<double>(dimension.choices.size()))) {
    throw std::logic_error("dimension " + dimension.name + " has no such choice");
  }
  return static_cast<std::size_t>(value);
}

/// Name of the variable with a dimension's choices as words: one that nothing else has.
std::string words_name(const SweepResults& sweep, const StudyDimension& dimension) {
  std::string name = dimension.name + "_name";
  const auto is_taken = [&] {
    return std::ranges::find(sweep.dimensions, name, &StudyDimension::name) !=
               sweep.dimensions.end() ||
           std::ranges::find(sweep.variables, name, &SweepVariable::name) != sweep.variables.end();
  };
  while (is_taken()) name += '_';
  return name;
}

void add_dimension(NetcdfGroup& group, const SweepResults& sweep, std::size_t number) {
  const StudyDimension& dimension = sweep.dimensions[number];
  const std::vector<double>& values = sweep.coordinates[number];
  if (dimension.choices.empty()) {
    std::vector<double> numbers;
    numbers.reserve(values.size());
    for (const double value : values) numbers.push_back(canonical(value));
    put_dimension(group.add(dimension.name, "run", numbers), dimension);
    return;
  }
  if (dimension.choices.size() >
      static_cast<std::size_t>(std::numeric_limits<std::int16_t>::max())) {
    throw IoError("dimension " + dimension.name + " has more choices than the file can hold");
  }
  std::vector<std::int16_t> places;
  std::vector<std::string> words;
  for (const double value : values) {
    places.push_back(static_cast<std::int16_t>(place(dimension, value)));
    words.push_back(dimension.choices[place(dimension, value)]);
  }
  put_dimension(group.add(dimension.name, "run", places), dimension);
  put_text(group.add(words_name(sweep, dimension), "run", words), "long_name",
           dimension.meaning + ", as a word");
}

void add_axes(NetcdfGroup& group, const SweepResults& sweep) {
  const std::vector<std::int32_t> years(sweep.years.begin(), sweep.years.end());
  put_text(group.add_dimension<std::int32_t>("year", years), "long_name", "calendar year");
  if (!sweep.modules.empty()) {
    std::vector<std::int32_t> places(sweep.modules.size());
    std::iota(places.begin(), places.end(), 0);
    put_text(group.add_dimension<std::int32_t>("module", places), "long_name",
             "place in the list of modules");
    put_text(group.add("module_name", "module", sweep.modules), "long_name", "name of the module");
  }
  if (sweep.regions.size() > 1) {
    std::vector<std::int32_t> ids;
    std::vector<std::int8_t> parts;
    std::vector<std::string> names;
    for (const RegionInfo& region : sweep.regions) {
      ids.push_back(static_cast<std::int32_t>(region.id));
      parts.push_back(static_cast<std::int8_t>(region.part));
      names.push_back(region.name);
    }
    put_text(group.add_dimension<std::int32_t>("region", ids), "long_name",
             "0 for the nation, else number of the province");
    put_text(group.add("region_name", "region", names), "long_name", "name of the region");
    const Hdf5Id part = group.add("region_part", "region", parts);
    put_text(part, "long_name", "part of the country; of the nation without meaning");
    put_flags(part, "east central west");
  }
}

/// What xarray shows beside the values of an indicator.
std::string coordinates_of(const SweepResults& sweep, const SweepVariable& variable) {
  std::string names = "point replicate status";
  for (const StudyDimension& dimension : sweep.dimensions) {
    names += " " + dimension.name;
    if (!dimension.choices.empty()) names += " " + words_name(sweep, dimension);
  }
  if (variable.by_module) names += " module_name";
  if (variable.by_region) names += " region_name";
  return names;
}

void add_variable(NetcdfGroup& group, const SweepResults& sweep, SweepVariable& variable) {
  const std::size_t size = values_of_run(sweep, variable);
  std::vector<std::string> dimensions{"run", "year"};
  if (variable.by_module) dimensions.emplace_back("module");
  if (variable.by_region) dimensions.emplace_back("region");
  std::vector<std::size_t> chunk;
  for (const std::string& dimension : dimensions) chunk.push_back(group.length(dimension));
  chunk[0] = std::clamp<std::size_t>(kChunkBytes / (size * sizeof(double)), 1, sweep.runs());

  const Hdf5Id field = group.add_field<double>(variable.name, dimensions, chunk);
  put_text(field, "long_name", variable.meaning);
  put_text(field, "units", variable.unit);
  put_text(field, "cell_methods", variable.flow ? "year: sum" : "year: point");
  put_text(field, "group", variable.group);
  put_text(field, "coordinates", coordinates_of(sweep, variable));
  std::ranges::transform(variable.values, variable.values.begin(), canonical<double>);
  for (std::size_t run = 0; run < sweep.runs(); run += chunk[0]) {
    const std::size_t runs = std::min(chunk[0], sweep.runs() - run);
    group.write_steps<double>(field, run, runs,
                              std::span(variable.values).subspan(run * size, runs * size));
  }
  std::vector<double>().swap(variable.values);
}

/// A sweep whose parts do not fit each other is a mistake of the program.
void check_lengths(const SweepResults& sweep) {
  const std::size_t runs = sweep.runs();
  bool fit = runs > 0 && sweep.replicate.size() == runs && sweep.status.size() == runs &&
             sweep.digest.size() == runs && sweep.coordinates.size() == sweep.dimensions.size() &&
             !sweep.years.empty() && !sweep.regions.empty();
  for (const std::vector<double>& column : sweep.coordinates) fit = fit && column.size() == runs;
  for (const SweepVariable& variable : sweep.variables) {
    fit = fit && variable.values.size() == runs * values_of_run(sweep, variable) &&
          (!variable.by_region || sweep.regions.size() > 1) &&
          (!variable.by_module || !sweep.modules.empty());
  }
  if (!fit) throw std::logic_error("parts of a sweep have different lengths");
}

}  // namespace

std::string seal_of(std::string_view bytes) {
  Digest digest;
  digest.add(std::as_bytes(std::span(bytes)));
  return std::string(kSealStart) + digest.hex() + "\n";
}

std::size_t values_of_run(const SweepResults& sweep, const SweepVariable& variable) {
  return sweep.years.size() * (variable.by_module ? sweep.modules.size() : 1) *
         (variable.by_region ? sweep.regions.size() : 1);
}

std::vector<std::byte> sweep_image(SweepResults sweep, const std::string& programs,
                                   const std::string& path) {
  check_lengths(sweep);
  const Hdf5Silence silence;
  try {
    const NetcdfImage image;
    put_root(image.root(), sweep, programs);
    NetcdfGroup group(image);
    add_runs(group, sweep);
    for (std::size_t i = 0; i < sweep.dimensions.size(); ++i) {
      add_dimension(group, sweep, i);
    }
    const Hdf5Id status = group.add("status", "run", column<std::int8_t>(sweep.status));
    put_text(status, "long_name", "whether the run has results");
    put_flags(status, "missing done failed");
    put_text(group.add("digest", "run", sweep.digest), "long_name",
             "digest of the run's results, empty where it has none");
    add_axes(group, sweep);
    for (SweepVariable& variable : sweep.variables) add_variable(group, sweep, variable);
    std::vector<std::byte> bytes = image.bytes();
    const std::string seal = seal_of({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    bytes.insert(bytes.end(), std::as_bytes(std::span(seal)).begin(),
                 std::as_bytes(std::span(seal)).end());
    return bytes;
  } catch (const Hdf5Error& error) {
    throw IoError("cannot make " + path + ": " + error.what());
  }
}

}  // namespace terrace::record
