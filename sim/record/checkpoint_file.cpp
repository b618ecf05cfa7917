#include "record/checkpoint_file.hpp"

#include <array>
#include <charconv>
#include <map>
#include <sstream>

namespace terrace::record {
namespace {

constexpr std::string_view kFamily = "terrace checkpoint ";
constexpr std::string_view kLine = "terrace checkpoint 2\n";
constexpr char kHeadFrame = 'h';
constexpr char kScenarioFrame = 's';
constexpr char kPartFrame = 'p';
constexpr char kEndFrame = 'e';
constexpr std::array<std::string_view, 3> kAt{"opening", "within", "finished"};

std::string head_text(const CheckpointHead& head) {
  const Standing& at = head.standing;
  std::string out = "version " + head.kind.version + "\nlayout " + head.kind.layout + "\nrecords " +
                    head.records + "\nsegment " + head.segment + "\nreplicate " +
                    std::to_string(at.replicate) + "\nyear " + std::to_string(at.year) + "\nat " +
                    std::string(kAt.at(static_cast<std::size_t>(at.at))) + '\n';
  if (!head.branched.scenario_digest.empty()) {
    out += "branched_from " + head.branched.scenario_digest + "\nbranched_year " +
           std::to_string(head.branched.year) + '\n';
  }
  return out;
}

/// Lines of a key and a value.
std::map<std::string, std::string> values_of(const std::string& text) {
  std::map<std::string, std::string> values;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    const std::size_t blank = line.find(' ');
    if (blank != std::string::npos) values[line.substr(0, blank)] = line.substr(blank + 1);
  }
  return values;
}

int number_of(const std::string& text) {
  int number = -1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Standing::At at_of(const std::string& text) {
  for (std::size_t i = 0; i < kAt.size(); ++i) {
    if (text == kAt.at(i)) return static_cast<Standing::At>(i);
  }
  return Standing::At::opening;
}

std::string without_end(const std::string& line) { return line.substr(0, line.find('\n')); }

}  // namespace

void write_checkpoint(StagedFile& file, const CheckpointHead& head,
                      const std::function<void(const PutPart&)>& write) {
  FrameChain chain(kLine);
  file.write(kLine);
  write_frame(file, chain, kHeadFrame, head_text(head));
  write_frame(file, chain, kScenarioFrame, head.scenario);
  std::size_t parts = 0;
  write([&](std::span<const std::byte> part) {
    write_frame(file, chain, kPartFrame, part);
    ++parts;
  });
  write_frame(file, chain, kEndFrame, std::to_string(parts));
}

CheckpointReader::CheckpointReader(const std::filesystem::path& path,
                                   const CheckpointKind& expected)
    : path_(path), frames_(path) {
  const std::string& line = frames_.line();
  if (!line.starts_with(kFamily)) refuse("is not a checkpoint");
  if (line != kLine) {
    refuse("is of another format (" + without_end(line) + "; this program writes " +
           without_end(std::string(kLine)) + ")");
  }
  read_head(expected);
}

void CheckpointReader::refuse(const std::string& why) const {
  throw BadCheckpoint(path_.string() + " " + why);
}

std::string CheckpointReader::frame_text(char kind, const char* what) {
  Frame frame;
  if (frames_.next(frame) != FrameReader::Got::frame || frame.kind != kind) {
    refuse(std::string("is damaged: ") + what + " does not fit its checksum or is missing");
  }
  return frame.text();
}

void CheckpointReader::read_head(const CheckpointKind& expected) {
  auto values = values_of(frame_text(kHeadFrame, "the head"));
  head_.kind = {values["version"], values["layout"]};
  if (head_.kind.version != expected.version) {
    refuse("was written by version " + head_.kind.version + " of the program; this is " +
           expected.version);
  }
  if (head_.kind.layout != expected.layout) {
    refuse("was written by a program whose tables have another layout (" + head_.kind.layout +
           "; this one has " + expected.layout + ")");
  }
  head_.records = values["records"];
  head_.segment = values["segment"];
  head_.standing = {static_cast<std::uint32_t>(number_of(values["replicate"])),
                    number_of(values["year"]), at_of(values["at"])};
  if (values.contains("branched_from")) {
    head_.branched = {values["branched_from"], number_of(values["branched_year"])};
  }
  head_.scenario = frame_text(kScenarioFrame, "the scenario");
}

bool CheckpointReader::next(std::vector<std::byte>& part) {
  if (ended_) return false;
  Frame frame;
  const FrameReader::Got got = frames_.next(frame);
  const std::string number = std::to_string(parts_ + 1);
  if (got == FrameReader::Got::damaged) {
    refuse("is damaged: part " + number + " does not fit its checksum");
  }
  if (got != FrameReader::Got::frame) {
    refuse("is damaged: it ends where part " + number + " should stand");
  }
  if (frame.kind == kEndFrame) {
    ended_ = true;
    Frame more;
    if (frame.text() != std::to_string(parts_) || frames_.next(more) != FrameReader::Got::end) {
      refuse("is damaged: it does not end after its " + std::to_string(parts_) + " parts");
    }
    return false;
  }
  ++parts_;
  part.swap(frame.bytes);
  return true;
}

CheckpointHead verify_checkpoint(const std::filesystem::path& path,
                                 const CheckpointKind& expected) {
  CheckpointReader reader(path, expected);
  std::vector<std::byte> part;
  while (reader.next(part)) {
  }
  return reader.head();
}

void copy_checkpoint(const std::filesystem::path& from, const CheckpointHead& head,
                     StagedFile& to) {
  CheckpointReader reader(from, head.kind);
  write_checkpoint(to, head, [&](const PutPart& put) {
    std::vector<std::byte> part;
    while (reader.next(part)) put(part);
  });
}

}  // namespace terrace::record
