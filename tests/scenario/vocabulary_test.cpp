// Mistakes in every name and number that the real model has, and in every shipped scenario: each is
// reported where it stands, and all of a file at once.
#include <algorithm>
#include <ctime>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <terrace/policy.hpp>

#include "scenario/fixture.hpp"
#include "scenario/ranges.hpp"

namespace terrace::scenario {
namespace {

const std::filesystem::path kShipped = TERRACE_SOURCE_DIR "/scenarios";

/// A number of the language: where it stands, what it may be.
struct Number {
  std::string parent;  ///< `policies.relocation`
  std::string name;
  Range range;
  bool whole = false;
};

class VocabularyTest : public ScenarioTest {
 protected:
  VocabularyTest() {
    register_builtin_policies(catalogue_);
    vocabulary_ = vocabulary_of(catalogue_);
  }

  Loaded load_real(const std::string& text) const {
    return load_scenario(write("x.yaml", text), {}, vocabulary_, kShipped / "data");
  }

  std::vector<Number> numbers() const {
    std::vector<Number> out;
    const auto add = [&](const std::string& parent, const ParameterInfo& p) {
      out.push_back({parent, std::string(p.name), {p.low, p.high}, is_year(p)});
    };
    for (const ParameterBlock& block : vocabulary_.blocks) {
      for (const ParameterInfo& p : block.parameters) add("parameters." + block.name, p);
    }
    for (const PolicyEntry* entry : vocabulary_.policies) {
      const std::string parent = "policies." + std::string(entry->info.name);
      for (const ParameterInfo& p : entry->parameters.parameters) add(parent, p);
      for (const Multiplier& m : multipliers(entry->info)) {
        out.push_back({parent, m.name, m.range, false});
      }
    }
    out.push_back({"population.sample", "counties", kSampleShare, false});
    out.push_back({"population.sample", "villages", kSampleShare, false});
    out.push_back({"output.panel", "households", {0, kMostPanelHouseholds}, true});
    out.push_back({"output.checkpoints", "every", {0, kMostYears}, true});
    out.push_back({"run", "replicates", {1, kMostReplicates}, true});
    out.push_back({"run", "first_replicate", {0, kLastFirstReplicate}, true});
    out.push_back({"run", "seed", {0, 18446744073709551615.0}, true});
    return out;
  }

  PolicyCatalogue catalogue_;
  Vocabulary vocabulary_;
};

/// Writes keys by their full path into one file, in flow style, and remembers their lines.
class File {
 public:
  void put(const std::string& parent, const std::string& key, const std::string& value) {
    sections_[parent].emplace_back(key, value);
  }

  /// The text, with `lines` filled in: full path to line.
  std::string text(std::map<std::string, int>& lines) const {
    std::string out = "terrace: 1\n";
    int line = 1;
    std::vector<std::string> open;
    for (const auto& [parent, keys] : sections_) {  // sorted, so that parents follow each other
      std::vector<std::string> parts;
      std::istringstream words(parent);
      for (std::string part; std::getline(words, part, '.');) parts.push_back(part);
      std::size_t same = 0;
      while (same < open.size() && same < parts.size() && open[same] == parts[same]) ++same;
      open.resize(same);
      for (; same < parts.size(); ++same) {
        out += std::string(2 * same, ' ') + parts[same] + ":\n";
        ++line;
        open.push_back(parts[same]);
      }
      for (const auto& [key, value] : keys) {
        out += std::string(2 * open.size(), ' ') + key + ": " + value + '\n';
        lines[parent + '.' + key] = ++line;
      }
    }
    return out;
  }

