// Prices of market crops: worked numbers, and a script of one market in which villages plant,
// sell and uproot for decades. Nothing here is fitted to a published glut.
#include "nation/prices.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "economy/village_business.hpp"
#include "support/hand_county.hpp"

namespace terrace::nation {
namespace {

constexpr std::size_t kOrchard = static_cast<std::size_t>(Crop::orchard);
constexpr std::size_t kLivestock = static_cast<std::size_t>(Crop::livestock);

SpecialtyMarket calm() {
  SpecialtyMarket m = load_parameters("specialty_market", SpecialtyMarket::table(), {});
  m.price_sd = 0.0;
  return m;
}

TEST(CropPrice, FallsWithOutputByTheElasticity) {
  SpecialtyMarket m = calm();
  m.eps_demand = 1.2;
  EXPECT_NEAR(crop_price(1.0, 1.0, m), 1.0, 1e-12);
  EXPECT_NEAR(crop_price(3.0, 1.0, m), 0.4003, 1e-4);
  EXPECT_NEAR(crop_price(8.6, 1.0, m), 1.0 / 6.0, 1e-3);
  EXPECT_NEAR(crop_price(1.0, 1.2, m), std::pow(1.2, 1 / 1.2), 1e-12);
  m.supply_elsewhere = 0.5;
  EXPECT_NEAR(crop_price(3.0, 1.0, m), std::pow(2.0, -1 / 1.2), 1e-12);
  EXPECT_NEAR(crop_price(0.0, 1.0, m), std::pow(2.0, 1 / 1.2), 1e-12);
  m.supply_elsewhere = 0.0;
  EXPECT_EQ(crop_price(0.0, 1.0, m), m.price_cap);
  EXPECT_EQ(crop_price(1e-6, 1.0, m), m.price_cap);
}

/// Two provinces, three counties; the second stands for ten of its kind.
struct Nation {
  Nation() : counties(3), reports(3) {
    for (std::size_t i = 0; i < 3; ++i) counties[i].number = static_cast<std::uint16_t>(i + 1);
    counties[1].weight = 2.0;
    counties[1].fraction = 0.2;
    counties[2].province = 1;
    frame.key = {7, 0};
    frame.year = 2010;
  }
  void next(const SpecialtyMarket& m) {
    ++frame.year;
    set_crop_prices(markets, m, frame, counties, reports);
  }
  std::vector<County> counties;
  std::vector<CountyReport> reports;
  YearFrame frame;
  CropMarkets markets;
};

TEST(CropPrices, AreMadeByTheWeightedOutputOfAProvince) {
  const SpecialtyMarket m = calm();
  Nation n;
  set_crop_prices(n.markets, m, n.frame, n.counties, {});
  EXPECT_TRUE(n.markets.empty());  // before the first year
  n.reports[0].crop_output[kOrchard] = 40.0;
  n.reports[1].crop_output[kOrchard] = 6.0;  // 60 with its weight
  for (auto& r : n.reports) r.crop_bearing = r.crop_output;
  n.next(m);
  EXPECT_NEAR(n.markets[0].usual[kOrchard], 100.0, 1e-12);
  EXPECT_NEAR(n.markets[0].price[kOrchard], 1.0, 1e-12);
  EXPECT_EQ(n.markets[1].usual[kOrchard], 0.0);
  n.reports[1].crop_output[kOrchard] = 16.0;
  n.reports[2].crop_output[kLivestock] = 5.0;
  n.reports[2].crop_bearing[kLivestock] = 5.0;
  n.next(m);
  EXPECT_NEAR(n.markets[0].price[kOrchard], std::pow(2.0, -1 / m.eps_demand), 1e-12);
  EXPECT_EQ(n.markets[0].price[kLivestock], 1.0);  // nobody grows it there
  EXPECT_NEAR(n.markets[1].usual[kLivestock], 5.0, 1e-12);
  EXPECT_NEAR(n.markets[1].price[kLivestock], 1.0, 1e-12);
  EXPECT_EQ(n.markets[0].price[0], 1.0);
  // Asked again after a restart it says the same.
  const CropMarkets before = n.markets;
  set_crop_prices(n.markets, m, n.frame, n.counties, n.reports);
  EXPECT_EQ(n.markets[0].price, before[0].price);
  EXPECT_EQ(n.markets[1].usual, before[1].usual);
  EXPECT_EQ(n.markets[0].before[kOrchard], 1.0);
}

TEST(CropPrices, RememberLastYears) {
  const SpecialtyMarket m = calm();
  Nation n;
  for (const double output : {10.0, 20.0, 5.0}) {
    for (auto& r : n.reports) r.crop_output[kOrchard] = output;
    for (auto& r : n.reports) r.crop_bearing[kOrchard] = 10.0;
    const double last = n.markets.empty() ? 1.0 : n.markets[1].price[kOrchard];
    n.next(m);
    EXPECT_EQ(n.markets[1].before[kOrchard], last);
    EXPECT_TRUE(output == 10.0 || n.markets[1].price[kOrchard] != last);
  }
}

TEST(CropPrices, ATenthMoreOrLessIsNewsWhereTheCropIsGrown) {
  test::HandCounty hand(2017);
  hand.add({});
  hand.add_village({});
  hand.add({});
  hand.begin(month_of(2017, 1));
  hand.county.villages.crop = {static_cast<std::uint8_t>(Crop::orchard), 0};
  hand.work.panel_rows = {0, 1};
  hand.work.in_panel = {1, 1};
  for (const double change : {0.95, 1.25, 1.05, 0.5}) {
    hand.plan.crop_change[kOrchard] = change;
    economy::note_crop_prices(hand.work);
  }
  const std::vector<Event>& events = hand.report.panel.events;
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].kind, EventKind::crop_price);
  EXPECT_EQ(id_in_county(events[0].household), hand.county.households.id[0]);
  EXPECT_EQ(events[0].amount, 1.25F);
  EXPECT_EQ(events[1].amount, 0.5F);
}

