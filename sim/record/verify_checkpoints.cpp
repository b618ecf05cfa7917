#include "record/verify_checkpoints.hpp"

#include <charconv>

#include "record/checkpoint_file.hpp"
#include "record/frames.hpp"
#include "record/run_journal.hpp"
#include "record/segments.hpp"

namespace terrace::record {
namespace fs = std::filesystem;
namespace {

constexpr char kEndFrame = 'e';   // of a checkpoint
constexpr char kYearFrame = 'y';  // of a segment

struct Walk {
  std::string fault;  ///< empty: whole
  char last = 0;      ///< kind of the last frame
  int years = 0;
};

Walk walk(const fs::path& path) {
  if (!fs::is_regular_file(path)) return {"is missing"};
  FrameReader frames(path);
  Walk found;
  Frame frame;
  for (;;) {
    switch (frames.next(frame)) {
      case FrameReader::Got::frame:
        found.last = frame.kind;
        found.years += frame.kind == kYearFrame ? 1 : 0;
        break;
      case FrameReader::Got::end:
        return found;
      case FrameReader::Got::cut_off:
        return {"is damaged: it is cut off"};
      case FrameReader::Got::damaged:
        return {"is damaged: a checksum in it does not fit"};
    }
  }
}

}  // namespace

std::vector<std::string> checkpoint_faults(const fs::path& folder, std::uint32_t first,
                                           std::uint32_t replicates, const Month* start) {
  std::vector<std::string> faults;
  const std::string name = folder.filename().string();
  int year = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), year);
  if (error != std::errc() || end != name.data() + name.size()) {
    return {"is not named after a year"};
  }
  for (std::uint32_t replicate = first; replicate < first + replicates; ++replicate) {
    const std::string state = checkpoint_name(replicate);
    const Walk of_state = walk(folder / state);
    if (!of_state.fault.empty()) {
      faults.push_back(state + " " + of_state.fault);
    } else if (of_state.last != kEndFrame) {
      faults.push_back(state + " is damaged: it has no end");
    }
    const std::string records = segment_name(replicate);
    const Walk of_records = walk(folder / records);
    if (!of_records.fault.empty()) {
      faults.push_back(records + " " + of_records.fault);
    } else if (start != nullptr && of_records.years != year - year_of(*start)) {
      std::string fault = records;
      faults.push_back(fault.append(" does not hold the years before ").append(name));
    }
  }
  return faults;
}

}  // namespace terrace::record