 private:
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> sections_;
};

/// A value that is wrong for this number, or nothing where it is right.
std::string spoilt(const Number& n, const std::string& kind) {
  if (kind == "below") return n.range.low_open ? shortest(n.range.low) : shortest(n.range.low - 1);
  if (kind == "above") return shortest(n.range.high * 2 + 1);
  if (kind == "-1") return n.range.holds(-1.0) ? "" : kind;
  if (kind == "0") return n.range.holds(0.0) ? "" : kind;
  if (kind == "1.5") return n.whole ? shortest(std::max(n.range.low, 1.0) + 0.5) : "";
  return kind;
}

TEST_F(VocabularyTest, EveryNumberSpoiltInEveryWay) {
  constexpr std::size_t kAFile = 190;  // so many mistakes are shown
  const std::vector<Number> all = numbers();
  ASSERT_GT(all.size(), 300U);
  std::size_t count = 0;
  for (const std::string kind :
       {"below",  "above", "-1",   "0",     "1.5", ".nan", ".NaN",   ".inf", "-.inf", "1e400",
        "-1e400", "text",  "true", "\"1\"", "~",   "[1]",  "{a: 1}", "0x10", "1_000", "1,5"}) {
    for (std::size_t first = 0; first < all.size(); first += kAFile) {
      File file;
      for (std::size_t i = first; i < std::min(all.size(), first + kAFile); ++i) {
        const std::string value = spoilt(all[i], kind);
        if (!value.empty()) file.put(all[i].parent, all[i].name, value);
      }
      std::map<std::string, int> lines;
      const std::string text = file.text(lines);
      if (lines.empty()) continue;
      const Loaded loaded = load_real(text);
      ASSERT_EQ(loaded.errors.size(), lines.size()) << kind << '\n' << errors(loaded);
      for (const Diagnostic& d : loaded.errors) {
        ASSERT_TRUE(lines.contains(d.path)) << to_string(d);
        EXPECT_EQ(d.line, lines.at(d.path)) << to_string(d);
        EXPECT_GT(d.column, 1) << to_string(d);
      }
      count += lines.size();
    }
  }
  EXPECT_GT(count, 5000U);
}

TEST_F(VocabularyTest, EndsOfRangesAreAccepted) {
  for (const bool high : {false, true}) {
    File file;
    for (const Number& n : numbers()) {
      if (n.name == "seed") continue;  // its upper end is no double
      double value = high ? n.range.high : n.range.low;
      if (!high && n.range.low_open) value += 0.001;
      file.put(n.parent, n.name, shortest(value));
    }
    std::map<std::string, int> lines;
    EXPECT_EQ(errors(load_real(file.text(lines))), "");
  }
}

/// One letter doubled, which is nearer to the name than any other name can be.
std::string misspelt(std::string name) {
  const std::size_t middle = name.size() / 2;
  return name.insert(middle, 1, name[middle] == '_' ? 'x' : name[middle]);
}

TEST_F(VocabularyTest, EveryNameMisspeltByOneLetter) {
  std::vector<std::pair<std::string, std::string>> names;  // parent and name
  for (const char* key : {"name", "title", "extends", "time", "population", "registry", "policies",
                          "parameters", "series", "output", "run"}) {
    names.emplace_back("", key);
  }
  for (const char* key : {"start", "programme", "end"}) names.emplace_back("time", key);
  for (const char* key :
       {"source", "persons", "digest", "layout", "provinces", "counties", "sample"}) {
    names.emplace_back("population", key);
  }
  for (const char* key : {"indicators", "panel", "checkpoints"}) names.emplace_back("output", key);
  for (const char* key : {"households", "columns"}) names.emplace_back("output.panel", key);
  for (const char* key : {"every", "keep"}) names.emplace_back("output.checkpoints", key);
  for (const Number& n : numbers()) names.emplace_back(n.parent, n.name);
  for (const ParameterBlock& block : vocabulary_.blocks)
    names.emplace_back("parameters", block.name);
  for (const PolicyEntry* entry : vocabulary_.policies) {
    const std::string module(entry->info.name);
    names.emplace_back("policies", module);
    for (const char* key : {"enabled", "from", "until"})
      names.emplace_back("policies." + module, key);
  }
  std::set<std::string> series;
  for (const SeriesInfo& info : vocabulary_.all_series()) series.emplace(info.name);
  for (const std::string& name : series) names.emplace_back("series", name);

  constexpr std::size_t kAFile = 190;
  for (std::size_t first = 0; first < names.size(); first += kAFile) {
    File file;
    std::map<std::string, std::string> meant;
    for (std::size_t i = first; i < std::min(names.size(), first + kAFile); ++i) {
      const auto& [parent, name] = names[i];
      if (parent.empty()) continue;
      file.put(parent, misspelt(name), "{}");
      meant[parent + '.' + misspelt(name)] = name;
    }
    std::map<std::string, int> lines;
    const Loaded loaded = load_real(file.text(lines));
    ASSERT_EQ(loaded.errors.size(), meant.size()) << errors(loaded);
    for (const Diagnostic& d : loaded.errors) {
      ASSERT_TRUE(meant.contains(d.path)) << to_string(d);
      EXPECT_EQ(d.hint, "did you mean '" + meant.at(d.path) + "'?") << to_string(d);
      EXPECT_EQ(d.line, lines.at(d.path));
    }
  }
  for (const auto& [parent, name] : names) {
    if (!parent.empty()) continue;
    EXPECT_EQ(errors(load_real("terrace: 1\n" + misspelt(name) + ": 1\n")),
              "x.yaml:2:1: " + misspelt(name) + ": unknown key; did you mean '" + name + "'?\n");
  }
}

/// A shipped scenario by its lines, to be spoilt.
struct Shipped {
  std::string name;
  std::vector<std::string> lines;

