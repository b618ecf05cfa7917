// Who says yes: the module's terms, the household's effort, and neighbours who got out.
#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using test::PolicyBench;

/// Share of a thousand registered households that take an industry project when asked.
double taken(double effort, int successes) {
  PolicyBench bench(2015, {"industry"});
  bench.set("industry", "consent", 0.5);
  for (int k = 0; k < 1'000; ++k) {
    bench.hand.add({.income = 2'500,
                    .verified = 2'500,
                    .status = Status::registered,
                    .members = {{}}});  // one adult: no term for labour
  }
  bench.fund(Pot::pool, to_fen(1e9));
  const Runner runner(bench.catalogue, bench.spec, bench.rules, {1.0, 0.03});
  bench.hand.begin(month_of(2015, 1));
  std::fill(bench.hand.work.effort.begin(), bench.hand.work.effort.end(),
            static_cast<float>(effort));
  std::fill(bench.hand.work.success.begin(), bench.hand.work.success.end(),
            static_cast<std::uint8_t>(successes));
  runner.admit(bench.hand.work);
  return bench.hand.work.event(test::industry, ModuleSum::taken) / 1'000;
}

TEST(Consent, FollowsEffortAndNeighbours) {
  // Standard deviation 0.016 at most. The draws are the same in all cases.
  const double plain = taken(1.0, 0);
  EXPECT_NEAR(plain, 0.5, 0.06);
  EXPECT_NEAR(taken(1.2, 0), 1.0 / (1.0 + std::exp(-0.2)), 0.06);
  EXPECT_GT(taken(1.2, 0), plain);
  EXPECT_LT(taken(0.8, 0), plain);
  EXPECT_NEAR(taken(1.0, 5), 0.65, 0.06);
  EXPECT_EQ(taken(1.0, 19), 1.0) << "a chance of 1.07 is one of 1";
}

TEST(Consent, AFailedProjectIsRemembered) {
  PolicyBench bench(2015, {"industry"});
  bench.set("industry", "failure", 0.5);
  for (int k = 0; k < 200; ++k) {
    bench.hand.add({.income = 2'500, .verified = 2'500, .status = Status::registered});
  }
  bench.fund(Pot::pool, to_fen(1e9));
  bench.months(month_of(2015, 1), month_of(2015, 12));
  double failed = 0.0;
  for (Month m = month_of(2016, 1); m <= month_of(2016, 12); ++m) {
    std::vector<std::uint32_t> running;
    for (const Enrolment& e : bench.enrolled(test::industry)) running.push_back(e.household);
    bench.hand.begin(m);
    bench.runner->effects(bench.hand.work);
    failed += bench.event(test::industry, ModuleSum::failed);
    for (const std::uint32_t h : running) {
      const bool gone = bench.enrolment(test::industry, h) == nullptr;
      ASSERT_EQ(bench.hand.work.failures[h], gone ? 1 : 0);
    }
  }
  EXPECT_GT(failed, 5.0);
}

}  // namespace
}  // namespace terrace::policies
