// A survey made in code: households of given size and place, about which nothing else is known.
#pragma once

#include <memory>
#include <string>

#include <terrace/survey_sample.hpp>
#include <terrace/tables.hpp>

namespace terrace::test {

class SmallSurvey {
 public:
  /// A man of 40 and `size` - 1 women of 30, 29, ... Gives the household's row.
  std::size_t add(double weight, std::size_t size,
                  std::uint16_t province = SurveySample::kAnyProvince,
                  std::uint8_t designated = SurveySample::kAnyKind) {
    if (sample_.first.empty()) sample_.first.push_back(0);
    sample_.weight.push_back(weight);
    sample_.province.push_back(province);
    sample_.designated.push_back(designated);
    for (auto& column : sample_.household) column.push_back(kUnsurveyed);
    for (std::size_t m = 0; m < size; ++m) {
      for (auto& column : sample_.person) column.push_back(kUnsurveyed);
      set(PersonField::age, m == 0 ? 40.0F : 31.0F - static_cast<float>(m));
      set(PersonField::woman, m == 0 ? 0.0F : 1.0F);
      set(PersonField::relation, static_cast<float>(m == 0 ? Relation::head : Relation::other));
      set(PersonField::schooling, 6.0F);
    }
    sample_.first.push_back(static_cast<std::uint32_t>(sample_.persons()));
    return sample_.size() - 1;
  }
  /// Of the last household.
  void set(HouseholdField field, float value) {
    sample_.household[static_cast<std::size_t>(field)].back() = value;
  }
  /// Of the last person.
  void set(PersonField field, float value) {
    sample_.person[static_cast<std::size_t>(field)].back() = value;
  }
  /// All five components of the last household.
  void set_incomes(float farm, float others = 0.0F) {
    set(HouseholdField::income_farm, farm);
    for (const auto field : {HouseholdField::income_local_wage, HouseholdField::income_migrant_wage,
                             HouseholdField::income_transfer, HouseholdField::income_property}) {
      set(field, others);
    }
  }
  std::shared_ptr<const SurveySample> make() const {
    return std::make_shared<const SurveySample>(sample_);
  }

 private:
  SurveySample sample_;
};

}  // namespace terrace::test
