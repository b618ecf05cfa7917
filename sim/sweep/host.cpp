#include "sweep/host.hpp"

#include <array>

#include <sys/resource.h>
#include <unistd.h>

#include <terrace/version.hpp>

namespace terrace::sweep {

std::string host_name() {
  constexpr std::size_t kMost = 64;  // a file's name has room for little more
  std::array<char, kMost + 1> buffer{};
  if (::gethostname(buffer.data(), kMost) != 0) return "unknown";
  std::string name(buffer.data());
  for (char& c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '-';
    if (!plain) c = '-';
  }
  return name.empty() ? "unknown" : name;
}

std::string process_name() { return host_name() + '-' + std::to_string(::getpid()); }

std::string program_name() { return std::string(kVersion) + ' ' + std::string(commit()); }

void raise_limit_of_open_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  // Where the system refuses, it goes on with what it has.
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace terrace::sweep
