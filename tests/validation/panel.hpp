// Households followed over the years of a run: what the statistics of this folder are made from.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include <terrace/simulation.hpp>

namespace terrace::validation {

/// One household at the close of one year. Money in yuan of 2012.
struct Record {
  std::uint64_t key = 0;      ///< county and household: the same in every year
  std::uint64_t village = 0;  ///< county and village
  double scale = 1.0;         ///< households of the nation that it stands for
  float members = 0.0F;       ///< all registered members
  float income = 0.0F;        ///< a resident, of the calendar year
  float consumption = 0.0F;   ///< a resident, of the calendar year; from the programme's start on
  float wealth = 0.0F;        ///< W + K a member
  float assets = 0.0F;        ///< K of the household
  float months_away = 0.0F;   ///< person-months worked away this year

  double persons() const { return scale * static_cast<double>(members); }
};

/// How the survey divides income: what members send who are away for most of the year counts as a
/// transfer, what those away for less bring home as a wage.
enum class Source : std::uint8_t { wage, operating, transfer, property };
inline constexpr std::size_t kSources = 4;

struct Year {
  double line = 0.0;  ///< poverty line, yuan of 2012
  bool burn_in = false;
  std::vector<Record> records;             ///< by key once `sort` has been called
  std::array<double, kSources> sources{};  ///< income of the nation by Source

  bool poor(const Record& r) const { return static_cast<double>(r.income) < line; }
};

using Panel = std::map<int, Year>;

/// Adds one county-year. `eaten`: what a resident of each household consumed in the year, or
/// nothing.
void add(Panel& panel, const CountyYear& closed, std::span<const double> eaten);

/// Puts every year's records into the order of their keys.
void sort(Panel& panel);

/// The same household in consecutive years, for all that are there in each of them.
std::vector<std::vector<const Record*>> follow(const Panel& panel, int first, int years);

/// The years of burn-in, in order.
std::vector<int> burn_in_years(const Panel& panel);

}  // namespace terrace::validation
