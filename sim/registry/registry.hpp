// What the government knows and decides about a household: identify, adjust, verify, let go. Only
// the register's own steps may read a household's true income, and then through an error.
#pragma once

#include "population/county_work.hpp"
#include "registry/parameters.hpp"

namespace terrace::registry {

/// The five guarantees beside income: "two assurances" (food and clothing) and "three guarantees".
struct Guarantees {
  bool food, schooling, insurance, housing, water;
  bool all() const { return food && schooling && insurance && housing && water; }
};
Guarantees guarantees_of(const CountyWork& work, std::size_t household, double c_sub);

/// Yuan a head and year under which nobody's income is told apart.
inline constexpr double kLeastIncome = 100.0;

/// What is known of a household when it is scored.
struct Evidence {
  double income;        ///< y, nominal yuan a head
  double noise;         ///< standard normal
  double failed_above;  ///< failed checks of the four, less the village's mean
  double vote;          ///< of the village appraisal; above 0 speaks for wealth
};
/// Score of a household in the first registration: low is poor.
///   ln(max(y, 100) / z) + sigma * noise - check_weight * failed_above
///     + w_appraisal * income_sd * vote
double score(const Evidence& of, double line, const Identification& p);

/// Vote of the village appraisal; both views are standardised in the village.
///   vote_income * perceived - vote_sympathy * hardship - elite_bias [cadre_kin]
double vote(double perceived, double hardship, bool cadre_kin, const Identification& p);
/// The votes on all households of a village, in row order.
std::vector<double> appraise(const CountyWork& work, std::size_t village, const Identification& p);
/// To mean 0 and standard deviation 1; all 0 where they do not differ.
void standardise(std::vector<double>& values);

/// Share of the wealthy and salaried that data matching finds in a year, where the village's team
/// is worth `team`.
double veto_detection(int year, double team, const Identification& p);

/// Log of verified income. `shortfall` of the exit plan is g = max(0, 1 - honest passes / plan).
///   ln y + pressure * g * max(0, ln(margin * x / y)) + sd * noise
double log_verified(double income, double exit_line, double shortfall, double noise,
                    const ExitRules& p);

/// Shares of a county's persons who are on the register, and who have left it.
struct RegisterShares {
  double registered = 0.0;
  double exited = 0.0;
};
/// Whether a county that visitors saw leaves the list of poor counties: found wrong exits and found
/// missed households each below `wrong_max` of those visited, and with these rates carried over
///   registered + wrongful * exited + missed * others < limit,
/// and enough approval. Never without visits.
bool passes(const Evaluation& found, const RegisterShares& shares, double limit,
            const EvaluationRules& rules);

// January, and every month.
void open_year(CountyWork& work);  ///< scratch of the year

// May.
void identify(CountyWork& work,
              const RegistryParameters& p);  ///< the first registration, under the quota
void adjust(CountyWork& work, const RegistryParameters& p);  ///< look-back, then yearly adjustment
/// Whether data matching uncovers wealth or a salaried post: one draw a household and year. Who has
/// been asked about once this year gets the same answer until its end.
bool vetoed(CountyWork& work, std::size_t household, const RegistryParameters& p);
/// Whether data matching has given it away this year. Asks nobody.
bool found_by_match(const CountyWork& work, std::size_t household);
/// Puts a household on the register (not one that comes back after an exit), to be diagnosed.
void enlist(CountyWork& work, std::size_t household);
/// Strikes it off as wrongly listed; `by_match` if data matching gave it away, which is noted.
void strike_off(CountyWork& work, std::size_t household, bool by_match);
/// Causes of every household on the register that has none on record; the plan of each of them and
/// of all that are watched.
void diagnose(CountyWork& work, const RegistryParameters& p);
/// Causes and plan of one household, now. Also for those who are watched.
void diagnose_one(CountyWork& work, std::size_t household, const RegistryParameters& p);
// November and December.
void verify(CountyWork& work, const RegistryParameters& p);
void let_go(CountyWork& work, const RegistryParameters& p);
void delist_villages(CountyWork& work, const RegistryParameters& p);  ///< December
/// Every month from the year in which follow-up begins: who is listed, who is cleared.
void watch(CountyWork& work, const RegistryParameters& p);
/// Lists a household that is not on the register.
void put_on_watch(CountyWork& work, std::size_t household, Watch why, const RegistryParameters& p);
/// How a household with little income is listed: unstable after an exit, else marginal.
Watch usual_watch(const HouseholdTable& t, std::size_t household);
/// On the register now or at some time before.
bool ever_listed(const HouseholdTable& t, std::size_t household);
/// December: visitors from outside, where the county applies to be delisted; once, the general
/// survey.
void evaluate(CountyWork& work, const RegistryParameters& p);
void general_survey(CountyWork& work, const RegistryParameters& p);
/// December: the targeting ledger into `work.year`, relapses included.
void keep_ledger(CountyWork& work, const RegistryParameters& p);
SpentBefore spent_so_far(const Ledger& ledger);
/// What modules paid a household in cash this year, nominal yuan a head.
double programme_cash(const CountyWork& work, std::size_t household);
/// The part of it on those who had left the register by last December.
void count_relapses(CountyWork& work, const RegistryParameters& p);
/// For each household, tenths of full deprivation (sim/registry/mpi.cpp).
std::vector<std::uint8_t> deprivations(const CountyWork& work);
/// The year's notes become last year's.
void close_year(CountyWork& work);
/// December: the statistics bureau's sample, which knows nothing of the register. Leaves this
/// December's bits in `work.survey_now`; close_year moves them into the notes.
void survey(CountyWork& work, const RegistryParameters& p);
/// First year of the panel that the survey visits in this year.
int panel_start(int year, const Identification& p);

/// The register's month: whichever of the above is due.
void month(CountyWork& work, const RegistryParameters& p);

}  // namespace terrace::registry
