// A small nation for tests and benchmarks: three provinces, 60 counties, 1.6 million households.
#pragma once

#include <string>
#include <vector>

#include <terrace/layout.hpp>
#include <terrace/scenario.hpp>

namespace terrace::test {

inline HouseholdKind kind(std::string name, double prior,
                          std::vector<HouseholdKind::Member> members) {
  return {std::move(name), prior, std::move(members)};
}

inline std::vector<HouseholdKind> small_kinds() {
  const HouseholdKind::Member man{"head", 26, 45, 0.0};
  const HouseholdKind::Member wife{"spouse", 25, 44, 1.0};
  const HouseholdKind::Member child{"child", 4, 20, 0.5};
  const HouseholdKind::Member baby{"child", 0, 16, 0.45};
  return {
      kind("elder", 0.06, {{"head", 60, 89, 0.6}}),
      kind("single", 0.04, {{"head", 25, 59, 0.25}}),
      kind("elders", 0.10, {{"head", 60, 86, 0.0}, {"spouse", 59, 85, 1.0}}),
      kind("couple", 0.10, {{"head", 43, 63, 0.0}, {"spouse", 42, 62, 1.0}}),
      kind("child", 0.11, {man, wife, baby}),
      kind("grown", 0.11, {{"head", 40, 60, 0.0}, {"spouse", 39, 59, 1.0}, {"child", 16, 32, 0.4}}),
      kind("children", 0.14, {man, wife, child, baby}),
      kind("three", 0.06, {man, wife, child, {"parent", 56, 84, 0.7}}),
      kind("young", 0.13,
           {{"head", 45, 62, 0.0},
            {"spouse", 44, 61, 1.0},
            {"child", 22, 36, 0.1},
            {"other", 21, 35, 0.9},
            {"other", 0, 12, 0.45}}),
      kind("six", 0.15, {man, wife, child, baby, {"parent", 52, 77, 0.0}, {"parent", 51, 76, 1.0}}),
  };
}

inline Layout small_layout() {
  Layout layout;
  layout.name = "small";
  layout.national_poor_2013 = 520'000;
  layout.national_households = 1'571'429;
  layout.provinces = {{"Hills", Region::west, 300'000, 0.20, 12, 8, true},
                      {"Plain", Region::central, 160'000, 0.08, 6, 14, true},
                      {"Coast", Region::east, 60'000, 0.03, 0, 20, false}};
  layout.kinds = small_kinds();
  layout.ages = {{0, 15, 0.21}, {16, 24, 0.14}, {25, 44, 0.33}, {45, 59, 0.18}, {60, 89, 0.14}};
  layout.household_sizes = {0.10, 0.20, 0.22, 0.22, 0.13, 0.13};
  layout.correlation = {{{1.0, 0.5, 0.4, 0.1, 0.35},
                         {0.5, 1.0, 0.35, 0.3, 0.15},
                         {0.4, 0.35, 1.0, 0.1, 0.25},
                         {0.1, 0.3, 0.1, 1.0, -0.05},
                         {0.35, 0.15, 0.25, -0.05, 1.0}}};
  return layout;
}

inline PopulationSpec small_population(double counties = 0.2, double villages = 0.2) {
  PopulationSpec spec;
  spec.layout = small_layout();
  spec.sample_counties = counties;
  spec.sample_villages = villages;
  return spec;
}

}  // namespace terrace::test
