#include "population/from_survey.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include <terrace/check.hpp>
#include <terrace/maths.hpp>

#include "population/household_mix.hpp"

namespace terrace {

namespace {

using H = HouseholdField;

/// The components of income lie together, in the order of Component.
H income_field(std::size_t component) {
  return static_cast<H>(static_cast<std::size_t>(H::income_farm) + component);
}
static_assert(static_cast<std::size_t>(H::income_property) ==
              static_cast<std::size_t>(H::income_farm) + kComponents - 1);

/// Persons who share the household's income as the model counts them: those at home.
double sharers(const SurveySample& sample, std::size_t h) {
  const std::size_t members = sample.members(h);
  double away = 0.0;
  for (std::size_t i = sample.first[h]; i < sample.first[h + 1]; ++i) {
    if (sample.of_person(PersonField::activity, i) == static_cast<float>(Activity::migrant)) {
      away += 1.0;
    }
  }
  const double home = static_cast<double>(members) - away;
  return home < 0.75 ? static_cast<double>(members) : home;
}

/// Rows by size, so that equal steps through a pool meet all sizes in their shares.
std::vector<std::uint32_t> order_by_size(const SurveySample& sample) {
  std::vector<std::uint32_t> order(sample.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(sample.members(a), a) < std::pair(sample.members(b), b);
  });
  return order;
}

}  // namespace

SurveyDraw::SurveyDraw(const PopulationSpec& spec, const PopulationParameters& p)
    : sample_(spec.survey.get()) {
  require(sample_ != nullptr && sample_->size() > 0, "a survey without households");
  choose_pools(spec.layout, static_cast<std::size_t>(p.survey_least));
  find_donors();
  score_incomes();
}

std::uint32_t SurveyDraw::add_pool(const std::vector<std::uint32_t>& order,
                                   const std::vector<bool>& wanted) {
  Pool pool;
  double total = 0.0;
  for (const std::uint32_t row : order) {
    if (!wanted[row]) continue;
    total += sample_->weight[row];
    pool.rows.push_back(row);
    pool.upto.push_back(total);
  }
  for (double& upto : pool.upto) upto /= total;
  pools_.push_back(std::move(pool));
  return static_cast<std::uint32_t>(pools_.size() - 1);
}

void SurveyDraw::choose_pools(const Layout& layout, std::size_t least) {
  const std::vector<std::uint32_t> order = order_by_size(*sample_);
  const auto in_province = [&](std::uint32_t row, std::size_t province) {
    const std::uint16_t of = sample_->province[row];
    return of == province || of == SurveySample::kAnyProvince;
  };
  const auto in_reach = [&](std::uint32_t row, std::size_t province, std::uint8_t kind,
                            SurveyReach reach) {
    const std::uint16_t of = sample_->province[row];
    const std::uint8_t of_kind = sample_->designated[row];
    switch (reach) {
      case SurveyReach::kind:
        return in_province(row, province) && (of_kind == kind || of_kind == SurveySample::kAnyKind);
      case SurveyReach::province:
        return in_province(row, province);
      case SurveyReach::region:
        return of == SurveySample::kAnyProvince ||
               layout.provinces[of].region == layout.provinces[province].region;
      case SurveyReach::all:
        break;
    }
    return true;
  };
  std::vector<std::vector<bool>> made;  // which rows each pool has
  std::vector<bool> wanted(sample_->size());
  for (std::size_t province = 0; province < layout.provinces.size(); ++province) {
    for (std::uint8_t kind = 0; kind < 2; ++kind) {
      SurveyReach reach = SurveyReach::kind;
      while (true) {
        std::size_t rows = 0;
        for (std::uint32_t row = 0; row < sample_->size(); ++row) {
          wanted[row] = in_reach(row, province, kind, reach);
          rows += wanted[row] ? 1 : 0;
        }
        if (reach == SurveyReach::all || rows >= std::max<std::size_t>(1, least)) break;
        reach = static_cast<SurveyReach>(static_cast<std::uint8_t>(reach) + 1);
      }
      const auto found = std::find(made.begin(), made.end(), wanted);
      const auto pool = static_cast<std::uint32_t>(found - made.begin());
      if (found == made.end()) {
        made.push_back(wanted);
        add_pool(order, wanted);
      }
      of_.push_back({pool, reach});
    }
  }
}

std::uint32_t SurveyDraw::row(std::size_t province, bool designated, double u) const {
  const Pool& pool = pools_[of_[2 * province + (designated ? 1 : 0)].pool];
  const auto at = std::upper_bound(pool.upto.begin(), pool.upto.end(), u);
  const auto last = static_cast<std::ptrdiff_t>(pool.rows.size()) - 1;
  return pool.rows[static_cast<std::size_t>(std::min(at - pool.upto.begin(), last))];
}

/// A sequential hot deck: within province and kind by size, the household before it that knows its
/// incomes, or else the next.
void SurveyDraw::find_donors() {
  const SurveySample& s = *sample_;
  std::vector<std::uint32_t> order(s.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(s.province[a], s.designated[a], s.members(a), a) <
           std::tuple(s.province[b], s.designated[b], s.members(b), b);
  });
  donor_ = order;
  for (std::uint32_t row = 0; row < s.size(); ++row) donor_[row] = row;
  const auto known =
      std::find_if(order.begin(), order.end(), [&](std::uint32_t r) { return s.knows_income(r); });
  if (known == order.end()) return;
  std::uint32_t last = *known;
  for (const std::uint32_t row : order) {
    if (s.knows_income(row)) last = row;
    donor_[row] = last;
  }
}

