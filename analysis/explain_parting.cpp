// Where two lives of one household begin to differ.
#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/explain.hpp"
#include "analysis/explain_words.hpp"

namespace terrace::explain {
namespace {

/// A column's values over months; none for a month outside the run.
const std::vector<float>* values_of(const Life& life, std::string_view column) {
  for (std::size_t c = 0; c < life.columns.size(); ++c) {
    if (life.columns[c].name == column) return &life.values[c];
  }
  return nullptr;
}

bool same_value(float a, float b) { return a == b || (std::isnan(a) && std::isnan(b)); }

std::string_view module_name(const Life& life, const Event& event) {
  return event.module < life.modules.size() ? std::string_view(life.modules[event.module])
                                            : std::string_view();
}

std::span<const Event> events_of(const Life& life, Month month) {
  const auto [first, last] =
      std::equal_range(life.events.begin(), life.events.end(), Event{.month = month},
                       [](const Event& a, const Event& b) { return a.month < b.month; });
  return {first, last};
}

/// The first event of a month that the other life lacks, as "in tpa: ..."; empty if there is none.
std::string event_difference(const Life& one, const Life& other, Month month) {
  const std::span<const Event> first = events_of(one, month);
  const std::span<const Event> second = events_of(other, month);
  const auto same = [&](const Event& a, const Event& b) {
    return a.kind == b.kind && a.reason == b.reason && a.person == b.person &&
           same_value(a.amount, b.amount) && module_name(one, a) == module_name(other, b);
  };
  const auto [a, b] = std::mismatch(first.begin(), first.end(), second.begin(), second.end(), same);
  const auto told = [](const Life& life, const Event& event) {
    return "in " + life.scenario + ": " + sentence(event, life);
  };
  if (a == first.end() && b == second.end()) return "";
  if (a == first.end()) return told(other, *b);
  if (b == second.end()) return told(one, *a);
  return told(one, *a) + "; " + told(other, *b);
}

std::string shown(const PanelColumn& column, float value, int digits) {
  if (std::isnan(value)) return "none";
  const double number = static_cast<double>(value);
  if (!column.flags.empty()) return words_of_code(column, number);
  return grouped(number, digits);
}

/// With as many digits as tell the two apart.
std::pair<std::string, std::string> shown_apart(const PanelColumn& column, float one, float other) {
  constexpr int kMostDigits = 9;
  const bool small = std::abs(one) < 100.0F && std::abs(other) < 100.0F;
  for (int digits = small ? 2 : 0;; ++digits) {
    std::pair texts(shown(column, one, digits), shown(column, other, digits));
    if (texts.first != texts.second || digits == kMostDigits) return texts;
  }
}

/// The first column in which a month differs.
std::string column_difference(const Life& one, const Life& other, std::size_t a, std::size_t b) {
  for (std::size_t c = 0; c < one.columns.size(); ++c) {
    const std::vector<float>* second = values_of(other, one.columns[c].name);
    if (second == nullptr || same_value(one.values[c][a], (*second)[b])) continue;
    const PanelColumn& column = one.columns[c];
    const auto [first_text, second_text] = shown_apart(column, one.values[c][a], (*second)[b]);
    std::string out = column.name;
    out.append(" ").append(first_text).append(" in ").append(one.scenario);
    return out.append(", ").append(second_text).append(" in ").append(other.scenario);
  }
  return "";
}

}  // namespace

std::optional<Parting> parting(const Life& one, const Life& other) {
  for (std::size_t a = 0; a < one.months.size(); ++a) {
    const Month month = one.months[a];
    const auto found = std::lower_bound(other.months.begin(), other.months.end(), month);
    if (found == other.months.end() || *found != month) continue;
    const auto b = static_cast<std::size_t>(found - other.months.begin());
    std::string what = event_difference(one, other, month);
    if (what.empty()) what = column_difference(one, other, a, b);
    if (!what.empty()) return Parting{month, what};
  }
  return std::nullopt;
}

std::string parting_words(const Life& one, const Life& other) {
  const std::optional<Parting> parted = parting(one, other);
  if (!parted) return "The two lives are the same in all months that both runs have.";
  const Month first = std::max(one.months.front(), other.months.front());
  if (parted->month == first) {
    return "The two lives differ from the first month on, " + month_and_year(first) + " (" +
           parted->what + ").";
  }
  return "The two lives are the same until " + month_and_year(parted->month - 1) +
         ". They part in " + month_and_year(parted->month) + " (" + parted->what + ").";
}

}  // namespace terrace::explain
