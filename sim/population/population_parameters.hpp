// Parameters of the synthetic population: block `population`.
#pragma once

#include <span>
#include <string_view>

#include <terrace/parameters.hpp>

namespace terrace {

inline constexpr std::string_view kPopulationBlock = "population";

/// What the layout does not say. Units, ranges, meanings and sources stand in population_table().
struct PopulationParameters {
  // Counties and villages.
  double village_households = 0.0;
  double village_size_sd = 0.0;
  double designated_size = 0.0;
  double county_size_sd = 0.0;
  // Place effect of a county.
  double place_gain = 0.0;
  double national_incidence = 0.0;
  double log_income_sd = 0.0;
  double designated_shift = 0.0;
  double county_sd = 0.0;
  double place_centre = 0.0;
  // Geography of villages.
  double remoteness_other = 0.0;
  double remoteness_designated = 0.0;
  double remoteness_sd = 0.0;
  double remoteness_slope = 0.0;
  double productivity_sd = 0.0;
  double hazard_other = 0.0;
  double hazard_designated = 0.0;
  double uninhabitable_other = 0.0;
  double uninhabitable_designated = 0.0;
  double east_terrain = 0.0;
  double fragile_other = 0.0;
  double fragile_designated = 0.0;
  double water_other = 0.0;
  double water_designated = 0.0;
  double water_sd = 0.0;
  // What villages grow, own and are reached by.
  double crop_villages = 0.0;
  double crop_orchard_other = 0.0;
  double crop_orchard_fragile = 0.0;
  double crop_vegetable_way = 0.0;
  double crop_area = 0.0;
  double crop_spread = 0.0;
  double crop_young = 0.0;
  double solar_start = 0.0;
  double solar_size = 0.0;
  double road_other = 0.0;
  double road_designated = 0.0;
  double village_power_other = 0.0;
  double village_power_designated = 0.0;
  double village_network_other = 0.0;
  double village_network_designated = 0.0;
  double clinic_other = 0.0;
  double clinic_designated = 0.0;
  double teaching_other = 0.0;
  double teaching_designated = 0.0;
  double access_remoteness = 0.0;
  double quality_other = 0.0;
  double quality_designated = 0.0;
  double quality_remoteness = 0.0;
  double quality_sd = 0.0;
  // Households.
  double var_perm = 0.0;
  double share_between_village = 0.0;
  double var_pers = 0.0;
  double assets_median = 0.0;
  double assets_sd = 0.0;
  double wealth_median = 0.0;
  double wealth_sd = 0.0;
  double land_median = 0.0;
  double land_sd = 0.0;
  double house_b = 0.0;
  double house_c = 0.0;
  double house_d = 0.0;
  double house_designated = 0.0;
  double house_tie = 0.0;
  double insured = 0.0;
  double home_power_other = 0.0;
  double home_power_designated = 0.0;
  double home_network_other = 0.0;
  double home_network_designated = 0.0;
  double toilet_other = 0.0;
  double toilet_designated = 0.0;
  double durables_median = 0.0;
  double durables_sd = 0.0;
  double durables_tie = 0.0;
  double minority_west = 0.0;
  double minority_other = 0.0;
  double minority_village = 0.0;
  double cadre_kin = 0.0;
  // Persons.
  double age_spread = 0.0;
  double school_level = 0.0;
  double school_decline = 0.0;
  double school_gender = 0.0;
  double school_sd = 0.0;
  double school_family = 0.0;
  double senior_chance = 0.0;
  double vocational_start = 0.0;
  double tertiary_start = 0.0;
  double preschool_start = 0.0;
  double dropout_14 = 0.0;
  double dropout_15 = 0.0;
  double dropout_other = 0.0;
  double disability_base = 0.0;
  double disability_80 = 0.0;
  double disability_severe = 0.0;
  double chronic_base = 0.0;
  double chronic_80 = 0.0;
  double health_young = 0.0;
  double health_decline = 0.0;
  double health_disability = 0.0;
  double health_chronic = 0.0;
  double health_sd = 0.0;
  double mandarin_young = 0.0;
  double mandarin_decline = 0.0;
  double mandarin_west = 0.0;
  double mandarin_minority = 0.0;
  double skill_sd = 0.0;
  // Households of a survey.
  double survey_least = 0.0;
  double survey_tie = 0.0;
};

/// One row for every member of the struct.
std::span<const Parameter<PopulationParameters>> population_table();

/// All defaults.
PopulationParameters default_population_parameters();

}  // namespace terrace
