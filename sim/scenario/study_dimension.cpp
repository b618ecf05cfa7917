#include "scenario/study_dimension.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "scenario/ranges.hpp"

namespace terrace::scenario {
namespace {

using Kind = StudyDimension::Kind;

// Every parameter by the name that a spec has it under.
std::vector<std::pair<std::string, const ParameterInfo*>> all_parameters(const Vocabulary& v) {
  std::vector<std::pair<std::string, const ParameterInfo*>> all;
  const auto add = [&all](const ParameterBlock& block) {
    for (const ParameterInfo& info : block.parameters) {
      all.emplace_back(block.name + '.' + std::string(info.name), &info);
    }
  };
  for (const ParameterBlock& block : v.blocks) add(block);
  for (const PolicyEntry* entry : v.policies) add(entry->parameters);
  return all;
}

// Counts, codes and lengths in whole months or years that the model rounds to whole numbers: points
// in between would be the same runs under other values. Units do not tell them.
bool is_whole(std::string_view key, const ParameterInfo& info) {
  static constexpr std::array<std::string_view, 22> kWhole = {
      "credit.loan_extension",
      "credit.loan_months",
      "demography_school.bride_from",
      "demography_school.bride_until",
      "demography_school.groom_from",
      "demography_school.groom_until",
      "diagnosis.plan_max",
      "evaluation.tp_n",
      "evaluation.tp_villages",
      "farm_assets.still_years",
      "health.ill_labour_loss",
      "identification.survey_rotation",
      "policies.cash.target",
      "policies.housing.build_months",
      "policies.infrastructure.build_months",
      "policies.infrastructure.works_per_year",
      "policies.relief.lag",
      "policies.resident_teams.settling_months",
      "policies.resident_teams.team_rotation",
      "population.survey_least",
      "social.kin_degree",
      "social.neighbours"};
  return is_year(info) || std::find(kWhole.begin(), kWhole.end(), key) != kWhole.end();
}

// Names become variables of netCDF files and columns of tables, and words of R and Python.
bool identifier(const std::string& name) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto good = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.size() <= kLongestDimension && letter(name[0]) &&
         std::all_of(name.begin(), name.end(), good);
}

}  // namespace

std::string without_head(std::string_view text, std::string_view head) {
  if (text.starts_with(head)) text.remove_prefix(head.size());
  return std::string(text);
}

DimensionReader::DimensionReader(const Vocabulary& vocabulary, const StudyDesign* design,
                                 Folder folder, Problems& problems)
    : vocabulary_(vocabulary),
      design_(design),
      folder_(std::move(folder)),
      series_(vocabulary.all_series()),
      problems_(problems) {}

DraftDimension DimensionReader::read(const Node& name, const Node& node) {
  DraftDimension out;
  out.path = join("dimensions", name.text);
  out.place = name.place;
  out.range_place = node.place;
  out.range_path = out.path;
  out.dimension.name = name.text;
  const std::size_t before = problems_.size();
  if (!identifier(name.text)) {
    problems_.add(
        name.place, out.path, "cannot be a name of a dimension",
        "use a letter, then letters, digits and '_', at most " + std::to_string(kLongestDimension));
  } else if (const auto& words = reserved_words();
             name.text.ends_with("_name") ||
             std::find(words.begin(), words.end(), name.text) != words.end()) {
    problems_.add(name.place, out.path, "is a name that plans and results use themselves",
                  "call the dimension something else");
  }
  if (!expect_map(node, out.path, problems_)) return out;
  struct Form {
    const char* key;
    void (DimensionReader::*read)(const Node&, DraftDimension&);
  };
  static constexpr std::array kForms = {Form{"parameter", &DimensionReader::read_parameter},
                                        Form{"policy", &DimensionReader::read_policy},
                                        Form{"series", &DimensionReader::read_series},
                                        Form{"scenarios", &DimensionReader::read_scenarios}};
  const auto given = [&](const Form& form) { return node.find(form.key) != nullptr; };
  const auto form = std::find_if(kForms.begin(), kForms.end(), given);
  if (std::count_if(kForms.begin(), kForms.end(), given) != 1) {
    problems_.add(node.place, out.path,
                  form == kForms.end() ? "says not what it varies" : "varies more than one thing",
                  "give one of parameter, policy, series, scenarios");
    return out;
  }
  out.place = node.find(form->key)->place;
  (this->*form->read)(node, out);
  out.whole = problems_.size() == before;
  return out;
}

