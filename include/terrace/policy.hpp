// How a policy joins the model: one class, one declaration, one registration.
//
// A module declares what it is (ModuleInfo) and answers a few questions; sim/policies/runner.cpp
// asks them in the same order for every module: who may be served, how urgently, at what cost, who
// consents, what changes each month, when it fails, when it ends. A module keeps no state of its
// own: that lies in the county's enrolments. Whatever it does to incomes goes through MonthFlows,
// and public money reaches anybody only by PolicyMonth::pay.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/events.hpp>
#include <terrace/parameters.hpp>
#include <terrace/plan.hpp>
#include <terrace/policy_month.hpp>
#include <terrace/random.hpp>
#include <terrace/scenario.hpp>
#include <terrace/series.hpp>

namespace terrace {

/// How places and money are given out.
enum class Allocation : std::uint8_t {
  walk,    ///< the county compares modules by expected exits per yuan, within its pool and places
  places,  ///< the nation gives places; the most urgent come first
  entitlement,  ///< whoever is eligible and claims
  guarantee,    ///< places of the nation, for those who lack a guarantee, nearest to exit first
  works,        ///< works of whole villages, out of what the pool sets aside for them, in January
                ///< and, when what households left over has been added, in October
  grant  ///< money of the year in equal parts for whoever is eligible: the runner writes what
         ///< an enrolment's units get in the year, in yuan, into its `amount`
};

struct ModuleInfo {
  std::string_view name;  ///< as in YAML
  std::string_view title;
  Allocation allocation = Allocation::entitlement;
  Pot pot = Pot::line;
  std::string_view places_series;  ///< national places by year; empty: not limited
  bool places_are_stock = false;   ///< places are posts held at once, not starts of the year
  std::uint16_t offer_months = 1;  ///< bit 0 = January ... bit 11 = December
  int default_from_year = 2014;    ///< in force from January of this year unless YAML says
  Measures measures = 0;           ///< what it carries out of the prescriptions; 0: outside them
  std::string_view earmark;  ///< name of its parameter with its weight where a pool is earmarked;
                             ///< a module of the walk without one then gets nothing of it
  std::string_view grant_series;      ///< `grant`: national money by year, billion yuan
  std::string_view county_series;     ///< national sum by year, billion yuan, of which counties get
                                      ///< parts by their poor (PolicyMonth::county_money)
  bool county_paired = false;         ///< only those with a partner in the East; else designated
  bool brings_partner_money = false;  ///< the pool gets what the East pays only while in force
  bool sends_teams = false;           ///< look_after() is asked
  bool ramps = false;                 ///< its effect builds up: `ramp` has something to multiply
  bool places_for_signatories = false;  ///< places go to provinces that signed the pledge
  bool replaces_ordinary_allowance = false;
  std::vector<SeriesInfo> series;         ///< series it reads
  std::vector<std::string_view> streams;  ///< names of its random streams
};

/// A household that may be served.
struct Candidate {
  std::uint32_t household = 0;
  double urgency = 0.0;  ///< `places`: the larger is served first
  double gain = 0.0;     ///< `walk`: expected first-year gain, nominal yuan a head
  Fen cost = 0;  ///< of a start: what its pot must hold (pool, relocation); what `walk` compares
  std::uint8_t units = 1;  ///< places it uses (persons for relocation)
  std::uint8_t person = 0xff;
  std::uint8_t kind = 0;
  double consent_logit = 0.0;  ///< log-odds that it says yes
};

class PolicyModule {
 public:
  virtual ~PolicyModule() = default;

  /// Everybody whom it may serve in this month, in household order. The runner leaves out those it
  /// serves already.
  virtual void candidates(const PolicyMonth& now, std::vector<Candidate>& out) const = 0;

  /// A household accepted: fill in the enrolment (when it starts, ends) and pay suppliers what
  /// starting costs. Money for the household itself is paid in `month`, which comes before the
  /// month's income.
  virtual void start(PolicyMonth& now, const Candidate& who, Enrolment& enrolment) const = 0;

  /// What the nation sends to the module's pot with every place (relocation); others draw on the
  /// pool or on an entitlement line.
  virtual Fen place_cost() const { return 0; }

  /// `works`: spends the month's money for villages (PolicyMonth::pay_works), and says how much
  /// more the county's villages could use.
  virtual Fen works(PolicyMonth& now) const {
    (void)now;
    return 0;
  }

  /// Each month in force, before the enrolments' month: what it does to a county or to whole
  /// villages and not to those who enrolled.
  virtual void county_month(PolicyMonth& now) const { (void)now; }

  /// Each month in force, before anything else of the month: T of each village, 0 at first, by
  /// which consent, search, reach and diagnosis are better there.
  virtual void look_after(const PolicyMonth& now, std::span<float> team) const {
    (void)now;
    (void)team;
  }

  /// Month by month while it runs: write flows, pay, mark as failed or ended, and say `why`.
  virtual void month(PolicyMonth& now, Enrolment& enrolment) const = 0;
};

/// A module as the catalogue knows it.
struct PolicyEntry {
  ModuleInfo info;
  ParameterBlock parameters;  ///< named `policies.<name>`
  /// Makes the module of one run. Values are complete; the settings are those of the scenario.
  std::function<std::unique_ptr<PolicyModule>(const ParameterValues&, const ModuleSettings&,
                                              const SeriesSet&)>
      make;
};

/// The modules there are. A value: copy it, add to it, hand it to a run. The order of addition is
/// the order in which modules act, whatever the order of keys in a scenario.
class PolicyCatalogue {
 public:
  void add(PolicyEntry entry) { entries_.push_back(std::move(entry)); }
  const std::vector<PolicyEntry>& entries() const { return entries_; }

 private:
  std::vector<PolicyEntry> entries_;
};

/// Adds the modules that ship with Terrace.
void register_builtin_policies(PolicyCatalogue& catalogue);

}  // namespace terrace
