#include "economy/settle.hpp"

#include <algorithm>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "economy/economy.hpp"
#include "economy/village_business.hpp"

namespace terrace::economy {

namespace {

constexpr StreamId kStart = stream("settle.post");
constexpr StreamId kYears = stream("settle.years");
constexpr int kRounds = 24;  // halves the distance to rest each time: 1e-7 is left

Entity entity_of(const CountyWork& work, std::size_t i) {
  const County& c = *work.county;
  return {c.households.id[work.owner[i]], c.number, c.persons.number[i]};
}

/// Adults without a post who may take one.
std::vector<std::uint32_t> free_hands(const CountyWork& work) {
  const PersonTable& persons = work.county->persons;
  std::vector<std::uint32_t> out;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    const auto a = static_cast<Activity>(persons.activity[i]);
    const int age = age_at(persons.birth[i], work.month);
    if ((a == Activity::farm || a == Activity::searching) && age >= 16 && age < 60 &&
        persons.disability[i] < 2) {
      out.push_back(static_cast<std::uint32_t>(i));
    }
  }
  return out;
}

/// Spells end by chance alone, so that in the long run the odds of being in one grow with the odds
/// of getting in: the first n by weight and logistic noise stand for that.
template <class Weight>
std::vector<std::uint32_t> draw_by_odds(const CountyWork& work, std::uint8_t draw, double n,
                                        const Weight& weight) {
  std::vector<RankedBid> bids;
  for (const std::uint32_t i : free_hands(work)) {
    const Entity who = entity_of(work, i);
    const double noise = exact::logit(uniform(work.key(), kStart, who, work.month, draw));
    bids.push_back({-(weight(i) + noise), key64(work.key(), kStart, who, work.month), i});
  }
  return ration(bids, static_cast<std::size_t>(std::max(0.0, n)));
}

void deal_out_work(CountyWork& work, const EconomyParameters& p) {
  County& c = *work.county;
  const double share =
      work.plan->migrant_openings / std::max(1.0, static_cast<double>(c.persons.size()));
  std::fill(c.villages.migrant_share.begin(), c.villages.migrant_share.end(),
            static_cast<float>(share));
  double away = 0.0;  // a survey's people may be away already
  for (const std::uint8_t a : c.persons.activity)
    away += static_cast<Activity>(a) == Activity::migrant ? 1.0 : 0.0;
  const auto gone = draw_by_odds(work, 0, work.plan->migrant_openings - away,
                                 [&](std::size_t i) { return wish_to_leave(work, i, p); });
  for (const std::uint32_t i : gone) go_away(work, i, p.work);
  const auto hired = draw_by_odds(work, 1, work.posts - work.employed,
                                  [&](std::size_t i) { return post_weight(work, i, p.work); });
  for (const std::uint32_t i : hired) hire(work, i, Post::enterprise, p);
}

/// What assets lose in a year, disasters of the village included.
double wear(const CountyWork& work, std::size_t h, const EconomyParameters& p) {
  const VillageTable& v = work.county->villages;
  const bool prone = v.hazard[work.county->households.village[h]] != 0;
  return p.farm.delta_K + p.disaster.disaster_rate * (prone ? p.disaster.hazard_ratio : 1.0) *
                              p.disaster.disaster_loss * p.disaster.exposed_assets;
}

/// Assets at which a usual year's investment replaces wear, disasters included.
void rest_assets(CountyWork& work, const EconomyParameters& p, ExpectedMonth& usual) {
  HouseholdTable& t = work.county->households;
  const double line = work.frame->poverty_line / work.frame->price;
  for (int round = 0; round < kRounds; ++round) {
    expect_month(work, p, usual);
    for (std::size_t h = 0; h < t.size(); ++h) {
      const double residents = work.residents[h];
      const double year = 12.0 * static_cast<double>(usual.received[h]);
      const double s =
          std::clamp(p.farm.s0 + p.farm.s1 * (year / residents / line - 1.0), 0.0, p.farm.s_max);
      const double surplus = std::max(0.0, year - p.farm.c_sub * line * residents);
      const double rest = p.farm.kappa_inv * s * surplus / wear(work, h, p);
      t.assets[h] = static_cast<float>(0.5 * (static_cast<double>(t.assets[h]) + rest));
    }
  }
}

void refresh_all(CountyWork& work, const EconomyParameters& p) {
  const HouseholdTable& t = work.county->households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    refresh_household(*work.county, h, work.month, p);
    const float members = t.members[h];
    const float home = members - static_cast<float>(t.away[h]);
    work.residents[h] = home < 0.75F ? members : home;
  }
}

