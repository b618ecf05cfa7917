#include "sweep/plan_json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>

#include <nlohmann/json.hpp>

#include "record/frames.hpp"

namespace terrace::sweep {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::array<std::string_view, 4> kKinds{"parameter", "policy", "series", "scenario"};
constexpr std::array<std::string_view, 2> kChanges{"factor", "shift"};
constexpr std::array<std::string_view, 6> kDesigns{"grid",  "list",     "latin-hypercube",
                                                   "sobol", "saltelli", "morris"};

[[noreturn]] void bad(const std::string& what) { throw record::BadCheckpoint(what); }

template <class Enum, std::size_t N>
std::string word(const std::array<std::string_view, N>& words, Enum value) {
  return std::string(words.at(static_cast<std::size_t>(value)));
}

template <class Enum, std::size_t N>
Enum of_word(const std::array<std::string_view, N>& words, const json& value) {
  const auto text = value.get<std::string>();
  const auto found = std::ranges::find(words, text);
  if (found == words.end()) bad("'" + text + "' is none of the words that may stand there");
  return static_cast<Enum>(found - words.begin());
}

/// Large numbers stand as text: many readers of JSON keep 53 bits of them.
std::uint64_t of_digits(const json& value) {
  const auto text = value.get<std::string>();
  std::uint64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) bad("'" + text + "' is no number");
  return out;
}

/// A whole number that a T holds.
template <class T>
T whole(const json& value) {
  const auto wide = value.get<std::int64_t>();
  if (!value.is_number_integer() || !std::in_range<T>(wide)) bad("a number is out of range");
  return static_cast<T>(wide);
}

ordered_json dimension_json(const StudyDimension& d) {
  ordered_json out = {{"name", d.name}, {"kind", word(kKinds, d.kind)}, {"key", d.key},
                      {"unit", d.unit}, {"meaning", d.meaning},         {"low", d.low},
                      {"high", d.high}, {"log_scale", d.log_scale},     {"whole", d.whole}};
  out["also"] = d.also;
  out["choices"] = d.choices;
  out["levels"] = d.levels;
  out["change"] = word(kChanges, d.change);
  out["from"] = d.from;
  out["until"] = d.until;
  return out;
}

StudyDimension dimension_of(const json& in) {
  StudyDimension d;
  d.name = in.at("name").get<std::string>();
  d.kind = of_word<StudyDimension::Kind>(kKinds, in.at("kind"));
  d.key = in.at("key").get<std::string>();
  d.also = in.at("also").get<std::vector<std::string>>();
  d.unit = in.at("unit").get<std::string>();
  d.meaning = in.at("meaning").get<std::string>();
  d.low = in.at("low").get<double>();
  d.high = in.at("high").get<double>();
  d.log_scale = in.at("log_scale").get<bool>();
  d.whole = in.at("whole").get<bool>();
  d.choices = in.at("choices").get<std::vector<std::string>>();
  d.levels = in.at("levels").get<std::vector<double>>();
  d.change = of_word<StudyDimension::Change>(kChanges, in.at("change"));
  d.from = whole<int>(in.at("from"));
  d.until = whole<int>(in.at("until"));
  return d;
}

Study study_of(const json& in) {
  Study study;
  study.name = in.at("name").get<std::string>();
  study.title = in.at("title").get<std::string>();
  study.replicates = whole<std::uint32_t>(in.at("replicates"));
  if (study.replicates == 0) bad("there are no replicates");
  const json& design = in.at("design");
  study.design.kind = of_word<StudyDesign::Kind>(kDesigns, design.at("kind"));
  study.design.n = whole<std::uint32_t>(design.at("n"));
  study.design.levels = whole<std::uint32_t>(design.at("levels"));
  study.design.second_order = design.at("second_order").get<bool>();
  study.design.seed = of_digits(design.at("seed"));
  for (const json& dimension : in.at("dimensions")) {
    study.dimensions.push_back(dimension_of(dimension));
  }
  const json& output = in.at("output");
  study.output.indicators = output.at("indicators").get<std::vector<std::string>>();
  study.output.first_year = whole<int>(output.at("first_year"));
  study.output.last_year = whole<int>(output.at("last_year"));
  study.output.provinces = output.at("provinces").get<bool>();
  return study;
}

PlanHead head_of(const json& in) {
  if (!in.is_object() || !in.contains("terrace_plan")) bad("it is no plan of a sweep");
  if (in.at("terrace_plan") != kVersion) {
    bad("it was written by another version of Terrace, in a format that this one does not read");
  }
  PlanHead head;
  head.plan.study = study_of(in);
  head.plan.seed = of_digits(in.at("seed"));
  head.plan.digest = in.at("digest").get<std::string>();
  head.points = whole<std::size_t>(in.at("points"));
  for (const json& scenario : in.at("scenarios")) {
    head.scenario_digests.push_back(scenario.at("xxh3_128").get<std::string>());
  }
  head.line_marks = in.at("line_marks").get<std::string>();
  return head;
}

}  // namespace

std::string plan_json(const PlanHead& head) {
  const Study& study = head.plan.study;
  ordered_json out = {{"terrace_plan", kVersion},
                      {"name", study.name},
                      {"title", study.title},
                      {"digest", head.plan.digest},
                      {"runs", head.points * study.replicates},
                      {"points", head.points},
                      {"replicates", study.replicates},
                      {"seed", std::to_string(head.plan.seed)}};
  out["design"] = {{"kind", word(kDesigns, study.design.kind)},
                   {"n", study.design.n},
                   {"levels", study.design.levels},
                   {"second_order", study.design.second_order},
                   {"seed", std::to_string(study.design.seed)}};
  out["dimensions"] = ordered_json::array();
  for (const StudyDimension& d : study.dimensions) out["dimensions"].push_back(dimension_json(d));
  out["output"] = {{"indicators", study.output.indicators},
                   {"first_year", study.output.first_year},
                   {"last_year", study.output.last_year},
                   {"provinces", study.output.provinces}};
  out["scenarios"] = ordered_json::array();
  for (std::size_t i = 0; i < head.scenario_digests.size(); ++i) {
    out["scenarios"].push_back({{"file", "scenarios/" + std::to_string(i) + ".yaml"},
                                {"xxh3_128", head.scenario_digests[i]}});
  }
  out["line_marks"] = head.line_marks;
  return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + '\n';
}

PlanHead read_plan_json(const std::string& text, const std::string& name) try {
  const json in = json::parse(text, nullptr, false);
  if (in.is_discarded()) bad("it is no whole file of JSON");
  return head_of(in);
} catch (const record::BadCheckpoint& error) {
  throw record::BadCheckpoint(name + " cannot be used: " + error.what());
} catch (const nlohmann::json::exception& error) {
  throw record::BadCheckpoint(name + " is damaged: " + error.what());
}

}  // namespace terrace::sweep
