#include "analysis/interval.hpp"

#include <cmath>
#include <sstream>

#include <boost/math/distributions/students_t.hpp>

namespace terrace::analysis {

double t_quantile(std::size_t n, double confidence) {
  const boost::math::students_t distribution(static_cast<double>(n - 1));
  return boost::math::quantile(distribution, 0.5 + 0.5 * confidence);
}

MeanInterval mean_interval(std::span<const double> values, double confidence) {
  MeanInterval out;
  double first = 0.0;
  double sum =
      0.0;  // of distances from the first value, so that equal values have no spread at all
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    if (out.n == 0) first = value;
    ++out.n;
    sum += value - first;
  }
  if (out.n == 0) return out;
  const auto n = static_cast<double>(out.n);
  out.mean = first + sum / n;
  if (out.too_small()) return out;
  double squares = 0.0;
  for (const double value : values) {
    if (std::isfinite(value)) squares += (value - out.mean) * (value - out.mean);
  }
  out.error = std::sqrt(squares / (n - 1.0) / n);
  const double reach = t_quantile(out.n, confidence) * out.error;
  out.low = out.mean - reach;
  out.high = out.mean + reach;
  return out;
}

std::string percent_text(double confidence) {
  std::ostringstream out;
  out << 100.0 * confidence << " %";
  return out.str();
}

}  // namespace terrace::analysis
