// A study for the tests of plans.
#pragma once

#include <string>
#include <vector>

#include <terrace/study.hpp>

namespace terrace::test {

inline StudyDimension number_dimension(std::string name, std::string key, double low, double high) {
  StudyDimension out;
  out.name = std::move(name);
  out.key = std::move(key);
  out.unit = "share";
  out.meaning = "made up";
  out.low = low;
  out.high = high;
  return out;
}

/// Two dimensions, of numbers and of a switch, as a grid of 3 x 2 points with two replicates.
inline Study small_study() {
  Study study;
  study.name = "small-study";
  study.title = "What matters";
  StudyDimension trap = number_dimension("trap", "farm_assets.tau", 0.1, 0.9);
  trap.levels = {0.1, 0.5, 0.9};
  StudyDimension relocation;
  relocation.name = "relocation";
  relocation.kind = StudyDimension::Kind::policy;
  relocation.key = "relocation.enabled";
  relocation.unit = "1";
  relocation.choices = {"true", "false"};
  relocation.levels = {0.0, 1.0};
  study.dimensions = {trap, relocation};
  study.replicates = 2;
  study.output.indicators = {"headcount_ratio"};
  study.output.first_year = 2012;
  study.output.last_year = 2018;
  return study;
}

}  // namespace terrace::test
