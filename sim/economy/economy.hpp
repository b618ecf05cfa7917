// What households do by themselves, as steps that the month calls in order. One file a process.
#pragma once

#include "economy/parameters.hpp"
#include "population/county_work.hpp"

namespace terrace::economy {

// January, before the first month.
void open_year(CountyWork& work, const EconomyParameters& p);  ///< scratch of the year
void draw_shocks(CountyWork& work,
                 const EconomyParameters& p);  ///< weather, disasters, illnesses to come
void open_labour(CountyWork& work,
                 const EconomyParameters& p);  ///< posts, spells that end this year
void list_ordinary_allowance(CountyWork& work, const EconomyParameters& p);
void rank_wealth(CountyWork& work,
                 const EconomyParameters& p);  ///< who smooths consumption how well

// Every month, in this order.
void shocks(CountyWork& work,
            const EconomyParameters& p);  ///< persistent residual, illness, disaster
void school(CountyWork& work,
            const EconomyParameters& p);  ///< September: grades, dropout, senior entry
void labour(CountyWork& work,
            const EconomyParameters& p);  ///< spells that end, migration, matching
void income(CountyWork& work, const EconomyParameters& p);  ///< farm, wages, transfers, property
void consumption(CountyWork& work,
                 const EconomyParameters& p);  ///< twelve-month income, saving, assets, debt

// December, after the last month.
void close_villages(CountyWork& work);  ///< migrant networks, losses of the year
void dwelling(CountyWork& work, const EconomyParameters& p);    ///< own repairs, water
void demography(CountyWork& work, const EconomyParameters& p);  ///< births, deaths, ageing

/// Counts a household's labour, wages, elders and dropouts anew from its members.
void refresh_household(County& county, std::size_t household, Month month,
                       const EconomyParameters& p);

/// Pays own health or school costs: out of liquid wealth, into informal debt where that is short.
void pay_bill(CountyWork& work, std::size_t household, double yuan);

/// Ends what a person does now (a post, work away), without saying what comes next.
void leave_work(CountyWork& work, std::size_t person);
/// Puts a person in search of a local post from this month on.
void start_search(CountyWork& work, std::size_t person, const EconomyParameters& p);

/// Share of a year's farm income that comes in each month (January first): autumn harvest,
/// livestock and vegetables through the year. Assumption; sums to 1.
inline constexpr float kFarmMonth[12] = {0.05F, 0.04F, 0.05F, 0.06F, 0.07F, 0.09F,
                                         0.10F, 0.09F, 0.11F, 0.18F, 0.10F, 0.06F};

inline int age_at(std::int16_t birth, Month month) { return (month - birth) / 12; }

}  // namespace terrace::economy
