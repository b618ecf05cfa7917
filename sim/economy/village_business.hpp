// What a village earns together. Each part has a step of the month and one of the close;
// village_business() and close_business() call them in order.
#pragma once

#include "economy/economy.hpp"
#include "population/village_rows.hpp"

namespace terrace::economy {

// Crops for the market (market.cpp).

/// Share of a year's crop that land of this cohort gives: 0 while young, 1 once it bears.
double crop_share(Crop crop, std::size_t cohort, const SpecialtyMarket& m);
/// What a mu of the crop is expected to earn over its life above a mu of staples, per year, in
/// yearly earnings of a mu of staples, at this expected price.
double return_of_planting(Crop crop, double price, const SpecialtyMarket& m);
/// What keeping a bearing mu is expected to earn above a mu of staples.
double return_of_keeping(Crop crop, double price, const SpecialtyMarket& m);
/// Plants a share of a village's farm land with a crop as of this January, as a campaign does: up
/// to `max_area`, and nothing where the village grows another crop. Returns the share planted.
double plant_crop(County& county, std::size_t village, Crop crop, double share,
                  const SpecialtyMarket& m);
/// January: tells the panel's households of a new price of their village's crop.
void note_crop_prices(CountyWork& work);
void crop_month(CountyWork& work, const EconomyParameters& p);
void close_crops(CountyWork& work, const EconomyParameters& p);

// Cooperatives (cooperative.cpp).

/// Leases idle land and opens the books of a cooperative. False
// where too little land is idle.
bool found_cooperative(CountyWork& work, std::size_t village, const EconomyParameters& p);
/// Its posts vanish and the land goes back. The books are closed by the caller.
void dissolve_cooperative(CountyWork& work, std::size_t village, const EconomyParameters& p);
void cooperative_month(CountyWork& work, const EconomyParameters& p);
void close_cooperatives(CountyWork& work, const EconomyParameters& p);

// Solar plants (solar.cpp) and public services of the village (access.cpp).

void solar_month(CountyWork& work, const EconomyParameters& p);
void close_solar(CountyWork& work, const EconomyParameters& p);
void close_access(CountyWork& work, const EconomyParameters& p);

/// Share of a solar plant's year of power that each month brings (January first): less in winter.
/// Assumption; sums to 1.
inline constexpr double kSunMonth[12] = {0.060, 0.065, 0.080, 0.090, 0.100, 0.095,
                                         0.105, 0.105, 0.090, 0.080, 0.070, 0.060};

}  // namespace terrace::economy
