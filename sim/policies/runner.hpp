// Runs every module the same way: effects of the month, failures and ends (runner.cpp); offers,
// consent, rationing and starts by each way of giving out (offers.cpp); the county's comparison of
// what its money could do (walk.cpp).
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

/// Chance that a household of this verified income is let go: Phi(ln(v / (margin x)) / sd).
double chance_to_pass(double verified, double exit_line, const WalkRules& rules);

/// Expected exits, and depth, per yuan:
///   [p(y + gain) - p(y) + depth_weight * max(0, 1 - y / x)] / cost,  p = chance_to_pass
double walk_value(double verified, double gain, double cost_yuan, double exit_line,
                  const WalkRules& rules);

/// Share of a lasting effect that is there after `age` months: 1 - exp(-3 age / ramp).
double ramp(double age_months, double ramp_months);
/// Its mean over the first twelve months: what there is of the effect in the first year.
double first_year_ramp(double ramp_months);

class Runner {
 public:
  /// `mismatch` is what a measure is worth to a household whose poverty has other causes.
  Runner(const PolicyCatalogue& catalogue, const ScenarioSpec& scenario, const WalkRules& rules,
         const ConsentRules& consent = {}, double mismatch = 1.0);

  std::size_t size() const { return modules_.size(); }
  std::vector<std::string> names() const;
  const ModuleInfo& info(std::size_t m) const { return modules_[m].info; }
  const ModuleSettings& settings(std::size_t m) const { return modules_[m].settings; }
  /// In force in some month of the year.
  bool active_in(std::size_t m, int year) const;
  double earmark(std::size_t m) const { return modules_[m].earmark; }
  Fen place_cost(std::size_t m) const { return modules_[m].policy->place_cost(); }
  void look_after(CountyWork& work) const;      ///< before all else of the month: resident teams
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
    double earmark = 0.0;  ///< its weight where the pool is split
    std::unique_ptr<PolicyModule> policy;
  };
  class Walk;
  struct Offer {
    Candidate who;
    bool prescribed = true;
  };

  bool in_force(std::size_t m, Month month) const;
  bool offers_now(std::size_t m, Month month) const;
  /// The ordinary list ends when the module that replaces it begins to pay.
  void take_over_allowance(CountyWork& work, std::size_t m) const;
  PolicyMonth now(CountyWork& work, std::size_t m) const;
  /// Village works: January's set-aside; in October what households' projects left over. What
  /// villages cannot use then goes back.
  void works(CountyWork& work) const;
  Fen ask_works(CountyWork& work, std::size_t m) const;

  /// What new starts may cost a pot now: what runs is paid before something new begins. A line of
  /// entitlements has no end.
  static Fen spendable(const CountyWork& work, Pot pot);
  /// What so many units of a grant are worth this year, yuan.
  static float grant_of(const CountyPlan& plan, std::size_t m, std::uint8_t units);
  std::vector<Candidate> candidates(CountyWork& work, std::size_t m) const;
  /// Whether the household's plan names the module. Modules outside the prescriptions, and all of
  /// them for a household that nobody diagnosed, count as named.
  bool prescribed(const CountyWork& work, std::size_t m, std::size_t household) const;
  /// Income as the county knows it; at the line where it never verified any.
  static double known_income(const CountyWork& work, std::size_t household);
  bool consents(const CountyWork& work, std::size_t m, const Candidate& who) const;
  std::int64_t free_places(const CountyWork& work, std::size_t m) const;
  /// Without a quota, capacity is the share of claims that offices can handle: always the same
  /// households. Counts whom it leaves out.
  bool reached(CountyWork& work, std::size_t m, const Candidate& who) const;
  /// Asks, and counts the answer.
  bool accepts(CountyWork& work, std::size_t m, const Candidate& who) const;
  void enrol(CountyWork& work, std::size_t m, const Offer& offer, Month start) const;
  /// Keeps back for what the walk's modules pay month by month from `start` on: so much a year.
  void promise(CountyWork& work, std::size_t m, Fen yearly, Month start) const;
  /// Of these, what has yet to begin this year.
  static Fen promised(const CountyWork& work);
  /// Counts a willing household that gets nothing, once a year and module; a module without any
  /// place this year turns nobody away.
  void count_unserved(CountyWork& work, std::size_t m, std::size_t household, Reason why) const;
  void leave_unserved(CountyWork& work, std::size_t m, const Offer& offer, Reason why) const;
  /// Whom the module serves in December.
  void count_served(CountyWork& work, std::size_t m) const;
  /// One enrolment's month; what was paid of it for once, as its last payment.
  Fen run_enrolment(CountyWork& work, std::size_t m, PolicyMonth& month, Enrolment& e) const;
  /// The diary of one whose month is over; `paid` of it in this month.
  void note_enrolment(CountyWork& work, std::size_t m, const Enrolment& e, Reason why,
                      Fen paid) const;
  void admit_all(CountyWork& work, std::size_t m) const;
  void admit_ranked(CountyWork& work, std::size_t m) const;
  void walk(CountyWork& work) const;

  std::vector<Module> modules_;
  std::size_t allowance_ = SIZE_MAX;  ///< the module that replaces the ordinary allowance, if any
  WalkRules rules_;
  ConsentRules consent_;
  double mismatch_;
};

}  // namespace terrace::policies
