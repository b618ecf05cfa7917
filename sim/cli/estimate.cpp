#include "cli/estimate.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include <fmt/core.h>
#include <sys/resource.h>
#include <unistd.h>

#include <terrace/county.hpp>
#include <terrace/plan.hpp>
#include <terrace/recorder.hpp>
#include <terrace/simulation.hpp>
#include <terrace/targeting.hpp>

#include "engine/ranks.hpp"
#include "engine/run_info.hpp"
#include "parallel/mpi_ranks.hpp"
#include "population/synthesis.hpp"

namespace terrace::cli {
namespace {

// What columns do not tell. Enrolments of a household in all modules, with the spare room of their
// vectors: docs/memory.md.
constexpr double kEnrolmentsAHousehold = 1.0;
// Scratch of a worker for each household of its largest county: docs/memory.md adds it up.
constexpr double kScratchAHousehold = 173.0;
// What the allocator holds beyond what is asked of it.
constexpr double kSlack = 1.05;
// Of a survey: columns of floats, and each household in up to four pools to be drawn from.
constexpr double kBytesASurveyHousehold = 150.0;
constexpr double kBytesASurveyPerson = 4.0 * kPersonFields;
// Events of a household of the panel in a year.
constexpr double kEventsAYear = 3.0;
// While results are written: they are kept with some room; the file grows in memory by steps and is
// copied once; and HDF5 keeps so much for itself and for each indicator of a group and column of
// the panel. As measured with `mini` and `teach`, with panels of 0, 500 and 2,000 households, and
// with one indicator (40 to 158 MB in all, within four in a hundred).
constexpr double kResultRoom = 1.1;
constexpr double kFileStep = 16.8e6;
constexpr double kWriterBytes = 7.6e6;
constexpr double kWriterBytesAField = 41e3;
// Beyond so many fields HDF5 uses again what it has: `teach` with 21 modules took 8 kB for each of
// some 300 more than with 9.
constexpr double kFieldsInFull = 620.0;
constexpr double kWriterBytesAFurtherField = 8e3;
// Of the file: descriptions, and what compression leaves of values and of the panel.
constexpr double kFileHead = 0.1e6;
constexpr double kFileHeadAField = 3.6e3;
constexpr double kValuesLeft = 0.25;
constexpr double kPanelLeft = 0.31;
constexpr double kPanelLeftOfMany = 0.37;  // households that split off differ between replicates

// Of gathering what ranks tell each other, beside the bytes themselves: at most one call's.
constexpr auto kGathered = static_cast<double>(kLargestPiece);

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

template <class Table>
double row_bytes() {
  Table table;
  double bytes = 0.0;
  table.for_each_column([&](auto& column) {
    bytes += sizeof(typename std::remove_reference_t<decltype(column)>::value_type);
  });
  return bytes;
}

/// A household with its members, its share of its village, and its enrolments.
double household_bytes(const ScenarioSpec& spec) {
  double members = 0.0;
  const std::vector<double>& sizes = spec.population.layout.household_sizes;
  for (std::size_t i = 0; i < sizes.size(); ++i) members += sizes[i] * static_cast<double>(i + 1);
  if (const SurveySample* survey = spec.population.survey.get(); survey != nullptr) {
    members = static_cast<double>(survey->persons()) / static_cast<double>(survey->size());
  }
  double out = row_bytes<HouseholdTable>() + members * row_bytes<PersonTable>() +
               row_bytes<VillageTable>() / spec.parameters.at("population.village_households");
  const bool served = std::any_of(spec.policies.begin(), spec.policies.end(),
                                  [](const auto& policy) { return policy.second.enabled; });
  if (served) out += kEnrolmentsAHousehold * sizeof(Enrolment);
  return out;
}

// What a county reports of a year, without its panel.
double report_bytes(std::size_t modules) {
  const std::size_t numbers =
      12 * (kSums + modules * kModuleSums) + kYearSums + modules * (1 + kFates + kServed);
  return static_cast<double>(sizeof(CountyReport) + sizeof(double) * numbers);
}

// All that is recorded in one year of one replicate.
struct YearBytes {
  double values = 0.0;  ///< of regions
  double panel = 0.0;   ///< with its events
};

YearBytes year_bytes(const ScenarioSpec& spec, const RunInfo& info, double households) {
  YearBytes out;
  for (std::size_t group = 0; group < info.groups.size(); ++group) {
    out.values += static_cast<double>(sizeof(double) * info.rows(group, 12) * info.row_size(group));
  }
  if (!info.panel.empty()) {
    const double row =
        static_cast<double>(12 * sizeof(float) * info.panel.size() + sizeof(PanelHousehold)) +
        kEventsAYear * sizeof(Event);
    out.panel = row * std::min(households, static_cast<double>(spec.output.panel_households));
  }
  return out;
}

double writer_bytes(double fields) {
  return kWriterBytes + kWriterBytesAField * std::min(fields, kFieldsInFull) +
         kWriterBytesAFurtherField * std::max(0.0, fields - kFieldsInFull);
}

/// Indicators of groups and columns of the panel.
double count_fields(const RunInfo& info) {
  std::size_t fields = info.panel.size();
  for (std::size_t group = 0; group < info.groups.size(); ++group) {
    fields += info.indicators_of(group).size();
  }
  return static_cast<double>(fields);
}

double survey_bytes(const SurveySample* survey) {
  if (survey == nullptr) return 0.0;
  return kBytesASurveyHousehold * static_cast<double>(survey->size()) +
         kBytesASurveyPerson * static_cast<double>(survey->persons());
}

/// Households of a replicate, and those that a rank owns.
struct Households {
  std::size_t counties = 0;
  double all = 0.0;
  std::size_t own_counties = 0;
  double own = 0.0;
  double largest = 0.0;  ///< of the largest county of its own
};

Households count_households(const ScenarioSpec& spec, const RankOf& of) {
  const auto parameters =
      load_parameters<PopulationParameters>(kPopulationBlock, population_table(), spec.parameters);
  const std::vector<County> counties = lay_out_counties(spec.population, parameters, spec.seed);
  const std::vector<std::size_t> owner = engine::deal_counties(counties, of.count);
  Households out;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    const double households = counties[i].true_households * counties[i].fraction;
    ++out.counties;
    out.all += households;
    if (owner[i] != of.rank) continue;
    ++out.own_counties;
    out.own += households;
    out.largest = std::max(out.largest, households);
  }
  return out;
}

/// What ranks tell each other at the end of a year, as it arrives: `all` bytes.
double gathered_bytes(double all, const RankOf& of) {
  if (of.count == 1) return 0.0;
  return all + std::min(all, kGathered) + all / static_cast<double>(of.count);
}

void estimate_memory(const ScenarioSpec& spec, double household, const YearBytes& year,
                     const Households& households, std::size_t modules, unsigned threads,
                     const RankOf& of, Estimate& out) {
  const auto counties = static_cast<double>(households.counties);
  const double reports = counties * report_bytes(modules);
  // Reports of the year at hand and of the last; a year's records as they are made and appended.
  out.state_bytes = kSlack * household * households.own + counties * sizeof(County) +
                    2.0 * reports + 2.0 * year.panel + 2.0 * (year.values + year.panel) +
                    gathered_bytes(reports + year.panel, of);
  const double workers = out.worlds > 1 ? static_cast<double>(out.worlds)
                                        : std::min(static_cast<double>(threads),
                                                   static_cast<double>(households.own_counties));
  out.scratch_bytes = workers * households.largest * kScratchAHousehold;
  out.base_bytes = labelled_kilobytes("/proc/self/status", "VmRSS:") +
                   survey_bytes(spec.population.survey.get());
}

}  // namespace

