// Any bytes as a checkpoint and as a file of records, raw or, where the first byte is odd, as the
// contents of frames whose checksums are right: refused with the reason, never a crash.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "record/checkpoint_file.hpp"
#include "record/errors.hpp"
#include "record/segments.hpp"
#include "tests/fuzz/framed.hpp"
#include "tests/fuzz/scratch_files.hpp"

namespace {

using namespace terrace;

template <class Read>
void refused_or_read(Read read) {
  try {
    read();
  } catch (const record::BadCheckpoint&) {
    return;
  } catch (const record::IoError&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::ScratchFiles files;
  if (size == 0) return 0;
  const bool frames = (data[0] & 1) != 0;
  const std::string_view input = fuzz::text_of(data + 1, size - 1);
  const auto checkpoint = files.write(
      "0.bin", frames ? fuzz::framed("terrace checkpoint 2\n", input) : std::string(input));
  refused_or_read([&] {
    record::CheckpointReader reader(checkpoint, {"1", "layout"});
    std::vector<std::byte> part;
    std::size_t bytes = 0;
    while (reader.next(part)) bytes += part.size();
    fuzz::expect(bytes <= size);
  });
  const auto records = files.write(
      "0.seg", frames ? fuzz::framed("terrace segments 1\n", input) : std::string(input));
  refused_or_read([&] {
    RunInfo info;
    info.start = month_of(2011, 1);
    info.end = month_of(2014, 12);
    info.replicates = 1;
    record::verify_segment(records, info, 0, 2013);
  });
  return 0;
}
