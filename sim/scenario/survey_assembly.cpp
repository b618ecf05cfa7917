#include "scenario/survey_assembly.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <utility>

#include <terrace/calendar.hpp>
#include <terrace/digest.hpp>
#include <terrace/tables.hpp>

namespace terrace::scenario {
namespace {

namespace hc = household_column;
namespace pc = person_column;

constexpr int kWorkingAge = 16;
constexpr int kOldest = 120;

/// Household rows by id, and the persons of each in the order of the file.
struct Roster {
  std::map<std::string, std::size_t, std::less<>> row;
  std::vector<std::vector<std::uint32_t>> members;
};

Roster make_roster(const CheckedTable& h, const CheckedTable& p, SurveyMistakes& mistakes) {
  Roster roster;
  roster.members.resize(h.size());
  for (std::size_t i = 0; i < h.size(); ++i) {
    const std::string& id = h.texts[hc::id][i];
    const auto [at, is_new] = roster.row.try_emplace(id, i);
    if (is_new) continue;
    h.mistake(mistakes, "household_id", i, "household '" + shown(id) + "' stands there twice",
              "first in row " + std::to_string(h.row[at->second]));
  }
  for (std::size_t i = 0; i < p.size(); ++i) {
    const std::string& id = p.texts[pc::id][i];
    const auto found = roster.row.find(id);
    if (found == roster.row.end()) {
      p.mistake(mistakes, "household_id", i, "there is no household '" + shown(id) + "'");
    } else {
      roster.members[found->second].push_back(static_cast<std::uint32_t>(i));
    }
  }
  return roster;
}

std::size_t column_of(const std::vector<SurveyColumn>& columns, std::string_view name) {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const SurveyColumn& c) { return c.name == name; });
  return static_cast<std::size_t>(found - columns.begin());
}

/// Checks one household and its members against each other.
class HouseholdCheck {
 public:
  HouseholdCheck(const CheckedTable& h, const CheckedTable& p, SurveyMistakes& mistakes)
      : h_(h), p_(p), mistakes_(mistakes), relation_(column_of(person_columns(), "relation")) {
    for (const SurveyColumn& column : household_columns()) {
      if (column.name.starts_with("income_")) {
        incomes_.push_back(column_of(household_columns(), column.name));
      }
    }
  }

  void check(std::size_t i, const std::vector<std::uint32_t>& members) {
    if (members.empty()) {
      h_.mistake(mistakes_, "household_id", i, "has no persons");
      return;
    }
    if (members.size() > kMostSurveyMembers) {
      h_.mistake(mistakes_, "household_id", i, "has " + std::to_string(members.size()) + " persons",
                 "accepted: at most " + std::to_string(kMostSurveyMembers));
    }
    const double size = h_.number(hc::size, i);
    if (!std::isnan(size) && size != static_cast<double>(members.size())) {
      h_.mistake(
          mistakes_, "size", i,
          "says " + shortest(size) + "; the persons given are " + std::to_string(members.size()));
    }
    check_relations(i, members);
    check_incomes(i);
  }

 private:
  std::size_t count(const std::vector<std::uint32_t>& members, Relation relation) const {
    return static_cast<std::size_t>(std::count_if(members.begin(), members.end(), [&](auto k) {
      return p_.number(relation_, k) == static_cast<double>(relation);
    }));
  }

  void check_relations(std::size_t i, const std::vector<std::uint32_t>& members) {
    const std::size_t heads = count(members, Relation::head);
    if (heads != 1) {
      h_.mistake(mistakes_, "household_id", i,
                 "has " + std::to_string(heads) + " heads among its persons",
                 "one and only one has the relation 'head'");
    }
    const std::size_t spouses = count(members, Relation::spouse);
    if (spouses > 1) {
      h_.mistake(mistakes_, "household_id", i,
                 "has " + std::to_string(spouses) + " spouses of the head among its persons");
    }
  }

  void check_incomes(std::size_t i) {
    std::size_t known = 0;
    for (const std::size_t column : incomes_) {
      if (!std::isnan(h_.number(column, i))) ++known;
    }
    if (known == 0 || known == incomes_.size()) return;
    h_.mistake(mistakes_, "income_farm", i,
               "some components of income are given and others are not",
               "give all five (0 where there is none) or leave all five empty");
  }

