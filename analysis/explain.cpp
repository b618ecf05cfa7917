#include "analysis/explain.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>

#include <terrace/prescription.hpp>

#include "analysis/explain_words.hpp"

namespace terrace::explain {
namespace {

/// What a telling draws on; those that a panel does not keep are named.
constexpr std::array<std::string_view, 23> kTold{"income",
                                                 "consumption",
                                                 "assets",
                                                 "wealth",
                                                 "loan",
                                                 "members",
                                                 "away",
                                                 "house",
                                                 "register_status",
                                                 "watch",
                                                 "verified_income",
                                                 "cause",
                                                 "true_cause",
                                                 "plan",
                                                 "allowance",
                                                 "income_month",
                                                 "farm_month",
                                                 "local_wage_month",
                                                 "migrant_wage_month",
                                                 "transfer_month",
                                                 "property_month",
                                                 "public_cash_month",
                                                 "bills_month"};

void join(std::string& text, const std::string& clause) {
  if (clause.empty()) return;
  text += (text.empty() ? "" : "; ") + clause;
}

/// ", 12 % below the poverty line of 2,855"; empty without a line.
std::string against_line(const Life& life, double income, int year) {
  const auto line = life.lines.find(year);
  if (line == life.lines.end()) return "";
  const double ratio = income / line->second - 1.0;
  const std::string words = "the poverty line of " + grouped(line->second);
  if (std::abs(ratio) < 0.005) return ", at " + words;
  return ", " + percent(std::abs(ratio)) + (ratio < 0.0 ? " below " : " above ") + words;
}

std::string amounts(const Life& life, std::size_t month) {
  std::string text;
  const auto add = [&](const char* column, const char* before, const char* after, bool if_zero) {
    const std::optional<double> v = life.value(column, month);
    if (!v || (!if_zero && *v == 0.0)) return;
    text += (text.empty() ? "" : ", ") + (before + grouped(*v)) + after;
  };
  add("consumption", "consumption ", " a head and year", true);
  add("assets", "productive assets ", "", true);
  add("wealth", "savings less informal debt ", "", true);
  if (!text.empty()) text += " (yuan of 2012)";
  return text;
}

std::string people(const Life& life, std::size_t month) {
  const std::optional<double> members = life.value("members", month);
  if (!members) return "";
  std::string text = grouped(*members) + (*members == 1.0 ? " member" : " members");
  const std::optional<double> away = life.value("away", month);
  if (away && *away > 0.0) text += ", " + grouped(*away) + " working away";
  return text;
}

/// The clause of a coded column, if it was kept.
std::string coded(const Life& life, std::string_view name, std::size_t month,
                  const std::string& before = {}) {
  const std::optional<double> v = life.value(name, month);
  return v ? before + words_of_code(*life.column(name), *v) : "";
}

/// The recorded cause, and the true one where the record is wrong.
std::string causes(const Life& life, std::size_t month) {
  const auto recorded = life.value("cause", month);
  if (!recorded || *recorded == 0.0) return "";
  std::string text = coded(life, "cause", month, "cause on record: ");
  const auto truly = life.value("true_cause", month);
  if (truly && *truly != *recorded) {
    text +=
        " (what weighed heaviest when it was diagnosed: " + coded(life, "true_cause", month) + ')';
  }
  return text;
}

std::string government(const Life& life, std::size_t month) {
  std::string text = coded(life, "register_status", month);
  if (const auto watch = life.value("watch", month); watch && *watch > 0.0) {
    join(text, coded(life, "watch", month));
  }
  if (const auto verified = life.value("verified_income", month)) {
    join(text, "income as last verified " + grouped(*verified) + " yuan a head");
  }
  join(text, causes(life, month));
  if (const auto plan = life.value("plan", month); plan && *plan > 0.0) {
    join(text, "plan: " + words_of_measures(static_cast<Measures>(*plan)));
  }
  if (const auto allowance = life.value("allowance", month); allowance && *allowance > 0.0) {
    join(text, "subsistence allowance " + grouped(*allowance) + " yuan a month (nominal)");
  }
  return text;
}

std::string standing(const Life& life, std::size_t month) {
  const Month when = life.months[month];
  std::string text;
  if (const auto income = life.value("income", month)) {
    join(text, "income " + grouped(*income) + " yuan a head over twelve months" +
                   against_line(life, *income, year_of(when)));
  }
  join(text, amounts(life, month));
  if (const auto loan = life.value("loan", month); loan && *loan > 0.0) {
    join(text, "owes the credit cooperative " + grouped(*loan) + " yuan (nominal)");
  }
  join(text, people(life, month));
  join(text, coded(life, "house", month));
  join(text, government(life, month));
  return text.empty() ? "" : month_name(when) + ": " + text + '.';
}

/// What came in this month, for those who want every month.
std::string month_income(const Life& life, std::size_t month) {
  const auto total = life.value("income_month", month);
  if (!total) return "";
  std::string parts;
  const auto add = [&](const char* column, const char* words) {
    const auto v = life.value(column, month);
    if (v && std::abs(*v) >= 0.5) {
      parts += (parts.empty() ? ": " : ", ") + (words + grouped(*v));
    }
  };
  add("farm_month", "farm ");
  add("local_wage_month", "local wages ");
  add("migrant_wage_month", "wages from away ");
  add("transfer_month", "transfers ");
  add("property_month", "property ");
  std::string text = "Income of the month " + grouped(*total) + " yuan of 2012" + parts;
  if (const auto cash = life.value("public_cash_month", month); cash && *cash >= 0.5) {
    text += "; in cash from the programme " + grouped(*cash);
  }
  if (const auto bills = life.value("bills_month", month); bills && *bills >= 0.5) {
    text += "; own payments for health and school " + grouped(*bills);
  }
  return text + '.';
}

bool decides(EventKind kind) { return kind == EventKind::refused || kind == EventKind::taken; }

/// The events of a month in their order; an offer and its answer become one sentence.
std::vector<StoryLine> month_lines(const Life& life, std::span<const Event> events) {
  std::vector<StoryLine> lines;
  std::vector<bool> told(events.size(), false);
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (told[i]) continue;
    StoryLine line{sentence(events[i], life) + '.', {events[i]}};
    for (std::size_t j = i + 1; events[i].kind == EventKind::offered && j < events.size(); ++j) {
      if (told[j] || !decides(events[j].kind) || events[j].module != events[i].module) continue;
      std::string answer = sentence(events[j], life);
      answer[0] = static_cast<char>(answer[0] - 'A' + 'a');
      line = {"Offered and " + answer + '.', {events[i], events[j]}};
      told[j] = true;
      break;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

StoryMonth tell_month(const Life& life, std::size_t month, const Telling& telling) {
  const auto [first, last] =
      std::equal_range(life.events.begin(), life.events.end(), Event{.month = life.months[month]},
                       [](const Event& a, const Event& b) { return a.month < b.month; });
  StoryMonth told{life.months[month], month_lines(life, {first, last})};
  if (telling.all_months) {
    const std::string income = month_income(life, month);
    if (!income.empty()) told.lines.push_back({income, {}});
  }
  return told;
}

std::string stands_for(float weight) {
  const bool whole = weight == std::floor(weight);
  return grouped(static_cast<double>(weight), whole || weight >= 10.0F ? 0 : 1) +
         (weight == 1.0F ? " household" : " households");
}

void who_it_is(const Life& life, std::vector<std::string>& head) {
  std::string who = "Household " + shown_id(life.household) + " (" +
                    std::to_string(life.household) + " in the file)";
  if (!life.county.empty()) {
    who += ", county " + life.county + " in " + life.province +
           (life.designated ? ", designated as poor" : ", not designated as poor");
  }
  head.push_back(who + '.');
  head.push_back("Scenario " + life.scenario + ", replicate " + std::to_string(life.replicate) +
                 "; it stands for " + stands_for(life.weight) + " of the nation.");
}

void where_from(const Life& life, std::vector<std::string>& head) {
  if (!life.parents) return;
  std::string text = "It split off from household " + shown_id(*life.parents);
  text += life.split ? " in " + month_and_year(*life.split)
                     : "; the diary of the panel does not say when";
  const std::uint64_t founder = founder_of_line(life.household);
  if (founder != *life.parents) text += ". Its line is that of household " + shown_id(founder);
  head.push_back(text + '.');
}

void when(const Life& life, std::vector<std::string>& head) {
  const auto record = life.record();
  if (!record) {
    head.push_back("There is no record of it in this replicate: here it was never founded.");
    return;
  }
  std::string text = "On record from " + month_and_year(life.months[record->first]) + " to " +
                     month_and_year(life.months[record->last]);
  if (record->last + 1 < life.months.size()) {
    const bool dissolved = std::any_of(life.events.begin(), life.events.end(), [](const Event& e) {
      return e.kind == EventKind::dissolved;
    });
    text += dissolved ? ", when it was dissolved" : "; the diary does not say why no longer";
  }
  head.push_back(text + '.');
  const auto members = life.value("members", record->first);
  if (members) {
    head.push_back("It begins with " + grouped(*members) +
                   (*members == 1.0 ? " member" : " members") +
                   "; they go by their number in the household, which is never given again.");
  }
}

void what_is_missing(const Life& life, std::vector<std::string>& notes) {
  std::string missing;
  for (const std::string_view name : kTold) {
    if (life.column(name) != nullptr) continue;
    missing += (missing.empty() ? "" : ", ") + std::string(name);
  }
  if (!missing.empty()) {
    notes.push_back("The panel of this run does not keep " + missing +
                    " (output.panel.columns): nothing is said of them.");
  }
  if (life.lines.empty()) notes.emplace_back("The run's poverty line is not known.");
}

/// Whether anything is on record of the month: the household itself, or an event (its end).
bool on_record(const Life& life, const Life::Span& record, std::size_t month) {
  if (month >= record.first && month <= record.last) return true;
  return std::any_of(life.events.begin(), life.events.end(),
                     [&](const Event& e) { return e.month == life.months[month]; });
}

/// The last month of `month`'s year in which the household was there.
std::size_t last_of_year(const Life& life, const Life::Span& record, std::size_t month) {
  std::size_t last = month;
  while (last + 1 < life.months.size() && last < record.last &&
         year_of(life.months[last + 1]) == year_of(life.months[month])) {
    ++last;
  }
  return last;
}

}  // namespace

Story tell(const Life& life, const Telling& telling) {
  Story story;
  who_it_is(life, story.head);
  where_from(life, story.head);
  when(life, story.head);
  what_is_missing(life, story.notes);
  const auto record = life.record();
  if (!record) return story;
  for (std::size_t m = 0; m < life.months.size(); ++m) {
    const Month month = life.months[m];
    if ((telling.from && month < *telling.from) || (telling.to && month > *telling.to)) continue;
    if (!on_record(life, *record, m)) continue;
    if (story.years.empty() || story.years.back().year != year_of(month)) {
      story.years.push_back(
          {year_of(month), life.burn_in[m], standing(life, last_of_year(life, *record, m)), {}});
    }
    StoryMonth told = tell_month(life, m, telling);
    if (!told.lines.empty()) story.years.back().months.push_back(std::move(told));
  }
  if (story.years.empty()) story.notes.emplace_back("There is no record of it in these months.");
  return story;
}

}  // namespace terrace::explain
