// The diary of the panel: what it says agrees with the columns, and every kind of entry occurs.
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "parallel/thread_runner.hpp"
#include "support/panel_run.hpp"

namespace terrace {
namespace {

using test::PanelKeeper;
using test::PanelRun;

/// What is rare by default is made less so, that it may be seen among a few thousand households.
ScenarioSpec to_2022() {
  ScenarioSpec s = test::with_panel(test::small_scenario(), test::kEverybody);
  s.parameters.at("population.insured") = 0.9;
  s.parameters.at("exit_monitoring.notice_catch") = 0.6;
  s.parameters.at("exit_monitoring.income_verify_sd") = 0.4;
  s.parameters.at("exit_monitoring.target_pressure") = 1.0;
  s.parameters.at("policies.relocation.return_rate") = 0.1;
  s.policies.at("relocation").capacity = 5.0;
  s.policies.at("education").capacity = 0.7;
  s.policies.at("health_insurance").enabled = false;  // with it nobody is uninsured
  s.series["fund_central"] = test::series_of({{2012, 3.0}});
  s.end = month_of(2022, 12);
  for (auto& [name, settings] : s.policies) settings.until = s.end;
  return s;
}

class DiaryOfEverybody : public testing::Test {
 protected:
  static const PanelKeeper& kept() {
    static const PanelKeeper& it = make();
    return it;
  }
  static int first() { return year_of(kept().info().start); }
  static int last() { return year_of(kept().info().end); }

 private:
  static const PanelKeeper& make() {
    static PanelRun run;
    run_panel(run, to_2022());
    return run.kept;
  }
};

/// A column of a year by month (0 is the December before, empty for who is new) and household.
class YearOf {
 public:
  YearOf(const PanelKeeper& kept, const char* column, int year) {
    for (int m = 1; m <= 12; ++m) months_.push_back(kept.values(column, year, m));
  }
  double at(std::size_t household, int month) const {
    return months_[static_cast<std::size_t>(month) - 1][household];
  }

