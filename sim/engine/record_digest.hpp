// The digest of results: of every call to the recorder, of each group over its calls, of all
// groups. Calls of different replicates may come in any order and from several threads.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <terrace/recorder.hpp>

#include "engine/state.hpp"

namespace terrace::engine {

/// Passes calls on and digests them.
class DigestRecorder final : public Recorder {
 public:
  explicit DigestRecorder(Recorder& next) : next_(next) {}
  void begin(const RunInfo& info) override;
  void record(std::uint32_t replicate, Month first, std::size_t months, std::size_t group,
              std::span<const double> values) override;
  void record_panel(std::uint32_t replicate, Month first,
                    std::span<const PanelHousehold> households,
                    std::span<const float> values) override;
  void record_events(std::uint32_t replicate, Month first, std::span<const Event> events) override;
  void end_year(std::uint32_t replicate, int year) override { next_.end_year(replicate, year); }
  void end() override { next_.end(); }

  std::string digest() const;
  /// By name of group: those of regions, then `panel` and `events` where there is a panel.
  std::vector<std::pair<std::string, std::string>> group_digests() const;

  /// Digests of the calls of a replicate, by its number, before a year: what a run that goes on
  /// from there needs.
  void put(StateWriter& out, std::uint32_t replicate, int year) const;
  bool get(StateReader& in, std::uint32_t replicate, int year);

 private:
  std::string& slot(std::uint32_t replicate, int year, std::size_t group);
  const std::string& slot(std::uint32_t replicate, int year, std::size_t group) const;
  std::size_t years() const;

  Recorder& next_;
  RunInfo info_;
  std::vector<std::string> names_;   ///< of the groups
  std::vector<std::string> header_;  ///< by group, digest of what it consists of
  std::vector<std::string>
      calls_;  ///< by place of the replicate, year and group; empty: not recorded yet
};

}  // namespace terrace::engine