/// Income at home, with which work away is compared.
void imagine_all_at_home(CountyWork& work, const EconomyParameters& p, ExpectedMonth& usual) {
  const HouseholdTable& t = work.county->households;
  refresh_all(work, p);
  expect_month(work, p, usual);
  for (std::size_t h = 0; h < t.size(); ++h)
    work.income_2012[h] = 12.0F * usual.received[h] / work.residents[h];
}

void remember_usual_year(CountyWork& work, const EconomyParameters& p, ExpectedMonth& usual) {
  HouseholdTable& t = work.county->households;
  expect_month(work, p, usual);
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (t.reference[h] > 0.0F) continue;
    for (std::size_t k = 0; k < kComponents; ++k)
      t.last_year[k][h] = 12.0F * usual.components[k][h];
    t.away_last_year[h] = static_cast<std::uint8_t>(std::min(255, 12 * t.away[h]));
    t.reference[h] = 12.0F * usual.received[h] / work.residents[h];
  }
}

/// The year's flows become last year's, and dates of spells move back, for the same year comes
/// again.
void turn_back(CountyWork& work) {
  HouseholdTable& t = work.county->households;
  close_flows(work);
  for (auto* dates : {&work.county->persons.state_until, &t.loan_due}) {
    for (std::uint16_t& date : *dates)
      if (date != kNoMonth) date = static_cast<std::uint16_t>(date - 12);
  }
  close_villages(work);
}

/// A year in which nobody is born, dies, grows older or stays ill: only work, weather, bills,
/// saving and debt. The same calendar year each time, with draws of its own.
void still_year(CountyWork& work, const EconomyParameters& p, const YearFrame& first, int round) {
  YearFrame frame = first;
  frame.key.seed = key64(first.key, kYears, {0, 0}, round);
  frame.burn_in = true;  // no epidemic
  work.frame = &frame;
  work.month = month_of(frame.year, 1);
  recall_last_year(work);
  draw_year(work, p);
  for (int m = 1; m <= 12; ++m) {
    work.month = month_of(frame.year, m);
    work.flows.reset(work.county->households.size());
    shocks(work, p);
    pay_for_care(work, p.health);
    labour(work, p);
    village_business(work, p);
    income(work, p);
    consumption(work, p);
  }
  turn_back(work);
  work.frame = &first;
  work.month = month_of(first.year, 1);
}

}  // namespace

void settle(CountyWork& work, const EconomyParameters& p) {
  work.farm_shock.assign(work.county->households.size(), 0.0F);
  work.village_farm.assign(work.county->villages.size(), 1.0F);
  crop_month(work, p);
  ExpectedMonth usual;
  if (work.county->surveyed) {
    refresh_all(work, p);
    remember_usual_year(work, p, usual);
    return;
  }
  imagine_all_at_home(work, p, usual);
  open_labour(work, p);
  deal_out_work(work, p);
  refresh_all(work, p);
  rest_assets(work, p, usual);
  remember_usual_year(work, p, usual);
  const YearFrame& first = *work.frame;
  const std::vector<float> funds = work.county->villages.fund;
  for (int round = 0; round < static_cast<int>(p.farm.still_years); ++round)
    still_year(work, p, first, round);
  work.county->villages.fund = funds;  // what villages have begins with the run
  work.events.fill(0.0);
}

}  // namespace terrace::economy
