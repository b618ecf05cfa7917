#include "village_kernel.hpp"

#include "terrace/clones.hpp"
#include "terrace/maths.hpp"

namespace reference {

using terrace::exact::select;

TERRACE_CLONES void update_households(std::size_t count, const float* __restrict normal_a,
                                      const float* __restrict normal_b,
                                      const float* __restrict uniform, float* __restrict log_income,
                                      float* __restrict assets, std::uint8_t* __restrict ill_months,
                                      float* __restrict income) {
  for (std::size_t i = 0; i < count; ++i) {
    const float z = 0.98F * log_income[i] + 0.05F * normal_a[i];
    log_income[i] = z;
    const float owned = assets[i];
    const float rate = select(owned > 10.0F, 0.01F, 0.002F);
    const float earned = terrace::exact::exp(z + 0.3F * normal_b[i]) + rate * owned;
    income[i] = earned;
    // Three months from an onset on; another onset starts them anew.
    const std::int32_t before = ill_months[i];
    const std::int32_t onset = -static_cast<std::int32_t>(uniform[i] < 0.01F);
    const std::int32_t ill = (before & ~onset) | (3 & onset);
    const std::int32_t is_ill = static_cast<std::int32_t>(ill > 0);
    ill_months[i] = static_cast<std::uint8_t>(ill - is_ill);
    const float cost = 0.5F * earned * static_cast<float>(is_ill);
    const float wanted = 0.8F * earned;
    const float consumed = select(wanted > 0.5F, wanted, 0.5F);
    const float left = owned + earned - consumed - cost;
    assets[i] = select(left > 0.0F, left, 0.0F);
  }
}

namespace {

TERRACE_ALWAYS_INLINE int count_below(const float* values, float bound) {
  int count = 0;
  for (std::size_t i = 0; i < village_size; ++i) count += static_cast<int>(values[i] < bound);
  return count;
}

struct Cut {
  float below;  // everyone below this is served ...
  float tied;   // ... and of those at or above it but below this, the first few
  int ties;
};

// Halves the interval that holds the cut-off and counts, instead of sorting. Incomes are positive.
TERRACE_ALWAYS_INLINE Cut find_cut(const float* income) {
  if (count_below(income, line) <= places_per_village) return {line, line, 0};
  float low = 0.0F;  // fewer than the places are below it
  int below_low = 0;
  float high = line;  // more than the places are below it
  for (;;) {
    const float middle = 0.5F * (low + high);
    // Neighbouring floats: all between them are equal, which only a tie can bring about.
    if (!(low < middle && middle < high)) return {low, high, places_per_village - below_low};
    const int below = count_below(income, middle);
    if (below == places_per_village) return {middle, middle, 0};
    if (below < places_per_village) {
      low = middle;
      below_low = below;
    } else {
      high = middle;
    }
  }
}

TERRACE_ALWAYS_INLINE VillageRow row_of(const float* income) {
  // Eight lanes, so that the order of the additions is fixed.
  float sum[8] = {};
  float gap[8] = {};
  int poor = 0;
  for (std::size_t i = 0; i < village_size; i += 8) {
    for (std::size_t lane = 0; lane < 8; ++lane) {
      const float value = income[i + lane];
      const bool below = value < line;
      sum[lane] += value;
      gap[lane] += select(below, line - value, 0.0F);
      poor += static_cast<int>(below);
    }
  }
  const auto total = [](const float(&lane)[8]) {
    return ((lane[0] + lane[4]) + (lane[2] + lane[6])) +
           ((lane[1] + lane[5]) + (lane[3] + lane[7]));
  };
  constexpr auto size = static_cast<float>(village_size);
  return {static_cast<float>(poor) / size, total(gap) / size, total(sum) / size};
}

}  // namespace

TERRACE_CLONES void top_up_villages(std::size_t villages, float* __restrict income,
                                    float* __restrict assets, VillageRow* __restrict rows) {
  for (std::size_t village = 0; village < villages; ++village) {
    float* const earned = income + village * village_size;
    float* const owned = assets + village * village_size;
    Cut cut = find_cut(earned);
    for (std::size_t i = 0; cut.ties > 0 && i < village_size; ++i) {
      if (earned[i] < cut.below || earned[i] >= cut.tied) continue;
      owned[i] += line - earned[i];
      earned[i] = line;
      --cut.ties;
    }
    for (std::size_t i = 0; i < village_size; ++i) {
      const float transfer = select(earned[i] < cut.below, line - earned[i], 0.0F);
      owned[i] += transfer;
      earned[i] += transfer;
    }
    rows[village] = row_of(earned);
  }
}

}  // namespace reference
