// Households of a county: kind, correlated traits, house and services.
#include "population/synthesis.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <terrace/check.hpp>
#include <terrace/maths.hpp>

#include "population/columns.hpp"
#include "population/geography.hpp"
#include "population/kin.hpp"
#include "population/people.hpp"

namespace terrace {

namespace {

namespace streams {
constexpr StreamId kind = stream("synthesis.kind");
constexpr StreamId village_income = stream("synthesis.village_income");
constexpr StreamId income = stream("synthesis.income");  // permanent, persistent; water
constexpr StreamId stocks = stream("synthesis.stocks");  // assets, wealth; insurance
constexpr StreamId roots = stream("synthesis.roots");    // land, schooling; stage of life
constexpr StreamId house = stream("synthesis.house");
constexpr StreamId origin = stream("synthesis.origin");  // minority, durables; kin of cadres
constexpr StreamId village_origin = stream("synthesis.village_origin");
constexpr StreamId services = stream("synthesis.services");  // power, network; toilet
}  // namespace streams

constexpr auto kStreamNames = std::to_array<std::string_view>(
    {"synthesis.county_size",    "synthesis.county_place",   "synthesis.county_sample",
     "synthesis.village_size",   "synthesis.village_sample", "synthesis.remoteness",
     "synthesis.productivity",   "synthesis.hazard",         "synthesis.uninhabitable",
     "synthesis.fragile",        "synthesis.village_water",  "synthesis.kind",
     "synthesis.village_income", "synthesis.income",         "synthesis.stocks",
     "synthesis.roots",          "synthesis.house",          "synthesis.person",
     "synthesis.condition",      "synthesis.skill",          "synthesis.origin",
     "synthesis.village_origin", "synthesis.services",       "synthesis.kin",
     "synthesis.crop",           "synthesis.solar",          "synthesis.access",
     "synthesis.village_school"});

/// Everything that the steps below share.
struct Work {
  County& county;
  const PopulationParameters& p;
  const HouseholdMix& mix;
  RunKey key;
  const SurveyDraw* survey = nullptr;  ///< null: households are made up
  std::vector<std::uint8_t> kinds;     ///< of each household
  std::vector<std::uint32_t> rows;     ///< of each household in the survey
};

/// Normals and uniforms of one stream for all households.
struct Drawn {
  std::vector<float> a, b, u;
};

Drawn draw_all(const Work& work, StreamId stream) {
  const std::size_t n = work.county.households.size();
  Drawn drawn{std::vector<float>(n), std::vector<float>(n), std::vector<float>(n)};
  fill_normal_uniform(work.key, stream, work.county.number, 0, work.county.households.id, drawn.a,
                      drawn.b, drawn.u);
  return drawn;
}

/// Rows for the households of the sampled villages, with ids by their number among all of the
/// county.
void lay_out_households(Work& work, const std::vector<std::uint32_t>& villages,
                        const std::vector<std::uint32_t>& sizes) {
  std::size_t total = 0;
  for (const std::uint32_t v : villages) total += sizes[v];
  HouseholdTable& table = work.county.households;
  resize_table(table, total);
  std::size_t row = 0;
  std::uint32_t number = 0;
  for (std::size_t v = 0, chosen = 0; v < sizes.size() && chosen < villages.size(); ++v) {
    if (villages[chosen] == v) {
      work.county.villages.first[chosen] = static_cast<std::uint32_t>(row);
      for (std::uint32_t h = 0; h < sizes[v]; ++h, ++row) {
        table.id[row] = (number + h) << 12;
        table.village[row] = static_cast<std::uint16_t>(chosen);
      }
      ++chosen;
    }
    number += sizes[v];
  }
  require(row == total, "sampled villages are not in ascending order");
}

/// Members of a household at place `u` of the mix, 0 to 1: of a kind, or of a survey's household.
std::uint8_t choose_household(Work& work, std::size_t h, double u) {
  if (work.survey != nullptr) {
    work.rows[h] = work.survey->row(work.county.province, work.county.designated, u);
    return static_cast<std::uint8_t>(work.survey->sample().members(work.rows[h]));
  }
  const std::vector<KindPlan>& kinds = work.mix.kinds;
  std::size_t kind = 0;
  while (kind + 1 < kinds.size() && u >= kinds[kind].upto) ++kind;
  work.kinds[h] = static_cast<std::uint8_t>(kind);
  return static_cast<std::uint8_t>(kinds[kind].members.size());
}

/// The kind of each household: a systematic draw. Steps of the golden section from a random start
/// spread any run of neighbours evenly over the kinds, so that a single village has the fitted
/// sizes and ages nearly exactly.
void choose_kinds(Work& work) {
  const std::uint64_t start =
      key64(work.key, streams::kind, {work.county.number, work.county.number}, 0);
  HouseholdTable& table = work.county.households;
  (work.survey != nullptr ? work.rows.resize(table.size()) : work.kinds.resize(table.size()));
  std::uint32_t persons = 0;
  for (std::size_t h = 0; h < table.size(); ++h) {
    const std::uint64_t place = start + 0x9e3779b97f4a7c15u * (table.id[h] >> 12);
    const std::uint8_t members =
        choose_household(work, h, static_cast<double>(place >> 11) * 0x1p-53);
    table.members[h] = members;
    table.numbers_used[h] = members;
    table.first[h] = persons;
    persons += members;
  }
  resize_table(work.county.persons, persons);
}

/// A permanent income that leans on the rank of the surveyed one, and is still a standard normal.
float lean_on_income(const Work& work, std::size_t h, float drawn) {
  if (work.survey == nullptr) return drawn;
  const float score = work.survey->income_score(work.rows[h]);
  if (std::isnan(score)) return drawn;
  const double tie = work.p.survey_tie;
  return static_cast<float>(tie) * score + static_cast<float>(std::sqrt(1.0 - tie * tie)) * drawn;
}

/// The copula's first normal: permanent income, in part common to the village.
void set_incomes(Work& work, std::vector<float>& permanent) {
  HouseholdTable& table = work.county.households;
  const Drawn drawn = draw_all(work, streams::income);
  const double between = work.p.share_between_village;
  const auto own = static_cast<float>(std::sqrt(1.0 - between));
  const auto perm_sd = static_cast<float>(std::sqrt(work.p.var_perm));
  const auto pers_sd = static_cast<float>(std::sqrt(work.p.var_pers));
  std::vector<float> common;
  for (const std::uint32_t village : work.county.villages.id) {
    common.push_back(
        static_cast<float>(std::sqrt(between) * normal(work.key, streams::village_income,
                                                       {village, work.county.number}, 0)));
  }
  for (std::size_t h = 0; h < table.size(); ++h) {
    const std::uint16_t v = table.village[h];
    permanent[h] = lean_on_income(work, h, common[v] + own * drawn.a[h]);
    table.u_perm[h] = perm_sd * permanent[h];
    table.u_pers[h] = pers_sd * drawn.b[h];
    if (drawn.u[h] < work.county.villages.water_share[v]) table.services[h] |= service::water;
  }
}

/// The normal below which a share of people lies.
float below(double share) {
  return static_cast<float>(exact::normal_quantile(std::clamp(share, 0.0, 1.0)));
}

/// What households are born into, and the durables they have. Minorities live together.
void set_origins(Work& work, const std::vector<float>& permanent, Region region) {
  HouseholdTable& table = work.county.households;
  const PopulationParameters& p = work.p;
  const Drawn drawn = draw_all(work, streams::origin);
  const float minority = below(region == Region::west ? p.minority_west : p.minority_other);
  const double between = p.minority_village;
  std::vector<float> common;
  for (const std::uint32_t village : work.county.villages.id) {
    common.push_back(
        static_cast<float>(std::sqrt(between) * normal(work.key, streams::village_origin,
                                                       {village, work.county.number}, 0)));
  }
  const auto own = static_cast<float>(std::sqrt(1.0 - between));
  const auto cadre = static_cast<float>(p.cadre_kin);
  const auto tie = static_cast<float>(p.durables_tie);
  const auto free = static_cast<float>(std::sqrt(1.0 - p.durables_tie * p.durables_tie));
  const auto median = static_cast<float>(p.durables_median / 10.0);
  const auto sd = static_cast<float>(p.durables_sd);
  for (std::size_t h = 0; h < table.size(); ++h) {
    const bool other = common[table.village[h]] + own * drawn.a[h] < minority;
    table.origin[h] = static_cast<std::uint8_t>((other ? origin::minority : 0) |
                                                (drawn.u[h] < cadre ? origin::cadre_kin : 0));
    const float latent = tie * permanent[h] + free * drawn.b[h];
    table.durables[h] =
        static_cast<std::uint16_t>(std::min(65535.0F, median * exact::exp(sd * latent) + 0.5F));
  }
}

void set_services(Work& work) {
  HouseholdTable& table = work.county.households;
  const PopulationParameters& p = work.p;
  const bool poor = work.county.designated;
  const Drawn drawn = draw_all(work, streams::services);
  const float power = below(poor ? p.home_power_designated : p.home_power_other);
  const float network = below(poor ? p.home_network_designated : p.home_network_other);
  const auto toilet = static_cast<float>(poor ? p.toilet_designated : p.toilet_other);
  for (std::size_t h = 0; h < table.size(); ++h) {
    table.services[h] =
        static_cast<std::uint8_t>(table.services[h] | (drawn.a[h] < power ? service::power : 0) |
                                  (drawn.b[h] < network ? service::network : 0) |
                                  (drawn.u[h] < toilet ? service::toilet : 0));
  }
}

/// Assets, wealth and land under their margins, and members.
void set_stocks_and_people(Work& work, const std::vector<float>& permanent,
                           const PeopleRules& rules) {
  HouseholdTable& table = work.county.households;
  const Drawn stocks = draw_all(work, streams::stocks);
  const Drawn roots = draw_all(work, streams::roots);
  std::array<std::array<float, 5>, 5> l{};
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t j = 0; j < 5; ++j) l[i][j] = static_cast<float>(work.mix.factor[i][j]);
  }
  const auto assets_sd = static_cast<float>(work.p.assets_sd);
  const auto wealth_sd = static_cast<float>(work.p.wealth_sd);
  const auto land_sd = static_cast<float>(work.p.land_sd);
  const auto assets = static_cast<float>(work.p.assets_median);
  const auto wealth = static_cast<float>(work.p.wealth_median);
  const auto land = static_cast<float>(100.0 * work.p.land_median);
  const auto insured = static_cast<float>(work.p.insured);
  for (std::size_t h = 0; h < table.size(); ++h) {
    const std::array<float, 5> e{permanent[h], stocks.a[h], stocks.b[h], roots.a[h], roots.b[h]};
    std::array<float, 5> z{};
    for (std::size_t i = 0; i < 5; ++i) {
      for (std::size_t j = 0; j <= i; ++j) z[i] += l[i][j] * e[j];
    }
    table.assets[h] = assets * exact::exp(assets_sd * z[1]);
    table.wealth[h] = wealth * exact::exp(wealth_sd * z[2]);
    table.land[h] =
        static_cast<std::uint16_t>(std::min(65535.0F, land * exact::exp(land_sd * z[3]) + 0.5F));
    if (stocks.u[h] < insured) table.services[h] |= service::insured;
    const HouseholdSeed seed{table.id[h], table.first[h], roots.u[h], z[4],
                             (table.origin[h] & origin::minority) != 0};
    if (work.survey != nullptr) {
      write_surveyed_members(work.county, work.survey->sample(), work.rows[h], rules, seed,
                             work.key);
    } else {
      write_members(work.county, work.mix.kinds[work.kinds[h]], rules, seed, work.key);
    }
  }
}

