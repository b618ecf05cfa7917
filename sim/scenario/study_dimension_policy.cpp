// Dimensions over policies: switches, months and multipliers.
#include <algorithm>
#include <string_view>
#include <utility>

#include "scenario/ranges.hpp"
#include "scenario/study_dimension.hpp"

namespace terrace::scenario {
namespace {

using Kind = StudyDimension::Kind;

}  // namespace

const PolicyEntry* DimensionReader::module_of(const Node& node, const std::string& path,
                                              std::string& field) {
  const auto text = read_text(node, path, problems_);
  if (!text) return nullptr;
  const std::string key = without_head(*text, "policies.");
  const std::size_t dot = key.find('.');
  if (dot == std::string::npos) {
    problems_.add(node.place, path, in_quotes(*text) + " names no key of a policy",
                  "write it as relocation.enabled");
    return nullptr;
  }
  const std::string module = key.substr(0, dot);
  field = key.substr(dot + 1);
  std::vector<std::string> known;
  for (const PolicyEntry* entry : vocabulary_.policies) {
    if (entry->info.name == module) return entry;
    known.emplace_back(entry->info.name);
  }
  problems_.add(node.place, path, "unknown policy " + in_quotes(module), suggestion(module, known));
  return nullptr;
}

void DimensionReader::read_policy(const Node& node, DraftDimension& out) {
  out.dimension.kind = Kind::policy;
  const Node& named = *node.find("policy");
  const std::string path = join(out.path, "policy");
  std::string field;
  const PolicyEntry* entry = module_of(named, path, field);
  if (entry == nullptr) return;
  const std::string module(entry->info.name);
  out.dimension.key = module + '.' + field;
  if (field == "enabled") return read_switch(node, module, out);
  if (field == "from" || field == "until") return read_months(node, module, field == "from", out);
  for (const Multiplier& m : multipliers(entry->info)) {
    if (field == m.name) return read_multiplier(node, *entry, field, out);
  }
  const auto& own = entry->parameters.parameters;
  if (std::any_of(own.begin(), own.end(), [&](const auto& p) { return p.name == field; })) {
    problems_.add(named.place, path, in_quotes(named.text) + " is a parameter",
                  "write parameter: policies." + module + '.' + field);
    return;
  }
  problems_.add(
      named.place, path, "unknown key " + in_quotes(field) + " of the policy " + module,
      suggestion(field, {"enabled", "from", "until", "capacity", "effect", "cost", "ramp"}));
}

void DimensionReader::choose(std::vector<std::string> choices, DraftDimension& out) {
  StudyDimension& dimension = out.dimension;
  dimension.unit = "1";
  dimension.choices = std::move(choices);
  for (std::size_t i = 0; i < dimension.choices.size(); ++i) {
    dimension.levels.push_back(static_cast<double>(i));
  }
  dimension.high = static_cast<double>(std::max<std::size_t>(dimension.choices.size(), 1) - 1);
}

void DimensionReader::read_switch(const Node& node, const std::string& module,
                                  DraftDimension& out) {
  out.dimension.meaning = "whether the module " + module + " acts";
  // Off is 0 and on is 1 in whatever order they were written, so that signs of effects can be read.
  std::vector<std::string> choices = {"false", "true"};
  const auto read_choices = [&](const Node& value, const std::string& at) {
    out.range_place = value.place;
    out.range_path = at;
    if (!expect_sequence(value, at, problems_)) return;
    choices.clear();
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      const std::string item_at = at + '[' + std::to_string(i) + ']';
      const auto truth = read_bool(value.items[i], item_at, problems_);
      if (truth) choices.emplace_back(*truth ? "true" : "false");
    }
    if (value.items.size() != 2 || (choices.size() == 2 && choices[0] == choices[1])) {
      problems_.add(value.place, at, "a switch has two positions", "write [true, false]");
    }
  };
  read_map(node, out.path,
           {{"policy", [](const Node&, const std::string&) {}}, {"choices", read_choices}},
           problems_);
  std::ranges::sort(choices);
  choose(std::move(choices), out);
}

void DimensionReader::read_months(const Node& node, const std::string& module, bool first,
                                  DraftDimension& out) {
  out.dimension.meaning =
      (first ? "first month in force of the module " : "last month in force of the module ") +
      module;
  std::vector<std::string> choices;
  const auto read_choices = [&](const Node& value, const std::string& at) {
    out.range_place = value.place;
    out.range_path = at;
    if (!expect_sequence(value, at, problems_)) return;
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      const Node& item = value.items[i];
      const std::string item_at = at + '[' + std::to_string(i) + ']';
      if (!read_month(item, item_at, problems_)) continue;
      if (std::find(choices.begin(), choices.end(), item.text) != choices.end()) {
        problems_.add(item.place, item_at, in_quotes(item.text) + " stands in the list already");
      }
      choices.push_back(item.text);
    }
    if (value.items.size() < 2) problems_.add(value.place, at, "fewer than two months");
    std::ranges::sort(choices);  // in time: the digits of a month are those of a year before them
  };
  read_map(node, out.path,
           {{"policy", [](const Node&, const std::string&) {}}, {"choices", read_choices, true}},
           problems_);
  choose(std::move(choices), out);
}

void DimensionReader::read_multiplier(const Node& node, const PolicyEntry& entry,
                                      const std::string& field, DraftDimension& out) {
  static const std::vector<std::pair<std::string_view, const char*>> kMeanings = {
      {"capacity", "multiplies places and money of the module "},
      {"effect", "multiplies effects of the module "},
      {"cost", "multiplies unit costs of the module "},
      {"ramp", "multiplies the time that effects take to build up of the module "}};
  const Node& named = *node.find("policy");
  for (const auto& [name, meaning] : kMeanings) {
    if (field == name) out.dimension.meaning = meaning + std::string(entry.info.name);
  }
  out.dimension.unit = "1";
  for (const Multiplier& m : multipliers(entry.info)) {
    if (field == m.name) out.range = m.range;
  }
  if (out.range.low >= out.range.high) {
    problems_.add(named.place, join(out.path, "policy"),
                  in_quotes(named.text) + " has nothing to multiply, so it cannot vary");
    return;
  }
  Numbers numbers;
  std::vector<Field> fields = number_fields(out, numbers, true);
  fields.push_back({"policy", [](const Node&, const std::string&) {}});
  read_map(node, out.path, fields, problems_);
  finish_numbers(node, numbers, !list(), out);
}

}  // namespace terrace::scenario
