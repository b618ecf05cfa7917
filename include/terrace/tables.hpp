// The state of a county: columns of persons, households and villages.
//
// One vector a variable, the same length in every column of a table. A household's persons are
// contiguous. Household money is in yuan of 2012; the month's price level is the one way to
// nominal. `for_each_column` visits every column, so that compaction, checkpoints and the count of
// bytes need no list of their own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <terrace/calendar.hpp>
#include <terrace/codes.hpp>
#include <terrace/prescription.hpp>

namespace terrace {

inline constexpr std::uint16_t kNoMonth = 0xffff;  ///< no date set
/// Dates that persons carry: months since January 2000 in 16 bits.
constexpr std::uint16_t pack_month(Month m) { return static_cast<std::uint16_t>(m); }

struct PersonTable {
  std::vector<std::int16_t> birth;         ///< Month of birth
  std::vector<std::uint8_t> number;        ///< number within the household, never reused
  std::vector<std::uint8_t> flags;         ///< bits of `flag`
  std::vector<std::uint8_t> disability;    ///< 0 none, 1 partial, 2 severe
  std::vector<std::uint8_t> relation;      ///< Relation
  std::vector<std::uint8_t> schooling;     ///< years completed
  std::vector<std::uint8_t> school;        ///< School
  std::vector<std::uint8_t> activity;      ///< Activity
  std::vector<std::uint8_t> post;          ///< Post
  std::vector<std::int8_t> skill;          ///< log wage, hundredths
  std::vector<std::uint8_t> health;        ///< 0-255 for 0-1
  std::vector<std::uint16_t> state_until;  ///< month in which the present spell ends, or kNoMonth

  std::size_t size() const { return birth.size(); }

  template <class F>
  void for_each_column(F&& f) {
    f(birth), f(number), f(flags), f(disability), f(relation), f(schooling), f(school), f(activity),
        f(post), f(skill), f(health), f(state_until);
  }
};

struct HouseholdTable {
  // Traits and stocks.
  std::vector<std::uint32_t> id;       ///< stable; unique within the county
  std::vector<std::uint32_t> first;    ///< row of the first member in PersonTable
  std::vector<std::uint16_t> village;  ///< row in VillageTable
  std::vector<std::uint16_t> land;     ///< contracted land, hundredths of a mu
  std::vector<std::uint16_t> leased;   ///< of it let to a cooperative
  std::vector<std::uint8_t> members;
  std::vector<std::uint8_t> numbers_used;  ///< next person number
  std::vector<std::uint8_t> divisions;     ///< households that have split off; part of their ids
  std::vector<std::uint8_t> labour;        ///< farm labour in sixteenths of an adult
  std::vector<std::uint8_t> elders;        ///< members of 60 and more
  std::vector<std::uint8_t> away;          ///< members working away now
  std::vector<std::uint8_t> dropouts;      ///< members of 6-15 out of school and not ill
  std::vector<std::uint8_t> graduates;     ///< former members in town who send money
  std::vector<std::uint8_t> house;         ///< House
  std::vector<std::uint8_t> services;      ///< bits of `service`
  std::vector<std::uint8_t> origin;        ///< bits of `origin`
  std::vector<std::uint8_t> status;        ///< Status
  std::vector<std::uint8_t> poor_years;    ///< bit k: poor in the December k years before the last
  std::array<std::vector<std::uint16_t>, kKin>
      kin;  ///< rows within the village of related households, or kNoKin
  std::vector<std::uint16_t> durables;  ///< tens of yuan
  std::vector<std::uint16_t> loan;      ///< owed to the credit cooperative, tens of nominal yuan
  std::vector<std::uint16_t> loan_due;  ///< month of repayment, or kNoMonth
  std::vector<float> assets;            ///< productive assets K, yuan
  std::vector<float> wealth;            ///< liquid wealth W, yuan; negative is informal debt
  std::vector<float> aspiration;        ///< log of the income a head it aspires to, yuan
  std::vector<float> u_perm;            ///< permanent log residual of income
  std::vector<float> u_pers;            ///< persistent log residual, AR(1)
  std::vector<float>
      local_rate;  ///< sum over members in local posts of their relative wage (1 = mean)
  std::vector<float> migrant_rate;  ///< the same over members working away
  std::vector<float> reference;     ///< reference income x, yuan a head and year
  std::vector<float> consumption;   ///< yuan a head and year, present rate
  std::vector<float> verified;   ///< last verified income, nominal yuan a head and year; NaN never
  std::vector<float> allowance;  ///< subsistence allowance in force, yuan a month, nominal

  // What the government knows, prescribes and remembers.
  std::vector<std::uint8_t> causes;       ///< two true causes when diagnosed (pack_causes)
  std::vector<std::uint8_t> diagnosed;    ///< Cause on record, or kNoCause
  std::vector<std::uint16_t> plan;        ///< Measures prescribed
  std::vector<std::uint8_t> watch;        ///< Watch
  std::vector<std::uint8_t> watch_since;  ///< months after January 2020 in which it was listed
  std::vector<std::uint8_t> left;         ///< year of its last exit, after 2000; 0 never
  std::vector<std::uint8_t> notes;        ///< bits of `note`
  std::vector<std::uint8_t> cover;        ///< of a bill, paid on top of insurance, hundredths
  std::vector<std::uint32_t> accepted;    ///< bit m: has accepted module m of the first 32

