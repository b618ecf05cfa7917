#include "cli/summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>

#include <fmt/core.h>

#include <terrace/yearly.hpp>

#include "cli/estimate.hpp"

namespace terrace::cli {
namespace {

constexpr int kFirstYear = 2012;
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

// Yearly national figures out of one group of results; the nation is its region 0.
class National {
 public:
  National(const record::MemoryRecorder& results, const char* name) : results_(results) {
    const auto& groups = results.info().groups;
    const auto found = std::find_if(groups.begin(), groups.end(),
                                    [&](const GroupInfo& g) { return g.name == name; });
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

  const IndicatorInfo& info(std::size_t indicator) const { return indicators()[indicator]; }

  /// December's value, or the year's sum of a flow; the mean over replicates.
  double year(std::size_t indicator, int year) const {
    const RunInfo& run = results_.info();
    const bool yearly = run.groups[*group_].yearly;
    double sum = 0.0;
    for (std::uint32_t r = 0; r < run.replicates; ++r) {
      sum += year_figure(run.start, yearly, info(indicator).flow, year,
                         [&](std::size_t row) { return value(r, row, indicator); });
    }
    return sum / run.replicates;
  }

 private:
  const std::vector<IndicatorInfo>& indicators() const {
    return results_.info().indicators_of(*group_);
  }

  template <class F>
  std::optional<std::size_t> find(F matches) const {
    if (!group_) return std::nullopt;
    const auto& all = indicators();
    const auto found = std::find_if(all.begin(), all.end(), matches);
    if (found == all.end()) return std::nullopt;
    return static_cast<std::size_t>(found - all.begin());
  }

  double value(std::uint32_t replicate, std::size_t row, std::size_t indicator) const {
    const std::size_t rows = results_.rows(*group_);
    if (row >= rows) return kNothing;
    const std::size_t place = replicate * rows + row;
    return results_.values(*group_)[place * results_.info().row_size(*group_) + indicator];
  }

  const record::MemoryRecorder& results_;
  std::optional<std::size_t> group_;
};

struct Column {
  const char* name;
  const char* head;
  bool percent;
  const char* of = "";  ///< what the percentage is of
};
constexpr Column kColumns[] = {{"headcount_ratio", "poor, %", true, "of persons"},
                               {"mean_income", "mean income", false},
                               {"registered_households", "registered", false},
                               {"exits", "exits", false}};
// How the register holds against who is poor by income, and how exits last.
constexpr Column kTargeting[] = {{"exclusion_error_income", "missed, %", true, "of poor persons"},
                                 {"inclusion_error_income", "not poor, %", true, "of registered"},
                                 {"leakage", "leakage, %", true, "of money delivered"},
                                 {"relapse_true", "fell back, %", true, "of those who left"}};

std::string cell(double value, bool percent) {
  if (std::isnan(value)) return "-";
  return percent ? fmt::format("{:.2f}", 100.0 * value) : count_text(value);
}

std::string years_table(const National& nation, std::span<const Column> columns, int first,
                        int last) {
  std::string out = "year";
  std::string units = "    ";
  for (const Column& column : columns) {
    const auto indicator = nation.named(column.name);
    if (!indicator) continue;
    out += fmt::format("{:>20}", column.head);
    units += fmt::format("{:>20}", column.percent ? column.of : nation.info(*indicator).unit);
  }
  if (out.size() == 4) return {};  // none of them was recorded
  out += '\n' + units + '\n';
  for (int year = first; year <= last; ++year) {
    out += std::to_string(year);
    for (const Column& column : columns) {
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
  const National nation(results, "national");
  if (!nation.exists()) return {};
  const RunInfo& run = results.info();
  const int last = year_of(run.end);
  const int first = std::clamp(kFirstYear, year_of(run.start), last);
  const int programme = std::clamp(year_of(run.programme) + 1, first, last);
  std::string out = years_table(nation, kColumns, first, last);
  for (const std::string& more :
       {years_table(National(results, "targeting"), kTargeting, programme, last),
        modules_table(nation, modules, last)}) {
    if (!more.empty()) out += (out.empty() ? "" : "\n") + more;
  }
  return out;
}

}  // namespace terrace::cli