  const CheckedTable& h_;
  const CheckedTable& p_;
  SurveyMistakes& mistakes_;
  std::size_t relation_;
  std::vector<std::size_t> incomes_;
};

/// A person's age in whole years and, where the month of birth is known, months beyond.
class Ages {
 public:
  Ages(const CheckedTable& h, const CheckedTable& p, SurveyMistakes& mistakes)
      : h_(h), p_(p), mistakes_(mistakes) {}

  /// False if the columns cannot tell ages at all.
  bool columns_in_order() const {
    const auto complain = [&](const CheckedTable& t, const std::string& what) {
      mistakes_.add(t.places.of(1), t.places.table, what);
      return false;
    };
    if (p_.has(pc::age) == p_.has(pc::birth_month)) {
      return complain(p_, p_.has(pc::age) ? "both 'age' and 'birth_month' are given"
                                          : "column 'age' (or 'birth_month') is missing");
    }
    if (p_.has(pc::birth_month) && !h_.has(hc::interview)) {
      return complain(h_, "column 'interview' is missing: it dates ages with 'birth_month'");
    }
    return true;
  }

  void set(std::size_t person, std::size_t household, float& years, float& months) const {
    years = months = kUnsurveyed;
    if (p_.has(pc::age)) {
      years = static_cast<float>(p_.number(pc::age, person));
      if (std::isnan(years)) p_.mistake(mistakes_, "age", person, "a value is missing");
      return;
    }
    const double born = p_.number(pc::birth_month, person);
    const double asked = h_.number(hc::interview, household);
    if (std::isnan(born) || std::isnan(asked)) {
      if (std::isnan(born)) {
        p_.mistake(mistakes_, "birth_month", person, "a value is missing");
      } else {
        h_.mistake(mistakes_, "interview", household, "a value is missing");
      }
      return;
    }
    const int age = static_cast<int>(asked - born);
    if (age < 0 || age / 12 > kOldest) {
      p_.mistake(mistakes_, "birth_month", person,
                 age < 0 ? "lies after the interview" : "makes the person older than 120 years");
      return;
    }
    const int birthdays = age / 12;
    years = static_cast<float>(birthdays);
    months = static_cast<float>(age % 12);
  }

 private:
  const CheckedTable& h_;
  const CheckedTable& p_;
  SurveyMistakes& mistakes_;
};

/// What the last person added is said to do must be possible.
void check_person(const CheckedTable& p, std::size_t i, const SurveySample& out,
                  SurveyMistakes& mistakes) {
  const auto of = [&](PersonField f) { return out.person[static_cast<std::size_t>(f)].back(); };
  const float age = of(PersonField::age);
  const float activity = of(PersonField::activity);
  const float schooling = of(PersonField::schooling);
  const auto is = [&](Activity a) { return activity == static_cast<float>(a); };
  const bool works = is(Activity::farm) || is(Activity::searching) || is(Activity::local_wage) ||
                     is(Activity::migrant);
  const float school = of(PersonField::school);
  const bool attends = school == static_cast<float>(School::pupil) ||
                       (!std::isnan(school) && in_upper_school(static_cast<School>(school)));
  const bool at_leisure = is(Activity::pupil) || is(Activity::ill) || std::isnan(activity);
  if (is(Activity::pupil) && !std::isnan(school) && !attends &&
      school != static_cast<float>(School::preschool)) {
    p.mistake(mistakes, "school", i, "a pupil by activity who attends no school");
  }
  constexpr float kLastPreschool = 6.0F;
  if (school == static_cast<float>(School::preschool) && age > kLastPreschool) {
    p.mistake(mistakes, "school", i, "in preschool above the age of 6");
  }
  if (attends && !at_leisure) {
    p.mistake(mistakes, "activity", i, "attends school and does something else",
              "accepted with that school: pupil, ill");
  }
  constexpr float kSevere = 2.0F;
  if (works && of(PersonField::disability) == kSevere) {
    p.mistake(mistakes, "disability", i, "works with a severe disability",
              "'severe' is for persons unable to work");
  }
  if (age < kWorkingAge && !std::isnan(activity) && !is(Activity::child) && !is(Activity::pupil) &&
      !is(Activity::ill)) {
    p.mistake(mistakes, "activity", i, "works below the age of 16",
              "accepted below 16: child, pupil, ill");
  }
  if (age >= kWorkingAge && is(Activity::child)) {
    p.mistake(mistakes, "activity", i, "'child' is for persons below 16");
  }
  constexpr float kEarliestSchool = 4.0F;
  if (schooling > 0.0F && schooling > age - kEarliestSchool) {
    p.mistake(mistakes, "schooling", i,
              shortest(static_cast<double>(schooling)) + " grades completed at the age of " +
                  shortest(static_cast<double>(age)),
              "accepted: up to the age less 4");
  }
}

