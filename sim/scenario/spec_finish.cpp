// The second half of SpecBuilder: what can be said only when all layers have been applied.
#include <algorithm>
#include <memory>
#include <utility>

#include "population/household_mix.hpp"
#include "scenario/layout_reader.hpp"
#include "scenario/series_reader.hpp"
#include "scenario/spec_builder.hpp"

namespace terrace::scenario {

NamedFile SpecBuilder::FileSource::file(const std::string& key) const {
  return {folder / node.text, (shown_folder / node.text).lexically_normal().string(), node.place,
          key};
}

void SpecBuilder::finish(const std::filesystem::path& data_dir) {
  finish_layout(data_dir);
  finish_series(data_dir);
  check_dates();
  if (problems_.empty()) note_held_series();
}

void SpecBuilder::finish_layout(const std::filesystem::path& data_dir) {
  constexpr const char* kPath = "population.layout";
  std::optional<Layout> layout;
  if (layout_.node.is_map()) {
    layout = read_inline_layout(layout_.node, kPath, layout_.folder, problems_);
  } else if (layout_.node.is_scalar()) {
    const NamedFile named = layout_.file(kPath);
    layout = read_layout_file(named.file, named.name, problems_, &named.place, kPath);
  } else {
    const auto file = data_dir / "china.yaml";
    layout = read_layout_file(file, file.string(), problems_);
  }
  if (!layout) return;
  // Sections that are right one by one may still not fit each other.
  if (const auto problem = layout_problem(*layout)) {
    problems_.add(place_of("population.layout"), "population.layout", *problem);
    return;
  }
  out_.spec.population.layout = std::move(*layout);
  finish_provinces();
  check_counties();
  finish_survey();
}

void SpecBuilder::finish_survey() {
  constexpr const char* kSource = "population.source";
  constexpr const char* kPersons = "population.persons";
  constexpr const char* kDigest = "population.digest";
  const std::string& source = survey_.node.text;
  const std::string ending = std::filesystem::path(source).extension().string();
  const bool csv = ending == ".csv";
  const bool hdf5 = ending == ".h5" || ending == ".hdf5";
  const bool synthetic = !survey_.node.is_scalar() || source == "synthetic";
  if (!synthetic && !csv && !hdf5) {
    const std::string meant = closest(source, {"synthetic"});
    problems_.add(survey_.node.place, kSource,
                  "must be synthetic or a file of survey data, found '" + shown(source) + "'",
                  meant.empty() ? "names of such files end in .csv, .h5 or .hdf5"
                                : "did you mean '" + meant + "'?");
    return;
  }
  if (!csv && persons_.node.is_scalar()) {
    problems_.add(persons_.node.place, kPersons, "belongs to a `source` that ends in .csv");
    return;
  }
  if (synthetic) {
    if (digest_.is_scalar()) {
      problems_.add(digest_.place, kDigest, "belongs to a `source` that is a survey");
    }
    return;
  }
  if (csv && !persons_.node.is_scalar()) {
    problems_.add(survey_.node.place, kSource, "holds households only",
                  "name the file of their members in `persons`");
    return;
  }
  const NamedFile persons = persons_.file(kPersons);
  auto& population = out_.spec.population;
  population.survey = read_survey(survey_.file(kSource), csv ? &persons : nullptr,
                                  population.layout, vocabulary_.survey_hdf5, problems_);
  if (!population.survey) return;
  out_.notes.push_back(std::string(kSource) + ": " + std::to_string(population.survey->size()) +
                       " households and " + std::to_string(population.survey->persons()) +
                       " persons");
  if (digest_.is_scalar() && digest_.text != population.survey->digest) {
    problems_.add(digest_.place, kDigest,
                  "the survey in '" + shown(survey_.file(kSource).name) +
                      "' is not the one this scenario was written for: its digest is " +
                      population.survey->digest,
                  "remove `digest` to take the survey as it is now");
  }
}

void SpecBuilder::finish_provinces() {
  if (!provinces_.is_sequence()) return;
  std::vector<std::string> known;
  for (const auto& province : out_.spec.population.layout.provinces) known.push_back(province.name);
  auto names = read_names(provinces_, "population.provinces", known, "province", problems_);
  if (names) out_.spec.population.provinces = std::move(*names);
}

void SpecBuilder::check_counties() {
  const PopulationSpec& population = out_.spec.population;
  const auto& chosen = population.provinces;
  int counties = 0;
  for (const auto& province : population.layout.provinces) {
    if (!chosen.empty() && std::find(chosen.begin(), chosen.end(), province.name) == chosen.end()) {
      continue;
    }
    counties += province.designated;
    if (population.counties == PopulationSpec::Counties::all) counties += province.other;
  }
  if (counties == 0 && !population.layout.provinces.empty()) {
    problems_.add(place_of("population.counties"), "population.counties",
                  "the provinces chosen have no designated county", "write `counties: all`");
  }
}

void SpecBuilder::finish_series(const std::filesystem::path& data_dir) {
  SeriesSet& given = out_.spec.series;
  const auto missing = [&](const SeriesInfo& info) { return !given.contains(info.name); };
  if (std::none_of(series_.begin(), series_.end(), missing)) return;  // the file is not needed
  const auto file = data_dir / "series.yaml";
  const std::size_t before = problems_.size();
  SeriesFile library = read_series_file(file, series_, problems_);
  const bool library_in_order = problems_.size() == before;
  for (const SeriesInfo& info : series_) {
    if (!missing(info)) continue;
    const std::string name(info.name);
    const std::string path = "series." + name;
    if (const auto found = library.series.find(name); found != library.series.end()) {
      given.emplace(name, std::move(found->second));
      out_.origin[path] = library.origin[name];
    } else if (library_in_order && !places_.contains(path)) {
      problems_.add({std::make_shared<const std::string>(file.string()), 0, 0}, path,
                    "the model reads this series and nobody gives it",
                    "add it here or to the scenario");
    }
  }
}

void SpecBuilder::check_dates() {
  const ScenarioSpec& spec = out_.spec;
  const auto text = [](Month m) { return std::to_string(year_of(m)); };
  // Said where the later of the two was written; where neither was, the defaults are in order.
  const auto where = [&](const char* a, const char* b) {
    return places_.contains(b) ? place_of(b) : place_of(a);
  };
  if (spec.start > spec.programme) {
    problems_.add(where("time.start", "time.programme"), "time.programme",
                  "the programme begins before the run starts (" + text(spec.programme) +
                      " against " + text(spec.start) + ")");
  }
  if (spec.programme > spec.end) {
    problems_.add(where("time.programme", "time.end"), "time.end",
                  "the run ends before the programme begins (" + text(spec.end) + " against " +
                      text(spec.programme) + ")");
  }
  for (const auto& [name, settings] : spec.policies) {
    if (settings.from <= settings.until) continue;
    const std::string path = "policies." + name;
    problems_.add(where((path + ".from").c_str(), (path + ".until").c_str()), path + ".until",
                  "the policy ends before it begins");
  }
  // A checkpoint is the state at the opening of a year; before the first there is nothing to keep.
  for (const int year : spec.output.checkpoint_keep) {
    if (year > year_of(spec.start) && year <= year_of(spec.end)) continue;
    problems_.add(place_of(kept_path(year)), "output.checkpoints.keep",
                  std::to_string(year) + " is no year that opens within the run",
                  "accepted: " + std::to_string(year_of(spec.start) + 1) + " to " + text(spec.end));
  }
}

// Burn-in stands at the levels of 2012, so a series needs no value before that year.
void SpecBuilder::note_held_series() {
  constexpr int kBaseYear = 2012;
  const int first_needed = std::min(kBaseYear, year_of(out_.spec.programme));
  const int last_needed = year_of(out_.spec.end);
  for (const auto& [name, series] : out_.spec.series) {
    const int first = series.values.begin()->first;
    const int last = series.values.rbegin()->first;
    if (first > first_needed) {
      out_.notes.push_back("series." + name + ": holds its value of " + std::to_string(first) +
                           " before that year");
    }
    if (last < last_needed) {
      out_.notes.push_back("series." + name + ": holds its value of " + std::to_string(last) +
                           " to " + std::to_string(last_needed));
    }
  }
}

}  // namespace terrace::scenario
