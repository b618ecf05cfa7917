#include "economy/covid.hpp"

#include <algorithm>
#include <array>

namespace terrace::economy {

double covid_loss(const Covid& c, int year, int month) {
  if (year != static_cast<int>(c.year) || month < 2) return 0.0;
  if (month >= 9) return c.epidemic * c.wage_loss;
  const std::array<double, 7> at_work{c.at_work_feb, c.at_work_mar, c.at_work_apr, c.at_work_may,
                                      c.at_work_jun, c.at_work_jul, c.at_work_aug};
  double lost = 0.0;
  for (const double share : at_work) lost += 1.0 - share;
  if (lost <= 0.0) return 0.0;
  const double beyond_usual = std::max(0.0, lost - c.normal_gap) / lost;
  return c.epidemic * (1.0 - at_work[static_cast<std::size_t>(month - 2)]) * beyond_usual;
}

double covid_local(const Covid& c, int month) { return month >= 9 ? 1.0 : c.local_share; }

}  // namespace terrace::economy
