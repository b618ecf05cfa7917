#include "analysis/targets.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "analysis/interval.hpp"
#include "analysis/target_terms.hpp"

namespace terrace::analysis {
namespace {

double safe_ratio(double simulated, const std::vector<double>& published) {
  if (published.size() != 1 || published.front() == 0.0) return kNoNumber;
  return simulated / published.front();
}

bool holds_published(const Target& target, double low, double high) {
  const std::vector<double> ends = published(target);
  return low <= ends.back() && high >= ends.front();  // false where there is no interval
}

TargetResult answered(const Target& target, TermReader& terms) {
  TargetResult out;
  out.target = &target;
  out.mean = out.low = out.high = out.ratio = kNoNumber;
  if (!target.answer) return out;
  out.replicates = terms.answer(*target.answer, out.why);
  const MeanInterval interval = mean_interval(out.replicates, 0.95);
  const bool all = interval.n == out.replicates.size();
  if (out.why.empty() && (interval.n == 0 || !all)) {
    out.why = "no value in " + std::string(interval.n == 0 ? "this run" : "some replicates");
  }
  if (!out.why.empty()) {
    out.verdict = Verdict::not_in_run;
    return out;
  }
  out.mean = interval.mean;
  out.low = interval.low;
  out.high = interval.high;
  out.ratio = safe_ratio(out.mean, published(target));
  out.covered = holds_published(target, out.low, out.high);
  out.verdict = judge(target, out.mean);
  return out;
}

/// Worst of the figures that this run answers; without any, not_in_run or no_indicator.
PatternResult pattern_of(const TargetPattern& pattern, const std::vector<TargetResult>& results) {
  PatternResult out;
  out.pattern = &pattern;
  for (const TargetResult& r : results) {
    if (r.target->pattern != pattern.number || r.verdict == Verdict::no_indicator) continue;
    if (r.verdict == Verdict::not_in_run) {
      if (out.figures == 0) out.verdict = Verdict::not_in_run;
      continue;
    }
    out.verdict = out.figures == 0 ? r.verdict : std::max(out.verdict, r.verdict);
    ++out.figures;
  }
  return out;
}

}  // namespace

const char* to_string(Verdict verdict) {
  static constexpr const char* kNames[kVerdicts] = {"pass", "near", "fail", "not in this run",
                                                    "no indicator"};
  return kNames[static_cast<std::size_t>(verdict)];
}

const char* to_string(TargetRole role) {
  static constexpr const char* kNames[] = {"fitted", "used", "held_out", "open"};
  return kNames[static_cast<std::size_t>(role)];
}

std::vector<double> published(const Target& target) {
  if (target.range || target.values.size() < 2) return target.values;
  return {target.values.at(target.part)};
}

Verdict judge(const Target& target, double simulated) {
  const std::vector<double> ends = published(target);
  const double end = simulated < ends.front() ? ends.front() : ends.back();
  const bool inside = simulated >= ends.front() && simulated <= ends.back();
  const double distance = inside ? 0.0 : std::abs(simulated - end);
  const double unit = target.tolerance.relative ? std::abs(end) : 1.0;
  // A hair more, so that a figure that lies on the bound by hand does so in binary too.
  constexpr double kRounding = 1.0 + 1e-12;
  if (distance <= target.tolerance.pass * unit * kRounding) return Verdict::pass;
  return distance <= target.tolerance.near * unit * kRounding ? Verdict::near : Verdict::fail;
}

TargetCard evaluate_targets(const TargetList& list, const RunReader& run) {
  TargetCard card;
  TermReader terms(run, list.nation);
  card.replicates = terms.replicates();
  card.whole_nation = terms.whole_nation();
  for (const Target& target : list.targets) {
    card.results.push_back(answered(target, terms));
    if (!target.answer) card.results.back().why = list.reasons.at(target.without);
  }
  for (const TargetPattern& pattern : list.patterns) {
    card.patterns.push_back(pattern_of(pattern, card.results));
  }
  return card;
}

TargetCounts count(const TargetCard& card, TargetRole role) {
  TargetCounts counts;
  for (const TargetResult& r : card.results) {
    if (r.target->role == role) ++counts.of[static_cast<std::size_t>(r.verdict)];
  }
  return counts;
}

TargetCounts count_patterns(const TargetCard& card) {
  TargetCounts counts;
  for (const PatternResult& p : card.patterns) ++counts.of[static_cast<std::size_t>(p.verdict)];
  return counts;
}

namespace {

class TableMaker {
 public:
  explicit TableMaker(const TargetCard& card) : card_(card) {}

