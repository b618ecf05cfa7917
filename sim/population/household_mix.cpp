#include "population/household_mix.hpp"

#include <algorithm>

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include <terrace/check.hpp>
#include <terrace/maths.hpp>

namespace terrace {

namespace {

constexpr std::size_t kRounds = 5000;
constexpr double kClose = 1e-9;
// A member's ages stay within this factor of an even spread over the range.
constexpr double kTilt = 10.0;

// Households of a county are numbered with 20 bits, and counties differ in size.
constexpr double kCountyPersons = 1e6;

using Matrix = Eigen::Matrix<double, 5, 5>;

Relation relation_of(const std::string& name) {
  if (name == "head") return Relation::head;
  if (name == "spouse") return Relation::spouse;
  if (name == "child") return Relation::child;
  if (name == "parent") return Relation::parent;
  return Relation::other;
}

Matrix correlation_of(const Layout& layout) {
  Matrix out;
  for (int i = 0; i < 5; ++i) {
    for (int j = 0; j < 5; ++j) {
      out(i, j) = layout.correlation[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    }
  }
  return out;
}

/// Years of the member's range that lie in an age group; both include their last year.
double overlap(const HouseholdKind::Member& member, const AgeMargin& group) {
  const int low = std::max(member.age_low, group.age_low);
  const int high = std::min(member.age_high, group.age_high);
  return std::max(0, high - low + 1);
}

/// The state of the fit. `tilt` is the density of ages by group, common to all members.
struct Fit {
  const Layout& layout;
  std::vector<double> share;               ///< of kinds
  std::vector<double> tilt;                ///< by age group
  std::vector<std::vector<double>> count;  ///< persons of a kind by age group, given tilt
  std::vector<double> ages;                ///< fitted shares of persons
  std::vector<double> sizes;               ///< fitted shares of households
  double mean_size = 0.0;

  std::size_t size_class(std::size_t kind) const {
    return std::min(layout.kinds[kind].members.size(), layout.household_sizes.size()) - 1;
  }
  double member_total(const HouseholdKind::Member& member) const {
    double total = 0.0;
    for (std::size_t g = 0; g < tilt.size(); ++g)
      total += tilt[g] * overlap(member, layout.ages[g]);
    return total;
  }
};

Fit begin_fit(const Layout& layout) {
  Fit fit{layout, {}, {}, {}, {}, {}, 0.0};
  double total = 0.0;
  for (const HouseholdKind& kind : layout.kinds) total += kind.prior;
  for (const HouseholdKind& kind : layout.kinds) fit.share.push_back(kind.prior / total);
  fit.tilt.assign(layout.ages.size(), 1.0);
  fit.count.assign(layout.kinds.size(), std::vector<double>(layout.ages.size()));
  return fit;
}

void measure(Fit& fit) {
  fit.ages.assign(fit.tilt.size(), 0.0);
  fit.sizes.assign(fit.layout.household_sizes.size(), 0.0);
  fit.mean_size = 0.0;
  for (std::size_t k = 0; k < fit.share.size(); ++k) {
    const auto& members = fit.layout.kinds[k].members;
    fit.count[k].assign(fit.tilt.size(), 0.0);
    for (const auto& member : members) {
      const double total = fit.member_total(member);
      for (std::size_t g = 0; g < fit.tilt.size(); ++g) {
        fit.count[k][g] += fit.tilt[g] * overlap(member, fit.layout.ages[g]) / total;
      }
    }
    for (std::size_t g = 0; g < fit.tilt.size(); ++g) fit.ages[g] += fit.share[k] * fit.count[k][g];
    fit.sizes[fit.size_class(k)] += fit.share[k];
    fit.mean_size += fit.share[k] * static_cast<double>(members.size());
  }
  for (double& a : fit.ages) a /= fit.mean_size;
}

double worst_difference(const Fit& fit) {
  double worst = 0.0;
  const auto take = [&](double target, double got) {
    worst = std::max(worst, target > got ? target - got : got - target);
  };
  for (std::size_t g = 0; g < fit.ages.size(); ++g) take(fit.layout.ages[g].share, fit.ages[g]);
  for (std::size_t s = 0; s < fit.sizes.size(); ++s)
    take(fit.layout.household_sizes[s], fit.sizes[s]);
  return worst;
}

/// Moves kinds and tilt towards the ages: a kind by the mean log ratio over its members, so that a
/// kind rich in groups that are too small becomes more frequent.
void rake_ages(Fit& fit) {
  std::vector<double> ratio(fit.ages.size(), 0.0);
  for (std::size_t g = 0; g < ratio.size(); ++g) {
    const double target = fit.layout.ages[g].share;
    if (fit.ages[g] > 0.0 && target > 0.0) ratio[g] = exact::log(target / fit.ages[g]);
  }
  for (std::size_t k = 0; k < fit.share.size(); ++k) {
    double sum = 0.0;
    for (std::size_t g = 0; g < ratio.size(); ++g) sum += fit.count[k][g] * ratio[g];
    fit.share[k] *= exact::exp(sum / static_cast<double>(fit.layout.kinds[k].members.size()));
  }
  for (std::size_t g = 0; g < ratio.size(); ++g) {
    fit.tilt[g] = std::clamp(fit.tilt[g] * exact::exp(0.5 * ratio[g]), 1.0 / kTilt, kTilt);
  }
}

void rake_sizes(Fit& fit) {
  std::vector<double> sum(fit.layout.household_sizes.size(), 0.0);
  for (std::size_t k = 0; k < fit.share.size(); ++k) sum[fit.size_class(k)] += fit.share[k];
  for (std::size_t k = 0; k < fit.share.size(); ++k) {
    const std::size_t s = fit.size_class(k);
    if (sum[s] > 0.0) fit.share[k] *= fit.layout.household_sizes[s] / sum[s];
  }
}

MemberPlan plan_member(const Fit& fit, const HouseholdKind::Member& member) {
  MemberPlan plan{relation_of(member.relation), member.female, {}};
  const double total = fit.member_total(member);
  double from = 0.0;
  for (std::size_t g = 0; g < fit.tilt.size(); ++g) {
    const double years = overlap(member, fit.layout.ages[g]);
    if (years <= 0.0) continue;
    const double share = fit.tilt[g] * years / total;
    const int low = std::max(member.age_low, fit.layout.ages[g].age_low);
    plan.ages.push_back({from + share, from, 12.0 * low, 12.0 * years / share});
    from += share;
  }
  return plan;
}

std::vector<KindPlan> plan_kinds(const Fit& fit) {
  std::vector<KindPlan> kinds;
  double upto = 0.0;
  for (std::size_t k = 0; k < fit.share.size(); ++k) {
    upto += fit.share[k];
    KindPlan plan{fit.share[k], upto, {}};
    for (const auto& member : fit.layout.kinds[k].members) {
      plan.members.push_back(plan_member(fit, member));
    }
    kinds.push_back(std::move(plan));
  }
  return kinds;
}

std::vector<MarginRow> margin_rows(const Fit& fit) {
  std::vector<MarginRow> rows;
  const std::size_t last = fit.sizes.size();
  for (std::size_t s = 0; s < last; ++s) {
    rows.push_back({"households of " + std::to_string(s + 1) + (s + 1 == last ? "+" : ""),
                    fit.layout.household_sizes[s], fit.sizes[s]});
  }
  for (std::size_t g = 0; g < fit.ages.size(); ++g) {
    const AgeMargin& group = fit.layout.ages[g];
    rows.push_back(
        {"persons of " + std::to_string(group.age_low) + "-" + std::to_string(group.age_high),
         group.share, fit.ages[g]});
  }
  return rows;
}

}  // namespace

std::optional<std::string> layout_problem(const Layout& layout) {
  if (layout.provinces.empty()) return "a layout needs a province";
  for (const ProvinceLayout& province : layout.provinces) {
    const double counties = province.designated + province.other;
    if (counties > 0.0 &&
        province.poor_2013 / province.incidence_2013 > kCountyPersons * counties) {
      return "provinces: " + province.name + " has more than a million rural persons a county";
    }
  }
  if (layout.ages.empty() || layout.household_sizes.empty())
    return "ages and household_sizes are needed";
  std::vector<bool> made(layout.household_sizes.size(), false);
  for (const HouseholdKind& kind : layout.kinds) {
    if (kind.members.empty()) return "kinds: " + kind.name + " has no members";
    if (kind.members.size() > 100) return "kinds: " + kind.name + " has more than 100 members";
    made[std::min(kind.members.size(), made.size()) - 1] = true;
    for (const auto& member : kind.members) {
      double years = 0.0;
      for (const AgeMargin& group : layout.ages) years += overlap(member, group);
      if (years != member.age_high - member.age_low + 1) {
        return "kinds: an age range of " + kind.name + " is not covered once by the groups of ages";
      }
    }
  }
  for (std::size_t s = 0; s < made.size(); ++s) {
    if (!made[s] && layout.household_sizes[s] > 0.0) {
      return "household_sizes: no kind has " + std::to_string(s + 1) + " members";
    }
  }
  const Matrix wanted = correlation_of(layout);
  if (wanted != wanted.transpose()) return "copula: the matrix is not symmetric";
  if (wanted.diagonal() != Matrix::Identity().diagonal()) return "copula: the diagonal must be 1";
  if (Eigen::LLT<Matrix>(wanted).info() != Eigen::Success) {
    return "copula: the matrix is not positive definite";
  }
  return std::nullopt;
}

HouseholdMix fit_household_mix(const Layout& layout) {
  require(!layout_problem(layout), "a layout unfit for synthesis was not refused");
  Fit fit = begin_fit(layout);
  HouseholdMix mix;
  rake_sizes(fit);
  measure(fit);
  for (; mix.rounds < kRounds && worst_difference(fit) > kClose; ++mix.rounds) {
    rake_ages(fit);
    rake_sizes(fit);
    measure(fit);
  }
  mix.kinds = plan_kinds(fit);
  mix.mean_size = fit.mean_size;
  mix.margins = margin_rows(fit);
  mix.worst = worst_difference(fit);
  const Matrix factor = Eigen::LLT<Matrix>(correlation_of(layout)).matrixL();
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      mix.factor[i][j] = factor(static_cast<int>(i), static_cast<int>(j));
    }
  }
  return mix;
}

}  // namespace terrace
