// Rows of the fit report.
#pragma once

#include <array>
#include <cstdio>
#include <string>

namespace terrace {

template <class... Values>
std::string text(const char* format, Values... values) {
  std::array<char, 200> line{};
  std::snprintf(line.data(), line.size(), format, values...);
  return line.data();
}

inline std::string heading(const char* title) {
  return text("%-40s %11s %11s %11s\n", title, "target", "got", "difference");
}

inline std::string share_row(const std::string& what, double target, double got) {
  return text("  %-38s %11.4f %11.4f %+11.4f\n", what.c_str(), target, got, got - target);
}

inline std::string amount_row(const std::string& what, double target, double got) {
  const double relative = target > 0.0 ? 100.0 * (got / target - 1.0) : 0.0;
  return text("  %-38s %11.2f %11.2f %+10.1f%%\n", what.c_str(), target, got, relative);
}

}  // namespace terrace
