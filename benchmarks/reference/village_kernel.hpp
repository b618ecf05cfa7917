// The two month kernels of the speed reference.
#pragma once

#include <cstddef>
#include <cstdint>

namespace reference {

inline constexpr std::size_t village_size = 200;
inline constexpr int places_per_village = 20;
inline constexpr float line = 1.0F;

/// A village in a month, after transfers: share of households below the line, mean
/// shortfall over all households as a share of the line, mean income.
struct VillageRow {
  float headcount = 0.0F;
  float gap = 0.0F;
  float mean = 0.0F;
};

/// One month of `count` households: income from two normals, illness from a uniform, saving.
void update_households(std::size_t count, const float* __restrict normal_a,
                       const float* __restrict normal_b, const float* __restrict uniform,
                       float* __restrict log_income, float* __restrict assets,
                       std::uint8_t* __restrict ill_months, float* __restrict income);

/// Lifts the poorest `places_per_village` households below the line of each village to it, of equal
/// ones those of lower number, and writes the row of each village.
void top_up_villages(std::size_t villages, float* __restrict income, float* __restrict assets,
                     VillageRow* __restrict rows);

}  // namespace reference
