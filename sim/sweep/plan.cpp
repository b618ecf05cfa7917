#include "sweep/plan.hpp"

#include <terrace/check.hpp>
#include <terrace/digest.hpp>

#include "sweep/design.hpp"
#include "sweep/point.hpp"

namespace terrace::sweep {
namespace {

using Kind = StudyDesign::Kind;

std::vector<std::vector<double>> grid_points(const std::vector<StudyDimension>& dimensions) {
  std::size_t count = 1;
  for (const StudyDimension& dimension : dimensions) count *= dimension.levels.size();
  std::vector<std::size_t> at(dimensions.size(), 0);
  std::vector<std::vector<double>> points;
  points.reserve(count);
  for (std::size_t p = 0; p < count; ++p) {
    std::vector<double>& point = points.emplace_back(dimensions.size());
    for (std::size_t d = 0; d < dimensions.size(); ++d) point[d] = dimensions[d].levels[at[d]];
    // The next point, as a counter turns: the last dimension first.
    for (std::size_t d = dimensions.size(); d-- > 0;) {
      if (++at[d] < dimensions[d].levels.size()) break;
      at[d] = 0;
    }
  }
  return points;
}

std::vector<std::vector<double>> drawn_points(const Study& study) {
  auto points = design_points(study.design, study.dimensions.size());
  for (std::vector<double>& point : points) {
    for (std::size_t d = 0; d < point.size(); ++d) {
      point[d] = value_at(study.dimensions[d], point[d]);
    }
  }
  return points;
}

void add(Digest& digest, const std::vector<std::string>& words) {
  digest.add(words.size());
  for (const std::string& word : words) digest.add(word);
}

void add(Digest& digest, const StudyDimension& dimension) {
  digest.add(dimension.name);
  digest.add(static_cast<std::uint64_t>(dimension.kind));
  digest.add(dimension.key);
  add(digest, dimension.also);
  digest.add(dimension.unit);
  digest.add(dimension.meaning);
  digest.add(dimension.low);
  digest.add(dimension.high);
  digest.add(dimension.log_scale);
  digest.add(dimension.whole);
  add(digest, dimension.choices);
  digest.add(std::span<const double>(dimension.levels));
  digest.add(static_cast<std::uint64_t>(dimension.change));
  digest.add(dimension.from);
  digest.add(dimension.until);
}

}  // namespace

Plan make_plan(const Study& study, const std::vector<std::string>& resolved, std::uint64_t seed) {
  require(!study.dimensions.empty() && study.replicates > 0, "a study without runs");
  Plan plan;
  plan.study = study;
  plan.study.points.clear();
  plan.scenarios = resolved;
  plan.seed = seed;
  plan.points = study.design.kind == Kind::grid   ? grid_points(study.dimensions)
                : study.design.kind == Kind::list ? study.points
                                                  : drawn_points(study);
  require(!plan.points.empty(), "a study without points");
  plan.digest = digest_of(plan);
  return plan;
}

std::string digest_of(const Plan& plan) {
  const Study& study = plan.study;
  Digest digest;
  digest.add("terrace plan 1");
  digest.add(study.name);
  digest.add(study.title);
  digest.add(study.dimensions.size());
  for (const StudyDimension& dimension : study.dimensions) add(digest, dimension);
  digest.add(static_cast<std::uint64_t>(study.design.kind));
  digest.add(study.design.n);
  digest.add(study.design.levels);
  digest.add(study.design.second_order);
  digest.add(study.design.seed);
  digest.add(study.replicates);
  add(digest, study.output.indicators);
  digest.add(study.output.first_year);
  digest.add(study.output.last_year);
  digest.add(study.output.provinces);
  add(digest, plan.scenarios);
  digest.add(plan.seed);
  digest.add(plan.points.size());
  for (const std::vector<double>& point : plan.points) digest.add(std::span<const double>(point));
  return digest.hex();
}

}  // namespace terrace::sweep
