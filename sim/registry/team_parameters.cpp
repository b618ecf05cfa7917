#include "registry/parameters.hpp"

namespace terrace {

std::span<const Parameter<Teams>> Teams::table() {
  using S = Teams;
  static constexpr Parameter<S> rows[] = {
      {&S::teams,
       {"teams", "teams", 255000, 0, 400000,
        "resident teams of the nation once all are sent; poor villages get theirs in any case",
        "white paper of April 2021"}},
      {&S::team_effect,
       {"team_effect", "1", 0.3, 0, 0.6,
        "T: relative rise of consent, search, reach and detection, and fall of misdiagnosis, with "
        "a team of usual quality; 0: teams and cadres do nothing",
        "assumption"}},
      {&S::team_quality_sd,
       {"team_quality_sd", "1", 0.3, 0, 0.6, "sd of team quality, mean 1; held within 0 and 2",
        "assumption"}},
      {&S::team_rotation,
       {"team_rotation", "months", 24, 12, 36, "months between rotations",
        "terms of one to three years"}},
      {&S::quality_without,
       {"quality_without", "1", 0.3, 0, 1, "quality where no team lives: contact cadres alone",
        "assumption"}},
      {&S::arrival_from,
       {"arrival_from", "year", 2013, 2013, 2020,
        "first year in which poor villages get their teams, each in a month of its own, though not "
        "before they are designated",
        "teams in all poor villages by October 2015"}},
      {&S::arrival_months,
       {"arrival_months", "months", 34, 1, 84,
        "months over which these are spread; then further villages get theirs",
        "January 2013 to October 2015"}},
      {&S::settling_months,
       {"settling_months", "months", 3, 0, 12, "months that new members need to settle in; 0: none",
        "assumption"}},
      {&S::settling_quality,
       {"settling_quality", "1", 0.5, 0, 1, "factor on quality in these months", "assumption"}},
      {&S::cadres,
       {"cadres", "persons", 5000000.0, 2000000.0, 8000000.0, "contact cadres of the nation",
        "assumption; four to five households each"}},
      {&S::cadre_load,
       {"cadre_load", "households", 5, 3, 15,
        "registered households per contact cadre up to which T is full",
        "four to five households a cadre"}},
  };
  return rows;
}

}  // namespace terrace
