// What modules do to the panel's households, seen from outside: modules themselves need not know
// that anybody is followed.
#pragma once

#include <cstdint>
#include <vector>

#include "population/county_work.hpp"

namespace terrace::policies {

/// Houses and services of the panel's households before a module acts.
class Dwellings {
 public:
  explicit Dwellings(const CountyWork& work);
  /// Notes what has changed for the better since the last look, as this module's doing.
  void look(CountyWork& work, std::uint8_t module);

 private:
  std::vector<std::uint8_t> house_;
  std::vector<std::uint8_t> services_;
};

/// Bits of `told` that the year has of a household and a module.
std::uint8_t& told_of(CountyWork& work, std::size_t module, std::size_t household);
/// Sets a bit; false if it was set before.
bool tell(CountyWork& work, std::size_t module, std::size_t household, std::uint8_t bit);

}  // namespace terrace::policies
