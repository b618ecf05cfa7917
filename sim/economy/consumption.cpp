// Twelve-month income, consumption around reference income, saving, investment, informal debt,
// sales in need.
#include <algorithm>

#include <terrace/clones.hpp>
#include <terrace/maths.hpp>

#include "economy/economy.hpp"

namespace terrace::economy {

namespace kernel {

/// Constants of one month. Money in yuan of 2012, a year and a head unless said.
struct SpendingMonth {
  float farm_left, left;  ///< share of last year's farm and other income in the twelve months
  float farm_pace, pace;  ///< what makes a year of this year's farm and other income to date
  float line, floor;      ///< poverty line, and subsistence
  float least;            ///< consumption whatever income
  float s0, s1, s_max;
  float w_exp, growth;  ///< monthly weight of current income, monthly factor on reference income
  float debt_limit, squeeze_poor, squeeze_limit;
  float keep;  ///< 1 - discount of goods and assets sold in need
  float depreciation, kappa;
  float price;
};

struct PlanColumns {
  const float* this_year[kComponents];
  const float* last_year[kComponents];
  const std::uint8_t *members, *away_this, *away_last;
  const float *theta, *wealth;
  float *reference, *planned, *income_2012, *income, *residents;
};

struct SettleColumns {
  const float *received, *kin, *planned, *reference, *income_2012, *residents, *f_need;
  std::uint16_t* durables;
  float *assets, *wealth, *consumption;
};

/// Saving rate of those with this reference income.
TERRACE_ALWAYS_INLINE float saving_rate(float reference, const SpendingMonth& m) {
  const float s = m.s0 + m.s1 * (reference / m.line - 1.0F);
  const float positive = s < 0.0F ? 0.0F : s;
  return positive > m.s_max ? m.s_max : positive;
}

/// Twelve-month income, reference income, and what the household would eat without help.
TERRACE_CLONES void plan(const PlanColumns& c, const SpendingMonth& m, std::size_t n) {
  TERRACE_NO_ALIASES
  for (std::size_t i = 0; i < n; ++i) {
    const float farm = c.this_year[0][i];
    const float wages = c.this_year[1][i] + c.this_year[2][i];
    const float others =
        c.this_year[3][i] + c.this_year[4][i] + m.left * (c.last_year[3][i] + c.last_year[4][i]);
    const float total = farm + m.farm_left * c.last_year[0][i] + wages +
                        m.left * (c.last_year[1][i] + c.last_year[2][i]) + others;
    const auto members = static_cast<float>(static_cast<std::int32_t>(c.members[i]));
    const auto gone_this = static_cast<float>(static_cast<std::int32_t>(c.away_this[i]));
    const auto gone_last = static_cast<float>(static_cast<std::int32_t>(c.away_last[i]));
    const float at_home = members - (gone_this + m.left * gone_last) * (1.0F / 12.0F);
    const float residents = at_home < 0.75F ? members : at_home;
    const float y = total / residents;
    // The harvest that stands in the fields and the posts that are held now: as this year began.
    const float now = (m.farm_pace * farm + m.pace * wages + others) / residents;

    const float old = c.reference[i] > 0.0F ? c.reference[i] * m.growth : y;
    const float x = old + m.w_exp * (y - old);
    const float s = saving_rate(x, m);
    const float above = x > m.floor ? x - m.floor : 0.0F;
    const float base = x < m.floor ? x : m.floor;
    float spend = base + (1.0F - s) * above + c.theta[i] * (now - x);
    spend = spend < m.least ? m.least : spend;
    const float w = c.wealth[i];
    const float debt = -m.debt_limit * total;
    const float squeeze = w < 0.1F * total ? (w < debt ? m.squeeze_limit : m.squeeze_poor) : 0.0F;

    c.planned[i] = spend * (1.0F - squeeze);
    c.reference[i] = x;
    c.residents[i] = residents;
    c.income_2012[i] = y;
    c.income[i] = y * m.price;
  }
}

/// Spends what is planned and the help that came, invests, and sells what it must.
TERRACE_CLONES void settle(const SettleColumns& c, const SpendingMonth& m, std::size_t n) {
  TERRACE_NO_ALIASES
  for (std::size_t i = 0; i < n; ++i) {
    const float residents = c.residents[i];
    const float received = c.received[i];
    const float help = c.kin[i] > 0.0F ? c.kin[i] : 0.0F;  // eaten this month
    const float unit = residents * c.f_need[i] * (1.0F / 12.0F);
    const float surplus = (c.income_2012[i] - m.floor) * residents;
    const float invest = m.kappa * saving_rate(c.reference[i], m) *
                         (surplus > 0.0F ? surplus : 0.0F) * (1.0F / 12.0F);
    float cash = c.wealth[i] + (received - help) - c.planned[i] * unit - invest;
    float k = c.assets[i] * m.depreciation + invest;
    // Below the limit of informal debt goods go, in whole tens of yuan, and then productive assets,
    // both to buyers outside the model and at a discount.
    const float debt = -m.debt_limit * c.income_2012[i] * residents;
    const float short_of = exact::select(debt > cash, debt - cash, 0.0F) / m.keep;
    const auto owned = static_cast<float>(static_cast<std::int32_t>(c.durables[i]));
    const float asked = short_of * 0.1F;
    const float tens = asked < owned ? asked : owned;
    const auto whole = static_cast<float>(static_cast<std::int32_t>(tens));
    const float goods = whole + exact::select(whole < tens, 1.0F, 0.0F);
    const float rest = short_of - goods * 10.0F;
    const float still = rest > 0.0F ? rest : 0.0F;
    const float sold = still < k ? still : k;
    k -= sold;
    cash += (sold + goods * 10.0F) * m.keep;

    c.durables[i] = static_cast<std::uint16_t>(static_cast<std::int32_t>(owned - goods));
    c.assets[i] = k;
    c.wealth[i] = cash;
    c.consumption[i] = c.planned[i] + help / unit;
  }
}

TERRACE_CLONES void count_away(std::uint8_t* away_this_year, const std::uint8_t* away,
                               std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    const int sum = away_this_year[i] + away[i];
    away_this_year[i] = static_cast<std::uint8_t>(sum < 255 ? sum : 255);
  }
}

}  // namespace kernel

