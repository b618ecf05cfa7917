// How this library was built. The one file that is compiled again when only the commit changes.
#include <terrace/version.hpp>

#include "commit.hpp"

namespace terrace {

std::string_view commit() noexcept { return TERRACE_COMMIT; }

std::string_view compiler() noexcept {
#if defined(__clang__)
  return __VERSION__;  // names clang itself
#else
  return "g++ " __VERSION__;
#endif
}

std::string_view compile_flags() noexcept { return TERRACE_BUILD_FLAGS; }

}  // namespace terrace
