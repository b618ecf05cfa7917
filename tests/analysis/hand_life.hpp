// A life made up by hand, for tests of what is said of it.
#pragma once

#include <cstdint>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include <terrace/prescription.hpp>

#include "analysis/explain.hpp"

namespace terrace::explain {

inline constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
inline constexpr std::uint64_t kHousehold = household_key(1, 5U << 12U);  // a founder's

/// Two years, 2012 before the programme and 2013 in it; 2,000 yuan a head, then 3,000.
inline Life made_up_life() {
  Life life;
  life.scenario = "tpa";
  life.household = kHousehold;
  life.county = "Hills-d01";
  life.province = "Hills";
  life.designated = true;
  life.weight = 1250.0F;
  life.columns = {{"income", "yuan/person/year", ""},
                  {"members", "persons", ""},
                  {"register_status", "1", "", "no registered exited relapsed removed"},
                  {"plan", "1", ""}};
  life.values.resize(4);
  for (int m = 0; m < 24; ++m) {
    life.months.push_back(month_of(2012, 1) + m);
    life.burn_in.push_back(m < 12);
    life.values[0].push_back(m < 12 ? 2000.0F : 3000.0F);
    life.values[1].push_back(4.0F);
    life.values[2].push_back(m < 15 ? 0.0F : 1.0F);
    life.values[3].push_back(m < 15 ? 0.0F : static_cast<float>(bit(Measure::industry)));
  }
  life.modules = {"relocation", "home_made"};
  life.titles = {{"relocation", "Relocation"}};
  life.lines = {{2012, 2500.0}, {2013, 2736.0}};
  return life;
}

inline Event happened(EventKind kind, int month_of_2013, float amount = 0.0F) {
  Event event;
  event.household = kHousehold;
  event.month = month_of(2013, month_of_2013);
  event.kind = kind;
  event.amount = amount;
  return event;
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace terrace::explain
