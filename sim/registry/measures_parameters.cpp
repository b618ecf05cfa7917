#include "registry/parameters.hpp"

namespace terrace {

std::span<const Parameter<Measurement>> Measurement::table() {
  using S = Measurement;
  static constexpr Parameter<S> rows[] = {
      {&S::mpi_cutoff,
       {"mpi_cutoff", "1", 0.333, 0.2, 0.5,
        "weighted share of deprivations from which a person is multidimensionally poor",
        "Alkire and Foster 2011"}},
      {&S::risk_sd,
       {"risk_sd", "log points", 0.32, 0.1, 0.6,
        "sd of next year's log income about what is expected, in the measure of relapse risk; does "
        "not follow the income_risk parameters by itself",
        "assumption: root of 0.1 transitory and 0.02 (1 - 0.95^2) persistent variance of income"}},
  };
  return rows;
}

}  // namespace terrace
