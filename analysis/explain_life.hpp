// One household of the panel as a run recorded it: plain data, read from the files once. What is
// said about it is made from this alone (explain.hpp), so tests make up lives by hand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <terrace/run_reader.hpp>
#include <terrace/series.hpp>

namespace terrace::explain {

struct Life {
  std::string scenario;  ///< name of the run
  std::uint32_t replicate = 0;
  std::uint64_t household = 0;  ///< household_key()
  std::string county;           ///< name; empty if the file has no group `county`
  std::string province;
  bool designated = false;
  float weight = 1.0F;  ///< households of the nation that it stands for

  std::vector<Month> months;                  ///< of the panel, first to last, without gaps
  std::vector<bool> burn_in;                  ///< by month
  std::vector<PanelColumn> columns;           ///< those that the run kept
  std::vector<std::vector<float>> values;     ///< [column][month]; NaN while it does not exist
  std::vector<Event> events;                  ///< its own, in the order of happening
  std::vector<std::string> modules;           ///< names, as Event::module counts them
  std::map<std::string, std::string> titles;  ///< of modules, by name; may lack some
  std::map<int, double> lines;  ///< statistical poverty line in force, nominal yuan a head and year

  std::optional<std::uint64_t> parents;  ///< household from which it split off
  std::optional<Month> split;            ///< when, as far as the diary of the parents tells

  /// A column's value, or nothing where the column was not kept or the household was not there.
  std::optional<double> value(std::string_view column, std::size_t month) const;
  const PanelColumn* column(std::string_view name) const;
  /// Rows of the first and the last month on record; nothing if there is none.
  struct Span {
    std::size_t first = 0;
    std::size_t last = 0;
  };
  std::optional<Span> record() const;
};

/// The panel of a run, opened for the lives in it.
struct PanelBook {
  std::string scenario;
  StoredPanel panel;
  StoredEvents diary;
  std::vector<RegionInfo> counties;           ///< empty if the file has none
  std::map<std::string, std::string> titles;  ///< of modules, by name
  std::map<int, double> lines;                ///< poverty line in force, by year; or empty

  std::optional<std::size_t> place_of(std::uint64_t household) const;
  std::optional<std::size_t> place_of_replicate(std::uint32_t replicate) const;
};

/// All but `titles`. Throws IoError; `has_panel()` holds.
PanelBook open_panel(const RunReader& run);

/// The poverty line in force in each year of the panel: in burn-in that of the year before the
/// programme, at which the model holds everything till then.
std::map<int, double> lines_in_force(const Series& line, const StoredPanel& panel);

/// A life with all columns of the file. The household and the replicate are in the book.
Life read_life(const RunReader& run, const PanelBook& book, std::uint64_t household,
               std::uint32_t replicate);

/// Why two runs are not about the same people: seed, first month, population or counties differ;
/// empty if they are.
std::vector<std::string> different_people(const RunReader& one, const RunReader& other);

/// `county:id`, as the panel's variables `county` and `id_in_county` have them.
std::string shown_id(std::uint64_t household);
/// What shown_id() gives, or the number in the file.
std::optional<std::uint64_t> read_id(std::string_view text);

/// The household from which this one split off, if it did. An id is 20 bits of the founder and four
/// groups of three bits: the n-th to split off writes n into the first free group.
std::optional<std::uint64_t> parents_of(std::uint64_t household);
/// The household of the first year from which it descends; itself if it is one.
std::uint64_t founder_of_line(std::uint64_t household);
/// Which division of its parents founded it, from 1; 0 for a founder's household.
unsigned division_of(std::uint64_t household);

}  // namespace terrace::explain
