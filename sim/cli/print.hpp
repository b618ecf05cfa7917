// The two ways out of the program. (fmt::print throws where the reader has gone, as a bug would.)
#pragma once

#include <cstdio>
#include <string_view>

#include "record/errors.hpp"

namespace terrace::cli {

/// Data, to stdout. What cannot be written there is an error.
inline void put(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) {
    throw record::IoError("cannot write to standard output");
  }
}

/// Messages, to stderr: nobody reading them is no reason to stop.
inline void say(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

}  // namespace terrace::cli
