#include "record/segments.hpp"

#include <algorithm>
#include <exception>
#include <utility>

#include <terrace/digest.hpp>
#include <terrace/version.hpp>

#include "record/errors.hpp"

namespace terrace::record {
namespace fs = std::filesystem;
namespace {

using engine::StateReader;
using engine::StateWriter;

constexpr std::string_view kLine = "terrace segments 1\n";
constexpr char kHeadFrame = 'h';
constexpr char kYearFrame = 'y';

/// Calls within a year.
enum class Call : std::uint8_t { record, panel, events };

std::string head_text(const RunInfo& info, std::uint32_t number) {
  return "version " + std::string(kVersion) + "\nrecords " + records_digest(info) + "\nreplicate " +
         std::to_string(number) + '\n';
}

void add_indicators(Digest& digest, const std::vector<IndicatorInfo>& indicators) {
  digest.add(static_cast<std::uint64_t>(indicators.size()));
  for (const IndicatorInfo& i : indicators) {
    digest.add(std::string_view(i.name));
    digest.add(std::string_view(i.unit));
  }
}

void add_region(Digest& digest, const RegionInfo& r) {
  digest.add(std::uint64_t{r.id});
  digest.add(std::string_view(r.name));
  digest.add(std::string_view(r.province));
  digest.add(static_cast<std::uint64_t>(r.part));
  digest.add(std::uint64_t{r.designated});
  digest.add(r.weight);
  digest.add(r.fraction);
}

/// One year's calls, handed on. False where the bytes are not such.
bool replay_year(std::span<const std::byte> bytes, std::uint32_t replicate, Recorder& to) {
  StateReader in(bytes);
  std::int32_t year = 0;
  in.get(year);
  while (in.good() && !in.at_end()) {
    Call call{};
    Month first = 0;
    in.get(call);
    in.get(first);
    if (call == Call::record) {
      std::uint64_t months = 0;
      std::uint64_t group = 0;
      std::vector<double> values;
      in.get(months);
      in.get(group);
      in.get(values);
      if (!in.good()) return false;
      to.record(replicate, first, static_cast<std::size_t>(months), static_cast<std::size_t>(group),
                values);
    } else if (call == Call::panel) {
      std::vector<std::uint64_t> ids;
      std::vector<float> weights;
      std::vector<float> values;
      in.get(ids);
      in.get(weights);
      in.get(values);
      if (!in.good() || ids.size() != weights.size()) return false;
      std::vector<PanelHousehold> households(ids.size());
      for (std::size_t i = 0; i < ids.size(); ++i) households[i] = {ids[i], weights[i]};
      to.record_panel(replicate, first, households, values);
    } else if (call == Call::events) {
      std::vector<Event> events;
      engine::get_events(in, events);
      if (!in.good()) return false;
      to.record_events(replicate, first, events);
    } else {
      return false;
    }
  }
  if (in.at_end()) to.end_year(replicate, year);
  return in.at_end();
}

std::int32_t year_of_frame(const Frame& frame) {
  StateReader in(frame.bytes);
  std::int32_t year = 0;
  in.get(year);
  return year;
}

/// Reads the line and the head, which must be those of this run.
void expect_head(FrameReader& frames, const fs::path& path, const RunInfo& info,
                 std::uint32_t number) {
  if (frames.line() != kLine) {
    throw BadCheckpoint(path.string() + " is not a file of records of this format");
  }
  Frame head;
  if (frames.next(head) != FrameReader::Got::frame || head.kind != kHeadFrame) {
    throw BadCheckpoint(path.string() + " is damaged: its head does not fit its checksum");
  }
  if (head.text() != head_text(info, number)) {
    throw BadCheckpoint(path.string() +
                        " holds the records of another run, replicate or version of the program");
  }
}

void expect_year(FrameReader& frames, Frame& frame, const fs::path& path, int year) {
  const FrameReader::Got got = frames.next(frame);
  if (got == FrameReader::Got::frame && frame.kind == kYearFrame && year_of_frame(frame) == year) {
    return;
  }
  throw BadCheckpoint(path.string() + " is damaged: the records of " + std::to_string(year) +
                      (got == FrameReader::Got::damaged ? " do not fit their checksum"
                                                        : " are missing or cut off"));
}

}  // namespace

std::string records_digest(const RunInfo& info) {
  Digest digest;
  digest.add(static_cast<std::int64_t>(info.start));
  digest.add(static_cast<std::int64_t>(info.programme));
  add_indicators(digest, info.indicators);
  digest.add(static_cast<std::uint64_t>(info.groups.size()));
  for (const GroupInfo& group : info.groups) {
    digest.add(std::string_view(group.name));
    digest.add(std::uint64_t{group.yearly});
    add_indicators(digest, group.indicators);
    digest.add(static_cast<std::uint64_t>(group.regions.size()));
    for (const RegionInfo& region : group.regions) add_region(digest, region);
    digest.add(static_cast<std::uint64_t>(group.modules.size()));
    for (const std::string& module : group.modules) digest.add(std::string_view(module));
  }
  digest.add(static_cast<std::uint64_t>(info.panel.size()));
  for (const PanelColumn& column : info.panel) digest.add(std::string_view(column.name));
  for (const std::string& module : info.modules) digest.add(std::string_view(module));
  return digest.hex();
}

std::string segment_name(std::uint32_t number) { return std::to_string(number) + ".seg"; }

SegmentEnd verify_segment(const fs::path& path, const RunInfo& info, std::uint32_t number,
                          int until) {
  FrameReader frames(path);
  expect_head(frames, path, info, number);
  Frame frame;
  for (int year = year_of(info.start); year < until; ++year) {
    expect_year(frames, frame, path, year);
  }
  return {frames.position(), frames.chain()};
}

void expect_records(const fs::path& path, const SegmentEnd& end, const std::string& segment) {
  if (end.chain.last() == segment) return;
  throw BadCheckpoint(path.string() +
                      " holds the records of another run than the state that goes with it");
}

void copy_bytes(const fs::path& from, std::uint64_t bytes, StagedFile& to) {
  constexpr std::size_t kAtOnce = std::size_t{1} << 20U;
  ReadFile file(from);
  std::vector<std::byte> buffer(kAtOnce);
  while (bytes > 0) {
    const std::span<std::byte> wanted(
        buffer.data(), static_cast<std::size_t>(std::min<std::uint64_t>(bytes, kAtOnce)));
    if (file.read(wanted) != wanted.size()) {
      throw IoError("cannot read " + from.string() + ": it has become shorter");
    }
    to.write(wanted);
    bytes -= wanted.size();
  }
}

SegmentEnd replay_segment(const fs::path& path, const RunInfo& info, std::uint32_t place, int until,
                          Recorder& to, const std::function<void()>& between) {
  FrameReader frames(path);
  expect_head(frames, path, info, info.first_replicate + place);
  Frame frame;
  for (int year = year_of(info.start); year < until; ++year) {
    if (between) between();
    expect_year(frames, frame, path, year);
    if (!replay_year(frame.bytes, place, to)) {
      throw BadCheckpoint(path.string() + " is damaged: the records of " + std::to_string(year) +
                          " cannot be read");
    }
  }
  return {frames.position(), frames.chain()};
}

SegmentRecorder::SegmentRecorder(fs::path folder, const RunInfo& info, std::function<void()> failed)
    : folder_(std::move(folder)),
      info_(info),
      failed_(std::move(failed)),
      replicates_(info.replicates) {}

fs::path SegmentRecorder::path(std::uint32_t replicate) const {
  return folder_ / segment_name(number_of(replicate));
}

void SegmentRecorder::open(std::uint32_t replicate, int from, const std::string& segment) {
  Replicate& r = replicates_.at(replicate);
  if (from > year_of(info_.start)) {
    const SegmentEnd end = verify_segment(path(replicate), info_, number_of(replicate), from);
    expect_records(path(replicate), end, segment);
    const AppendedFile cut(path(replicate), end.bytes);
    r.bytes = end.bytes;
    r.chain = end.chain;
    return;
  }
  AppendedFile file(path(replicate), 0);
  r.chain = FrameChain(kLine);
  file.write(kLine);
  write_frame(file, r.chain, kHeadFrame, head_text(info_, number_of(replicate)));
  r.bytes = file.size();
}

AppendedFile& SegmentRecorder::file_of(std::uint32_t replicate) {
  Replicate& r = replicates_.at(replicate);
  if (!r.file) r.file = std::make_unique<AppendedFile>(path(replicate), r.bytes);
  return *r.file;
}

void SegmentRecorder::record(std::uint32_t replicate, Month first, std::size_t months,
                             std::size_t group, std::span<const double> values) {
  StateWriter out(replicates_.at(replicate).year);
  out.put(Call::record);
  out.put(first);
  out.put(static_cast<std::uint64_t>(months));
  out.put(static_cast<std::uint64_t>(group));
  out.put(values);
}

void SegmentRecorder::record_panel(std::uint32_t replicate, Month first,
                                   std::span<const PanelHousehold> households,
                                   std::span<const float> values) {
  std::vector<std::uint64_t> ids;
  std::vector<float> weights;
  for (const PanelHousehold& h : households) {
    ids.push_back(h.id);
    weights.push_back(h.weight);
  }
  StateWriter out(replicates_.at(replicate).year);
  out.put(Call::panel);
  out.put(first);
  out.put(ids);
  out.put(weights);
  out.put(values);
}

void SegmentRecorder::record_events(std::uint32_t replicate, Month first,
                                    std::span<const Event> events) {
  StateWriter out(replicates_.at(replicate).year);
  out.put(Call::events);
  out.put(first);
  engine::put_events(out, events);
}

void SegmentRecorder::end_year(std::uint32_t replicate, int year) {
  Replicate& r = replicates_.at(replicate);
  if (failed()) {
    r.year.clear();
    return;
  }
  try {
    engine::Bytes frame;
    frame.reserve(sizeof(std::int32_t) + r.year.size());
    StateWriter(frame).put(static_cast<std::int32_t>(year));
    frame.insert(frame.end(), r.year.begin(), r.year.end());
    AppendedFile& file = file_of(replicate);
    write_frame(file, r.chain, kYearFrame, frame);
    r.bytes = file.size();
  } catch (...) {
    keep_error();
  }
  r.year.clear();
}

void SegmentRecorder::sync(std::uint32_t replicate) { file_of(replicate).sync(); }

bool SegmentRecorder::failed() const {
  const std::lock_guard lock(mutex_);
  return error_ != nullptr;
}

void SegmentRecorder::rethrow() const {
  const std::lock_guard lock(mutex_);
  if (error_) std::rethrow_exception(error_);
}

void SegmentRecorder::keep_error() {
  {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::current_exception();
  }
  failed_();
}

void SegmentRecorder::replay(Recorder& to, const std::function<void()>& between) const {
  to.begin(info_);
  for (std::uint32_t r = 0; r < info_.replicates; ++r) {
    replay_segment(path(r), info_, r, year_of(info_.end) + 1, to, between);
  }
  to.end();
}

}  // namespace terrace::record