namespace {

kernel::SpendingMonth month_constants(const CountyWork& work, const EconomyParameters& p) {
  const YearFrame& f = *work.frame;
  const int month = work.month_number();
  const double line = f.poverty_line / f.price;
  kernel::SpendingMonth m{};
  m.farm_left = farm_left(month);
  m.left = static_cast<float>(12 - month) / 12.0F;
  m.farm_pace = 1.0F / (1.0F - m.farm_left);
  m.pace = 12.0F / static_cast<float>(month);
  m.line = static_cast<float>(line);
  m.floor = static_cast<float>(p.farm.c_sub * line);
  m.least = static_cast<float>(p.consumption.c_least * p.farm.c_sub * line);
  m.s0 = static_cast<float>(p.farm.s0);
  m.s1 = static_cast<float>(p.farm.s1);
  m.s_max = static_cast<float>(p.farm.s_max);
  m.w_exp = static_cast<float>(1.0 - exact::pow(1.0 - p.consumption.w_exp, 1.0 / 12.0));
  m.growth = static_cast<float>(exact::pow(1.0 + f.reference_growth, 1.0 / 12.0));
  m.debt_limit = static_cast<float>(p.consumption.debt_limit);
  m.squeeze_poor = static_cast<float>(p.consumption.squeeze_poor);
  m.squeeze_limit = static_cast<float>(p.consumption.squeeze_limit);
  m.keep = static_cast<float>(1.0 - p.consumption.asset_discount);
  m.depreciation = static_cast<float>(exact::pow(1.0 - p.farm.delta_K, 1.0 / 12.0));
  m.kappa = static_cast<float>(p.farm.kappa_inv);
  m.price = static_cast<float>(f.price);
  return m;
}

kernel::PlanColumns plan_columns(CountyWork& work) {
  HouseholdTable& t = work.county->households;
  kernel::PlanColumns c{};
  for (std::size_t k = 0; k < kComponents; ++k) {
    c.this_year[k] = work.this_year[k].data();
    c.last_year[k] = t.last_year[k].data();
  }
  c.members = t.members.data();
  c.away_this = work.away_this_year.data();
  c.away_last = t.away_last_year.data();
  c.theta = work.theta.data();
  c.wealth = t.wealth.data();
  c.reference = t.reference.data();
  c.planned = work.planned.data();
  c.income_2012 = work.income_2012.data();
  c.income = work.income.data();
  c.residents = work.residents.data();
  return c;
}

kernel::SettleColumns settle_columns(CountyWork& work) {
  HouseholdTable& t = work.county->households;
  return {work.received.data(),   work.kin.data(),         work.planned.data(),
          t.reference.data(),     work.income_2012.data(), work.residents.data(),
          work.flows.need.data(), t.durables.data(),       t.assets.data(),
          t.wealth.data(),        t.consumption.data()};
}

}  // namespace

void consumption(CountyWork& work, const EconomyParameters& p) {
  HouseholdTable& t = work.county->households;
  const std::size_t n = t.size();
  const kernel::SpendingMonth month = month_constants(work, p);
  kernel::count_away(work.away_this_year.data(), t.away.data(), n);
  pay_interest(work, p);
  kernel::plan(plan_columns(work), month, n);
  kin_transfers(work, p);
  kernel::settle(settle_columns(work), month, n);
  repay_loans(work, p);
}

void rank_wealth(CountyWork& work, const EconomyParameters& p) {
  const HouseholdTable& t = work.county->households;
  const std::size_t n = t.size();
  // Rank of (W + K) a head within the county from a histogram on a log scale: 512 bins, e^-2 to
  // e^14.
  constexpr std::size_t kBins = 512;
  std::vector<std::uint32_t> count(kBins, 0);
  std::vector<std::uint16_t> bin(n);
  for (std::size_t i = 0; i < n; ++i) {
    const float value = (t.wealth[i] + t.assets[i]) / static_cast<float>(t.members[i]);
    const float position = (exact::log(std::max(value, 0.14F)) + 2.0F) * 32.0F;
    bin[i] = static_cast<std::uint16_t>(std::clamp(position, 0.0F, static_cast<float>(kBins - 1)));
    ++count[bin[i]];
  }
  std::vector<float> rank(kBins);
  double below = 0.0;
  for (std::size_t b = 0; b < kBins; ++b) {
    rank[b] = static_cast<float>((below + 0.5 * count[b]) / std::max(1.0, static_cast<double>(n)));
    below += count[b];
  }
  const auto low = static_cast<float>(p.consumption.theta_low);
  const auto high = static_cast<float>(p.consumption.theta_high);
  work.theta.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const float q = std::min(1.0F, rank[bin[i]] / 0.67F);
    work.theta[i] = low + (high - low) * q;
  }
}

}  // namespace terrace::economy
