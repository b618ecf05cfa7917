#include "nation/parameters.hpp"

namespace terrace {

std::span<const Parameter<Macro>> Macro::table() {
  using S = Macro;
  static constexpr Parameter<S> rows[] = {
      {&S::cpi_rural,
       {"cpi_rural", "1/yr", 0.02, 0, 0.03, "rural consumer prices; price level 1 in 2012",
        "assumption (about 2% a year, memory)"}},
      {&S::openings_2012,
       {"openings_2012", "persons", 1.72e8, 1e8, 2.2e8,
        "persons whom the nation's labour market can employ away from home, 2012",
        "fitted here: after the Spring Festival, so that the mean of 2012 is near the 163.4 "
        "million "
        "workers away (memory)"}},
      {&S::openings_growth,
       {"openings_growth", "1/yr", 0.01, -0.02, 0.04, "growth of these openings", "assumption"}},
  };
  return rows;
}

std::span<const Parameter<Budget>> Budget::table() {
  using S = Budget;
  static constexpr Parameter<S> rows[] = {
      {&S::fund_local_ratio,
       {"fund_local_ratio", "1", 1.42, 0.8, 2.0,
        "funds of provinces and counties over the central special fund",
        "939.9 over 660.1 billion yuan"}},
      {&S::prov_local_share,
       {"prov_local_share", "1", 0.44, 0.3, 0.6,
        "provinces' part of these; counties pay the rest, each by its people's income",
        "54.0 billion yuan of 28 provinces over 1.42 x 86.1 in 2017"}},
      {&S::weight_poor,
       {"weight_poor", "1", 0.5, 0, 0.6, "part of the fund divided by number of poor people",
        "assumption; published factors, weights of the design"}},
      {&S::weight_depth,
       {"weight_depth", "1", 0.3, 0, 0.4,
        "part divided by depth of poverty; what is left goes by how far mean income is behind the "
        "nation's",
        "assumption; published factors, weights of the design"}},
      {&S::integrated_ratio,
       {"integrated_ratio", "1", 0.88, 0, 1.4,
        "integrated agricultural money per yuan of special fund, in designated counties",
        "derived from 0.36 billion yuan a county and year"}},
      {&S::integrated_from,
       {"integrated_from", "year", 2016, 2013, 2100, "first year of this money",
        "the integration of agricultural funds in poor counties, 2016"}},
      {&S::east_west,
       {"east_west", "1", 1, 0, 1,
        "part of `east_west_fund` that arrives; 0 switches the pairing of provinces off",
        "switch"}},
      {&S::village_share,
       {"village_share", "1", 0.4, 0, 0.6,
        "share of what the pool holds in January that is set aside for village works, while a "
        "module for them is in force",
        "assumption"}},
      {&S::overhead, {"overhead", "1", 0.05, 0, 0.12, "administration", "assumption"}},
      {&S::stolen_of_irregular,
       {"stolen_of_irregular", "1", 0.1, 0, 0.4,
        "share of irregular money that is lost; the rest comes 6-24 months late",
        "assumption; 0.19 over 1.5 percent in 2019"}},
      {&S::audit_recover,
       {"audit_recover", "1", 0.3, 0, 0.8,
        "share of the year's lost money that the July audit recovers", "assumption"}},
      {&S::integration_year,
       {"integration_year", "year", 2016, 2013, 2100,
        "from this year on designated counties move money between modules, which is earmarked "
        "before and elsewhere; 2100 is never",
        "the integration of agricultural funds in poor counties, 2016"}},
      {&S::depth_weight,
       {"depth_weight", "1", 0, 0, 2,
        "weight of depth of poverty in a county's ranking; 0 is pure creaming", "assumption"}},
  };
  return rows;
}

NationParameters load_nation(const ParameterValues& values) {
  return {load_parameters("macro", Macro::table(), values),
          load_parameters("budget", Budget::table(), values)};
}

std::vector<ParameterBlock> nation_blocks() {
  return {block_of("macro", Macro::table()), block_of("budget", Budget::table())};
}

std::vector<SeriesInfo> nation_series() {
  return {
      {"poverty_line", "yuan/person/year", "nominal", 100, 1e5, "statistical poverty line z"},
      {"exit_line", "yuan/person/year", "nominal", 100, 1e5, "administrative exit line x"},
      {"migrant_wage", "yuan/month", "nominal", 100, 1e5, "mean pay of rural migrant workers"},
      {"pension", "yuan/person/year", "nominal", 0, 1e5,
       "basic pension of rural people of 60 and more"},
      {"reimbursement", "1", "none", 0, 1, "share of medical bills that insurance pays"},
      {"safe_water", "1", "none", 0, 1, "share of rural people with safe water"},
      {"allowance_standard", "yuan/person/year", "nominal", 0, 1e5,
       "rural subsistence allowance standard, national mean"},
      {"fund_central", "billion yuan/year", "nominal", 0, 1e4,
       "central special poverty alleviation fund"},
      {"irregular_share", "1", "none", 0, 0.85, "share of audited funds found irregular"},
      {"east_west_fund", "billion yuan/year", "nominal", 0, 1e4,
       "money of eastern provinces for designated counties elsewhere"},
      {"transition_support", "1", "none", 0, 1,
       "factor on pool, places and counties' parts of sums in the years of transition after 2020"},
  };
}

}  // namespace terrace
