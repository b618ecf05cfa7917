// Who gains and who loses by a policy: the same households of the panel in two runs, each set
// against itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <terrace/result_table.hpp>
#include <terrace/run_reader.hpp>
#include <terrace/series.hpp>

#include "analysis/comparable.hpp"

namespace terrace::analysis {

/// A definition, not an estimate: an income that moves by less than this share of the year's
/// poverty line has not changed.
inline constexpr double kUnchangedShare = 0.01;
/// A figure that rests on fewer households of the panel in some replicate is not given.
inline constexpr std::size_t kFewestHouseholds = 30;

/// Columns of the panel that tell them.
inline constexpr std::string_view kIncome = "income";  ///< of twelve months, nominal yuan a head
inline constexpr std::string_view kPoor = "poor";      ///< 1 below the statistical line
inline constexpr std::string_view kStatus = "register_status";
inline constexpr std::string_view kCause = "cause";  ///< on record

/// A column of the panel in the Decembers of the years compared.
struct DecemberColumn {
  std::vector<float> values;       ///< [replicate][year][household], NaN while it does not exist
  std::vector<std::string> words;  ///< of codes 0, 1, ...

  bool empty() const { return values.empty(); }
};

/// The panel of one run, as far as winners are told by it.
struct DecemberPanel {
  std::size_t replicates = 0;
  Years years;
  std::vector<std::uint64_t> households;  ///< ascending
  std::vector<float> weights;
  DecemberColumn income;
  DecemberColumn poor;  ///< this and the next two: empty if the run did not keep them
  DecemberColumn status;
  DecemberColumn cause;

  std::size_t place(std::size_t replicate, int year, std::size_t household) const {
    const auto row = static_cast<std::size_t>(year - years.first);
    return (replicate * years.count() + row) * households.size() + household;
  }
};

/// Reads so many replicates of the panel from place `first` on. Throws IoError.
DecemberPanel december_panel(const RunReader& run, Years years, std::size_t first,
                             std::size_t replicates);

/// What is asked of the winners.
struct WinnerRequest {
  std::string nation;  ///< what the nation is called
  std::vector<RegionInfo> provinces;
  std::map<std::uint16_t, std::size_t> province_of;  ///< place in `provinces`, by county number
  Series poverty_line;                               ///< yuan a head and year, nominal
  double unchanged_share = kUnchangedShare;
  double confidence = 0.95;
};

/// The name and columns of the table, without rows.
ResultTable winners_table(double unchanged_share, double confidence);

/// For each year the nation, its provinces, and the nation's households by what they are in the
/// base that December: poor or not, their standing on the register, the cause on record. Both
/// panels have the same years and replicates. Shares and means weigh each household by the
/// households of the nation that it stands for.
void append_winners(const DecemberPanel& base, const DecemberPanel& alt,
                    const std::string& alt_name, const WinnerRequest& request, ResultTable& table);

}  // namespace terrace::analysis
