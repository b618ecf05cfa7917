// How the population drawn from a survey compares with the survey.
#include <array>
#include <cmath>

#include "population/from_survey.hpp"
#include "population/report_rows.hpp"

namespace terrace {

namespace {

using H = HouseholdField;
using P = PersonField;

enum class Of : std::uint8_t { household, person, adult };  ///< adult: of 16 to 59

/// A weighted mean that is worked out on both sides.
struct Measure {
  const char* name;
  Of of;
  bool share;
};

constexpr auto kMeasures = std::to_array<Measure>({
    {"persons a household", Of::household, false},
    {"contracted land, mu", Of::household, false},
    {"productive assets, yuan of 2012", Of::household, false},
    {"liquid wealth, yuan of 2012", Of::household, false},
    {"durables, yuan of 2012", Of::household, false},
    {"houses of grade C or D", Of::household, true},
    {"safe water", Of::household, true},
    {"insured", Of::household, true},
    {"power", Of::household, true},
    {"network", Of::household, true},
    {"toilet", Of::household, true},
    {"minority", Of::household, true},
    {"cadre kin", Of::household, true},
    {"income a head, yuan of 2012", Of::household, false},
    {"consumption a head, yuan of 2012", Of::household, false},
    {"women, share of persons", Of::person, true},
    {"below 16, share of persons", Of::person, true},
    {"60 and more, share of persons", Of::person, true},
    {"disabled, share of persons", Of::person, true},
    {"chronically ill, share of persons", Of::person, true},
    {"Mandarin, share of persons", Of::person, true},
    {"health, 0 to 1", Of::person, true},
    {"schooling at 16 to 59, years", Of::adult, false},
    {"married, share at 16 to 59", Of::adult, true},
    {"working away, share at 16 to 59", Of::adult, true},
    {"local wage work, share at 16 to 59", Of::adult, true},
});

static_assert(kMeasures.size() == kSurveyMeasures);

/// Adds values of the measures from one on. NaN is not known and left out.
void add_values(SurveyTally& out, double weight, std::span<const double> values, std::size_t from) {
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (std::isnan(values[k])) continue;
    out.sum[from + k] += weight * values[k];
    out.weight[from + k] += weight;
  }
}

constexpr std::size_t first_of(Of of) {
  std::size_t k = 0;
  while (kMeasures[k].of != of) ++k;
  return k;
}

bool is_adult(int age) { return age >= 16 && age < 60; }
double truth(bool value) { return value ? 1.0 : 0.0; }
double activity(float seen, Activity due) {
  return std::isnan(seen) ? static_cast<double>(kUnsurveyed)
                          : truth(seen == static_cast<float>(due));
}

void add_sampled_household(SurveyTally& out, const SurveySample& s, std::size_t h) {
  const auto of = [&](H field) { return static_cast<double>(s.of_household(field, h)); };
  const double house = of(H::house);
  const std::array<double, first_of(Of::person)> values = {
      static_cast<double>(s.members(h)),
      of(H::land_mu),
      of(H::productive_assets),
      of(H::liquid_wealth),
      of(H::durables),
      std::isnan(house) ? house : truth(house >= static_cast<double>(House::c)),
      of(H::safe_water),
      of(H::insured),
      of(H::power),
      of(H::network),
      of(H::toilet),
      of(H::minority),
      of(H::cadre_kin),
      surveyed_income(s, h),
      of(H::consumption)};
  add_values(out, s.weight[h], values, 0);
}

void add_sampled_person(SurveyTally& out, const SurveySample& s, std::size_t i, double weight) {
  const auto of = [&](P field) { return static_cast<double>(s.of_person(field, i)); };
  const int age = static_cast<int>(of(P::age));
  const double disability = of(P::disability);
  const std::array<double, first_of(Of::adult) - first_of(Of::person)> values = {
      of(P::woman),     truth(age < 16),
      truth(age >= 60), std::isnan(disability) ? disability : truth(disability > 0.0),
      of(P::chronic),   of(P::mandarin),
      of(P::health)};
  add_values(out, weight, values, first_of(Of::person));
  if (!is_adult(age)) return;
  const float does = s.of_person(P::activity, i);
  const std::array<double, kMeasures.size() - first_of(Of::adult)> adult = {
      of(P::schooling), of(P::married), activity(does, Activity::migrant),
      activity(does, Activity::local_wage)};
  add_values(out, weight, adult, first_of(Of::adult));
}

SurveyTally tally_sample(const SurveySample& s) {
  SurveyTally out;
  for (std::size_t h = 0; h < s.size(); ++h) {
    add_sampled_household(out, s, h);
    for (std::size_t i = s.first[h]; i < s.first[h + 1]; ++i) {
      add_sampled_person(out, s, i, s.weight[h]);
    }
  }
  return out;
}

void add_household(SurveyTally& out, const HouseholdTable& t, std::size_t h, double weight) {
  const auto has = [&](std::uint8_t bit) { return truth((t.services[h] & bit) != 0); };
  const std::array<double, first_of(Of::person)> values = {
      static_cast<double>(t.members[h]),
      0.01 * t.land[h],
      static_cast<double>(t.assets[h]),
      static_cast<double>(t.wealth[h]),
      10.0 * t.durables[h],
      truth(t.house[h] >= static_cast<std::uint8_t>(House::c)),
      has(service::water),
      has(service::insured),
      has(service::power),
      has(service::network),
      has(service::toilet),
      truth((t.origin[h] & origin::minority) != 0),
      truth((t.origin[h] & origin::cadre_kin) != 0),
      static_cast<double>(t.reference[h]),
      static_cast<double>(t.consumption[h])};
  add_values(out, weight, values, 0);
}

void add_person(SurveyTally& out, const PersonTable& p, std::size_t i, Month start, double weight) {
  const int age = (start - p.birth[i]) / 12;
  const auto has = [&](std::uint8_t bit) { return truth((p.flags[i] & bit) != 0); };
  const std::array<double, first_of(Of::adult) - first_of(Of::person)> values = {
      has(flag::woman),   truth(age < 16),     truth(age >= 60),   truth(p.disability[i] > 0),
      has(flag::chronic), has(flag::mandarin), p.health[i] / 255.0};
  add_values(out, weight, values, first_of(Of::person));
  if (!is_adult(age)) return;
  const float does = p.activity[i];
  const std::array<double, kMeasures.size() - first_of(Of::adult)> adult = {
      static_cast<double>(p.schooling[i]), has(flag::married), activity(does, Activity::migrant),
      activity(does, Activity::local_wage)};
  add_values(out, weight, adult, first_of(Of::adult));
}

std::string reach_rows(const SurveyDraw& draw, const FitTally& tally) {
  static constexpr std::array<const char*, kSurveyReaches> kNames = {
      "their province and kind of county", "their province", "their region", "the whole survey"};
  std::array<double, kSurveyReaches> households{};
  double all = 0.0;
  for (std::size_t k = 0; k < tally.kind_households.size(); ++k) {
    households[static_cast<std::size_t>(draw.reach(k / 2, k % 2 == 1))] += tally.kind_households[k];
    all += tally.kind_households[k];
  }
  std::string out =
      text("%-40s %11s %11s\n", "Households drawn from survey rows of", "million", "share");
  for (std::size_t k = 0; k < kSurveyReaches; ++k) {
    out += text("  %-38s %11.4f %11.4f\n", kNames[k], households[k] / 1e6, households[k] / all);
  }
  return out;
}

}  // namespace

