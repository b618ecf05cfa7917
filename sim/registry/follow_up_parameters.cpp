#include "registry/parameters.hpp"

namespace terrace {

std::span<const Parameter<FollowUp>> FollowUp::table() {
  using S = FollowUp;
  static constexpr Parameter<S> rows[] = {
      {&S::first_year,
       {"first_year", "year", 2020, 2020, 2030, "year from whose March households are watched",
        "guideline of March 2020"}},
      {&S::watch_lines,
       {"watch_lines", "exit lines", 1.5, 1.0, 2.0, "income below which a household may be watched",
        "published rule"}},
      {&S::mon_sens,
       {"mon_sens", "1/yr", 0.6, 0, 0.95,
        "chance that a household at risk is listed within a year; 0: no follow-up, and cases of "
        "the "
        "general survey are only counted",
        "assumption"}},
      {&S::mon_cap,
       {"mon_cap", "1", 0.05, 0.01, 0.15, "list over all ever registered",
        "assumption; a guideline of about 5% (memory)"}},
      {&S::bills_share,
       {"bills_share", "1", 0.4, 0.2, 99,
        "own bills over income that count as a sudden loss; 99: none do", "assumption"}},
      {&S::income_drop,
       {"income_drop", "1", 0.3, 0.1, 1,
        "fall of income since last December that counts as a sudden loss; 1: none does",
        "assumption"}},
  };
  return rows;
}

}  // namespace terrace
