// Survey tables in CSV, read strictly: RFC 4180 with UTF-8 and without line breaks inside cells.
//
// Own code rather than libcsv, which skips blanks and empty lines, takes a lone CR for a line end
// and does not say where it stopped.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <terrace/survey_sample.hpp>

#include "scenario/diagnostic.hpp"

namespace terrace::scenario {

/// Mistakes of a table, such as a survey: the first twenty, and how many more.
class SurveyMistakes {
 public:
  explicit SurveyMistakes(Problems& problems, std::string what = "the survey")
      : problems_(problems), what_(std::move(what)) {}

  void add(const Place& place, std::string path, std::string message, std::string hint = {});
  /// Says how many were left out. To be called once, at the end.
  void close();
  bool empty() const { return count_ == 0; }
  std::size_t count() const { return count_; }

 private:
  static constexpr std::size_t kShown = 20;
  Problems& problems_;
  std::string what_;
  std::size_t count_ = 0;
};

/// What must not be in a line or a cell at all, in words; empty if it is clean.
std::string bad_bytes(std::string_view text);

/// The table of a text, if there is a header; rows with mistakes are reported and left out. The
/// number of a row is that of its line. `name` is how messages call the file.
std::optional<SurveyText> csv_table(std::string text, const std::string& name,
                                    SurveyMistakes& mistakes);

}  // namespace terrace::scenario