  template <typename Text>
  void words(const char* name, const char* meaning, Text text) {
    TableColumn column{name, "", meaning, true};
    for (const TargetResult& r : card_.results) column.texts.emplace_back(text(r));
    columns.push_back(std::move(column));
  }

  template <typename Number>
  void numbers(const char* name, const char* unit, const std::string& meaning, Number number) {
    TableColumn column{name, unit, meaning};
    for (const TargetResult& r : card_.results) column.numbers.push_back(number(r));
    columns.push_back(std::move(column));
  }

  std::vector<TableColumn> columns;

 private:
  const TargetCard& card_;
};

}  // namespace

ResultTable targets_table(const TargetCard& card) {
  using R = const TargetResult&;
  TableMaker t(card);
  t.words("id", "name of the figure", [](R r) { return r.target->id; });
  t.words("quantity", "what was published", [](R r) { return r.target->quantity; });
  t.words("role", "fitted, used, held_out or open", [](R r) { return to_string(r.target->role); });
  t.words("unit", "of published, simulated and absolute tolerances",
          [](R r) { return r.target->unit; });
  t.words("period", "of the published figure", [](R r) { return r.target->period; });
  t.words("scope", "of the published figure", [](R r) { return r.target->scope; });
  t.numbers(
      "published", "", "published figure, or lower end of a published range, in `unit`",
      [](R r) { return r.target->values.empty() ? kNoNumber : published(*r.target).front(); });
  t.numbers("published_high", "", "the same, or upper end of a published range, in `unit`",
            [](R r) { return r.target->values.empty() ? kNoNumber : published(*r.target).back(); });
  t.numbers("simulated", "", "mean over replicates, in `unit`", [](R r) { return r.mean; });
  t.numbers("low", "",
            "lower end of the 95 % interval of that mean, in `unit`: " + std::string(kOneSample),
            [](R r) { return r.low; });
  t.numbers("high", "", "upper end of it, in `unit`", [](R r) { return r.high; });
  t.numbers("ratio", "1", "simulated over published", [](R r) { return r.ratio; });
  t.words("verdict", "pass, near, fail, not in this run, no indicator",
          [](R r) { return to_string(r.verdict); });
  t.words("covered", "whether the interval holds the published figure: yes, no, or empty", [](R r) {
    return std::isnan(r.low) ? "" : r.covered ? "yes" : "no";
  });
  t.numbers("tolerance_pass", "", "largest distance of a pass, a share or in `unit`",
            [](R r) { return r.target->answer ? r.target->tolerance.pass : kNoNumber; });
  t.numbers("tolerance_near", "", "largest distance of a near, a share or in `unit`",
            [](R r) { return r.target->answer ? r.target->tolerance.near : kNoNumber; });
  t.words("tolerance_is", "relative to the published figure or absolute; empty without an answer",
          [](R r) {
            if (!r.target->answer) return "";
            return r.target->tolerance.relative ? "relative" : "absolute";
          });
  t.numbers("pattern", "1", "number of the pattern that the figure belongs to",
            [](R r) { return r.target->pattern > 0 ? r.target->pattern : kNoNumber; });
  t.words("reason", "why there is no verdict", [](R r) { return r.why; });
  t.words("source", "publication", [](R r) { return r.target->source; });
  t.words("provenance", "how the figure came here", [](R r) { return r.target->provenance; });
  return {"targets", "Published figures beside a run", std::move(t.columns)};
}

ResultTable patterns_table(const TargetCard& card) {
  TableColumn number{"pattern", "1", "number of the pattern"};
  TableColumn says{"says", "", "what a credible model shows", true};
  TableColumn verdict{"verdict", "", "the worst of its figures in this run", true};
  TableColumn figures{"figures", "1", "how many of its figures this run answers"};
  for (const PatternResult& p : card.patterns) {
    number.numbers.push_back(p.pattern->number);
    says.texts.push_back(p.pattern->says);
    verdict.texts.emplace_back(to_string(p.verdict));
    figures.numbers.push_back(static_cast<double>(p.figures));
  }
  return {"patterns",
          "Patterns by the figures that belong to them",
          {std::move(number), std::move(says), std::move(verdict), std::move(figures)}};
}

}  // namespace terrace::analysis