TEST(CropPrices, TakeUsualOutputFromLandAndNotFromOneYearsWeather) {
  const SpecialtyMarket m = calm();
  Nation n;
  n.reports[0].crop_bearing[kOrchard] = 100.0;
  n.reports[0].crop_output[kOrchard] = 80.0;
  n.next(m);
  EXPECT_NEAR(n.markets[0].usual[kOrchard], 100.0, 1e-12);
  EXPECT_NEAR(n.markets[0].price[kOrchard], std::pow(0.8, -1 / m.eps_demand), 1e-12);
}

TEST(CropPrices, DemandGrowsFromTheYearOfTheUsualOutput) {
  SpecialtyMarket m = calm();
  m.demand_growth = 0.05;
  Nation n;
  for (auto& r : n.reports) r.crop_output[kOrchard] = r.crop_bearing[kOrchard] = 10.0;
  n.frame.growth_years = 3.0;
  n.next(m);
  EXPECT_NEAR(n.markets[1].price[kOrchard], 1.0, 1e-12);
  n.frame.growth_years = 5.0;
  n.next(m);
  EXPECT_NEAR(n.markets[1].price[kOrchard], std::pow(1.05, 2 / m.eps_demand), 1e-12);
}

TEST(CropPrices, HaveAShockOfTheirOwnInEveryProvinceYearAndCrop) {
  SpecialtyMarket m = calm();
  m.price_sd = 0.2;
  Nation n;
  n.counties.resize(1);
  n.reports.resize(1);
  double sum = 0.0;
  double squares = 0.0;
  double cross = 0.0;
  constexpr int kYears = 4'000;
  for (auto& q : n.reports[0].crop_output) q = 1.0;
  n.reports[0].crop_bearing = n.reports[0].crop_output;
  for (int i = 0; i < kYears; ++i) {
    n.next(m);
    const double a = std::log(n.markets[0].price[kOrchard]);
    const double b = std::log(n.markets[0].price[kLivestock]);
    sum += a;
    squares += a * a;
    cross += a * b;
  }
  // 4.5 standard errors.
  EXPECT_NEAR(sum / kYears, 0.0, 4.5 * 0.2 / std::sqrt(kYears));
  EXPECT_NEAR(std::sqrt(squares / kYears), 0.2, 4.5 * 0.2 / std::sqrt(2.0 * kYears));
  EXPECT_NEAR(cross / kYears / 0.04, 0.0, 4.5 / std::sqrt(kYears));
}

/// One province with one county, in which `growing` of 30 villages have the crop, at rest.
class OneMarket {
 public:
  OneMarket(Crop crop, int growing, const SpecialtyMarket& m, int villages = 30)
      : crop_(crop), hand_(2000) {
    hand_.economy.market = m;
    hand_.add({});
    for (int v = 1; v < villages; ++v) {
      hand_.add_village({});
      hand_.add({});
    }
    VillageTable& t = hand_.county.villages;
    for (std::size_t v = 0; v < static_cast<std::size_t>(growing); ++v) {
      t.crop[v] = static_cast<std::uint8_t>(crop);
      t.bearing[v] = 0.2F;
      const std::size_t cohorts = crop == Crop::orchard ? kYoung : 1;
      for (std::size_t k = 0; k < cohorts; ++k)
        t.young[k][v] = static_cast<float>(0.2 * m.retire_rate);
    }
    hand_.begin(month_of(2000, 12));
  }

  /// The year passes; the price at which its crop was sold.
  double year() {
    set_crop_prices(markets_, hand_.economy.market, hand_.frame, {&hand_.county, 1},
                    {&hand_.report, reported_});
    if (!markets_.empty()) hand_.plan.crop_price = markets_[0].price;
    hand_.report = CountyReport{};
    reported_ = 1;
    economy::close_crops(hand_.work, hand_.economy);
    ++hand_.frame.year;
    hand_.work.month += 12;
    return hand_.plan.crop_price[static_cast<std::size_t>(crop_)];
  }
  std::vector<double> years(int n) {
    std::vector<double> prices;
    for (int i = 0; i < n; ++i) prices.push_back(year());
    return prices;
  }

