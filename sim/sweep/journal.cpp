#include "sweep/journal.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <ctime>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <unistd.h>

#include "record/errors.hpp"
#include "record/file_io.hpp"
#include "sweep/host.hpp"

namespace terrace::sweep {
namespace fs = std::filesystem;
namespace {

using nlohmann::ordered_json;
using Event = JournalEntry::Event;

constexpr std::string_view kEnding = ".jsonl";
constexpr std::array<std::pair<Event, std::string_view>, 6> kEvents{{{Event::opened, "opened"},
                                                                     {Event::started, "started"},
                                                                     {Event::done, "done"},
                                                                     {Event::failed, "failed"},
                                                                     {Event::stopped, "stopped"},
                                                                     {Event::closed, "closed"}}};

std::string line_of(const JournalEntry& entry) {
  ordered_json json;
  json["event"] =
      std::ranges::find(kEvents, entry.event, &decltype(kEvents)::value_type::first)->second;
  json["time"] = entry.time;
  const bool of_a_run = entry.event != Event::opened && entry.event != Event::closed;
  if (of_a_run) json["run"] = entry.run;
  if (entry.event == Event::done) json["seconds"] = entry.seconds;
  if (entry.pid != 0) json["pid"] = entry.pid;
  if (entry.event == Event::opened) {
    json["host"] = entry.host;
    json["program"] = entry.program;
    json["shard"] = entry.shard;
    json["at_once"] = entry.at_once;
  }
  if (!entry.message.empty()) json["message"] = entry.message;
  // What a child left on stderr need not be text.
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + '\n';
}

template <class Number>
void read_number(const ordered_json& json, const char* key, Number& out) {
  const auto at = json.find(key);
  if (at == json.end()) return;
  if constexpr (std::is_floating_point_v<Number>) {
    // Nor are times before 1970, or of more than 30,000 years.
    constexpr Number kMost = 1e12;
    if (!at->is_number()) return;
    const Number value = at->template get<Number>();
    if (value >= 0 && value <= kMost) out = value;
  } else {
    // Negative numbers and fractions are none that we wrote.
    if (at->is_number_unsigned() && std::in_range<Number>(at->template get<std::uint64_t>())) {
      out = static_cast<Number>(at->template get<std::uint64_t>());
    }
  }
}

void read_text(const ordered_json& json, const char* key, std::string& out) {
  const auto at = json.find(key);
  if (at != json.end() && at->is_string()) out = at->get<std::string>();
}

/// Nothing where the line is not one of ours.
std::optional<JournalEntry> read_line(std::string_view line) {
  const ordered_json json = ordered_json::parse(line, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  std::string event;
  read_text(json, "event", event);
  const auto known = std::ranges::find(kEvents, event, &decltype(kEvents)::value_type::second);
  if (known == kEvents.end()) return std::nullopt;
  JournalEntry entry;
  entry.event = known->first;
  const bool of_a_run = entry.event != Event::opened && entry.event != Event::closed;
  if (of_a_run && !(json.contains("run") && json["run"].is_number_unsigned())) return std::nullopt;
  read_number(json, "run", entry.run);
  read_number(json, "time", entry.time);
  read_number(json, "seconds", entry.seconds);
  read_number(json, "pid", entry.pid);
  read_number(json, "at_once", entry.at_once);
  read_text(json, "message", entry.message);
  read_text(json, "host", entry.host);
  read_text(json, "program", entry.program);
  read_text(json, "shard", entry.shard);
  return entry;
}

/// Calls `take` for every line that ends, however large the file is; longer ones than any of ours
/// are passed over.
template <class Take>
void for_each_line(const fs::path& path, Take take) {
  constexpr std::size_t kLongest = std::size_t{1} << 16U;
  record::ReadFile file(path);
  std::string line;
  bool too_long = false;
  std::array<char, 1U << 14U> buffer{};
  while (const std::size_t got = file.read(std::as_writable_bytes(std::span(buffer)))) {
    for (const char c : std::span(buffer).first(got)) {
      if (c == '\n') {
        if (!too_long) take(std::string_view(line));
        line.clear();
        too_long = false;
      } else if (line.size() < kLongest) {
        line += c;
      } else {
        too_long = true;
      }
    }
  }
}

/// Whether a process holds the lock on the file.
bool is_locked(const fs::path& path) {
  const record::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return false;
  return ::flock(file.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

std::string file_name(const JournalEntry& opened, int number) {
  const auto time = static_cast<std::time_t>(opened.time);
  std::tm utc{};
  std::array<char, 32> text{};
  if (::gmtime_r(&time, &utc) != nullptr) {
    std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ-", &utc);
  }
  std::string name = text.data() + process_name();
  if (number > 0) name += '-' + std::to_string(number);
  return name + std::string(kEnding);
}

}  // namespace

Journal::Journal(const fs::path& folder, const JournalEntry& opened) {
  constexpr int flags = O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
  constexpr int kTries = 1000;  // processes of one name in one second: of several containers
  for (int number = 0; file_ < 0; ++number) {
    path_ = folder / file_name(opened, number);
    file_ = ::open(path_.c_str(), flags, 0666);
    if (file_ < 0 && (errno != EEXIST || number == kTries)) {
      record::throw_io_error("create", path_, errno);
    }
  }
  // Where the file system has no locks, whoever asks learns that nobody holds this one.
  while (::flock(file_, LOCK_EX) != 0 && errno == EINTR) {
  }
  try {
    add(opened);
  } catch (...) {
    ::close(file_);
    throw;
  }
}

Journal::~Journal() { ::close(file_); }

void Journal::add(const JournalEntry& entry) {
  const std::string line = (cut_off_ ? "\n" : "") + line_of(entry);
  std::string_view rest = line;
  while (!rest.empty()) {  // a disk may take a part only; nobody else writes to this file
    const ssize_t written = ::write(file_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) record::throw_io_error("write", path_, written < 0 ? errno : EIO);
    rest.remove_prefix(static_cast<std::size_t>(written));
    cut_off_ = !rest.empty();
  }
}

std::vector<JournalFile> read_journals(const fs::path& folder) {
  std::vector<JournalFile> journals;
  std::error_code error;
  fs::directory_iterator entries(folder, error);
  while (!error && entries != fs::directory_iterator()) {
    const fs::path& path = entries->path();
    if (path.filename().string().ends_with(kEnding)) journals.push_back({path, {}, false});
    entries.increment(error);
  }
  if (error == std::errc::no_such_file_or_directory) return {};  // nothing has run yet
  if (error) record::throw_io_error("read folder", folder, error.value());
  std::ranges::sort(journals, {}, &JournalFile::path);
  for (JournalFile& journal : journals) {
    try {
      for_each_line(journal.path, [&](std::string_view line) {
        if (std::optional<JournalEntry> entry = read_line(line)) {
          journal.entries.push_back(std::move(*entry));
        }
      });
      journal.alive = is_locked(journal.path);
    } catch (const record::IoError&) {
      continue;  // what cannot be read tells nothing; results never depend on it
    }
  }
  return journals;
}

}  // namespace terrace::sweep
