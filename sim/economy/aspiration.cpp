// Aspiration, effort, imitation.
//
// A household looks at its neighbours: some `neighbours` households that follow each other in the
// village's order. It looks up to their upper quantile of income, tries hardest where what it
// aspires to lies somewhat above what it has, and trusts a programme more where others got out.
#include <algorithm>

#include <terrace/maths.hpp>

#include "economy/economy.hpp"

namespace terrace::economy {

namespace {

/// Calls f(from, to) for the rows of every group of neighbours. What is left over at the end of a
/// village is a group of its own from half a group's size on, and otherwise part of the last one.
template <class F>
void for_each_group(const County& c, const Social& p, F&& f) {
  const auto size = static_cast<std::size_t>(p.neighbours + 0.5);
  for (std::size_t v = 0; v < c.villages.size(); ++v) {
    const std::size_t first = c.villages.first[v];
    const std::size_t end =
        v + 1 < c.villages.size() ? c.villages.first[v + 1] : c.households.size();
    const std::size_t groups = std::max<std::size_t>(1, (end - first + size / 2) / size);
    for (std::size_t g = 0; g < groups; ++g) {
      const std::size_t from = first + g * size;
      const std::size_t to = g + 1 == groups ? end : from + size;
      if (from < to) f(from, to);
    }
  }
}

double log_income(const CountyWork& work, std::size_t h) {
  return exact::log(std::max(100.0, static_cast<double>(work.income_2012[h])));
}

/// The run's first January, and that of households without an aspiration of their own.
void start_aspiration(CountyWork& work, std::size_t h, const Social& p) {
  HouseholdTable& t = work.county->households;
  const double usual = t.reference[h] > 0.0F ? t.reference[h] : work.income_2012[h];
  if (usual > 0.0)
    t.aspiration[h] = static_cast<float>(exact::log(std::max(100.0, usual)) + p.asp_start);
}

/// An inverted U over the gap between aspiration and income.
double effort_at(double gap, const Social& p) {
  const double off = (gap - p.asp_gap_best) / p.asp_gap_best;
  const double effort = 1.0 + p.asp_effort * (1.0 - off * off - p.effort_mean);
  return std::max(1.0 - p.asp_effort, effort);
}

/// Transfers of last year, without the pension, above a share of all income. Money from kin counts
/// with the rest: the columns do not tell it apart.
bool lives_on_transfers(const CountyWork& work, std::size_t h, const Social& p) {
  const HouseholdTable& t = work.county->households;
  double total = 0.0;
  for (const auto& component : t.last_year) total += static_cast<double>(component[h]);
  const double pension = t.elders[h] * work.frame->pension / work.frame->price;
  const double transfers =
      static_cast<double>(t.last_year[static_cast<std::size_t>(Component::transfer)][h]) - pension;
  return total > 0.0 && transfers > p.dependence_from * total;
}

}  // namespace

void open_effort(CountyWork& work, const EconomyParameters& p) {
  HouseholdTable& t = work.county->households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (t.aspiration[h] <= 0.0F) start_aspiration(work, h, p.social);
    if (t.aspiration[h] <= 0.0F) continue;  // no income is known yet
    const double gap = static_cast<double>(t.aspiration[h]) - log_income(work, h);
    double effort = effort_at(gap, p.social);
    if (lives_on_transfers(work, h, p.social)) effort *= 1.0 - p.social.dependence;
    work.effort[h] = static_cast<float>(effort);
  }
  for_each_group(*work.county, p.social, [&](std::size_t from, std::size_t to) {
    const auto got_out = [&](std::size_t h) { return (t.poor_years[h] & 3U) == 2U ? 1 : 0; };
    int all = 0;
    for (std::size_t h = from; h < to; ++h) all += got_out(h);
    for (std::size_t h = from; h < to; ++h)
      work.success[h] = static_cast<std::uint8_t>(std::min(255, all - got_out(h)));
  });
}

void learn(CountyWork& work, const EconomyParameters& p) {
  HouseholdTable& t = work.county->households;
  std::vector<double> incomes;
  for_each_group(*work.county, p.social, [&](std::size_t from, std::size_t to) {
    incomes.clear();
    for (std::size_t h = from; h < to; ++h) incomes.push_back(log_income(work, h));
    std::sort(incomes.begin(), incomes.end());
    const double place = p.social.asp_quantile * static_cast<double>(incomes.size() - 1);
    const double above = incomes[static_cast<std::size_t>(place + 0.5)];
    for (std::size_t h = from; h < to; ++h) {
      if (t.aspiration[h] <= 0.0F) continue;
      const double own = t.aspiration[h];
      t.aspiration[h] = static_cast<float>(own + p.social.asp_learn * std::max(0.0, above - own) -
                                           p.social.asp_loss * work.failures[h]);
    }
  });
}

}  // namespace terrace::economy
