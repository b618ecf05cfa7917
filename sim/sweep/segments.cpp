#include "sweep/segments.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include <unistd.h>

#include <terrace/check.hpp>

#include "record/errors.hpp"
#include "record/file_io.hpp"
#include "record/frames.hpp"
#include "sweep/host.hpp"

namespace terrace::sweep {
namespace fs = std::filesystem;
namespace {

using record::Frame;
using record::FrameReader;

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie");

constexpr std::string_view kLine = "terrace sweep results 1\n";
constexpr std::string_view kEnding = ".seg";
constexpr char kHeadFrame = 'h';
constexpr char kResultFrame = 'r';
constexpr std::size_t kDigestSize = 32;
constexpr std::size_t kMostHead = 400;  ///< bytes of any head

/// Gathers what is written to it.
struct Image {
  std::string bytes;
  void write(std::string_view text) { bytes += text; }
  void write(std::span<const std::byte> more) {
    bytes.append(reinterpret_cast<const char*>(more.data()), more.size());
  }
};

/// What the head of a file says.
struct Head {
  std::string program;
  std::size_t results = 0;
};

std::string head_text(const std::string& plan, std::size_t values, const Head& head) {
  return "plan " + plan + "\nprogram " + head.program + "\nvalues " + std::to_string(values) +
         "\nresults " + std::to_string(head.results) + '\n';
}

std::size_t result_bytes(std::size_t values) {
  return sizeof(std::uint64_t) + kDigestSize + values * sizeof(double);
}

std::string result_image(const RunResult& result) {
  Image out;
  out.write(std::as_bytes(std::span(&result.run, 1)));
  out.write(result.digest);
  out.write(std::as_bytes(std::span(result.values)));
  return out.bytes;
}

RunResult read_result(const std::vector<std::byte>& bytes, std::size_t values) {
  RunResult result;
  std::memcpy(&result.run, bytes.data(), sizeof(result.run));
  const std::byte* digest = bytes.data() + sizeof(result.run);
  result.digest.assign(reinterpret_cast<const char*>(digest), kDigestSize);
  result.values.resize(values);
  if (values > 0) {
    std::memcpy(result.values.data(), digest + kDigestSize, values * sizeof(double));
  }
  return result;
}

std::string words_for(FrameReader::Got got) {
  switch (got) {
    case FrameReader::Got::end:
      return "ends too early";
    case FrameReader::Got::cut_off:
      return "is cut off";
    default:
      return "is damaged: it does not fit its checksum";
  }
}

/// What is behind `label`, with which the line begins; the line is taken away. `good` is false from
/// the first line on that is not such.
std::string_view take_words(std::string_view& text, std::string_view label, bool& good) {
  const std::size_t end = text.find('\n');
  good = good && text.starts_with(label) && end != std::string_view::npos;
  if (!good) return {};
  const std::string_view words = text.substr(label.size(), end - label.size());
  text.remove_prefix(end + 1);
  return words;
}

std::size_t take_number(std::string_view& text, std::string_view label, bool& good) {
  const std::string_view digits = take_words(text, label, good);
  constexpr std::size_t kMostDigits = 18;
  good = good && !digits.empty() && digits.size() <= kMostDigits &&
         digits.find_first_not_of("0123456789") == std::string_view::npos;
  return good ? static_cast<std::size_t>(std::stoull(std::string(digits))) : 0;
}

/// Reads the line and the head of a file. Empty, with the head, if it is of this plan; else what is
/// wrong.
std::string read_head(FrameReader& frames, const std::string& plan, std::size_t values,
                      Head& head) {
  if (frames.line() != kLine) return "is not a file of results of this format";
  Frame frame;
  const FrameReader::Got got = frames.next(frame, kMostHead);
  if (got != FrameReader::Got::frame) return words_for(got);
  const std::string text = frame.text();
  std::string_view rest = text;
  bool good = frame.kind == kHeadFrame;
  const std::string_view of_plan = take_words(rest, "plan ", good);
  if (good && of_plan != plan) return "is of another plan";
  head.program = take_words(rest, "program ", good);
  const std::size_t width = take_number(rest, "values ", good);
  head.results = take_number(rest, "results ", good);
  if (!good || !rest.empty() || head.program.empty()) return "has a head that makes no sense";
  return width == values ? "" : "keeps other indicators, as another version of the program may";
}

/// What is wrong with the file; empty if nothing is.
std::string read_segment(const fs::path& file, const std::string& plan, std::size_t values,
                         const std::function<void(RunResult&&)>& take) {
  FrameReader frames(file);
  Head head;
  std::string wrong = read_head(frames, plan, values, head);
  if (!wrong.empty()) return wrong;
  const std::size_t bytes = result_bytes(values);
  Frame frame;
  for (std::size_t i = 0; i < head.results; ++i) {
    const FrameReader::Got got = frames.next(frame, bytes);
    if (got != FrameReader::Got::frame || frame.kind != kResultFrame ||
        frame.bytes.size() != bytes) {
      return words_for(got) + " after " + std::to_string(i) + " of " +
             std::to_string(head.results) + " results";
    }
    RunResult result = read_result(frame.bytes, values);
    result.program = head.program;
    take(std::move(result));
  }
  return frames.next(frame, 0) == FrameReader::Got::end ? "" : "has more in it than its results";
}

std::vector<fs::path> segment_files(const fs::path& folder) {
  std::error_code error;
  fs::directory_iterator entries(folder, error);
  std::vector<fs::path> files;
  while (!error && entries != fs::directory_iterator()) {
    const std::string name = entries->path().filename().string();
    if (name.ends_with(kEnding) && !name.starts_with('.')) files.push_back(entries->path());
    entries.increment(error);
  }
  if (error == std::errc::no_such_file_or_directory) return {};  // nothing has run yet
  if (error) record::throw_io_error("read folder", folder, error.value());
  std::ranges::sort(files);
  return files;
}

}  // namespace

void write_segment(const fs::path& folder, const std::string& plan, std::size_t values,
                   const std::vector<RunResult>& results, const std::string& program) {
  require(!results.empty(), "a segment without results");
  Image image;
  image.write(kLine);
  record::FrameChain chain(kLine);
  write_frame(image, chain, kHeadFrame, head_text(plan, values, {program, results.size()}));
  for (const RunResult& result : results) {
    require(result.values.size() == values && result.digest.size() == kDigestSize,
            "a result of another shape than its segment");
    write_frame(image, chain, kResultFrame, result_image(result));
  }
  const std::string name = std::to_string(results.front().run) + '-' +
                           std::to_string(results.size()) + '-' + chain.last() +
                           std::string(kEnding);
  const record::FileDescriptor directory = record::open_directory(folder);
  record::StagedFile file(directory, folder, name, '.' + process_name());
  file.write(image.bytes);
  file.complete();
  file.publish();
  record::sync_directory(directory, folder);
}

std::vector<BadSegment> read_segments(const fs::path& folder, const std::string& plan,
                                      std::size_t values,
                                      const std::function<void(RunResult&&)>& take) {
  std::vector<BadSegment> bad;
  for (const fs::path& file : segment_files(folder)) {
    std::string why;
    std::vector<std::uint64_t> runs;
    try {
      why = read_segment(file, plan, values, [&](RunResult&& result) {
        runs.push_back(result.run);
        take(std::move(result));
      });
    } catch (const record::IoError& error) {
      why = error.what();
    }
    if (!why.empty()) bad.push_back({file, why, std::move(runs)});
  }
  return bad;
}

}  // namespace terrace::sweep
