#include <array>
#include <cmath>

#include "population/fit_tally.hpp"
#include "population/from_survey.hpp"
#include "population/report_rows.hpp"
#include "population/synthesis.hpp"

namespace terrace {

namespace {

constexpr std::array<const char*, kTraits> kTraitNames = {"permanent income", "assets", "wealth",
                                                          "land", "schooling"};

/// Expected rural persons of a province in the chosen counties, and those in designated ones.
struct ProvinceTarget {
  double persons = 0.0;
  double designated = 0.0;
};

ProvinceTarget province_target(const PopulationSpec& spec, const ProvinceLayout& province,
                               const PopulationParameters& p) {
  const double all = province.poor_2013 / province.incidence_2013;
  const double poor = province.designated * p.designated_size;
  const double designated = all * poor / (poor + province.other);
  const bool only = spec.counties == PopulationSpec::Counties::designated;
  return {only ? designated : all, designated};
}

std::string margin_rows(const HouseholdMix& mix, const FitTally& tally) {
  std::string out =
      text("Household kinds: fitted in %zu rounds, worst difference %.2g\n", mix.rounds, mix.worst);
  out += heading("Margins, after fitting and drawing");
  for (std::size_t i = 0; i < mix.margins.size(); ++i) {
    const bool size = i < tally.sizes.size();
    const double got = size ? tally.sizes[i] / tally.households
                            : tally.ages[i - tally.sizes.size()] / tally.persons;
    out += share_row(mix.margins[i].what, mix.margins[i].target, got);
  }
  return out + share_row("persons a household", mix.mean_size, tally.persons / tally.households);
}

/// A nation is counted in millions, a village in persons.
struct Unit {
  double size = 1.0;
  const char* name = "";
};

Unit unit_of(const FitTally& tally) {
  return tally.persons < 1e6 ? Unit{1.0, ""} : Unit{1e6, ", million"};
}

/// Whether the province has counties here.
bool sampled(const FitTally& tally, std::size_t province) {
  return tally.kind_households[2 * province] + tally.kind_households[2 * province + 1] > 0.0;
}

std::string place_rows(const PopulationSpec& spec, const PopulationParameters& p,
                       const FitTally& tally) {
  const Unit unit = unit_of(tally);
  std::string out = heading((std::string("Rural persons") + unit.name).c_str());
  ProvinceTarget nation;
  for (std::size_t i = 0; i < spec.layout.provinces.size(); ++i) {
    if (!sampled(tally, i)) continue;
    const ProvinceLayout& province = spec.layout.provinces[i];
    const ProvinceTarget target = province_target(spec, province, p);
    nation.persons += target.persons;
    nation.designated += target.designated;
    out += amount_row(province.name, target.persons / unit.size,
                      tally.province_persons[i] / unit.size);
  }
  out += amount_row("all", nation.persons / unit.size, tally.persons / unit.size);
  return out + share_row("share in designated counties", nation.designated / nation.persons,
                         tally.designated_persons / tally.persons);
}

/// A head's schooling shows the trait through the spread within households.
double seen_correlation(double wanted, std::size_t i, std::size_t j,
                        const PopulationParameters& p) {
  if (i != 4 && j != 4) return wanted;
  const double family = p.school_family * p.school_family;
  const double all = family + p.school_sd * p.school_sd;
  return all > 0.0 ? wanted * std::sqrt(family / all) : 0.0;
}

std::string trait_rows(const PopulationSpec& spec, const PopulationParameters& p,
                       const FitTally& tally) {
  std::string out = heading("Correlations (schooling: the head's)");
  for (std::size_t i = 0; i < kTraits; ++i) {
    for (std::size_t j = i + 1; j < kTraits; ++j) {
      const std::string pair = std::string(kTraitNames[i]) + ", " + kTraitNames[j];
      out += share_row(pair, seen_correlation(spec.layout.correlation[i][j], i, j, p),
                       tally.traits.correlation(i, j));
    }
  }
  out += heading("Medians a household");
  out += amount_row("productive assets, yuan of 2012", p.assets_median, tally.assets.median());
  out += amount_row("liquid wealth, yuan of 2012", p.wealth_median, tally.wealth.median());
  return out + amount_row("contracted land, mu", p.land_median, tally.land.median());
}

std::string free_rows(const FitTally& tally) {
  std::string out = text("%-40s %11s %11s\n", "Not fitted", "", "got");
  const auto row = [&out](const std::string& what, double got) {
    out += text("  %-38s %11s %11.4f\n", what.c_str(), "", got);
  };
  const Unit unit = unit_of(tally);
  row("mean schooling from 16 on, years", tally.adult_schooling / tally.adults);
  row("disabled, share of persons", tally.disabled / tally.persons);
  row("chronically ill, share of persons", tally.chronic / tally.persons);
  row("houses of grade C or D", tally.dilapidated / tally.households);
  row("safe water, share of households", tally.water / tally.households);
  row(std::string("expected poor in 2013") + unit.name, tally.expected_poor / unit.size);
  row("of them where villages may be moved", tally.expected_poor_movable / tally.expected_poor);
  return out;
}

}  // namespace

std::string fit_report(const PopulationSpec& spec, const HouseholdMix& mix, const FitTally& tally,
                       const PopulationParameters& parameters) {
  if (tally.counties == 0) return "No county is in the sample.\n";
  std::string out =
      text("Population: %zu counties, %zu villages, %zu households, %zu persons\n",
           std::size_t{tally.counties}, std::size_t{tally.villages},
           std::size_t{tally.simulated_households}, std::size_t{tally.simulated_persons});
  out += text("standing for %.0f households\n", tally.households);
  // What synthesis is fitted to is no target for people of a survey.
  out += spec.survey ? survey_report(spec, tally, parameters) : margin_rows(mix, tally);
  out += place_rows(spec, parameters, tally);
  if (!spec.survey) out += trait_rows(spec, parameters, tally);
  return out + free_rows(tally);
}

std::string fit_report(const PopulationSpec& spec, const HouseholdMix& mix,
                       std::span<const County> counties, const PopulationParameters& parameters,
                       Month start) {
  return fit_report(spec, mix, tally_population(spec, counties, parameters, start), parameters);
}

}  // namespace terrace
