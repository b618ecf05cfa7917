// What one county-year needs only while it runs: scratch of a worker thread, reused from county to
// county, never saved. Economy, registry and policies meet here and in the tables.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/indicators.hpp>
#include <terrace/plan.hpp>
#include <terrace/policy.hpp>
#include <terrace/simulation.hpp>
#include <terrace/targeting.hpp>

namespace terrace {

/// A major illness that will come this year.
struct IllnessEvent {
  std::uint32_t person = 0;
  float cost = 0.0F;     ///< whole bill, yuan
  bool forgoes = false;  ///< stays untreated if own payment is out of reach
  bool disables = false;
  bool stay_only = false;  ///< a stay in hospital, without loss of work
};

/// What the middle household of the county has.
struct CountyMedians {
  double land = 0.0;    ///< mu
  double assets = 0.0;  ///< yuan of 2012
};

/// What the county had spent before this year, all pots.
struct SpentBefore {
  Fen delivered = 0;
  Fen overhead = 0;
  Fen lost = 0;
  Fen captured = 0;
};

/// Bits of CountyWork::told: what the year's counts and diary have of a household and a module.
namespace told {
inline constexpr std::uint8_t unserved = 1, refused = 2, paid = 4;
}

struct CountyWork {
  // The county at hand.
  County* county = nullptr;
  const YearFrame* frame = nullptr;
  const CountyPlan* plan = nullptr;
  Month month = 0;

  MonthFlows flows;
  std::vector<std::uint32_t> owner;  ///< household row of each person
  std::vector<float> farm_shock;     ///< this year's log shock of farm output, by household
  std::vector<float> theta;          ///< pass-through coefficient, by household
  std::vector<float> village_farm;   ///< factor on farm income this month, by village
  std::vector<float> village_crop;   ///< factor of its market crop on farm income, by village
  std::vector<float> village_loss;   ///< share of farm output lost to a disaster this year
  std::vector<std::uint8_t> village_disaster_month;  ///< 1-12, 0 none
  std::array<std::vector<float>, kComponents>
      this_year;  ///< income by component, January to date, yuan, by household
  std::vector<std::uint8_t> away_this_year;  ///< person-months away, January to date
  std::vector<float> received;               ///< income received this month, yuan, by household
  std::vector<float> income_2012;            ///< y, last twelve months, yuan of 2012 a head
  std::vector<float> income;                 ///< the same, nominal
  std::vector<std::uint8_t> income_bins;
  std::vector<float> effort;  ///< 1 is usual; on search, take-up and farm hours, by household
  std::vector<std::uint8_t> success;   ///< neighbours who left poverty last year, by household
  std::vector<std::uint8_t> failures;  ///< own projects that failed this year, by household
  std::vector<float> planned;          ///< consumption before help from kin, yuan a head and year
  std::vector<float> covered;    ///< paid of this month's bills by HouseholdTable::cover, yuan
  std::vector<float> kin;        ///< got from kin this month less what was given, yuan
  std::vector<float> residents;  ///< mean members at home over twelve months
  std::vector<float> normals;
  std::array<std::vector<float>, 2> village_spread;  ///< village columns spread over households
  std::vector<std::uint8_t> starts;                  ///< modules begun this year, by household
  std::vector<std::uint8_t> enrolled;  ///< scratch of the runner: served by the module at hand
  std::vector<float> team;             ///< T, effect of the resident team, by village
  std::vector<float> public_money;     ///< cash from modules this year, yuan of 2012, by household
  std::vector<float> delivered_to;     ///< all that was spent on it this year, nominal yuan
  std::vector<std::uint8_t> ill_months;   ///< person-months of major illness this year
  std::vector<std::uint8_t> queued;       ///< left without a place or project this year
  std::vector<std::uint8_t> told;         ///< bits of `told`, by household and module
  std::vector<std::int64_t> places_used;  ///< places of the year taken up, by module
  Fen pool_due = 0;  ///< by the end of the year: what the pool pays monthly, or has promised to
  /// A month of what was accepted this year and is paid monthly, by the month in which it begins.
  std::array<Fen, 12> pool_promised{};
  std::vector<Fen> pool_used;            ///< out of the pool for projects this year, by module
  std::vector<std::uint8_t> passes;      ///< households that November's verification would let go
  std::vector<std::uint8_t> matched;     ///< what data matching said of it this year (veto.cpp)
  std::vector<std::uint8_t> survey_now;  ///< this December's bits of note::surveyed, survey_poor
  std::optional<CountyMedians> medians;  ///< of this year, once a diagnosis needed them
  std::vector<std::uint8_t> status_before;  ///< Status on 1 January
  SpentBefore spent_before;
  double exit_plan = 0.0;                          ///< households the county is to let go this year
  std::array<std::vector<std::uint32_t>, 12> due;  ///< persons whose spell ends, by month
  std::array<std::vector<IllnessEvent>, 12> illnesses;
  std::vector<std::uint32_t> touched;     ///< households whose members changed activity
  std::vector<std::uint32_t> coop_staff;  ///< persons in posts of cooperatives

