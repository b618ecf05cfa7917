// The indicators of group `modules`: what each module did in a year, whom it reached, and where
// its money went.
#include <array>
#include <string>

#include <terrace/targeting.hpp>

#include "engine/results.hpp"

namespace terrace {

namespace {

using Y = ModuleYearSum;

struct Row {
  const char* name;
  const char* unit;
  bool flow;
  const char* meaning;
  Y sum;
};

constexpr Row kRows[] = {
    {"offered", "households", true, "offers made to households in the year", Y::offered},
    {"taken", "households", true, "of them those accepted", Y::taken},
    {"refused", "households", true, "of them those declined", Y::refused},
    {"unserved", "households", true,
     "eligible and willing households left without place or money in the year", Y::unserved},
    {"failed", "households", true, "households whose measure failed in the year", Y::failed},
    {"off_prescription", "households", true,
     "of those that accepted, households whose plan did not name the measure", Y::off_prescription},
    {"participants", "households", false, "households that the module serves in December",
     Y::participants},
    {"spending", "yuan", true, "public money delivered in the year, nominal", Y::spending},
};

struct FateRow {
  const char* name;
  const char* meaning;
};
// In the order of Fate.
constexpr std::array<FateRow, kFates> kSpent{{
    {"spent_cash", "of it cash to households"},
    {"spent_wages", "of it pay for work in public posts"},
    {"spent_property", "of it dividends and rents of households"},
    {"spent_supplies", "of it builders, schools and other suppliers of measures and works"},
    {"spent_captured", "of it village works that benefited others than the registered"},
}};

struct ServedRow {
  const char* name;
  const char* unit;
  bool flow;
  const char* meaning;
};
// In the order of Served.
constexpr std::array<ServedRow, kServed> kServedRows{{
    {"taken_persons", "persons", true, "members of the households that accepted in the year"},
    {"first_taken", "households", true,
     "of those that accepted, households that never had accepted it before"},
    {"served_persons", "persons", false, "members of the households that it serves in December"},
    {"served_units", "places", false,
     "places that these hold: persons, pupils or posts, as the module counts"},
    {"lent", "yuan", true, "lent by banks, through the module, in the year, nominal"},
}};

/// A flow of the month that the year's row adds up.
constexpr std::array<std::pair<Y, ModuleSum>, 7> kFlows{
    {{Y::offered, ModuleSum::offered},
     {Y::taken, ModuleSum::taken},
     {Y::refused, ModuleSum::refused},
     {Y::unserved, ModuleSum::unserved},
     {Y::failed, ModuleSum::failed},
     {Y::off_prescription, ModuleSum::off_prescription},
     {Y::spending, ModuleSum::spending}}};

constexpr std::size_t index(Y sum) { return static_cast<std::size_t>(sum); }

}  // namespace

std::vector<IndicatorInfo> module_indicators() {
  std::vector<IndicatorInfo> out;
  for (const Row& r : kRows)
    out.push_back({r.name, r.unit, r.meaning, IndicatorKind::total, index(r.sum), 0, r.flow, 0, 0});
  for (std::size_t f = 0; f < kFates; ++f) {
    out.push_back({kSpent[f].name, "yuan", std::string(kSpent[f].meaning) + ", nominal",
                   IndicatorKind::total, index(Y::spent) + f, 0, true, 0, 0});
  }
  for (std::size_t k = 0; k < kServed; ++k) {
    const ServedRow& r = kServedRows[k];
    out.push_back(
        {r.name, r.unit, r.meaning, IndicatorKind::total, index(Y::served) + k, 0, r.flow, 0, 0});
  }
  return out;
}

namespace engine {

void RegionSums::add_module(const CountyReport& report, std::size_t module, double weight) {
  if (sums.empty()) sums.resize(kModuleYearSums, 0.0);
  for (const auto& month : report.sums) {
    for (const auto& [year, of_month] : kFlows)
      sums[index(year)] += weight * month[sum_index(module, of_month)];
  }
  sums[index(Y::participants)] +=
      weight * report.sums[11][sum_index(module, ModuleSum::participants)];
  for (std::size_t f = 0; f < kFates; ++f)
    sums[index(Y::spent) + f] += weight * report.fates[module][f];
  for (std::size_t k = 0; k < kServed; ++k)
    sums[index(Y::served) + k] += weight * report.served[module][k];
}

}  // namespace engine

}  // namespace terrace
