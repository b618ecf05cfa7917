// Dividing what is the nation's among counties of which only a sample may be simulated.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <terrace/county.hpp>

namespace terrace::nation {

/// What one county's figures count for in the nation: its own weight, and its simulated share.
inline double scale_of(const County& c) { return c.weight / c.fraction; }

/// Sum over counties of scale times value.
double national(std::span<const County> counties, std::span<const double> values);

/// Splits a national total by `need` (of simulated people). The whole world's need is the weighted
/// sum, so that a county of a sample gets what it would get in full, times its simulated share.
std::vector<double> split(double total, std::span<const County> counties,
                          std::span<const double> need);

/// The same, nobody getting more than `most`: what is above goes to the others in proportion.
std::vector<double> split_up_to(double total, std::span<const County> counties,
                                std::span<const double> need, std::span<const double> most);

/// Whole parts by largest remainder, which add up to the rounded sum of the shares.
std::vector<std::int64_t> whole_places(std::span<const double> share);

}  // namespace terrace::nation
