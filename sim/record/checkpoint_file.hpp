// A replicate's state on disk: a line that says what it is, who wrote it, the scenario, the parts
// of the state, an end. Written part by part, read back part by part or refused with the reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <terrace/simulation.hpp>

#include "record/frames.hpp"

namespace terrace::record {

/// What writer and reader must agree on.
struct CheckpointKind {
  std::string version;  ///< of the program
  std::string layout;   ///< engine::state_layout()
};

/// Where a run branched off from another; empty digest: it did not.
struct BranchedFrom {
  std::string scenario_digest;  ///< of the resolved scenario that the checkpoint was written for
  int year = 0;                 ///< whose January was the first of its own
};

struct CheckpointHead {
  CheckpointKind kind;
  std::string records;  ///< records_digest() of the run
  std::string segment;  ///< checksum of the records before the state, SegmentEnd::chain.last()
  Standing standing;
  BranchedFrom branched;
  std::string scenario;  ///< resolved, as text
};

/// Writes the parts that `write` hands over. Throws IoError.
void write_checkpoint(StagedFile& file, const CheckpointHead& head,
                      const std::function<void(const PutPart&)>& write);

class CheckpointReader {
 public:
  /// Reads what stands before the parts. Throws BadCheckpoint where the file is no checkpoint, one
  /// of another format, version or layout, or damaged there; IoError where it cannot be read.
  CheckpointReader(const std::filesystem::path& path, const CheckpointKind& expected);

  const CheckpointHead& head() const { return head_; }
  /// The next part; false when there is none left. Throws BadCheckpoint where it is damaged.
  bool next(std::vector<std::byte>& part);

 private:
  [[noreturn]] void refuse(const std::string& why) const;
  std::string frame_text(char kind, const char* what);
  void read_head(const CheckpointKind& expected);

  std::filesystem::path path_;
  FrameReader frames_;
  CheckpointHead head_;
  std::size_t parts_ = 0;
  bool ended_ = false;
};

/// Reads all parts of a checkpoint and gives its head. Throws BadCheckpoint or IoError.
CheckpointHead verify_checkpoint(const std::filesystem::path& path, const CheckpointKind& expected);

/// Writes a checkpoint anew for a run that goes on from it. Throws BadCheckpoint or IoError.
void copy_checkpoint(const std::filesystem::path& from, const CheckpointHead& head, StagedFile& to);

}  // namespace terrace::record
