#include "analysis/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "analysis/sweep_runs.hpp"

namespace terrace::analysis {
namespace {

constexpr std::size_t kFewRows = 64;
constexpr std::size_t kFewTrajectories = 10;
constexpr double kMuchNoise = 0.1;

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& item : list) out += (out.empty() ? "" : ", ") + item;
  return out;
}

std::size_t block_of(const StudyDesign& design, std::size_t k) {
  return design.kind == StudyDesign::Kind::morris ? k + 1
                                                  : SaltelliLayout{k, design.second_order}.block();
}

void refuse_other_designs(const StudyDesign& design) {
  using Kind = StudyDesign::Kind;
  if (design.kind == Kind::saltelli || design.kind == Kind::morris) return;
  throw NoAnswer(
      "the study's design has no indices; plan one with\n"
      "  design: {kind: saltelli, n: 128}    (Sobol indices, n (k + 2) points)\n"
      "  design: {kind: morris, n: 20}       (elementary effects, n (k + 1) points)");
}

/// Numbers of runs in order, and as many points as the design has.
void refuse_other_tables(const SweepResults& sweep) {
  const std::size_t k = sweep.dimensions.size();
  const std::size_t points = sweep.design.n * block_of(sweep.design, k);
  const bool fits =
      k > 0 && points > 0 && runs_in_order(sweep) && sweep.runs() == points * sweep.replicates;
  if (!fits) throw NoAnswer("the runs are not those of the study's design");
}

void refuse_runs_without_figure(const std::vector<SweepOutput>& outputs,
                                const std::string& folder) {
  std::string text;
  std::size_t example = 0;
  for (const SweepOutput& output : outputs) {
    std::vector<std::size_t> without;
    for (std::size_t run = 0; run < output.by_run.size(); ++run) {
      if (!std::isfinite(output.by_run[run])) without.push_back(run);
    }
    if (without.empty()) continue;
    if (text.empty()) example = without.front();
    text += "output '" + output.name + "' has no number in " + runs_text(without) + "\n";
  }
  if (text.empty()) return;
  throw NoAnswer(text + "such a run with all that it writes:\n  terrace sweep replay " + folder +
                 " " + std::to_string(example));
}

/// Coordinates of points, and what the layout says of them.
std::vector<std::vector<double>> points_of(const SweepResults& sweep) {
  std::vector<std::vector<double>> out(sweep.coordinates.size());
  for (std::size_t d = 0; d < out.size(); ++d) {
    for (std::size_t run = 0; run < sweep.runs(); run += sweep.replicates)
      out[d].push_back(sweep.coordinates[d][run]);
  }
  return out;
}

/// Indices of points in another order would be numbers without meaning.
void refuse_other_layout(const std::vector<std::vector<double>>& points,
                         const SaltelliLayout& layout) {
  const std::size_t n = points.front().size() / layout.block();
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < layout.dimensions; ++i) {
      for (std::size_t d = 0; d < layout.dimensions; ++d) {
        const double a = points[d][layout.a(j)];
        const double b = points[d][layout.b(j)];
        const bool mixed = points[d][layout.ab(j, i)] == (d == i ? b : a) &&
                           (!layout.second_order || points[d][layout.ba(j, i)] == (d == i ? a : b));
        if (!mixed) {
          throw NoAnswer("the points are not in the order of a Saltelli design: see point " +
                         std::to_string(layout.ab(j, i)));
        }
      }
    }
  }
}

RangeEnds ends_of(const StudyDimension& dimension) {
  if (!dimension.choices.empty()) return {dimension.choices.front(), dimension.choices.back()};
  return {level_text(dimension, dimension.low), level_text(dimension, dimension.high)};
}

std::vector<Estimated> means_of(const Terms& terms, const Bootstrap& how) {
  return bootstrap(
      terms,
      [](std::span<const double> means) { return std::vector<double>(means.begin(), means.end()); },
      how);
}

void add_effects(const std::vector<std::vector<double>>& points, const SweepResults& sweep,
                 const Bootstrap& how, OutputSensitivity& one) {
  const double step = morris_step(sweep.design.levels);
  try {
    one.morris = morris_effects(
        elementary_effects(one.spread.by_point, points, sweep.dimensions, step), how);
  } catch (const std::invalid_argument& error) {
    throw NoAnswer(std::string("the points are not trajectories of Morris: ") + error.what());
  }
  if (sweep.replicates == 1) return;
  one.beyond_noise = means_of(
      squares_beyond_noise(one.output.by_run, sweep.replicates, points, sweep.dimensions, step),
      how);
}