std::uint16_t province_of(const CheckedTable& h, std::size_t i,
                          const std::vector<std::string>& provinces, SurveyMistakes& mistakes) {
  if (!h.has(hc::province) || h.texts[hc::province][i].empty()) return SurveySample::kAnyProvince;
  const std::string& name = h.texts[hc::province][i];
  const auto found = std::find(provinces.begin(), provinces.end(), name);
  if (found != provinces.end()) return static_cast<std::uint16_t>(found - provinces.begin());
  h.mistake(mistakes, "province", i, "unknown province '" + shown(name) + "'",
            suggestion(name, provinces));
  return SurveySample::kAnyProvince;
}

void add_persons(SurveySample& out, const CheckedTable& p, std::size_t household,
                 std::vector<std::uint32_t> members, const Ages& ages, SurveyMistakes& mistakes) {
  const auto& columns = person_columns();
  const auto at = [&](PersonField f) -> std::vector<float>& {
    return out.person[static_cast<std::size_t>(f)];
  };
  const std::size_t relation = column_of(columns, "relation");
  std::stable_partition(members.begin(), members.end(), [&](std::uint32_t k) {
    return p.number(relation, k) == static_cast<double>(Relation::head);
  });
  for (const std::uint32_t k : members) {
    for (auto& column : out.person) column.push_back(kUnsurveyed);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c].field < 0) continue;
      out.person[static_cast<std::size_t>(columns[c].field)].back() =
          static_cast<float>(p.number(c, k));
    }
    ages.set(k, household, at(PersonField::age).back(), at(PersonField::age_month).back());
    check_person(p, k, out, mistakes);
  }
}

}  // namespace

std::shared_ptr<SurveySample> assemble_survey(const CheckedTable& h, const CheckedTable& p,
                                              const Layout& layout, SurveyMistakes& mistakes) {
  const Ages ages(h, p, mistakes);
  if (!ages.columns_in_order()) return nullptr;
  Roster roster = make_roster(h, p, mistakes);
  std::vector<std::string> provinces;
  for (const ProvinceLayout& province : layout.provinces) provinces.push_back(province.name);

  auto out = std::make_shared<SurveySample>();
  HouseholdCheck check(h, p, mistakes);
  const auto& columns = household_columns();
  out->first.push_back(0);
  for (std::size_t i = 0; i < h.size(); ++i) {
    check.check(i, roster.members[i]);
    const double designated = h.number(hc::designated, i);
    out->weight.push_back(h.number(hc::weight, i));
    out->province.push_back(province_of(h, i, provinces, mistakes));
    out->designated.push_back(std::isnan(designated) ? SurveySample::kAnyKind
                                                     : static_cast<std::uint8_t>(designated));
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c].field < 0) continue;
      out->household[static_cast<std::size_t>(columns[c].field)].push_back(
          static_cast<float>(h.number(c, i)));
    }
    add_persons(*out, p, i, std::move(roster.members[i]), ages, mistakes);
    out->first.push_back(static_cast<std::uint32_t>(out->persons()));
  }
  return out;
}

std::string digest_of(const SurveySample& sample) {
  Digest digest;
  digest.add(std::span<const double>(sample.weight));
  for (const std::uint16_t province : sample.province) digest.add(province);
  for (const std::uint8_t designated : sample.designated) digest.add(designated);
  for (const std::uint32_t first : sample.first) digest.add(first);
  for (const auto& column : sample.household) digest.add(std::span<const float>(column));
  for (const auto& column : sample.person) digest.add(std::span<const float>(column));
  return digest.hex();
}

}  // namespace terrace::scenario
