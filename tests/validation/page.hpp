// Tables in pages of docs/: what was asked, what came out, whether it holds.
#pragma once

#include <string>
#include <vector>

namespace terrace::validation {

/// A figure with the band in which it must lie. `asked` is never made wider to fit the model: a
/// figure that misses it states in `missed` the band in which it lies now.
struct Target {
  struct Band {
    double low = 0.0;
    double high = 0.0;
    bool empty() const { return low == 0.0 && high == 0.0; }
    bool holds(double value) const { return low <= value && value <= high; }
  };
  std::string name;
  Band asked;
  Band missed{};
  int digits = 3;  ///< after the point, in the table
};

/// One part of the page, between <!-- name --> and <!-- end of name -->.
class Section {
 public:
  explicit Section(std::string name, std::string page = "validation.md")
      : name_(std::move(name)), page_(std::move(page)) {}

  /// Adds a line, and fails the running test where the value is neither in the band asked for nor
  /// in that of a known miss, or where a known miss is none any more.
  void add(const Target& target, double value);

  /// Adds a line of plain cells under the columns of `heading`.
  void heading(const std::vector<std::string>& cells);
  void row(const std::vector<std::string>& cells);

  /// Prints the section. With TERRACE_VALIDATION_DIR set writes it there as NAME.md, for
  /// tests/docs/validation_page.py; else fails the running test unless the page has it.
  void publish() const;

 private:
  std::string name_;
  std::string page_;  ///< in docs/
  std::string text_;
};

std::string number(double value, int digits);

}  // namespace terrace::validation
