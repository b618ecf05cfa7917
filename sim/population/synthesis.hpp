// The synthetic population: from a layout to counties full of villages, households and persons.
//
//   const HouseholdMix mix = fit_household_mix(spec.layout);
//   std::vector<County> counties = lay_out_counties(spec, parameters, seed);
//   for (County& county : counties) synthesise_county(county, spec, parameters, mix, key);
//
// Which counties and villages are in the sample, and their geography, depend on the seed alone;
// households and persons on the replicate too. Whatever is true of a county, a village or a
// household is true of it in every sample, at every rate and beside any other counties: the draws
// are keyed by its number among all, sampled or not.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/random.hpp>
#include <terrace/scenario.hpp>

#include "population/fit_tally.hpp"
#include "population/from_survey.hpp"
#include "population/household_mix.hpp"
#include "population/population_parameters.hpp"

namespace terrace {

/// The counties of the sample in the order of their numbers, with what they are (number to `place`)
/// and no tables yet. Numbers count from 1, province by province, designated counties first.
std::vector<County> lay_out_counties(const PopulationSpec& spec,
                                     const PopulationParameters& parameters, std::uint64_t seed);

/// The part of the nation's poor who live in the counties that the spec covers (sampled or not):
/// national money and places come to a smaller world by this share.
double share_of_national_poor(const PopulationSpec& spec, const PopulationParameters& parameters,
                              std::uint64_t seed);

/// Fills a county's persons, households and villages as they are at the beginning of `start`; its
/// enrolments and ledger stay empty, and the household columns that are computed from persons
/// (labour, elders, away, dropouts and the two wage rates) zero. Touches nothing but `county`. With
/// a survey, households and persons are those of its sample.
void synthesise_county(County& county, const PopulationSpec& spec,
                       const PopulationParameters& parameters, const HouseholdMix& mix, RunKey key,
                       Month start = month_of(2008, 1), const SurveyDraw* survey = nullptr);

/// A table in text of what the population should be and is: target, got, difference. The tally is
/// of counties as synthesise_county has left them; the parameters and start those it was given.
std::string fit_report(const PopulationSpec& spec, const HouseholdMix& mix, const FitTally& tally,
                       const PopulationParameters& parameters);
std::string fit_report(const PopulationSpec& spec, const HouseholdMix& mix,
                       std::span<const County> counties,
                       const PopulationParameters& parameters = default_population_parameters(),
                       Month start = month_of(2008, 1));

/// Names of all random streams used here.
std::span<const std::string_view> population_streams();

}  // namespace terrace
