#include "record/run_journal.hpp"

#include <algorithm>
#include <memory>
#include <system_error>
#include <utility>

#include <terrace/digest.hpp>

#include "record/errors.hpp"

namespace terrace::record {
namespace fs = std::filesystem;
namespace {

/// Writes one file whole, or none.
template <class Write>
void write_file(const fs::path& folder, const std::string& name, Write write) {
  const FileDescriptor handle = open_directory(folder);
  StagedFile file(handle, folder, name);
  write(file);
  file.complete();
  file.publish();
  sync_directory(handle, folder);
}

/// `3 replicates`, or `replicates 5 to 7` where they do not begin with 0.
std::string replicates_text(const RunInfo& info) {
  const std::uint32_t first = info.first_replicate;
  if (first == 0) return std::to_string(info.replicates) + " replicates";
  if (info.replicates == 1) return "replicate " + std::to_string(first);
  return "replicates " + std::to_string(first) + " to " +
         std::to_string(first + info.replicates - 1);
}

}  // namespace

std::string checkpoint_name(std::uint32_t number) { return std::to_string(number) + ".bin"; }

RunJournal::RunJournal(const fs::path& directory, JournalRun run, std::function<void()> ask_to_stop)
    : directory_(directory),
      run_(std::move(run)),
      segments_(directory / kSegments, run_.info, std::move(ask_to_stop)),
      standings_(run_.info.replicates) {}

void RunJournal::open() {
  make_directory(directory_ / kSegments);
  for (std::uint32_t r = 0; r < run_.info.replicates; ++r) open_replicate(r);
}

void RunJournal::open_replicate(std::uint32_t place) {
  const std::uint32_t number = run_.info.first_replicate + place;
  const fs::path path = directory_ / kCheckpoint / checkpoint_name(number);
  int from = year_of(run_.info.start);
  std::string segment;
  if (fs::exists(path)) {
    const CheckpointHead head = verify_checkpoint(path, run_.kind);
    const std::string name = path.string();
    if (head.scenario != run_.scenario) {
      throw BadCheckpoint(name + " was written for another scenario than the one beside it: " +
                          run_.difference(head.scenario, run_.scenario));
    }
    if (head.records != records_digest(run_.info) || head.standing.replicate != number) {
      throw BadCheckpoint(name + " was written for another replicate or other indicators");
    }
    standings_.at(place) = head.standing;
    branched_ = head.branched;
    saved_ = true;
    from = head.standing.year;
    segment = head.segment;
  }
  if (from == year_of(run_.info.start) && fs::exists(directory_ / kBranch)) {
    throw BadCheckpoint(path.string() +
                        " is missing: the run branched off from another and cannot start from the "
                        "beginning");
  }
  segments_.open(place, from, segment);
}

bool RunJournal::due(int year) const {
  const auto every = static_cast<int>(run_.output.checkpoint_every);
  return every > 0 && (year - year_of(run_.info.start)) % every == 0;
}

bool RunJournal::kept(int year) const {
  return std::ranges::find(run_.output.checkpoint_keep, year) != run_.output.checkpoint_keep.end();
}

void RunJournal::attach(RunControl& control) {
  control.wants_state = [this](std::uint32_t, int year) { return due(year) || kept(year); };
  control.save = [this](const Standing& at, const std::function<void(const PutPart&)>& write) {
    // Without its records a state is worth nothing: the one before stays.
    if (segments_.failed()) return;
    try {
      save(at, write);
    } catch (...) {
      segments_.keep_error();
    }
  };
  control.resume = [this](std::uint32_t number) { return parts_of(number); };
}

void RunJournal::save(const Standing& at, const std::function<void(const PutPart&)>& write) {
  segments_.sync(place_of(at));
  const bool opening = at.at == Standing::At::opening;
  if (opening && kept(at.year)) keep(at, write);
  if (opening && !due(at.year)) return;
  make_directory(directory_ / kCheckpoint);
  publish(directory_ / kCheckpoint, at, write);
  if (at.at == Standing::At::finished) segments_.close(place_of(at));
  saved_ = true;
}

void RunJournal::publish(const fs::path& folder, const Standing& at,
                         const std::function<void(const PutPart&)>& write) const {
  const CheckpointHead head{
      run_.kind,    records_digest(run_.info), segments_.checksum(place_of(at)), at, branched_,
      run_.scenario};
  write_file(folder, checkpoint_name(at.replicate),
             [&](StagedFile& file) { write_checkpoint(file, head, write); });
}

void RunJournal::keep(const Standing& at, const std::function<void(const PutPart&)>& write) const {
  const fs::path folder = directory_ / kKept / std::to_string(at.year);
  make_directory(directory_ / kKept);
  make_directory(folder);
  write_file(folder, segment_name(at.replicate), [&](StagedFile& file) {
    copy_bytes(segments_.path(place_of(at)), segments_.bytes(place_of(at)), file);
  });
  publish(folder, at, write);
}

NextPart RunJournal::parts_of(std::uint32_t number) {
  if (!standings_.at(number - run_.info.first_replicate)) return {};
  try {
    const auto reader = std::make_shared<CheckpointReader>(
        directory_ / kCheckpoint / checkpoint_name(number), run_.kind);
    return [this, reader](std::vector<std::byte>& part) {
      try {
        return reader->next(part);
      } catch (...) {
        segments_.keep_error();
        return false;
      }
    };
  } catch (...) {
    segments_.keep_error();
    return [](std::vector<std::byte>&) { return false; };
  }
}

BranchSource::BranchSource(const fs::path& folder, const JournalRun& run)
    : folder_(folder), run_(run) {
  const std::uint32_t first = run_.info.first_replicate;
  for (std::uint32_t r = first; r < first + run_.info.replicates; ++r) {
    const fs::path path = folder_ / checkpoint_name(r);
    if (!fs::exists(path)) {
      throw BadCheckpoint(path.string() + " is missing: the scenario has " +
                          replicates_text(run_.info) +
                          ", and each needs a state to branch off from");
    }
    const CheckpointHead head = CheckpointReader(path, run_.kind).head();
    if (head.standing.at != Standing::At::opening || head.standing.replicate != r) {
      throw BadCheckpoint(path.string() + " is not the state of replicate " + std::to_string(r) +
                          " at the opening of a year");
    }
    if (r == first) {
      year_ = head.standing.year;
      scenario_ = head.scenario;
      records_ = head.records;
    } else if (head.standing.year != year_ || head.scenario != scenario_) {
      throw BadCheckpoint(path.string() + " is of another year or scenario than " +
                          (folder_ / checkpoint_name(first)).string());
    }
  }
}

void BranchSource::fill(const fs::path& directory) const {
  write_file(directory, kBranch, [&](StagedFile& file) { file.write(folder_.string() + '\n'); });
  make_directory(directory / kSegments);
  make_directory(directory / kCheckpoint);
  Digest scenario;
  scenario.add(std::string_view(scenario_));
  CheckpointHead head{run_.kind, records_digest(run_.info), {},
                      {},        {scenario.hex(), year_},   run_.scenario};
  for (std::uint32_t place = 0; place < run_.info.replicates; ++place) {
    const std::uint32_t r = run_.info.first_replicate + place;
    const SegmentEnd end = verify_segment(folder_ / segment_name(r), run_.info, r, year_);
    head.segment = CheckpointReader(folder_ / checkpoint_name(r), run_.kind).head().segment;
    expect_records(folder_ / segment_name(r), end, head.segment);
    write_file(directory / kSegments, segment_name(r),
               [&](StagedFile& file) { copy_bytes(folder_ / segment_name(r), end.bytes, file); });
    head.standing = {r, year_, Standing::At::opening};
    write_file(directory / kCheckpoint, checkpoint_name(r), [&](StagedFile& file) {
      copy_checkpoint(folder_ / checkpoint_name(r), head, file);
    });
  }
}

}  // namespace terrace::record