// Parameters.

bool DimensionReader::add_parameter(const Node& node, const std::string& path,
                                    DraftDimension& out) {
  const auto text = read_text(node, path, problems_);
  if (!text) return false;
  const std::string name = without_head(*text, "parameters.");
  const auto all = all_parameters(vocabulary_);
  const auto named = [&all](const std::string& wanted) {
    return std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.first == wanted; });
  };
  const auto found = named(name);
  if (found == all.end()) {
    std::string hint;
    if (named("policies." + name) != all.end()) {
      hint = "did you mean 'policies." + name + "'?";
    } else {
      std::vector<std::string> known;
      for (const auto& [full, info] : all) known.push_back(full);
      hint = suggestion(name, known);
    }
    if (hint.empty()) hint = "`terrace list parameters` names them";
    problems_.add(node.place, path, "unknown parameter " + in_quotes(*text), hint);
    return false;
  }
  StudyDimension& dimension = out.dimension;
  const ParameterInfo& info = *found->second;
  const bool first = dimension.key.empty();
  if (!first && (name == dimension.key || std::find(dimension.also.begin(), dimension.also.end(),
                                                    name) != dimension.also.end())) {
    problems_.add(node.place, path, in_quotes(name) + " stands in the list already");
    return false;
  }
  if (!first && dimension.unit != info.unit) {
    problems_.add(
        node.place, path,
        in_quotes(name) + " is in " + std::string(info.unit) + ", the first in " + dimension.unit,
        "parameters that take one value need one unit");
    return false;
  }
  out.range.low = first ? info.low : std::max(out.range.low, info.low);
  out.range.high = first ? info.high : std::min(out.range.high, info.high);
  dimension.whole = dimension.whole || is_whole(name, info);
  if (!first) {
    dimension.also.push_back(name);
    return true;
  }
  dimension.key = name;
  dimension.unit = info.unit;
  dimension.meaning = info.meaning;
  return true;
}

void DimensionReader::read_parameter(const Node& node, DraftDimension& out) {
  out.dimension.kind = Kind::parameter;
  const Node& names = *node.find("parameter");
  const std::string path = join(out.path, "parameter");
  bool known = true;
  if (names.is_sequence()) {
    if (names.items.empty()) problems_.add(names.place, path, "an empty list", "name at least one");
    for (std::size_t i = 0; i < names.items.size(); ++i) {
      known &= add_parameter(names.items[i], path + '[' + std::to_string(i) + ']', out);
    }
    known &= !names.items.empty();
  } else {
    known = add_parameter(names, path, out);
  }
  if (known && out.range.low >= out.range.high) {
    problems_.add(names.place, path, "the ranges of these parameters have nothing in common");
    known = false;
  }
  if (!known) out.range = {-1e300, 1e300};  // the rest is read for its form only
  Numbers numbers;
  std::vector<Field> fields = number_fields(out, numbers, true);
  fields.push_back({"parameter", [](const Node&, const std::string&) {}});
  read_map(node, out.path, fields, problems_);
  if (known) finish_numbers(node, numbers, false, out);
}

// Scenarios.

void DimensionReader::read_scenarios(const Node& node, DraftDimension& out) {
  out.dimension.kind = Kind::scenario;
  out.dimension.key = "scenario";
  out.dimension.meaning = "scenario that the point changes";
  const auto read_files = [&](const Node& value, const std::string& at) {
    out.range_place = value.place;
    out.range_path = at;
    if (!expect_sequence(value, at, problems_)) return;
    if (value.items.size() < 2 || value.items.size() > kMostScenarios) {
      problems_.add(value.place, at,
                    "must name 2 to " + std::to_string(kMostScenarios) + " scenarios");
    }
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      const Node& item = value.items[i];
      const std::string item_at = at + '[' + std::to_string(i) + ']';
      const auto file = read_text(item, item_at, problems_, true);
      if (!file) continue;
      out.scenarios.push_back({folder_.path / *file,
                               (folder_.shown / *file).lexically_normal().string(), item.place,
                               item_at});
    }
  };
  read_map(node, out.path, {{"scenarios", read_files}}, problems_);
}

}  // namespace terrace::scenario
