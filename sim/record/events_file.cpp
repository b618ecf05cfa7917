#include "record/events_file.hpp"

#include <array>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <terrace/codes.hpp>
#include <terrace/prescription.hpp>

namespace terrace::record {
namespace {

/// Words for codes from 0: "0 near, 1 far".
template <typename Words>
std::string coded(const Words& words) {
  std::string text;
  std::size_t code = 0;
  for (const std::string_view word : words) {
    text += (text.empty() ? "" : ", ") + std::to_string(code++) + " " + std::string(word);
  }
  return text;
}

/// The same for the names of the first values of an enumeration.
template <typename Enum, std::size_t count>
std::string coded() {
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < count; ++i) words.push_back(name_of(static_cast<Enum>(i)));
  return coded(words);
}

constexpr std::array<std::string_view, 6> kPosts{"none",           "enterprise", "cooperative",
                                                 "public service", "near",       "far"};
static_assert(kPosts.size() == static_cast<std::size_t>(Post::far) + 1);
constexpr std::array<std::string_view, 8> kSchools{
    "none", "preschool", "pupil", "senior", "vocational", "tertiary", "dropped out", "done"};
static_assert(kSchools.size() == static_cast<std::size_t>(School::done) + 1);
constexpr std::array<std::string_view, 4> kLists{"none", "unstable", "marginal", "sudden"};
static_assert(kLists.size() == static_cast<std::size_t>(Watch::sudden) + 1);

/// What `amount` is in events of a kind, with its unit; empty: nothing, it is 0.
std::string amount_of(EventKind kind) {
  switch (kind) {
    case EventKind::illness:
      return "what the household pays itself, yuan of 2012";
    case EventKind::disaster:
      return "share of the year's farm output lost, 0-1";
    case EventKind::crop_price:
      return "price of the village's market crop over last year's, 1";
    case EventKind::job_found:
    case EventKind::job_lost:
    case EventKind::left_to_work:
      return "post: " + coded(kPosts);
    case EventKind::went_on:
      return "school: " + coded(kSchools);
    case EventKind::loan_taken:
    case EventKind::loan_defaulted:
      return "nominal yuan";
    case EventKind::divided:
      return "members of the new household, persons";
    case EventKind::diagnosed:
      return "cause: " + coded<Cause, kCauses>();
    case EventKind::planned:
      return "measures, the sum of 2^n: " + coded<Measure, kMeasureKinds>();
    case EventKind::watched:
      return "list: " + coded(kLists);
    case EventKind::surveyed:
      return "measured income, nominal yuan a person and year";
    case EventKind::taken:
      return "places, persons or pupils";
    case EventKind::paid:
      return "first payment, nominal yuan";
    case EventKind::housed:
      return "grade of the house: 0 a, 1 b, 2 c, 3 d";
    case EventKind::connected:
      return "services, the sum of 1 water, 2 insured, 4 moved, 8 power, 16 network, 32 toilet";
    case EventKind::recovery:
    case EventKind::disabled:
    case EventKind::returned:
    case EventKind::dropped_out:
    case EventKind::birth:
    case EventKind::death:
    case EventKind::married_in:
    case EventKind::married_out:
    case EventKind::moved_out:
    case EventKind::dissolved:
    case EventKind::registered:
    case EventKind::passed_over:
    case EventKind::struck_off:
    case EventKind::kept:
    case EventKind::exited:
    case EventKind::relapsed:
    case EventKind::unwatched:
    case EventKind::offered:
    case EventKind::refused:
    case EventKind::unserved:
    case EventKind::failed:
    case EventKind::ended:
    case EventKind::count:
      break;
  }
  return {};
}

std::string amounts_by_kind() {
  std::string text;
  const auto names = event_kind_names();
  for (std::size_t kind = 0; kind < kEventKinds; ++kind) {
    const std::string amount = amount_of(static_cast<EventKind>(kind));
    if (amount.empty()) continue;
    text += std::string(names.at(kind)) + ": " + amount + "; ";
  }
  return text + "else 0";
}

template <typename Words>
std::string between_blanks(const Words& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + std::string(word);
  return text;
}

/// The columns of the table.
struct Columns {
  std::vector<std::int32_t> replicate, time;
  std::vector<std::int64_t> household;
  std::vector<std::int8_t> kind, module, reason;
  std::vector<std::int16_t> person;
  std::vector<float> amount;

  /// `number`: of the replicate.
  void add(std::uint32_t number, const Event& e) {
    replicate.push_back(static_cast<std::int32_t>(number));
    time.push_back(days_of(e.month));
    household.push_back(static_cast<std::int64_t>(e.household));
    kind.push_back(static_cast<std::int8_t>(e.kind));
    module.push_back(e.module == kNoModule ? std::int8_t{-1} : static_cast<std::int8_t>(e.module));
    reason.push_back(static_cast<std::int8_t>(e.reason));
    person.push_back(e.person == kNobody ? std::int16_t{-1} : std::int16_t{e.person});
    amount.push_back(canonical(e.amount));
  }
};

Columns all_events(const MemoryRecorder& results) {
  Columns columns;
  for (std::uint32_t replicate = 0; replicate < results.info().replicates; ++replicate) {
    for (std::size_t year = 0; year < results.years(); ++year) {
      for (const Event& e : results.events(replicate, year)) {
        columns.add(results.info().first_replicate + replicate, e);
      }
    }
  }
  return columns;
}

}  // namespace

void add_events(hid_t root, const MemoryRecorder& results) {
  const std::vector<std::string>& modules = results.info().modules;
  if (modules.size() > std::numeric_limits<std::int8_t>::max()) {
    throw std::logic_error("more modules than the file has numbers for");
  }
  const Columns columns = all_events(results);
  NetcdfGroup group(root, "events");
  const hid_t event = group.add_growing_dimension("event", columns.kind.size());
  put_text(event, "long_name", "place in the list, by replicate, year, county and month");
  put_text(event, "units", "1");
  const auto add = [&](const char* name, const auto& values, const char* unit,
                       const char* meaning) {
    Hdf5Id variable = group.add(name, "event", values);
    put_text(variable, "long_name", meaning);
    put_text(variable, "units", unit);
    return variable;
  };
  add("replicate", columns.replicate, "1", "number of the replicate");
  put_time(group.add("time", "event", columns.time), "first day of the month in which it happened");
  add("household", columns.household, "1", "number of the household, as in the group panel");
  put_flags(add("kind", columns.kind, "1", "what happened"), between_blanks(event_kind_names()));
  put_flags(add("module", columns.module, "1", "module of policy that it is about"),
            between_blanks(std::vector<std::string>{"none"}) +
                (modules.empty() ? "" : " " + between_blanks(modules)),
            -1);
  put_flags(add("reason", columns.reason, "1", "why, where there is a choice of reasons"),
            between_blanks(reason_names()));
  add("person", columns.person, "1", "number of the member concerned; -1: nobody in particular");
  const Hdf5Id amount =
      add("amount", columns.amount, "by kind", "how much or which; amount_by_kind says what it is");
  put_text(amount, "amount_by_kind", amounts_by_kind());
}

}  // namespace terrace::record
