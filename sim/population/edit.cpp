#include "population/edit.hpp"

namespace terrace {

PersonEdit::PersonEdit(County& county) : county_(county) {
  first_.reserve(county.households.size() + 1);
  const std::size_t expected = county.persons.size() + county.persons.size() / 64;
  next_.for_each_column([&](auto& column) { column.reserve(expected); });
}

void PersonEdit::open_household(std::size_t household) {
  require(household == first_.size(), "households must be edited in order");
  first_.push_back(static_cast<std::uint32_t>(next_.size()));
}

void PersonEdit::keep(std::size_t i) {
  const PersonTable& p = county_.persons;
  next_.birth.push_back(p.birth[i]);
  next_.number.push_back(p.number[i]);
  next_.female.push_back(p.female[i]);
  next_.disability.push_back(p.disability[i]);
  next_.relation.push_back(p.relation[i]);
  next_.schooling.push_back(p.schooling[i]);
  next_.school.push_back(p.school[i]);
  next_.activity.push_back(p.activity[i]);
  next_.health.push_back(p.health[i]);
  next_.state_until.push_back(p.state_until[i]);
}

void PersonEdit::add_child(std::size_t household, Month birth, const Block& draw) {
  const bool girl = uniform24(draw[0]) < 0.47F;  // about 113 boys for 100 girls
  next_.birth.push_back(static_cast<std::int16_t>(birth));
  next_.number.push_back(county_.households.numbers_used[household]++);
  next_.female.push_back(static_cast<std::uint8_t>((girl ? 1U : 0U) | 2U));
  next_.disability.push_back(0);
  next_.relation.push_back(static_cast<std::uint8_t>(Relation::child));
  next_.schooling.push_back(0);
  next_.school.push_back(static_cast<std::uint8_t>(School::none));
  next_.activity.push_back(static_cast<std::uint8_t>(Activity::child));
  next_.health.push_back(static_cast<std::uint8_t>(230 + (draw[1] & 15U)));
  next_.state_until.push_back(kNoMonth);
}

void PersonEdit::commit() {
  HouseholdTable& t = county_.households;
  require(first_.size() == t.size(), "every household must be edited");
  first_.push_back(static_cast<std::uint32_t>(next_.size()));
  std::vector<std::uint32_t> row(t.size());  // new row of each household
  std::size_t kept = 0;
  for (std::size_t h = 0; h < t.size(); ++h) {
    t.first[h] = first_[h];
    t.members[h] = static_cast<std::uint8_t>(first_[h + 1] - first_[h]);
    row[h] = static_cast<std::uint32_t>(kept);
    if (t.members[h] > 0) ++kept;
  }
  next_.for_each_column([](auto& column) { column.shrink_to_fit(); });
  county_.persons = std::move(next_);
  if (kept == t.size()) return;

  for (std::uint32_t& first : county_.villages.first)
    first = first < row.size() ? row[first] : static_cast<std::uint32_t>(kept);
  for (auto& module : county_.enrolments) {
    std::erase_if(module, [&](const Enrolment& e) { return t.members[e.household] == 0; });
    for (Enrolment& e : module) e.household = row[e.household];
  }
  const std::vector<std::uint8_t> members = t.members;
  t.for_each_column([&](auto& column) {
    std::size_t to = 0;
    for (std::size_t h = 0; h < members.size(); ++h) {
      if (members[h] > 0) column[to++] = column[h];
    }
    column.resize(to);
  });
}

}  // namespace terrace