  std::string text() const {
    std::string out;
    for (const std::string& line : lines) out += line + '\n';
    return out;
  }
  /// Index of the first line from `from` on that gives a key, or the number of lines.
  std::size_t next_key(std::size_t from) const {
    while (from < lines.size() &&
           (lines[from].find(": ") == std::string::npos || lines[from][0] == '#'))
      ++from;
    return from;
  }
};

std::vector<Shipped> shipped() {
  std::vector<Shipped> out;
  for (const auto& entry : std::filesystem::directory_iterator(kShipped)) {
    if (entry.path().extension() != ".yaml") continue;
    Shipped one{entry.path().stem().string(), {}};
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      // What it names lies beside the shipped files.
      if (line.starts_with("extends: ")) line = "extends: " + (kShipped / line.substr(9)).string();
      for (const char* key : {"  layout: ", "  source: survey", "  persons: survey"}) {
        if (line.starts_with(key))
          line = line.substr(0, line.find(": ") + 2) +
                 (kShipped / line.substr(line.find(": ") + 2)).string();
      }
      const bool layout = line.starts_with("  layout: ");
      if (!layout && line.find(": data/") != std::string::npos)
        line.replace(line.find("data/"), 0, kShipped.string() + '/');
      one.lines.push_back(line);
    }
    out.push_back(std::move(one));
  }
  std::sort(out.begin(), out.end(),
            [](const Shipped& a, const Shipped& b) { return a.name < b.name; });
  return out;
}

// A mistake of some kind put into a line; the line in which it must be reported, from 1.
using Spoil = std::size_t (*)(Shipped&, std::size_t line);

std::size_t no_colon_space(Shipped& s, std::size_t i) {
  s.lines[i].erase(s.lines[i].find(": ") + 1, 1);
  return 0;  // a plain scalar may swallow the next lines: somewhere below
}
std::size_t tab(Shipped& s, std::size_t i) {
  s.lines[i].insert(0, 1, '\t');
  return i + 1;
}
std::size_t alias(Shipped& s, std::size_t i) {
  s.lines[i] = s.lines[i].substr(0, s.lines[i].find(": ") + 2) + "*anchor";
  return i + 1;
}
std::size_t twice(Shipped& s, std::size_t i) {
  s.lines.insert(s.lines.begin() + static_cast<std::ptrdiff_t>(i), s.lines[i]);
  return i + 2;
}
std::size_t unknown(Shipped& s, std::size_t i) {
  s.lines[i].insert(s.lines[i].find_first_not_of(' '), "zzzz_");
  return i + 1;
}
std::size_t broken_utf8(Shipped& s, std::size_t i) {
  s.lines[i] += '\xff';
  return i + 1;
}
std::size_t control_character(Shipped& s, std::size_t i) {
  s.lines[i] += '\x02';
  return i + 1;
}
std::size_t open_bracket(Shipped& s, std::size_t i) {
  s.lines[i] = s.lines[i].substr(0, s.lines[i].find(": ") + 2) + "[[[";
  return 0;
}
std::size_t second_document(Shipped& s, std::size_t) {
  s.lines.push_back("---");
  s.lines.push_back("terrace: 1");
  return s.lines.size() - 1;
}
std::size_t tag(Shipped& s, std::size_t i) {
  s.lines[i].insert(s.lines[i].find(": ") + 2, "!!str ");
  return i + 1;
}

TEST_F(VocabularyTest, EveryShippedScenarioSpoilt) {
  const std::vector<std::pair<const char*, Spoil>> kinds = {
      {"no space after the colon", no_colon_space},
      {"tab", tab},
      {"alias", alias},
      {"twice", twice},
      {"unknown", unknown},
      {"UTF-8", broken_utf8},
      {"control character", control_character},
      {"bracket", open_bracket},
      {"second document", second_document},
      {"tag", tag}};
  const std::vector<Shipped> all = shipped();
  std::size_t count = 0;
  double slowest = 0.0;
  for (std::size_t s = 0; s < all.size(); ++s) {
    ASSERT_EQ(errors(load_real(all[s].text())), "") << all[s].name;
    for (std::size_t k = 0; k < kinds.size(); k += 1 + s % 2) {  // all kinds for every other one
      Shipped copy = all[s];
      std::size_t line = copy.next_key(0);
      for (std::size_t skip = (s + k) % 3; skip > 0; --skip) {  // not always in the first key
        const std::size_t next = copy.next_key(line + 1);
        if (next < copy.lines.size()) line = next;
      }
      const std::size_t due = kinds[k].second(copy, line);
      const std::clock_t started = std::clock();
      const Loaded loaded = load_real(copy.text());
      const double took = static_cast<double>(std::clock() - started) / CLOCKS_PER_SEC;
      slowest = std::max(slowest, took);
      ASSERT_FALSE(loaded.errors.empty()) << all[s].name << ": " << kinds[k].first;
      bool there = due == 0;
      for (const Diagnostic& d : loaded.errors) {
        EXPECT_FALSE(d.message.empty());
        there = there || d.line == static_cast<int>(due);
      }
      EXPECT_TRUE(there) << all[s].name << ": " << kinds[k].first << " in line " << due << '\n'
                         << errors(loaded);
      ++count;
    }
  }
  EXPECT_GE(count, 300U);
#ifndef TERRACE_SANITIZED
  EXPECT_LT(slowest, 1.0);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  EXPECT_LT(usage.ru_maxrss, 256 * 1024);
#endif
}

// One file with a mistake of each kind that does not end the reading: none hides another.
TEST_F(VocabularyTest, MistakesOfAllKindsAtOnce) {
  const std::string text = R"(terrace: 1
nam: x
time: {start: 2008-02, programm: 2013-01}
population:
  sample: {counties: 0, villages: .nan}
policies:
  relocaton: {enabled: true}
  education: {capacity: 2, enabled: yes}
  industry: &a {consent: *a, ramp_month: 3}
parameters:
  farm_assets: {tau: 1e400}
  farm_asset: {tau: 1}
run: {seed: 1.5, replicates: 0, seed: 2}
series: {poverty_lime: {}, exit_line: {unit: yuan, prices: nominal, values: {}}}
output: {indicators: [gini, ginni, gini], checkpoints: {keep: [2013, 2013, 1]}}
)";
  std::vector<std::string> places;
  for (const Diagnostic& d : load_real(text).errors)
    places.push_back(std::to_string(d.line) + ' ' + d.path);
  EXPECT_THAT(
      places,
      testing::ElementsAre(
          "2 nam", "3 time.start", "3 time.programm", "5 population.sample.counties",
          "5 population.sample.villages", "7 policies.relocaton", "8 policies.education.capacity",
          "8 policies.education.enabled", "9 policies.industry", "9 policies.industry.consent",
          "9 policies.industry.ramp_month", "11 parameters.farm_assets.tau",
          "12 parameters.farm_asset", "13 run.seed", "13 run.replicates", "13 run.seed",
          "14 series.poverty_lime", "14 series.exit_line", "14 series.exit_line.unit",
          "14 series.exit_line.values", "15 output.indicators[1]", "15 output.indicators[2]",
          "15 output.checkpoints.keep[1]", "15 output.checkpoints.keep[2]"));
}

}  // namespace
}  // namespace terrace::scenario