SurveyTally tally_survey(const County& c, Month start) {
  SurveyTally out;
  const double weight = c.weight / c.fraction;
  for (std::size_t h = 0; h < c.households.size(); ++h) add_household(out, c.households, h, weight);
  for (std::size_t i = 0; i < c.persons.size(); ++i) add_person(out, c.persons, i, start, weight);
  return out;
}

std::string survey_report(const PopulationSpec& spec, const FitTally& tally,
                          const PopulationParameters& p) {
  const SurveyDraw draw(spec, p);
  const SurveySample& s = draw.sample();
  std::string out = text("Survey: %zu households, %zu persons, digest %s\n", s.size(), s.persons(),
                         s.digest.c_str());
  out += reach_rows(draw, tally);
  out += text("%-40s %11s %11s %11s\n", "Weighted means", "survey", "drawn", "difference");
  const SurveyTally sample = tally_sample(s);
  const SurveyTally& drawn = tally.survey;
  for (std::size_t k = 0; k < kMeasures.size(); ++k) {
    if (!(sample.weight[k] > 0.0) || !(drawn.weight[k] > 0.0)) continue;
    const double target = sample.sum[k] / sample.weight[k];
    const double got = drawn.sum[k] / drawn.weight[k];
    out += kMeasures[k].share ? share_row(kMeasures[k].name, target, got)
                              : amount_row(kMeasures[k].name, target, got);
  }
  return out;
}

}  // namespace terrace
