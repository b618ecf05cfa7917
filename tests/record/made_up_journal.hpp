// A run without an engine that keeps a journal, and what it should give back.
#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "record/run_journal.hpp"
#include "tests/record/made_up_run.hpp"

namespace terrace::record {

inline const CheckpointKind kKind{"1.2.3", "layout"};

inline RunInfo small_info() {
  MadeUpSize size;
  size.provinces = 2;
  size.counties = 3;
  size.indicators = 2;
  RunInfo info = made_up_info(size);
  info.panel.resize(2);
  info.modules = {"housing", "cash"};
  return info;  // 2011 to 2014, two replicates
}

inline JournalRun journal_run() {
  JournalRun run{"a: 1\n", small_info(), {}, kKind, {}};
  run.difference = [](const std::string& there, const std::string& here) {
    return there + " against " + here;
  };
  return run;
}

/// Keeps all calls, as text.
class Transcript final : public Recorder {
 public:
  void begin(const RunInfo& info) override { add("begin", info.replicates, 0); }
  void record(std::uint32_t replicate, Month first, std::size_t months, std::size_t group,
              std::span<const double> values) override {
    add("record", replicate, first);
    text += std::to_string(months) + ' ' + std::to_string(group);
    for (const double v : values) text += ' ' + std::to_string(v);
  }
  void record_panel(std::uint32_t replicate, Month first,
                    std::span<const PanelHousehold> households,
                    std::span<const float> values) override {
    add("panel", replicate, first);
    for (const PanelHousehold& h : households) {
      text += ' ' + std::to_string(h.id) + ':' + std::to_string(h.weight);
    }
    for (const float v : values) text += ' ' + std::to_string(v);
  }
  void record_events(std::uint32_t replicate, Month first, std::span<const Event> events) override {
    add("events", replicate, first);
    for (const Event& e : events) {
      text += ' ' + std::to_string(e.household) + ' ' + std::to_string(e.month) + ' ' +
              std::to_string(static_cast<int>(e.kind)) + ' ' + std::to_string(e.module) + ' ' +
              std::to_string(static_cast<int>(e.reason)) + ' ' + std::to_string(e.person) + ' ' +
              std::to_string(e.amount);
    }
  }
  void end_year(std::uint32_t replicate, int year) override { add("year", replicate, year); }
  void end() override { add("end", 0, 0); }

  std::string text;

 private:
  void add(const char* what, std::uint32_t replicate, int when) {
    text += std::string("\n") + what + ' ' + std::to_string(replicate) + ' ' +
            std::to_string(when) + ' ';
  }
};

inline void make_year(Recorder& to, const RunInfo& info, std::uint32_t replicate, int year) {
  const Month first = month_of(year, 1);
  for (std::size_t g = 0; g < info.groups.size(); ++g) {
    std::vector<double> values(info.rows(g, 12) * info.row_size(g));
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = made_up_value(g, replicate, static_cast<std::uint64_t>(year), i, 0);
    }
    to.record(replicate, first, 12, g, values);
  }
  const auto id = static_cast<std::uint64_t>(year);
  to.record_panel(replicate, first, std::vector<PanelHousehold>{{id, 1.5F}, {id + 1, 2.5F}},
                  std::vector<float>(12 * 2 * 2, 0.25F * static_cast<float>(replicate)));
  to.record_events(
      replicate, first,
      std::vector<Event>{{id, first + 3, EventKind::taken, 1, Reason::no_place, 7, 9.5F},
                         {id + 1, first + 4, EventKind::death}});
  to.end_year(replicate, year);
}

/// A run without an engine: its state is one number, the year.
class MadeUpRun {
 public:
  MadeUpRun(const std::filesystem::path& directory, JournalRun run)
      : run_(run), journal(directory, std::move(run), [this] { asked_to_stop = true; }) {}

  void open() {
    journal.open();
    journal.attach(control_);
  }
  /// From where the journal stands until before `until`.
  void go(int until) {
    for (std::uint32_t r = 0; r < run_.info.replicates; ++r) go(r, until);
  }
  void go(std::uint32_t replicate, int until) {
    const auto& at = journal.standing(replicate);
    int year = at ? at->year : year_of(run_.info.start);
    if (at) {
      const NextPart next = control_.resume(replicate);
      std::vector<std::byte> part;
      EXPECT_TRUE(next(part));
      EXPECT_EQ(part, state(year));
      EXPECT_FALSE(next(part));
    }
    for (; year < until && !asked_to_stop; ++year) {
      if (year > year_of(run_.info.start) && control_.wants_state(replicate, year)) {
        save(replicate, year, Standing::At::opening);
      }
      make_year(journal.recorder(), run_.info, replicate, year);
    }
    const bool over = until > year_of(run_.info.end);
    save(replicate, year, over ? Standing::At::finished : Standing::At::within);
  }
  std::string replayed() {
    Transcript out;
    journal.replay(out);
    return out.text;
  }

 private:
  static std::vector<std::byte> state(int year) {
    return std::vector<std::byte>(1000, static_cast<std::byte>(year));
  }
  void save(std::uint32_t replicate, int year, Standing::At at) {
    control_.save({replicate, year, at}, [&](const PutPart& put) { put(state(year)); });
  }

  JournalRun run_;
  RunControl control_;

 public:
  RunJournal journal;
  std::atomic<bool> asked_to_stop{false};
};

inline std::string expected() {
  Transcript out;
  const RunInfo info = small_info();
  out.begin(info);
  for (std::uint32_t r = 0; r < info.replicates; ++r) {
    for (int year = 2011; year <= 2014; ++year) make_year(out, info, r, year);
  }
  out.end();
  return out.text;
}

/// Why a folder is refused.
inline std::string refusal(const std::filesystem::path& directory, JournalRun run = journal_run()) {
  try {
    MadeUpRun(directory, std::move(run)).open();
  } catch (const BadCheckpoint& error) {
    return error.what();
  }
  return "";
}

inline void write(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// A run that was stopped in 2013.
inline void stopped_run(const std::filesystem::path& directory) {
  std::filesystem::create_directories(directory);
  MadeUpRun run(directory, journal_run());
  run.open();
  run.go(2013);
  run.journal.rethrow();
}

}  // namespace terrace::record
