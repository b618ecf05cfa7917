// Inputs of a fuzz target as frames whose checksums are right.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "record/frames.hpp"

namespace terrace::fuzz {

/// Gathers what is written to it.
struct Text {
  std::string bytes;
  void write(std::string_view text) { bytes += text; }
  void write(std::span<const std::byte> more) {
    bytes.append(reinterpret_cast<const char*>(more.data()), more.size());
  }
};

/// A line, then frames of what the input holds: kind, length (two bytes), bytes.
inline std::string framed(std::string_view line, std::string_view input) {
  Text out{std::string(line)};
  record::FrameChain chain(line);
  constexpr std::size_t kHead = 3;
  while (input.size() >= kHead) {
    const auto length = static_cast<std::size_t>(static_cast<std::uint8_t>(input[1])) |
                        static_cast<std::size_t>(static_cast<std::uint8_t>(input[2])) << 8U;
    const std::string_view content = input.substr(kHead, length);
    record::write_frame(out, chain, input[0], content);
    input.remove_prefix(kHead + content.size());
  }
  return out.bytes;
}

}  // namespace terrace::fuzz
