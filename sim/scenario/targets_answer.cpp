// How a published figure is made from indicators.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "scenario/targets_reader.hpp"
#include "scenario/values.hpp"

namespace terrace::scenario {
namespace {

constexpr std::int64_t kFirstYear = 2000;
constexpr std::int64_t kLastYear = 2100;

class AnswerReader {
 public:
  AnswerReader(const std::set<std::string>& nation, Problems& problems)
      : nation_(nation), problems_(problems) {}

  TargetAnswer read(const Node& node, const std::string& path) {
    TargetAnswer out;
    if (node.find("sum") == nullptr) {
      out.terms.push_back(term(node, path, &out));
      return out;
    }
    read_map(node, path,
             {{"sum", [&](const Node& v, const std::string& at) { terms(v, at, out.terms); }, true},
              {"over", [&](const Node& v, const std::string& at) { terms(v, at, out.over); }},
              {"factor", [&](const Node& v, const std::string& at) { number(v, at, out.factor); }}},
             problems_);
    return out;
  }

 private:
  void number(const Node& node, const std::string& path, double& out) {
    if (const auto x = read_number(node, path, {-1e15, 1e15}, problems_)) out = *x;
    if (out == 0.0) problems_.add(node.place, path, "must not be 0");
  }

  void text(const Node& node, const std::string& path, std::string& out) {
    if (auto word = read_text(node, path, problems_)) out = std::move(*word);
  }

  /// One term, or a list of them.
  void terms(const Node& node, const std::string& path, std::vector<TargetTerm>& out) {
    if (node.is_map()) {
      out.push_back(term(node, path, nullptr));
      return;
    }
    if (!expect_sequence(node, path, problems_)) return;
    if (node.items.empty()) problems_.add(node.place, path, "an empty list", "name an indicator");
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      out.push_back(term(node.items[i], path + '[' + std::to_string(i) + ']', nullptr));
    }
  }

  void where(const Node& node, const std::string& path, TargetTerm& out) {
    static const std::vector<std::string> kWords = {"nation", "designated", "east", "central",
                                                    "west"};
    if (node.is_sequence()) {
      out.where = TargetWhere::provinces;
      const std::vector<std::string> known(nation_.begin(), nation_.end());
      if (auto names = read_names(node, path, known, "province", problems_)) {
        out.provinces = std::move(*names);
      }
      return;
    }
    const auto word = read_word(node, path, kWords, problems_);
    if (!word) return;
    out.where = *word < 2 ? static_cast<TargetWhere>(*word) : TargetWhere::part;
    if (*word >= 2) out.part = static_cast<Region>(*word - 2);
  }

  void year(const Node& node, const std::string& path, int& out) {
    if (const auto y = read_integer(node, path, kFirstYear, kLastYear, problems_)) {
      out = static_cast<int>(*y);
    }
  }

  void years(const Node& node, const std::string& path, TargetTerm& out) {
    if (!expect_sequence(node, path, problems_)) return;
    if (node.items.size() != 2) {
      problems_.add(node.place, path, "must be the first and the last year",
                    "such as [2013, 2020]");
      return;
    }
    year(node.items[0], path + "[0]", out.from);
    year(node.items[1], path + "[1]", out.to);
    if (out.from >= out.to) {
      problems_.add(node.place, path, "the last year must be after the first");
    }
  }

  void group(const Node& node, const std::string& path, TargetTerm& out) {
    static const std::vector<std::string> kGroups = {"monthly", "targeting", "modules"};
    if (const auto word = read_word(node, path, kGroups, problems_)) out.group = kGroups[*word];
  }

  void take(const Node& node, const std::string& path, TargetTerm& out) {
    static const std::vector<std::string> kTakes = {"value", "sum", "mean", "change", "growth"};
    if (const auto word = read_word(node, path, kTakes, problems_)) {
      out.take = static_cast<TargetTake>(*word);
    }
  }

  /// With `whole` the map is an answer of one term and may say `over` as well.
  TargetTerm term(const Node& node, const std::string& path, TargetAnswer* whole) {
    TargetTerm out;
    std::vector<Field> fields = {
        {"indicator", [&](const Node& v, const std::string& at) { text(v, at, out.indicator); },
         true},
        {"group", [&](const Node& v, const std::string& at) { group(v, at, out); }},
        {"module", [&](const Node& v, const std::string& at) { text(v, at, out.module); }},
        {"times", [&](const Node& v, const std::string& at) { text(v, at, out.times); }},
        {"weight", [&](const Node& v, const std::string& at) { text(v, at, out.weight); }},
        {"where", [&](const Node& v, const std::string& at) { where(v, at, out); }},
        {"year",
         [&](const Node& v, const std::string& at) {
           year(v, at, out.from);
           out.to = out.from;
         }},
        {"years", [&](const Node& v, const std::string& at) { years(v, at, out); }},
        {"take", [&](const Node& v, const std::string& at) { take(v, at, out); }},
        {"factor", [&](const Node& v, const std::string& at) { number(v, at, out.factor); }}};
    if (whole != nullptr) {
      fields.push_back(
          {"over", [&](const Node& v, const std::string& at) { terms(v, at, whole->over); }});
    }
    if (read_map(node, path, fields, problems_)) check(node, path, out);
    return out;
  }

  void check(const Node& node, const std::string& path, const TargetTerm& term) {
    const bool one = node.find("year") != nullptr;
    const bool several = node.find("years") != nullptr;
    if (one == several) {
      problems_.add(node.place, path, one ? "both year and years" : "'year' is missing");
    } else if (one != (term.take == TargetTake::value)) {
      problems_.add(node.place, path,
                    one ? "one year has nothing to take but its value"
                        : "what to take of several years is missing",
                    one ? "write years: [first, last]" : "take: sum, mean, change or growth");
    }
    if ((term.group == "modules") == term.module.empty()) {
      problems_.add(node.place, path, "'module' belongs to group modules, which needs one");
    }
    if (!term.weight.empty() && term.where == TargetWhere::nation) {
      problems_.add(node.place, path, "a weight for one region", "the nation needs none");
    }
  }

  const std::set<std::string>& nation_;
  Problems& problems_;
};

}  // namespace

std::optional<TargetAnswer> read_target_answer(const Node& node, const std::string& path,
                                               const std::set<std::string>& nation,
                                               Problems& problems) {
  const std::size_t before = problems.size();
  TargetAnswer out = AnswerReader(nation, problems).read(node, path);
  if (problems.size() != before) return std::nullopt;
  return out;
}

}  // namespace terrace::scenario
