#include "economy/parameters.hpp"

namespace terrace {

namespace {
constexpr std::string_view kFit = "fitted in a scratch prototype of this economy, see docs/odd.md";
constexpr std::string_view kAssumed = "assumption";
constexpr std::string_view kFitHere =
    "fitted here: headcounts of 2012-2015, churn and transient share of a population at rest, see "
    "docs/validation.md";
}  // namespace

std::span<const Parameter<IncomeRisk>> IncomeRisk::table() {
  using S = IncomeRisk;
  static constexpr Parameter<S> rows[] = {
      {&S::phi_pers,
       {"phi_pers", "1", 0.95, 0.85, 1.0, "annual autocorrelation of the persistent residual",
        "assumption; Santaeulalia-Llopis & Zheng 2018 against Jin & Wang 2018"}},
      {&S::var_trans,
       {"var_trans", "log points squared", 0.18, 0.05, 0.22,
        "annual variance of the household's log farm shock", kFitHere}},
      {&S::sigma_yield,
       {"sigma_yield", "log points", 0.2, 0.0, 0.35,
        "sd of log farm output from weather; half of the variance is common to a "
        "village, the household's own half lies in var_trans",
        kAssumed}},
  };
  return rows;
}

std::span<const Parameter<FarmAssets>> FarmAssets::table() {
  using S = FarmAssets;
  static constexpr Parameter<S> rows[] = {
      {&S::alpha_K,
       {"alpha_K", "1", 0.4, 0.25, 0.5, "elasticity of farm output to productive assets",
        kAssumed}},
      {&S::theta_L,
       {"theta_L", "yuan(2012)/K^alpha_K", 200, 150, 260, "level of the low technology",
        "assumption, scaled to operating income near 40% of 2012 poor-area income"}},
      {&S::theta_H_ratio,
       {"theta_H_ratio", "1", 1.7, 1.2, 2.2, "high over low technology", kAssumed}},
      {&S::F_fixed,
       {"F_fixed", "yuan(2012)/yr", 6000, 0, 12000, "fixed cost of the high technology, times tau",
        kAssumed}},
      {&S::tau,
       {"tau", "1", 0.5, 0, 1, "strength of the asset trap; an axis of sensitivity, never tuned",
        "contested: You 2014, 2017 for; Kraay & McKenzie 2014 sceptical; Balboni et al 2022 for"}},
      {&S::delta_K,
       {"delta_K", "1/yr", 0.10, 0.04, 0.15, "depreciation of productive assets", kFit}},
      {&S::kappa_inv,
       {"kappa_inv", "1", 0.105, 0.02, 0.6, "share of saving that is invested", kFit}},
      {&S::s0, {"s0", "1", 0.06, 0, 0.15, "saving rate at the poverty line", kAssumed}},
      {&S::s1,
       {"s1", "1/line", 0.11, 0.05, 0.2, "rise of the saving rate per line of income", kFit}},
      {&S::s_max, {"s_max", "1", 0.25, 0.2, 0.45, "highest saving rate", kFit}},
      {&S::c_sub,
       {"c_sub", "lines", 0.8, 0.6, 1.0, "subsistence consumption over the line", kAssumed}},
      {&S::K_base,
       {"K_base", "yuan(2012)", 2500, 0, 4000, "free tools added to K in the farm function", kFit}},
      {&S::A0,
       {"A0", "log", 0.17, -0.5, 1.0,
        "level of farm productivity in 2012; solved last, for each tau", kFitHere}},
      {&S::farm_growth,
       {"farm_growth", "1/yr", 0.057, 0.0, 0.09,
        "growth of log farm productivity after 2012, the same in every arm", kFit}},
      {&S::land_unit,
       {"land_unit", "mu", 7, 3, 12, "land at which the farm function is scaled", kFit}},
      {&S::labour_unit,
       {"labour_unit", "adults", 1.5, 1, 2.5, "farm labour at which it is scaled", kFit}},
      {&S::rent_land,
       {"rent_land", "yuan/mu/yr", 500, 200, 1000,
        "rent of land that a household cannot work itself",
        "a published lease at 800; assumption"}},
      {&S::still_years,
       {"still_years", "years", 8, 0, 30,
        "before the first year of a run: work, weather, bills, saving and debt go on while nobody "
        "is born, dies "
        "or grows older, so that stocks are at rest",
        "assumption; assets wear out in ten years"}},
      {&S::part_time,
       {"part_time", "1", 0.25, 0, 0.5, "farm labour left of a member in a local post", kAssumed}},
  };
  return rows;
}

std::span<const Parameter<WagesLabour>> WagesLabour::table() {
  using S = WagesLabour;
  static constexpr Parameter<S> rows[] = {
      {&S::w_local_ratio,
       {"w_local_ratio", "1", 0.6, 0.5, 0.85, "pay of local posts over migrant pay",
        "assumption; workshop pay of 2,000-3,000 against 4,072 in 2020"}},
      {&S::local_place,
       {"local_place", "1", 0.6, 0, 1,
        "weight of the county's place effect in local wages and posts", kFit}},
      {&S::rho_edu,
       {"rho_edu", "log/yr", 0.064, 0.04, 0.1, "wage return to a year of schooling",
        "de Brauw & Rozelle 2008"}},
      {&S::rho_exp,
       {"rho_exp", "log/yr", 0.03, 0.02, 0.05, "wage return to a year of experience", kAssumed}},
      {&S::rho_exp2,
       {"rho_exp2", "log/yr^2", -0.0005, -0.0009, -0.0002, "the same, squared", kAssumed}},
      {&S::gap_female, {"gap_female", "log", -0.2, -0.35, -0.1, "wage gap of women", kAssumed}},
      {&S::gap_language,
       {"gap_language", "log", -0.1, -0.2, 0, "wage gap without Mandarin", kAssumed}},
      {&S::slope_health,
       {"slope_health", "log", 0.3, 0.1, 0.6, "log wage per unit of health", kAssumed}},
      {&S::mincer_mean,
       {"mincer_mean", "log", 0.45, 0.2, 0.7,
        "employment-weighted mean of these terms, taken off so that mean pay is the series", kFit}},
      {&S::lam_w, {"lam_w", "1", 0.6, 0, 1, "loading of the household residual on wages", kFit}},
      {&S::remit,
       {"remit", "1", 0.25, 0.15, 0.5, "share of migrant pay that reaches the household budget",
        kFit}},
      {&S::months_local,
       {"months_local", "months/yr", 11, 8, 12, "months paid in a local post", kFit}},
      {&S::months_migrant,
       {"months_migrant", "months/yr", 10, 8, 12, "months paid when working away", kFit}},
      {&S::far_share,
       {"far_share", "1", 0.53, 0.3, 0.7, "of those who work away, share outside the province",
        "monitoring survey of migrant workers, 2012 (memory)"}},
      {&S::far_premium,
       {"far_premium", "1", 0.08, 0, 0.3, "pay outside the province over pay within it, less 1",
        kAssumed}},
      {&S::coop_wage,
       {"coop_wage", "1", 0.6, 0.3, 1, "pay of a cooperative's post over an enterprise's",
        kAssumed}},
      {&S::displacement,
       {"displacement", "1", 0.3, 0, 0.8,
        "ordinary posts that go for each subsidised one, which would have existed or pushes others "
        "out",
        kAssumed}},
      {&S::h_match,
       {"h_match", "1/month", 0.12, 0.05, 0.25, "chance that a search reaches an opening",
        "resettled workers placed after 3-5 months with help"}},
      {&S::h_sep,
       {"h_sep", "1/month", 0.01, 0.005, 0.06, "chance that a local post is lost", kFitHere}},
      {&S::posts_per_adult,
       {"posts_per_adult", "1", 0.306, 0.2, 0.4, "local wage posts per adult of 16-59, 2012",
        kFit}},
      {&S::posts_growth, {"posts_growth", "1/yr", 0.015, 0, 0.03, "growth of local posts", kFit}},
      {&S::match_edu,
       {"match_edu", "1/yr", 0.12, 0, 0.3, "weight of schooling in the queue for posts", kFit}},
      {&S::match_perm,
       {"match_perm", "1", 0.75, 0, 2, "weight of the permanent residual in that queue", kFit}},
      {&S::match_taste,
       {"match_taste", "1", 2, 0, 3, "sd of a fixed personal term in that queue", kFitHere}},
      {&S::mig_b0,
       {"mig_b0", "logit", -2.5, -8, 0,
        "level of applications to work away; openings bind, so it sets refusals", kFit}},
      {&S::mig_beta_gap,
       {"mig_beta_gap", "logit", 1.4, 0.8, 2.5, "per log point of wage gap", kFitHere}},
      {&S::mig_beta_net,
       {"mig_beta_net", "logit", 2.0, 0.5, 4.0, "per unit of the village's migrant share",
        "assumption; network studies of de Brauw & Giles"}},
      {&S::mig_beta_care,
       {"mig_beta_care", "logit", -0.8, -1.5, -0.2, "per dependant in care and adult", kAssumed}},
      {&S::mig_beta_cash,
       {"mig_beta_cash", "logit", 0.4, 0, 1, "if liquid wealth covers the cost of moving",
        "assumption; Bryan, Chowdhury & Mobarak 2014"}},
      {&S::mig_cost,
       {"mig_cost", "yuan(2012)", 1500, 500, 4000, "cost of going away to work", kAssumed}},
      {&S::mig_place,
       {"mig_place", "logit", 1.5, 0, 2.5, "weight of the county's place effect", kFit}},
      {&S::mig_beta_age,
       {"mig_beta_age", "logit/yr", -0.05, -0.1, 0, "per year of age above 25", kAssumed}},
      {&S::mig_road, {"mig_road", "logit", 0.2, 0, 0.6, "if the village has a road", kAssumed}},
      {&S::mig_taste, {"mig_taste", "logit", 3, 0, 4, "sd of a fixed personal term", kFitHere}},
      {&S::mig_return,
       {"mig_return", "1/month", 0.01, 0.005, 0.04, "chance of coming home for good", kFitHere}},
  };
  return rows;
}

std::span<const Parameter<Health>> Health::table() {
  using S = Health;
  static constexpr Parameter<S> rows[] = {
      {&S::ill_rate_20_40,
       {"ill_rate_20_40", "1/person/yr", 0.03, 0.015, 0.05, "major illness at 20-40", kAssumed}},
      {&S::ill_rate_60,
       {"ill_rate_60", "1/person/yr", 0.12, 0.06, 0.2,
        "major illness at 60 and above; linear between", kAssumed}},
      {&S::ill_cost_median,
       {"ill_cost_median", "yuan(2012)", 6000, 3000, 12000, "median bill", kAssumed}},
      {&S::ill_cost_sigma,
       {"ill_cost_sigma", "log", 1.1, 0.8, 1.5, "sd of the log bill: a heavy tail",
        "assumption; a published leukaemia case"}},
      {&S::forgone_care,
       {"forgone_care", "1", 0.25, 0, 0.4,
        "share left untreated when own cost exceeds half of liquid wealth", kAssumed}},
      {&S::disable_given_ill,
       {"disable_given_ill", "1", 0.05, 0, 0.1, "chance that an illness disables", kAssumed}},
      {&S::chronic_given_ill,
       {"chronic_given_ill", "1", 0.1, 0, 0.3, "chance that an illness stays as a chronic one",
        kAssumed}},
      {&S::chronic_rate,
       {"chronic_rate", "1", 1.5, 1, 3, "how much more often the chronically ill fall ill",
        kAssumed}},
      {&S::no_clinic,
       {"no_clinic", "1", 1.5, 1, 3,
        "how much more often care is forgone where the village has no clinic", kAssumed}},
      {&S::health_loss,
       {"health_loss", "1", 0.02, 0, 0.1, "health lost by an illness that is treated", kAssumed}},
      {&S::health_untreated,
       {"health_untreated", "1", 0.1, 0, 0.3, "the same untreated", kAssumed}},
      {&S::health_ageing,
       {"health_ageing", "1/yr", 0.006, 0, 0.012, "health lost in a year of age above 30",
        kAssumed}},
      {&S::moral_hazard,
       {"moral_hazard", "stays/household/yr", 0.035, 0, 0.07,
        "further hospital stays, without loss of work, when the share of bills that insurance pays "
        "and what a programme adds to it are together 25 points above the share of 2012; in "
        "proportion elsewhere",
        "a published evaluation of health measures found about so many"}},
      {&S::least_own,
       {"least_own", "1", 0.1, 0, 0.3,
        "share of an insured bill that the household pays at least, whatever cover a programme "
        "adds",
        "assumption; programmes claimed to pay about 90 % of bills (memory)"}},
      {&S::insurance_join,
       {"insurance_join", "1/yr", 0.3, 0, 1,
        "chance that a household outside the medical scheme joins it", kAssumed}},
      {&S::ill_labour_loss,
       {"ill_labour_loss", "months", 6, 2, 12,
        "months unable to work after an illness; twice that untreated", kAssumed}},
  };
  return rows;
}

std::span<const Parameter<Disaster>> Disaster::table() {
  using S = Disaster;
  static constexpr Parameter<S> rows[] = {
      {&S::disaster_rate,
       {"disaster_rate", "1/village/yr", 0.05, 0, 0.12,
        "chance of a disaster in a village that is not prone to them", kAssumed}},
      {&S::hazard_ratio,
       {"hazard_ratio", "1", 2, 1, 4, "how much more often in a prone village", kAssumed}},
      {&S::disaster_loss,
       {"disaster_loss", "1", 0.3, 0, 0.6, "share of the year's remaining farm output lost",
        kAssumed}},
      {&S::exposed_assets,
       {"exposed_assets", "1", 0.3, 0, 1, "share of productive assets exposed to the same loss",
        kAssumed}},
  };
  return rows;
}

std::span<const Parameter<Covid>> Covid::table() {
  using S = Covid;
  static constexpr std::string_view kPath =
      "resumption at the Lantern Festival about 0.31 of 2019 (Li et al. 2021); later months "
      "assumption";
  static constexpr Parameter<S> rows[] = {
      {&S::epidemic, {"epidemic", "1", 1, 0, 1, "1: it came in 2020; 0: it did not", kAssumed}},
      {&S::year, {"year", "year", 2020, 2013, 2030, "year of the epidemic", kPath}},
      {&S::at_work_feb,
       {"at_work_feb", "1", 0, 0, 1, "share of migrants at work, February", kPath}},
      {&S::at_work_mar, {"at_work_mar", "1", 0.25, 0, 1, "the same, March", kPath}},
      {&S::at_work_apr, {"at_work_apr", "1", 0.55, 0, 1, "the same, April", kPath}},
      {&S::at_work_may, {"at_work_may", "1", 0.8, 0, 1, "the same, May", kPath}},
      {&S::at_work_jun, {"at_work_jun", "1", 0.92, 0, 1, "the same, June", kPath}},
      {&S::at_work_jul, {"at_work_jul", "1", 0.97, 0, 1, "the same, July", kPath}},
      {&S::at_work_aug, {"at_work_aug", "1", 1, 0, 1, "the same, August", kPath}},
      {&S::normal_gap,
       {"normal_gap", "months", 1, 0, 2,
        "of the months lost by this path, what a usual year loses around the Spring Festival",
        kAssumed}},
      {&S::local_share,
       {"local_share", "1", 0.4, 0, 1, "share of the migrants' loss that local posts have",
        kAssumed}},
      {&S::wage_loss,
       {"wage_loss", "1", 0.05, 0, 0.15, "loss of all wages from September to December", kAssumed}},
      {&S::openings,
       {"openings", "1", 0.97, 0.9, 1, "openings away from home in 2020 over the usual", kAssumed}},
  };
  return rows;
}

std::span<const Parameter<Consumption>> Consumption::table() {
  using S = Consumption;
  static constexpr Parameter<S> rows[] = {
      {&S::w_exp,
       {"w_exp", "1/yr", 0.16, 0.1, 0.25,
        "weight of current income in reference income: mean age about five years", kFit}},
      {&S::theta_low,
       {"theta_low", "1", 0.55, 0.05, 0.6,
        "coefficient of passing income changes on, poorest in wealth",
        "fitted here: measured slope of yearly consumption on income 0.37 for the poorest tenth; "
        "pattern from Jalan & Ravallion 1999"}},
      {&S::theta_high,
       {"theta_high", "1", 0.12, 0, 0.25, "the same, richest third",
        "fitted here: measured slope 0.11; pattern from Jalan & Ravallion 1999"}},
      {&S::debt_limit,
       {"debt_limit", "years of income", 0.53, 0.1, 1, "informal debt at which assets are sold",
        kFit}},
      {&S::squeeze_poor,
       {"squeeze_poor", "1", 0.03, 0, 0.1,
        "consumption cut when liquid wealth is under a tenth of income", kFit}},
      {&S::squeeze_limit, {"squeeze_limit", "1", 0.15, 0, 0.3, "the same at the debt limit", kFit}},
      {&S::asset_discount,
       {"asset_discount", "1", 0.3, 0, 0.6, "loss when productive assets are sold in need",
        kAssumed}},
      {&S::c_least,
       {"c_least", "1", 0.3, 0, 0.8, "least consumption, share of subsistence, whatever income",
        kAssumed}},
      {&S::return_wealth,
       {"return_wealth", "1/yr", 0.01, 0, 0.06, "property income per yuan of liquid wealth",
        "assumption: real interest on deposits"}},
  };
  return rows;
}

std::span<const Parameter<Transfers>> Transfers::table() {
  using S = Transfers;
  static constexpr Parameter<S> rows[] = {
      {&S::other_transfers,
       {"other_transfers", "yuan(2012)/person/yr", 210, 100, 300,
        "public transfers other than pension and allowance, 2012", kFitHere}},
      {&S::other_growth, {"other_growth", "1/yr", 0.09, 0, 0.12, "their growth", kFit}},
      {&S::other_land_share,
       {"other_land_share", "1", 0.4, 0, 1, "share of them paid by land", kFit}},
      {&S::kin_elder,
       {"kin_elder", "monthly migrant wages/month", 0.03, 0, 0.06,
        "sent to elders who live without adults", kFit}},
      {&S::graduate_remit,
       {"graduate_remit", "monthly migrant wages/yr", 0.5, 0, 2,
        "sent home in a year by a graduate who has left for town", kAssumed}},
      {&S::allowance_favour,
       {"allowance_favour", "log", 0.25, 0, 0.8,
        "by how much kin of cadres look poorer when the ordinary allowance is listed",
        "assumption; audits report allowances given to relations"}},
      {&S::allowance_share,
       {"allowance_share", "1", 0.055, 0.02, 0.08, "share of persons on the ordinary allowance",
        "published recipients over rural persons, 2012"}},
      {&S::allowance_sd,
       {"allowance_sd", "log", 0.6, 0.3, 0.9,
        "error of income when the ordinary allowance is listed",
        "assumption; very large errors: Golan et al. 2017, Kakwani et al. 2017"}},
      {&S::allowance_line,
       {"allowance_line", "lines", 0.79, 0.5, 1,
        "ordinary allowance standard over the poverty line", "2,068 over 2,625 in 2012"}},
      {&S::allowance_floor,
       {"allowance_floor", "1", 0.25, 0, 0.5, "least payment, share of the standard", kFit}},
      {&S::allowance_gap,
       {"allowance_gap", "1", 0.75, 0.4, 1, "share of the gap to the standard that is paid", kFit}},
  };
  return rows;
}

std::span<const Parameter<Dwelling>> Dwelling::table() {
  using S = Dwelling;
  static constexpr Parameter<S> rows[] = {
      {&S::repair_rate,
       {"repair_rate", "1/yr", 0.08, 0, 0.3,
        "chance that a household at that income rebuilds a dilapidated house itself", kAssumed}},
      {&S::repair_lines,
       {"repair_lines", "lines", 3, 1, 6, "income a head at which repair_rate holds",
        "the mean rural income of 2012 was about three lines"}},
      {&S::repair_income,
       {"repair_income", "1", 1.0, 0, 2, "elasticity of that chance to income", kAssumed}},
  };
  return rows;
}

EconomyParameters load_economy(const ParameterValues& values) {
  EconomyParameters p{};
  p.risk = load_parameters("income_risk", IncomeRisk::table(), values);
  p.farm = load_parameters("farm_assets", FarmAssets::table(), values);
  p.work = load_parameters("wages_labour", WagesLabour::table(), values);
  p.health = load_parameters("health", Health::table(), values);
  p.disaster = load_parameters("disaster", Disaster::table(), values);
  p.covid = load_parameters("covid", Covid::table(), values);
  p.consumption = load_parameters("consumption", Consumption::table(), values);
  p.people = load_parameters("demography_school", DemographySchool::table(), values);
  p.transfers = load_parameters("transfers", Transfers::table(), values);
  p.dwelling = load_parameters("dwelling", Dwelling::table(), values);
  p.social = load_parameters("social", Social::table(), values);
  p.credit = load_parameters("credit", Credit::table(), values);
  p.market = load_parameters("specialty_market", SpecialtyMarket::table(), values);
  p.coop = load_parameters("cooperative", Cooperatives::table(), values);
  p.solar = load_parameters("solar", Solar::table(), values);
  p.access = load_parameters("access", Access::table(), values);
  return p;
}

std::vector<ParameterBlock> economy_blocks() {
  return {block_of("income_risk", IncomeRisk::table()),
          block_of("farm_assets", FarmAssets::table()),
          block_of("wages_labour", WagesLabour::table()),
          block_of("health", Health::table()),
          block_of("disaster", Disaster::table()),
          block_of("covid", Covid::table()),
          block_of("consumption", Consumption::table()),
          block_of("demography_school", DemographySchool::table()),
          block_of("transfers", Transfers::table()),
          block_of("dwelling", Dwelling::table()),
          block_of("social", Social::table()),
          block_of("credit", Credit::table()),
          block_of("specialty_market", SpecialtyMarket::table()),
          block_of("cooperative", Cooperatives::table()),
          block_of("solar", Solar::table()),
          block_of("access", Access::table())};
}

}  // namespace terrace
