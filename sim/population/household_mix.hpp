// Who lives together: the kinds of household of a layout, fitted to its margins.
//
// Shares of kinds and the distribution of ages within a member's range are adjusted in turn until
// household sizes and persons' ages both meet their margins (generalised iterative proportional
// fitting; what it could not meet stands in the report).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <terrace/layout.hpp>
#include <terrace/tables.hpp>

namespace terrace {

/// A piece of a member's age range with one density.
struct AgePiece {
  double upto = 0.0;    ///< share of members younger than the end of the piece
  double from = 0.0;    ///< share younger than its beginning
  double months = 0.0;  ///< age at its beginning
  double slope = 0.0;   ///< months of age per share
};

struct MemberPlan {
  Relation relation = Relation::head;
  double female = 0.5;
  std::vector<AgePiece> ages;  ///< the last reaches upto = 1
};

struct KindPlan {
  double share = 0.0;  ///< of households
  double upto = 0.0;   ///< share of this kind and those before it
  std::vector<MemberPlan> members;
};

/// A margin after the fit.
struct MarginRow {
  std::string what;
  double target = 0.0;
  double fitted = 0.0;
};

/// What all counties share.
struct HouseholdMix {
  std::vector<KindPlan> kinds;
  double mean_size = 0.0;  ///< persons a household
  std::array<std::array<double, 5>, 5>
      factor{};                    ///< lower Cholesky factor of the copula's correlation
  std::vector<MarginRow> margins;  ///< sizes, then ages
  std::size_t rounds = 0;
  double worst = 0.0;  ///< largest absolute difference of a margin
};

/// What makes a layout unfit for synthesis, in words for its author; nothing if it is fit. The fit
/// and all that follows take for granted that this has been asked.
std::optional<std::string> layout_problem(const Layout& layout);

HouseholdMix fit_household_mix(const Layout& layout);

/// Age in whole months of a member whose place in the age distribution is `u`, 0 to 1.
inline int age_months(const MemberPlan& member, double u) {
  std::size_t piece = 0;
  while (piece + 1 < member.ages.size() && u >= member.ages[piece].upto) ++piece;
  const AgePiece& at = member.ages[piece];
  return static_cast<int>(at.months + (u - at.from) * at.slope);
}

}  // namespace terrace
