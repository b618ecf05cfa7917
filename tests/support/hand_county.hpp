// A county made by hand, with everything a step of the month reads, so that a test can say who
// lives in it and work out by hand what must come out.
//
//   HandCounty hand(2017);
//   hand.add({.income = 2'600, .members = {{.age = 40}, {.age = 10, .activity =
//   Activity::pupil}}}); hand.begin(month_of(2017, 1)); registry::verify(hand.work, parameters);
#pragma once

#include <cmath>
#include <utility>
#include <vector>

#include "economy/economy.hpp"
#include "population/county_work.hpp"
#include "registry/parameters.hpp"
#include "support/small_scenario.hpp"

namespace terrace::test {

struct HandPerson {
  int age = 40;  ///< in all months of the county's year: born in a January
  bool woman = false;
  bool mandarin = true;
  bool chronic = false;
  int schooling = 9;
  School school = School::done;
  Activity activity = Activity::farm;
  int disability = 0;
  double health = 0.8;
  bool married = false;
  Relation relation = Relation::other;  ///< of those after the first, who is the head
};

struct HandHousehold {
  double income = 8'000;  ///< nominal yuan a head and year: what the register and modules look at
  double farm = 0.0;      ///< last year's farm income of the household, yuan of 2012
  double land_mu = 7.0;
  double assets = 3'000;
  double wealth = 5'000;
  double consumption = 10'000;
  double verified = std::nan("");
  House house = House::b;
  bool water = true;
  bool insured = true;
  Status status = Status::no;
  std::vector<HandPerson> members = {HandPerson{}, {.age = 38, .woman = true}};
};

struct HandVillage {
  double remoteness = 1.0;
  bool hazard = false;
  bool uninhabitable = false;
  bool ecological = false;
  std::uint8_t access =
      access::road | access::power | access::network | access::clinic | access::teaching_point;
  double school_quality = 0.5;
};

/// Adds households village by village; begin() makes the scratch of a month ready.
class HandCounty {
 public:
  explicit HandCounty(int year, std::size_t modules = 5) {
    values = default_values();
    for (const auto& [name, value] : figures()) values.at(std::string(name)) = value;
    economy = load_economy(values);
    economy.var_pers = values.at("population.var_pers");
    registry = load_registry(values);
    county.number = 1;
    county.designated = true;
    county.enrolments.resize(modules);
    county.ledger.delivered_by_module.assign(modules, 0);
    frame.year = year;
    frame.key = frame.lasting = {5, 0};
    frame.poverty_line = 2'952;
    frame.exit_line = 3'335;
    frame.local_wage = 2'000;
    frame.migrant_wage = 3'400;
    frame.pension = 1'400;
    frame.reimbursement = 0.5;
    frame.allowance_line = 4'300;
    frame.registry = true;
    frame.exit_pace = 0.3;
    frame.module_active.assign(modules, true);
    plan.places.assign(modules, -1);
    plan.grant.assign(modules, 0);
    start_ = month_of(year, 1);
    add_village({});
  }
  HandCounty(const HandCounty&) = delete;
  HandCounty& operator=(const HandCounty&) = delete;

  /// Households added from now on live there. The first village is there from the beginning.
  void add_village(const HandVillage& v) {
    VillageTable& t = county.villages;
    resize_by_one(t);
    const std::size_t i = t.size() - 1;
    t.id[i] = static_cast<std::uint32_t>(i);
    t.first[i] = static_cast<std::uint32_t>(county.households.size());
    t.team_since[i] = kNoMonth;
    set_village(i, v);
  }
  void set_village(std::size_t i, const HandVillage& v) {
    VillageTable& t = county.villages;
    t.remoteness[i] = static_cast<float>(v.remoteness);
    t.hazard[i] = v.hazard ? 1 : 0;
    t.uninhabitable[i] = v.uninhabitable ? 1 : 0;
    t.ecological[i] = v.ecological ? 1 : 0;
    t.access[i] = v.access;
    t.school_quality[i] = static_cast<std::uint8_t>(v.school_quality * 255.0 + 0.5);
  }

