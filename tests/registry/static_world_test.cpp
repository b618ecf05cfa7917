// Errors of the register in the static world on which the design was tried out: incomes lognormal
// as in 2013, line 2736, mean 9430, 8.5 % poor. Figures in the tests are from independent
// simulations of the rules; every world has 30,000 households, about 2,750 of them listed, so that
// a share has a standard error of about one point, and bands are three to four of them wide.
#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include <terrace/fixed_sum.hpp>
#include <terrace/random.hpp>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;
using test::HandPerson;

constexpr StreamId kWorld = stream("test.static_world");
constexpr double kLine = 2'736;
constexpr double kMean = 9'430;
constexpr double kSpread = 0.714;  // sd of log income

/// Parts of the variance of log income.
struct Parts {
  double village = 0.0;
  double lasting = 0.0;  ///< what neighbours see: u_perm
};

class StaticWorld {
 public:
  StaticWorld(std::size_t villages, std::size_t households, const Parts& parts)
      : hand(2014), parts_(parts) {
    hand.frame.poverty_line = hand.frame.exit_line = kLine;
    for (std::size_t v = 0; v < villages; ++v) {
      if (v > 0) hand.add_village({});
      const double place = std::sqrt(parts.village) * draw(v, 0);
      for (std::size_t i = 0; i < households; ++i) add(place);
    }
    hand.plan.quota_persons = 1.086 * 3.0 * static_cast<double>(poor());
    p = hand.registry;
    p.identification.veto_detect_first = p.identification.veto_detect_last = 0.0;
  }

  std::size_t size() const { return log_income.size(); }
  double draw(std::size_t h, std::uint8_t k) const {
    return normal(hand.frame.key, kWorld, {static_cast<std::uint32_t>(h), 1}, 0, k);
  }
  bool is_poor(std::size_t h) const { return log_income[h] < std::log(kLine); }
  std::size_t poor() const {
    std::size_t n = 0;
    for (std::size_t h = 0; h < size(); ++h) n += is_poor(h) ? 1 : 0;
    return n;
  }
  bool listed(std::size_t h) const { return on_register(hand.county.households.status[h]); }

  void register_with(double sigma) {
    p.identification.sigma_score_2014 = sigma;
    std::fill(hand.county.households.status.begin(), hand.county.households.status.end(),
              static_cast<std::uint8_t>(Status::no));
    hand.begin(month_of(2014, 5));
    identify(hand.work, p);
  }

  /// Income after `years`: the lasting part stays, the rest is drawn anew in part, all grow.
  void move_on(int years, double growth, double sd) {
    for (std::size_t h = 0; h < size(); ++h) {
      const double keep = std::sqrt(1.0 - sd * sd / (kSpread * kSpread));
      const double mean = std::log(kMean) - 0.5 * kSpread * kSpread;
      log_income[h] = mean + keep * (log_income[h] - mean) + growth * years +
                      sd * draw(h, static_cast<std::uint8_t>(10 + years));
      hand.set_income(h, std::exp(log_income[h]));
    }
  }

  HandCounty hand;
  RegistryParameters p;
  std::vector<double> log_income;

 private:
  void add(double place) {
    const std::size_t h = size() + 1'000'000;  // apart from the villages' draws
    const double lasting = std::sqrt(parts_.lasting) * draw(h, 1);
    const double rest = std::sqrt(kSpread * kSpread - parts_.village - parts_.lasting) * draw(h, 2);
    const double deviation = place + lasting + rest;
    log_income.push_back(std::log(kMean) - 0.5 * kSpread * kSpread + deviation);
    // Two checks go with poverty (a bad house, a pupil out of school), two of the hardships do not.
    const double worse = -deviation / kSpread;
    const bool bad_house = worse + draw(h, 3) > 1.8;
    const bool old = draw(h, 4) > 1.4;
    const bool ill = draw(h, 5) > 1.0;
    const bool dropped = worse + draw(h, 6) > 2.2;
    const HandPerson child{.age = 14,
                           .school = dropped ? School::dropped : School::pupil,
                           .activity = dropped ? Activity::child : Activity::pupil};
    const auto row = hand.add({.income = std::exp(log_income.back()),
                               .house = bad_house ? House::c : House::b,
                               .members = {{.age = old ? 68 : 40, .chronic = ill},
                                           {.age = old ? 66 : 38, .woman = true},
                                           old ? HandPerson{.age = 88} : child}});
    hand.county.households.u_perm[row] = static_cast<float>(lasting);
    if (draw(h, 7) > 1.645) hand.county.households.origin[row] = origin::cadre_kin;
  }

  Parts parts_;
};

struct Errors {
  double exclusion = 0.0;
  double inclusion = 0.0;
  double far_above = 0.0;  ///< share of the register above twice the line
};

Errors errors_of(const StaticWorld& world) {
  double listed = 0.0;
  double both = 0.0;
  double above = 0.0;
  for (std::size_t h = 0; h < world.size(); ++h) {
    if (!world.listed(h)) continue;
    listed += 1.0;
    both += world.is_poor(h) ? 1.0 : 0.0;
    above += world.log_income[h] > std::log(2.0 * kLine) ? 1.0 : 0.0;
  }
  return {1.0 - both / static_cast<double>(world.poor()), 1.0 - both / listed, above / listed};
}

