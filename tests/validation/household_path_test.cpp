// The household whose path docs/government.md tells and docs/figures/household_path.svg draws: what
// the tables held of it at each year's close.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <terrace/scenario_file.hpp>
#include <terrace/simulation.hpp>

#include "record/memory_recorder.hpp"
#include "validation/page.hpp"

namespace terrace::validation {
namespace {

struct Station {
  int year = 0;
  double income = 0.0;
  double line = 0.0;
  double exit_line = 0.0;
  double verified = 0.0;  ///< 0 where nobody asked
  Status status = Status::no;
  std::uint8_t diagnosed = kNoCause;
  std::uint8_t causes = 0;
  Measures plan = 0;
  std::string served;
  Watch watch = Watch::none;
  std::uint8_t left = 0;
  std::size_t members = 0;
};

using Path = std::vector<Station>;
using Paths = std::map<std::pair<std::uint16_t, std::uint32_t>, Path>;

std::string served_by(const County& c, std::uint32_t h, const std::vector<std::string>& modules) {
  std::string out;
  for (std::size_t m = 0; m < c.enrolments.size(); ++m) {
    for (const Enrolment& e : c.enrolments[m]) {
      if (e.household != h || e.state != Enrolment::State::running) continue;
      if (out.find(modules[m]) == std::string::npos) out += (out.empty() ? "" : ", ") + modules[m];
    }
  }
  return out;
}

void add(Paths& paths, const CountyYear& y, const std::vector<std::string>& modules) {
  const HouseholdTable& t = y.county.households;
  for (std::uint32_t h = 0; h < t.size(); ++h) {
    Path& path = paths[{y.county.number, t.id[h]}];
    if (y.frame.year < 2013 || (path.empty() && y.frame.year > 2013)) continue;
    Station s;
    s.year = y.frame.year;
    s.income = static_cast<double>(y.income[h]);
    s.line = y.frame.poverty_line;
    s.exit_line = y.frame.exit_line;
    s.verified = t.verified[h] > 0.0F ? static_cast<double>(t.verified[h]) : 0.0;
    s.status = static_cast<Status>(t.status[h]);
    s.diagnosed = t.diagnosed[h];
    s.causes = t.causes[h];
    s.plan = t.plan[h];
    s.served = served_by(y.county, h, modules);
    s.watch = static_cast<Watch>(t.watch[h]);
    s.left = t.left[h];
    s.members = t.members[h];
    path.push_back(std::move(s));
  }
}

/// Poor in 2013, registered in 2014 and served, let go between 2016 and 2019, watched later: a path
/// with all its stations.
bool tells_the_whole(const Path& path) {
  if (path.size() < 11 || path[0].income >= path[0].line) return false;
  bool served = false;
  bool watched = false;
  for (const Station& s : path) {
    served = served || (on_register(s.status) && !s.served.empty());
    watched = watched || s.watch != Watch::none;
  }
  const Station& last = path.back();
  return on_register(path[1].status) && served && watched && last.left >= 16 && last.left <= 19;
}

std::string plan_of(Measures plan) {
  std::string out;
  for (std::size_t m = 0; m < kMeasureKinds; ++m) {
    const auto measure = static_cast<Measure>(m);
    if ((plan & bit(measure)) == 0) continue;
    out += (out.empty() ? "" : ", ") + std::string(name_of(measure));
  }
  return out;
}

std::string standing_of(const Station& s) {
  if (s.watch != Watch::none) return "watched";
  switch (s.status) {
    case Status::no:
      return "not on it";
    case Status::registered:
      return "registered";
    case Status::exited:
      return "exited";
    case Status::relapsed:
      return "relapsed";
    case Status::removed:
      return "struck off";
  }
  return {};
}

std::string cause_of(const Station& s) {
  if (s.diagnosed == kNoCause) return "";
  const auto truth = unpack_causes(s.causes);
  return std::string(name_of(static_cast<Cause>(s.diagnosed))) + " (" +
         std::string(name_of(truth[0])) + ", " + std::string(name_of(truth[1])) + ")";
}

TEST(HouseholdPathSlow, IsWhatThePageTells) {
  PolicyCatalogue catalogue;
  register_builtin_policies(catalogue);
  std::vector<std::string> modules;
  for (const PolicyEntry& e : catalogue.entries()) modules.emplace_back(e.info.name);
  const ScenarioFile file = read_scenario(TERRACE_SOURCE_DIR "/scenarios/mini.yaml",
                                          {"population.provinces=[Guizhou]", "time.end=2023-12"},
                                          catalogue, TERRACE_SOURCE_DIR "/scenarios/data");
  ASSERT_TRUE(file.errors.empty()) << file.errors.front();
  Paths paths;
  RunControl control;
  control.observe = [&](const CountyYear& y) { add(paths, y, modules); };
  SerialRunner runner;
  record::MemoryRecorder recorder;
  ASSERT_TRUE(run_scenario(file.spec, catalogue, runner, recorder, control).finished);

  const auto found = std::find_if(paths.begin(), paths.end(),
                                  [](const auto& entry) { return tells_the_whole(entry.second); });
  ASSERT_NE(found, paths.end()) << "no household of this world goes all the way";
  Section page("household", "government.md");
  page.heading({"Year", "Members", "Income", "z", "x", "Verified", "On the register",
                "Recorded cause (true ones)", "Plan", "Served by"});
  for (const Station& s : found->second) {
    page.row({std::to_string(s.year), std::to_string(s.members), number(s.income, 0),
              number(s.line, 0), number(s.exit_line, 0),
              s.verified > 0.0 ? number(s.verified, 0) : "", standing_of(s), cause_of(s),
              plan_of(s.plan), s.served});
  }
  page.publish();
}

}  // namespace
}  // namespace terrace::validation
