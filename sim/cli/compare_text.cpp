#include "cli/compare_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

#include <fmt/core.h>

#include "cli/compare_cells.hpp"

namespace terrace::cli {
namespace {

using analysis::ComparedRun;
using analysis::Comparison;

// Those that the runs have are shown, in this order.
constexpr std::array kHeadlines = {"headcount_ratio",
                                   "squared_poverty_gap",
                                   "mean_income",
                                   "gini",
                                   "poor_persons",
                                   "registered_households",
                                   "exits",
                                   "relapses",
                                   "programme_cost",
                                   "exclusion_error_income",
                                   "inclusion_error_income",
                                   "leakage"};
constexpr std::size_t kMostYears = 2;
constexpr std::size_t kMostSettings = 5;
constexpr std::size_t kUnitWidth = 17;
constexpr std::size_t kBaseWidth = 12;
constexpr std::size_t kCellWidth = 20;

struct Period {
  int from;
  int to;
  friend auto operator<=>(const Period&, const Period&) = default;
};

/// The last year and others at even distances before it; and the sum over all, where there is one.
std::vector<Period> shown_years(analysis::Years years, int programme_year) {
  const bool programme = years.last >= programme_year;
  const int first = programme ? std::max(years.first, programme_year) : years.first;
  const std::size_t all = analysis::Years{first, years.last}.count();
  const std::size_t shown = std::min(all, kMostYears);
  std::vector<Period> out;
  for (std::size_t i = 0; i < shown; ++i) {
    const int year = first + static_cast<int>((i + 1) * all / shown) - 1;
    out.push_back({year, year});
  }
  if (programme && all > 1) out.push_back({first, years.last});
  return out;
}

std::string heading(Period period) {
  return period.from == period.to ? std::to_string(period.from)
                                  : fmt::format("{}-{}", period.from, period.to);
}

/// A unit that people read, and by what its numbers are multiplied.
struct Scale {
  std::string unit;
  double factor = 1.0;
};

Scale scale_of(const std::string& unit, double largest) {
  if (unit == "1") return {"% points", 100.0};
  if (largest >= 1e10) return {"billion " + unit, 1e-9};
  if (largest >= 1e7) return {"million " + unit, 1e-6};
  return {unit, 1.0};
}

/// One line of the table: an indicator, region and module, by period its row in the results.
struct Line {
  std::string name;
  std::string unit;  ///< of years; that of sums may differ
  std::map<Period, std::size_t> rows;
};

/// Rows of one run, in the order of the headlines or of the results.
std::vector<Line> lines_of(const Comparison& found, const ComparedRun& alt,
                           const CompareView& view) {
  const Cells at(found.differences);
  std::vector<Line> out;
  std::map<std::string, std::size_t> places;
  for (std::size_t row = 0; row < found.differences.rows(); ++row) {
    if (at.text("alt", row) != alt.label) continue;
    const bool nation = at.text("region_level", row) == "national";
    if (!nation && !view.regions) continue;
    std::string name = at.text("indicator", row);
    if (!at.text("module", row).empty()) name += " " + at.text("module", row);
    if (!nation) name += ", " + at.text("region_name", row);
    const auto [place, added] = places.try_emplace(name, out.size());
    if (added) out.push_back({name, at.text("unit", row), {}});
    const Period period{static_cast<int>(at.number("from_year", row)),
                        static_cast<int>(at.number("to_year", row))};
    out[place->second].rows[period] = row;
  }
  return out;
}

bool starts_with_name(const Line& line, const std::string& name) {
  return line.name == name || line.name.starts_with(name + " ") ||
         line.name.starts_with(name + ",");
}

std::vector<Line> chosen(std::vector<Line> lines, const CompareView& view) {
  if (!view.indicators.empty()) return lines;
  std::vector<Line> out;
  for (const char* name : kHeadlines) {
    for (const Line& line : lines) {
      if (starts_with_name(line, name)) out.push_back(line);
    }
  }
  return out;
}

/// The difference of a row; told where it rests on fewer pairs than the heading says.
std::string difference_cell(const Cells& at, std::size_t row, std::size_t pairs, double factor) {
  std::string out = interval_text(at.number("difference", row), at.number("low", row),
                                  at.number("high", row), factor, true);
  const double n = at.number("n", row);
  if (n == 0.0) return "not in both ";
  if (n < static_cast<double>(pairs)) out += fmt::format("n={:.0f} ", n);
  return out;
}

std::string difference_line(const Cells& at, const Line& line, const std::vector<Period>& periods,
                            Period last_year, std::size_t width, std::size_t pairs) {
  double largest = 0.0;
  for (const Period& period : periods) {
    const auto row = line.rows.find(period);
    if (row != line.rows.end())
      largest = std::max(largest, std::abs(at.number("difference", row->second)));
  }
  const Scale scale = scale_of(line.unit, largest);
  std::string out = to_left(line.name, width) + to_left(scale.unit, kUnitWidth);
  const auto last = line.rows.find(last_year);
  const double base =
      last == line.rows.end() ? analysis::kNoNumber : at.number("base", last->second);
  out += to_right(number_text(scale.factor * base, decimals(scale.factor * std::abs(base))),
                  kBaseWidth);
  for (const Period& period : periods) {
    const auto row = line.rows.find(period);
    out += to_right(
        row == line.rows.end() ? "" : difference_cell(at, row->second, pairs, scale.factor),
        kCellWidth);
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out + "\n";
}

std::string differences_text(const Comparison& found, const ComparedRun& alt,
                             const CompareView& view, std::size_t pairs) {
  const std::vector<Line> lines = chosen(lines_of(found, alt, view), view);
  if (lines.empty()) return {};
  const std::vector<Period> periods = shown_years(found.years, year_of(found.base.facts.programme));
  const std::size_t width = label_width(lines);
  std::string out = to_left("", width) + to_left("unit of a year", kUnitWidth) +
                    to_right(fmt::format("base {}", found.years.last), kBaseWidth);
  for (const Period& period : periods) out += to_right(heading(period) + " ", kCellWidth);
  out += '\n';
  const Cells at(found.differences);
  for (const Line& line : lines)
    out += difference_line(at, line, periods, {found.years.last, found.years.last}, width, pairs);
  const bool money = std::any_of(lines.begin(), lines.end(), [](const Line& line) {
    return line.unit == "yuan" &&
           std::any_of(line.rows.begin(), line.rows.end(),
                       [](const auto& row) { return row.first.from != row.first.to; });
  });
  if (money)
    out += "yuan: nominal, unless `terrace list indicators` says of 2012; sums are not deflated\n";
  return out;
}

std::string run_text(const char* what, const ComparedRun& run) {
  return fmt::format("{} {}: {}, seed {}, {}, digest {}\n", what, run.label, run.facts.scenario,
                     run.facts.seed, analysis::replicates_text(run.facts), run.facts.digest);
}

std::string settings_text(const ComparedRun& alt) {
  std::string out;
  if (alt.differs.empty()) return "  the scenarios are the same\n";
  for (std::size_t i = 0; i < std::min(kMostSettings, alt.differs.size()); ++i) {
    const analysis::SettingDifference& d = alt.differs[i];
    out += fmt::format("  {}: {} -> {}\n", d.key, d.base.empty() ? "none" : d.base,
                       d.alt.empty() ? "none" : d.alt);
  }
  if (alt.differs.size() > kMostSettings) {
    out += fmt::format("  and {} more settings\n", alt.differs.size() - kMostSettings);
  }
  return out;
}

}  // namespace

std::string compare_text(const Comparison& found, const CompareView& view, double confidence) {
  std::string out = run_text("base", found.base);
  for (const ComparedRun& alt : found.alts) {
    const std::size_t n = analysis::common_replicates(found.base.facts, alt.facts).count;
    out += run_text("alt ", alt) + settings_text(alt);
    out += fmt::format("\n{} less {}, ", alt.label, found.base.label);
    out += n < 2 ? std::string("1 replicate: n too small for intervals\n")
                 : fmt::format(
                       "± {} interval over {} pairs of replicates, n= fewer pairs; * it "
                       "excludes 0\n({})\n",
                       analysis::percent_text(confidence), n, analysis::kOneSample);
    out += differences_text(found, alt, view, n);
    const std::string winners = winners_text(found, alt, view);
    if (!winners.empty()) out += '\n' + winners;
    if (&alt != &found.alts.back()) out += '\n';
  }
  return out;
}

}  // namespace terrace::cli
