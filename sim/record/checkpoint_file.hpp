// A stopped run's state on disk: a line that says what it is, the digest of its scenario, the
// bytes, and a digest of all that. Read back whole or refused.
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace terrace::record {

/// The checkpoint is damaged, or of another scenario or version. Exit status 65.
struct BadCheckpoint : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline constexpr const char* kCheckpoint = "checkpoint.bin";

/// The file's contents around `state`: what comes before it and what comes after.
struct CheckpointFrame {
  std::string head;
  std::string tail;
};
CheckpointFrame frame_checkpoint(std::string_view scenario_yaml, std::span<const std::byte> state);

/// The state in a checkpoint file's contents. Throws BadCheckpoint; `name` is for messages.
std::span<const std::byte> state_in_checkpoint(std::span<const std::byte> contents,
                                               std::string_view scenario_yaml,
                                               const std::string& name);

}  // namespace terrace::record
