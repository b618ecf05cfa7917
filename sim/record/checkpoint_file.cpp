#include "record/checkpoint_file.hpp"

#include <terrace/digest.hpp>
#include <terrace/version.hpp>

namespace terrace::record {

namespace {

constexpr std::string_view kMagic = "terrace checkpoint 1\n";
constexpr std::size_t kHex = 32;

std::string head_for(std::string_view scenario_yaml) {
  Digest digest;
  digest.add(scenario_yaml);
  return std::string(kMagic) + std::string(kVersion) + '\n' + digest.hex() + '\n';
}

std::string tail_for(std::string_view head, std::span<const std::byte> state) {
  Digest digest;
  digest.add(std::as_bytes(std::span(head)));
  digest.add(state);
  return digest.hex();
}

}  // namespace

CheckpointFrame frame_checkpoint(std::string_view scenario_yaml, std::span<const std::byte> state) {
  const std::string head = head_for(scenario_yaml);
  return {head, tail_for(head, state)};
}

std::span<const std::byte> state_in_checkpoint(std::span<const std::byte> contents,
                                               std::string_view scenario_yaml,
                                               const std::string& name) {
  const std::string head = head_for(scenario_yaml);
  if (contents.size() < head.size() + kHex) throw BadCheckpoint(name + " is damaged: too short");
  const auto text = [&](std::size_t from, std::size_t count) {
    return std::string_view(reinterpret_cast<const char*>(contents.data()) + from, count);
  };
  const auto state = contents.subspan(head.size(), contents.size() - head.size() - kHex);
  if (text(0, kMagic.size()) != kMagic) throw BadCheckpoint(name + " is not a checkpoint");
  if (text(0, head.size()) != head) {
    throw BadCheckpoint(name + " was written for another scenario or by another version");
  }
  if (text(contents.size() - kHex, kHex) != tail_for(head, state)) {
    throw BadCheckpoint(name + " is damaged: its checksum does not fit");
  }
  return state;
}

}  // namespace terrace::record
