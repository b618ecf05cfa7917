// Runs every module the same way: effects of the month, failures and ends, offers, rationing,
// starts.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <terrace/policy.hpp>
#include <terrace/scenario.hpp>

#include "population/county_work.hpp"

namespace terrace::policies {

/// How a county compares what it could do for a household (January and June).
struct WalkRules {
  double exit_margin = 1.0;
  double income_verify_sd = 0.15;
  double depth_weight = 0.0;  ///< 0 is pure creaming
};

/// What moves consent beside the module's own terms.
struct ConsentRules {
  double effort = 0.0;      ///< log-odds per unit of effort above 1
  double bellwether = 0.0;  ///< added chance per neighbour who left poverty last year
};

/// Expected exits, and depth, per yuan:
///   [p(y + gain) - p(y) + depth_weight * max(0, 1 - y / x)] / cost,  p(v) = Phi(ln(v / (margin x))
///   / sd)
double walk_value(double verified, double gain, double cost_yuan, double exit_line,
                  const WalkRules& rules);

/// Share of a lasting effect that is there after `age` months: 1 - exp(-3 age / ramp).
double ramp(double age_months, double ramp_months);

class Runner {
 public:
  Runner(const PolicyCatalogue& catalogue, const ScenarioSpec& scenario, const WalkRules& rules,
         const ConsentRules& consent = {});

  std::size_t size() const { return modules_.size(); }
  std::vector<std::string> names() const;
  const ModuleInfo& info(std::size_t m) const { return modules_[m].info; }
  const ModuleSettings& settings(std::size_t m) const { return modules_[m].settings; }
  /// In force in some month of the year.
  bool active_in(std::size_t m, int year) const;
  Fen place_cost(std::size_t m) const { return modules_[m].policy->place_cost(); }
  void effects(CountyWork& work) const;         ///< before the month's income
  void admit(CountyWork& work) const;           ///< after it
  void measure_demand(CountyWork& work) const;  ///< December: who would ask for a place next year

 private:
  struct Module {
    ModuleInfo info;
    ModuleSettings settings;
    StreamId consent;
    StreamId rank;
    StreamId reach;
    std::unique_ptr<PolicyModule> policy;
  };
  struct Offer {
    std::size_t module = 0;
    Candidate who;
  };

  bool in_force(std::size_t m, Month month) const;
  bool offers_now(std::size_t m, Month month) const;
  /// The ordinary list ends when the module that replaces it begins to pay.
  void take_over_allowance(CountyWork& work, std::size_t m) const;
  PolicyMonth now(CountyWork& work, std::size_t m) const;
  std::vector<Candidate> candidates(CountyWork& work, std::size_t m) const;
  bool consents(const CountyWork& work, std::size_t m, const Candidate& who) const;
  std::int64_t free_places(const CountyWork& work, std::size_t m) const;
  void enrol(CountyWork& work, std::size_t m, const Candidate& who, Month start) const;
  void admit_all(CountyWork& work, std::size_t m) const;
  void admit_by_urgency(CountyWork& work, std::size_t m) const;
  void walk(CountyWork& work) const;

  std::vector<Module> modules_;
  WalkRules rules_;
  ConsentRules consent_;
};

}  // namespace terrace::policies
