// What households do by themselves, as steps that the month calls in order. One file a process.
#pragma once

#include "economy/parameters.hpp"
#include "population/county_work.hpp"
#include "population/farm_year.hpp"

namespace terrace::economy {

// January, before the first month.
void open_year(CountyWork& work, const EconomyParameters& p);  ///< scratch of the year
void draw_shocks(CountyWork& work,
                 const EconomyParameters& p);  ///< weather and disasters to come
void draw_illnesses(CountyWork& work, const Health& h);
void draw_year(CountyWork& work,
               const EconomyParameters& p);  ///< loans, spells, weather, illness, lists: all below
void recall_last_year(CountyWork& work);     ///< its income, for those who decide in January
void open_labour(CountyWork& work,
                 const EconomyParameters& p);  ///< posts, spells that end this year
void list_ordinary_allowance(CountyWork& work, const EconomyParameters& p);
void rank_wealth(CountyWork& work,
                 const EconomyParameters& p);  ///< who smooths consumption how well

void open_effort(CountyWork& work,
                 const EconomyParameters& p);  ///< how hard each household tries this year
void open_credit(CountyWork& work, const EconomyParameters& p);  ///< ordinary loans of the year

// Every month, in this order.
void begin_month(CountyWork& work);                         ///< effort acts on farm hours
void shocks(CountyWork& work, const EconomyParameters& p);  ///< persistent residual, disaster
void health(CountyWork& work, const EconomyParameters& p);  ///< illnesses of the month
void school(CountyWork& work,
            const EconomyParameters& p);  ///< September: grades, dropout, senior entry
void labour(CountyWork& work,
            const EconomyParameters& p);  ///< spells that end, migration, matching
void village_business(CountyWork& work,
                      const EconomyParameters& p);          ///< crops, cooperative, solar plant
void income(CountyWork& work, const EconomyParameters& p);  ///< farm, wages, transfers, property
void consumption(CountyWork& work,
                 const EconomyParameters& p);  ///< twelve-month income, saving, assets, debt

// December, after the last month.
void learn(CountyWork& work, const EconomyParameters& p);  ///< aspiration, from neighbours
void close_business(CountyWork& work,
                    const EconomyParameters& p);  ///< planting, cooperatives founded and failed
void close_villages(CountyWork& work);            ///< migrant networks, losses remembered
void grow_frail(CountyWork& work, const EconomyParameters& p);  ///< health and age
void dwelling(CountyWork& work, const EconomyParameters& p);    ///< own repairs, water
void demography(CountyWork& work,
                const EconomyParameters& p);  ///< births, deaths, ageing, marriage, division

/// Counts a household's labour, wages, elders and dropouts anew from its members.
void refresh_household(County& county, std::size_t household, Month month,
                       const EconomyParameters& p);

/// Through with tertiary school: leaves the household for town at the year's close.
bool graduated(const CountyWork& work, std::size_t person, const DemographySchool& p);
/// Dates the end of work that people of a survey had before the run began.
void date_spells(County& county, Month start, RunKey key, const EconomyParameters& p);

/// Help among kin this month: adds to `work.kin` and to the transfers of giver and receiver. Called
/// by consumption, between what a household would eat and what it does.
void kin_transfers(CountyWork& work, const EconomyParameters& p);

/// December: whether the household was poor this year joins `poor_years`.
void remember_poverty(CountyWork& work);
/// The year's flows become last year's.
void close_flows(CountyWork& work);

/// Own payments for this month's illnesses, and nothing else of them.
void pay_for_care(CountyWork& work, const Health& h);

/// What the mean worker in an enterprise's post is paid in this month, yuan of 2012.
double local_pay(const CountyWork& work, const EconomyParameters& p);
/// A working member's pay relative to the mean of all workers of its kind.
double wage_rate(const PersonTable& persons, std::size_t person, Month month, const WagesLabour& w);
/// Interest of the month on loans, out of this month's income. Called by consumption, first.
void pay_interest(CountyWork& work, const EconomyParameters& p);
/// Loans that are due: repaid, extended or written off. Called by consumption, last.
void repay_loans(CountyWork& work, const EconomyParameters& p);

/// Pays own health or school costs: out of liquid wealth, into informal debt where that is short.
void pay_bill(CountyWork& work, std::size_t household, double yuan);

/// Ends what a person does now (a post, work away, a search), without saying what comes next.
void leave_work(CountyWork& work, std::size_t person);
/// Log-odds of applying to work away, and weight in the queue for local posts.
double wish_to_leave(const CountyWork& work, std::size_t person, const EconomyParameters& p);
double post_weight(const CountyWork& work, std::size_t person, const WagesLabour& w);
/// Puts a person into a local post of this kind, until a date that is drawn now.
void hire(CountyWork& work, std::size_t person, Post post, const EconomyParameters& p);
/// Sends a person away to work, within the province or beyond, until a date that is drawn now.
void go_away(CountyWork& work, std::size_t person, const WagesLabour& w);
/// Adds what falls into this year of an illness that lasts from now until then.
void count_ill_months(CountyWork& work, std::size_t person, Month until);
/// Dates the end of the present spell and puts it into the calendar if it falls into this year.
void set_end(CountyWork& work, std::size_t person, Month until);
/// Puts a person in search of a local post from this month on.
void start_search(CountyWork& work, std::size_t person, const EconomyParameters& p);

using terrace::kFarmMonth;

inline int age_at(std::int16_t birth, Month month) { return (month - birth) / 12; }

}  // namespace terrace::economy
