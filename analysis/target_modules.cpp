#include "analysis/target_modules.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>

#include "analysis/interval.hpp"

namespace terrace::analysis {
namespace {

/// Of the nation by module: the last year's value, or of a flow the sum of the years; the mean over
/// replicates.
std::vector<double> of_modules(const RunReader& run, const StoredGroup& group, const char* name) {
  if (std::ranges::find(group.indicators, name) == group.indicators.end()) {
    return std::vector<double>(group.modules.size(), kNoNumber);
  }
  const StoredIndicator data = run.read(group.name, name);
  std::vector<double> out(data.modules, 0.0);
  for (std::size_t m = 0; m < data.modules; ++m) {
    for (std::size_t r = 0; r < data.replicates; ++r) {
      for (std::size_t year = data.flow ? 0 : data.months - 1; year < data.months; ++year)
        out[m] += data.at(r, year, 0, m);
    }
    out[m] /= static_cast<double>(data.replicates);
  }
  return out;
}

}  // namespace

std::vector<ModuleReach> module_reach(const TargetCard& card, const RunReader& run) {
  const std::vector<std::string> groups = run.groups();
  if (std::ranges::find(groups, "modules") == groups.end()) return {};
  const StoredGroup group = run.group("modules");
  const std::vector<double> participants = of_modules(run, group, "participants");
  const std::vector<double> households = of_modules(run, group, "first_taken");
  const std::vector<double> persons = of_modules(run, group, "taken_persons");
  const std::vector<double> spending = of_modules(run, group, "spending");
  std::vector<ModuleReach> out;
  for (std::size_t m = 0; m < group.modules.size(); ++m) {
    ModuleReach& module = out.emplace_back(
        ModuleReach{group.modules[m], participants[m], households[m], persons[m], spending[m], {}});
    for (const TargetResult& r : card.results) {
      if (r.target->module == module.name) module.figures.push_back(&r);
    }
  }
  return out;
}

ResultTable modules_table(const std::vector<ModuleReach>& modules) {
  using M = const ModuleReach&;
  using F = const TargetResult*;
  std::vector<TableColumn> columns;
  const auto each = [&](const auto& add) {
    for (M m : modules) {
      if (m.figures.empty()) add(m, nullptr);
      for (F f : m.figures) add(m, f);
    }
  };
  const auto words = [&](const char* name, const char* meaning,
                         const std::function<std::string(M, F)>& text) {
    TableColumn column{name, "", meaning, true};
    each([&](M m, F f) { column.texts.push_back(text(m, f)); });
    columns.push_back(std::move(column));
  };
  const auto numbers = [&](const char* name, const char* unit, const char* meaning,
                           const std::function<double(M, F)>& number) {
    TableColumn column{name, unit, meaning};
    each([&](M m, F f) { column.numbers.push_back(number(m, f)); });
    columns.push_back(std::move(column));
  };
  words("module", "name of the module", [](M m, F) { return m.name; });
  numbers("participants", "households", "served in the last December",
          [](M m, F) { return m.participants; });
  numbers("households", "households", "that ever accepted it, each counted once",
          [](M m, F) { return m.households; });
  numbers("persons", "persons", "members of accepting households, counted at each acceptance",
          [](M m, F) { return m.persons; });
  numbers("spending", "yuan", "public money since the start, nominal",
          [](M m, F) { return m.spending; });
  words("id", "a figure published of its measure; empty: none",
        [](M, F f) { return f == nullptr ? "" : f->target->id; });
  words("role", "fitted, used, held_out or open",
        [](M, F f) { return f == nullptr ? "" : to_string(f->target->role); });
  words("unit", "of published and simulated",
        [](M, F f) { return f == nullptr ? "" : f->target->unit; });
  numbers("published", "", "published figure, or lower end of a range, in `unit`", [](M, F f) {
    return f == nullptr || f->target->values.empty() ? kNoNumber : published(*f->target).front();
  });
  numbers("simulated", "", "mean over replicates, in `unit`",
          [](M, F f) { return f == nullptr ? kNoNumber : f->mean; });
  numbers("ratio", "1", "simulated over published",
          [](M, F f) { return f == nullptr ? kNoNumber : f->ratio; });
  return {"modules", "What modules reached and spent, beside published figures",
          std::move(columns)};
}

}  // namespace terrace::analysis
