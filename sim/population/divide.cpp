#include "population/divide.hpp"

#include <algorithm>

namespace terrace {

namespace {

void move_amount(std::vector<float>& column, std::size_t from, std::size_t to, float part) {
  column[from] -= part;
  column[to] += part;
}

float part_of(float whole, Portion p) {
  return whole * (static_cast<float>(p.persons) / static_cast<float>(p.of));
}

/// Rounded down, so that what is left over stays with the parents.
std::uint16_t part_of(std::uint16_t whole, Portion p) {
  return static_cast<std::uint16_t>(whole * p.persons / p.of);
}

/// Moves as much as the other column still holds.
template <class T>
void move_whole(std::vector<T>& column, std::size_t from, std::size_t to, T part) {
  const T room = static_cast<T>(static_cast<T>(-1) - column[to]);
  const T moved = std::min({part, column[from], room});
  column[from] = static_cast<T>(column[from] - moved);
  column[to] = static_cast<T>(column[to] + moved);
}

}  // namespace

void move_flows(HouseholdTable& t, std::size_t from, std::size_t to, Portion portion,
                std::uint8_t months_away) {
  for (auto& column : t.last_year) move_amount(column, from, to, part_of(column[from], portion));
  move_whole(t.away_last_year, from, to, months_away);
}

std::size_t append_branch(HouseholdTable& t, std::size_t parents, std::uint16_t parents_in_village,
                          Portion portion, std::uint8_t months_away) {
  const std::size_t h = t.size();
  t.for_each_column([parents](auto& column) { column.push_back(column[parents]); });
  t.id[h] = branch_id(t.id[parents], t.divisions[parents]);
  ++t.divisions[parents];
  t.divisions[h] = 0;
  t.members[h] = t.numbers_used[h] = 0;
  t.graduates[h] = 0;
  t.loan[h] = 0;
  t.loan_due[h] = kNoMonth;
  t.accepted[h] = 0;
  t.cover[h] = 0;  // it belongs to an enrolment, and those stay with the parents
  for (std::size_t k = kKin; k-- > 1;) t.kin[k][h] = t.kin[k - 1][parents];
  t.kin[0][h] = parents_in_village;

  // Land first: what is let goes with it, never more than there is.
  const std::uint16_t land = part_of(t.land[parents], portion);
  const std::uint16_t leased =
      t.land[parents] == 0
          ? std::uint16_t{0}
          : part_of(t.leased[parents], {std::size_t{land}, std::size_t{t.land[parents]}});
  const std::uint16_t durables = part_of(t.durables[parents], portion);
  t.land[h] = t.leased[h] = t.durables[h] = 0;
  move_whole(t.land, parents, h, land);
  move_whole(t.leased, parents, h, leased);
  move_whole(t.durables, parents, h, durables);
  for (auto* stock : {&t.assets, &t.wealth, &t.allowance, &t.bills}) {
    (*stock)[h] = 0.0F;
    move_amount(*stock, parents, h, part_of((*stock)[parents], portion));
  }
  for (auto& column : t.last_year) column[h] = 0.0F;
  t.away_last_year[h] = 0;
  move_flows(t, parents, h, portion, months_away);
  // What the government remembers of last year's bills, cash and illness.
  for (auto* yuan : {&t.bills_last_year, &t.public_last_year}) {
    (*yuan)[h] = 0;
    move_whole(*yuan, parents, h, part_of((*yuan)[parents], portion));
  }
  t.ill_last_year[h] = 0;
  move_whole(t.ill_last_year, parents, h,
             static_cast<std::uint8_t>(part_of(std::uint16_t{t.ill_last_year[parents]}, portion)));
  return h;
}

void inherit(HouseholdTable& t, std::size_t from, std::size_t heir) {
  // Land that would not fit beside what is let stays behind.
  move_whole(t.land, from, heir, t.land[from]);
  move_whole(t.leased, from, heir, t.leased[from]);
  move_whole(t.durables, from, heir, t.durables[from]);
  move_amount(t.assets, from, heir, t.assets[from]);
  move_amount(t.wealth, from, heir, std::max(0.0F, t.wealth[from]));
}

}  // namespace terrace