  // Flows of the household, yuan. This year's are scratch of its county-year (county_work.hpp).
  std::array<std::vector<float>, kComponents> last_year;  ///< the whole of last year
  std::vector<float> bills;                  ///< own health and school payments, this year to date
  std::vector<std::uint8_t> away_last_year;  ///< person-months away, last year
  std::vector<std::uint16_t> bills_last_year;   ///< own health and school payments, yuan
  std::vector<std::uint16_t> public_last_year;  ///< got from programme modules in cash, yuan
  std::vector<std::uint8_t> ill_last_year;      ///< person-months of major illness

  std::size_t size() const { return id.size(); }

  template <class F>
  void for_each_column(F&& f) {
    f(id), f(first), f(village), f(land), f(leased), f(members), f(numbers_used), f(divisions);
    f(labour), f(elders), f(away), f(dropouts), f(graduates), f(house), f(services), f(origin);
    f(status), f(poor_years), f(durables), f(loan), f(loan_due), f(assets), f(wealth);
    f(aspiration), f(u_perm), f(u_pers), f(local_rate), f(migrant_rate), f(reference);
    f(consumption), f(verified), f(allowance);
    for (auto& k : kin) f(k);
    for (auto& c : last_year) f(c);
    f(causes), f(diagnosed), f(plan), f(watch), f(watch_since), f(left), f(notes), f(cover);
    f(accepted);
    f(bills), f(away_last_year);
    f(bills_last_year), f(public_last_year), f(ill_last_year);
  }
};

struct VillageTable {
  std::vector<std::uint32_t> id;     ///< number of the village among all villages of the county
  std::vector<std::uint32_t> first;  ///< row of its first household (households lie by village)
  std::vector<float> remoteness;     ///< hours to the county seat
  std::vector<float> productivity;   ///< village part of log farm productivity
  std::vector<float> migrant_share;  ///< share of adults away, end of last year
  std::vector<float> water_share;    ///< share of households with safe water within 20 minutes
  std::vector<std::uint8_t> hazard;  ///< prone to disasters
  std::vector<std::uint8_t> uninhabitable;  ///< cannot support its people
  std::vector<std::uint8_t> ecological;     ///< in an ecologically fragile area: posts may be given
  std::vector<std::uint8_t> access;         ///< bits of `access`
  std::vector<std::uint8_t> school_quality;  ///< 0-255 for 0-1

  std::vector<std::uint8_t> crop;  ///< Crop
  std::vector<float> bearing;      ///< share of farm land under it that bears
  std::array<std::vector<float>, kYoung>
      young;  ///< shares planted last year, the year before, ...: bear when their age has come

  std::vector<std::uint8_t> coop;       ///< Cooperative
  std::vector<std::uint8_t> coop_jobs;  ///< posts it offers
  std::vector<float> coop_area;         ///< mu it leases
  std::vector<float> coop_capital;      ///< yuan
  std::vector<float> coop_equity;       ///< of it public money held for registered members, yuan
  std::vector<float> solar;             ///< photovoltaic plant, kW
  std::vector<float> fund;              ///< collective fund, yuan

  std::vector<std::uint8_t> standing;     ///< VillageStanding
  std::vector<std::uint16_t> team_since;  ///< month from which it has a resident team, or kNoMonth
  std::array<std::vector<float>, 2>
      loss;  ///< share of farm output lost to weather and disasters, last year and the year before

  std::size_t size() const { return id.size(); }

  template <class F>
  void for_each_column(F&& f) {
    f(id), f(first), f(remoteness), f(productivity), f(migrant_share), f(water_share), f(hazard);
    f(uninhabitable), f(ecological), f(access), f(school_quality), f(crop), f(bearing);
    for (auto& cohort : young) f(cohort);
    f(coop), f(coop_jobs), f(coop_area), f(coop_capital), f(coop_equity), f(solar), f(fund);
    f(standing), f(team_since);
    for (auto& year : loss) f(year);
  }
};

/// A household's part in one policy module. 16 bytes; kept sorted by household row in its module.
struct Enrolment {
  enum class State : std::uint8_t { waiting, running, failed, ended };
  std::uint32_t household = 0;     ///< row in HouseholdTable
  std::uint16_t start = kNoMonth;  ///< month from which it acts
  std::uint16_t end = kNoMonth;    ///< month in which it ends, where that is known
  State state = State::waiting;
  std::uint8_t person = 0xff;  ///< number of the member concerned, where there is one
  std::uint8_t kind = 0;       ///< variant within the module (industry: own or share)
  std::uint8_t count = 0;      ///< persons or pupils served
  float amount = 0.0F;         ///< the module's own figure (nominal yuan a month, say)
};
static_assert(sizeof(Enrolment) == 16);

}  // namespace terrace
