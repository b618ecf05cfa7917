// `terrace list`: what there is, as a table for people or JSON for programs.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/library.hpp"
#include "cli/print.hpp"
#include "cli/text_width.hpp"
#include "cli/verbs.hpp"
#include "scenario/survey_columns.hpp"
#include "scenario/values.hpp"

namespace terrace::cli {
namespace {

using Json = nlohmann::ordered_json;

// Every topic is a list of records with the same keys, so that one function prints them all.
Json policies(const Model& model) {
  Json out = Json::array();
  for (const PolicyEntry& entry : model.catalogue.entries()) {
    const ModuleInfo& info = entry.info;
    static constexpr const char* kAllocations[] = {"walk",      "places", "entitlement",
                                                   "guarantee", "works",  "grant"};
    static constexpr const char* kPots[] = {"pool", "relocation", "line"};
    std::vector<std::string> series;
    for (const SeriesInfo& s : info.series) series.emplace_back(s.name);
    std::vector<std::string> parameters;
    for (const ParameterInfo& p : entry.parameters.parameters) parameters.emplace_back(p.name);
    Json measures = Json::array();
    for (std::size_t k = 0; k < kMeasureKinds; ++k) {
      const auto measure = static_cast<Measure>(k);
      if ((info.measures & bit(measure)) != 0) measures.push_back(name_of(measure));
    }
    out.push_back({{"name", info.name},
                   {"title", info.title},
                   {"measures", measures},
                   {"allocation", kAllocations[static_cast<std::size_t>(info.allocation)]},
                   {"money", kPots[static_cast<std::size_t>(info.pot)]},
                   {"from", info.default_from_year},
                   {"parameters", parameters},
                   {"series", series}});
  }
  return out;
}

Json parameters(const Model& model) {
  Json out = Json::array();
  const auto add = [&](const ParameterBlock& block, const std::string& prefix) {
    for (const ParameterInfo& p : block.parameters) {
      out.push_back({{"name", prefix + block.name + '.' + std::string(p.name)},
                     {"unit", p.unit},
                     {"default", p.value},
                     {"low", p.low},
                     {"high", p.high},
                     {"meaning", p.meaning},
                     {"source", p.source}});
    }
  };
  for (const ParameterBlock& block : model.vocabulary.blocks) add(block, "parameters.");
  for (const PolicyEntry& entry : model.catalogue.entries()) add(entry.parameters, "");
  return out;
}

Json indicators(const Model& model) {
  Json out = Json::array();
  const auto add = [&](const char* group, const char* stock, const IndicatorInfo& info) {
    out.push_back({{"name", info.name},
                   {"unit", info.unit},
                   {"group", group},
                   {"year", info.flow ? "sum" : stock},
                   {"meaning", info.meaning}});
  };
  for (const IndicatorInfo& info : model.indicators) add("monthly", "December", info);
  for (const IndicatorInfo& info : model.targeting) add("targeting", "31 December", info);
  for (const IndicatorInfo& info : model.modules) add("modules", "December", info);
  return out;
}

Json scenarios(const Model&) {
  Json out = Json::array();
  for (const std::filesystem::path& file : shipped_scenarios()) {
    const scenario::Heading heading = scenario::read_heading(file);
    out.push_back(
        {{"name", file.stem().string()}, {"title", heading.title}, {"file", file.string()}});
  }
  return out;
}

Json series(const Model& model) {
  Json out = Json::array();
  std::vector<std::string_view> seen;
  for (const SeriesInfo& info : model.vocabulary.all_series()) {
    if (std::find(seen.begin(), seen.end(), info.name) != seen.end()) continue;
    seen.push_back(info.name);
    out.push_back({{"name", info.name},
                   {"unit", info.unit},
                   {"prices", info.prices},
                   {"low", info.low},
                   {"high", info.high},
                   {"meaning", info.meaning}});
  }
  return out;
}

Json survey(const Model&) {
  Json out = Json::array();
  const auto add = [&](const char* table, const std::vector<scenario::SurveyColumn>& columns) {
    for (const scenario::SurveyColumn& c : columns) {
      out.push_back({{"table", table},
                     {"name", c.name},
                     {"required", c.required ? "yes" : "no"},
                     {"unit", c.unit},
                     {"accepted", scenario::accepted(c)},
                     {"meaning", c.meaning},
                     {"missing", c.missing}});
    }
  };
  add("households", scenario::household_columns());
  add("persons", scenario::person_columns());
  return out;
}

using Topic = std::pair<std::string, std::function<Json(const Model&)>>;

const std::vector<Topic>& topics() {
  static const std::vector<Topic> kTopics = {{"policies", policies},     {"parameters", parameters},
                                             {"indicators", indicators}, {"scenarios", scenarios},
                                             {"series", series},         {"survey", survey}};
  return kTopics;
}

std::string cell(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return scenario::shortest(value.get<double>());
  if (!value.is_array()) return value.dump();
  std::string out;
  for (const Json& element : value) out += (out.empty() ? "" : " ") + cell(element);
  return out;
}

// Columns as wide as their widest cell; the last one runs to the end of the line.
void print_table(const Json& records) {
  if (records.empty()) return;
  std::vector<std::vector<std::string>> rows(1);
  for (const auto& [key, value] : records.front().items()) rows[0].push_back(key);
  for (const Json& record : records) {
    std::vector<std::string>& row = rows.emplace_back();
    for (const auto& [key, value] : record.items()) row.push_back(cell(value));
  }
  std::vector<std::size_t> widths(rows[0].size(), 0);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) line.append(widths[i] - width_of(row[i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    put(line + "\n");
  }
}

}  // namespace

const std::vector<std::string>& list_topics() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const Topic& topic : topics()) names.push_back(topic.first);
    return names;
  }();
  return kNames;
}

Exit list(const ListOptions& options) {
  const Model model;
  const auto topic = std::find_if(topics().begin(), topics().end(),
                                  [&](const Topic& t) { return t.first == options.what; });
  if (topic == topics().end()) throw Failure(Exit::usage, "unknown topic " + options.what);
  const Json records = topic->second(model);
  if (options.json) {
    put(records.dump(2) + "\n");
  } else {
    print_table(records);
  }
  return Exit::done;
}

}  // namespace terrace::cli
