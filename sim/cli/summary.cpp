#include "cli/summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>

#include <fmt/core.h>

#include "cli/estimate.hpp"

namespace terrace::cli {
namespace {

constexpr int kFirstYear = 2012;
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

// Yearly national figures out of the monthly results.
class National {
 public:
  explicit National(const record::MemoryRecorder& results) : results_(results) {
    const auto& groups = results.info().groups;
    const auto found = std::find_if(groups.begin(), groups.end(),
                                    [](const GroupInfo& g) { return g.name == "national"; });
    if (found != groups.end()) group_ = static_cast<std::size_t>(found - groups.begin());
  }

  bool exists() const { return group_.has_value(); }

  std::optional<std::size_t> named(const std::string& name) const {
    return find([&](const IndicatorInfo& i) { return i.name == name; });
  }

  std::optional<std::size_t> of_module(std::size_t module, ModuleSum sum) const {
    return find([&](const IndicatorInfo& i) {
      return i.kind == IndicatorKind::total && i.numerator == sum_index(module, sum);
    });
  }

  const IndicatorInfo& info(std::size_t indicator) const {
    return results_.info().indicators[indicator];
  }

  /// December's value, or the year's sum of a flow; the mean over replicates.
  double year(std::size_t indicator, int year) const {
    const RunInfo& run = results_.info();
    const bool flow = run.indicators[indicator].flow;
    double sum = 0.0;
    for (std::uint32_t r = 0; r < run.replicates; ++r) {
      for (int month = flow ? 1 : 12; month <= 12; ++month) {
        sum += value(r, month_of(year, month), indicator);
      }
    }
    return sum / run.replicates;
  }

 private:
  template <class F>
  std::optional<std::size_t> find(F matches) const {
    const auto& all = results_.info().indicators;
    const auto found = std::find_if(all.begin(), all.end(), matches);
    if (found == all.end()) return std::nullopt;
    return static_cast<std::size_t>(found - all.begin());
  }

  double value(std::uint32_t replicate, Month month, std::size_t indicator) const {
    const RunInfo& run = results_.info();
    if (month < run.start || month > run.end) return kNothing;
    const auto m = static_cast<std::size_t>(month - run.start);
    const std::size_t regions = run.groups[*group_].regions.size();
    const std::size_t row =
        (replicate * results_.months() + m) * regions;  // the nation is region 0
    return results_.values(*group_)[row * run.indicators.size() + indicator];
  }

  const record::MemoryRecorder& results_;
  std::optional<std::size_t> group_;
};

struct Column {
  const char* name;
  const char* head;
  bool percent;
};
constexpr Column kColumns[] = {{"headcount_ratio", "poor, %", true},
                               {"mean_income", "mean income", false},
                               {"registered_households", "registered", false},
                               {"exits", "exits", false}};

std::string cell(double value, bool percent) {
  if (std::isnan(value)) return "-";
  return percent ? fmt::format("{:.2f}", 100.0 * value) : count_text(value);
}

std::string years_table(const National& nation, int first, int last) {
  std::string out = "year";
  std::string units = "    ";
  for (const Column& column : kColumns) {
    const auto indicator = nation.named(column.name);
    if (!indicator) continue;
    out += fmt::format("{:>20}", column.head);
    units += fmt::format("{:>20}", column.percent ? "of persons" : nation.info(*indicator).unit);
  }
  out += '\n' + units + '\n';
  for (int year = first; year <= last; ++year) {
    out += std::to_string(year);
    for (const Column& column : kColumns) {
      const auto indicator = nation.named(column.name);
      if (!indicator) continue;
      out += fmt::format("{:>20}", cell(nation.year(*indicator, year), column.percent));
    }
    out += '\n';
  }
  return out;
}

std::string modules_table(const National& nation, const std::vector<std::string>& modules,
                          int year) {
  std::string rows;
  std::string units;
  for (std::size_t m = 0; m < modules.size(); ++m) {
    const auto participants = nation.of_module(m, ModuleSum::participants);
    const auto spending = nation.of_module(m, ModuleSum::spending);
    if (!participants || !spending) continue;
    const double served = nation.year(*participants, year);
    const double spent = nation.year(*spending, year);
    if (units.empty()) units = nation.info(*spending).unit;
    rows +=
        fmt::format("{:<24}{:>20}{:>20}\n", modules[m], cell(served, false), cell(spent, false));
  }
  if (rows.empty()) return {};
  return fmt::format("{:<24}{:>20}{:>20}\n", std::to_string(year), "participants",
                     "spending, " + units) +
         rows;
}

}  // namespace

std::string summary(const record::MemoryRecorder& results,
                    const std::vector<std::string>& modules) {
  const National nation(results);
  if (!nation.exists()) return {};
  const RunInfo& run = results.info();
  const int last = year_of(run.end);
  const int first = std::clamp(kFirstYear, year_of(run.start), last);
  const std::string by_module = modules_table(nation, modules, last);
  return years_table(nation, first, last) + (by_module.empty() ? "" : "\n" + by_module);
}

}  // namespace terrace::cli
