#include "cli/estimate.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <set>
#include <string>
#include <thread>

#include <fmt/core.h>
#include <sys/resource.h>
#include <unistd.h>

#include "population/synthesis.hpp"

namespace terrace::cli {
namespace {

// Above the target of 200 bytes a household with its members, for room that vectors keep.
constexpr double kBytesAHousehold = 220.0;
constexpr double kBytesACounty = 200'000.0;  // reports, histograms and scratch
constexpr double kBytesAlways = 50e6;
// Of a survey: columns of floats, and each household in up to four pools to be drawn from.
constexpr double kBytesASurveyHousehold = 150.0;
constexpr double kBytesASurveyPerson = 4.0 * kPersonFields;
// Results are kept as they come and once more, as a file image, when they are written.
constexpr double kResultCopies = 2.2;

// Household-months a second and thread, synthesis and writing included, as `tpa` ran in a release
// build on two shared cores of an x86-64 server: 450 million in 159 seconds of processor time.
constexpr double kRate = 2.8e6;

constexpr double kNoLimit = std::numeric_limits<double>::infinity();

double first_number(const std::string& file) {
  std::ifstream in(file);
  double value = kNoLimit;
  return in >> value ? value : kNoLimit;
}

// The number behind a label such as `MemAvailable:`, in kilobytes.
double labelled_kilobytes(const char* file, const std::string& label) {
  std::ifstream in(file);
  std::string word;
  double value = kNoLimit;
  while (in >> word) {
    if (word == label && in >> value) return value * 1024.0;
  }
  return kNoLimit;
}

// Control groups, version 2 and then 1, as a container sees them: at the root of its mount.
double control_group_bytes() {
  double left = kNoLimit;
  for (const std::string base : {"/sys/fs/cgroup/memory.", "/sys/fs/cgroup/memory/memory."}) {
    const bool second = base.ends_with("memory/memory.");
    const double limit = first_number(base + (second ? "limit_in_bytes" : "max"));
    const double used = first_number(base + (second ? "usage_in_bytes" : "current"));
    if (std::isfinite(limit) && std::isfinite(used)) left = std::min(left, limit - used);
  }
  return left;
}

double limit_bytes(int resource, const std::string& used_label) {
  rlimit limit{};
  if (::getrlimit(static_cast<decltype(RLIMIT_AS)>(resource), &limit) != 0 ||
      limit.rlim_cur == RLIM_INFINITY) {
    return kNoLimit;
  }
  const double used = labelled_kilobytes("/proc/self/status", used_label);
  return static_cast<double>(limit.rlim_cur) - (std::isfinite(used) ? used : 0.0);
}

}  // namespace

Estimate estimate(const ScenarioSpec& spec, std::size_t monthly, std::size_t yearly) {
  const auto parameters =
      load_parameters<PopulationParameters>(kPopulationBlock, population_table(), spec.parameters);
  Estimate out;
  std::set<std::size_t> provinces;
  for (const County& county : lay_out_counties(spec.population, parameters, spec.seed)) {
    ++out.counties;
    provinces.insert(county.province);
    out.households += county.true_households * county.fraction;
  }
  const double months = spec.end - spec.start + 1;
  const double regions = static_cast<double>(1 + provinces.size() + out.counties);
  // Numbers of a region and month; those that a scenario picks are counted as monthly.
  const double recorded = spec.indicators.empty()
                              ? static_cast<double>(monthly) + static_cast<double>(yearly) / 12.0
                              : static_cast<double>(spec.indicators.size());
  out.state_bytes = kBytesAlways + kBytesAHousehold * out.households +
                    kBytesACounty * static_cast<double>(out.counties);
  if (const SurveySample* survey = spec.population.survey.get()) {
    out.state_bytes += kBytesASurveyHousehold * static_cast<double>(survey->size()) +
                       kBytesASurveyPerson * static_cast<double>(survey->persons());
  }
  out.result_bytes = kResultCopies * sizeof(double) * months * regions * recorded * spec.replicates;
  out.household_months = out.households * months * spec.replicates;
  out.thread_seconds = out.household_months / kRate;
  return out;
}

unsigned default_threads() { return std::max(1U, std::thread::hardware_concurrency()); }

double available_bytes() {
  return std::min({labelled_kilobytes("/proc/meminfo", "MemAvailable:"), control_group_bytes(),
                   limit_bytes(RLIMIT_AS, "VmSize:"), limit_bytes(RLIMIT_DATA, "VmData:")});
}

std::string bytes_text(double bytes) {
  if (bytes >= 1e9) return fmt::format("{:.1f} GB", bytes / 1e9);
  return fmt::format("{:.0f} MB", std::max(1.0, bytes / 1e6));
}

std::string count_text(double count) {
  const std::string digits = fmt::format("{:.0f}", std::fabs(count));
  std::string out = count < 0 && digits != "0" ? "-" : "";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string seconds_text(double seconds) {
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<long>(std::lround(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace terrace::cli
