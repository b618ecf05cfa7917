// A household's life in words: from what a run recorded to years and months of sentences, and from
// those to text in one column or, for two runs, in two.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/explain_life.hpp"

namespace terrace::explain {

/// A sentence and the events that it tells; none where it tells a month's income.
struct StoryLine {
  std::string text;
  std::vector<Event> events;
};
struct StoryMonth {
  Month month = 0;
  std::vector<StoryLine> lines;
};
struct StoryYear {
  int year = 0;
  bool burn_in = false;
  std::string standing;  ///< where it stood in December, or in its last month; may be empty
  std::vector<StoryMonth> months;  ///< those in which something happened
};
struct Story {
  std::vector<std::string> head;   ///< who it is, and when there is a record of it
  std::vector<std::string> notes;  ///< what the panel does not keep
  std::vector<StoryYear> years;
};

/// Which months to tell, and whether quiet ones too, with the income that came in.
struct Telling {
  std::optional<Month> from;
  std::optional<Month> to;
  bool all_months = false;
};
Story tell(const Life& life, const Telling& telling);

/// The first month in which two lives differ, in any event or in any column that both runs kept.
struct Parting {
  Month month = 0;
  std::string what;  ///< the first difference, in words
};
std::optional<Parting> parting(const Life& one, const Life& other);
/// "The two lives are the same until March 2015. ..."
std::string parting_words(const Life& one, const Life& other);

/// A household whose life shows something, and what.
struct Example {
  std::uint64_t household = 0;
  std::string why;
};
/// At most `each` households for each kind of interest, those first to whom most kinds of things
/// happened. Reads the columns `poor` and `register_status` if the panel has them.
std::vector<Example> examples(const RunReader& run, const PanelBook& book, std::uint32_t replicate,
                              std::size_t each);

/// As text, lines no wider than `width`.
std::string print(const Story& story, std::size_t width);
/// Two stories, the same months beside each other, from the year on in which the lives part; what
/// comes before is the same and printed once. Below kNarrow columns they come one after the other.
std::string print_beside(const Story& one, const Story& other, const std::string& parted,
                         std::optional<Month> parting_month, std::size_t width);
inline constexpr std::size_t kNarrow = 90;

}  // namespace terrace::explain
