// `terrace schema`: what a scenario may say, as a JSON Schema (draft 2020-12) for editors.
//
// It is made of what the reader of scenarios is made of: names and ranges cannot part from it. It
// accepts every right scenario. What takes more than one value to see (dates out of order, shares
// that do not add up, files that are not there) only `terrace check` finds.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "cli/library.hpp"
#include "cli/print.hpp"
#include "cli/schema_parts.hpp"
#include "cli/verbs.hpp"

namespace terrace::cli {
namespace {

using json_schema::described;
using json_schema::Json;
using json_schema::map;
using json_schema::reference;
using json_schema::whole;
using json_schema::with_default;

std::string due(std::string_view what, std::string_view unit) {
  return unit == "1" ? std::string(what) : std::string(what) + " [" + std::string(unit) + ']';
}

Json parameter(const ParameterInfo& info) {
  Json out = described(due(info.meaning, info.unit) + "; source: " + std::string(info.source),
                       json_schema::number({info.low, info.high}));
  if (scenario::is_year(info)) out["type"] = "integer";
  out["x-unit"] = info.unit;
  return with_default(info.value, std::move(out));
}

Json truth(bool value) { return {{"type", "boolean"}, {"default", value}}; }

// YYYY-MM within the years that scenarios may reach.
Json months(const std::string& month) {
  static_assert(scenario::kFirstYear == 2000 && scenario::kLastYear == 2100);
  return {
      {"type", "string"}, {"pattern", "^(20[0-9]{2}|2100)-(" + month + ")$"}, {"x-unit", "month"}};
}

Json policy(const PolicyEntry& entry) {
  static const std::map<std::string_view, std::string_view> kMeanings = {
      {"capacity", "multiplies places and money; of an entitlement, the share that can be served"},
      {"effect", "multiplies effects"},
      {"cost", "multiplies unit costs"},
      {"ramp", "multiplies the time effects take to build up"}};
  const ModuleInfo& info = entry.info;
  Json out = {
      {"enabled", described("whether the module acts", truth(false))},
      {"from",
       described("first month in force",
                 with_default(std::to_string(info.default_from_year) + "-01", reference("month")))},
      {"until",
       described("last month in force, inclusive", with_default("2100-12", reference("month")))}};
  for (const scenario::Multiplier& m : scenario::multipliers(info)) {
    out[m.name] = described(kMeanings.at(m.name), with_default(1, json_schema::number(m.range)));
    out[m.name]["x-unit"] = "factor";
  }
  for (const ParameterInfo& p : entry.parameters.parameters) out[p.name] = parameter(p);
  return described(info.title, map(std::move(out)));
}

Json policies(const Model& model) {
  Json out = Json::object();
  for (const PolicyEntry* entry : model.vocabulary.policies) out[entry->info.name] = policy(*entry);
  return map(std::move(out));
}

Json parameters(const Model& model) {
  Json out = Json::object();
  for (const ParameterBlock& block : model.vocabulary.blocks) {
    Json of_block = Json::object();
    for (const ParameterInfo& info : block.parameters) of_block[info.name] = parameter(info);
    out[block.name] = map(std::move(of_block));
  }
  return map(std::move(out));
}

// A price base may look like a number, which YAML then reads as one.
Json price_base(std::string_view prices) {
  Json words = {prices};
  if (prices.find_first_not_of("0123456789") == std::string_view::npos) {
    words.push_back(std::stoi(std::string(prices)));
  }
  return json_schema::one_of(std::move(words));
}

Json unit(std::string_view name) {
  Json words = {name};
  if (name == "1") words.push_back(1);
  return json_schema::one_of(std::move(words));
}

Json series(const SeriesInfo& info, const scenario::Range& range) {
  static_assert(scenario::kFirstSeriesYear == 1900 && scenario::kLastSeriesYear == 2200);
  Json values = {
      {"type", "object"},
      {"patternProperties", {{"^(19[0-9]{2}|2[01][0-9]{2}|2200)$", json_schema::number(range)}}},
      {"additionalProperties", false},
      {"minProperties", 1}};
  Json out =
      map({{"unit", unit(info.unit)},
           {"prices", price_base(info.prices)},
           {"source", json_schema::text()},
           {"values", described("by year", values)},
           {"provenance", json_schema::loose_text()},
           {"note", json_schema::loose_text()},
           {"range", described("for people who vary the figures; not read", Json::object())}},
          {"unit", "prices", "source", "values"});
  out["x-unit"] = info.unit;
  return described(due(info.meaning, info.unit), out);
}

// Several parts of the model may read one series: what it holds must suit them all.
Json all_series(const Model& model) {
  std::map<std::string_view, scenario::Range> ranges;
  for (const SeriesInfo& info : model.vocabulary.all_series()) {
    const auto [at, is_new] = ranges.try_emplace(info.name, scenario::Range{info.low, info.high});
    if (is_new) continue;
    at->second.low = std::max(at->second.low, info.low);
    at->second.high = std::min(at->second.high, info.high);
  }
  Json out = Json::object();
  for (const SeriesInfo& info : model.vocabulary.all_series()) {
    out[info.name] = series(info, ranges.at(info.name));
  }
  return map(std::move(out));
}

Json population() {
  const auto share = [](std::string_view what) {
    Json out = described(what, with_default(0.1, json_schema::number(scenario::kSampleShare)));
    out["x-unit"] = "1";
    return out;
  };
  const Json all = json_schema::one_of({"all"});
  Json provinces = json_schema::list(json_schema::text());
  provinces["uniqueItems"] = true;
  return map(
      {{"source",
        described("where people come from", {{"type", "string"},
                                             {"pattern", "^(synthetic|.*\\.(csv|h5|hdf5))$"},
                                             {"default", "synthetic"}})},
       {"persons", described("persons of a survey in CSV", json_schema::loose_text())},
       {"digest", described("the survey must hold these people", json_schema::loose_text())},
       {"layout", described("provinces, kinds of household, margins: a file, or written out",
                            {{"anyOf", {json_schema::text(), reference("layout")}},
                             {"default", "data/china.yaml"}})},
       {"provinces", described("provinces to take part",
                               {{"anyOf", {all, std::move(provinces)}}, {"default", "all"}})},
       {"counties", described("kinds of county to take part",
                              with_default("all", json_schema::one_of({"all", "designated"})))},
       {"sample",
        map({{"counties", share("share of counties drawn in each province and kind, at least one")},
             {"villages", share("share of villages drawn in each such county, at least one")}})}});
}

Json names_or_default(std::string_view what, const std::vector<std::string>& known) {
  return described(what, {{"anyOf", {json_schema::one_of({"default"}), json_schema::names(known)}},
                          {"default", "default"}});
}

Json output(const Model& model) {
  Json keep = json_schema::list(whole(scenario::kFirstYear, scenario::kLastYear), 0);
  keep["uniqueItems"] = true;
  const OutputSpec usual;
  return map(
      {{"indicators", names_or_default("what to record", model.vocabulary.indicators)},
       {"panel",
        map({{"households", described("households followed month by month; 0: none",
                                      with_default(usual.panel_households,
                                                   whole(0, scenario::kMostPanelHouseholds)))},
             {"columns",
              names_or_default("what is kept of them", model.vocabulary.panel_columns)}})},
       {"checkpoints",
        map({{"every",
              described("years from one checkpoint to the next; 0: only when stopped [years]",
                        with_default(usual.checkpoint_every, whole(0, scenario::kMostYears)))},
             {"keep", described("years whose opening state is kept beside the results",
                                with_default(Json::array(), std::move(keep)))}})}});
}

Json run_section() {
  const ScenarioSpec usual;
  Json seed = {{"type", "integer"}, {"minimum", 0}, {"maximum", UINT64_MAX}};
  return map(
      {{"seed", described("of all random draws", with_default(usual.seed, std::move(seed)))},
       {"replicates",
        described("how many independent runs",
                  with_default(usual.replicates, whole(1, scenario::kMostReplicates)))},
       {"first_replicate",
        described("number of the first of them: draws go by the seed and the replicate's number",
                  with_default(usual.first_replicate, whole(0, scenario::kLastFirstReplicate)))}});
}

Json time() {
  return map({{"start", described("first month; up to `programme` is burn-in at the levels of 2012",
                                  with_default("2008-01", reference("january")))},
              {"programme", described("arms may differ from here on",
                                      with_default("2013-01", reference("january")))},
              {"end", described("last month, inclusive",
                                with_default("2020-12", reference("december")))}});
}

}  // namespace

Json json_schema::scenario(const Model& model) {
  Json name = {{"type", "string"},
               {"pattern", "^[A-Za-z0-9_][A-Za-z0-9_.-]*$"},
               {"maxLength", scenario::kLongestName}};
  Json properties = {
      {"terrace", described("version of this language", {{"const", 1}})},
      {"name", described("names the results folder; the file's name if left out", name)},
      {"title", described("one line for tables", json_schema::text())},
      {"extends",
       described("the scenario this one starts from, relative to this file", json_schema::text())},
      {"time", time()},
      {"population", population()},
      {"registry",
       map({{"enabled",
             described("identification, diagnosis, adjustment, exit, delisting and follow-up",
                       truth(true))}})},
      {"policies", policies(model)},
      {"parameters", parameters(model)},
      {"series", all_series(model)},
      {"output", output(model)},
      {"run", run_section()}};
  Json out = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", "Terrace scenario"}};
  out.update(map(std::move(properties), {"terrace"}));
  out["$defs"] = {{"month", months("0[1-9]|1[0-2]")},
                  {"january", months("01")},
                  {"december", months("12")},
                  {"layout", json_schema::layout()}};
  return out;
}

Exit schema() {
  const Model model;
  put(json_schema::scenario(model).dump(2) + "\n");
  return Exit::done;
}

}  // namespace terrace::cli
