// Samplers on top of terrace/random.hpp (which includes this): each as a plain function of a
// uniform in (0, 1), and as a draw of one meaning.
#pragma once

#include <cstdint>

#include "terrace/maths.hpp"
#include "terrace/random.hpp"

namespace terrace {

/// True with the given probability; never at 0 or below (or NaN), always at 1 or above.
inline bool bernoulli(RunKey key, StreamId stream, Entity entity, std::int32_t month,
                      double probability, std::uint8_t draw = 0) {
  return uniform(key, stream, entity, month, draw) < probability;
}

/// Exponential with that mean (in the mean's unit), positive.
inline double exponential_from(double u, double mean) { return -mean * exact::log(u); }

/// As above; the mean is at least 0.
inline double exponential(RunKey key, StreamId stream, Entity entity, std::int32_t month,
                          double mean, std::uint8_t draw = 0) {
  return exponential_from(uniform(key, stream, entity, month, draw), mean);
}

/// The length in months, 1 to max_months, of a spell that ends each month with probability
/// `hazard`: the smallest n with 1 - (1 - hazard)^n >= u. max_months where hazard is 0 or below,
/// 1 where it is 1 or above. max_months is at least 1.
inline std::int32_t geometric_months_from(double u, double hazard, std::int32_t max_months) {
  if (!(hazard > 0.0)) return max_months;
  if (hazard >= 1.0) return 1;
  const double months = exact::log1p(-u) / exact::log1p(-hazard);
  if (!(months < static_cast<double>(max_months))) return max_months;
  const auto whole = static_cast<std::int32_t>(months);
  const std::int32_t rounded_up = whole + (static_cast<double>(whole) < months ? 1 : 0);
  return rounded_up < 1 ? 1 : rounded_up;
}

/// As above, from one draw.
inline std::int32_t geometric_months(RunKey key, StreamId stream, Entity entity, std::int32_t month,
                                     double hazard, std::int32_t max_months,
                                     std::uint8_t draw = 0) {
  return geometric_months_from(uniform(key, stream, entity, month, draw), hazard, max_months);
}

}  // namespace terrace
