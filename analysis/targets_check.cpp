// Whether the answers of a list of figures make sense for a model.
#include <algorithm>

#include "analysis/targets.hpp"

namespace terrace::analysis {
namespace {

class AnswerCheck {
 public:
  AnswerCheck(std::span<const IndicatorInfo> monthly, std::span<const IndicatorInfo> targeting,
              std::span<const IndicatorInfo> modules)
      : monthly_(monthly), targeting_(targeting), modules_(modules) {}

  std::vector<std::string> wrong;

  void check(const Target& target) {
    if (!target.answer) return;
    id_ = target.id;
    for (const auto* list : {&target.answer->terms, &target.answer->over}) {
      for (const TargetTerm& term : *list) check(term);
    }
  }

 private:
  void say(const std::string& what) { wrong.push_back(id_ + ": " + what); }

  const IndicatorInfo* find(const TargetTerm& term, const std::string& name) {
    const auto list = term.group == "monthly"     ? monthly_
                      : term.group == "targeting" ? targeting_
                                                  : modules_;
    const auto at = std::find_if(list.begin(), list.end(),
                                 [&](const IndicatorInfo& i) { return i.name == name; });
    if (at != list.end()) return &*at;
    say("group " + term.group + " has no indicator " + name);
    return nullptr;
  }

  /// Shares and means of several regions need a weight; totals are added up.
  void check(const TargetTerm& term) {
    const IndicatorInfo* info = find(term, term.indicator);
    if (!term.times.empty()) find(term, term.times);
    const IndicatorInfo* weight = term.weight.empty() ? nullptr : find(term, term.weight);
    if (weight != nullptr && weight->kind != IndicatorKind::total) {
      say(term.weight + " is no total to weight by");
    }
    if (info == nullptr) return;
    const bool total = info->kind == IndicatorKind::total;
    if (term.where != TargetWhere::nation && total == !term.weight.empty()) {
      say(term.indicator + (total ? " is a total, which takes no weight over regions"
                                  : " needs a weight over regions"));
    }
    if (term.take == TargetTake::sum && !info->flow) {
      say(term.indicator + " is no flow: years of it cannot be added up");
    }
  }

  std::span<const IndicatorInfo> monthly_;
  std::span<const IndicatorInfo> targeting_;
  std::span<const IndicatorInfo> modules_;
  std::string id_;
};

}  // namespace

std::vector<std::string> check_answers(const TargetList& list,
                                       std::span<const IndicatorInfo> monthly,
                                       std::span<const IndicatorInfo> targeting,
                                       std::span<const IndicatorInfo> modules) {
  AnswerCheck check(monthly, targeting, modules);
  for (const Target& target : list.targets) check.check(target);
  return check.wrong;
}

}  // namespace terrace::analysis
