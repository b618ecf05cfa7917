#include "analysis/settings.hpp"

#include <cstddef>
#include <cstdlib>
#include <utility>

namespace terrace::analysis {
namespace {

constexpr std::size_t kIndent = 2;

std::string joined(const std::vector<std::string>& path, std::size_t depth) {
  std::string out;
  for (std::size_t i = 0; i < depth && i < path.size(); ++i) {
    if (!out.empty()) out += '.';
    out += path[i];
  }
  return out;
}

/// Reads line by line; sections that are open, and elements of their lists so far.
class Lines {
 public:
  void read(std::string_view line) {
    const std::size_t blanks = line.find_first_not_of(' ');
    if (blanks == std::string_view::npos || line[blanks] == '#') return;
    const std::size_t depth = blanks / kIndent;
    const std::string_view content = line.substr(blanks);
    if (content.starts_with("- ")) {
      const std::string list = joined(path_, depth);
      out[list + '[' + std::to_string(elements_[list]++) + ']'] = content.substr(kIndent);
      return;
    }
    const std::size_t colon = content.find(':');
    if (colon == std::string_view::npos) return;
    path_.resize(depth);
    path_.emplace_back(content.substr(0, colon));
    if (colon + 1 == content.size()) return;  // a section
    out[joined(path_, depth + 1)] = content.substr(colon + 2);
  }

  Settings out;

 private:
  std::vector<std::string> path_;
  std::map<std::string, std::size_t> elements_;
};

}  // namespace

Settings settings_of(std::string_view resolved) {
  Lines lines;
  while (!resolved.empty()) {
    const std::size_t end = resolved.find('\n');
    lines.read(resolved.substr(0, end));
    if (end == std::string_view::npos) break;
    resolved.remove_prefix(end + 1);
  }
  return std::move(lines.out);
}

std::string text_of(const Settings& settings, const std::string& key) {
  const auto found = settings.find(key);
  if (found == settings.end()) return {};
  const std::string& text = found->second;
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return text;
  std::string out;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && i + 2 < text.size()) {
      ++i;
      out += text[i] == 'n' ? '\n' : text[i];
    } else {
      out += text[i];
    }
  }
  return out;
}

Series series_of(const Settings& settings, const std::string& name) {
  const std::string section = "series." + name + '.';
  Series out;
  out.unit = text_of(settings, section + "unit");
  out.prices = text_of(settings, section + "prices");
  out.source = text_of(settings, section + "source");
  const std::string values = text_of(settings, section + "values");  // {2012: 2625, 2013: 2736}
  const char* at = values.c_str();
  while (*at != '\0' && *at != '}') {
    char* end = nullptr;
    const long year = std::strtol(at + 1, &end, 10);
    if (*end != ':') break;
    const double value = std::strtod(end + 1, &end);
    out.values[static_cast<int>(year)] = value;
    at = end;
  }
  return out;
}

std::vector<SettingDifference> setting_differences(const Settings& base, const Settings& alt) {
  std::vector<SettingDifference> out;
  auto b = base.begin();
  auto a = alt.begin();
  while (b != base.end() || a != alt.end()) {
    if (a == alt.end() || (b != base.end() && b->first < a->first)) {
      out.push_back({b->first, b->second, ""});
      ++b;
    } else if (b == base.end() || a->first < b->first) {
      out.push_back({a->first, "", a->second});
      ++a;
    } else {
      if (b->second != a->second) out.push_back({b->first, b->second, a->second});
      ++b, ++a;
    }
  }
  return out;
}

std::vector<SettingDifference> population_differences(const Settings& base, const Settings& alt) {
  const std::string survey = text_of(base, "population.digest");
  const bool same_survey = !survey.empty() && survey == text_of(alt, "population.digest");
  std::vector<SettingDifference> out;
  for (SettingDifference& d : setting_differences(base, alt)) {
    const bool place = d.key == "population.source" || d.key == "population.persons";
    if (in_section(d.key, "population") && !(place && same_survey)) out.push_back(std::move(d));
  }
  return out;
}

bool in_section(std::string_view key, std::string_view section) {
  return key.starts_with(section) &&
         (key.size() == section.size() || key[section.size()] == '.' || key[section.size()] == '[');
}

}  // namespace terrace::analysis
