// Yearly edits of a county's tables: who leaves, who moves, who is born, which households are
// founded and which die out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/random.hpp>

#include "population/divide.hpp"

namespace terrace {

/// What chance gives a newborn.
struct Newborn {
  double girl_share = 0.47;
  double skill_sd = 0.0;  ///< of log wage
};

/// Collects changes, in any order, then makes them all at once: persons lie by household again,
/// households by id within their village, households without members are gone with their
/// enrolments, and every row that something names (of villages, enrolments, kin) follows. Until
/// commit() rows of persons and of households stay what they were.
class PersonEdit {
 public:
  explicit PersonEdit(County& county);

  /// Members the household will have.
  std::size_t members(std::size_t household) const { return size_[household]; }
  /// Whether one more can come: numbers of persons are not used again.
  bool room(std::size_t household) const;
  /// Whether the person is still where the table says.
  bool stays(std::size_t person) const { return stays_[person] != 0; }

  void remove(std::size_t person, std::size_t household);
  /// To another household, of old or founded in this edit; under a new number. Once a person.
  void move(std::size_t person, std::size_t from, std::size_t to);
  void add_child(std::size_t household, Month birth, Relation relation, const Block& draw,
                 const Newborn& chances);
  /// A household that splits off (see append_branch); its row until commit(). can_branch() holds.
  std::size_t found(std::size_t parents, Portion portion, std::uint8_t months_away);

  void commit();

 private:
  struct Arrival {
    std::uint32_t household;
    std::uint32_t person;
  };
  struct Branch {
    std::uint32_t household;
    std::uint32_t parents;
  };

  std::vector<std::uint32_t> rows_that_stay();
  void write_persons(const std::vector<std::uint32_t>& order, std::vector<std::uint32_t>& first);
  void bequeath();
  void write_households(const std::vector<std::uint32_t>& order);
  void write_kin(const std::vector<std::uint32_t>& order,
                 const std::vector<std::uint32_t>& old_first);
  bool lives(std::size_t household) const { return size_[household] > 0; }

  County& county_;
  std::size_t households_;           ///< before the edit
  std::vector<std::uint8_t> stays_;  ///< by person
  std::vector<std::uint16_t> size_;  ///< members to be, by household, those founded included
  std::vector<std::uint32_t> row_;   ///< by household: how many stay before it, its row to be
  std::vector<Arrival> arrivals_;
  std::vector<Branch> branches_;
};

}  // namespace terrace
