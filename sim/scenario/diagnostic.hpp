// What is wrong with a scenario, where, and what to do about it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terrace::scenario {

/// Where a value stands. `file` is shown to people as it is.
struct Place {
  std::shared_ptr<const std::string> file;
  int line = 0;    ///< from 1; 0 where there are no lines (a value of the command line)
  int column = 0;  ///< from 1, in characters; 0 for a whole line
};

/// `file:line`, or the file alone where there are no lines.
std::string to_string(const Place& place);

struct Diagnostic {
  std::string file;
  int line = 0;
  int column = 0;
  std::string path;  ///< full key, such as `policies.relocation.capacity`; may be empty
  std::string message;
  std::string hint;  ///< may be empty

  bool operator==(const Diagnostic&) const = default;
};

/// `file:line:column: path: message; hint`, without what is missing.
std::string to_string(const Diagnostic& diagnostic);

/// Collects mistakes, so that all are reported at once. Keeps the first `limit` of them: a file of
/// a megabyte can hold a hundred thousand, which help nobody.
class Problems {
 public:
  void add(const Place& place, std::string path, std::string message, std::string hint = {});
  /// A mistake that other Problems held; one that is here already is left out.
  void add(const Diagnostic& diagnostic);
  /// From now on keys are shown as keys below `prefix`; empty: as they are given.
  void below(std::string prefix) { prefix_ = std::move(prefix); }
  bool empty() const { return list_.empty(); }
  std::size_t size() const { return list_.size() + dropped_; }

  /// In the order of files as they were first named, then of lines and columns.
  std::vector<Diagnostic> sorted() const;

 private:
  void put(Diagnostic diagnostic);

  static constexpr std::size_t kLimit = 200;
  std::vector<Diagnostic> list_;
  std::vector<std::string> files_;
  std::string prefix_;
  std::size_t dropped_ = 0;
};

/// Bytes of a text of somebody else's that a message shows.
inline constexpr std::size_t kShown = 60;

/// A text as it may be shown in a message: cut to a sensible length, control characters and line
/// ends escaped.
std::string shown(std::string_view text, std::size_t most = kShown);

/// The first so many bytes, or a few less where they would end within a character.
std::string_view start_of(std::string_view text, std::size_t most);

/// `path.key`, with the key made fit for showing.
std::string join(std::string_view path, std::string_view key);

/// The known name that `word` was most likely meant to be, or nothing.
std::string closest(std::string_view word, const std::vector<std::string>& known);

/// A hint for a name that is not among the known ones: the closest, or all of them if they are few.
std::string suggestion(std::string_view word, const std::vector<std::string>& known);

}  // namespace terrace::scenario
