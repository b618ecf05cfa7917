#include "sweep/pool.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "record/errors.hpp"
#include "record/file_io.hpp"
#include "sweep/pool_child.hpp"

namespace terrace::sweep {
namespace {

using Clock = std::chrono::steady_clock;

/// Of what a child leaves on stderr the last bytes are kept.
constexpr std::size_t kMostErrors = 2000;
constexpr std::size_t kMostMessage = 4000;

/// While it lives no signal reaches this process: a child must not act on one before it has its own
/// handlers.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { sigprocmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

std::string signal_words(int number) {
  const char* name = ::sigabbrev_np(number);
  std::string out = "killed by signal " + std::to_string(number);
  if (name != nullptr) out += std::string(" (SIG") + name + ')';
  if (number == SIGKILL) out += ", perhaps because the machine ran out of memory";
  return out;
}

/// How a process ended that said nothing itself.
std::string end_words(int status) {
  if (WIFSIGNALED(status)) return signal_words(WTERMSIG(status));
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return code == 0 ? "ended without a result" : "ended with status " + std::to_string(code);
}

std::string_view without_line_ends(std::string_view text) {
  const std::size_t first = text.find_first_not_of("\r\n ");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of("\r\n ") - first + 1);
}

int wait_for(pid_t process) {
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

/// Reads what is there, once. False at the end of the pipe.
template <class Take>
bool read_some(record::FileDescriptor& pipe, Take take) {
  std::array<std::byte, std::size_t{1} << 16U> buffer;
  const ssize_t got = ::read(pipe.get(), buffer.data(), buffer.size());
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return true;
  if (got <= 0) {
    pipe.close();
    return false;
  }
  take(std::span(buffer).first(static_cast<std::size_t>(got)));
  return true;
}

}  // namespace

struct Pool::Child {
  pid_t process = 0;
  std::size_t run = 0;
  record::FileDescriptor results;
  record::FileDescriptor errors;
  std::vector<std::byte> result;
  std::string error_text;
  bool too_long = false;
  Clock::time_point started = Clock::now();

  bool over() const { return results.get() < 0 && errors.get() < 0; }

  void read_result(std::size_t most) {
    read_some(results, [&](std::span<const std::byte> bytes) {
      too_long = too_long || result.size() + bytes.size() > most;
      if (!too_long) result.insert(result.end(), bytes.begin(), bytes.end());
    });
  }

  void read_errors() {
    read_some(errors, [&](std::span<const std::byte> bytes) {
      error_text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
      if (error_text.size() > kMostErrors) error_text.erase(0, error_text.size() - kMostErrors);
    });
  }
};

Pool::Pool(Work work, std::size_t most) : work_(std::move(work)), most_(most + kAroundLastWord) {}

Pool::~Pool() {
  signal_all(SIGKILL);
  for (const auto& child : children_) wait_for(child->process);
}

std::optional<pid_t> Pool::start(std::size_t run) {
  std::optional<Pipe> results = make_pipe();
  std::optional<Pipe> errors = make_pipe();
  if (!results || !errors) return std::nullopt;
  // What is still in a buffer would be written by both.
  std::fflush(stdout);
  std::fflush(stderr);
  const pid_t parent = ::getpid();
  auto child = std::make_unique<Child>();
  {
    const SignalsBlocked blocked;
    child->process = ::fork();
    if (child->process == 0) be_child(work_, run, parent, *results, *errors);
  }
  if (child->process < 0) {
    if (errno == EAGAIN || errno == ENOMEM) return std::nullopt;
    record::throw_io_error("start", "a process", errno);
  }
  child->run = run;
  child->results = std::move(results->read);
  child->errors = std::move(errors->read);
  children_.push_back(std::move(child));
  return children_.back()->process;
}

std::vector<Ended> Pool::wait(std::chrono::milliseconds time) {
  std::vector<pollfd> pipes;
  for (const auto& child : children_) {  // a number below zero is passed over
    pipes.push_back({child->results.get(), POLLIN, 0});
    pipes.push_back({child->errors.get(), POLLIN, 0});
  }
  const int ready = ::poll(pipes.data(), pipes.size(), static_cast<int>(time.count()));
  std::vector<Ended> out;
  if (ready <= 0) return out;
  for (std::size_t i = 0; i < children_.size(); ++i) {
    Child& child = *children_[i];
    if (pipes[2 * i].revents != 0) child.read_result(most_);
    if (pipes[2 * i + 1].revents != 0) child.read_errors();
    if (child.too_long) ::kill(child.process, SIGKILL);
    if (child.over()) out.push_back(ended(child));
  }
  std::erase_if(children_, [](const auto& child) { return child->over(); });
  return out;
}

Ended Pool::ended(Child& child) const {
  Ended out;
  out.run = child.run;
  const int status = wait_for(child.process);
  out.seconds = std::chrono::duration<double>(Clock::now() - child.started).count();
  const bool well = WIFEXITED(status) && WEXITSTATUS(status) == 0 && !child.too_long;
  std::optional<LastWord> word = well ? read_last_word(child.result) : std::nullopt;
  if (word && word->kind == LastWord::Kind::result) {
    out.how = Ended::How::result;
    out.result = std::move(word->bytes);
    return out;
  }
  if (stopping_) {
    out.how = Ended::How::stopped;
    return out;
  }
  if (child.too_long) {
    out.message = "gave more than a result";
  } else if (word && word->kind == LastWord::Kind::stopped) {
    out.message = "stopped by a signal that was sent to it alone";
    out.by_signal = true;
  } else if (word) {
    out.message.assign(reinterpret_cast<const char*>(word->bytes.data()), word->bytes.size());
  } else {
    out.message = end_words(status);
  }
  const std::string_view errors = without_line_ends(child.error_text);
  if (!errors.empty()) out.message += ": " + std::string(errors);
  out.message.resize(std::min(out.message.size(), kMostMessage));
  return out;
}

void Pool::signal_all(int number) {
  for (const auto& child : children_) ::kill(child->process, number);
}

void Pool::ask_to_stop() {
  stopping_ = true;
  signal_all(SIGTERM);
}

void Pool::kill() {
  stopping_ = true;
  signal_all(SIGKILL);
}

}  // namespace terrace::sweep