  VillageTable& villages() { return hand_.county.villages; }
  void plant(std::size_t v, double share) {
    economy::plant_crop(hand_.county, v, crop_, share, hand_.economy.market);
  }
  /// All land under the crop, of whatever age, times so much.
  void multiply(float factor) {
    for (float& b : villages().bearing) b *= factor;
    for (auto& cohort : villages().young) {
      for (float& y : cohort) y *= factor;
    }
  }

 private:
  Crop crop_;
  test::HandCounty hand_;
  CropMarkets markets_;
  std::size_t reported_ = 0;
};

/// Without villages that take the crop up: the market's own path.
SpecialtyMarket closed_market() {
  SpecialtyMarket m = calm();
  m.adoption_rate = 0.0;
  return m;
}

TEST(OneCropMarket, RestsAtTheUsualPrice) {
  for (const Crop crop : {Crop::orchard, Crop::vegetables}) {
    OneMarket market(crop, 10, closed_market());
    for (const double price : market.years(40)) EXPECT_NEAR(price, 1.0, 0.03);
  }
}

TEST(OneCropMarket, StaysNearRestWithShocksAndVillagesThatTakeItUp) {
  // The defaults, as a burn-in has them: only the price and who takes the crop up are drawn. Means
  // of ten years; a single year's area may be a fifth off, as orchards swing for decades.
  const SpecialtyMarket m = load_parameters("specialty_market", SpecialtyMarket::table(), {});
  for (const Crop crop : {Crop::orchard, Crop::vegetables}) {
    OneMarket market(crop, 300, m, 1'000);
    for (int decade = 0; decade < 4; ++decade) {
      double price = 0.0;
      double area = 0.0;
      for (int year = 0; year < 10; ++year) {
        price += market.year() / 10;
        for (const float b : market.villages().bearing) area += static_cast<double>(b) / 10;
      }
      EXPECT_NEAR(price, 1.0, 0.1) << decade;
      EXPECT_NEAR(area / (300 * 0.2), 1.0, 0.15) << decade;
    }
  }
}

TEST(OneCropMarket, TrebledOutputCutsThePriceToTwoFifthsAndUprootingBringsItBack) {
  for (const Crop crop : {Crop::orchard, Crop::vegetables, Crop::livestock}) {
    OneMarket market(crop, 10, closed_market());
    const double before = market.years(10).back();
    market.multiply(3.0F);
    market.year();  // this year's price is of last year's harvest
    const std::vector<double> after = market.years(40);
    EXPECT_NEAR(after[0] / before, 0.40, 0.02);
    const auto back = std::find_if(after.begin(), after.end(), [](double p) { return p > 0.8; });
    EXPECT_LE(back - after.begin(), 10);
    EXPECT_GE(back - after.begin(), crop == Crop::orchard ? 5 : 2);  // not at once either
    EXPECT_TRUE(std::is_sorted(after.begin() + 1, back)) << "the way up has no second fall";
    EXPECT_GT(*std::min_element(back, after.end()), 0.8);
    EXPECT_LT(*std::max_element(back, after.end()), 1.3);
  }
}

TEST(OneCropMarket, ACampaignsOrchardsReachTheMarketAfterThreeYears) {
  OneMarket market(Crop::orchard, 10, closed_market());
  market.years(5);
  // 20 more villages plant what ten had: three times the land.
  for (std::size_t v = 10; v < 30; ++v) market.plant(v, 0.2);
  for (const double price : market.years(4)) EXPECT_NEAR(price, 1.0, 0.03);
  // From the fourth year after planting on it is sold; the price is of the year after.
  const double glut = market.year();
  EXPECT_NEAR(glut, 0.40, 0.05);
}

TEST(OneCropMarket, HerdingMakesTheCobweb) {
  double highest[2] = {};
  double lowest[2] = {1.0, 1.0};
  for (const int herding : {0, 1}) {
    SpecialtyMarket m = closed_market();
    m.herding = herding;
    OneMarket market(Crop::orchard, 10, m);
    market.years(5);
    market.multiply(1.5F);
    market.years(12);
    for (const double price : market.years(30)) {
      highest[herding] = std::max(highest[herding], price);
      lowest[herding] = std::min(lowest[herding], price);
    }
  }
  // Villages that trust the usual price lead the market back to it; those that follow last year's
  // all plant and all uproot together, and overshoot for decades.
  EXPECT_LT(highest[0], 1.03);
  EXPECT_GT(highest[1], 1.2);
  EXPECT_LT(lowest[1], 0.85);
  EXPECT_GT(highest[1] - lowest[1], 3.0 * (highest[0] - lowest[0]));
}

}  // namespace
}  // namespace terrace::nation