/// A total index is half of the mean square between points that differ in one dimension, over the
/// variance (Jansen).
void add_indices(const SaltelliLayout& layout, std::size_t replicates, const Bootstrap& how,
                 OutputSensitivity& one) {
  one.sobol = sobol_indices(one.spread.by_point, layout, how);
  if (replicates == 1) return;
  Terms terms(layout.dimensions);
  for (std::size_t i = 0; i < layout.dimensions; ++i) {
    for (std::size_t j = 0; j < one.spread.by_point.size() / layout.block(); ++j) {
      terms[i].push_back(
          square_beyond_noise(one.output.by_run, replicates, layout.a(j), layout.ab(j, i)));
    }
  }
  one.beyond_noise = means_of(terms, how);
}

/// Months in the order of the calendar and switches have an order; scenarios have none.
bool without_order(const StudyDimension& dimension) {
  return dimension.choices.size() > 2 &&
         (dimension.kind != StudyDimension::Kind::policy ||
          !std::is_sorted(dimension.choices.begin(), dimension.choices.end()));
}

void note_noise(Sensitivity& out) {
  std::vector<std::string> noisy;
  std::vector<std::string> drowned;
  for (const OutputSensitivity& one : out.outputs) {
    if (one.spread.noise_share >= 1.0) {
      drowned.push_back(one.output.name);
    } else if (one.spread.noise_share >= kMuchNoise) {
      noisy.push_back(one.output.name);
    }
  }
  if (!noisy.empty()) {
    out.notes.push_back(
        "a tenth or more of the variance of points is noise, which indices count as effects, alone "
        "or as interactions; more replicates or a larger sample lower it: " +
        joined(noisy));
  }
  if (!drowned.empty()) {
    out.notes.push_back(
        "points differ no more than noise alone would make them, so that nothing can be said of "
        "effects; more replicates or a larger sample are needed: " +
        joined(drowned));
  }
}

void note_what_is_weak(Sensitivity& out, const SweepResults& sweep) {
  if (sweep.replicates == 1) {
    out.notes.push_back(
        "one replicate: how much of the variance is noise is not known, and indices count it as "
        "effects; plan two or more");
  }
  note_noise(out);
  std::vector<std::string> constant;
  for (const OutputSensitivity& one : out.outputs) {
    if (one.constant()) constant.push_back(one.output.name);
  }
  if (!constant.empty()) {
    out.notes.push_back("the same in all points, so that nothing can be said of effects: " +
                        joined(constant));
  }
  if (!out.morris && out.n < kFewRows) {
    out.notes.push_back("n = " + std::to_string(out.n) +
                        " rows: under 64 intervals are too narrow more often than they say");
  }
  if (out.morris && out.n < kFewTrajectories) {
    out.notes.push_back(
        "n = " + std::to_string(out.n) +
        " trajectories: under 10 intervals are too narrow more often than they say");
  }
  for (const StudyDimension& dimension : sweep.dimensions) {
    if (out.morris && without_order(dimension)) {
      out.notes.push_back("dimension '" + dimension.name +
                          "' has choices without an order: its mu depends on how they are listed, "
                          "mu* less so");
    }
  }
}

}  // namespace

Sensitivity sensitivity_of(const SweepResults& sweep, const SensitivityRequest& request,
                           const std::string& folder) {
  refuse_other_designs(sweep.design);
  refuse_other_tables(sweep);
  refuse_missing_runs(sweep, "indices need every run of the design", folder);
  Sensitivity out;
  out.morris = sweep.design.kind == StudyDesign::Kind::morris;
  out.second_order = !out.morris && sweep.design.second_order;
  out.n = sweep.design.n;
  out.points = sweep.runs() / sweep.replicates;
  for (const StudyDimension& dimension : sweep.dimensions) {
    out.dimensions.push_back(dimension.name);
    out.ends.push_back(ends_of(dimension));
  }
  const SaltelliLayout layout{out.dimensions.size(), out.second_order};
  const std::vector<std::vector<double>> points = points_of(sweep);
  if (!out.morris) refuse_other_layout(points, layout);

  std::vector<std::string> left_out;
  std::vector<SweepOutput> outputs = request.outputs.empty()
                                         ? all_outputs(sweep, left_out)
                                         : chosen_outputs(sweep, request.outputs);
  if (outputs.empty()) throw NoAnswer("no run has a number of any indicator");
  if (!left_out.empty())
    out.notes.push_back("left out, since no run has a number of it: " + joined(left_out));
  refuse_runs_without_figure(outputs, folder);

  const Bootstrap how{request.resamples, request.confidence, sweep.seed};
  for (SweepOutput& output : outputs) {
    OutputSensitivity one;
    one.spread = spread_of(output.by_run, sweep.replicates);
    one.output = std::move(output);
    one.beyond_noise.resize(out.dimensions.size());
    if (out.morris) {
      add_effects(points, sweep, how, one);
    } else {
      add_indices(layout, sweep.replicates, how, one);
    }
    out.outputs.push_back(std::move(one));
  }
  note_what_is_weak(out, sweep);
  return out;
}

}  // namespace terrace::analysis
