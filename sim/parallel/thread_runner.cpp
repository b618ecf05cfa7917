#include "parallel/thread_runner.hpp"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace terrace {

void ThreadRunner::run(std::size_t count,
                       const std::function<void(std::size_t, std::size_t)>& body) {
  std::atomic<std::size_t> next{0};
  // noexcept: an exception that left a job would leave the others half done.
  const auto work = [&](std::size_t worker) noexcept {
    // Jobs share nothing but what they read, so the counter needs no order; join() gives it.
    for (std::size_t job; (job = next.fetch_add(1, std::memory_order_relaxed)) < count;) {
      body(job, worker);
    }
  };
  std::vector<std::thread> helpers;
  const std::size_t wanted = std::min(threads_, count);
  helpers.reserve(wanted);
  try {
    for (std::size_t worker = 1; worker < wanted; ++worker) helpers.emplace_back(work, worker);
  } catch (const std::system_error&) {
    // The system gives no more threads. Those there are do all jobs; results do not depend on it.
  }
  work(0);
  for (std::thread& helper : helpers) helper.join();
}

}  // namespace terrace
