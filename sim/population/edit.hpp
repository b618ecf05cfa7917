// Yearly edits of a county's tables: who stays, who is born, which households die out.
#pragma once

#include <cstddef>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/random.hpp>

namespace terrace {

/// Rewrites the person table in household order. Usage: for every household in order,
/// open_household, keep / add_child for its members; then commit once. Households left without
/// members are removed, with their enrolments; village and enrolment rows follow.
class PersonEdit {
 public:
  explicit PersonEdit(County& county);
  void open_household(std::size_t household);
  void keep(std::size_t person);
  void add_child(std::size_t household, Month birth, const Block& draw);
  void commit();

 private:
  County& county_;
  PersonTable next_;
  std::vector<std::uint32_t> first_;
};

}  // namespace terrace
