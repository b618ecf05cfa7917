// `terrace schema --study`: what a study may say, as a JSON Schema (draft 2020-12) for editors.
//
// Names come from the tables that the reader goes by. Ranges of a dimension depend on what it
// varies and on the design: `terrace sweep plan` checks them.
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "cli/library.hpp"
#include "cli/print.hpp"
#include "cli/schema_parts.hpp"
#include "cli/verbs.hpp"
#include "scenario/study_parts.hpp"

namespace terrace::cli {
namespace {

using json_schema::described;
using json_schema::Json;
using json_schema::map;
using json_schema::one_of;
using json_schema::whole;
using json_schema::with_default;

// Names with and without what may stand in front of them.
Json names_of(const std::vector<std::string>& names, std::string_view head) {
  Json words = Json::array();
  for (const std::string& name : names) words.push_back(name);
  for (const std::string& name : names) words.push_back(std::string(head) + name);
  return one_of(std::move(words));
}

Json parameter_names(const Model& model) {
  std::vector<std::string> names;
  const auto add = [&names](const ParameterBlock& block) {
    for (const ParameterInfo& info : block.parameters) {
      names.push_back(block.name + '.' + std::string(info.name));
    }
  };
  for (const ParameterBlock& block : model.vocabulary.blocks) add(block);
  for (const PolicyEntry* entry : model.vocabulary.policies) add(entry->parameters);
  return names_of(names, "parameters.");
}

Json policy_names(const Model& model, const std::vector<std::string>& fields) {
  std::vector<std::string> names;
  for (const PolicyEntry* entry : model.vocabulary.policies) {
    for (const std::string& field : fields) {
      names.push_back(std::string(entry->info.name) + '.' + field);
    }
  }
  return names_of(names, "policies.");
}

// Multipliers that can be more than one number.
Json multiplier_names(const Model& model) {
  std::vector<std::string> names;
  for (const PolicyEntry* entry : model.vocabulary.policies) {
    for (const scenario::Multiplier& m : scenario::multipliers(entry->info)) {
      if (m.range.low < m.range.high) names.push_back(std::string(entry->info.name) + '.' + m.name);
    }
  }
  return names_of(names, "policies.");
}

Json series_names(const Model& model) {
  std::set<std::string> names;
  for (const SeriesInfo& info : model.vocabulary.all_series()) names.emplace(info.name);
  return names_of({names.begin(), names.end()}, "series.");
}

Json some(Json items, std::size_t least, std::size_t most) {
  Json out = json_schema::list(std::move(items), least);
  out["maxItems"] = most;
  return out;
}

Json different(Json items, std::size_t least, std::size_t most) {
  Json out = some(std::move(items), least, most);
  out["uniqueItems"] = true;
  return out;
}

// What all dimensions of numbers may have.
Json with_numbers(Json properties) {
  const Json number = {{"type", "number"}};
  properties["levels"] =
      described("values of a grid, or how many",
                {{"anyOf",
                  {different(number, 2, static_cast<std::size_t>(scenario::kMostLevels)),
                   whole(2, scenario::kMostLevels)}}});
  properties["scale"] =
      described("whether equal parts of the range or of its logarithm count alike",
                with_default("linear", one_of({"linear", "log"})));
  return properties;
}

Json with_ends(Json properties) {
  properties["low"] = described("lower end, included", {{"type", "number"}});
  properties["high"] = described("upper end, included", {{"type", "number"}});
  return with_numbers(std::move(properties));
}

Json series_dimension(const Model& model) {
  const auto ends = [](const scenario::Range& range) {
    return some(json_schema::number(range), 2, 2);
  };
  const auto year = [](std::string_view what) {
    return described(what, whole(scenario::kFirstYear, scenario::kLastYear));
  };
  Json out = map(
      with_numbers(
          {{"series", described("a dated series", series_names(model))},
           {"factor", described("[low, high] that it is multiplied by", ends(scenario::kFactor))},
           {"shift", described("[low, high] that is added", ends(scenario::kShift))},
           {"from", year("first year in which it is changed")},
           {"until", year("last year in which it is changed")}}),
      {"series"});
  out["oneOf"] = {{{"required", {"factor"}}}, {{"required", {"shift"}}}};
  return out;
}

Json dimension(const Model& model) {
  const Json months = {{"type", "string"}, {"pattern", "^(20[0-9]{2}|2100)-(0[1-9]|1[0-2])$"}};
  const Json name = parameter_names(model);
  Json names = json_schema::list(name);
  names["uniqueItems"] = true;
  Json forms = Json::array();
  forms.push_back(
      map(with_ends({{"parameter", described("one parameter, or several that take one value",
                                             {{"anyOf", {name, names}}})}}),
          {"parameter"}));
  forms.push_back(map({{"policy", described("a switch", policy_names(model, {"enabled"}))},
                       {"choices", different({{"type", "boolean"}}, 2, 2)}},
                      {"policy"}));
  forms.push_back(map({{"policy", described("a month", policy_names(model, {"from", "until"}))},
                       {"choices", different(months, 2, scenario::kMostLevels)}},
                      {"policy", "choices"}));
  forms.push_back(
      map(with_ends({{"policy", described("a multiplier", multiplier_names(model))}}), {"policy"}));
  forms.push_back(series_dimension(model));
  forms.push_back(
      map({{"scenarios", described("files in the place of the base",
                                   some(json_schema::text(), 2, scenario::kMostScenarios))}},
          {"scenarios"}));
  return {{"anyOf", std::move(forms)}};
}

Json design() {
  const auto n = [](std::int64_t least) {
    return described("how many", whole(least, scenario::kMostPoints));
  };
  const Json seed =
      described("of the design's own draws",
                {{"type", "integer"}, {"minimum", 0}, {"maximum", UINT64_MAX}, {"default", 1}});
  Json levels = described("of Morris's grid", with_default(4, whole(2, scenario::kMostLevels)));
  levels["multipleOf"] = 2;
  const auto form = [](const char* kind, Json own, Json required) {
    own["kind"] = one_of({kind});
    required.push_back("kind");
    return map(std::move(own), std::move(required));
  };
  const Json point = {{"type", "object"},
                      {"additionalProperties", {{"type", {"number", "boolean", "string"}}}}};
  return {
      {"anyOf",
       {form("grid", Json::object(), Json::array()),
        form("list", {{"points", described("every dimension in each", json_schema::list(point))}},
             {"points"}),
        form("list",
             {{"csv", described("a table whose header names the dimensions", json_schema::text())}},
             {"csv"}),
        form("latin-hypercube", {{"n", n(1)}, {"seed", seed}}, {"n"}),
        form("sobol", {{"n", n(1)}}, {"n"}),
        form("saltelli",
             {{"n", n(2)},
              {"second_order",
               described("indices of pairs too", {{"type", "boolean"}, {"default", false}})}},
             {"n"}),
        form("morris", {{"n", n(2)}, {"levels", levels}, {"seed", seed}}, {"n"})}}};
}

// A scenario's keys but those that the study itself gives.
Json over(Json scenario) {
  Json out = std::move(scenario);
  for (const char* key : {"terrace", "name", "title", "extends", "run"}) {
    out["properties"].erase(key);
  }
  out["properties"]["output"]["properties"].erase("indicators");
  for (const char* key : {"$schema", "title", "$defs", "required"}) out.erase(key);
  return described("keys of a scenario, over the base in every run", out);
}

Json study_schema(const Model& model) {
  const Json of_scenario = json_schema::scenario(model);
  Json dimensions = {{"type", "object"},
                     {"patternProperties", {{"^[A-Za-z][A-Za-z0-9_]*$", dimension(model)}}},
                     {"additionalProperties", false},
                     {"minProperties", 1},
                     {"maxProperties", scenario::kMostDimensions}};
  Json seed = of_scenario["properties"]["run"]["properties"]["seed"];
  seed.erase("default");
  Json properties = {
      {"study", described("version of this language", {{"const", 1}})},
      {"name", of_scenario["properties"]["name"]},
      {"title", described("one line for tables", json_schema::text())},
      {"base",
       described("the scenario that is varied, relative to this file", json_schema::loose_text())},
      {"over", over(of_scenario)},
      {"dimensions", described("what varies, by name", dimensions)},
      {"design", described("which points are taken", design())},
      {"replicates",
       described("runs of each point", with_default(1, whole(1, scenario::kMostReplicates)))},
      {"seed", described("of all runs; the base's if left out", seed)},
      {"indicators",
       described("what is kept of each run",
                 {{"anyOf", {one_of({"default"}), json_schema::names(model.vocabulary.indicators)}},
                  {"default", "default"}})},
      {"years", described("[first, last] that are kept",
                          some(whole(scenario::kFirstYear, scenario::kLastYear), 2, 2))},
      {"regions", described("whether the provinces are kept beside the nation",
                            with_default("nation", one_of({"nation", "provinces"})))}};
  Json out = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", "Terrace study"}};
  out.update(map(std::move(properties), {"study", "dimensions", "design"}));
  out["$defs"] = of_scenario["$defs"];
  return out;
}

}  // namespace

Exit schema_study() {
  const Model model;
  put(study_schema(model).dump(2) + "\n");
  return Exit::done;
}

}  // namespace terrace::cli
