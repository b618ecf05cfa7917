// The records of a run while it goes on: a file for each replicate, to which each year's calls to
// the recorder are appended when the year is over. The results are made from these files at the
// end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <terrace/recorder.hpp>

#include "engine/state.hpp"
#include "record/frames.hpp"

namespace terrace::record {

/// Of all that a run records and from when on: regions, indicators, columns of the panel, modules,
/// first month and programme. Not of how long it goes on, nor how often.
std::string records_digest(const RunInfo& info);

/// Name of the file of the replicate with this number.
std::string segment_name(std::uint32_t number);

/// How far a segment file is good.
struct SegmentEnd {
  std::uint64_t bytes = 0;  ///< of the years asked for
  FrameChain chain{""};     ///< there
};

/// Checks the years before `until` of a replicate's file. Throws BadCheckpoint, which names the
/// file and the year, where one is missing or damaged or the file is of another run; IoError where
/// it cannot be read.
SegmentEnd verify_segment(const std::filesystem::path& path, const RunInfo& info,
                          std::uint32_t number, int until);

/// Throws BadCheckpoint where the records are not those whose checksum a state knows: each file may
/// be whole and yet come from another run.
void expect_records(const std::filesystem::path& path, const SegmentEnd& end,
                    const std::string& segment);

/// Hands the records of the years before `until` to `to`, as those of the replicate at `place` of
/// the run. `between` is called between years and may throw. Throws as verify_segment(); what was
/// handed on before stays handed on.
SegmentEnd replay_segment(const std::filesystem::path& path, const RunInfo& info,
                          std::uint32_t place, int until, Recorder& to,
                          const std::function<void()>& between = {});

/// Copies the first `bytes` of a file. Throws IoError.
void copy_bytes(const std::filesystem::path& from, std::uint64_t bytes, StagedFile& to);

/// Writes the files. Replicates are counted by their place in the run. Calls of one replicate come
/// one after the other, those of different replicates at any time. No call throws: of what goes
/// wrong the first is kept, and `failed` called.
class SegmentRecorder final : public Recorder {
 public:
  SegmentRecorder(std::filesystem::path folder, const RunInfo& info, std::function<void()> failed);

  /// Goes on with a replicate's file before the records of year `from`: what follows is cut off.
  /// The file is made anew where there is nothing before that year. Throws as verify_segment(), and
  /// where the records are not those whose checksum `segment` is.
  void open(std::uint32_t replicate, int from, const std::string& segment);

  void begin(const RunInfo&) override {}
  void record(std::uint32_t replicate, Month first, std::size_t months, std::size_t group,
              std::span<const double> values) override;
  void record_panel(std::uint32_t replicate, Month first,
                    std::span<const PanelHousehold> households,
                    std::span<const float> values) override;
  void record_events(std::uint32_t replicate, Month first, std::span<const Event> events) override;
  void end_year(std::uint32_t replicate, int year) override;
  void end() override {}

  /// All years so far are on disk after this. Throws IoError.
  void sync(std::uint32_t replicate);
  /// A replicate is over: a system has fewer open files to give than a run may have replicates.
  void close(std::uint32_t replicate) { replicates_.at(replicate).file.reset(); }
  std::uint64_t bytes(std::uint32_t replicate) const { return replicates_.at(replicate).bytes; }
  /// Checksum of the years so far.
  const std::string& checksum(std::uint32_t replicate) const {
    return replicates_.at(replicate).chain.last();
  }
  std::filesystem::path path(std::uint32_t replicate) const;

  bool failed() const;
  /// Throws the first thing that went wrong, if any.
  void rethrow() const;
  /// Keeps the exception that is being handled as the first thing that went wrong.
  void keep_error();

  /// Hands all that was recorded to another recorder, replicate by replicate. Throws IoError where
  /// a file has been damaged since. `between` is called between years and may throw.
  void replay(Recorder& to, const std::function<void()>& between = {}) const;

 private:
  struct Replicate {
    std::unique_ptr<AppendedFile> file;  ///< open while the replicate goes on
    std::uint64_t bytes = 0;             ///< of the whole years in it
    FrameChain chain{""};
    engine::Bytes year;  ///< calls of the year at hand
  };

  std::uint32_t number_of(std::uint32_t replicate) const {
    return info_.first_replicate + replicate;
  }
  AppendedFile& file_of(std::uint32_t replicate);

  std::filesystem::path folder_;
  RunInfo info_;
  std::function<void()> failed_;
  std::vector<Replicate> replicates_;
  mutable std::mutex mutex_;
  std::exception_ptr error_;
};

}  // namespace terrace::record
