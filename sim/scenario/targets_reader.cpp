#include "scenario/targets_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "scenario/values.hpp"
#include "scenario/yaml_reader.hpp"

namespace terrace::scenario {
namespace {

constexpr double kMost = 1e15;

/// Names by which other things call a figure.
bool is_id(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

class TargetsReader {
 public:
  explicit TargetsReader(Problems& problems) : problems_(problems) {}

  TargetList read(const Node& root) {
    // Figures name provinces, reasons and patterns, which may stand after them in the file.
    const auto later = [](const Node&, const std::string&) {};
    const bool complete = read_map(
        root, "",
        {{"targets",
          [&](const Node& v, const std::string& at) { read_integer(v, at, 1, 1, problems_); },
          true},
         {"nation", [&](const Node& v, const std::string& at) { nation(v, at); }, true},
         {"reasons", [&](const Node& v, const std::string& at) { reasons(v, at); }, true},
         {"patterns", [&](const Node& v, const std::string& at) { patterns(v, at); }, true},
         {"figures", later, true}},
        problems_);
    if (complete) figures(*root.find("figures"), "figures");
    return std::move(out_);
  }

 private:
  void texts(const Node& node, const std::string& path, std::vector<std::string>& out) {
    if (!expect_sequence(node, path, problems_)) return;
    if (node.items.empty()) problems_.add(node.place, path, "an empty list");
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      std::string word;
      text(node.items[i], path + '[' + std::to_string(i) + ']', word);
      if (std::find(out.begin(), out.end(), word) != out.end()) {
        problems_.add(node.items[i].place, path,
                      "'" + shown(word) + "' stands in the list already");
      }
      out.push_back(std::move(word));
    }
  }

  void text(const Node& node, const std::string& path, std::string& out) {
    if (auto word = read_text(node, path, problems_, true)) out = std::move(*word);
  }

  void nation(const Node& node, const std::string& path) {
    texts(node, path, out_.nation);
    nation_.insert(out_.nation.begin(), out_.nation.end());
  }

  void reasons(const Node& node, const std::string& path) {
    if (!expect_map(node, path, problems_)) return;
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      const std::string& key = node.keys[i].text;
      text(node.items[i], join(path, key), out_.reasons[key]);
    }
  }

  void patterns(const Node& node, const std::string& path) {
    if (!expect_map(node, path, problems_)) return;
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      const std::string at = join(path, node.keys[i].text);
      TargetPattern pattern;
      if (const auto number = read_integer(node.keys[i], at, 1, 999, problems_)) {
        pattern.number = static_cast<int>(*number);
      }
      text(node.items[i], at, pattern.says);
      out_.patterns.push_back(std::move(pattern));
    }
  }

