// Runs gnuplot: no shell, no files, no waiting without end.
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include <fmt/core.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/sensitivity_figure.hpp"

namespace terrace::cli {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
/// Without a name; gone when closed. Unlike a pipe it never makes either side wait.
using NamelessFile = std::unique_ptr<std::FILE, CloseFile>;

bool fill(std::FILE* file, const std::string& text) {
  return std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0 &&
         ::lseek(::fileno(file), 0, SEEK_SET) == 0;
}

std::string contents(std::FILE* file) {
  std::string out;
  if (std::fseek(file, 0, SEEK_SET) != 0) return out;
  std::array<char, 4096> part{};
  for (std::size_t n = 0; (n = std::fread(part.data(), 1, part.size(), file)) > 0;)
    out.append(part.data(), n);
  return out;
}

std::string first_line(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \n\t");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find('\n', begin) - begin);
}

/// Starts it with these files; an error's number, or 0.
int start(pid_t& child, int input, int output, int errors) {
  std::array<std::string, 5> words{"gnuplot", "-d", "-e", "to_stdout=1", "-"};
  std::array<char*, 6> arguments{};
  for (std::size_t i = 0; i < words.size(); ++i) arguments.at(i) = words.at(i).data();
  posix_spawn_file_actions_t actions{};
  if (const int error = ::posix_spawn_file_actions_init(&actions); error != 0) return error;
  int error = ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  if (error == 0) error = ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  if (error == 0) error = ::posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
  if (error == 0)
    error = ::posix_spawnp(&child, "gnuplot", &actions, nullptr, arguments.data(), ::environ);
  ::posix_spawn_file_actions_destroy(&actions);
  return error;
}

/// Its status, or nothing where it had to be stopped.
std::optional<int> wait_for(pid_t child, double seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  int status = 0;
  while (true) {
    const pid_t done = ::waitpid(child, &status, WNOHANG);
    if (done == child) return status;
    if (done < 0 && errno != EINTR) return {};
    if (std::chrono::steady_clock::now() >= end) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ::kill(child, SIGKILL);
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return {};
}

}  // namespace

DrawnFigure draw_figure(const std::string& script, double seconds) {
  const std::string redraw = fmt::format("; `gnuplot {}` draws the figure", kFigureScript);
  const NamelessFile input(std::tmpfile());
  const NamelessFile output(std::tmpfile());
  const NamelessFile errors(std::tmpfile());
  if (!input || !output || !errors || !fill(input.get(), script)) {
    return {"", "no figure, temporary files cannot be written" + redraw};
  }
  pid_t child = 0;
  const int error =
      start(child, ::fileno(input.get()), ::fileno(output.get()), ::fileno(errors.get()));
  if (error != 0) {
    const std::string why = error == ENOENT ? "gnuplot is not installed"
                                            : fmt::format("gnuplot: {}", std::strerror(error));
    return {"", "no figure, " + why + redraw};
  }
  const std::optional<int> status = wait_for(child, seconds);
  if (!status) {
    return {"", fmt::format("no figure, gnuplot was stopped after {:.0f} s", seconds) + redraw};
  }
  DrawnFigure out{contents(output.get()), ""};
  const bool whole = out.svg.find("</svg>") != std::string::npos;
  if (*status != 0 || !whole) {
    const std::string said = first_line(contents(errors.get()));
    return {"", "no figure, gnuplot failed" + (said.empty() ? "" : ": " + said) + redraw};
  }
  return out;
}

}  // namespace terrace::cli
