// A hand-made county in which chosen modules run month by month, without the rest of the model.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "policies/runner.hpp"
#include "support/hand_county.hpp"

namespace terrace::test {

enum ModuleIndex : std::size_t {
  industry,
  workshops,
  training,
  labour_service,
  micro_loans,
  cooperatives,
  solar,
  e_commerce,
  purchases,
  relocation,
  ecological_posts,
  education,
  allowance,
  health_insurance,
  care,
  housing,
  infrastructure,
  pairing,
  resident_teams,
  relief,
  cash
};

class PolicyBench {
 public:
  PolicyBench(int year, std::vector<std::string> enabled)
      : hand(year, builtin_catalogue().entries().size()), spec(small_scenario()) {
    for (auto& [name, settings] : spec.policies) settings.enabled = false;
    for (const std::string& name : enabled) settings(name).enabled = true;
    // Everybody who is asked says yes, unless a test wants otherwise.
    for (const char* name : {"industry", "relocation", "ecological_posts", "education", "allowance",
                             "housing", "relief", "workshops", "training", "labour_service",
                             "micro_loans", "health_insurance", "care"}) {
      set(name, "consent", 1.0 - 1e-12);
    }
    // What tests calculate with by hand, whatever the defaults become.
    set("industry", "income_gain", 0.15);
    set("industry", "ramp_months", 18);
    set("industry", "failure", 0.25);
    set("industry", "unit_cost", 8'000);
    set("industry", "dividend", 100);
    set("relocation", "unit_cost", 62'500);
    set("relocation", "wage_gain", 0.1);
    set("relocation", "farm_loss", 0.6);
    set("relocation", "living_cost", 0.1);
    set("relocation", "living_grant", 1'500);
    set("relocation", "demolition_grant", 3'000);
    set("relocation", "own_payment", 2'267);
    set("relocation", "remote_hours", 3);
    set("ecological_posts", "pay", 9'000);
    set("ecological_posts", "farm_time", 0.2);
    set("ecological_posts", "renewal_lines", 1.5);
    set("education", "stipend", 1'250);
    set("education", "cash_share", 0.6);
    set("education", "dropout_change", -0.6);
    set("education", "senior_logit", 0.3);
    set("education", "meals", 0);
    set("allowance", "gap_fill", 0.75);
    set("allowance", "line_ratio", 0.8);
    set("allowance", "missed", 0.0);
    set("allowance", "sd_early", 0.0);
    set("allowance", "sd_late", 0.0);
    spec.end = month_of(2030, 12);
    for (auto& [name, settings] : spec.policies) settings.until = spec.end;
  }

  ModuleSettings& settings(const std::string& module) { return spec.policies.at(module); }
  void set(const std::string& module, const std::string& parameter, double value) {
    const std::string name = "policies." + module + "." + parameter;
    require(spec.parameters.count(name) == 1, "no such parameter");
    spec.parameters[name] = value;
  }
  void fund(Pot pot, Fen amount) {
    hand.county.ledger.of(pot).inflow += amount;
    hand.county.ledger.of(pot).balance += amount;
  }

  /// Effects, then offers, as in a county-year; nothing else happens.
  void month(Month m) {
    if (!runner) runner = std::make_unique<policies::Runner>(catalogue, spec, rules);
    hand.frame.year = year_of(m);
    std::vector<std::uint8_t> starts = hand.work.starts;
    hand.begin(m);
    if (month_in_year(m) != 1 && starts.size() == hand.work.starts.size())
      hand.work.starts = starts;
    runner->effects(hand.work);
    runner->admit(hand.work);
    EXPECT_TRUE(hand.county.ledger.balances()) << "month " << m;
  }
  void months(Month first, Month last) {
    for (Month m = first; m <= last; ++m) month(m);
  }

  const std::vector<Enrolment>& enrolled(ModuleIndex m) const { return hand.county.enrolments[m]; }
  const Enrolment* enrolment(ModuleIndex m, std::size_t household) const {
    for (const Enrolment& e : enrolled(m)) {
      if (e.household == household) return &e;
    }
    return nullptr;
  }
  Fen delivered(ModuleIndex m) const { return hand.county.ledger.delivered_by_module[m]; }
  double event(ModuleIndex m, ModuleSum s) { return hand.work.event(m, s); }

  HandCounty hand;
  ScenarioSpec spec;
  PolicyCatalogue catalogue = builtin_catalogue();
  policies::WalkRules rules{1.0, 0.15, 0.0};
  std::unique_ptr<policies::Runner> runner;
};

}  // namespace terrace::test
