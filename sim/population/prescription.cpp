// The table of causes and measures (design: government, section 3).
#include <algorithm>

#include <terrace/prescription.hpp>

namespace terrace {

namespace {

using M = Measure;

constexpr M kIllness[] = {M::health, M::allowance, M::ecological_post, M::labour_service};
constexpr M kDisability[] = {M::allowance, M::care, M::solar, M::labour_service};
constexpr M kSchooling[] = {M::education, M::labour_service, M::ecological_post};
constexpr M kDisaster[] = {M::relocation, M::infrastructure, M::ecological_post, M::industry};
constexpr M kLand[] = {M::relocation, M::labour_service, M::industry};
constexpr M kWater[] = {M::infrastructure, M::water, M::relocation, M::industry};
constexpr M kSkills[] = {M::training, M::workshop, M::labour_service};
constexpr M kFunds[] = {M::loan, M::industry};
constexpr M kLabour[] = {M::allowance, M::solar, M::industry, M::care};
constexpr M kTransport[] = {M::relocation, M::infrastructure, M::commerce};
constexpr M kMotivation[] = {M::workshop, M::industry, M::training};
constexpr M kOther[] = {M::industry, M::labour_service, M::allowance};

constexpr std::span<const M> kRows[kCauses] = {kIllness, kDisability, kSchooling,  kDisaster,
                                               kLand,    kWater,      kSkills,     kFunds,
                                               kLabour,  kTransport,  kMotivation, kOther};

constexpr std::string_view kCauseNames[kCauses] = {
    "illness", "disability", "schooling", "disaster",  "land",       "water",
    "skills",  "funds",      "labour",    "transport", "motivation", "other"};

constexpr std::string_view kMeasureNames[kMeasureKinds] = {
    "industry",       "workshop",   "training",        "labour_service",
    "loan",           "relocation", "ecological_post", "education",
    "allowance",      "health",     "housing",         "water",
    "infrastructure", "solar",      "commerce",        "care"};

}  // namespace

std::span<const Measure> measures_for(Cause cause) {
  return kRows[static_cast<std::size_t>(cause)];
}

bool answers(Measures measures, Cause cause) {
  const auto row = measures_for(cause);
  return std::any_of(row.begin(), row.end(), [=](Measure m) { return (measures & bit(m)) != 0; });
}

std::string_view name_of(Cause cause) { return kCauseNames[static_cast<std::size_t>(cause)]; }
std::string_view name_of(Measure measure) {
  return kMeasureNames[static_cast<std::size_t>(measure)];
}

}  // namespace terrace
