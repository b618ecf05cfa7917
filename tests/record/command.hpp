// Runs another program and listens to what it says.
#pragma once

#include <cstdio>
#include <string>

namespace terrace::record {

struct Result {
  int status = 0;
  std::string output;  ///< of both streams
};

inline Result command(const std::string& line) {
  Result result;
  FILE* pipe = ::popen((line + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return {-1, "cannot start"};
  for (int c; (c = std::fgetc(pipe)) != EOF;) result.output += static_cast<char>(c);
  result.status = ::pclose(pipe);
  return result;
}

}  // namespace terrace::record
