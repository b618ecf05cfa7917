// The indicators and how they are made from sums.
#include <limits>

#include <terrace/maths.hpp>

#include "engine/results.hpp"

namespace terrace {

namespace {

struct Row {
  const char* name;
  const char* unit;
  IndicatorKind kind;
  Sum numerator;
  Sum denominator;
  bool flow;
  const char* meaning;
};

constexpr IndicatorKind kRatio = IndicatorKind::ratio;
constexpr IndicatorKind kTotal = IndicatorKind::total;
// What the registered poor leave of their denominator, while there is a register.
constexpr IndicatorKind kRemainder = IndicatorKind::remainder;

constexpr Row kRows[] = {
    {"headcount_ratio", "1", kRatio, Sum::poor_persons, Sum::persons, false,
     "share of persons below the statistical poverty line of the year, on twelve months of income"},
    {"poverty_gap", "1", kRatio, Sum::poverty_gap, Sum::persons, false,
     "mean relative gap to that line, zero for those above it (FGT 1)"},
    {"squared_poverty_gap", "1", kRatio, Sum::squared_gap, Sum::persons, false,
     "mean squared relative gap to that line (FGT 2)"},
    {"watts", "1", kRatio, Sum::watts, Sum::persons, false,
     "mean log of line over income of the poor (Watts), incomes floored at 100 yuan"},
    {"headcount_ratio_exit_line", "1", kRatio, Sum::below_exit_line, Sum::persons, false,
     "share of persons below the administrative exit line of the year"},
    {"poor_persons", "persons", kTotal, Sum::poor_persons, Sum::count, false,
     "persons below the statistical poverty line"},
    {"persons", "persons", kTotal, Sum::persons, Sum::count, false,
     "members of rural households, migrants included"},
    {"households", "households", kTotal, Sum::households, Sum::count, false, "rural households"},
    {"mean_income", "yuan/person/year", kRatio, Sum::income, Sum::residents, false,
     "disposable income a resident, nominal, twelve months"},
    {"median_income", "yuan/person/year", IndicatorKind::median, Sum::count, Sum::count, false,
     "median over persons of household income a resident, nominal"},
    {"gini", "1", IndicatorKind::gini, Sum::count, Sum::count, false,
     "Gini coefficient over persons of household income a resident"},
    {"income_farm", "yuan/person/year", kRatio, Sum::farm, Sum::residents, false,
     "farm income a resident, nominal, twelve months"},
    {"income_local_wage", "yuan/person/year", kRatio, Sum::local_wage, Sum::residents, false,
     "pay of local and public posts a resident, nominal"},
    {"income_migrant_wage", "yuan/person/year", kRatio, Sum::migrant_wage, Sum::residents, false,
     "money sent home by members working away a resident, nominal"},
    {"income_transfer", "yuan/person/year", kRatio, Sum::transfer, Sum::residents, false,
     "public transfers and money from kin a resident, nominal"},
    {"income_property", "yuan/person/year", kRatio, Sum::property, Sum::residents, false,
     "returns, rents and dividends a resident, nominal"},
    {"consumption", "yuan/person/year", kRatio, Sum::consumption, Sum::residents, false,
     "consumption a resident at the month's rate, nominal"},
    {"mean_assets", "yuan/household", kRatio, Sum::assets, Sum::households, false,
     "productive assets, yuan of 2012"},
    {"mean_wealth", "yuan/household", kRatio, Sum::wealth, Sum::households, false,
     "liquid wealth, yuan of 2012"},
    {"own_bills", "yuan/household", kRatio, Sum::bills, Sum::households, true,
     "own health and school payments of the month, yuan of 2012"},
    {"adults", "persons", kTotal, Sum::adults, Sum::count, false, "persons of 16-59, in January"},
    {"migrants", "persons", kTotal, Sum::migrants, Sum::count, false, "members working away"},
    {"listed_migrants", "persons", kTotal, Sum::listed_migrants, Sum::count, false,
     "of them those whose household is or was on the register"},
    {"local_workers", "persons", kTotal, Sum::local_workers, Sum::count, false,
     "persons in local wage posts"},
    {"searching", "persons", kTotal, Sum::searching, Sum::count, false,
     "persons who farm at home and look for a local post"},
    {"pupils", "persons", kTotal, Sum::pupils, Sum::count, false, "persons in school"},
    {"dropouts", "persons", kTotal, Sum::dropouts, Sum::count, false,
     "persons of 6-15 who left school"},
    {"illnesses", "persons", kTotal, Sum::illnesses, Sum::count, true,
     "major illnesses that began in the month"},
    {"care_forgone", "persons", kTotal, Sum::care_forgone, Sum::count, true,
     "of them those left untreated for want of money"},
    {"hardship_share", "1", kRatio, Sum::hardship, Sum::persons, false,
     "persons whose household paid more for health and school this year than two fifths of its "
     "twelve-month income"},
    {"debt_share", "1", kRatio, Sum::debt, Sum::households, false,
     "households with informal debt (liquid wealth below zero)"},
    {"mean_loan", "yuan/household", kRatio, Sum::loans, Sum::households, false,
     "owed to the credit cooperative, yuan of 2012"},
    {"loan_defaults", "households", kTotal, Sum::defaults, Sum::count, true,
     "loans written off in the month"},
    {"mean_durables", "yuan/household", kRatio, Sum::durables, Sum::households, false,
     "durable goods, yuan of 2012"},
    {"mean_effort", "1", kRatio, Sum::effort, Sum::households, false,
     "effort of households, 1 is usual"},
    {"kin_help", "yuan/household", kRatio, Sum::kin_received, Sum::households, true,
     "got from kin in need in the month, yuan of 2012"},
    {"left_poverty_share", "1", kRatio, Sum::left_poverty, Sum::was_poor, false,
     "of persons poor last December, those not poor this one; December only"},
    {"fell_back_share", "1", kRatio, Sum::fell_back, Sum::had_left, false,
     "of persons who left poverty in the year before, those poor again this December; December "
     "only"},
    {"migration_applicants", "persons", kTotal, Sum::applicants, Sum::count, true,
     "persons at home who asked to work away after the Spring Festival"},
    {"migration_refused", "persons", kTotal, Sum::refused, Sum::count, true,
     "of them those for whom there was no opening"},
    {"public_posts", "persons", kTotal, Sum::public_posts, Sum::count, false,
     "persons in posts paid by the public or a village fund, or in workshops"},
    {"power_share", "1", kRatio, Sum::power, Sum::persons, false,
     "persons in households with reliable electricity"},
    {"network_share", "1", kRatio, Sum::network, Sum::persons, false,
     "persons in households connected to the network"},
    {"toilet_share", "1", kRatio, Sum::toilet, Sum::persons, false,
     "persons in households with a sanitary toilet"},
    {"disasters", "villages", kTotal, Sum::disasters, Sum::count, true,
     "villages struck by a disaster in the month"},
    {"coop_members", "households", kTotal, Sum::coop_members, Sum::count, false,
     "households that let land to their village's cooperative"},
    {"coop_workers", "persons", kTotal, Sum::coop_jobs, Sum::count, false,
     "persons in posts of cooperatives"},
    {"coop_dividends", "yuan", kTotal, Sum::coop_dividends, Sum::count, true,
     "dividends paid by cooperatives in the month, yuan of 2012"},
    {"coop_failures", "villages", kTotal, Sum::coop_failures, Sum::count, true,
     "cooperatives that failed, all booked in December"},
    {"market_crop_share", "1", kRatio, Sum::crop_area, Sum::farm_area, false,
     "share of contracted land under bearing market crops"},
    {"market_crop_price", "1", kRatio, Sum::crop_worth, Sum::crop_area, false,
     "prices of market crops relative to the usual, weighted by bearing land"},
    {"solar_income", "yuan", kTotal, Sum::solar_income, Sum::count, true,
     "earned by villages' solar plants in the month, yuan of 2012"},
    {"solar_villages", "villages", kTotal, Sum::solar_villages, Sum::count, false,
     "villages with a solar plant that works"},
    {"village_funds", "yuan", kTotal, Sum::village_funds, Sum::count, false,
     "collective funds of villages, yuan of 2012"},
    {"marriages", "marriages", kTotal, Sum::marriages, Sum::count, true,
     "marriages, all booked in December"},
    {"divisions", "households", kTotal, Sum::divisions, Sum::count, true,
     "households that split off from others, all booked in December"},
    {"town_exits", "persons", kTotal, Sum::town_exits, Sum::count, true,
     "graduates who left for town for good, all booked in December"},
    {"births", "persons", kTotal, Sum::births, Sum::count, true, "births, all booked in December"},
    {"deaths", "persons", kTotal, Sum::deaths, Sum::count, true, "deaths, all booked in December"},
    {"food_share", "1", kRatio, Sum::food, Sum::persons, false,
     "persons whose consumption is above subsistence"},
    {"schooling_share", "1", kRatio, Sum::schooling, Sum::persons, false,
     "persons in households without a dropout of 6-15"},
    {"insurance_share", "1", kRatio, Sum::insurance, Sum::persons, false,
     "persons in insured households"},
    {"housing_share", "1", kRatio, Sum::housing, Sum::persons, false,
     "persons in safe houses (grades A and B)"},
    {"good_housing_share", "1", kRatio, Sum::good_housing, Sum::persons, false,
     "persons in houses without fault (grade A)"},
    {"water_share", "1", kRatio, Sum::water, Sum::persons, false, "persons with safe water"},
    {"ordinary_allowance_persons", "persons", kTotal, Sum::on_ordinary_allowance, Sum::count, false,
     "members of households on the ordinary allowance, which the programme's own replaces"},
    {"registered_households", "households", kTotal, Sum::registered_households, Sum::count, false,
     "households on the register of the poor"},
    {"registered_persons", "persons", kTotal, Sum::registered_persons, Sum::count, false,
     "persons on the register"},
    {"registered_income", "yuan/person/year", kRatio, Sum::registered_income,
     Sum::registered_persons, false, "true income a head of the registered, nominal"},
    {"additions", "households", kTotal, Sum::added, Sum::count, true,
     "households newly registered in the month"},
    {"added_persons", "persons", kTotal, Sum::added_persons, Sum::count, true,
     "members of households newly registered in the month"},
    {"removals", "households", kTotal, Sum::removed, Sum::count, true,
     "households struck off in the month"},
    {"removed_persons", "persons", kTotal, Sum::removed_persons, Sum::count, true,
     "members of households struck off in the month"},
    {"exits", "households", kTotal, Sum::exits, Sum::count, true,
     "households let go as no longer poor in the month"},
    {"relapses", "households", kTotal, Sum::relapses, Sum::count, true,
     "households that returned to the register in the month"},
    {"exited_households", "households", kTotal, Sum::exited_households, Sum::count, false,
     "households that have left and not returned"},
    {"exited_poor_share", "1", kRatio, Sum::exited_poor, Sum::exited_persons, false,
     "persons of such households whose true income is below the line"},
    {"inclusion_error", "1", kRemainder, Sum::registered_persons, Sum::registered_persons, false,
     "registered persons whose true income is not below the line, over all registered"},
    {"exclusion_error", "1", kRemainder, Sum::poor_persons, Sum::poor_persons, false,
     "poor persons not on the register, over all poor"},
    {"registered_food_share", "1", kRatio, Sum::registered_food, Sum::registered_persons, false,
     "registered persons whose consumption is above subsistence"},
    {"registered_schooling_share", "1", kRatio, Sum::registered_schooling, Sum::registered_persons,
     false, "registered persons in households without a dropout"},
    {"registered_insurance_share", "1", kRatio, Sum::registered_insurance, Sum::registered_persons,
     false, "registered persons insured"},
    {"registered_housing_share", "1", kRatio, Sum::registered_housing, Sum::registered_persons,
     false, "registered persons in safe houses"},
    {"registered_water_share", "1", kRatio, Sum::registered_water, Sum::registered_persons, false,
     "registered persons with safe water"},
    {"public_inflow", "yuan", kTotal, Sum::money_in, Sum::count, false,
     "public money received since the start, nominal"},
    {"public_delivered", "yuan", kTotal, Sum::money_delivered, Sum::count, false,
     "of it delivered"},
    {"public_overhead", "yuan", kTotal, Sum::money_overhead, Sum::count, false,
     "of it administration"},
    {"public_lost", "yuan", kTotal, Sum::money_lost, Sum::count, false,
     "of it lost, less what audits recovered"},
    {"public_delayed", "yuan", kTotal, Sum::money_delayed, Sum::count, false,
     "of it irregular and still to come"},
    {"public_balance", "yuan", kTotal, Sum::money_balance, Sum::count, false,
     "of it not yet spent"},
    {"public_captured", "yuan", kTotal, Sum::money_captured, Sum::count, false,
     "of what was delivered, village works that benefited others than the registered"},
    {"partner_money", "yuan", kTotal, Sum::partner_money, Sum::count, true,
     "received from paired eastern provinces, booked in January, nominal"},
    {"wrongful_exits", "households", kTotal, Sum::wrongful_exits, Sum::count, true,
     "of the exits of the month, households poor or without one of the guarantees"},
    {"data_match_removals", "households", kTotal, Sum::vetoed, Sum::count, true,
     "of the removals of the month, households whose wealth or salaried post came to light"},
    {"watched_households", "households", kTotal, Sum::watched_households, Sum::count, false,
     "households on the monitoring list"},
};

IndicatorInfo make(const Row& r) {
  return {r.name,
          r.unit,
          r.meaning,
          r.kind,
          sum_index(r.numerator),
          sum_index(r.denominator),
          r.flow,
          sum_index(Sum::registered_poor),
          sum_index(Sum::registered_persons)};
}

void add_module(std::vector<IndicatorInfo>& out, const std::string& name, std::size_t m) {
  auto add = [&](const char* what, const char* unit, ModuleSum s, bool flow, const char* meaning) {
    out.push_back({std::string(what) + "_" + name, unit, std::string(meaning) + " (" + name + ")",
                   kTotal, sum_index(m, s), 0, flow});
  };
  add("participants", "households", ModuleSum::participants, false,
      "households that the module serves in the month");
  add("offered", "households", ModuleSum::offered, true,
      "households to which it was offered in the month");
  add("taken", "households", ModuleSum::taken, true, "of them those that accepted");
  add("refused", "households", ModuleSum::refused, true, "of them those that declined");
  add("unserved", "households", ModuleSum::unserved, true,
      "eligible and willing households left without place or money");
  add("failed", "households", ModuleSum::failed, true,
      "households whose measure failed in the month");
  add("spending", "yuan", ModuleSum::spending, true,
      "public money delivered in the month, nominal");
  add("off_prescription", "households", ModuleSum::off_prescription, true,
      "of those that accepted, households whose plan did not name the measure");
}

}  // namespace

std::vector<IndicatorInfo> indicators(const std::vector<std::string>& modules) {
  std::vector<IndicatorInfo> out;
  for (const Row& r : kRows) out.push_back(make(r));
  for (std::size_t m = 0; m < modules.size(); ++m) add_module(out, modules[m], m);
  return out;
}

namespace engine {

void RegionSums::add(const CountyReport& report, std::size_t month, double weight) {
  const auto& from = report.sums[month];
  if (sums.size() < from.size()) sums.resize(from.size(), 0.0);
  for (std::size_t k = 0; k < from.size(); ++k) sums[k] += weight * from[k];
  histogram.add(report.histogram[month], weight);
}

void RegionSums::add_year(const CountyReport& report, double weight) {
  if (sums.size() < report.year.size()) sums.resize(report.year.size(), 0.0);
  for (std::size_t k = 0; k < report.year.size(); ++k) sums[k] += weight * report.year[k];
}

namespace {

double over(double numerator, double denominator) {
  return denominator > 0.0 ? numerator / denominator : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

double value_of(const IndicatorInfo& info, const RegionSums& r) {
  if (info.kind == IndicatorKind::median) return median_of(r.histogram);
  if (info.kind == IndicatorKind::gini) return gini_of(r.histogram);
  const double numerator = r.sums[info.numerator];
  if (info.kind == IndicatorKind::total) return numerator;
  const double denominator = r.sums[info.denominator];
  if (info.kind == IndicatorKind::ratio) return over(numerator, denominator);
  const double second = r.sums[info.second_numerator];
  const double below = r.sums[info.second_denominator];
  if (!(denominator > 0.0) || !(below > 0.0)) return over(0.0, 0.0);
  switch (info.kind) {
    case IndicatorKind::remainder:
      return (numerator - second) / denominator;
    case IndicatorKind::differential:
      // Everybody is poor, or nobody is registered.
      if (!(below > denominator) || !(second > 0.0)) return over(0.0, 0.0);
      return numerator / denominator - (second - numerator) / (below - denominator);
    default:
      return numerator / denominator - exact::log(second / below);
  }
}

}  // namespace engine

}  // namespace terrace
