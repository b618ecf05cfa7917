#include "analysis/explain_words.hpp"

#include <array>
#include <utility>

namespace terrace::explain {
namespace {

/// Each reason as a clause, by its name in files.
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kClauses{
    {{"own_choice", "the household said no"},
     {"no_place", "no place was left"},
     {"no_money", "the money had run out"},
     {"no_capacity", "the offices could not handle the claim"},
     {"above_line", "its measured income was above the line that was asked"},
     {"list_full", "others came first, and the quota was used up"},
     {"data_matched", "matching data found wealth or a salaried post"},
     {"income_too_low", "its verified income was below what is asked"},
     {"food_or_clothes", "food or clothing was not assured"},
     {"schooling", "a child was out of school"},
     {"insurance", "it was not insured"},
     {"housing", "its house was unsafe"},
     {"water", "it had no safe water"},
     {"public_notice", "neighbours objected at the public notice"},
     {"not_in_plan", "the county had let go as many as it planned"},
     {"ran_out", "its time was up"},
     {"done", "what it was for is done"},
     {"lost_eligibility", "the household was no longer eligible"},
     {"no_member", "no member was there whom it could serve"},
     {"went_back", "the household left what it had been given"},
     {"care_forgone", "it is left untreated, since the bill is out of reach"},
     {"stay_only", "a stay in hospital, without loss of work"}}};

std::string who(const Event& event) {
  if (event.person == kNobody) return "a member";
  return "member " + std::to_string(event.person);
}

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

std::string because(const Event& event) {
  const std::string reason = clause(event.reason);
  return reason.empty() ? "" : ": " + reason;
}

std::string yuan(const Event& event, std::string_view prices) {
  return grouped(static_cast<double>(event.amount)) + " yuan (" + std::string(prices) + ')';
}

int code(const Event& event) { return static_cast<int>(event.amount); }

std::string in_brackets(const std::string& text) { return text.empty() ? "" : " (" + text + ')'; }

/// How many places of a module are taken, called what it counts.
std::string places(const Event& event, const Life& life) {
  if (!(event.amount > 1.0F)) return "";
  const std::string module = event.module < life.modules.size() ? life.modules[event.module] : "";
  const bool members = module == "relocation" || module == "allowance" || module == "cash";
  const char* what = members ? " persons)" : module == "education" ? " pupils)" : " places)";
  return " (" + grouped(static_cast<double>(event.amount)) + what;
}

std::string shock(const Event& e) {
  switch (e.kind) {
    case EventKind::illness:
      return capital(who(e)) + " falls seriously ill" + because(e) +
             (e.amount > 0.0F ? "; the household pays " + yuan(e, "of 2012") + " itself" : "");
    case EventKind::recovery:
      return capital(who(e)) + " recovers and can work again";
    case EventKind::disabled:
      return "An illness leaves " + who(e) + " disabled";
    case EventKind::disaster:
      return "A disaster strikes the village and takes " + percent(static_cast<double>(e.amount)) +
             " of the year's farm output";
    case EventKind::crop_price:
      return "The village's market crop sells at " + grouped(static_cast<double>(e.amount), 2) +
             " times last year's price";
    default:
      return "";
  }
}

std::string work_and_school(const Event& e) {
  switch (e.kind) {
    case EventKind::job_found:
      return capital(who(e)) + " takes " + words_of(static_cast<Post>(code(e)));
    case EventKind::job_lost:
      return capital(who(e)) + " no longer has " + words_of(static_cast<Post>(code(e)));
    case EventKind::left_to_work:
      return capital(who(e)) + " leaves for " + words_of(static_cast<Post>(code(e)));
    case EventKind::returned:
      return capital(who(e)) + " comes home from work away";
    case EventKind::dropped_out:
      return capital(who(e)) + " leaves school before its end";
    case EventKind::went_on:
      return capital(who(e)) + " enters " + words_of(static_cast<School>(code(e)));
    case EventKind::loan_taken:
      return "Takes a loan of " + yuan(e, "nominal") + " from the credit cooperative";
    case EventKind::loan_defaulted:
      return "Does not repay a loan that is due: " + yuan(e, "nominal");
    default:
      return "";
  }
}

std::string membership(const Event& e) {
  switch (e.kind) {
    case EventKind::birth:
      return "A child is born";
    case EventKind::death:
      return capital(who(e)) + " dies";
    case EventKind::married_in:
      return "Somebody joins the household by marriage";
    case EventKind::married_out:
      return capital(who(e)) + " marries and leaves the household";
    case EventKind::moved_out:
      return capital(who(e)) + " leaves the household for good";
    case EventKind::divided:
      return "The household divides: " + grouped(static_cast<double>(e.amount)) +
             (e.amount == 1.0F ? " member founds" : " members found") + " one of their own";
    case EventKind::dissolved:
      return "The household is dissolved: its last members are gone";
    default:
      return "";
  }
}

std::string decision(const Event& e) {
  switch (e.kind) {
    case EventKind::registered:
      return "Is put on the register of poor households" + because(e);
    case EventKind::passed_over:
      return "Is considered for the register and not listed" + because(e);
    case EventKind::struck_off:
      return "Is struck off the register" + because(e);
    case EventKind::diagnosed:
      return "Cause of poverty put on record: " + words_of(static_cast<Cause>(code(e)));
    case EventKind::planned:
      return "Plan: " + words_of_measures(static_cast<Measures>(code(e)));
    case EventKind::kept:
      return "Is verified and stays on the register" + because(e);
    case EventKind::exited:
      return "Leaves the register, judged no longer poor" + because(e);
    case EventKind::relapsed:
      return "Comes back on the register after its exit" + because(e);
    case EventKind::watched:
      return "Is put on the monitoring list: " + words_of(static_cast<Watch>(code(e)));
    case EventKind::unwatched:
      return "Is taken off the monitoring list" + because(e);
    case EventKind::surveyed:
      return "Is visited by the statistics survey, which measures " + yuan(e, "nominal") +
             " a head and year";
    default:
      return "";
  }
}

/// By which module, or that none had a part in it.
std::string by(const Event& event, const std::string& title) {
  return event.module == kNoModule ? ", not through a module" : ": " + title;
}

std::string programme(const Event& e, const Life& life) {
  const std::string title = module_title(e, life);
  switch (e.kind) {
    case EventKind::offered:
      return "Offered: " + title;
    case EventKind::refused:
      return "Refused: " + title + in_brackets(clause(e.reason));
    case EventKind::taken:
      return "Taken up: " + title + places(e, life);
    case EventKind::unserved:
      return "Not served: " + title + in_brackets(clause(e.reason));
    case EventKind::failed:
      return "Fails: " + title + in_brackets(clause(e.reason));
    case EventKind::ended:
      return "Ends: " + title + in_brackets(clause(e.reason));
    case EventKind::paid:
      return "First payment: " + title + ", " + yuan(e, "nominal");
    case EventKind::housed:
      return "The house is made safe" + by(e, title);
    case EventKind::connected:
      return "Gets " + words_of_services(static_cast<std::uint8_t>(code(e))) + by(e, title);
    default:
      return "";
  }
}

}  // namespace

std::string sentence(const Event& event, const Life& life) {
  for (const std::string& text : {shock(event), work_and_school(event), membership(event),
                                  decision(event), programme(event, life)}) {
    if (!text.empty()) return text;
  }
  return "Something happens that this version has no words for (kind " +
         std::to_string(static_cast<unsigned>(event.kind)) + ')';
}

std::string clause(Reason reason) {
  const auto names = reason_names();
  const auto index = static_cast<std::size_t>(reason);
  if (index >= names.size()) return "";
  for (const auto& [name, words] : kClauses) {
    if (name == names[index]) return std::string(words);
  }
  return "";
}

std::string module_title(const Event& event, const Life& life) {
  if (event.module >= life.modules.size()) return "module " + std::to_string(event.module);
  const std::string& name = life.modules[event.module];
  const auto title = life.titles.find(name);
  return title == life.titles.end() ? name : title->second;
}

}  // namespace terrace::explain
