// Households of a panel whose lives show something: where to begin when no household is named.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/explain.hpp"
#include "analysis/explain_words.hpp"

namespace terrace::explain {
namespace {

// By definition: so many Decembers below the line without ever being listed are worth a look.
constexpr int kPoorDecembers = 2;

/// What the diary has of one household, and how long it was poor.
struct Traces {
  std::array<Month, kEventKinds> first{};  ///< month in which it first happened
  std::array<int, kEventKinds> times{};
  int poor_decembers = 0;
  std::string refused;  ///< module
  std::string unserved;
  std::optional<Month> moved;  ///< when it took up a relocation
  std::string reason_unserved;

  bool had(EventKind kind) const { return times[static_cast<std::size_t>(kind)] > 0; }
  std::string when(EventKind kind) const {
    return month_and_year(first[static_cast<std::size_t>(kind)]);
  }
  int kinds() const {
    return static_cast<int>(std::count_if(times.begin(), times.end(), [](int n) { return n > 0; }));
  }
};

void add(Traces& traces, const Event& event, const PanelBook& book) {
  const auto kind = static_cast<std::size_t>(event.kind);
  if (kind >= kEventKinds) return;
  if (traces.times[kind]++ == 0) traces.first[kind] = event.month;
  Life names;  // whose titles the event's module is told by
  names.modules = book.diary.modules;
  names.titles = book.titles;
  if (event.kind == EventKind::refused && traces.refused.empty()) {
    traces.refused = module_title(event, names);
  }
  if (event.kind == EventKind::unserved && traces.unserved.empty()) {
    traces.unserved = module_title(event, names);
    traces.reason_unserved = clause(event.reason);
  }
  if (event.kind == EventKind::taken && event.module < names.modules.size() &&
      names.modules[event.module] == "relocation" && !traces.moved) {
    traces.moved = event.month;
  }
}

bool knows_poor(const PanelBook& book) {
  return std::any_of(book.panel.columns.begin(), book.panel.columns.end(),
                     [](const PanelColumn& column) { return column.name == "poor"; });
}

std::map<std::uint64_t, Traces> read_traces(const RunReader& run, const PanelBook& book,
                                            std::uint32_t replicate) {
  std::map<std::uint64_t, Traces> traces;
  for (std::size_t i = 0; i < book.diary.events.size(); ++i) {
    if (book.diary.replicates[i] != replicate) continue;
    add(traces[book.diary.events[i].household], book.diary.events[i], book);
  }
  if (!knows_poor(book)) return traces;
  const std::size_t row = book.place_of_replicate(replicate).value();
  const StoredPanelColumn poor = run.panel_column("poor");
  for (std::size_t m = 0; m < book.panel.months.size(); ++m) {
    if (book.panel.burn_in[m] || month_in_year(book.panel.months[m]) != 12) continue;
    for (std::size_t h = 0; h < book.panel.households.size(); ++h) {
      if (poor.at(row, m, h) == 1.0F) ++traces[book.panel.households[h]].poor_decembers;
    }
  }
  return traces;
}

/// A kind of interest: whether a life has it, and how it is put.
struct Interest {
  bool needs_poor;  ///< must know who is poor
  bool (*shown)(const Traces&);
  std::string (*why)(const Traces&);
};

constexpr std::array kInterests{
    Interest{false, [](const Traces& t) { return t.had(EventKind::relapsed); },
             [](const Traces& t) {
               return (t.had(EventKind::exited) ? "exited in " + t.when(EventKind::exited) + " and "
                                                : std::string()) +
                      "relapsed in " + t.when(EventKind::relapsed);
             }},
    Interest{true,
             [](const Traces& t) {
               return t.poor_decembers >= kPoorDecembers && !t.had(EventKind::registered);
             },
             [](const Traces& t) {
               return "never listed, though below the line in " + std::to_string(t.poor_decembers) +
                      " Decembers of the programme";
             }},
    Interest{false, [](const Traces& t) { return t.had(EventKind::refused); },
             [](const Traces& t) {
               return "refused an offer in " + t.when(EventKind::refused) + ": " + t.refused;
             }},
    Interest{false, [](const Traces& t) { return t.moved.has_value(); },
             [](const Traces& t) { return "took up a relocation in " + month_and_year(*t.moved); }},
    Interest{false, [](const Traces& t) { return t.had(EventKind::unserved); },
             [](const Traces& t) {
               return "was not served in " + t.when(EventKind::unserved) + ": " + t.unserved +
                      (t.reason_unserved.empty() ? "" : ", because " + t.reason_unserved);
             }},
    Interest{true,
             [](const Traces& t) { return t.had(EventKind::registered) && t.poor_decembers == 0; },
             [](const Traces& t) {
               return "listed in " + t.when(EventKind::registered) +
                      ", though never below the line in a December of the programme";
             }},
    Interest{false, [](const Traces& t) { return t.had(EventKind::struck_off); },
             [](const Traces& t) { return "struck off in " + t.when(EventKind::struck_off); }},
    Interest{false, [](const Traces& t) { return t.had(EventKind::divided); },
             [](const Traces& t) { return "divided in " + t.when(EventKind::divided); }},
};

}  // namespace

std::vector<Example> examples(const RunReader& run, const PanelBook& book, std::uint32_t replicate,
                              std::size_t each) {
  const std::map<std::uint64_t, Traces> traces = read_traces(run, book, replicate);
  std::vector<Example> found;
  for (const Interest& interest : kInterests) {
    if (interest.needs_poor && !knows_poor(book)) continue;
    std::vector<std::pair<int, std::uint64_t>> ranked;
    for (const auto& [household, t] : traces) {
      if (interest.shown(t)) ranked.emplace_back(-t.kinds(), household);
    }
    std::sort(ranked.begin(), ranked.end());
    std::size_t left = each;
    for (const auto& [rank, household] : ranked) {
      const bool told = std::any_of(found.begin(), found.end(),
                                    [&](const Example& e) { return e.household == household; });
      if (told || left == 0) continue;
      found.push_back({household, interest.why(traces.at(household))});
      --left;
    }
  }
  return found;
}

}  // namespace terrace::explain
