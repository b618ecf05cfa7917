// Columns that line up in every language.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

namespace terrace::cli {

/// In characters, not bytes.
inline std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

/// Filled up with blanks; one at least stands before or behind the text.
inline std::string to_right(const std::string& text, std::size_t width) {
  const std::size_t taken = width_of(text);
  return std::string(width > taken ? width - taken : 1, ' ') + text;
}
inline std::string to_left(const std::string& text, std::size_t width) {
  const std::size_t taken = width_of(text);
  return text + std::string(width > taken ? width - taken : 1, ' ');
}

}  // namespace terrace::cli
