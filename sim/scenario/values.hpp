// From nodes to typed values, strictly: what is not exactly of the type that is due is reported.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <terrace/calendar.hpp>

#include "scenario/diagnostic.hpp"
#include "scenario/node.hpp"

namespace terrace::scenario {

/// What a number may be. The ends belong to it unless they are open.
struct Range {
  double low = 0.0;
  double high = 0.0;
  bool low_open = false;
  bool high_open = false;

  bool holds(double x) const {
    return (low_open ? x > low : x >= low) && (high_open ? x < high : x <= high);
  }
};

std::string to_string(const Range& range);

/// The shortest decimal that reads back as the same number.
std::string shortest(double value);

/// Plain numbers as in JSON: -1, 0.5, 2e-3. No octal, no hexadecimal, no quotes, finite.
std::optional<double> read_number(const Node& node, const std::string& path, const Range& range,
                                  Problems& problems);
/// Whole numbers, written as such (1.0 and 1e3 are not).
std::optional<std::int64_t> read_integer(const Node& node, const std::string& path,
                                         std::int64_t low, std::int64_t high, Problems& problems);
std::optional<std::uint64_t> read_u64(const Node& node, const std::string& path,
                                      Problems& problems);
/// `true` or `false`; YAML's yes, no, on and off are refused.
std::optional<bool> read_bool(const Node& node, const std::string& path, Problems& problems);
/// Not empty, no control characters but line ends, at most 2,000 bytes. A plain scalar that looks
/// like a number or a truth value is refused unless `plain_numbers`.
std::optional<std::string> read_text(const Node& node, const std::string& path, Problems& problems,
                                     bool plain_numbers = false);
/// YYYY-MM, from 2000-01 to 2100-12.
std::optional<Month> read_month(const Node& node, const std::string& path, Problems& problems);
/// One of the words given; its index.
std::optional<std::size_t> read_word(const Node& node, const std::string& path,
                                     const std::vector<std::string>& words, Problems& problems);
/// A list of different names, each among `known`. Nothing is wrong where the result is engaged.
std::optional<std::vector<std::string>> read_names(const Node& node, const std::string& path,
                                                   const std::vector<std::string>& known,
                                                   std::string_view what, Problems& problems);

/// True if the node is of the kind that is due; otherwise it is reported (unless it was already).
bool expect_map(const Node& node, const std::string& path, Problems& problems);
bool expect_sequence(const Node& node, const std::string& path, Problems& problems);

/// A key that a map may have and what reads its value.
struct Field {
  std::string name;
  std::function<void(const Node& value, const std::string& path)> read;
  bool required = false;
};

/// Reads every entry of a map with its field; reports unknown keys and required ones that are
/// missing. `what` is what an unknown key is called. False if the node is no map or keys are
/// missing.
bool read_map(const Node& node, const std::string& path, const std::vector<Field>& fields,
              Problems& problems, std::string_view what = "key");

void unknown_name(const Node& node, const std::string& path, std::string_view what,
                  const std::vector<std::string>& known, Problems& problems);

}  // namespace terrace::scenario
