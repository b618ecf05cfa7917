// The arms that docs/government.md tells of, run on a sample of the nation: what is said there of
// targets, identification, pressure, follow-up and cash is what these runs give.
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "validation/arm.hpp"
#include "validation/page.hpp"

namespace terrace::validation {
namespace {

const std::vector<std::string> kSample = {"population.sample.villages=0.01"};
constexpr double kMillion = 1e6;

/// The programme as it ships; run once for all tests.
const Arm& tpa() {
  static const Arm arm = run_arm("tpa", kSample);
  return arm;
}

/// Score error alone: no vote, no checks, no data matching.
std::vector<std::string> error_alone(const std::string& error) {
  std::vector<std::string> sets = kSample;
  for (const char* off :
       {"w_appraisal=0", "check_weight=0", "veto_detect_first=0", "veto_detect_last=0"}) {
    sets.push_back(std::string("parameters.identification.") + off);
  }
  sets.push_back("parameters.identification.sigma_score_2014=" + error);
  sets.push_back("time.end=2014-12");
  return sets;
}

Section section(const std::string& name) { return Section(name, "government.md"); }

std::string percent(double share, int digits = 1) { return number(100.0 * share, digits); }

struct Beside {
  std::string name;
  double target = 0.0;
  double got = 0.0;
  int digits = 1;
};

void add(Section& page, const Beside& b) {
  page.row(
      {b.name, number(b.target, b.digits), number(b.got, b.digits), number(b.got / b.target, 2)});
}

double registered_millions(int year) { return tpa().at("registered_persons", year) / kMillion; }

TEST(GovernmentLong, TargetsAndTheirRatio) {
  const Arm& a = tpa();
  Section page = section("government-targets");
  page.heading({"Figure", "Published", "Simulated", "Ratio"});
  const double households = a.at("additions", 2014);
  add(page, {"Registered households 2014, million", 29.48, households / kMillion});
  add(page, {"First registered, million persons", 89.62, a.at("added_persons", 2014) / kMillion});
  add(page, {"Struck off 2016, million persons", 9.29, a.at("removed_persons", 2016) / kMillion});
  add(page,
      {"Added in the look-back, million persons", 8.07, a.at("added_persons", 2016) / kMillion});
  for (const auto& [cause, share] : std::map<std::string, double>{
           {"illness", 42.0}, {"disaster", 20.0}, {"schooling", 10.0}, {"labour", 8.0}}) {
    add(page, {"Recorded cause " + cause + " 2015, % of registered households", share,
               100.0 * a.at("cause_share_" + cause, 2015)});
  }
  const auto poor_area = [&a](const char* part) { return a.designated(part, "persons", 2018); };
  const double sent = poor_area("income_migrant_wage");
  add(page, {"Designated counties 2018, wages with money sent home, yuan a resident", 3627.0,
             poor_area("income_local_wage") + sent, 0});
  add(page, {"Designated counties 2018, transfers, yuan a resident", 2719.0,
             poor_area("income_transfer"), 0});
  add(page,
      {"Designated counties 2018, both (the survey counts some of what is sent as transfer)",
       3627.0 + 2719.0, poor_area("income_local_wage") + sent + poor_area("income_transfer"), 0});
  add(page, {"Designated counties' income over the rural mean 2016", 0.684,
             a.designated("mean_income", "persons", 2016) / a.at("mean_income", 2016), 3});
  add(page, {"Members of listed households away 2019, million", 27.29,
             a.at("listed_migrants", 2019) / kMillion});
  page.publish();
}

TEST(GovernmentLong, DelistingIsBackLoaded) {
  const Arm& a = tpa();
  Section page = section("government-delisting");
  page.heading({"December", "On the register, million persons", "Poor villages left",
                "Counties visited", "Passed, %", "Nothing found, %",
                "Designated counties left the spring after"});
  double early = 0.0;
  double late = 0.0;
  for (int year = 2016; year <= 2020; ++year) {
    const double visited = a.at("counties_evaluated", year);
    const double passed = visited > 0.0 ? visited * a.at("counties_passed_share", year) : 0.0;
    (year <= 2018 ? early : late) += passed;
    const double left = a.at("poor_counties", year) - passed;
    page.row({std::to_string(year), number(registered_millions(year), 1),
              number(a.at("poor_villages", year), 0), number(visited, 0),
              visited > 0.0 ? percent(a.at("counties_passed_share", year), 0) : "",
              visited > 0.0 ? percent(a.at("counties_clean_share", year), 0) : "",
              number(left, 0)});
  }
  page.publish();
  EXPECT_GT(late, early);
}

TEST(GovernmentLong, ScoreErrorAloneMakesTheErrorsOfTheFirstRegister) {
  Section page = section("government-score-error");
  page.heading({"Error of the score", "Exclusion, May 2014, %", "Inclusion, %",
                "Static lognormal, exclusion / inclusion, %"});
  for (const auto& [error, known] :
       std::map<std::string, std::string>{{"0.35", "29 / 35"}, {"0.60", "46 / 51"}}) {
    const Arm a = run_arm("tpa", error_alone(error));
    page.row({error, percent(a.in_month("exclusion_error", month_of(2014, 5))),
              percent(a.in_month("inclusion_error", month_of(2014, 5))), known});
  }
  page.publish();
}

TEST(GovernmentLong, IdentificationDecidesWhomTheRegisterMisses) {
  Section page = section("government-identification");
  page.heading({"Arm", "Exclusion 2014, %", "Inclusion 2014, %", "against permanent income",
                "multidimensional", "Exclusion 2020, %", "Poor 2020, %", "Squared gap 2020"});
  std::map<std::string, double> exclusion;
  for (const char* name :
       {"identification-precise", "identification-035", "tpa", "identification-090", "no-appraisal",
        "elite", "no-veto", "random-measures"}) {
    const Arm a = std::string(name) == "tpa" ? tpa() : run_arm(name, kSample);
    exclusion[name] = a.at("exclusion_error_income", 2014);
    page.row({name, percent(a.at("exclusion_error_income", 2014)),
              percent(a.at("inclusion_error_income", 2014)),
              percent(a.at("exclusion_error_permanent", 2014)) + " / " +
                  percent(a.at("inclusion_error_permanent", 2014)),
              percent(a.at("exclusion_error_multidimensional", 2014)) + " / " +
                  percent(a.at("inclusion_error_multidimensional", 2014)),
              percent(a.at("exclusion_error_income", 2020)),
              percent(a.at("headcount_ratio", 2020), 2),
              number(a.at("squared_poverty_gap", 2020), 5)});
  }
  page.publish();
  EXPECT_LT(exclusion["identification-precise"], exclusion["identification-035"]);
  EXPECT_LT(exclusion["identification-035"], exclusion["tpa"]);
  EXPECT_LT(exclusion["tpa"], exclusion["identification-090"]);
}

TEST(GovernmentLong, PressurePartsRegisterFromTruthWhereThePlanIsMissed) {
  Section page = section("government-pressure");
  page.heading({"Arm", "Wrongful exits 2018, %", "2019, %", "2020, %", "by income 2020, %",
                "Registered 2020, million", "Truly poor 2020, million"});
  std::map<std::string, double> wrongful;
  for (const char* name : {"pressure-0", "tpa", "pressure-1", "pressure-weak-0", "pressure-weak-03",
                           "pressure-weak-1"}) {
    const Arm a = std::string(name) == "tpa" ? tpa() : run_arm(name, kSample);
    wrongful[name] = a.at("wrongful_exit_share", 2020);
    page.row({name, percent(a.at("wrongful_exit_share", 2018)),
              percent(a.at("wrongful_exit_share", 2019)),
              percent(a.at("wrongful_exit_share", 2020)),
              percent(a.at("wrongful_exit_share_income", 2020)),
              number(a.at("registered_persons", 2020) / kMillion, 1),
              number(a.at("poor_persons", 2020) / kMillion, 1)});
  }
  page.publish();
  EXPECT_LT(wrongful["pressure-weak-0"], wrongful["pressure-weak-03"]);
  EXPECT_LT(wrongful["pressure-weak-03"], wrongful["pressure-weak-1"]);
}

TEST(GovernmentLong, FollowUpAndSupportHoldHouseholdsUp) {
  Section page = section("government-follow-up");
  page.heading({"Arm", "Watched 2021, thousand", "Poor again 2021-25, % a year, truly",
                "as surveyed", "registered again", "at risk, with policy income",
                "at risk, without", "Poor 2025, %"});
  std::map<std::string, double> relapse;
  for (const char* name :
       {"transition-keep", "no-follow-up", "transition-taper", "transition-stop"}) {
    const Arm a = run_arm(name, kSample);
    const auto mean = [&a](const char* indicator) {
      double sum = 0.0;
      for (int year = 2021; year <= 2025; ++year) sum += a.at(indicator, year);
      return sum / 5.0;
    };
    relapse[name] = mean("relapse_true");
    page.row({name, number(a.at("watched_households", 2021) / 1000.0, 0),
              percent(mean("relapse_true"), 2), percent(mean("relapse_survey"), 2),
              percent(mean("relapse_register"), 2), percent(mean("relapse_risk"), 2),
              percent(mean("relapse_risk_without_policy"), 2),
              percent(a.at("headcount_ratio", 2025), 2)});
  }
  page.publish();
  EXPECT_GT(relapse["no-follow-up"], relapse["transition-keep"]);
  EXPECT_GT(relapse["transition-stop"], relapse["transition-keep"]);
}

TEST(GovernmentLong, CashBesideTheRealMix) {
  Section page = section("government-cash");
  page.heading({"Arm", "Poor 2016, %", "2018, %", "2020, %", "Squared gap 2020",
                "Spent 2013-20, billion yuan", "Mean assets 2020"});
  std::map<std::string, double> poor;
  for (const char* name : {"none", "flood-everybody", "flood-counties", "flood-register", "tpa"}) {
    const Arm a = std::string(name) == "tpa" ? tpa() : run_arm(name, kSample);
    double spent = 0.0;
    for (int year = 2013; year <= 2020; ++year) spent += a.at("programme_cost", year);
    poor[name] = a.at("headcount_ratio", 2018);
    page.row({name, percent(a.at("headcount_ratio", 2016), 2), percent(poor[name], 2),
              percent(a.at("headcount_ratio", 2020), 2),
              number(a.at("squared_poverty_gap", 2020), 5), number(spent / 1e9, 0),
              number(a.at("mean_assets", 2020), 0)});
  }
  page.publish();
  for (const char* arm : {"flood-everybody", "flood-counties", "flood-register", "tpa"})
    EXPECT_LT(poor[arm], poor["none"]) << arm;
}

}  // namespace
}  // namespace terrace::validation
