#include "scenario/survey_reader.hpp"

#include <optional>
#include <utility>

#include "scenario/survey_assembly.hpp"
#include "scenario/yaml_reader.hpp"

namespace terrace::scenario {
namespace {

std::optional<SurveyText> read_csv(const NamedFile& file, SurveyMistakes& mistakes) {
  std::string text;
  std::string why;
  if (!read_bytes(file.file, kMostSurveyBytes, text, why)) {
    mistakes.add(file.place, file.key, "'" + shown(file.name) + "' " + why);
    return std::nullopt;
  }
  return csv_table(std::move(text), file.name, mistakes);
}

bool few_enough(const SurveyText& table, std::size_t most, const SurveyPlaces& places,
                SurveyMistakes& mistakes) {
  if (table.rows <= most) return true;
  mistakes.add(places.of(1), places.table, "holds more than " + std::to_string(most) + " rows",
               "take a sample of them");
  return false;
}

std::shared_ptr<SurveySample> make_sample(const SurveyText& households, const SurveyText& persons,
                                          const SurveyPlaces& of_households,
                                          const SurveyPlaces& of_persons, const Layout& layout,
                                          SurveyMistakes& mistakes) {
  if (!few_enough(households, kMostSurveyHouseholds, of_households, mistakes) ||
      !few_enough(persons, kMostSurveyPersons, of_persons, mistakes)) {
    return nullptr;
  }
  const CheckedTable h = check_table(households, household_columns(), of_households, mistakes);
  const CheckedTable p = check_table(persons, person_columns(), of_persons, mistakes);
  // Without all rows of both tables the one would be blamed for what is missing in the other.
  const bool whole = h.size() == households.rows && p.size() == persons.rows && h.size() > 0 &&
                     p.size() > 0 && mistakes.empty();
  return whole ? assemble_survey(h, p, layout, mistakes) : nullptr;
}

std::shared_ptr<SurveySample> read_tables(const NamedFile& source, const NamedFile* persons,
                                          const Layout& layout, const SurveyReader& hdf5,
                                          SurveyMistakes& mistakes) {
  if (persons != nullptr) {
    const auto h = read_csv(source, mistakes);
    const auto p = read_csv(*persons, mistakes);
    if (!h || !p) return nullptr;
    return make_sample(*h, *p, {source.name, ""}, {persons->name, ""}, layout, mistakes);
  }
  if (!hdf5) {
    mistakes.add(source.place, source.key, "this program reads surveys in CSV only",
                 "give read_scenario a reader of HDF5");
    return nullptr;
  }
  const SurveyFile both = hdf5(source.file.string());
  if (!both.error.empty()) {
    mistakes.add(source.place, source.key, "'" + shown(source.name) + "': " + both.error);
    return nullptr;
  }
  return make_sample(both.households, both.persons, {source.name, "households"},
                     {source.name, "persons"}, layout, mistakes);
}

std::string absolute_name(const std::filesystem::path& file) {
  std::error_code error;
  const auto path = std::filesystem::weakly_canonical(std::filesystem::absolute(file), error);
  return error ? file.string() : path.string();
}

}  // namespace

std::shared_ptr<const SurveySample> read_survey(const NamedFile& source, const NamedFile* persons,
                                                const Layout& layout, const SurveyReader& hdf5,
                                                Problems& problems) {
  SurveyMistakes mistakes(problems);
  auto sample = read_tables(source, persons, layout, hdf5, mistakes);
  mistakes.close();
  if (!sample || !mistakes.empty()) return nullptr;
  sample->households_file = absolute_name(source.file);
  if (persons != nullptr) sample->persons_file = absolute_name(persons->file);
  sample->digest = digest_of(*sample);
  return sample;
}

}  // namespace terrace::scenario
