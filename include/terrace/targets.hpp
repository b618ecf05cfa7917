// Published figures, and how a run answers them: what scenarios/data/targets.yaml holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <terrace/layout.hpp>

namespace terrace {

/// What a figure was to the model before any run is compared with it.
enum class TargetRole : std::uint8_t {
  fitted,    ///< a constant was set so that the model meets it, or a test gates on it
  used,      ///< an input: a parameter, a first value, a series
  held_out,  ///< kept out of all fitting, for good
  open       ///< neither
};

/// What is made of the years of a term. A year's figure is the sum of a flow, December's value of
/// anything else.
enum class TargetTake : std::uint8_t {
  value,   ///< of one year
  sum,     ///< over the years, both ends included
  mean,    ///< over the years
  change,  ///< the last year's less the first's
  growth   ///< mean rate a year from the first to the last: 0.1 is ten percent
};

/// Where a term looks.
enum class TargetWhere : std::uint8_t { nation, designated, part, provinces };

/// One number of a run.
struct TargetTerm {
  std::string indicator;
  std::string group = "monthly";  ///< as `terrace list indicators` calls it: monthly, targeting...
  std::string module;             ///< of the group `modules`
  std::string times;   ///< indicator of the same group that multiplies it; nothing times none is 0
  std::string weight;  ///< indicator by which regions are averaged; empty: they are added up
  TargetWhere where = TargetWhere::nation;
  Region part = Region::east;          ///< where == part
  std::vector<std::string> provinces;  ///< where == provinces
  TargetTake take = TargetTake::value;
  int from = 0;  ///< first year
  int to = 0;    ///< last year, the same for `value`
  double factor = 1.0;
};

/// factor x (sum of `terms`) / (sum of `over`), in the unit of the published figure.
struct TargetAnswer {
  std::vector<TargetTerm> terms;
  std::vector<TargetTerm> over;  ///< empty: 1
  double factor = 1.0;
};

/// How far off a run may be. Written before the run: from how exact the figure is, and how noisy
/// the indicator.
struct TargetTolerance {
  double pass = 0.0;
  double near = 0.0;
  bool relative = true;  ///< shares of the published figure; else its unit
  std::string why;
};

/// One published figure.
struct Target {
  std::string id;
  std::string quantity;
  std::string unit;
  std::string period;
  std::string scope;
  std::string source;      ///< the publication
  std::string provenance;  ///< seed (a document of the project), search, derived, memory
  std::string kind;        ///< initial, parameter, calibration, validation
  std::string note;
  std::string module;  ///< the module whose participants or money it counts; empty: of none
  bool holdout = false;
  TargetRole role = TargetRole::open;
  int pattern = 0;                 ///< of the list below; 0: none
  std::vector<double> values;      ///< one; the two ends of a range; or several parts
  bool range = false;              ///< anything between the two is as published
  std::vector<std::string> words;  ///< a figure that is no number
  std::size_t part = 0;            ///< which of several values is answered
  std::optional<TargetAnswer> answer;
  TargetTolerance tolerance;  ///< of answered ones
  std::vector<std::string>
      feeds;            ///< of fitted and used: constants set by it, tests that gate on it
  std::string without;  ///< key of `reasons`: why no indicator answers it
};

/// Something that a credible model shows; targets with its number say whether this one does.
struct TargetPattern {
  int number = 0;
  std::string says;
};

struct TargetList {
  std::vector<std::string> nation;             ///< provinces of a run that speaks of the nation
  std::map<std::string, std::string> reasons;  ///< why figures are not answered, by key
  std::vector<TargetPattern> patterns;
  std::vector<Target> targets;
};

}  // namespace terrace
