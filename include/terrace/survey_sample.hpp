// People of a household survey, as plain tables from which a run's households can be drawn.
//
// `population.source` of a scenario names the file; docs/microdata.md says how it is laid out. A
// sample is checked when the scenario is read, so whoever draws from it meets no mistake.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace terrace {

/// What a survey may know of a household beside its weight and place. Money in yuan of 2012.
enum class HouseholdField : std::uint8_t {
  land_mu,
  productive_assets,
  liquid_wealth,  ///< negative is debt
  durables,
  house,  ///< House
  safe_water,
  insured,
  power,
  network,
  toilet,
  minority,
  cadre_kin,
  income_farm,  ///< the five components, in the order of Component
  income_local_wage,
  income_migrant_wage,
  income_transfer,
  income_property,
  consumption,  ///< a head and year
  count
};
inline constexpr std::size_t kHouseholdFields = static_cast<std::size_t>(HouseholdField::count);

/// What a survey may know of a person; the first four it must know.
enum class PersonField : std::uint8_t {
  age,        ///< whole years
  woman,      ///< 0 or 1
  relation,   ///< Relation
  schooling,  ///< years completed
  age_month,  ///< months beyond the last birthday, 0 to 11
  school,     ///< School
  activity,   ///< Activity
  disability,
  chronic,
  mandarin,
  married,
  health,  ///< 0 to 1
  skill,   ///< log of the wage relative to others alike
  count
};
inline constexpr std::size_t kPersonFields = static_cast<std::size_t>(PersonField::count);

/// A value that the survey does not know.
inline constexpr float kUnsurveyed = std::numeric_limits<float>::quiet_NaN();

struct SurveySample {
  static constexpr std::uint16_t kAnyProvince = 0xffff;
  static constexpr std::uint8_t kAnyKind = 2;

  // Households. Their persons are contiguous, the head first.
  std::vector<double> weight;            ///< more than 0
  std::vector<std::uint16_t> province;   ///< index in Layout::provinces, or kAnyProvince
  std::vector<std::uint8_t> designated;  ///< 0, 1 or kAnyKind
  std::vector<std::uint32_t> first;      ///< row of the first person; one more than households
  std::array<std::vector<float>, kHouseholdFields> household;  ///< NaN: not known
  std::array<std::vector<float>, kPersonFields> person;        ///< the same

  std::string households_file;  ///< absolute
  std::string persons_file;     ///< empty where one file holds both
  std::string digest;           ///< of all that stands above the files, hexadecimal

  std::size_t size() const { return weight.size(); }
  std::size_t persons() const { return person[0].size(); }
  std::size_t members(std::size_t h) const { return first[h + 1] - first[h]; }
  float of_household(HouseholdField f, std::size_t h) const {
    return household[static_cast<std::size_t>(f)][h];
  }
  float of_person(PersonField f, std::size_t i) const {
    return person[static_cast<std::size_t>(f)][i];
  }
  /// All five components or none are known of a household.
  bool knows_income(std::size_t h) const {
    return !std::isnan(of_household(HouseholdField::income_farm, h));
  }
  /// Some households' incomes are known, so that every household drawn gets a last year.
  bool has_incomes() const {
    for (std::size_t h = 0; h < size(); ++h) {
      if (knows_income(h)) return true;
    }
    return false;
  }
};

inline constexpr std::size_t kMostSurveyHouseholds = 1'000'000;
inline constexpr std::size_t kMostSurveyPersons = 4'000'000;
inline constexpr std::size_t kMostSurveyBytes = 256'000'000;  ///< of a file
inline constexpr std::size_t kMostSurveyMembers = 32;         ///< of a household

/// A table as it stands in a file: every cell a text, empty where nothing is known.
struct SurveyText {
  /// Called for each row with its number and its cells, as many as there are columns. Cells are
  /// valid during the call.
  using RowVisitor = std::function<void(std::size_t row, const std::vector<std::string_view>&)>;

  std::vector<std::string> columns;
  std::size_t rows = 0;
  std::function<void(const RowVisitor&)> for_each_row;
};

/// Both tables of one file, or why it cannot be read.
struct SurveyFile {
  std::string error;  ///< empty if all is well
  SurveyText households;
  SurveyText persons;
};

/// Reads a survey of the groups `households` and `persons` from HDF5. Whoever reads scenarios hands
/// it to read_scenario, so that only programs that want it need the library.
using SurveyReader = std::function<SurveyFile(const std::string& path)>;
SurveyFile read_survey_hdf5(const std::string& path);

}  // namespace terrace
