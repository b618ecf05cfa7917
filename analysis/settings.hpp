// The resolved scenario of a run, as far as runs are compared by it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <terrace/series.hpp>

namespace terrace::analysis {

/// Every value of a resolved scenario as text, by its full key: `time.end`, or `a.b[2]` for an
/// element of a list that is written one to a line.
using Settings = std::map<std::string, std::string>;

/// Takes the text apart that `terrace run` writes, one value to a line. (A scenario as people write
/// it is YAML, and needs a reader of YAML.)
Settings settings_of(std::string_view resolved);

/// The text without its quotes; empty where there is no such key.
std::string text_of(const Settings& settings, const std::string& key);

/// A dated series of the scenario; without values if it has none of the name.
Series series_of(const Settings& settings, const std::string& name);

/// A value that differs; empty where one of the two has none.
struct SettingDifference {
  std::string key;
  std::string base;
  std::string alt;
};

/// In the order of keys.
std::vector<SettingDifference> setting_differences(const Settings& base, const Settings& alt);

/// Those in the section `population`. A survey may lie elsewhere or be called otherwise: its digest
/// says whether it is the same.
std::vector<SettingDifference> population_differences(const Settings& base, const Settings& alt);

/// Whether a key lies in a section or is it: `time.end` in `time`.
bool in_section(std::string_view key, std::string_view section);

}  // namespace terrace::analysis
