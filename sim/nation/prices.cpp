#include "nation/prices.hpp"

#include <algorithm>

#include <terrace/calendar.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

namespace terrace::nation {

namespace {
constexpr StreamId kPrice = stream("market.price");
}

double crop_price(double output, double demand, const SpecialtyMarket& rules) {
  const double supply = rules.supply_elsewhere + (1.0 - rules.supply_elsewhere) * output;
  if (!(supply > 0.0)) return rules.price_cap;
  return std::min(rules.price_cap, exact::pow(demand / supply, 1.0 / rules.eps_demand));
}

void set_crop_prices(CropMarkets& markets, const SpecialtyMarket& rules, const YearFrame& frame,
                     std::span<const County> counties, std::span<const CountyReport> reports) {
  if (reports.empty()) return;
  std::size_t provinces = markets.size();
  for (const County& c : counties) provinces = std::max<std::size_t>(provinces, c.province + 1U);
  markets.resize(provinces);
  std::vector<std::array<double, kCrops>> output(provinces);
  std::vector<std::array<double, kCrops>> usual(provinces);  // with usual weather
  for (std::size_t i = 0; i < counties.size(); ++i) {
    const double scale = counties[i].weight / counties[i].fraction;
    for (std::size_t k = 1; k < kCrops; ++k) {
      output[counties[i].province][k] += scale * reports[i].crop_output[k];
      usual[counties[i].province][k] += scale * reports[i].crop_bearing[k];
    }
  }
  for (std::size_t i = 0; i < provinces; ++i) {
    CropMarket& m = markets[i];
    // A run that was stopped within the year calls again.
    if (m.year < frame.year) m.before = m.price;
    m.year = frame.year;
    for (std::size_t k = 1; k < kCrops; ++k) {
      if (m.usual[k] <= 0.0 && usual[i][k] > 0.0) {
        m.usual[k] = usual[i][k];
        m.since[k] = frame.growth_years;
      }
      if (m.usual[k] <= 0.0) continue;  // nobody grows it yet
      const double demand = exact::pow(1.0 + rules.demand_growth, frame.growth_years - m.since[k]);
      const Entity market{static_cast<std::uint32_t>(i), 0};
      const double shock =
          rules.price_sd *
          normal(frame.key, kPrice, market, month_of(frame.year, 1), static_cast<std::uint8_t>(k));
      m.price[k] = std::min(rules.price_cap, crop_price(output[i][k] / m.usual[k], demand, rules) *
                                                 exact::exp(shock));
    }
  }
}

}  // namespace terrace::nation
