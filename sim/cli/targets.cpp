// `terrace targets`: a run beside published figures.
#include "analysis/targets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <terrace/version.hpp>

#include "analysis/comparable.hpp"
#include "analysis/interval.hpp"
#include "analysis/target_modules.hpp"
#include "cli/library.hpp"
#include "cli/print.hpp"
#include "cli/target_departures.hpp"
#include "cli/verbs.hpp"
#include "record/result_folder.hpp"
#include "record/table_file.hpp"
#include "scenario/targets_reader.hpp"

namespace terrace::cli {
namespace {

namespace fs = std::filesystem;
using analysis::TargetCard;
using analysis::TargetResult;
using analysis::Verdict;
using Json = nlohmann::ordered_json;

constexpr const char* kMarker = "targets.json";
constexpr std::size_t kShownDepartures = 5;
constexpr std::size_t kShownNames = 4;
constexpr std::array<TargetRole, 4> kRoles = {TargetRole::fitted, TargetRole::held_out,
                                              TargetRole::open, TargetRole::used};

/// The library's list, once nothing is wrong with it and the model records what it asks for.
TargetList read_list(const Model& model) {
  scenario::Problems problems;
  const fs::path file = scenario_folder() / "data" / "targets.yaml";
  TargetList list = scenario::read_targets_file(file, problems);
  std::vector<std::string> wrong;
  for (const scenario::Diagnostic& d : problems.sorted()) wrong.push_back(scenario::to_string(d));
  if (wrong.empty()) {
    wrong = analysis::check_answers(list, model.indicators, model.targeting, model.modules);
    for (std::string& text : wrong) text.insert(0, file.string() + ": ");
  }
  if (wrong.empty()) return list;
  for (const std::string& text : wrong) say(text + "\n");
  throw Failure(Exit::bad_scenario,
                fmt::format("{} {} in {}", wrong.size(), wrong.size() == 1 ? "mistake" : "mistakes",
                            file.string()));
}

std::string number(double x) {
  if (std::isnan(x)) return "-";
  return std::abs(x) >= 1000.0 ? fmt::format("{:.0f}", x) : fmt::format("{:.4g}", x);
}

std::string published_text(const Target& target) {
  const std::vector<double> ends = analysis::published(target);
  return ends.size() == 2 ? number(ends[0]) + " to " + number(ends[1]) : number(ends.at(0));
}

std::string tolerance_text(const TargetTolerance& t) {
  const double unit = t.relative ? 100.0 : 1.0;
  return number(unit * t.pass) + " / " + number(unit * t.near) + (t.relative ? " %" : "");
}

std::string simulated_text(const TargetResult& r) {
  std::string out = number(r.mean);
  if (!std::isnan(r.low)) {
    out += " [" + number(r.low) + ", " + number(r.high) + "]" + (r.covered ? "*" : "");
  }
  return out;
}

bool judged(const TargetResult& r) { return r.verdict <= Verdict::fail; }

using Rows = std::vector<std::vector<std::string>>;

std::string laid_out(const Rows& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += fmt::format("{:<{}}  ", row[i], widths[i]);
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

const char* heading(TargetRole role) {
  switch (role) {
    case TargetRole::fitted:
      return "Fitted: constants were set to meet these in the full programme, or tests gate on "
             "them, some in "
             "the arm without one";
    case TargetRole::held_out:
      return "Held out of all fitting";
    case TargetRole::open:
      return "Open: neither fitted nor held out";
    case TargetRole::used:
      break;
  }
  return "Inputs reproduced: the model was given these";
}

void print_role(const TargetCard& card, TargetRole role) {
  Rows rows = {
      {"figure", "published", "simulated", "ratio", "verdict", "pass / near within", "unit"}};
  for (const TargetResult& r : card.results) {
    if (r.target->role != role || !judged(r)) continue;
    rows.push_back({r.target->id, published_text(*r.target), simulated_text(r),
                    std::isnan(r.ratio) ? "" : fmt::format("{:.2f}", r.ratio),
                    analysis::to_string(r.verdict), tolerance_text(r.target->tolerance),
                    r.target->unit});
  }
  if (rows.size() > 1) put(fmt::format("{}\n\n{}\n", heading(role), laid_out(rows)));
}

void print_counts(const TargetCard& card) {
  Rows rows = {{"", "pass", "near", "fail", "not in this run", "no indicator"}};
  const auto add = [&rows](const std::string& name, const analysis::TargetCounts& counts) {
    rows.push_back({name});
    for (const std::size_t n : counts.of) rows.back().push_back(std::to_string(n));
  };
  for (const TargetRole role : kRoles) add(analysis::to_string(role), analysis::count(card, role));
  add("patterns", analysis::count_patterns(card));
  put(laid_out(rows) + "\n");
}

/// Names by reason, the commonest first; all of them with `verbose`.
void print_unanswered(const TargetCard& card, Verdict verdict, const char* title, bool verbose) {
  using Reason = std::pair<std::string, std::vector<std::string>>;
  std::vector<Reason> reasons;
  for (const TargetResult& r : card.results) {
    if (r.verdict != verdict) continue;
    auto at = std::find_if(reasons.begin(), reasons.end(),
                           [&](const Reason& reason) { return reason.first == r.why; });
    if (at == reasons.end()) at = reasons.insert(reasons.end(), {r.why, {}});
    at->second.push_back(r.target->id);
  }
  if (reasons.empty()) return;
  std::stable_sort(reasons.begin(), reasons.end(), [](const Reason& a, const Reason& b) {
    return a.second.size() > b.second.size();
  });
  put(fmt::format("{}\n\n", title));
  for (const auto& [why, ids] : reasons) {
    put(fmt::format("{:4} {}: {}\n", ids.size(), why,
                    analysis::shortened(ids, verbose ? ids.size() : kShownNames)));
  }
  put("\n");
}

void print_patterns(const TargetCard& card) {
  put("Patterns, each by the worst of its figures in this run\n\n");
  Rows rows;
  for (const analysis::PatternResult& p : card.patterns) {
    rows.push_back({fmt::format("{:4}", p.pattern->number), analysis::to_string(p.verdict),
                    std::to_string(p.figures), p.pattern->says});
  }
  put(laid_out(rows) + "\n");
}

void print_text(const TargetCard& card, bool verbose) {
  for (const TargetRole role : kRoles) print_role(card, role);
  put(card.replicates < 2
          ? "One replicate: no intervals.\n\n"
          : fmt::format("[95 % interval of the mean of {} replicates]; * it holds the published "
                        "figure.\n"
                        "({})\n\n",
                        card.replicates, analysis::kOneSample));
  print_counts(card);
  if (verbose) print_patterns(card);
  print_unanswered(card, Verdict::not_in_run, "Not in this run", verbose);
  print_unanswered(card, Verdict::no_indicator, "Without an indicator", verbose);
}

/// What modules reached and spent, each with the figures published of it.
void print_modules(const std::vector<analysis::ModuleReach>& modules) {
  constexpr double kMillion = 1e6;
  constexpr double kBillion = 1e9;
  put("Modules: households served in the last December and that ever accepted, each counted once, "
      "million;\nmembers of accepting households, counted again at each acceptance, million; "
      "public "
      "money since\nthe start, nominal, billion yuan. -: none, as where villages are served and no "
      "household enrols\n\n");
  const auto millions = [](double x) { return x == 0.0 ? "-" : number(x / kMillion); };
  Rows rows = {{"module", "served", "ever", "persons", "money", "figure", "published", "simulated",
                "ratio", "role", "unit"}};
  for (const analysis::ModuleReach& m : modules) {
    std::vector<std::string> row = {m.name, millions(m.participants), millions(m.households),
                                    millions(m.persons), number(m.spending / kBillion)};
    for (const TargetResult* r : m.figures) {
      row.insert(row.end(),
                 {r->target->id, r->target->words.empty() ? published_text(*r->target) : "-",
                  simulated_text(*r), std::isnan(r->ratio) ? "-" : fmt::format("{:.2f}", r->ratio),
                  analysis::to_string(r->target->role), r->target->unit});
      rows.push_back(row);
      row.assign(5, "");
    }
    if (m.figures.empty()) rows.push_back(row);
  }
  put(laid_out(rows) + "\n");
}

Json number_or_null(double x) { return std::isnan(x) ? Json(nullptr) : Json(x); }

Json counts_json(const analysis::TargetCounts& counts) {
  Json out;
  for (std::size_t v = 0; v < analysis::kVerdicts; ++v) {
    out[analysis::to_string(static_cast<Verdict>(v))] = counts.of[v];
  }
  return out;
}

Json figure_json(const TargetResult& r) {
  const Target& t = *r.target;
  Json out = {{"id", t.id},
              {"quantity", t.quantity},
              {"role", analysis::to_string(t.role)},
              {"unit", t.unit},
              {"period", t.period},
              {"scope", t.scope},
              {"source", t.source},
              {"provenance", t.provenance},
              {"published", t.words.empty() ? Json(t.values) : Json(t.words)},
              {"range", t.range},
              {"verdict", analysis::to_string(r.verdict)}};
  if (t.pattern > 0) out["pattern"] = t.pattern;
  if (!r.why.empty()) out["why"] = r.why;
  if (!t.answer) return out;
  out["compared"] = analysis::published(t);
  out["simulated"] = number_or_null(r.mean);
  out["interval"] = Json::array({number_or_null(r.low), number_or_null(r.high)});
  out["ratio"] = number_or_null(r.ratio);
  out["replicates"] = r.replicates;
  out["tolerance"] = {{"pass", t.tolerance.pass},
                      {"near", t.tolerance.near},
                      {"of", t.tolerance.relative ? "figure" : "unit"},
                      {"why", t.tolerance.why}};
  return out;
}

/// What was held against what, and the counts.
Json heading_json(const TargetCard& card, const RunReader& run, const Departures& departed) {
  Json out = {{"scenario", run.attribute("scenario")},
              {"results_digest", run.attribute("results_digest")},
              {"replicates", card.replicates},
              {"departs_from_the_full_programme_in", departed.keys},
              {"smaller_sample", departed.sample},
              {"intervals", analysis::kOneSample}};
  for (const TargetRole role : kRoles) {
    out["counts"][analysis::to_string(role)] = counts_json(analysis::count(card, role));
  }
  out["counts"]["patterns"] = counts_json(analysis::count_patterns(card));
  return out;
}

Json module_json(const analysis::ModuleReach& m) {
  Json out = {{"name", m.name},
              {"participants", number_or_null(m.participants)},
              {"households", number_or_null(m.households)},
              {"persons", number_or_null(m.persons)},
              {"spending", number_or_null(m.spending)},
              {"figures", Json::array()}};
  for (const TargetResult* r : m.figures) out["figures"].push_back(r->target->id);
  return out;
}

void print_json(const TargetCard& card, const std::vector<analysis::ModuleReach>& modules,
                Json out) {
  out["modules"] = Json::array();
  for (const analysis::ModuleReach& m : modules) out["modules"].push_back(module_json(m));
  out["figures"] = Json::array();
  for (const TargetResult& r : card.results) out["figures"].push_back(figure_json(r));
  out["patterns"] = Json::array();
  for (const analysis::PatternResult& p : card.patterns) {
    out["patterns"].push_back({{"number", p.pattern->number},
                               {"says", p.pattern->says},
                               {"figures", p.figures},
                               {"verdict", analysis::to_string(p.verdict)}});
  }
  put(out.dump(2) + "\n");
}

void note_departures(const Departures& departed) {
  if (!departed.keys.empty()) {
    say(
        fmt::format("note: published figures describe the programme as it was; this run is another "
                    "world ({})\n",
                    analysis::shortened(departed.keys, kShownDepartures)));
  }
  if (!departed.sample.empty()) {
    say(
        fmt::format("note: the sample is smaller than the shipped one ({}): another seed, with "
                    "other counties, can change verdicts\n",
                    departed.sample));
  }
}

/// targets.csv, patterns.csv, modules.csv, all in targets.h5, and where they come from.
void write_tables(record::ResultFolder& folder, const TargetCard& card,
                  const std::vector<analysis::ModuleReach>& modules, const Json& heading,
                  const std::string& command) {
  const std::array tables = {analysis::targets_table(card), analysis::patterns_table(card),
                             analysis::modules_table(modules)};
  for (const ResultTable& table : tables) {
    folder.add(table.name + ".csv", record::table_csv(table));
  }
  const std::string text = heading.dump(2) + "\n";
  const char* name = "targets.h5";
  folder.add(name,
             record::tables_image(
                 tables, {{"title", "Published figures beside a run"}, {"terrace_targets", text}},
                 (folder.path() / name).string()));
  Json whole = {{"command", command}, {"terrace_version", kVersion}, {"commit", commit()}};
  whole.update(heading);
  folder.add(kMarker, whole.dump(2) + "\n");
  folder.publish();
}

}  // namespace

Exit targets(const TargetsOptions& options) {
  const Model model;
  const TargetList list = read_list(model);
  const RunReader run(options.directory);
  std::optional<record::ResultFolder> folder;
  if (!options.output.empty()) folder.emplace(options.output, kMarker, options.force);
  const TargetCard card = analysis::evaluate_targets(list, run);
  const Departures departed = departures(options.directory, model);
  const Json heading = heading_json(card, run, departed);
  note_departures(departed);
  const std::vector<analysis::ModuleReach> modules = analysis::module_reach(card, run);
  if (options.json) {
    print_json(card, modules, heading);
  } else if (options.modules) {
    print_modules(modules);
  } else {
    print_text(card, options.verbose);
  }
  if (folder) write_tables(*folder, card, modules, heading, options.command);
  if (!options.strict) return Exit::done;
  const auto any = [&card](auto which) {
    return std::any_of(card.results.begin(), card.results.end(), which);
  };
  if (any([](const TargetResult& r) { return r.verdict == Verdict::fail; })) return Exit::not_met;
  if (any(judged)) return Exit::done;
  say("--strict: this run answers no figure, so that none could fail\n");
  return Exit::not_met;
}

}  // namespace terrace::cli