  void figures(const Node& node, const std::string& path) {
    if (!expect_sequence(node, path, problems_)) return;
    if (node.items.empty()) problems_.add(node.place, path, "an empty list");
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      // People know a figure by its name, not by its place in a list of hundreds.
      const Node* id = node.items[i].find("id");
      const std::string called = id != nullptr && is_id(id->text) ? id->text : std::to_string(i);
      std::string at = path;
      figure(node.items[i], at.append("[").append(called).append("]"));
    }
  }

  void figure(const Node& node, const std::string& path) {
    Target t;
    const auto to = [this](std::string& out) {
      return [this, &out](const Node& v, const std::string& at) { text(v, at, out); };
    };
    const bool complete = read_map(
        node, path,
        {{"id", [&](const Node& v, const std::string& at) { id(v, at, t.id); }, true},
         {"quantity", to(t.quantity), true},
         {"value", [&](const Node& v, const std::string& at) { numbers(v, at, t.values, 1); }},
         {"range", [&](const Node& v, const std::string& at) { range(v, at, t); }},
         {"values", [&](const Node& v, const std::string& at) { numbers(v, at, t.values, 0); }},
         {"words", [&](const Node& v, const std::string& at) { texts(v, at, t.words); }},
         {"unit", to(t.unit), true},
         {"period", to(t.period), true},
         {"scope", to(t.scope), true},
         {"source", to(t.source), true},
         {"provenance", [&](const Node& v, const std::string& at) { provenance(v, at, t); }, true},
         {"kind", [&](const Node& v, const std::string& at) { kind(v, at, t); }, true},
         {"role", [&](const Node& v, const std::string& at) { role(v, at, t); }, true},
         {"holdout",
          [&](const Node& v, const std::string& at) {
            t.holdout = read_bool(v, at, problems_).value_or(false);
          }},
         {"feeds", [&](const Node& v, const std::string& at) { texts(v, at, t.feeds); }},
         {"pattern", [&](const Node& v, const std::string& at) { pattern(v, at, t); }},
         {"part",
          [&](const Node& v, const std::string& at) {
            if (const auto n = read_integer(v, at, 1, 99, problems_)) {
              t.part = static_cast<std::size_t>(*n - 1);
            }
          }},
         {"answer",
          [&](const Node& v, const std::string& at) {
            t.answer = read_target_answer(v, at, nation_, problems_);
          }},
         {"tolerance", [&](const Node& v, const std::string& at) { tolerance(v, at, t); }},
         {"without", [&](const Node& v, const std::string& at) { without(v, at, t); }},
         {"note", to(t.note)},
         {"module", to(t.module)}},
        problems_);
    if (complete) {
      check_role(node, path, t);
      check_answer(node, path, t);
    }
    out_.targets.push_back(std::move(t));
  }

  void id(const Node& node, const std::string& path, std::string& out) {
    text(node, path, out);
    if (!is_id(out)) {
      problems_.add(node.place, path, "must be lower-case letters, digits and underscores");
    } else if (!ids_.insert(out).second) {
      problems_.add(node.place, path, "'" + shown(out) + "' names a figure above already");
    }
  }

  /// A list of at least two, or with `count` 1 a number by itself.
  void numbers(const Node& node, const std::string& path, std::vector<double>& out,
               std::size_t count) {
    const auto one = [&](const Node& v, const std::string& at) {
      if (const auto x = read_number(v, at, {-kMost, kMost}, problems_)) out.push_back(*x);
    };
    if (count == 1) {
      one(node, path);
      return;
    }
    if (!expect_sequence(node, path, problems_)) return;
    if (node.items.size() < 2)
      problems_.add(node.place, path, "fewer than two", "write value: ...");
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      one(node.items[i], path + '[' + std::to_string(i) + ']');
    }
  }

  void range(const Node& node, const std::string& path, Target& t) {
    t.range = true;
    numbers(node, path, t.values, 0);
    if (t.values.size() != 2 || t.values[0] > t.values[1]) {
      problems_.add(node.place, path, "must be two numbers, the lower first");
    }
  }

  void provenance(const Node& node, const std::string& path, Target& t) {
    static const std::vector<std::string> kWords = {"seed", "search", "derived", "memory"};
    if (const auto word = read_word(node, path, kWords, problems_)) t.provenance = kWords[*word];
  }

  void kind(const Node& node, const std::string& path, Target& t) {
    static const std::vector<std::string> kWords = {"initial", "parameter", "calibration",
                                                    "validation"};
    if (const auto word = read_word(node, path, kWords, problems_)) t.kind = kWords[*word];
  }

  void role(const Node& node, const std::string& path, Target& t) {
    static const std::vector<std::string> kWords = {"fitted", "used", "held_out", "open"};
    if (const auto word = read_word(node, path, kWords, problems_)) {
      t.role = static_cast<TargetRole>(*word);
    }
  }

  void pattern(const Node& node, const std::string& path, Target& t) {
    const auto number = read_integer(node, path, 1, 999, problems_);
    if (!number) return;
    t.pattern = static_cast<int>(*number);
    const bool listed = std::any_of(out_.patterns.begin(), out_.patterns.end(),
                                    [&](const TargetPattern& p) { return p.number == t.pattern; });
    if (!listed) problems_.add(node.place, path, "no such pattern above");
  }

  void without(const Node& node, const std::string& path, Target& t) {
    text(node, path, t.without);
    if (!t.without.empty() && !out_.reasons.contains(t.without)) {
      std::vector<std::string> known;
      for (const auto& [key, says] : out_.reasons) known.push_back(key);
      unknown_name(node, path, "reason", known, problems_);
    }
  }

  void tolerance(const Node& node, const std::string& path, Target& t) {
    static const std::vector<std::string> kOf = {"figure", "unit"};
    TargetTolerance& out = t.tolerance;
    const auto bound = [this](double& to) {
      return [this, &to](const Node& v, const std::string& at) {
        if (const auto x = read_number(v, at, {0.0, kMost}, problems_)) to = *x;
      };
    };
    const auto of = [&](const Node& v, const std::string& at) {
      if (const auto word = read_word(v, at, kOf, problems_)) out.relative = *word == 0;
    };
    const auto why = [&](const Node& v, const std::string& at) { text(v, at, out.why); };
    read_map(node, path,
             {{"pass", bound(out.pass), true},
              {"near", bound(out.near), true},
              {"of", of},
              {"why", why, true}},
             problems_);
    if (out.pass > out.near) {
      problems_.add(node.place, path, "near must not be narrower than pass");
    }
    if (out.relative && out.near >= 1.0) {
      problems_.add(node.place, path,
                    "near must be below 1 of the figure, or nothing can be too low");
    }
  }

  void check_role(const Node& node, const std::string& path, const Target& t) {
    if (t.holdout != (t.role == TargetRole::held_out)) {
      problems_.add(node.place, path,
                    t.holdout ? "a figure kept out of fitting has the role held_out"
                              : "role held_out needs holdout: true");
    }
    const bool feeds = t.role == TargetRole::fitted || t.role == TargetRole::used;
    if (feeds && t.feeds.empty()) {
      problems_.add(node.place, path, "'feeds' is missing",
                    "name the constants that it sets, or the test that gates on it");
    } else if (!feeds && !t.feeds.empty()) {
      problems_.add(node.place, path, "a figure that is held out or open feeds nothing",
                    "no constant may be set by a held-out figure");
    }
  }

  void check_answer(const Node& node, const std::string& path, const Target& t) {
    const auto has = [&node](const char* key) { return node.find(key) != nullptr; };
    const auto wrong = [&](const char* what) { problems_.add(node.place, path, what); };
    const int forms = has("value") + has("range") + has("values") + has("words");
    if (forms > 1) wrong("more than one of value, range, values, words");
    if (has("answer") == has("without")) {
      wrong(has("answer") ? "both answer and without" : "neither answer nor without");
    }
    if (has("answer") != has("tolerance")) {
      wrong(has("answer") ? "an answer needs a tolerance" : "a tolerance without an answer");
    }
    if (has("part") && (!has("values") || t.part >= t.values.size())) {
      wrong("'part' counts the numbers of 'values' from 1");
    }
    if (!has("answer")) return;
    if (has("values") && !has("part")) wrong("'part' must say which of the values is answered");
    if (!has("value") && !has("range") && !has("values")) {
      wrong("an answer without a number to compare with");
    } else if (t.tolerance.relative && t.part < t.values.size() && t.values[t.part] == 0.0) {
      wrong("a tolerance relative to 0; write of: unit");
    }
  }

  Problems& problems_;
  TargetList out_;
  std::set<std::string> nation_;
  std::set<std::string> ids_;
};

}  // namespace

TargetList read_targets_file(const std::filesystem::path& file, Problems& problems) {
  const auto root = read_yaml_file(file, file.string(), problems);
  if (!root) return {};
  return TargetsReader(problems).read(*root);
}

}  // namespace terrace::scenario