TEST(StaticWorld, ErrorOfTheScoreAlone) {
  StaticWorld world(1, 30'000, {});
  world.p.identification.check_weight = 0.0;
  world.p.identification.w_appraisal = 0.0;
  EXPECT_NEAR(static_cast<double>(world.poor()) / 30'000.0, 0.085, 0.006);

  world.register_with(0.60);
  const Errors wide = errors_of(world);
  EXPECT_NEAR(wide.exclusion, 0.46, 0.035);
  EXPECT_NEAR(wide.inclusion, 0.51, 0.035);
  EXPECT_NEAR(wide.far_above, 0.09, 0.02);

  world.register_with(0.35);
  const Errors narrow = errors_of(world);
  EXPECT_NEAR(narrow.exclusion, 0.29, 0.035);
  EXPECT_NEAR(narrow.inclusion, 0.35, 0.035);
  EXPECT_NEAR(narrow.far_above, 0.01, 0.01);

  world.register_with(0.0);
  EXPECT_LT(errors_of(world).exclusion, 0.001) << "the poor fit into the quota";
}

TEST(StaticWorld, VillageQuotasChecksAndVotes) {
  StaticWorld world(100, 300, {.village = 0.06, .lasting = 0.15});
  world.register_with(0.60);
  const Errors wide = errors_of(world);
  EXPECT_NEAR(wide.exclusion, 0.45, 0.035);
  EXPECT_NEAR(wide.inclusion, 0.50, 0.035);

  world.register_with(0.35);
  const Errors narrow = errors_of(world);
  EXPECT_NEAR(narrow.exclusion, 0.34, 0.035);
  EXPECT_NEAR(narrow.inclusion, 0.39, 0.035);
}

/// Two years after the first registration: incomes have grown and shifted, and each December those
/// of the register seen highest have left, as many as the plan lets go.
void pass_two_years(StaticWorld& world) {
  auto& status = world.hand.county.households.status;
  for (int year = 1; year <= 2; ++year) {
    world.move_on(year, 0.06, 0.32);
    std::vector<RankedBid> bids;
    for (std::size_t h = 0; h < world.size(); ++h) {
      if (!world.listed(h)) continue;
      const double seen =
          world.log_income[h] + 0.15 * world.draw(h, static_cast<std::uint8_t>(20 + year));
      bids.push_back({-seen, h, static_cast<std::uint32_t>(h)});
    }
    const double pace = 1.1 * 1.13 / (7.0 - year + 1.0);
    const auto places = static_cast<std::size_t>(pace * static_cast<double>(bids.size()));
    for (const std::uint32_t h : ration(bids, places)) {
      if (!world.is_poor(h)) status[h] = static_cast<std::uint8_t>(Status::exited);
    }
  }
}

/// What the look-back does to the first register, in shares of it.
struct Flow {
  double removed = 0.0;
  double added = 0.0;
};

Flow look_back(StaticWorld& world, double first_register) {
  world.hand.frame.year = 2016;
  world.hand.begin(month_of(2016, 5));
  world.p.identification.sigma_score_2016 = 0.35;
  world.p.identification.lb_remove = 1.8;
  world.p.identification.lb_reach = 0.14;
  adjust(world.hand.work, world.p);
  return {world.hand.work.event(Sum::removed) / first_register,
          world.hand.work.event(Sum::added) / first_register};
}

// 10.6 and 9.3 % in the trial with lb_remove 1.8 and lb_reach 0.14.
TEST(StaticWorld, LookBackByThresholdMovesATenth) {
  StaticWorld world(100, 300, {.village = 0.06, .lasting = 0.15});
  world.register_with(0.60);
  const double first = world.hand.work.event(Sum::added);
  pass_two_years(world);
  const Errors before = errors_of(world);
  const Flow flow = look_back(world, first);
  const Errors after = errors_of(world);
  EXPECT_NEAR(flow.removed, 0.106, 0.03);
  EXPECT_NEAR(flow.added, 0.093, 0.03);
  // From 53 to 47 % and from 57 to 51 % there; levels depend on how much incomes shift.
  EXPECT_NEAR(before.exclusion - after.exclusion, 0.06, 0.03);
  EXPECT_NEAR(before.inclusion - after.inclusion, 0.06, 0.03);
}

// 47 % in the trial. Why the look-back has thresholds: no such exchange was ever reported.
TEST(StaticWorld, RedrawingUnderTheQuotaWouldRemoveHalf) {
  StaticWorld world(100, 300, {.village = 0.06, .lasting = 0.15});
  world.register_with(0.60);
  std::vector<bool> first;
  for (std::size_t h = 0; h < world.size(); ++h) first.push_back(world.listed(h));
  world.hand.frame.key.replicate = 1;  // other errors, the same people
  world.register_with(0.35);
  double gone = 0.0;
  double all = 0.0;
  for (std::size_t h = 0; h < world.size(); ++h) {
    all += first[h] ? 1.0 : 0.0;
    gone += first[h] && !world.listed(h) ? 1.0 : 0.0;
  }
  EXPECT_NEAR(gone / all, 0.47, 0.05);
}

}  // namespace
}  // namespace terrace::registry
