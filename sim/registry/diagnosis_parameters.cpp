#include "registry/parameters.hpp"

namespace terrace {

Livelihood load_livelihood(const ParameterValues& values) {
  Livelihood l;
  l.rho_edu = values.at("wages_labour.rho_edu");
  l.local_place = values.at("wages_labour.local_place");
  l.mig_cost = values.at("wages_labour.mig_cost");
  l.alpha_K = values.at("farm_assets.alpha_K");
  l.K_base = values.at("farm_assets.K_base");
  l.fee_preschool = values.at("demography_school.fee_preschool");
  l.fee_senior = values.at("demography_school.fee_senior");
  l.fee_vocational = values.at("demography_school.fee_vocational");
  l.fee_tertiary = values.at("demography_school.fee_tertiary");
  return l;
}

namespace {

// Published of the register of about 2015, by recorded main cause: illness 42, disaster 20,
// schooling 10, labour 8 per cent. What is left is spread evenly over the other eight. Only ratios
// count, so that of `other` is 1. Ranges: a tenth to ten times.
constexpr const char* kFit =
    "fitted here to the mix of causes on the first register, scenario tpa with a 0.02 sample of "
    "villages";

}  // namespace

std::span<const Parameter<Diagnosis>> Diagnosis::table() {
  using S = Diagnosis;
  static constexpr Parameter<S> rows[] = {
      {&S::diag_error,
       {"diag_error", "1", 0.2, 0, 0.4,
        "chance that the recorded main cause is wrong, without a team; 0: never", "assumption"}},
      {&S::mismatch_effect,
       {"mismatch_effect", "1", 0.4, 0, 1,
        "effect of a measure that answers no true cause; 1: any measure does", "assumption"}},
      {&S::plan_max,
       {"plan_max", "measures", 4, 2, 4, "measures in a plan at most", "assumption; two to four"}},
      {&S::at_random,
       {"at_random", "1", 0, 0, 1,
        "share of households for which as many measures are drawn at random from those that apply",
        "0: prescribed by cause"}},
      {&S::weight_illness,
       {"weight_illness", "1", 4.9, 0.49, 49, "weight of the severity of cause illness", kFit}},
      {&S::weight_disability,
       {"weight_disability", "1", 0.043, 0.0043, 0.43, "weight of the severity of cause disability",
        kFit}},
      {&S::weight_schooling,
       {"weight_schooling", "1", 70, 7, 700, "weight of the severity of cause schooling", kFit}},
      {&S::weight_disaster,
       {"weight_disaster", "1", 8.1, 0.81, 81, "weight of the severity of cause disaster", kFit}},
      {&S::weight_land,
       {"weight_land", "1", 0.9, 0.09, 9, "weight of the severity of cause land", kFit}},
      {&S::weight_water,
       {"weight_water", "1", 0.74, 0.074, 7.4, "weight of the severity of cause water", kFit}},
      {&S::weight_skills,
       {"weight_skills", "1", 0.15, 0.015, 1.5, "weight of the severity of cause skills", kFit}},
      {&S::weight_funds,
       {"weight_funds", "1", 0.76, 0.076, 7.6, "weight of the severity of cause funds", kFit}},
      {&S::weight_labour,
       {"weight_labour", "1", 0.041, 0.0041, 0.41, "weight of the severity of cause labour", kFit}},
      {&S::weight_transport,
       {"weight_transport", "1", 0.9, 0.09, 9, "weight of the severity of cause transport", kFit}},
      {&S::weight_motivation,
       {"weight_motivation", "1", 0.094, 0.0094, 0.94, "weight of the severity of cause motivation",
        kFit}},
      {&S::weight_other,
       {"weight_other", "1", 1, 0.1, 10, "weight of the severity of cause other", kFit}},
  };
  return rows;
}

}  // namespace terrace
