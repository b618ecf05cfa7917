// Twelve-month income, consumption around reference income, saving, investment, informal debt.
#include <algorithm>

#include <terrace/clones.hpp>
#include <terrace/maths.hpp>

#include "economy/economy.hpp"

namespace terrace::economy {

namespace kernel {

struct SavingMonth {
  float farm_left, left;    ///< share of last year's farm and other income in the twelve months
  float farm_scale, scale;  ///< 1; in a run's first year, which has no year before it, what makes
                            ///< the months so far stand for twelve
  float line;               ///< poverty line, yuan of 2012 a head and year
  float c_sub, c_least, s0, s1, s_max;
  float w_exp, growth;  ///< monthly weight of current income, monthly factor on reference income
  float debt_limit, squeeze_poor, squeeze_limit,
      keep;  ///< keep: 1 - discount of assets sold in need
  float depreciation, kappa;
  float price;
};

struct SavingColumns {
  const float* this_year[kComponents];
  const float* last_year[kComponents];
  const std::uint8_t *members, *away, *away_last;
  std::uint8_t* away_this;
  const float *received, *theta, *f_need;
  float *assets, *wealth, *reference, *consumption;
  float *income_2012, *income, *residents;
};

TERRACE_CLONES void save(const SavingColumns& c, const SavingMonth& m, std::size_t n) {
  TERRACE_NO_ALIASES
  for (std::size_t i = 0; i < n; ++i) {
    const float others =
        c.this_year[1][i] + c.this_year[2][i] + c.this_year[3][i] + c.this_year[4][i];
    const float total =
        m.farm_scale * c.this_year[0][i] + m.farm_left * c.last_year[0][i] + m.scale * others +
        m.left * (c.last_year[1][i] + c.last_year[2][i] + c.last_year[3][i] + c.last_year[4][i]);
    const auto members = static_cast<float>(static_cast<std::int32_t>(c.members[i]));
    const auto gone_this = static_cast<float>(static_cast<std::int32_t>(c.away_this[i]));
    const auto gone_last = static_cast<float>(static_cast<std::int32_t>(c.away_last[i]));
    const float at_home = members - (m.scale * gone_this + m.left * gone_last) * (1.0F / 12.0F);
    const float residents = at_home < 0.75F ? members : at_home;
    const float y = total / residents;

    const float old = c.reference[i] > 0.0F ? c.reference[i] * m.growth : y;
    const float x = old + m.w_exp * (y - old);
    const float ratio = x / m.line;
    float s = m.s0 + m.s1 * (ratio - 1.0F);
    s = s < 0.0F ? 0.0F : s;
    s = s > m.s_max ? m.s_max : s;
    const float floor = m.c_sub * m.line;
    const float above = x > floor ? x - floor : 0.0F;
    const float base = x < floor ? x : floor;
    float spend = base + (1.0F - s) * above + c.theta[i] * (y - x);
    const float need = m.c_least * floor;
    spend = spend < need ? need : spend;
    const float w = c.wealth[i];
    const float debt = -m.debt_limit * total;
    const float squeeze = w < 0.1F * total ? (w < debt ? m.squeeze_limit : m.squeeze_poor) : 0.0F;
    spend *= 1.0F - squeeze;

    const float surplus = c.received[i] * 12.0F - floor * residents;
    const float invest = m.kappa * s * (surplus > 0.0F ? surplus : 0.0F) * (1.0F / 12.0F);
    float cash = w + c.received[i] - spend * residents * c.f_need[i] * (1.0F / 12.0F) - invest;
    float k = c.assets[i] * m.depreciation + invest;
    // Below the limit of informal debt productive assets go, at a discount.
    const float short_of = debt > cash ? (debt - cash) / m.keep : 0.0F;
    const float sold = short_of < k ? short_of : k;
    k -= sold;
    cash += sold * m.keep;

    c.assets[i] = k;
    c.wealth[i] = cash;
    c.reference[i] = x;
    c.consumption[i] = spend;
    c.residents[i] = residents;
    c.income_2012[i] = y;
    c.income[i] = y * m.price;
  }
}

TERRACE_CLONES void count_away(std::uint8_t* away_this_year, const std::uint8_t* away,
                               std::size_t n) {
  for (std::size_t i = 0; i < n; ++i)
    away_this_year[i] = static_cast<std::uint8_t>(away_this_year[i] + away[i]);
}

}  // namespace kernel

namespace {

kernel::SavingMonth month_constants(const CountyWork& work, const EconomyParameters& p) {
  const YearFrame& f = *work.frame;
  const int month = work.month_number();
  float farm_left = 1.0F;
  for (int i = 0; i < month; ++i) farm_left -= kFarmMonth[i];
  if (month == 12) farm_left = 0.0F;  // exactly: December is the calendar year
  kernel::SavingMonth m{};
  m.farm_left = farm_left;
  m.left = static_cast<float>(12 - month) / 12.0F;
  m.farm_scale = f.first_year ? 1.0F / (1.0F - farm_left) : 1.0F;
  m.scale = f.first_year ? 12.0F / static_cast<float>(month) : 1.0F;
  m.line = static_cast<float>(f.poverty_line / f.price);
  m.c_sub = static_cast<float>(p.farm.c_sub);
  m.c_least = static_cast<float>(p.consumption.c_least);
  m.s0 = static_cast<float>(p.farm.s0);
  m.s1 = static_cast<float>(p.farm.s1);
  m.s_max = static_cast<float>(p.farm.s_max);
  // Reference income starts from the income of the first year itself.
  m.w_exp = f.first_year
                ? 1.0F
                : static_cast<float>(1.0 - exact::pow(1.0 - p.consumption.w_exp, 1.0 / 12.0));
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

}  // namespace

void consumption(CountyWork& work, const EconomyParameters& p) {
  HouseholdTable& t = work.county->households;
  const std::size_t n = t.size();
  kernel::count_away(t.away_this_year.data(), t.away.data(), n);
  kernel::SavingColumns c{};
  for (std::size_t k = 0; k < kComponents; ++k) {
    c.this_year[k] = t.this_year[k].data();
    c.last_year[k] = t.last_year[k].data();
  }
  c.members = t.members.data();
  c.away = t.away.data();
  c.away_this = t.away_this_year.data();
  c.away_last = t.away_last_year.data();
  c.received = work.received.data();
  c.theta = work.theta.data();
  c.f_need = work.flows.need.data();
  c.assets = t.assets.data();
  c.wealth = t.wealth.data();
  c.reference = t.reference.data();
  c.consumption = t.consumption.data();
  c.income_2012 = work.income_2012.data();
  c.income = work.income.data();
  c.residents = work.residents.data();
  kernel::save(c, month_constants(work, p), n);
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