void SurveyDraw::score_incomes() {
  const SurveySample& s = *sample_;
  score_.assign(s.size(), kUnsurveyed);
  std::vector<std::pair<double, std::uint32_t>> order;
  double total = 0.0;
  for (std::uint32_t row = 0; row < s.size(); ++row) {
    if (!s.knows_income(row)) continue;
    order.emplace_back(surveyed_income(s, row), row);
    total += s.weight[row];
  }
  std::sort(order.begin(), order.end());
  double below = 0.0;
  for (const auto& [income, row] : order) {
    const double middle = (below + 0.5 * s.weight[row]) / total;
    below += s.weight[row];
    score_[row] = static_cast<float>(exact::normal_quantile(std::clamp(middle, 1e-9, 1.0 - 1e-9)));
  }
  for (std::uint32_t row = 0; row < s.size(); ++row) {
    if (!s.knows_income(row)) score_[row] = score_[donor_[row]];
  }
}

double surveyed_income(const SurveySample& sample, std::size_t h) {
  double total = 0.0;
  for (std::size_t k = 0; k < kComponents; ++k) {
    total += static_cast<double>(sample.of_household(income_field(k), h));
  }
  return total / sharers(sample, h);
}

double mean_household_size(const PopulationSpec& spec) {
  if (!spec.survey) return fit_household_mix(spec.layout).mean_size;
  const SurveySample& s = *spec.survey;
  double persons = 0.0;
  double households = 0.0;
  for (std::size_t h = 0; h < s.size(); ++h) {
    persons += s.weight[h] * static_cast<double>(s.members(h));
    households += s.weight[h];
  }
  return persons / households;
}

namespace {

/// Sets or clears bits of a column where the sample knows.
class BitOverlay {
 public:
  BitOverlay(const SurveySample& sample, std::vector<std::uint8_t>& column)
      : sample_(sample), column_(column) {}
  void put(std::size_t household, std::uint32_t row, H field, std::uint8_t bit) {
    const float value = sample_.of_household(field, row);
    if (std::isnan(value)) return;
    const std::uint8_t others = column_[household] & static_cast<std::uint8_t>(~bit);
    column_[household] = value > 0.0F ? static_cast<std::uint8_t>(others | bit) : others;
  }

 private:
  const SurveySample& sample_;
  std::vector<std::uint8_t>& column_;
};

bool knows_any(const SurveySample& s, H field) {
  for (std::size_t h = 0; h < s.size(); ++h) {
    if (!std::isnan(s.of_household(field, h))) return true;
  }
  return false;
}

void overlay_stocks(HouseholdTable& t, std::size_t h, const SurveySample& s, std::uint32_t row) {
  const auto known = [&](H field, auto put) {
    const float value = s.of_household(field, row);
    if (!std::isnan(value)) put(value);
  };
  known(H::land_mu, [&](float mu) { t.land[h] = static_cast<std::uint16_t>(100.0F * mu + 0.5F); });
  known(H::productive_assets, [&](float yuan) { t.assets[h] = yuan; });
  known(H::liquid_wealth, [&](float yuan) { t.wealth[h] = yuan; });
  known(H::durables,
        [&](float yuan) { t.durables[h] = static_cast<std::uint16_t>(0.1F * yuan + 0.5F); });
  known(H::house, [&](float grade) { t.house[h] = static_cast<std::uint8_t>(grade); });
}

/// Last year's income, and reference income and consumption from it.
void overlay_incomes(HouseholdTable& t, std::size_t h, const SurveySample& s, std::uint32_t row,
                     std::uint32_t donor) {
  if (s.knows_income(donor)) {
    // Of a donor the income a head is taken, and so all components for as many persons.
    const auto scale = static_cast<float>(sharers(s, row) / sharers(s, donor));
    for (std::size_t k = 0; k < kComponents; ++k) {
      t.last_year[k][h] = scale * s.of_household(income_field(k), donor);
    }
    const auto a_head = static_cast<float>(surveyed_income(s, donor));
    t.reference[h] = a_head > 0.0F ? a_head : 0.0F;
    t.consumption[h] = t.reference[h];
    std::size_t away = 0;
    for (std::size_t i = s.first[row]; i < s.first[row + 1]; ++i) {
      away +=
          s.of_person(PersonField::activity, i) == static_cast<float>(Activity::migrant) ? 1 : 0;
    }
    // At most 32 members: twenty away for the whole year fill the column.
    t.away_last_year[h] = static_cast<std::uint8_t>(std::min<std::size_t>(255, 12 * away));
  }
  const float consumption = s.of_household(H::consumption, row);
  if (!std::isnan(consumption)) t.consumption[h] = consumption;
}

}  // namespace

void overlay_survey(County& county, const SurveyDraw& draw, std::span<const std::uint32_t> rows) {
  HouseholdTable& t = county.households;
  const SurveySample& s = draw.sample();
  // Who comes with incomes or belongings keeps them; who comes without is brought to rest like
  // others.
  county.surveyed = s.has_incomes();
  for (const H field : {H::productive_assets, H::liquid_wealth, H::durables, H::consumption})
    county.surveyed = county.surveyed || knows_any(s, field);
  BitOverlay services(s, t.services);
  BitOverlay origins(s, t.origin);
  for (std::size_t h = 0; h < t.size(); ++h) {
    const std::uint32_t row = rows[h];
    overlay_stocks(t, h, s, row);
    services.put(h, row, H::safe_water, service::water);
    services.put(h, row, H::insured, service::insured);
    services.put(h, row, H::power, service::power);
    services.put(h, row, H::network, service::network);
    services.put(h, row, H::toilet, service::toilet);
    origins.put(h, row, H::minority, origin::minority);
    origins.put(h, row, H::cadre_kin, origin::cadre_kin);
    overlay_incomes(t, h, s, row, draw.income_row(row));
  }
}

}  // namespace terrace
