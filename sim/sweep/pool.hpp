// Runs in forked children: one that crashes, aborts or is killed for want of memory ends no other,
// and what it left on stderr says why. The parent must have no threads.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace terrace::sweep {

/// How a run ended.
struct Ended {
  enum class How : std::uint8_t { result, failed, stopped };
  How how = How::failed;
  std::size_t run = 0;
  std::vector<std::byte> result;
  std::string message;     ///< failed: why
  bool by_signal = false;  ///< failed: it was asked to stop, but not by this process
  double seconds = 0.0;
};

class Pool {
 public:
  /// What a child does: the bytes of the result, or nothing where it was asked to `stop`. What it
  /// throws is the failure's message.
  using Work = std::function<std::optional<std::vector<std::byte>>(std::size_t run,
                                                                   const std::atomic<bool>& stop)>;

  /// `most`: bytes that a result may have.
  Pool(Work work, std::size_t most);
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  /// Ends what is running.
  ~Pool();

  /// Forks a child for a run and gives its process; nothing where the system has none to give, or
  /// lets no more files be open (four for a moment, then two for each child).
  std::optional<pid_t> start(std::size_t run);
  std::size_t running() const { return children_.size(); }

  /// Waits until something happens or the time is over; a signal ends it early. Gives the runs that
  /// ended, perhaps none.
  std::vector<Ended> wait(std::chrono::milliseconds time);

  /// Asks all children to stop. From now on a run without a result is `stopped`.
  void ask_to_stop();
  /// The same for good: wait() gives them at once.
  void kill();

 private:
  struct Child;

  void signal_all(int number);
  Ended ended(Child& child) const;

  Work work_;
  std::size_t most_;
  bool stopping_ = false;
  std::vector<std::unique_ptr<Child>> children_;
};

}  // namespace terrace::sweep
