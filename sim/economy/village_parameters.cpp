#include "economy/village_parameters.hpp"

namespace terrace {

namespace {
constexpr std::string_view kAssumed = "assumption";
constexpr std::string_view kRest =
    "assumption; with the others puts area and price at rest at the usual price";
}  // namespace

std::span<const Parameter<SpecialtyMarket>> SpecialtyMarket::table() {
  using S = SpecialtyMarket;
  static constexpr Parameter<S> rows[] = {
      {&S::eps_demand,
       {"eps_demand", "1", 1.2, 0.6, 3,
        "price elasticity of demand for a crop in its province's market, absolute", kAssumed}},
      {&S::price_sd,
       {"price_sd", "log points", 0.1, 0, 0.3, "yearly shock to a crop's price in a province",
        kAssumed}},
      {&S::price_cap,
       {"price_cap", "usual prices", 3, 1.5, 10,
        "price at which supply comes from elsewhere without limit", kAssumed}},
      {&S::demand_growth,
       {"demand_growth", "1/yr", 0.02, 0, 0.06,
        "growth of demand for market crops after 2012 beyond the growth of yields",
        "assumption; areas of orchards and vegetables grew by 1 to 2 % a year (memory)"}},
      {&S::supply_elsewhere,
       {"supply_elsewhere", "share", 0, 0, 1,
        "share of a market's usual supply from farms that are not in the run and do not respond; "
        "near 1 where the run is a few villages of a province",
        "definition of the world that is run"}},
      {&S::lag_perennial,
       {"lag_perennial", "months", 36, 24, 36,
        "from planting an orchard to its first crop; three yearly cohorts are kept, so no more",
        "assumption; about three years for tea"}},
      {&S::lag_annual,
       {"lag_annual", "months", 6, 4, 12,
        "from the start of vegetables or livestock to the first sale", kAssumed}},
      {&S::herding,
       {"herding", "1", 0.5, 0, 1,
        "weight of this year's price, against the usual one, in what villages expect",
        "assumption (cobweb)"}},
      {&S::value_perennial,
       {"value_perennial", "staples", 2.85, 1.2, 5,
        "sales of a bearing mu of orchard at the usual price over what a mu of staples earns",
        kRest}},
      {&S::value_annual,
       {"value_annual", "staples", 2.55, 1.2, 5, "the same of vegetables and livestock", kRest}},
      {&S::running_cost,
       {"running_cost", "staples", 1.15, 0, 2,
        "yearly cost of a bearing mu, in the earnings of a mu of staples", kAssumed}},
      {&S::establish,
       {"establish", "staples", 0.5, 0, 3,
        "cost of planting a mu, in the year of planting, in yearly earnings of a mu of staples",
        kAssumed}},
      {&S::plant_rate,
       {"plant_rate", "1/yr", 0.135, 0, 1,
        "share of the land still free that a village plants per unit of expected return", kRest}},
      {&S::max_area,
       {"max_area", "share of farm land", 0.6, 0.2, 0.8, "most that a village gives to its crop",
        kAssumed}},
      {&S::uproot_rate,
       {"uproot_rate", "1/yr", 1, 0, 5,
        "share of the bearing land given up per unit of expected loss against staples", kAssumed}},
      {&S::retire_rate,
       {"retire_rate", "1/yr", 0.08, 0.03, 0.2,
        "share of the bearing land that goes out of use with age each year", kAssumed}},
      {&S::adoption_rate,
       {"adoption_rate", "1/yr", 0.003, 0, 0.05,
        "chance that a village without a crop takes one up at the usual price", kAssumed}},
      {&S::start_area,
       {"start_area", "share of farm land", 0.05, 0.01, 0.3, "what such a village plants first",
        kAssumed}},
      {&S::least_area,
       {"least_area", "share of farm land", 0.01, 0, 0.05,
        "a village with less than this gives its crop up", kAssumed}},
  };
  return rows;
}

std::span<const Parameter<Cooperatives>> Cooperatives::table() {
  using S = Cooperatives;
  static constexpr Parameter<S> rows[] = {
      {&S::coop_rate,
       {"coop_rate", "1/yr", 0.01, 0, 0.2,
        "chance that a cooperative is founded in a village whose people all stay at home",
        kAssumed}},
      {&S::coop_migrants,
       {"coop_migrants", "1", 3, 0, 10,
        "rise of that chance with the share of people away: times 1 + this x share", kAssumed}},
      {&S::coop_again,
       {"coop_again", "1", 0.5, 0, 1, "factor on that chance where one has failed", kAssumed}},
      {&S::coop_area,
       {"coop_area", "mu", 100, 20, 1000, "most land that a cooperative leases",
        "Danyang, 2017: 100 mu of 48 households"}},
      {&S::coop_least_area,
       {"coop_least_area", "mu", 20, 0, 100, "none is founded where less land is idle", kAssumed}},
      {&S::coop_lease_most,
       {"coop_lease_most", "mu", 3, 0.5, 50, "most land that one household lets",
        "assumption; Danyang, 2017: 100 mu of 48 households"}},
      {&S::coop_jobs_per_mu,
       {"coop_jobs_per_mu", "posts/mu", 0.1, 0, 0.5, "posts it offers",
        "Danyang, 2017: 10 posts on 100 mu"}},
      {&S::yield_value,
       {"yield_value", "yuan(2012)/mu/yr", 2400, 1000, 10000,
        "sales of a mu at the usual price in 2012; grows as farm income does",
        "assumption; its profit is of the order of Danyang's dividends of 2017-20"}},
      {&S::upkeep,
       {"upkeep", "1", 0.35, 0, 0.8, "share of usual sales spent on seed, film and repairs",
        kAssumed}},
      {&S::capital,
       {"capital", "yuan(2012)/mu", 1000, 0, 10000,
        "what the founders, from outside the village, put in", kAssumed}},
      {&S::capital_gain,
       {"capital_gain", "1", 0.1, 0, 0.5,
        "elasticity of sales with respect to capital a mu, where public money adds to the "
        "founders'",
        kAssumed}},
      {&S::coop_share_poor,
       {"coop_share_poor", "1", 0.6, 0.2, 1,
        "share of the dividends on public money that goes to households of the village that are or "
        "were registered, where there are any; the rest goes to its fund",
        kAssumed}},
      {&S::fund_share,
       {"fund_share", "1", 0.1, 0, 0.5, "share of a surplus that goes to the village's fund",
        kAssumed}},
  };
  return rows;
}

std::span<const Parameter<Solar>> Solar::table() {
  using S = Solar;
  static constexpr Parameter<S> rows[] = {
      {&S::solar_yield,
       {"solar_yield", "yuan(2012)/kW/yr", 1070, 500, 1400, "what the grid pays for a year's power",
        "200,000 yuan a village and year over 186.5 kW a village, 2020"}},
      {&S::solar_wages,
       {"solar_wages", "1", 0.6, 0, 1, "share of that paid for small works in the village",
        kAssumed}},
      {&S::solar_pay,
       {"solar_pay", "yuan(2012)/month", 400, 100, 1500, "pay of one such household", kAssumed}},
      {&S::solar_dividend,
       {"solar_dividend", "1", 0.5, 0, 1,
        "share of what small works leave that goes to registered households without labour; the "
        "rest stays in the village's fund",
        kAssumed}},
      {&S::solar_failure,
       {"solar_failure", "1/yr", 0.03, 0, 0.2, "chance that a plant stops for good", kAssumed}},
  };
  return rows;
}

std::span<const Parameter<Access>> Access::table() {
  using S = Access;
  static constexpr Parameter<S> rows[] = {
      {&S::road_gain,
       {"road_gain", "1/yr", 0.06, 0, 0.5,
        "chance after 2012 that a village without a hardened road gets one by ordinary works",
        kAssumed}},
      {&S::power_gain,
       {"power_gain", "1/yr", 0.5, 0, 1, "the same for reliable electricity",
        "all residents had electricity by 2015"}},
      {&S::network_gain,
       {"network_gain", "1/yr", 0.2, 0, 1, "the same for a fast network",
        "assumption; 98 % of poor villages had fibre and mobile network in 2020, with the "
        "programme"}},
      {&S::clinic_gain,
       {"clinic_gain", "1/yr", 0.1, 0, 1, "the same for a clinic with a doctor", kAssumed}},
      {&S::teaching_gain,
       {"teaching_gain", "1/yr", 0.02, 0, 1, "the same for a teaching point", kAssumed}},
      {&S::school_gain,
       {"school_gain", "1/yr", 0.03, 0, 0.2,
        "share of what a village's school lacks that is made good each year after 2012", kAssumed}},
      {&S::road_cost,
       {"road_cost", "log points", 0.04, 0, 0.15,
        "what the way to market takes from farm income in a village without a hardened road",
        "assumption; 0.02 a year over some years is assumed for new roads elsewhere"}},
      {&S::power_join,
       {"power_join", "1/yr", 0.5, 0, 1,
        "chance after 2012 that a household of the mean rural income of 2012 in a village with "
        "reliable electricity is connected",
        kAssumed}},
      {&S::network_join,
       {"network_join", "1/yr", 0.12, 0, 1, "the same for the network", kAssumed}},
      {&S::toilet_join,
       {"toilet_join", "1/yr", 0.05, 0, 1, "the same for a sanitary toilet, in any village",
        kAssumed}},
      {&S::join_income,
       {"join_income", "1", 0.7, 0, 2, "elasticity of these three chances to income", kAssumed}},
  };
  return rows;
}

}  // namespace terrace
