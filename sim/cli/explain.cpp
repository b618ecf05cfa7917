// `terrace explain`: one panel household's life in words, or the lives of the same household in two
// runs beside each other.
#include "analysis/explain.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <sys/ioctl.h>
#include <unistd.h>

#include <terrace/policy.hpp>
#include <terrace/run_reader.hpp>

#include "cli/print.hpp"
#include "cli/verbs.hpp"

namespace terrace::cli {
namespace {

using Json = nlohmann::ordered_json;
using explain::Life;
using explain::PanelBook;
using explain::Story;

constexpr std::size_t kWidth = 120;       // where nobody says how wide the terminal is
constexpr std::size_t kWidestText = 160;  // longer lines are hard to read
constexpr std::size_t kExamples = 3;      // of each kind of interest
constexpr std::size_t kFewExamples = 1;

std::size_t terminal_width() {
  if (const char* columns = std::getenv("COLUMNS"); columns != nullptr) {
    const std::string_view text = columns;
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size() && number > 0) {
      return std::min(number, kWidestText);
    }
  }
  winsize size{};
  if (isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
      size.ws_col > 0) {
    return std::min(std::size_t{size.ws_col}, kWidestText);
  }
  return kWidth;
}

/// `2015-03`; throws Failure for anything else.
std::optional<Month> read_month(const std::string& text, const char* option) {
  if (text.empty()) return std::nullopt;
  const auto number = [&](std::size_t from, std::size_t length) {
    int value = -1;
    const char* begin = text.data() + from;
    const auto [end, error] = std::from_chars(begin, begin + length, value);
    return error == std::errc{} && end == begin + length ? value : -1;
  };
  if (text.size() == 7 && text[4] == '-') {
    const int year = number(0, 4);
    const int month = number(5, 2);
    if (year > 0 && month >= 1 && month <= 12) return month_of(year, month);
  }
  throw Failure(Exit::usage, fmt::format("{}: '{}' is no month such as 2015-03", option, text));
}

std::map<std::string, std::string> module_titles() {
  PolicyCatalogue catalogue;
  register_builtin_policies(catalogue);
  std::map<std::string, std::string> titles;
  for (const PolicyEntry& entry : catalogue.entries()) {
    titles.emplace(entry.info.name, entry.info.title);
  }
  return titles;
}

struct OpenRun {
  std::string directory;
  RunReader reader;
  PanelBook book;
};

OpenRun open_run(const std::string& directory) {
  RunReader reader(directory);
  if (!reader.has_panel()) {
    throw Failure(Exit::bad_scenario,
                  fmt::format("{} has no panel of households; run the scenario again with "
                              "output.panel.households above 0",
                              directory));
  }
  PanelBook book = explain::open_panel(reader);
  book.titles = module_titles();
  return {directory, std::move(reader), std::move(book)};
}

void check_replicate(const OpenRun& run, std::uint32_t replicate) {
  if (run.book.place_of_replicate(replicate)) return;
  const std::vector<std::uint32_t>& all = run.book.panel.replicates;
  if (all.empty()) throw Failure(Exit::usage, run.directory + " has no replicates");
  throw Failure(Exit::usage,
                all.size() == 1 ? fmt::format("{} has no replicate {}; its only one is {}",
                                              run.directory, replicate, all.front())
                                : fmt::format("{} has no replicate {}; its replicates are {} to {}",
                                              run.directory, replicate, all.front(), all.back()));
}

std::string count_of_panel(const OpenRun& run) {
  return fmt::format("The panel of {} has {} households", run.directory,
                     run.book.panel.households.size());
}

std::string example_lines(const std::vector<explain::Example>& examples) {
  std::string text;
  for (const explain::Example& example : examples) {
    text += fmt::format("  {:<14} {}\n", explain::shown_id(example.household), example.why);
  }
  return text;
}

Exit list_examples(const OpenRun& run, const ExplainOptions& options) {
  if (options.json) {
    Json out{{"households", run.book.panel.households.size()}, {"examples", Json::array()}};
    for (const explain::Example& example :
         explain::examples(run.reader, run.book, options.replicate.value_or(0), kExamples)) {
      out["examples"].push_back({{"household", example.household},
                                 {"id", explain::shown_id(example.household)},
                                 {"why", example.why}});
    }
    put(out.dump(2) + '\n');
    return Exit::done;
  }
  const auto found =
      explain::examples(run.reader, run.book, options.replicate.value_or(0), kExamples);
  put(count_of_panel(run) + (found.empty() ? ".\n" : ", among them\n") + example_lines(found));
  const std::uint64_t first =
      found.empty() ? run.book.panel.households.front() : found.front().household;
  put(fmt::format("One life in words: terrace explain {} --household {}\n", run.directory,
                  explain::shown_id(first)));
  return Exit::done;
}

std::uint64_t find_household(const OpenRun& run, const ExplainOptions& options) {
  const auto id = explain::read_id(options.household);
  if (id && run.book.place_of(*id)) return *id;
  const std::string why =
      id ? "is not in the panel" : "is no household: give county:id or its number in the file";
  std::string text =
      fmt::format("--household: '{}' {}. {}", options.household, why, count_of_panel(run));
  const std::string lines = example_lines(
      explain::examples(run.reader, run.book, options.replicate.value_or(0), kFewExamples));
  if (!lines.empty()) text += ", such as\n" + lines.substr(0, lines.size() - 1);
  throw Failure(Exit::usage, text);
}

Json number_or_null(float value) {
  if (std::isnan(value)) return nullptr;
  return static_cast<double>(value);
}

/// The name of a code; a file of a later version may have more of them than there are names here.
template <typename Names>
Json name_or_number(const Names& names, std::size_t code) {
  return code < names.size() ? Json(names[code]) : Json(code);
}

Json event_json(const Event& event, const Life& life) {
  Json out{{"kind", name_or_number(event_kind_names(), static_cast<std::size_t>(event.kind))}};
  if (event.module < life.modules.size()) out["module"] = life.modules[event.module];
  if (event.reason != Reason::none) {
    out["reason"] = name_or_number(reason_names(), static_cast<std::size_t>(event.reason));
  }
  if (event.person != kNobody) out["person"] = event.person;
  out["amount"] = number_or_null(event.amount);
  return out;
}

std::string month_text(Month month) {
  return fmt::format("{:04}-{:02}", year_of(month), month_in_year(month));
}

Json month_json(const explain::StoryMonth& month, const Life& life) {
  Json lines = Json::array();
  for (const explain::StoryLine& line : month.lines) {
    Json events = Json::array();
    for (const Event& event : line.events) events.push_back(event_json(event, life));
    lines.push_back({{"text", line.text}, {"events", events}});
  }
  return {{"month", month_text(month.month)}, {"lines", lines}};
}

/// Every column over the household's record, so that a program need not open the file.
Json columns_json(const Life& life) {
  Json columns = Json::object();
  const auto record = life.record();
  if (!record) return columns;
  for (std::size_t c = 0; c < life.columns.size(); ++c) {
    Json values = Json::array();
    for (std::size_t m = record->first; m <= record->last; ++m) {
      values.push_back(number_or_null(life.values[c][m]));
    }
    columns[life.columns[c].name] = {{"unit", life.columns[c].unit}, {"values", values}};
  }
  return columns;
}

Json life_json(const Life& life, const Story& story) {
  Json years = Json::array();
  for (const explain::StoryYear& year : story.years) {
    Json months = Json::array();
    for (const explain::StoryMonth& month : year.months) months.push_back(month_json(month, life));
    years.push_back({{"year", year.year},
                     {"burn_in", year.burn_in},
                     {"standing", year.standing},
                     {"months", months}});
  }
  Json out{{"scenario", life.scenario},
           {"replicate", life.replicate},
           {"household", life.household},
           {"id", explain::shown_id(life.household)},
           {"county", life.county},
           {"province", life.province},
           {"weight", life.weight},
           {"split_off_from", life.parents ? Json(*life.parents) : Json(nullptr)},
           {"head", story.head},
           {"notes", story.notes}};
  const auto record = life.record();
  out["first_month"] = record ? Json(month_text(life.months[record->first])) : Json(nullptr);
  out["last_month"] = record ? Json(month_text(life.months[record->last])) : Json(nullptr);
  out["columns"] = columns_json(life);
  out["years"] = years;
  return out;
}

struct Told {
  Life life;
  Story story;
};

/// Throws Failure for a month that is none, and for months in the wrong order.
explain::Telling telling_of(const ExplainOptions& options) {
  const auto from = read_month(options.from, "--from");
  const auto to = read_month(options.to, "--to");
  if (from && to && *from > *to) throw Failure(Exit::usage, "--from lies after --to");
  return {from, to, options.all};
}

void check_months(const explain::Telling& telling, const std::vector<Month>& months) {
  if ((!telling.from || *telling.from <= months.back()) &&
      (!telling.to || *telling.to >= months.front())) {
    return;
  }
  throw Failure(Exit::usage, fmt::format("--from, --to: the run has months from {} to {} only",
                                         month_text(months.front()), month_text(months.back())));
}

Told tell(const OpenRun& run, std::uint64_t household, const ExplainOptions& options) {
  const explain::Telling telling = telling_of(options);
  Life life = explain::read_life(run.reader, run.book, household, options.replicate.value_or(0));
  check_months(telling, life.months);
  Story story = explain::tell(life, telling);
  return {std::move(life), std::move(story)};
}

/// The second run's life is the same household's, or there is nothing to put beside the first.
void check_other(const OpenRun& one, const OpenRun& other, std::uint64_t household,
                 const ExplainOptions& options) {
  const auto reasons = explain::different_people(one.reader, other.reader);
  if (!reasons.empty()) {
    std::string text =
        fmt::format("{} and {} are not about the same people:", one.directory, other.directory);
    for (const std::string& reason : reasons) text += "\n  " + reason;
    throw Failure(Exit::bad_scenario, text);
  }
  check_replicate(other, options.replicate.value_or(0));
  if (!other.book.place_of(household)) {
    throw Failure(Exit::bad_scenario,
                  fmt::format("household {} is not in the panel of {}: there it was never founded, "
                              "or that panel is smaller",
                              explain::shown_id(household), other.directory));
  }
}

/// Which of two runs a life is of, where both have the same name.
void tell_apart(OpenRun& one, OpenRun& other) {
  if (one.book.scenario != other.book.scenario) return;
  one.book.scenario += fmt::format(" ({})", one.directory);
  other.book.scenario += fmt::format(" ({})", other.directory);
}

Exit explain_two(OpenRun& one, std::uint64_t household, const ExplainOptions& options) {
  OpenRun other = open_run(options.other);
  check_other(one, other, household, options);
  tell_apart(one, other);
  const Told left = tell(one, household, options);
  const Told right = tell(other, household, options);
  const std::string words = explain::parting_words(left.life, right.life);
  const auto parted = explain::parting(left.life, right.life);
  if (options.json) {
    const Json month = parted ? Json(month_text(parted->month)) : Json(nullptr);
    const Json out{
        {"parting", {{"month", month}, {"words", words}}},
        {"lives", {life_json(left.life, left.story), life_json(right.life, right.story)}}};
    put(out.dump(2) + '\n');
    return Exit::done;
  }
  const std::optional<Month> month = parted ? std::optional(parted->month) : std::nullopt;
  put(explain::print_beside(left.story, right.story, words, month, terminal_width()));
  return Exit::done;
}

}  // namespace

Exit explain(const ExplainOptions& asked) {
  telling_of(asked);  // before any file is opened
  OpenRun run = open_run(asked.directory);
  ExplainOptions options = asked;
  const std::vector<std::uint32_t>& replicates = run.book.panel.replicates;
  if (!options.replicate) options.replicate = replicates.empty() ? 0 : replicates.front();
  check_replicate(run, options.replicate.value_or(0));
  if (options.household.empty()) {
    if (!options.other.empty()) {
      throw Failure(Exit::usage, "two runs need --household, which says whose lives to tell");
    }
    return list_examples(run, options);
  }
  const std::uint64_t household = find_household(run, options);
  if (!options.other.empty()) return explain_two(run, household, options);
  const Told told = tell(run, household, options);
  put(options.json ? life_json(told.life, told.story).dump(2) + '\n'
                   : explain::print(told.story, terminal_width()));
  return Exit::done;
}

}  // namespace terrace::cli