/// Grades by a latent that leans on permanent income: the lowest are D, then C, then B.
void set_houses(Work& work, const std::vector<float>& permanent) {
  HouseholdTable& table = work.county.households;
  const double more = work.county.designated ? work.p.house_designated : 1.0;
  const double below_c = more * work.p.house_d;
  const double below_b = below_c + more * work.p.house_c;
  const auto d = static_cast<float>(exact::normal_quantile(below_c));
  const auto c = static_cast<float>(exact::normal_quantile(below_b));
  const auto b =
      static_cast<float>(exact::normal_quantile(std::min(1.0, below_b + work.p.house_b)));
  const auto tie = static_cast<float>(work.p.house_tie);
  const auto own = static_cast<float>(std::sqrt(1.0 - work.p.house_tie * work.p.house_tie));
  std::vector<float> noise(table.size());
  fill_normals(work.key, streams::house, work.county.number, 0, table.id, noise);
  for (std::size_t h = 0; h < table.size(); ++h) {
    const float latent = tie * permanent[h] + own * noise[h];
    const House grade = latent < d   ? House::d
                        : latent < c ? House::c
                        : latent < b ? House::b
                                     : House::a;
    table.house[h] = static_cast<std::uint8_t>(grade);
  }
}

}  // namespace

std::span<const std::string_view> population_streams() { return kStreamNames; }

