// Winners and losers on the screen.
#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "cli/compare_cells.hpp"

namespace terrace::cli {
namespace {

using analysis::ComparedRun;
using analysis::Comparison;

constexpr std::size_t kGainWidth = 15;
constexpr std::size_t kMostNames = 4;
constexpr std::array<std::pair<const char*, const char*>, 7> kGains = {
    {{"winners", "winners, %"},
     {"losers", "losers, %"},
     {"mean_change", "mean change"},
     {"mean_gain", "mean gain"},
     {"mean_loss", "mean loss"},
     {"lifted", "lifted, %"},
     {"dropped", "dropped, %"}}};

bool too_few(const Cells& at, std::size_t row) {
  return at.text("note", row).ends_with("households");
}

std::string gain_cell(const Cells& at, std::size_t row) {
  if (too_few(at, row)) return "n too small";
  const double factor = at.text("unit", row) == "1" ? 100.0 : 1.0;
  return interval_text(at.number("mean", row), at.number("low", row), at.number("high", row),
                       factor, false);
}

std::string cell_name(const Cells& at, std::size_t row) {
  const std::string& group = at.text("group", row);
  if (group.empty()) return at.text("region_name", row);
  std::string value = at.text("value", row);
  std::replace(value.begin(), value.end(), '_', ' ');
  if (group == "poor_in_base") return value;
  return (group == "status_in_base" ? "register: " : "cause: ") + value;
}

/// A part of the panel: what it is called and where its measures lie.
struct PanelCell {
  std::string name;
  std::map<std::string, std::size_t> rows;  ///< by measure
};

/// Those of the last year.
std::vector<PanelCell> panel_cells(const Comparison& found, const ComparedRun& alt,
                                   const CompareView& view) {
  const Cells at(found.winners);
  using Key = std::tuple<std::string, double, std::string, std::string>;
  std::map<Key, std::size_t> places;
  std::vector<PanelCell> out;
  for (std::size_t row = 0; row < found.winners.rows(); ++row) {
    if (at.text("alt", row) != alt.label || at.number("year", row) != found.years.last) continue;
    const std::string& level = at.text("region_level", row);
    if (level != "national" && !view.regions) continue;
    const Key key{level, at.number("region", row), at.text("group", row), at.text("value", row)};
    const auto [place, added] = places.try_emplace(key, out.size());
    if (added) out.push_back({cell_name(at, row), {}});
    out[place->second].rows[at.text("measure", row)] = row;
  }
  return out;
}

std::string winners_line(const Cells& at, const PanelCell& cell, std::size_t width) {
  std::string out = to_left(cell.name, width);
  for (const auto& [measure, head] : kGains) {
    const auto row = cell.rows.find(measure);
    out += to_right(row == cell.rows.end() ? "-" : gain_cell(at, row->second), kGainWidth);
  }
  return out + '\n';
}

}  // namespace

std::string winners_text(const Comparison& found, const ComparedRun& alt, const CompareView& view) {
  const std::vector<PanelCell> cells = panel_cells(found, alt, view);
  if (cells.empty()) return {};
  const Cells at(found.winners);
  std::string out = fmt::format(
      "households of the panel, each against itself, {}: income a head and year, yuan; groups as "
      "in "
      "{}\n",
      found.years.last, found.base.label);
  const std::size_t width = label_width(cells);
  out += to_left("", width);
  for (const auto& gain : kGains) out += to_right(gain.second, kGainWidth);
  out += '\n';
  std::vector<std::string> few;
  for (const PanelCell& cell : cells) {
    if (too_few(at, cell.rows.at("winners"))) {
      few.push_back(cell.name);
    } else {
      out += winners_line(at, cell, width);
    }
  }
  if (!few.empty()) {
    out += fmt::format("n too small (under {} households): {}\n", analysis::kFewestHouseholds,
                       analysis::shortened(few, kMostNames));
  }
  const auto& nation = cells.front().rows;
  return out +
         fmt::format(
             "living in both runs {:.0f} households of the panel or more; on average {:.3g} in "
             "{} only, {:.3g} in {} only\n",
             at.number("households", nation.at("winners")),
             at.number("mean", nation.at("only_in_base")), found.base.label,
             at.number("mean", nation.at("only_in_alt")), alt.label);
}

}  // namespace terrace::cli
