#include "sweep/pool_child.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "record/frames.hpp"

namespace terrace::sweep {
namespace {

constexpr std::string_view kLine = "terrace run\n";
constexpr int kResults = 3;  ///< number of the pipe for results in a child

// A signal handler can reach nothing but what has a fixed address. Each child has its own.
std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may take no lock");

extern "C" void on_stop(int) { stop_asked = true; }

void set_action(int number, void (*handler)(int)) {
  struct sigaction action{};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, nullptr);
}

/// Ctrl-C and a scheduler's warning reach the whole group of processes: the parent answers them,
/// and says with SIGTERM what its children are to do.
void set_signals() {
  stop_asked = false;
  set_action(SIGINT, SIG_IGN);
  set_action(SIGUSR1, SIG_IGN);
  set_action(SIGPIPE, SIG_IGN);
  set_action(SIGTERM, on_stop);
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_UNBLOCK, &all, nullptr);
}

/// Leaves the child its own pipes and nothing else of the parent's: another's journal would stay
/// locked for as long as it lives.
void keep_own_files(const Pipe& results, const Pipe& errors) {
  ::dup2(errors.write.get(), STDOUT_FILENO);
  ::dup2(errors.write.get(), STDERR_FILENO);
  if (results.write.get() != kResults) ::dup2(results.write.get(), kResults);
  ::close_range(kResults + 1, ~0U, 0);
}

/// Nobody is left to hear of a write that fails.
struct ResultPipe {
  static void write(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(kResults, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) ::_exit(1);
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
  }
  static void write(std::string_view text) { write(std::as_bytes(std::span(text))); }
};

void say_last_word(LastWord::Kind kind, std::span<const std::byte> bytes) {
  ResultPipe pipe;
  record::FrameChain chain(kLine);
  record::write_frame(pipe, chain, static_cast<char>(kind), bytes);
}

void say_failed(std::string_view message) {
  say_last_word(LastWord::Kind::failed, std::as_bytes(std::span(message)));
}

}  // namespace

const std::size_t kAroundLastWord = record::kFrameHead + record::kFrameTail;

std::optional<Pipe> make_pipe() {
  const auto no_pipe = []() -> std::optional<Pipe> {
    if (errno == EMFILE || errno == ENFILE) return std::nullopt;
    record::throw_io_error("make", "a pipe", errno);
  };
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return no_pipe();
  Pipe pipe{record::FileDescriptor(ends[0]), record::FileDescriptor(ends[1])};
  for (record::FileDescriptor* end : {&pipe.read, &pipe.write}) {
    if (end->get() > STDERR_FILENO) continue;
    record::FileDescriptor moved(::fcntl(end->get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    if (moved.get() < 0) return no_pipe();
    *end = std::move(moved);
  }
  return pipe;
}

std::optional<LastWord> read_last_word(std::span<const std::byte> bytes) {
  if (bytes.size() < kAroundLastWord) return std::nullopt;
  const auto head = bytes.first(record::kFrameHead);
  std::uint64_t length = 0;
  std::memcpy(&length, head.data(), sizeof(length));
  if (length != bytes.size() - kAroundLastWord) return std::nullopt;
  const auto content = bytes.subspan(record::kFrameHead, static_cast<std::size_t>(length));
  const auto tail = bytes.last(record::kFrameTail);
  record::FrameChain chain(kLine);
  const std::string& checksum = chain.next(head, content);
  if (std::memcmp(checksum.data(), tail.data(), tail.size()) != 0) return std::nullopt;
  return LastWord{static_cast<LastWord::Kind>(head.back()), {content.begin(), content.end()}};
}

void be_child(const Pool::Work& work, std::size_t run, pid_t parent, const Pipe& results,
              const Pipe& errors) {
  // A child must not go on without the one that would take its result.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  keep_own_files(results, errors);
  set_signals();
  try {
    const auto result = work(run, stop_asked);
    if (result) {
      say_last_word(LastWord::Kind::result, *result);
    } else {
      say_last_word(LastWord::Kind::stopped, {});
    }
  } catch (const std::bad_alloc&) {
    say_failed("out of memory");
  } catch (const std::exception& error) {
    say_failed(error.what());
  }
  std::fflush(nullptr);
  ::_exit(0);  // the parent's destructors and buffers are not this process's to run
}

}  // namespace terrace::sweep