  double posts = 0.0;     ///< local wage posts this year
  double employed = 0.0;  ///< persons in posts of enterprises now
  double coop_workers = 0.0;
  double public_posts = 0.0;
  double searching = 0.0;
  double module_posts = 0.0;  ///< posts of enterprises that modules brought, this month
  double pupils = 0.0;
  double adults = 0.0;

  // Events of the month and of the year, for the report.
  std::array<double, kSums> events{};
  std::vector<std::array<double, kModuleSums>> module_events;
  std::vector<std::array<Fen, kFates>> fates;       ///< of the year's money, by module
  std::vector<std::array<double, kServed>> served;  ///< whom each module reached this year
  std::array<double, kYearSums> year{};             ///< sums of the year, events and close
  CountyReport* report = nullptr;
  std::vector<std::uint32_t> panel_rows;  ///< households of the panel, on 1 January
  std::vector<std::uint8_t> in_panel;     ///< by household: whether its events are kept
  std::vector<float> panel_so_far;        ///< columns that are running totals, by row and column
  std::uint32_t replicate = 0;
  const std::function<void(const CountyYear&)>* observe = nullptr;  ///< or null

  double& event(Sum s) { return events[sum_index(s)]; }
  double& of_year(YearSum s) { return year[sum_index(s)]; }
  double& event(std::size_t module, ModuleSum s) {
    return module_events[module][static_cast<std::size_t>(s)];
  }

  /// Counts whom a module reached; months without a January before them count nobody.
  void reach(std::size_t module, Served s, double number) {
    if (module < served.size()) served[module][static_cast<std::size_t>(s)] += number;
  }

  /// Whether the household is of the panel.
  bool follows(std::size_t household) const {
    return household < in_panel.size() && in_panel[household] != 0;
  }
  /// Writes into the diary of a panel household; nothing for others.
  void note(std::size_t household, EventKind kind, float amount = 0.0F,
            std::uint8_t module = kNoModule, Reason reason = Reason::none,
            std::uint8_t person = kNobody) {
    if (!follows(household)) return;
    report->panel.events.push_back({household_key(number(), county->households.id[household]),
                                    month, kind, module, reason, person, amount});
  }

  void note(std::size_t household, EventKind kind, Reason reason, float amount = 0.0F) {
    note(household, kind, amount, kNoModule, reason);
  }
  /// The same of a member, by row in the table of persons.
  void note_person(std::size_t person, EventKind kind, float amount = 0.0F,
                   Reason reason = Reason::none) {
    note(owner[person], kind, amount, kNoModule, reason, county->persons.number[person]);
  }

  std::uint16_t number() const { return county->number; }
  RunKey key() const { return frame->key; }
  int month_number() const { return month_in_year(month); }
};

}  // namespace terrace
