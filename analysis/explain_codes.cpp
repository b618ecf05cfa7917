// Codes, months and numbers in words.
#include <array>
#include <cmath>
#include <cstdio>
#include <sstream>
#include <utility>

#include "analysis/explain_words.hpp"

namespace terrace::explain {
namespace {

constexpr std::size_t kServices = 6;
constexpr std::array<std::pair<std::uint8_t, std::string_view>, kServices> kServiceWords{
    {{service::water, "safe water"},
     {service::insured, "health insurance"},
     {service::moved, "a home at a resettlement site"},
     {service::power, "reliable power"},
     {service::network, "a broadband network"},
     {service::toilet, "a sanitary toilet"}}};

/// A coded column's words where the file's own would read badly in a sentence.
struct Phrase {
  std::string_view column;
  std::string_view flag;
  std::string_view words;
};
constexpr std::array kPhrases{
    Phrase{"register_status", "no", "never on the register"},
    Phrase{"register_status", "registered", "on the register"},
    Phrase{"register_status", "exited", "exited from the register"},
    Phrase{"register_status", "relapsed", "back on the register after an exit"},
    Phrase{"register_status", "removed", "struck off the register"},
    Phrase{"watch", "none", "not watched"},
    Phrase{"watch", "unstable", "watched as unstable after its exit"},
    Phrase{"watch", "marginal", "watched as close to poverty"},
    Phrase{"watch", "sudden", "watched after a sudden loss"},
    Phrase{"house", "a", "house A (safe)"},
    Phrase{"house", "b", "house B (safe)"},
    Phrase{"house", "c", "house C (dilapidated)"},
    Phrase{"house", "d", "house D (dilapidated)"},
};

/// The word of a flag list ("no registered exited") with this number.
std::string flag_word(const std::string& flags, int number) {
  std::istringstream words(flags);
  std::string word;
  for (int i = 0; i <= number; ++i) {
    if (!(words >> word)) return "";
  }
  return word;
}

}  // namespace

std::string words_of(Cause cause) {
  switch (cause) {
    case Cause::land:
      return "lack of land";
    case Cause::water:
      return "lack of water";
    case Cause::skills:
      return "lack of skills";
    case Cause::funds:
      return "lack of funds";
    case Cause::labour:
      return "lack of labour";
    case Cause::transport:
      return "poor transport";
    case Cause::motivation:
      return "lack of motivation";
    case Cause::schooling:
      return "costs of schooling";
    default:
      return static_cast<std::size_t>(cause) < kCauses ? std::string(name_of(cause)) : "none";
  }
}

std::string words_of(Measure measure) {
  std::string words(name_of(measure));
  for (char& c : words) {
    if (c == '_') c = ' ';
  }
  return words;
}

std::string words_of(Post post) {
  switch (post) {
    case Post::none:
      return "a paid post";
    case Post::enterprise:
      return "a post in a local enterprise";
    case Post::cooperative:
      return "a post in the village's cooperative";
    case Post::public_service:
      return "a public post";
    case Post::near:
      return "work away, not far from home";
    case Post::far:
      return "work far away";
  }
  return "a paid post";
}

std::string words_of(School school) {
  switch (school) {
    case School::none:
      return "no school";
    case School::preschool:
      return "preschool";
    case School::pupil:
      return "compulsory school";
    case School::senior:
      return "senior secondary school";
    case School::vocational:
      return "vocational school";
    case School::tertiary:
      return "higher education";
    case School::dropped:
      return "life without school";
    case School::done:
      return "life after school";
  }
  return "school";
}

std::string words_of(Watch watch) {
  switch (watch) {
    case Watch::none:
      return "no reason on record";
    case Watch::unstable:
      return "it had left the register and may fall back";
    case Watch::marginal:
      return "it was never registered and is close to poverty";
    case Watch::sudden:
      return "a sudden loss";
  }
  return "no reason on record";
}

std::string words_of_measures(Measures measures) {
  std::string words;
  for (std::size_t m = 0; m < kMeasureKinds; ++m) {
    if ((measures & bit(static_cast<Measure>(m))) == 0) continue;
    words += (words.empty() ? "" : ", ") + words_of(static_cast<Measure>(m));
  }
  return words.empty() ? "no measure" : words;
}

std::string words_of_services(std::uint8_t services) {
  std::string text;
  for (const auto& [bit_of_service, words] : kServiceWords) {
    if ((services & bit_of_service) == 0) continue;
    text += (text.empty() ? "" : ", ") + std::string(words);
  }
  return text.empty() ? "no service" : text;
}

std::string words_of_code(const PanelColumn& column, double value) {
  std::string word = flag_word(column.flags, static_cast<int>(value));
  if (word.empty()) return column.name + ' ' + grouped(value);
  for (const Phrase& phrase : kPhrases) {
    if (phrase.column == column.name && phrase.flag == word) return std::string(phrase.words);
  }
  for (std::size_t c = 0; c < kCauses && column.name.ends_with("cause"); ++c) {
    if (name_of(static_cast<Cause>(c)) == word) return words_of(static_cast<Cause>(c));
  }
  for (char& c : word) {
    if (c == '_') c = ' ';
  }
  return word;
}

std::string month_name(Month month) {
  static constexpr std::array<std::string_view, 12> kNames{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  return std::string(kNames[static_cast<std::size_t>(month_in_year(month) - 1)]);
}

std::string month_and_year(Month month) {
  return month_name(month) + ' ' + std::to_string(year_of(month));
}

std::string grouped(double value, int decimals) {
  std::array<char, 64> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, value);
  std::string text(buffer.data(), static_cast<std::size_t>(length));
  if (text.find_first_not_of("-0.") == std::string::npos && text[0] == '-') text.erase(0, 1);
  if (!std::isfinite(value)) return text;
  const std::size_t digits = text[0] == '-' ? 1 : 0;
  std::size_t at = text.find('.');
  if (at == std::string::npos) at = text.size();
  while (at > digits + 3) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string percent(double share) { return grouped(100.0 * share) + " %"; }

}  // namespace terrace::explain
