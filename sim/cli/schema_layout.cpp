// The schema of a layout. Sums, gaps between ages and correlations that cannot be are beyond what a
// schema can say; `terrace check` finds them.
#include <terrace/indicators.hpp>

#include "cli/schema_parts.hpp"

namespace terrace::cli::json_schema {
namespace {

// A section's own keys with those that every section may have.
Json section(std::string_view what, Json own, Json required) {
  own["unit"] = loose_text();
  own["source"] = loose_text();
  own["provenance"] = loose_text();
  own["note"] = loose_text();
  own["range"] = described("for people who vary the figures; not read", Json::object());
  return described(what, map(std::move(own), std::move(required)));
}

Json quantity(std::string_view what, const char* unit) {
  Json out = section(what, {{"value", number(scenario::kQuantity)}}, {"value"});
  out["properties"]["unit"] = one_of({unit});
  out["x-unit"] = unit;
  return out;
}

Json rows(Json row) { return list(std::move(row)); }

Json ages() {
  Json out = list(whole(0, scenario::kOldest), 2);
  out["maxItems"] = 2;
  return described("[first, last]", out);
}

Json provinces() {
  Json row = map(
      {{"name", text()},
       {"region", one_of({"east", "central", "west"})},
       {"poor_2013", described("poor rural persons", number(scenario::kPoorPersons))},
       {"incidence_2013",
        described("their share of rural persons", number(scenario::kPositiveShare))},
       {"designated", described("designated counties", whole(0, scenario::kMostCountiesOfAKind))},
       {"other", described("other counties", whole(0, scenario::kMostCountiesOfAKind))},
       {"signatory", described("whether it signed the pledge", {{"type", "boolean"}})}},
      {"name", "region", "poor_2013", "incidence_2013", "designated", "other", "signatory"});
  return section("provinces and their counties", {{"rows", rows(std::move(row))}}, {"rows"});
}

Json kinds() {
  Json member = map({{"relation", one_of({"head", "spouse", "child", "parent", "other"})},
                     {"age", ages()},
                     {"female", described("chance", number(scenario::kShare))}},
                    {"relation", "age", "female"});
  Json row = map({{"name", text()},
                  {"prior", described("share of households", number(scenario::kPositiveShare))},
                  {"members", described("the head first", list(std::move(member)))}},
                 {"name", "prior", "members"});
  return section("kinds of household; their priors add up to 1", {{"rows", rows(std::move(row))}},
                 {"rows"});
}

Json initial() {
  Json words = Json::array();
  for (const IndicatorInfo& info : indicators({})) words.push_back(info.name);
  Json row = map({{"indicator", one_of(std::move(words))},
                  {"scope", with_default("all", one_of({"all", "designated", "ratio"}))},
                  {"value", number(scenario::kInitialValue)}},
                 {"indicator", "value"});
  return section("published figures of the last December of burn-in, shown beside the run's",
                 {{"rows", list(std::move(row), 0)}}, {"rows"});
}

Json copula() {
  const Json traits = {"permanent_income", "assets", "wealth", "land", "schooling"};
  Json row = list(number({-1.0, 1.0}), traits.size());
  row["maxItems"] = traits.size();
  Json matrix = list(std::move(row), traits.size());
  matrix["maxItems"] = traits.size();
  return section("correlations of what households own and are",
                 {{"traits", {{"const", traits}}}, {"rows", std::move(matrix)}},
                 {"traits", "rows"});
}

}  // namespace

Json layout() {
  Json sections = {
      {"national_poor_2013",
       quantity("national money and places come to a smaller world by its share of these",
                "persons")},
      {"national_households", quantity("rural households of the nation", "households")},
      {"provinces", provinces()},
      {"kinds", kinds()},
      {"ages", section("persons by age, from 0 without gaps; shares add up to 1",
                       {{"rows", rows(map({{"age", ages()}, {"share", number(scenario::kShare)}},
                                          {"age", "share"}))}},
                       {"rows"})},
      {"household_sizes",
       section("shares of households with 1, 2, ... persons, the last \"or more\"",
               {{"values", list(number(scenario::kShare))}}, {"values"})},
      {"copula", copula()}};
  Json needed = Json::array();
  for (const auto& [name, schema] : sections.items()) needed.push_back(name);
  sections["initial"] = initial();
  Json properties = {{"layout", {{"const", 1}}},
                     {"name", text()},
                     {"note", text()},
                     {"extends", described("a layout whose sections it replaces", text())}};
  properties.update(sections);
  Json out = map(std::move(properties), {"name"});
  out["anyOf"] = {{{"required", {"extends"}}}, {{"required", needed}}};
  return described("a layout written out; relative files count from the scenario's folder", out);
}

}  // namespace terrace::cli::json_schema
