// Labour service: whom it helps, what it costs, what it changes and for how long.
#include <cmath>

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using namespace test;  // NOLINT: the names of modules

const HandHousehold kRegistered{.verified = 2'600, .status = Status::registered};

/// A county with this much money, in yuan, in which no service breaks off.
struct ServiceBench : PolicyBench {
  explicit ServiceBench(double yuan = 1e8) : PolicyBench(2017, {"labour_service"}) {
    fund(Pot::pool, to_fen(yuan));
    for (const auto& [name, value] : {std::pair{"unit_cost", 300.0},
                                      {"fare", 400.0},
                                      {"service_months", 12.0},
                                      {"migrate_logit", 0.3},
                                      {"search_gain", 0.3},
                                      {"failure", 0.0}})
      set("labour_service", name, value);
    spec.parameters["wages_labour.remit"] = 0.25;
    spec.parameters["wages_labour.months_migrant"] = 10;
  }
  Month start() const { return enrolled(labour_service)[0].start; }
  void send_away(std::size_t person, Post post) {
    hand.county.persons.activity[person] = static_cast<std::uint8_t>(Activity::migrant);
    hand.county.persons.post[person] = static_cast<std::uint8_t>(post);
  }
};

int served(std::vector<HandPerson> members, Status status = Status::registered) {
  ServiceBench b;
  HandHousehold h = kRegistered;
  h.status = status;
  h.members = std::move(members);
  b.hand.add(h);
  b.month(month_of(2017, 1));
  return b.enrolled(labour_service).empty() ? 0 : int{b.enrolled(labour_service)[0].count};
}

TEST(LabourService, ServesAllWhoCouldWorkAndAreAtHome) {
  EXPECT_EQ(served({{}}), 1);
  EXPECT_EQ(served({{}}, Status::exited), 0);
  EXPECT_EQ(served({{}, {.activity = Activity::searching}, {.age = 16}}), 3);
  EXPECT_EQ(served({{.age = 15}, {.age = 60}, {.disability = 2}}), 0);
  EXPECT_EQ(served({{.activity = Activity::migrant}, {.activity = Activity::local_wage}}), 0);
  EXPECT_EQ(served({{.activity = Activity::migrant}, {}}), 1);
}

TEST(LabourService, HelpsForAYearFromItsStart) {
  ServiceBench b;
  b.hand.frame.price = 1.1;
  b.hand.add(kRegistered);  // two who could work
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.delivered(labour_service), 66'000) << "2 x 300 yuan of 2012, to the agency";
  const Month start = b.start();
  b.months(month_of(2017, 2), start - 1);
  EXPECT_EQ(b.hand.work.flows.migrate[0], 0.0F);
  EXPECT_EQ(b.hand.work.flows.search[0], 1.0F);
  int festivals = 0;
  for (int k = 0; k < 12; ++k) {
    b.month(start + k);
    EXPECT_NEAR(b.hand.work.flows.migrate[0], 0.3, 1e-6);
    EXPECT_NEAR(b.hand.work.flows.search[0], 1.3, 1e-6);
    festivals += month_in_year(start + k) == 2 ? 1 : 0;
  }
  EXPECT_EQ(festivals, 1);
  b.month(start + 12);
  EXPECT_EQ(b.hand.work.flows.migrate[0], 0.0F);
  EXPECT_EQ(b.hand.work.flows.search[0], 1.0F);
  EXPECT_TRUE(b.enrolled(labour_service).empty());
  EXPECT_EQ(b.delivered(labour_service), 66'000);
}

TEST(LabourService, MoneyRunsOut) {
  // 600 yuan a household of two: 1,900 yuan serve three.
  ServiceBench b(1'900);
  for (int i = 0; i < 10; ++i) b.hand.add(kRegistered);
  b.months(month_of(2017, 1), month_of(2017, 12));
  EXPECT_EQ(b.delivered(labour_service), 180'000);
}

TEST(LabourService, MultipliersAndMatch) {
  ServiceBench b;
  b.settings("labour_service").effect = 0.5;
  b.settings("labour_service").cost = 2.0;
  b.runner = std::make_unique<Runner>(b.catalogue, b.spec, b.rules, ConsentRules{}, 0.4);
  const auto h = b.hand.add(kRegistered);
  b.hand.county.households.diagnosed[h] = static_cast<std::uint8_t>(Cause::skills);
  b.hand.county.households.causes[h] = pack_causes(Cause::funds, Cause::water);
  b.hand.county.households.plan[h] = bit(Measure::labour_service);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.delivered(labour_service), 120'000);
  b.month(b.start());
  EXPECT_NEAR(b.hand.work.flows.migrate[0], 0.5 * 0.4 * 0.3, 1e-6);
  EXPECT_NEAR(b.hand.work.flows.search[0], 1.0 + 0.5 * 0.4 * 0.3, 1e-6);
}

TEST(LabourService, PaysTheFareOfWhoGoesToAnotherProvince) {
  ServiceBench b;
  b.hand.frame.price = 1.1;
  HandHousehold h = kRegistered;
  h.members = {{}, {}, {}, {.activity = Activity::migrant}};
  b.hand.add(h);
  b.send_away(3, Post::far);  // has been there all the time
  b.month(month_of(2017, 1));
  const Fen agency = b.delivered(labour_service);
  const Month start = b.start();
  b.months(start, start + 1);
  EXPECT_EQ(b.delivered(labour_service), agency);
  b.send_away(0, Post::far);
  b.send_away(1, Post::near);
  b.month(start + 2);
  EXPECT_EQ(b.delivered(labour_service), agency + 40'000);
  EXPECT_NEAR(b.hand.work.flows.transfer[0], 400.0 / 1.1, 1e-3);
  b.month(start + 3);
  EXPECT_EQ(b.delivered(labour_service), agency + 40'000) << "once";
  b.hand.county.persons.post[3] = static_cast<std::uint8_t>(Post::none);
  b.hand.county.persons.activity[3] = static_cast<std::uint8_t>(Activity::farm);
  b.month(start + 4);
  b.send_away(2, Post::far);
  b.month(start + 5);
  EXPECT_EQ(b.delivered(labour_service), agency + 80'000);
}

TEST(LabourService, SomeBreakOff) {
  ServiceBench b(2'000 * 600.0);
  b.set("labour_service", "failure", 0.2);
  for (int i = 0; i < 2'000; ++i) b.hand.add(kRegistered);
  double failed = 0.0;
  for (Month m = month_of(2017, 1); m <= month_of(2019, 1); ++m) {
    b.month(m);
    failed += b.event(labour_service, ModuleSum::failed);
  }
  EXPECT_NEAR(failed / 2'000.0, 0.2, 4.5 * std::sqrt(0.16 / 2'000));
  EXPECT_TRUE(b.enrolled(labour_service).empty());
}

TEST(LabourService, EndsWithTheMeasureAndWithItsWorkers) {
  ServiceBench over;
  over.hand.add(kRegistered);
  over.settings("labour_service").until = month_of(2017, 10);
  over.months(month_of(2017, 1), month_of(2017, 10));
  EXPECT_NEAR(over.hand.work.flows.migrate[0], 0.3, 1e-6);
  over.month(month_of(2017, 11));
  EXPECT_EQ(over.hand.work.flows.migrate[0], 0.0F);
  EXPECT_TRUE(over.enrolled(labour_service).empty());

  // Work found near or far does not end it: who loses it is helped again.
  for (const Post post : {Post::near, Post::far}) {
    ServiceBench found;
    found.hand.add(kRegistered);
    found.months(month_of(2017, 1), month_of(2017, 9));
    ASSERT_FALSE(found.enrolled(labour_service).empty());
    for (const std::size_t i : {0U, 1U}) found.send_away(i, post);
    found.month(month_of(2017, 10));
    EXPECT_EQ(found.enrolled(labour_service).size(), 1U);
    EXPECT_NEAR(found.hand.work.flows.search[0], 1.3, 1e-6);
  }

  ServiceBench old;
  old.hand.add(kRegistered);
  old.months(month_of(2017, 1), month_of(2017, 10));
  for (auto& birth : old.hand.county.persons.birth) birth = static_cast<std::int16_t>(birth - 300);
  old.month(month_of(2017, 11));
  EXPECT_TRUE(old.enrolled(labour_service).empty());
}

TEST(LabourService, WhatTheCountyHopesFor) {
  // Two served: 2 x 0.3 / 4 of a worker away, who sends a quarter of ten months at 3,400 yuan:
  // 0.15 x 8,500 = 1,275 yuan, over two residents 637.50.
  ServiceBench b;
  b.hand.add(kRegistered);
  b.hand.begin(month_of(2017, 1));
  const PolicyEntry& entry = b.catalogue.entries()[labour_service];
  const auto module = entry.make(b.spec.parameters, b.settings("labour_service"), b.spec.series);
  PolicyMonth now;
  now.county = &b.hand.county;
  now.frame = &b.hand.frame;
  now.month = month_of(2017, 1);
  now.residents = b.hand.work.residents;
  std::vector<Candidate> out;
  module->candidates(now, out);
  ASSERT_EQ(out.size(), 1U);
  EXPECT_NEAR(out[0].gain, 637.5, 1e-9);
}

}  // namespace
}  // namespace terrace::policies
