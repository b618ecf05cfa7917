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
#include <terrace/random.hpp>
#include <terrace/scenario.hpp>
#include <terrace/series.hpp>

namespace terrace {

/// What modules change in a household's month. One value a household; reset before every month.
struct MonthFlows {
  std::vector<float> farm;         ///< factor on farm income, starts at 1
  std::vector<float> wage;         ///< factor on wages, 1
  std::vector<float> need;         ///< factor on the cost of living (not in official income), 1
  std::vector<float> farm_labour;  ///< factor on farm labour, 1
  std::vector<float> transfer;     ///< cash, yuan of 2012, 0
  std::vector<float> local_wage;   ///< pay of public posts, yuan of 2012, 0
  std::vector<float> property;     ///< dividends and rents, yuan of 2012, 0
  std::vector<float> dropout;      ///< factor on the chance of leaving school, 1
  std::vector<float> senior;       ///< added to the log-odds of entering senior school, 0
  void reset(std::size_t households);
};

/// Whose hands a payment reaches.
enum class Payee : std::uint8_t { transfer, wage, property, supplier };

/// One month of one county as a module acts in it.
struct PolicyMonth {
  County* county = nullptr;
  const YearFrame* frame = nullptr;
  MonthFlows* flows = nullptr;
  Month month = 0;
  std::size_t module = 0;    ///< its index in the catalogue
  std::int64_t places = -1;  ///< of the module in the county this year; -1 where not limited
  Pot pot = Pot::line;
  std::span<const float> income;                  ///< y, nominal yuan a head, last twelve months
  std::span<const float> residents;               ///< members at home, mean of twelve months
  std::vector<std::uint32_t>* touched = nullptr;  ///< households whose members changed activity

  std::span<const float> team;    ///< T of the resident team, by village (0 without any effect)
  std::span<float> public_money;  ///< cash from modules this year, yuan of 2012, by household
  std::span<float> delivered_to;  ///< all that was spent on it this year, nominal yuan
  Measures measures = 0;          ///< what the module at hand carries out
  double mismatch = 1.0;          ///< effect of a measure that answers no true cause

  std::array<Fen, kFates>* fates = nullptr;  ///< where the module's money of the year went, or null
  Reason why = Reason::none;  ///< month(): why an enrolment fails or ends, where the module knows

  double* searching = nullptr;     ///< the county's count of persons in search of a local post
  double* public_posts = nullptr;  ///< and of those in public posts

  /// Changes what a member does: into a public post, or out of one (to farm, or to search, which
  /// the economy then dates). Labour and wages of the household are counted anew this month.
  void set_activity(std::uint32_t household, std::size_t person, Activity next);

  /// Effect of the module on a household: 1 if it answers a true cause of its poverty or nobody
  /// diagnosed it, `mismatch` otherwise. Guarantees and cash need not ask.
  double match(std::uint32_t household) const;

  /// Spends on a village's works what is set aside for them; `captured` of it benefits others than
  /// the registered.
  void pay_works(Fen amount, Fen captured);

  /// Books `amount` in the ledger; unless a supplier gets it, also adds it to the household's
  /// flows.
  void pay(std::uint32_t household, Fen amount, Payee payee);
};

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
  std::string_view grant_series;        ///< `grant`: national money by year, billion yuan
  bool ramps = false;                   ///< its effect builds up: `ramp` has something to multiply
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
