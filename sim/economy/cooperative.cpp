// Cooperatives. One leases idle land of the village, hires some of its people and sells what it
// grows; a year's surplus is shared out, a loss eats the founders' capital, and without capital it
// fails. `coop_capital` is its cash box all year long, so whatever it pays is in its books: rent
// and wages to households, upkeep to suppliers, sales from buyers outside the village.
//
// `coop_equity` is public money in it, on top of what the founders put in: a village that has some
// but no cooperative founds one at the close. It makes land more productive, and its part of the
// dividends belongs to households that are or were registered and to the village's fund.
#include <algorithm>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "economy/village_business.hpp"
#include "population/idle_land.hpp"

namespace terrace::economy {

namespace {

constexpr StreamId kFound = stream("coop.found");
constexpr StreamId kLease = stream("coop.lease");
constexpr StreamId kHire = stream("coop.hire");

bool runs(const VillageTable& t, std::size_t v) {
  return static_cast<Cooperative>(t.coop[v]) == Cooperative::running;
}

bool holds_post(const PersonTable& persons, std::size_t i) {
  return static_cast<Post>(persons.post[i]) == Post::cooperative &&
         static_cast<Activity>(persons.activity[i]) == Activity::local_wage;
}

std::size_t village_of(const CountyWork& work, std::size_t person) {
  return work.county->households.village[work.owner[person]];
}

/// The wage rate that income() pays the household for the member this month.
double rate_of(CountyWork& work, std::size_t i, const EconomyParameters& p) {
  refresh_household(*work.county, work.owner[i], work.month, p);
  return wage_rate(work.county->persons, i, work.month, p.work);
}

/// Puts a person into a post of the cooperative. Its posts come on top of the county's others.
void take_on(CountyWork& work, std::size_t i, const EconomyParameters& p) {
  hire(work, i, Post::cooperative, p);
  work.coop_staff.push_back(static_cast<std::uint32_t>(i));
  refresh_household(*work.county, work.owner[i], work.month, p);
}

/// January: leases of households that are no more have ended, and the year's workers are found.
void renew(CountyWork& work, const EconomyParameters& p) {
  County& c = *work.county;
  VillageTable& t = c.villages;
  work.coop_staff.clear();
  for (std::size_t v = 0; v < t.size(); ++v) {
    if (!runs(t, v)) continue;
    double hundredths = 0.0;
    for (std::size_t h = t.first[v]; h < village_end(c, v); ++h) {
      c.households.leased[h] = std::min(c.households.leased[h], c.households.land[h]);
      hundredths += c.households.leased[h];
    }
    t.coop_area[v] = static_cast<float>(0.01 * hundredths);
    t.coop_jobs[v] = static_cast<std::uint8_t>(
        std::min(255.0, 0.01 * hundredths * p.coop.coop_jobs_per_mu + 0.5));
    for (std::size_t h = t.first[v]; h < village_end(c, v); ++h) {
      const std::size_t end = c.households.first[h] + c.households.members[h];
      for (std::size_t i = c.households.first[h]; i < end; ++i) {
        if (!holds_post(c.persons, i)) continue;
        work.coop_staff.push_back(static_cast<std::uint32_t>(i));
      }
    }
  }
}

/// Who has left a post since last month: its place is empty until March.
void forget_leavers(CountyWork& work) {
  PersonTable& persons = work.county->persons;
  std::erase_if(work.coop_staff, [&](std::uint32_t w) { return !holds_post(persons, w); });
}

/// March: the village's people in search come first, then those on the farm, in random order.
void fill_posts(CountyWork& work, std::size_t v, const EconomyParameters& p) {
  County& c = *work.county;
  std::size_t held = 0;
  for (const std::uint32_t w : work.coop_staff) held += village_of(work, w) == v ? 1 : 0;
  if (held >= c.villages.coop_jobs[v]) return;
  std::vector<RankedBid> bids;
  const std::size_t last = village_end(c, v);
  const std::size_t first_person =
      c.villages.first[v] < last ? c.households.first[c.villages.first[v]] : c.persons.size();
  const std::size_t last_person =
      last < c.households.size() ? c.households.first[last] : c.persons.size();
  for (std::size_t i = first_person; i < last_person; ++i) {
    const auto a = static_cast<Activity>(c.persons.activity[i]);
    const int age = age_at(c.persons.birth[i], work.month);
    if (a != Activity::searching && a != Activity::farm) continue;
    if (age < 16 || age >= 60 || c.persons.disability[i] == 2) continue;
    const Entity who{c.households.id[work.owner[i]], c.number, c.persons.number[i]};
    bids.push_back({a == Activity::searching ? 0.0 : 1.0, key64(work.key(), kHire, who, work.month),
                    static_cast<std::uint32_t>(i)});
  }
  for (const std::uint32_t i : ration(bids, c.villages.coop_jobs[v] - held)) take_on(work, i, p);
}

/// The wage bill as income() pays it.
void pay_wages(CountyWork& work, const EconomyParameters& p) {
  County& c = *work.county;
  const double pay = local_pay(work, p);
  for (const std::uint32_t w : work.coop_staff) {
    const std::size_t h = work.owner[w];
    const double u =
        static_cast<double>(c.households.u_perm[h]) + static_cast<double>(c.households.u_pers[h]);
    const double wage = pay * rate_of(work, w, p) * exact::exp(p.work.lam_w * u) *
                        static_cast<double>(work.flows.wage[h]);
    c.villages.coop_capital[village_of(work, w)] -= static_cast<float>(wage);
  }
}

void pay_rent(CountyWork& work, std::size_t v, const EconomyParameters& p) {
  const HouseholdTable& t = work.county->households;
  const auto a_month = static_cast<float>(0.01 * p.farm.rent_land / 12.0);
  float paid = 0.0F;
  for (std::size_t h = work.county->villages.first[v]; h < village_end(*work.county, v); ++h) {
    const float rent = a_month * static_cast<float>(t.leased[h]);
    work.flows.property[h] += rent;
    paid += rent;
  }
  work.county->villages.coop_capital[v] -= paid;
}

/// What was paid in: by the founders for every mu leased, and public money.
double paid_in(const VillageTable& t, std::size_t v, const Cooperatives& p) {
  return p.capital * static_cast<double>(t.coop_area[v]) + static_cast<double>(t.coop_equity[v]);
}

/// Factor on sales where public money has added to the founders' capital.
double better_equipped(const VillageTable& t, std::size_t v, const Cooperatives& p) {
  const double all = paid_in(t, v, p);
  const double founders = all - static_cast<double>(t.coop_equity[v]);
  if (t.coop_equity[v] <= 0.0F || founders <= 0.0) return 1.0;
  return exact::pow(all / founders, p.capital_gain);
}

/// Sales of the month less upkeep, which is spent whatever the harvest brings.
double earnings(const CountyWork& work, std::size_t v, const EconomyParameters& p) {
  const VillageTable& t = work.county->villages;
  const double growth = exact::exp(p.farm.farm_growth * work.frame->growth_years);
  const double usual = p.coop.yield_value * growth * static_cast<double>(t.coop_area[v]) *
                       better_equipped(t, v, p.coop);
  const double luck = static_cast<double>(work.village_farm[v]) * work.plan->crop_price[t.crop[v]];
  return usual *
         (luck * static_cast<double>(kFarmMonth[work.month_number() - 1]) - p.coop.upkeep / 12.0);
}

/// Shares stay with a household that has left the register.
bool holds_share(const HouseholdTable& t, std::size_t h) {
  return on_register(t.status[h]) || static_cast<Status>(t.status[h]) == Status::exited;
}

/// What of a year's surplus goes where.
struct Shares {
  double lessors = 0.0, registered = 0.0, fund = 0.0;
};

Shares split(double surplus, double public_part, bool any_registered, const Cooperatives& p) {
  const double dividends = surplus * (1.0 - p.fund_share);
  Shares s;
  s.lessors = dividends * (1.0 - public_part);
  s.registered = any_registered ? p.coop_share_poor * dividends * public_part : 0.0;
  s.fund = surplus - s.lessors - s.registered;
  return s;
}

/// December: what is in the box beyond what was paid in goes out. Dividends of public money count
/// as the programme's.
void share_out(CountyWork& work, std::size_t v, const EconomyParameters& p) {
  County& c = *work.county;
  const HouseholdTable& t = c.households;
  const double capital = paid_in(c.villages, v, p.coop);
  const double surplus = static_cast<double>(c.villages.coop_capital[v]) - capital;
  if (surplus <= 0.0 || c.villages.coop_area[v] <= 0.0F) return;
  double holders = 0.0;
  for (std::size_t h = c.villages.first[v]; h < village_end(c, v); ++h)
    holders += holds_share(t, h) ? 1.0 : 0.0;
  const double public_part =
      capital > 0.0 ? static_cast<double>(c.villages.coop_equity[v]) / capital : 0.0;
  const Shares s = split(surplus, public_part, holders > 0.0, p.coop);
  const double a_mu = s.lessors / static_cast<double>(c.villages.coop_area[v]);
  for (std::size_t h = c.villages.first[v]; h < village_end(c, v); ++h) {
    work.flows.property[h] += static_cast<float>(a_mu * 0.01 * t.leased[h]);
    if (s.registered <= 0.0 || !holds_share(t, h)) continue;
    const auto share = static_cast<float>(s.registered / holders);
    work.flows.property[h] += share;
    if (!work.public_money.empty()) work.public_money[h] += share;
  }
  c.villages.fund[v] += static_cast<float>(s.fund);
  c.villages.coop_capital[v] -= static_cast<float>(surplus);
  work.event(Sum::coop_dividends) += s.lessors + s.registered;
}

double chance_of_founding(const VillageTable& t, std::size_t v, const Cooperatives& rules) {
  const bool again = static_cast<Cooperative>(t.coop[v]) == Cooperative::failed;
  return rules.coop_rate * (again ? rules.coop_again : 1.0) *
         (1.0 + rules.coop_migrants * static_cast<double>(t.migrant_share[v]));
}

}  // namespace

bool found_cooperative(CountyWork& work, std::size_t v, const EconomyParameters& p) {
  County& c = *work.county;
  HouseholdTable& t = c.households;
  const LeaseRules rules{p.farm.land_unit / p.farm.labour_unit, p.coop.coop_lease_most};
  if (idle_mu_of_village(c, v, rules) < p.coop.coop_least_area) return false;
  std::vector<RankedBid> bids;
  for (std::size_t h = c.villages.first[v]; h < village_end(c, v); ++h) {
    if (idle_mu(t, h, rules) <= 0.0) continue;
    const Entity who{t.id[h], c.number};
    bids.push_back({static_cast<double>(t.labour[h]) / t.land[h],
                    key64(work.key(), kLease, who, work.month), static_cast<std::uint32_t>(h)});
  }
  std::uint32_t left = static_cast<std::uint32_t>(100.0 * p.coop.coop_area);  // hundredths of a mu
  std::uint32_t area = 0;
  for (const std::uint32_t h : ration(bids, bids.size())) {
    const auto lets = std::min(left, static_cast<std::uint32_t>(100.0 * idle_mu(t, h, rules)));
    t.leased[h] = static_cast<std::uint16_t>(lets);
    left -= lets;
    area += lets;
    if (left == 0) break;
  }
  c.villages.coop[v] = static_cast<std::uint8_t>(Cooperative::running);
  c.villages.coop_area[v] = static_cast<float>(0.01 * area);
  c.villages.coop_capital[v] = static_cast<float>(paid_in(c.villages, v, p.coop));
  c.villages.coop_jobs[v] =
      static_cast<std::uint8_t>(std::min(255.0, 0.01 * area * p.coop.coop_jobs_per_mu + 0.5));
  return true;
}

void dissolve_cooperative(CountyWork& work, std::size_t v, const EconomyParameters& p) {
  County& c = *work.county;
  forget_leavers(work);
  for (const std::uint32_t w : work.coop_staff) {
    if (village_of(work, w) != v) continue;
    leave_work(work, w);
    start_search(work, w, p);
    refresh_household(c, work.owner[w], work.month, p);
  }
  std::erase_if(work.coop_staff, [&](std::uint32_t w) { return village_of(work, w) == v; });
  for (std::size_t h = c.villages.first[v]; h < village_end(c, v); ++h) {
    if (c.households.leased[h] > 0 && work.failures[h] < 255) ++work.failures[h];
    c.households.leased[h] = 0;
  }
  c.villages.coop_area[v] = 0.0F;
  c.villages.coop_jobs[v] = 0;
}

void cooperative_month(CountyWork& work, const EconomyParameters& p) {
  VillageTable& t = work.county->villages;
  if (work.month_number() == 1) renew(work, p);
  forget_leavers(work);
  for (std::size_t v = 0; v < t.size(); ++v) {
    if (runs(t, v) && work.month_number() == 3) fill_posts(work, v, p);
  }
  pay_wages(work, p);
  for (std::size_t v = 0; v < t.size(); ++v) {
    if (!runs(t, v)) continue;
    pay_rent(work, v, p);
    t.coop_capital[v] += static_cast<float>(earnings(work, v, p));
    if (work.month_number() == 12) share_out(work, v, p);
  }
}

void close_cooperatives(CountyWork& work, const EconomyParameters& p) {
  VillageTable& t = work.county->villages;
  for (std::size_t v = 0; v < t.size(); ++v) {
    if (runs(t, v)) {
      const bool fails = t.coop_capital[v] < 0.0F;
      if (!fails && t.coop_area[v] > 0.0F) continue;
      dissolve_cooperative(work, v, p);
      t.coop[v] = static_cast<std::uint8_t>(fails ? Cooperative::failed : Cooperative::none);
      // What it owes is its lenders' loss; what it has its founders', but for the public part.
      if (!fails) t.fund[v] += std::min(t.coop_equity[v], t.coop_capital[v]);
      t.coop_capital[v] = t.coop_equity[v] = 0.0F;
      if (fails) work.event(Sum::coop_failures) += 1.0;
      continue;
    }
    const Entity village{t.id[v], work.number()};
    const double chance = t.coop_equity[v] > 0.0F ? 1.0 : chance_of_founding(t, v, p.coop);
    if (bernoulli(work.key(), kFound, village, work.month, chance)) found_cooperative(work, v, p);
  }
}

}  // namespace terrace::economy
