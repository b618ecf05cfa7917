#include "cli/attribute_text.hpp"

#include <bit>
#include <cmath>
#include <string_view>

#include <fmt/core.h>

#include "cli/compare_cells.hpp"

namespace terrace::cli {
namespace {

using attribution::Attribution;
using attribution::kBatches;
using attribution::Level;
using attribution::Outcome;
using attribution::Share;
using attribution::Sharing;

/// A count with commas between thousands; small ones with a decimal.
std::string number(double value) { return number_text(value, std::fabs(value) < 100.0 ? 1 : 0); }

std::string per_cent(double share) {
  return std::isfinite(share) ? fmt::format("{:.1f}", 100.0 * share) : "-";
}

std::string interval(const analysis::MeanInterval& figure) {
  if (figure.too_small()) return "n too small";
  return number(figure.low) + " to " + number(figure.high);
}

std::string figure_line(std::string_view name, const Share& share) {
  return fmt::format("  {:<20}{:>16}{:>12}   {}\n", name, number(share.figure.mean),
                     per_cent(share.of_effect), interval(share.figure));
}

std::string heading(const Attribution& result, Outcome outcome) {
  if (outcome == Outcome::exits) {
    return fmt::format(
        "Exits: households let go as no longer poor and standing so at the end of {}, net of those "
        "that fell back\n",
        result.end);
  }
  return fmt::format(
      "Squared poverty gap: person-years {}-{}, each times the square of its relative gap to the "
      "line\n(a share below zero is poverty taken away)\n",
      result.branch, result.end);
}

bool is_on(const Attribution& result, std::size_t batch) {
  return (result.able >> batch & 1U) != 0;
}

std::string all_of_them(const Attribution& result) {
  const int on = std::popcount(result.able);
  return on == static_cast<int>(kBatches.size()) ? "all five" : fmt::format("all enabled ({})", on);
}

std::string nation(const Attribution& result, const Sharing& all) {
  std::string text =
      fmt::format("  {:<20}{:>16}\n  {:<20}{:>16}\n\n", "with " + all_of_them(result),
                  number(all.with_all.mean), "with none", number(all.with_none.mean));
  text += fmt::format("  {:<20}{:>16}{:>12}   95 % interval over {} replicate{}\n", "",
                      attribution::unit_of(all.outcome), "per cent", all.effect.figure.n,
                      all.effect.figure.n == 1 ? "" : "s");
  for (std::size_t i = 0; i < kBatches.size(); ++i) {
    text += is_on(result, i) ? figure_line(kBatches.at(i), all.batches.at(i))
                             : fmt::format("  {:<20}{:>16}\n", kBatches.at(i), "not enabled");
  }
  text += figure_line(all_of_them(result), all.effect);
  if (!all.effect.figure.too_small() && !all.effect.figure.excludes_zero()) {
    text += "  the interval of the whole holds 0: no per cent of it\n";
  }
  return text + '\n';
}

std::string title_of(Level level) {
  if (level == Level::cause) return "cause on record in the first register";
  return level == Level::part ? "part of the country" : std::string(name_of(level));
}

bool on_screen(Level level) { return level != Level::county && level != Level::province; }

std::string groups(const Attribution& result, Outcome outcome) {
  std::string text = fmt::format("  {:<20}", "");
  for (const std::string_view batch : kBatches) text += fmt::format("{:>18}", batch);
  text += fmt::format("{:>18}\n", all_of_them(result));
  Level last = Level::nation;
  for (const Sharing& s : result.sharings) {
    if (s.outcome != outcome || !on_screen(s.group.level) || s.group.level == Level::nation) {
      continue;
    }
    if (s.group.level != last) text += "  by " + title_of(s.group.level) + '\n';
    last = s.group.level;
    text += fmt::format("    {:<18}", s.group.name);
    for (std::size_t i = 0; i < kBatches.size(); ++i) {
      text += fmt::format(
          "{:>18}", is_on(result, i) ? number(s.batches.at(i).figure.mean) : std::string("-"));
    }
    text += fmt::format("{:>18}\n", number(s.effect.figure.mean));
  }
  return text;
}

}  // namespace

std::string attribution_text(const Attribution& result) {
  std::string text = fmt::format(
      "Shapley shares of the batches, over households alive at the start of {} with all that split "
      "off later\n",
      result.branch);
  if (result.replicates > 1) text += fmt::format("({})\n", analysis::kOneSample);
  for (const Outcome outcome : {Outcome::exits, Outcome::squared_gap}) {
    text += '\n' + heading(result, outcome);
    for (const Sharing& s : result.sharings) {
      if (s.group.level == Level::nation && s.outcome == outcome) text += nation(result, s);
    }
    text += groups(result, outcome);
  }
  return text;
}

}  // namespace terrace::cli