Estimate estimate(const ScenarioSpec& spec, const Model& model, unsigned threads,
                  const RankOf& of) {
  if (threads == 0) threads = default_threads();
  const std::size_t modules = model.catalogue.entries().size();
  const Households households = count_households(spec, of);
  const double household = household_bytes(spec);
  const RunInfo info = engine::info_of(spec, model.catalogue);
  const YearBytes year = year_bytes(spec, info, households.all);
  const double fields = count_fields(info);
  const double years = (spec.end - spec.start + 1) / 12.0;
  const double replicates = spec.replicates;
  Estimate out;
  out.counties = households.counties;
  out.households = households.all;
  out.household_months = households.all * 12.0 * years * replicates;
  out.worlds = of.count > 1 ? 1 : replicates_at_once(spec.replicates, out.counties, threads);
  estimate_memory(spec, household, year, households, modules, threads, of, out);
  const double times = years * replicates;
  out.segment_bytes = times * (year.values + year.panel);
  const double panel_left = spec.replicates > 1 ? kPanelLeftOfMany : kPanelLeft;
  out.file_bytes = kFileHead + kFileHeadAField * fields +
                   times * (kValuesLeft * year.values + panel_left * year.panel);
  out.result_bytes = of.rank > 0
                         ? 0.0
                         : writer_bytes(fields) + kResultRoom * out.segment_bytes +
                               kFileStep * std::ceil(out.file_bytes / kFileStep) + out.file_bytes;
  // One newest state of each replicate, and one for each year that is kept, with the records so
  // far.
  const double state =
      household * households.all + static_cast<double>(out.counties) * report_bytes(modules);
  const auto kept = static_cast<double>(spec.output.checkpoint_keep.size());
  out.checkpoint_bytes = replicates * state * (1.0 + kept);
  return out;
}

unsigned default_threads() { return std::max(1U, std::thread::hardware_concurrency()); }

double machine_bytes() {
  return std::min(labelled_kilobytes("/proc/meminfo", "MemAvailable:"), control_group_bytes());
}

double process_bytes() {
  return std::min(limit_bytes(RLIMIT_AS, "VmSize:"), limit_bytes(RLIMIT_DATA, "VmData:"));
}

double available_bytes() { return std::min(machine_bytes(), process_bytes()); }

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
