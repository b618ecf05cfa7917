#include "scenario/resolved_keys.hpp"

#include <algorithm>
#include <map>
#include <sstream>

namespace terrace::scenario {
namespace {

constexpr std::size_t kIndent = 2;  // blanks a level, as resolved_yaml() writes

std::string joined(const std::vector<std::string>& path) {
  std::string out;
  for (const std::string& part : path) out += (out.empty() ? "" : ".") + part;
  return out;
}

std::map<std::string, std::string> keys_of(std::string_view text) {
  std::map<std::string, std::string> keys;
  std::vector<std::string> path;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    const std::size_t start = line.find_first_not_of(' ');
    if (start == std::string::npos || line[start] == '#') continue;
    const std::string rest = line.substr(start);
    if (rest.starts_with("- ")) {
      keys[joined(path)] += rest + '\n';
      continue;
    }
    path.resize(std::min(path.size(), start / kIndent));
    const std::size_t colon = rest.find(':');
    path.push_back(rest.substr(0, colon));
    if (colon + 2 < rest.size()) {
      keys[joined(path)] = rest.substr(colon + 2);
    }
  }
  return keys;
}

/// Long values are of no use in a message.
std::string shown(const std::string& value) {
  constexpr std::size_t kMost = 40;
  if (value.empty()) return "absent";
  return value.size() <= kMost ? value : value.substr(0, kMost) + "...";
}

}  // namespace

std::vector<KeyDifference> differing_keys(std::string_view first, std::string_view second) {
  const auto a = keys_of(first);
  const auto b = keys_of(second);
  std::vector<KeyDifference> out;
  for (const auto& [key, value] : a) {
    const auto other = b.find(key);
    if (other == b.end()) {
      out.push_back({key, value, ""});
    } else if (other->second != value) {
      out.push_back({key, value, other->second});
    }
  }
  for (const auto& [key, value] : b) {
    if (!a.contains(key)) out.push_back({key, "", value});
  }
  return out;
}

std::string differences_text(const std::vector<KeyDifference>& differences) {
  constexpr std::size_t kMost = 8;
  std::string out;
  for (std::size_t i = 0; i < differences.size() && i < kMost; ++i) {
    const KeyDifference& d = differences[i];
    out += (i == 0 ? "" : "; ") + d.key + " is " + shown(d.first) + " there and " +
           shown(d.second) + " here";
  }
  if (differences.size() > kMost) {
    out += "; and " + std::to_string(differences.size() - kMost) + " more";
  }
  return out;
}

}  // namespace terrace::scenario
