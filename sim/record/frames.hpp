// Files of frames: a line that says what the file is, then pieces of bytes with their length, each
// with a checksum that covers it and all before it. So a piece that was changed, moved or taken
// from another file is found, and a reader knows how far a file that was cut off is whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "record/file_io.hpp"

namespace terrace::record {

/// A checkpoint, or the records beside it, is damaged, or of another scenario or version. Exit
/// status 65.
struct BadCheckpoint : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The checksums of a file's frames, one after the other.
class FrameChain {
 public:
  /// `line`: the file's first one, with its end.
  explicit FrameChain(std::string_view line) : last_(line) {}
  /// The checksum of the next frame, as it stands behind it: 32 hexadecimal digits.
  const std::string& next(std::span<const std::byte> head, std::span<const std::byte> bytes);
  /// The checksum of the frame before: of the whole file so far.
  const std::string& last() const { return last_; }

 private:
  std::string last_;
};

inline constexpr std::size_t kFrameHead = 9;   ///< bytes before the content: length, kind
inline constexpr std::size_t kFrameTail = 32;  ///< and behind it: the checksum

/// What stands before a frame's content.
std::vector<std::byte> frame_head(char kind, std::size_t bytes);

/// Writes one frame to a StagedFile or an AppendedFile.
template <class File>
void write_frame(File& file, FrameChain& chain, char kind, std::span<const std::byte> bytes) {
  const std::vector<std::byte> head = frame_head(kind, bytes.size());
  file.write(head);
  file.write(bytes);
  file.write(chain.next(head, bytes));
}
template <class File>
void write_frame(File& file, FrameChain& chain, char kind, std::string_view text) {
  write_frame(file, chain, kind, std::as_bytes(std::span(text)));
}

struct Frame {
  char kind = 0;
  std::vector<std::byte> bytes;
  std::string text() const;
};

/// Reads a file of frames from front to back.
class FrameReader {
 public:
  enum class Got : std::uint8_t {
    frame,
    end,      ///< behind the last frame, at the end of the file
    cut_off,  ///< the file ends within a frame
    damaged   ///< the checksum does not fit, or it is longer than it may be
  };
  /// Reads the first line. Throws IoError where the file cannot be read, and so does next().
  explicit FrameReader(const std::filesystem::path& path);

  /// With its end; empty if the file does not begin with a line of text.
  const std::string& line() const { return line_; }
  /// `most`: bytes that a frame here may have, where that is known.
  Got next(Frame& frame, std::uint64_t most = std::numeric_limits<std::uint64_t>::max());
  /// Bytes of the line and of the frames that next() has given.
  std::uint64_t position() const { return position_; }
  const FrameChain& chain() const { return chain_; }

 private:
  ReadFile file_;
  std::string line_;
  FrameChain chain_;
  std::uint64_t position_ = 0;
};

}  // namespace terrace::record
