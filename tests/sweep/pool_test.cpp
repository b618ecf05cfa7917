#include "sweep/pool.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <map>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <terrace/check.hpp>

namespace terrace::sweep {
namespace {

using std::chrono::milliseconds;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using How = Ended::How;
using Bytes = std::optional<std::vector<std::byte>>;
using Stop = std::atomic<bool>;

constexpr std::size_t kMost = std::size_t{1} << 26U;

Bytes bytes_of(std::size_t run, std::size_t size = 4) {
  return std::vector<std::byte>(size, static_cast<std::byte>(run));
}

/// Waits until all have ended.
std::map<std::size_t, Ended> all_of(Pool& pool) {
  std::map<std::size_t, Ended> out;
  while (pool.running() > 0) {
    for (Ended& ended : pool.wait(milliseconds(100))) out[ended.run] = std::move(ended);
  }
  return out;
}

/// One run with this work, to its end.
Ended end_of(Pool::Work work, std::size_t most = kMost) {
  Pool pool(std::move(work), most);
  EXPECT_TRUE(pool.start(7).has_value());
  return all_of(pool).at(7);
}

Bytes wait_for_stop(const Stop& stop) {
  while (!stop) std::this_thread::sleep_for(milliseconds(1));
  return std::nullopt;
}

TEST(Pool, GivesEachRunsResult) {
  Pool pool([](std::size_t run, const Stop&) { return bytes_of(run); }, kMost);
  for (std::size_t run = 0; run < 20; ++run) ASSERT_TRUE(pool.start(run).has_value());
  EXPECT_EQ(pool.running(), 20U);
  const auto ended = all_of(pool);
  ASSERT_EQ(ended.size(), 20U);
  for (const auto& [run, e] : ended) {
    EXPECT_EQ(e.how, How::result);
    EXPECT_EQ(e.result, *bytes_of(run));
    EXPECT_GT(e.seconds, 0.0);
  }
}

TEST(Pool, LargeResultsAndManyMessagesPassTogether) {
  const Ended e = end_of([](std::size_t run, const Stop&) {
    for (int i = 0; i < 20000; ++i) std::fprintf(stderr, "a line of noise, number %d\n", i);
    return bytes_of(run, std::size_t{8} << 20U);
  });
  EXPECT_EQ(e.how, How::result);
  EXPECT_EQ(e.result, *bytes_of(7, std::size_t{8} << 20U));
}

TEST(Pool, WhatIsThrownIsTheMessage) {
  EXPECT_EQ(end_of([](std::size_t, const Stop&) -> Bytes {
              throw std::runtime_error("no such thing");
            }).message,
            "no such thing");
  EXPECT_EQ(end_of([](std::size_t, const Stop&) -> Bytes { throw std::bad_alloc(); }).message,
            "out of memory");
}

TEST(Pool, ABugIsTheMessageOfItsRunAlone) {
  Pool pool(
      [](std::size_t run, const Stop&) {
        require(run != 1, "water runs uphill");
        return bytes_of(run);
      },
      kMost);
  for (std::size_t run = 0; run < 3; ++run) ASSERT_TRUE(pool.start(run).has_value());
  const auto ended = all_of(pool);
  EXPECT_EQ(ended.at(0).how, How::result);
  EXPECT_EQ(ended.at(1).how, How::failed);
  EXPECT_THAT(ended.at(1).message, StartsWith("ended with status 70: terrace: bug: water runs"));
  EXPECT_EQ(ended.at(2).how, How::result);
}

TEST(Pool, SignalsAreNamed) {
  const Ended killed = end_of([](std::size_t, const Stop&) -> Bytes {
    std::raise(SIGKILL);
    return std::nullopt;
  });
  EXPECT_EQ(killed.how, How::failed);
  EXPECT_THAT(killed.message, StartsWith("killed by signal 9 (SIGKILL), perhaps because"));
  EXPECT_THAT(killed.message, HasSubstr("out of memory"));
  const Ended aborted = end_of([](std::size_t, const Stop&) -> Bytes {
    std::fputs("broken here\n", stderr);
    std::abort();
  });
  EXPECT_THAT(aborted.message, StartsWith("killed by signal 6 (SIGABRT): broken here"));
}

TEST(Pool, OfManyMessagesTheLastAreKept) {
  const Ended e = end_of([](std::size_t, const Stop&) -> Bytes {
    for (int i = 0; i < 10000; ++i) std::fprintf(stderr, "message %d\n", i);
    ::_exit(3);
  });
  EXPECT_THAT(e.message, StartsWith("ended with status 3: "));
  EXPECT_THAT(e.message, EndsWith("message 9999"));
  EXPECT_GT(e.message.size(), 1900U);
  EXPECT_LT(e.message.size(), 2100U);
}

TEST(Pool, WhatIsNotAWholeResultIsNone) {
  for (const std::string& text : {std::string(), std::string("x"), std::string(100, '\0')}) {
    const Ended e = end_of([&](std::size_t, const Stop&) -> Bytes {
      // The pipe for results, as children have it.
      if (::write(3, text.data(), text.size()) < 0) ::_exit(9);
      ::_exit(0);
    });
    EXPECT_EQ(e.how, How::failed);
    EXPECT_EQ(e.message, "ended without a result");
  }
  const Ended twice = end_of([](std::size_t run, const Stop&) {
    if (::write(3, "x", 1) < 0) ::_exit(9);
    return bytes_of(run);
  });
  EXPECT_EQ(twice.message, "ended without a result");
}

TEST(Pool, MoreThanAResultIsNotTaken) {
  EXPECT_EQ(end_of([](std::size_t run, const Stop&) { return bytes_of(run, 4); }, 4).how,
            How::result);
  const Ended e =
      end_of([](std::size_t run, const Stop&) { return bytes_of(run, std::size_t{64} << 20U); }, 4);
  EXPECT_EQ(e.how, How::failed);
  EXPECT_EQ(e.message, "gave more than a result");
}

TEST(Pool, ChildrenStopWhenAsked) {
  Pool pool([](std::size_t, const Stop& stop) { return wait_for_stop(stop); }, kMost);
  for (std::size_t run = 0; run < 3; ++run) ASSERT_TRUE(pool.start(run).has_value());
  pool.ask_to_stop();  // perhaps before they have begun: it must not be lost
  const auto ended = all_of(pool);
  ASSERT_EQ(ended.size(), 3U);
  for (const auto& [run, e] : ended) EXPECT_EQ(e.how, How::stopped);
}

TEST(Pool, AResultThatWasReadyCountsAllTheSame) {
  Pool pool(
      [](std::size_t run, const Stop& stop) {
        wait_for_stop(stop);
        return bytes_of(run);
      },
      kMost);
  ASSERT_TRUE(pool.start(1).has_value());
  pool.ask_to_stop();
  EXPECT_EQ(all_of(pool).at(1).how, How::result);
}

TEST(Pool, ChildrenThatDoNotStopAreEnded) {
  Pool pool(
      [](std::size_t, const Stop&) -> Bytes {
        for (;;) ::pause();
      },
      kMost);
  ASSERT_TRUE(pool.start(1).has_value());
  pool.ask_to_stop();
  EXPECT_TRUE(pool.wait(milliseconds(50)).empty());
  pool.kill();
  EXPECT_EQ(all_of(pool).at(1).how, How::stopped);
}

TEST(Pool, AChildThatIsStoppedAloneHasFailed) {
  Pool pool([](std::size_t, const Stop& stop) { return wait_for_stop(stop); }, kMost);
  const auto process = pool.start(1);
  ASSERT_TRUE(process.has_value());
  ASSERT_EQ(::kill(*process, SIGTERM), 0);
  const Ended e = all_of(pool).at(1);
  EXPECT_EQ(e.how, How::failed);
  EXPECT_THAT(e.message, HasSubstr("sent to it alone"));
}

TEST(Pool, ASignalToTheWholeGroupIsForTheParent) {
  Pool pool(
      [](std::size_t run, const Stop&) {
        std::raise(SIGINT);
        std::raise(SIGUSR1);
        std::raise(SIGINT);
        return bytes_of(run);
      },
      kMost);
  ASSERT_TRUE(pool.start(1).has_value());
  EXPECT_EQ(all_of(pool).at(1).how, How::result);
}

TEST(Pool, NothingOfTheParentIsInherited) {
  const std::ofstream open_file("/dev/null");
  testing::internal::CaptureStdout();
  std::printf("once");  // waits in the buffer
  Pool pool(
      [](std::size_t, const Stop&) {
        std::vector<std::byte> files;
        for (int number = 0; number < 64; ++number) {
          if (::fcntl(number, F_GETFD) >= 0) files.push_back(static_cast<std::byte>(number));
        }
        return Bytes(files);
      },
      kMost);
  for (std::size_t run = 0; run < 3; ++run) ASSERT_TRUE(pool.start(run).has_value());
  for (const auto& [run, e] : all_of(pool)) {
    // Standard streams and the pipe for results.
    EXPECT_EQ(e.result,
              (std::vector<std::byte>{std::byte{0}, std::byte{1}, std::byte{2}, std::byte{3}}));
  }
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "once");
}

/// Whether a process still runs: one that has ended may wait for somebody to ask how.
bool is_running(pid_t process) {
  std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
  std::string number;
  std::string name;
  char state = 'X';
  stat >> number >> name >> state;
  return state != 'X' && state != 'Z';
}

TEST(Pool, ChildrenEndWithTheirParent) {
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  const pid_t parent = ::fork();
  if (parent == 0) {
    Pool pool(
        [](std::size_t, const Stop&) -> Bytes {
          for (;;) ::pause();
        },
        kMost);
    const pid_t child = pool.start(1).value_or(0);
    if (::write(pipe[1], &child, sizeof(child)) != sizeof(child)) ::_exit(1);
    for (;;) ::pause();
  }
  pid_t child = 0;
  ASSERT_EQ(::read(pipe[0], &child, sizeof(child)), static_cast<ssize_t>(sizeof(child)));
  ASSERT_GT(child, 0);
  ASSERT_EQ(::kill(parent, SIGKILL), 0);
  ASSERT_EQ(::waitpid(parent, nullptr, 0), parent);
  for (int tries = 0; is_running(child) && tries < 500; ++tries) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  EXPECT_FALSE(is_running(child));
  ::close(pipe[0]);
  ::close(pipe[1]);
}

TEST(Pool, ItsEndEndsWhatRuns) {
  pid_t child = 0;
  {
    Pool pool(
        [](std::size_t, const Stop&) -> Bytes {
          for (;;) ::pause();
        },
        kMost);
    child = pool.start(1).value_or(0);
    ASSERT_GT(child, 0);
    EXPECT_TRUE(is_running(child));
  }
  EXPECT_FALSE(is_running(child));
}

}  // namespace
}  // namespace terrace::sweep
