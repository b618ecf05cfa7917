// A recorder that keeps nothing.
#pragma once

#include <terrace/recorder.hpp>

namespace terrace::engine {

class Nowhere final : public Recorder {
 public:
  void begin(const RunInfo&) override {}
  void record(std::uint32_t, Month, std::size_t, std::size_t, std::span<const double>) override {}
  void end() override {}
};

}  // namespace terrace::engine
