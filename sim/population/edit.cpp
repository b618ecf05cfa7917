#include "population/edit.hpp"

#include <algorithm>
#include <type_traits>

#include <terrace/check.hpp>
#include <terrace/maths.hpp>

#include "population/columns.hpp"

namespace terrace {

namespace {

constexpr std::size_t kNumbers = 255;  // of persons of a household; 255 itself means nobody

/// The rows `order` of a table, in that order, and no spare room.
template <class Table>
void gather(Table& table, const std::vector<std::uint32_t>& order) {
  table.for_each_column([&order](auto& column) {
    auto next = std::remove_reference_t<decltype(column)>(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) next[i] = column[order[i]];
    column.swap(next);
  });
}

}  // namespace

PersonEdit::PersonEdit(County& county)
    : county_(county),
      households_(county.households.size()),
      stays_(county.persons.size(), 1),
      size_(county.households.members.begin(), county.households.members.end()) {}

bool PersonEdit::room(std::size_t h) const {
  return county_.households.numbers_used[h] < kNumbers && size_[h] < kNumbers;
}

void PersonEdit::remove(std::size_t person, std::size_t household) {
  require(stays(person), "a person leaves twice");
  stays_[person] = 0;
  --size_[household];
}

void PersonEdit::move(std::size_t person, std::size_t from, std::size_t to) {
  require(room(to), "a household has no number for another member");
  remove(person, from);
  county_.persons.number[person] = county_.households.numbers_used[to]++;
  arrivals_.push_back({static_cast<std::uint32_t>(to), static_cast<std::uint32_t>(person)});
  ++size_[to];
}

void PersonEdit::add_child(std::size_t household, Month birth, Relation relation, const Block& draw,
                           const Newborn& chances) {
  require(room(household), "a household has no number for another member");
  PersonTable& p = county_.persons;
  const auto i = static_cast<std::uint32_t>(p.size());
  p.for_each_column([](auto& column) { column.push_back({}); });
  const bool girl = static_cast<double>(uniform24(draw[0])) < chances.girl_share;
  float skill = 0.0F;
  float unused = 0.0F;
  exact::normal_pair(draw[2], draw[3], skill, unused);
  p.birth[i] = static_cast<std::int16_t>(birth);
  p.number[i] = county_.households.numbers_used[household]++;
  p.flags[i] = static_cast<std::uint8_t>((girl ? flag::woman : 0) | flag::mandarin);
  p.relation[i] = static_cast<std::uint8_t>(relation);
  p.skill[i] = pack_skill(chances.skill_sd * static_cast<double>(skill));
  p.health[i] = static_cast<std::uint8_t>(230 + (draw[1] & 15U));
  p.state_until[i] = kNoMonth;
  arrivals_.push_back({static_cast<std::uint32_t>(household), i});
  ++size_[household];
}

std::size_t PersonEdit::found(std::size_t parents, Portion portion, std::uint8_t months_away) {
  HouseholdTable& t = county_.households;
  require(parents < households_ && can_branch(t.id[parents], t.divisions[parents]),
          "a household cannot be divided again");
  const auto in_village =
      static_cast<std::uint16_t>(parents - county_.villages.first[t.village[parents]]);
  const std::size_t h = append_branch(t, parents, in_village, portion, months_away);
  size_.push_back(0);
  branches_.push_back({static_cast<std::uint32_t>(h), static_cast<std::uint32_t>(parents)});
  return h;
}

void PersonEdit::commit() {
  HouseholdTable& t = county_.households;
  const std::vector<std::uint32_t> order = rows_that_stay();
  std::vector<std::uint32_t> first;
  write_persons(order, first);
  if (order.size() != t.size() || t.size() != households_) {
    bequeath();
    write_households(order);
  }
  t.first = std::move(first);
  for (std::size_t i = 0; i < order.size(); ++i)
    t.members[i] = static_cast<std::uint8_t>(size_[order[i]]);
}

/// Old rows and founded ones by id: a branch lies behind its parents and their earlier branches.
std::vector<std::uint32_t> PersonEdit::rows_that_stay() {
  const HouseholdTable& t = county_.households;
  std::vector<std::uint32_t> founded;
  for (const Branch& b : branches_) founded.push_back(b.household);
  const auto by_id = [&t](std::uint32_t a, std::uint32_t b) { return t.id[a] < t.id[b]; };
  std::sort(founded.begin(), founded.end(), by_id);
  std::vector<std::uint32_t> order;
  order.reserve(t.size());
  row_.resize(t.size());
  const auto place = [&](std::uint32_t h) {
    row_[h] = static_cast<std::uint32_t>(order.size());
    if (lives(h)) order.push_back(h);
  };
  auto next = founded.begin();
  for (std::uint32_t h = 0; h < households_; ++h) {
    while (next != founded.end() && by_id(*next, h)) place(*next++);
    place(h);
  }
  while (next != founded.end()) place(*next++);
  return order;
}

/// Who stays comes first, then arrivals in the order of their numbers.
void PersonEdit::write_persons(const std::vector<std::uint32_t>& order,
                               std::vector<std::uint32_t>& first) {
  const HouseholdTable& t = county_.households;
  PersonTable& persons = county_.persons;
  std::sort(arrivals_.begin(), arrivals_.end(), [&](const Arrival& a, const Arrival& b) {
    if (a.household != b.household) return row_[a.household] < row_[b.household];
    return persons.number[a.person] < persons.number[b.person];
  });
  std::vector<std::uint32_t> source;
  source.reserve(persons.size());
  first.reserve(order.size());
  auto next = arrivals_.begin();
  for (const std::uint32_t h : order) {
    first.push_back(static_cast<std::uint32_t>(source.size()));
    if (h < households_) {
      const std::uint32_t end = t.first[h] + t.members[h];
      for (std::uint32_t i = t.first[h]; i < end; ++i) {
        if (stays_[i] != 0) source.push_back(i);
      }
    }
    for (; next != arrivals_.end() && next->household == h; ++next) source.push_back(next->person);
    require(source.size() - first.back() == size_[h], "members were miscounted");
  }
  gather(persons, source);
}

/// What a household leaves goes to the first of its kin that lives on.
void PersonEdit::bequeath() {
  HouseholdTable& t = county_.households;
  for (std::size_t h = 0; h < households_; ++h) {
    if (lives(h)) continue;
    for (const auto& kin : t.kin) {
      if (kin[h] == kNoKin) continue;
      const std::size_t heir = county_.villages.first[t.village[h]] + kin[h];
      if (!lives(heir)) continue;
      inherit(t, h, heir);
      break;
    }
  }
}

void PersonEdit::write_households(const std::vector<std::uint32_t>& order) {
  HouseholdTable& t = county_.households;
  const std::vector<std::uint32_t> old_first = county_.villages.first;
  const auto all = static_cast<std::uint32_t>(order.size());
  for (std::uint32_t& first : county_.villages.first)
    first = first < households_ ? row_[first] : all;
  for (auto& module : county_.enrolments) {
    std::erase_if(module, [&](const Enrolment& e) { return !lives(e.household); });
    for (Enrolment& e : module) e.household = row_[e.household];
  }
  gather(t, order);
  write_kin(order, old_first);
}

void PersonEdit::write_kin(const std::vector<std::uint32_t>& order,
                           const std::vector<std::uint32_t>& old_first) {
  HouseholdTable& t = county_.households;
  const std::vector<std::uint32_t>& first = county_.villages.first;
  for (auto& kin : t.kin) {
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (kin[i] == kNoKin) continue;
      const std::size_t relative = old_first[t.village[i]] + kin[i];
      kin[i] = lives(relative) ? static_cast<std::uint16_t>(row_[relative] - first[t.village[i]])
                               : kNoKin;
    }
  }
  // The parents' link to a branch takes a free place, else that of one relation after the other.
  for (const Branch& b : branches_) {
    if (!lives(b.household) || !lives(b.parents)) continue;
    const std::size_t i = row_[b.parents];
    std::size_t k = 0;
    while (k < kKin && t.kin[k][i] != kNoKin) ++k;
    if (k == kKin) k = static_cast<std::size_t>(t.divisions[i] - 1) % kKin;
    t.kin[k][i] = static_cast<std::uint16_t>(row_[b.household] - first[t.village[i]]);
  }
}

}  // namespace terrace