 private:
  std::vector<std::vector<double>> months_;
};

std::size_t count(const std::vector<Event>& events, EventKind kind) {
  std::size_t n = 0;
  for (const Event& e : events) n += e.kind == kind ? 1 : 0;
  return n;
}

TEST_F(DiaryOfEverybody, EveryKindAndReasonOccurs) {
  std::set<std::size_t> kinds;
  std::set<std::size_t> reasons;
  for (int year = first(); year <= last(); ++year) {
    for (const Event& e : kept().year(year).events) {
      kinds.insert(static_cast<std::size_t>(e.kind));
      reasons.insert(static_cast<std::size_t>(e.reason));
    }
  }
  for (std::size_t k = 0; k < kEventKinds; ++k)
    EXPECT_EQ(kinds.count(k), 1U) << event_kind_names()[k];
  for (std::size_t k = 0; k < kReasons; ++k) EXPECT_EQ(reasons.count(k), 1U) << reason_names()[k];
}

TEST_F(DiaryOfEverybody, StatusChangesExactlyWhenItSaysSo) {
  const std::map<EventKind, Status> leads_to = {{EventKind::registered, Status::registered},
                                                {EventKind::relapsed, Status::relapsed},
                                                {EventKind::struck_off, Status::removed},
                                                {EventKind::exited, Status::exited}};
  std::map<std::uint64_t, double> before;
  std::size_t changes = 0;
  for (int year = first(); year <= last(); ++year) {
    const YearOf status(kept(), "register_status", year);
    each_month(kept(), year, [&](std::size_t h, int month, const std::vector<Event>& events) {
      const std::uint64_t id = kept().year(year).households[h].id;
      const double now = status.at(h, month);
      const bool known = before.count(id) != 0;
      double expected = known ? before[id] : now;
      for (const Event& e : events) {
        const auto to = leads_to.find(e.kind);
        if (to == leads_to.end()) continue;
        expected = static_cast<double>(to->second);
        ASSERT_TRUE(!known || before[id] != expected);
        ++changes;
      }
      ASSERT_EQ(now, expected) << year << '-' << month;
      before[id] = now;
    });
  }
  EXPECT_GT(changes, 300U);
}

TEST_F(DiaryOfEverybody, WatchingChangesExactlyWhenItSaysSo) {
  for (int year = 2020; year <= last(); ++year) {
    const YearOf watch(kept(), "watch", year);
    each_month(kept(), year, [&](std::size_t h, int month, const std::vector<Event>& events) {
      // Of two months of one year: the general survey lists people when December is over.
      if (month == 1 || month == 12) return;
      const auto on = count(events, EventKind::watched);
      const auto off = count(events, EventKind::unwatched);
      const bool is = watch.at(h, month) > 0.0;
      const bool was = watch.at(h, month - 1) > 0.0;
      ASSERT_EQ(static_cast<int>(is) - static_cast<int>(was),
                static_cast<int>(on) - static_cast<int>(off));
    });
  }
}

TEST_F(DiaryOfEverybody, WorkersAreThoseWhoLeftAndCameBack) {
  std::size_t moves = 0;
  for (int year = first() + 1; year <= last(); ++year) {
    const YearOf away(kept(), "away", year);
    const YearOf workers(kept(), "local_workers", year);
    each_month(kept(), year, [&](std::size_t h, int month, const std::vector<Event>& events) {
      // January follows the changes of the year's close, which the diary has in December.
      if (month == 1 || month == 12) return;
      int gone = 0;
      int hired = 0;
      for (const Event& e : events) {
        gone += e.kind == EventKind::left_to_work ? 1 : e.kind == EventKind::returned ? -1 : 0;
        const auto post = static_cast<Post>(static_cast<int>(e.amount));
        if (post == Post::public_service) continue;
        hired += e.kind == EventKind::job_found ? 1 : e.kind == EventKind::job_lost ? -1 : 0;
        moves += e.kind == EventKind::job_found ? 1 : 0;
      }
      ASSERT_EQ(away.at(h, month) - away.at(h, month - 1), gone) << year << '-' << month;
      ASSERT_EQ(workers.at(h, month) - workers.at(h, month - 1), hired) << year << '-' << month;
    });
  }
  EXPECT_GT(moves, 100U);
}

TEST_F(DiaryOfEverybody, WhatIsPaidStandsInTheColumns) {
  std::size_t payments = 0;
  for (int year = first(); year <= last(); ++year) {
    const YearOf spent(kept(), "public_spent_month", year);
    const YearOf bills(kept(), "bills_month", year);
    const YearOf house(kept(), "house", year);
    each_month(kept(), year, [&](std::size_t h, int month, const std::vector<Event>& events) {
      double paid = 0.0;
      double ill = 0.0;
      for (const Event& e : events) {
        if (e.kind == EventKind::paid) {
          ASSERT_GT(e.amount, 0.0F);
          paid += static_cast<double>(e.amount);
          ++payments;
        }
        if (e.kind == EventKind::illness) ill += static_cast<double>(e.amount);
        if (e.kind == EventKind::housed && e.module != kNoModule) {
          ASSERT_LT(house.at(h, month), 2.0);
        }
      }
      ASSERT_GE(spent.at(h, month), paid * (1.0 - 1e-5) - 0.1);
      ASSERT_GE(bills.at(h, month), ill * (1.0 - 1e-5) - 0.1);
    });
  }
  EXPECT_GT(payments, 100U);
}

TEST_F(DiaryOfEverybody, OffersComeBeforeAnswersAndRepeatNothing) {
  for (int year = first(); year <= last(); ++year) {
    std::map<std::tuple<std::uint64_t, std::uint8_t, EventKind>, int> seen;
    std::map<std::pair<std::uint64_t, std::uint8_t>, int> open;
    Month month = 0;
    std::uint16_t county = 0;
    for (const Event& e : kept().year(year).events) {
      ASSERT_TRUE(county_of(e.household) != county || e.month >= month);
      county = county_of(e.household);
      month = e.month;
      ASSERT_EQ(year_of(e.month), year);
      const bool of_programme = e.kind >= EventKind::offered && e.kind <= EventKind::paid;
      ASSERT_EQ(e.module != kNoModule,
                of_programme || (e.module != kNoModule && e.kind >= EventKind::housed));
      auto& offers = open[{e.household, e.module}];
      if (e.kind == EventKind::offered) ++offers;
      if (e.kind == EventKind::taken || e.kind == EventKind::refused) {
        ASSERT_EQ(offers, 1);
        --offers;
      }
      if (e.kind == EventKind::unserved || e.kind == EventKind::refused) {
        ASSERT_EQ(++seen[std::make_tuple(e.household, e.module, e.kind)], 1);
        ASSERT_NE(e.reason, Reason::none);
      }
    }
    for (const auto& [who, offers] : open) ASSERT_EQ(offers, 0);
  }
}

TEST_F(DiaryOfEverybody, KeptAreThoseWhoStay) {
  std::size_t kept_on = 0;
  for (int year = 2014; year <= last(); ++year) {
    const YearOf status(kept(), "register_status", year);
    std::map<std::uint64_t, int> reasons;
    for (const Event& e : kept().year(year).events) {
      if (e.kind == EventKind::kept) ++reasons[e.household];
    }
    const auto& households = kept().year(year).households;
    for (std::size_t h = 0; h < households.size(); ++h) {
      const bool verified = on_register(static_cast<std::uint8_t>(status.at(h, 11)));
      const bool stays = on_register(static_cast<std::uint8_t>(status.at(h, 12)));
      ASSERT_EQ(reasons[households[h].id], verified && stays ? 1 : 0);
      kept_on += stays ? 1 : 0;
    }
  }
  EXPECT_GT(kept_on, 100U);
}

TEST(Diary, IsTheSameWithAnyNumberOfWorkers) {
  ScenarioSpec s = test::with_panel(test::small_scenario(), 500);
  s.replicates = 2;
  PanelRun serial;
  run_panel(serial, s);
  for (const unsigned threads : {2U, 3U}) {
    ThreadRunner runner(threads);
    PanelKeeper kept;
    const RunOutcome outcome = run_scenario(s, test::builtin_catalogue(), runner, kept);
    EXPECT_EQ(outcome.group_digests, serial.outcome.group_digests) << threads;
  }
}

}  // namespace
}  // namespace terrace
