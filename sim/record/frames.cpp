#include "record/frames.hpp"

#include <bit>
#include <cstring>

#include <terrace/digest.hpp>

namespace terrace::record {
namespace {

static_assert(std::endian::native == std::endian::little, "lengths are written as they lie");

/// The line of another kind of file may be as long as that file.
constexpr std::size_t kLongestLine = 64;

std::string first_line(ReadFile& file) {
  std::string line;
  char c = 0;
  while (line.size() < kLongestLine && file.read(std::as_writable_bytes(std::span(&c, 1))) == 1) {
    line += c;
    if (c == '\n') return line;
  }
  return {};
}

}  // namespace

const std::string& FrameChain::next(std::span<const std::byte> head,
                                    std::span<const std::byte> bytes) {
  Digest digest;
  digest.add(std::string_view(last_));
  digest.add(head);
  digest.add(bytes);
  last_ = digest.hex();
  return last_;
}

std::vector<std::byte> frame_head(char kind, std::size_t bytes) {
  std::vector<std::byte> head(kFrameHead);
  const auto length = static_cast<std::uint64_t>(bytes);
  std::memcpy(head.data(), &length, sizeof(length));
  head.back() = static_cast<std::byte>(kind);
  return head;
}

std::string Frame::text() const {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

FrameReader::FrameReader(const std::filesystem::path& path)
    : file_(path), line_(first_line(file_)), chain_(line_), position_(line_.size()) {}

FrameReader::Got FrameReader::next(Frame& frame, std::uint64_t most) {
  if (file_.left() == 0) return Got::end;
  std::vector<std::byte> head(kFrameHead);
  if (file_.read(head) != kFrameHead) return Got::cut_off;
  std::uint64_t length = 0;
  std::memcpy(&length, head.data(), sizeof(length));
  // A length is not trusted with memory before the bytes are there.
  if (file_.left() < kFrameTail || length > file_.left() - kFrameTail) return Got::cut_off;
  if (length > most) return Got::damaged;
  frame.kind = static_cast<char>(head.back());
  frame.bytes.resize(static_cast<std::size_t>(length));
  std::string checksum(kFrameTail, '\0');
  if (file_.read(frame.bytes) != length ||
      file_.read(std::as_writable_bytes(std::span(checksum))) != kFrameTail) {
    return Got::cut_off;
  }
  if (chain_.next(head, frame.bytes) != checksum) return Got::damaged;
  position_ += kFrameHead + length + kFrameTail;
  return Got::frame;
}

}  // namespace terrace::record
