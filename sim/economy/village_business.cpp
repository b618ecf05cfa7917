// What a village earns together: its market crop, its cooperative, its solar plant.
#include "economy/village_business.hpp"

namespace terrace::economy {

void village_business(CountyWork& work, const EconomyParameters& p) {
  crop_month(work, p);
  cooperative_month(work, p);
  solar_month(work, p);
}

void close_business(CountyWork& work, const EconomyParameters& p) {
  close_crops(work, p);
  close_cooperatives(work, p);
  close_solar(work, p);
  close_access(work, p);
}

}  // namespace terrace::economy
