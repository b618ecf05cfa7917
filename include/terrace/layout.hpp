// The geography a synthetic population is laid out from, as plain data.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace terrace {

enum class Region : std::uint8_t { east, central, west };

/// One province. Rural persons = poor_2013 / incidence_2013.
struct ProvinceLayout {
  std::string name;
  Region region = Region::east;
  double poor_2013 = 0.0;       ///< rural poor at the end of 2013, persons
  double incidence_2013 = 0.0;  ///< share of rural persons, 0-1
  int designated = 0;           ///< county-level units designated as poor
  int other = 0;                ///< county-level units with rural people that are not
  bool signatory = false;       ///< one of the 22 provinces that signed the pledge
};

/// A kind of household: who lives in it, as counts by age group, and its weight before fitting.
struct HouseholdKind {
  std::string name;
  double prior = 0.0;  ///< share of households before the margins are fitted
  struct Member {
    std::string relation;  ///< head, spouse, child, parent, other
    int age_low = 0;       ///< years, inclusive
    int age_high = 0;
    double female = 0.5;  ///< chance that the member is a woman
  };
  std::vector<Member> members;
};

/// Share of persons in [age_low, age_high].
struct AgeMargin {
  int age_low = 0;
  int age_high = 0;
  double share = 0.0;
};

/// A published figure that the population should meet at the end of the burn-in, after its last
/// December. Not fitted to: reported beside what the run has.
struct InitialTarget {
  enum class Scope : std::uint8_t { all, designated, ratio };  ///< ratio: designated over all
  std::string indicator;
  Scope scope = Scope::all;
  double value = 0.0;
};

/// Everything synthesis needs beside the parameters: figures with sources stand in scenarios/data.
struct Layout {
  std::string name;
  double national_poor_2013 = 0.0;  ///< rural poor of the whole nation, persons: national money and
                                    ///< places come to a smaller world by its share of this
  double national_households =
      0.0;  ///< rural households of the whole nation (survey sampling rate)
  std::vector<ProvinceLayout> provinces;
  std::vector<HouseholdKind> kinds;
  std::vector<AgeMargin> ages;
  std::vector<double>
      household_sizes;  ///< share of households with 1, 2, ... persons; last is "or more"
  std::vector<InitialTarget> initial;                  ///< may be empty
  std::array<std::array<double, 5>, 5> correlation{};  ///< of the copula, order: CopulaTrait
};

/// Rows and columns of `Layout::correlation`.
enum class CopulaTrait : std::uint8_t { permanent_income, assets, wealth, land, schooling };

}  // namespace terrace
