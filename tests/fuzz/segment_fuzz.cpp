// Any bytes as a segment and as a journal of a sweep, raw or, where the first byte is odd, as the
// contents of frames whose checksums are right: refused with the reason or read, never a crash.
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "record/frames.hpp"
#include "sweep/journal.hpp"
#include "sweep/segments.hpp"
#include "tests/fuzz/framed.hpp"
#include "tests/fuzz/scratch_files.hpp"

namespace {

using namespace terrace;

/// Three results of two numbers each, so that inputs made of it have something to lose.
std::string whole_segment(const std::filesystem::path& folder, const std::string& plan) {
  std::vector<sweep::RunResult> results;
  for (std::uint64_t run = 0; run < 3; ++run) {
    results.push_back({run, std::string(32, '0'), {0.5, 1.5}});
  }
  sweep::write_segment(folder, plan, 2, results);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".seg") return entry.path().string();
  }
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::ScratchFiles files;
  static const std::string plan(32, 'a');
  static const std::string whole = record::read_file(whole_segment(files.folder(), plan));
  if (size == 0) return 0;
  const std::string_view input = fuzz::text_of(data + 1, size - 1);
  const bool frames = (data[0] & 1) != 0;
  files.write("0-raw.seg",
              frames ? fuzz::framed("terrace sweep results 1\n", input) : std::string(input));
  // The whole one with a byte changed: never read as whole.
  std::string changed = whole;
  const std::size_t at = (data[0] + 256U * data[size - 1]) % changed.size();
  changed[at] = static_cast<char>(changed[at] ^ (size == 1 ? 1 : data[size / 2] | 1));
  files.write("1-changed.seg", changed);
  std::size_t results = 0;
  const auto bad = sweep::read_segments(files.folder(), plan, 2, [&](sweep::RunResult&& result) {
    fuzz::expect(result.values.size() == 2 && result.digest.size() == 32);
    ++results;
  });
  fuzz::expect(!bad.empty() && bad.back().file.filename() == "1-changed.seg");
  fuzz::expect(results >= 3);  // those of the file that is whole
  files.write("0.jsonl", input);
  for (const sweep::JournalFile& journal : sweep::read_journals(files.folder())) {
    fuzz::expect(journal.entries.size() <= size);
  }
  return 0;
}
