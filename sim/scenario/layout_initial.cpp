// The optional section `initial` of a layout.
#include <algorithm>
#include <cmath>

#include <terrace/indicators.hpp>

#include "scenario/layout_sections.hpp"
#include "scenario/ranges.hpp"
#include "scenario/values.hpp"

namespace terrace::scenario {

namespace {

std::vector<std::string> indicator_names() {
  std::vector<std::string> names;
  for (const IndicatorInfo& info : indicators({})) names.push_back(info.name);
  return names;
}

InitialTarget read_row(const Node& node, const std::string& path, Problems& problems) {
  static const std::vector<std::string> kScopes = {"all", "designated", "ratio"};
  InitialTarget out;
  read_map(node, path,
           {{"indicator",
             [&](const Node& value, const std::string& at) {
               const auto names = indicator_names();
               if (const auto word = read_word(value, at, names, problems))
                 out.indicator = names[*word];
             },
             true},
            {"scope",
             [&](const Node& value, const std::string& at) {
               if (const auto word = read_word(value, at, kScopes, problems))
                 out.scope = static_cast<InitialTarget::Scope>(*word);
             }},
            {"value",
             [&](const Node& value, const std::string& at) {
               if (const auto number = read_number(value, at, kInitialValue, problems))
                 out.value = *number;
             },
             true}},
           problems);
  return out;
}

}  // namespace

void read_initial(const Node& node, const std::string& path, const SectionContext& context,
                  Layout& out) {
  Problems& problems = context.problems;
  out.initial.clear();
  const auto rows = [&](const Node& list, const std::string& at) {
    if (!expect_sequence(list, at, problems)) return;
    for (std::size_t i = 0; i < list.items.size(); ++i)
      out.initial.push_back(read_row(list.items[i], at + '[' + std::to_string(i) + ']', problems));
  };
  read_map(node, path, with_sources({{"rows", rows, true}}, context), problems);
}

}  // namespace terrace::scenario