void synthesise_county(County& county, const PopulationSpec& spec, const PopulationParameters& p,
                       const HouseholdMix& mix, RunKey key, Month start, const SurveyDraw* survey) {
  require(mix.kinds.size() <= 256, "more than 256 kinds of household");
  const Region region = spec.layout.provinces[county.province].region;
  const auto households = static_cast<std::uint32_t>(county.true_households);
  const auto sizes = village_sizes(county.number, households, p, key.seed);
  const auto villages =
      sampled_villages(county.number, sizes.size(), spec.sample_villages, key.seed);
  require(villages.size() <= 0x10000, "a county has more than 65,536 villages in the sample");
  place_villages(county, villages, region, p, key.seed);
  Work work{county, p, mix, key, survey, {}, {}};
  lay_out_households(work, villages, sizes);
  choose_kinds(work);
  std::vector<float> permanent(county.households.size());
  set_incomes(work, permanent);
  set_origins(work, permanent, region);
  set_services(work);
  set_stocks_and_people(work, permanent, people_rules(county, region, p, start));
  set_houses(work, permanent);
  link_kin(county, key);
  county.households.loan_due.assign(county.households.size(), kNoMonth);
  county.households.diagnosed.assign(county.households.size(), kNoCause);
  county.villages.team_since.assign(county.villages.size(), kNoMonth);
  if (survey != nullptr) overlay_survey(county, *survey, work.rows);
  county.households.verified.assign(county.households.size(),
                                    std::numeric_limits<float>::quiet_NaN());
}

}  // namespace terrace
