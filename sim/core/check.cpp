#include <cstdio>
#include <cstdlib>

#include <terrace/check.hpp>

namespace terrace {

void bug(const char* what, const char* file, int line) {
  std::fprintf(stderr, "terrace: bug: %s (%s:%d); please report it\n", what, file, line);
  std::_Exit(70);
}

}  // namespace terrace
