// What demography and school assume. Names, units, ranges and sources: people_parameters.cpp.
#pragma once

#include <span>

#include <terrace/parameters.hpp>

namespace terrace {

struct DemographySchool {
  // Births and deaths.
  double tfr_rural, births_most, girls;
  double mortality_gompertz_a, mortality_gompertz_b, mortality_ill, mortality_chronic;
  // Marriage and division.
  double bride_from, bride_until, groom_from, groom_until;
  double marry_20, marry_24, marry_28, groom_22, groom_30, groom_34, marry_income, marry_school;
  double divide_at_marriage;
  // School.
  double preschool_point, preschool_none, preschool_skill;
  double dropout_early, dropout_78, dropout_89, dropout_poor, dropout_other, dropout_parent;
  double dropout_no_point, dropout_distance, site_hours, dropout_quality, dropout_wage,
      school_wage_2012;
  double school_poor_lines, senior_entry, senior_poor, vocational_share, vocational_skill;
  double tertiary_entry, tertiary_poor, tertiary_long;
  double fee_preschool, fee_senior, fee_vocational, fee_tertiary;

  double skill_sd = 0.1;  ///< of the population block: spread of newborns' skill
  static std::span<const Parameter<DemographySchool>> table();
};

}  // namespace terrace
