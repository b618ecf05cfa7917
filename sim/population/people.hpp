// Persons of a synthetic household: age, sex, schooling, health and what they do.
#pragma once

#include <cstdint>
#include <limits>

#include <terrace/county.hpp>
#include <terrace/random.hpp>

#include "population/household_mix.hpp"
#include "population/population_parameters.hpp"

namespace terrace {

/// What a county makes of the parameters, computed once.
struct PeopleRules {
  const PopulationParameters* parameters = nullptr;
  Month start = 0;
  float school_sd = 0.0F;    ///< of years of schooling at one age
  float family_part = 0.0F;  ///< weight of the household's schooling trait in a member's latent
  float own_part = 0.0F;
  float senior_above = 0.0F;    ///< latent schooling from which a youth attends senior school
  float tertiary_above = 0.0F;  ///< from which one of 19 to 21 attends tertiary school
  float drop_14 = 0.0F;         ///< latent schooling up to which one has left school at 14
  float drop_15 = 0.0F;
  float mandarin = 0.0F;  ///< share of those up to 20 years
};

PeopleRules people_rules(const County& county, Region region,
                         const PopulationParameters& parameters, Month start);

/// Mean years of schooling of those who have left school, by age and sex.
double mean_schooling(const PopulationParameters& parameters, int age, bool woman);

/// Where a household's members come from.
struct HouseholdSeed {
  std::uint32_t id = 0;
  std::uint32_t first = 0;  ///< row of the first member
  float stage = 0.0F;       ///< its place in the age ranges of its kind, 0 to 1
  float schooling = 0.0F;   ///< the copula's standard normal
  bool minority = false;
};

/// Members of a kind, as bits by place, who are or have been married: couples, parents, whoever
/// heads a household with children or is past sixty. A grown child and a grown member who is
/// related in no other way are a couple.
std::uint32_t married_members(const KindPlan& kind);
/// The place of that member, or -1.
int child_in_law(const KindPlan& kind);
/// Who a person is, and what is known beside. What is not known (below 0, NaN) is drawn.
struct KnownPerson {
  Relation relation = Relation::head;
  bool woman = false;
  bool married = false;  ///< or has been
  int months = 0;        ///< of age
  int schooling = -1;
  int school = -1;
  int activity = -1;
  int disability = -1;
  int chronic = -1;
  int mandarin = -1;
  float health = std::numeric_limits<float>::quiet_NaN();
};

/// Writes one person's row. The draws are those of the member with this number of the household.
void write_person(County& county, std::size_t row, std::uint8_t number, const KnownPerson& who,
                  const PeopleRules& rules, const HouseholdSeed& household, RunKey key);

/// Writes the rows of all members of a household of this kind.
void write_members(County& county, const KindPlan& kind, const PeopleRules& rules,
                   const HouseholdSeed& household, RunKey key);

namespace synthesis_stream {
inline constexpr StreamId person = stream("synthesis.person");
inline constexpr StreamId condition = stream("synthesis.condition");
inline constexpr StreamId skill = stream("synthesis.skill");
}  // namespace synthesis_stream

}  // namespace terrace
