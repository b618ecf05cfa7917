// Who marries whom, within a county. Women seek at the rate of their age; men, of whom there are
// more, compete for them. So the number of weddings does not depend on how many villages of the
// county are simulated, and men who find nobody stay single.
#include <algorithm>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "economy/family.hpp"

namespace terrace::economy {

namespace {

constexpr StreamId kBride = stream("family.bride");
constexpr StreamId kGroom = stream("family.groom");

/// Yearly chance of a single woman.
double bride_rate(int age, const DemographySchool& p) {
  return age < 24 ? p.marry_20 : age < 28 ? p.marry_24 : p.marry_28;
}

/// How readily a single man is taken, relative to one of 25 to 29.
double groom_rate(int age, const DemographySchool& p) {
  if (age < 25) return p.groom_22;
  if (age < 30) return 1.0;
  return age < 34 ? p.groom_30 : p.groom_34;
}

/// A place in the queue that has this weight: the smallest of exponentials with such rates comes
/// first, which is sampling by weight without replacement.
RankedBid bid(const FamilyYear& year, StreamId stream, std::size_t i, double log_weight) {
  const Block b = draw_block(year.work.key(), stream, year.entity_of(i), year.work.month, 1);
  const double e = exponential_from(uniform53(b[0], b[1]), 1.0);
  return {exact::log(e) - log_weight, static_cast<std::uint64_t>(b[2]) << 32 | b[3],
          static_cast<std::uint32_t>(i)};
}

double standing(const FamilyYear& year, std::size_t i) {
  const DemographySchool& p = year.p;
  const double lines = year.work.income[year.work.owner[i]] / year.work.frame->poverty_line;
  return exact::log(groom_rate(year.age(i), p)) +
         p.marry_income * exact::log(std::max(0.1, lines)) +
         p.marry_school * (year.work.county->persons.schooling[i] - 9.0);
}

void by_age(const PersonTable& persons, std::vector<std::uint32_t>& people) {
  std::sort(people.begin(), people.end(), [&](std::uint32_t a, std::uint32_t b) {
    return persons.birth[a] != persons.birth[b] ? persons.birth[a] < persons.birth[b] : a < b;
  });
}

/// Descended from one household of the start: too close to marry.
bool one_family(const FamilyYear& year, std::uint32_t a, std::uint32_t b) {
  const auto& id = year.work.county->households.id;
  return founder_of(id[year.work.owner[a]]) == founder_of(id[year.work.owner[b]]);
}

/// Where the couple of a rank are of one family, the bride changes places with the nearest one of a
/// later rank, else of an earlier one, with whom both pairs are possible. The last such couple of a
/// tiny county may find none.
void part_families(const FamilyYear& year, const std::vector<std::uint32_t>& grooms,
                   std::vector<std::uint32_t>& brides) {
  const std::size_t n = grooms.size();
  for (std::size_t k = 0; k < n; ++k) {
    if (!one_family(year, grooms[k], brides[k])) continue;
    for (std::size_t step = 1; step < n; ++step) {
      const std::size_t j = k + step < n ? k + step : n - 1 - step;
      if (one_family(year, grooms[k], brides[j]) || one_family(year, grooms[j], brides[k]))
        continue;
      std::swap(brides[k], brides[j]);
      break;
    }
  }
}

}  // namespace

bool may_marry(const PersonTable& persons, std::size_t i, int age, const DemographySchool& p) {
  const bool woman = (persons.flags[i] & flag::woman) != 0;
  const int from = static_cast<int>(woman ? p.bride_from : p.groom_from);
  const int until = static_cast<int>(woman ? p.bride_until : p.groom_until);
  return age >= from && age <= until && (persons.flags[i] & flag::married) == 0 &&
         persons.disability[i] < 2 && !in_upper_school(persons.school[i]);
}

void marry(FamilyYear& year) {
  const PersonTable& persons = year.work.county->persons;
  std::vector<RankedBid> women;
  std::vector<RankedBid> men;
  for (const std::uint32_t i : year.single) {
    if ((persons.flags[i] & flag::woman) == 0) {
      men.push_back(bid(year, kGroom, i, standing(year, i)));
    } else if (year.adults[year.work.owner[i]] > 1 &&
               bernoulli(year.work.key(), kBride, year.entity_of(i), year.work.month,
                         bride_rate(year.age(i), year.p))) {
      women.push_back(bid(year, kBride, i, 0.0));
    }
  }
  const std::size_t weddings = std::min(women.size(), men.size());
  std::vector<std::uint32_t> brides = ration(women, weddings);
  std::vector<std::uint32_t> grooms = ration(men, weddings);
  // The oldest man and the oldest woman, and so on.
  by_age(persons, brides);
  by_age(persons, grooms);
  part_families(year, grooms, brides);
  for (std::size_t k = 0; k < weddings; ++k) {
    if (one_family(year, grooms[k], brides[k])) continue;
    if (settle(year, grooms[k], brides[k])) year.work.event(Sum::marriages) += 1.0;
  }
}

}  // namespace terrace::economy