  /// The row of the new household.
  std::size_t add(const HandHousehold& of) {
    HouseholdTable& t = county.households;
    const auto h = t.size();
    resize_by_one(t);
    t.id[h] = static_cast<std::uint32_t>((h + 1) << 12U);
    t.first[h] = static_cast<std::uint32_t>(county.persons.size());
    t.village[h] = static_cast<std::uint16_t>(county.villages.size() - 1);
    t.land[h] = static_cast<std::uint16_t>(of.land_mu * 100.0 + 0.5);
    t.members[h] = t.numbers_used[h] = static_cast<std::uint8_t>(of.members.size());
    t.house[h] = static_cast<std::uint8_t>(of.house);
    t.services[h] = static_cast<std::uint8_t>((of.water ? service::water : 0) |
                                              (of.insured ? service::insured : 0));
    t.status[h] = static_cast<std::uint8_t>(of.status);
    for (auto& kin : t.kin) kin[h] = kNoKin;
    t.loan_due[h] = kNoMonth;
    t.diagnosed[h] = kNoCause;
    t.assets[h] = static_cast<float>(of.assets);
    t.wealth[h] = static_cast<float>(of.wealth);
    t.consumption[h] = static_cast<float>(of.consumption);
    t.verified[h] = static_cast<float>(of.verified);
    t.last_year[0][h] = static_cast<float>(of.farm);
    t.loan_due[h] = kNoMonth;
    for (auto& kin : t.kin) kin[h] = kNoKin;
    income_.push_back(static_cast<float>(of.income));
    for (std::size_t k = 0; k < of.members.size(); ++k) add_person(of.members[k], k);
    return h;
  }

  /// Makes `work` ready for this month. Incomes are those the households were given.
  void begin(Month month) {
    const std::size_t n = county.households.size();
    work.county = &county;
    work.frame = &frame;
    work.plan = &plan;
    work.report = &report;
    work.month = month;
    work.events.fill(0.0);
    work.module_events.assign(county.enrolments.size(), {});
    work.flows.reset(n);
    work.owner.resize(county.persons.size());
    for (std::size_t h = 0; h < n; ++h) {
      for (std::size_t k = 0; k < county.households.members[h]; ++k) {
        work.owner[county.households.first[h] + k] = static_cast<std::uint32_t>(h);
      }
      economy::refresh_household(county, h, month, economy);
    }
    work.income = income_;
    work.income_2012 = income_;
    for (float& y : work.income_2012) y /= static_cast<float>(frame.price);
    work.residents.assign(county.households.members.begin(), county.households.members.end());
    work.farm_shock.assign(n, 0.0F);
    work.theta.assign(n, 0.0F);
    work.effort.assign(n, 1.0F);
    work.success.assign(n, 0);
    work.failures.assign(n, 0);
    work.planned.assign(n, 0.0F);
    work.kin.assign(n, 0.0F);
    work.normals.assign(n, 0.0F);
    work.village_crop.assign(county.villages.size(), 1.0F);
    work.village_farm.assign(county.villages.size(), 1.0F);
    work.village_loss.assign(county.villages.size(), 0.0F);
    work.village_disaster_month.assign(county.villages.size(), 0);
    work.received.assign(n, 0.0F);
    work.starts.assign(n, 0);
    for (auto& component : work.this_year) component.resize(n, 0.0F);
    work.away_this_year.resize(n, 0);
    work.team.assign(county.villages.size(), 0.0F);
    work.public_money.assign(n, 0.0F);
    work.delivered_to.assign(n, 0.0F);
    work.ill_months.assign(n, 0);
    work.queued.assign(n, 0);
    work.matched.clear();
    work.survey_now.assign(n, 0);
    work.status_before = county.households.status;
    work.year.fill(0.0);
    work.effort.assign(n, 1.0F);
    work.success.assign(n, 0);
    work.failures.assign(n, 0);
    work.planned.assign(n, 0.0F);
    work.kin.assign(n, 0.0F);
    work.touched.clear();
    for (auto& due : work.due) due.clear();
    for (auto& ill : work.illnesses) ill.clear();
  }

  Status status(std::size_t h) const { return static_cast<Status>(county.households.status[h]); }
  std::size_t count(Status s) const {
    std::size_t n = 0;
    for (std::size_t h = 0; h < county.households.size(); ++h) n += status(h) == s ? 1 : 0;
    return n;
  }

