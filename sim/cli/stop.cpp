#include "cli/stop.hpp"

#include <csignal>

#include <unistd.h>

namespace terrace::cli {
namespace {

// A signal handler can reach nothing but what has a fixed address.
std::atomic<bool> stop_asked{false};
std::atomic<bool> signal_came{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may take no lock");

extern "C" void on_signal(int number) {
  if (signal_came.exchange(true)) ::_exit(128 + number);
  stop_asked = true;
}

void set_action(int number, void (*handler)(int)) {
  struct sigaction action{};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;  // a write to the results must not fail for it
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, nullptr);
}

}  // namespace

StopOnSignals::StopOnSignals() {
  stop_asked = false;
  signal_came = false;
  set_action(SIGINT, on_signal);
  set_action(SIGTERM, on_signal);
  set_action(SIGUSR1, on_signal);
  // A limit on the size of files is told by the write that meets it.
  set_action(SIGXFSZ, SIG_IGN);
  // A reader of our messages that goes away (`| head`) must not end the run halfway.
  set_action(SIGPIPE, SIG_IGN);
}

StopOnSignals::~StopOnSignals() {
  set_action(SIGINT, SIG_DFL);
  set_action(SIGTERM, SIG_DFL);
  set_action(SIGUSR1, SIG_DFL);
}

const std::atomic<bool>& StopOnSignals::asked() { return stop_asked; }

void StopOnSignals::ask() { stop_asked = true; }

}  // namespace terrace::cli