  County county;
  YearFrame frame;
  CountyPlan plan;
  CountyReport report;
  CountyWork work;
  ParameterValues values;
  EconomyParameters economy;
  RegistryParameters registry;

  /// From the next month on the household's income is this, nominal yuan a head and year.
  void set_income(std::size_t household, double income) {
    income_[household] = static_cast<float>(income);
  }

 private:
  template <class Table>
  static void resize_by_one(Table& table) {
    table.for_each_column([](auto& column) { column.push_back({}); });
  }

  void add_person(const HandPerson& of, std::size_t number) {
    PersonTable& p = county.persons;
    resize_by_one(p);
    const std::size_t i = p.size() - 1;
    p.birth[i] = static_cast<std::int16_t>(start_ - 12 * of.age);
    p.number[i] = static_cast<std::uint8_t>(number);
    p.flags[i] = static_cast<std::uint8_t>(
        (of.woman ? flag::woman : 0) | (of.mandarin ? flag::mandarin : 0) |
        (of.chronic ? flag::chronic : 0) | (of.married ? flag::married : 0));
    p.disability[i] = static_cast<std::uint8_t>(of.disability);
    p.relation[i] = static_cast<std::uint8_t>(number == 0 ? Relation::head : of.relation);
    p.schooling[i] = static_cast<std::uint8_t>(of.schooling);
    p.school[i] = static_cast<std::uint8_t>(of.school);
    p.activity[i] = static_cast<std::uint8_t>(of.activity);
    p.post[i] = static_cast<std::uint8_t>(post_of(of.activity));
    p.health[i] = static_cast<std::uint8_t>(of.health * 255.0 + 0.5);
    p.state_until[i] = kNoMonth;
  }

  static Post post_of(Activity activity) {
    if (activity == Activity::local_wage) return Post::enterprise;
    if (activity == Activity::migrant) return Post::near;
    return activity == Activity::public_post ? Post::public_service : Post::none;
  }

  /// What tests calculate with by hand, whatever the defaults become.
  static std::vector<std::pair<std::string_view, double>> figures() {
    return {{"farm_assets.s0", 0.06},
            {"farm_assets.s1", 0.11},
            {"farm_assets.s_max", 0.25},
            {"farm_assets.c_sub", 0.8},
            {"farm_assets.delta_K", 0.1},
            {"farm_assets.kappa_inv", 0.105},
            {"farm_assets.theta_L", 200},
            {"farm_assets.theta_H_ratio", 1.7},
            {"farm_assets.F_fixed", 6'000},
            {"farm_assets.alpha_K", 0.4},
            {"wages_labour.h_match", 0.12},
            {"wages_labour.h_sep", 0.015},
            {"wages_labour.mig_cost", 1'500},
            {"wages_labour.months_local", 11},
            {"wages_labour.months_migrant", 10},
            {"consumption.w_exp", 0.16},
            {"consumption.debt_limit", 0.53},
            {"consumption.squeeze_poor", 0.03},
            {"consumption.squeeze_limit", 0.15},
            {"consumption.asset_discount", 0.3},
            {"consumption.c_least", 0.3},
            {"income_risk.sigma_yield", 0.2},
            {"health.ill_rate_20_40", 0.03},
            {"health.ill_rate_60", 0.12},
            {"health.ill_cost_median", 6'000},
            {"health.ill_cost_sigma", 1.1},
            {"health.forgone_care", 0.25},
            {"health.ill_labour_loss", 6},
            {"disaster.disaster_rate", 0.05},
            {"disaster.hazard_ratio", 2},
            {"disaster.disaster_loss", 0.3},
            {"disaster.exposed_assets", 0.3},
            {"demography_school.dropout_early", 0.005},
            {"demography_school.dropout_78", 0.057},
            {"demography_school.dropout_89", 0.09},
            {"demography_school.dropout_poor", 1.3},
            {"demography_school.dropout_other", 0.5},
            {"demography_school.senior_entry", 0.55},
            {"demography_school.fee_senior", 2'500},
            {"identification.income_sd", 0.714}};
  }

  Month start_ = 0;
  std::vector<float> income_;
};

}  // namespace terrace::test
