// The sentences in which a household's life is told: one for each kind of event and each reason.
#pragma once

#include <string>
#include <string_view>

#include <terrace/codes.hpp>
#include <terrace/events.hpp>
#include <terrace/prescription.hpp>

#include "analysis/explain_life.hpp"

namespace terrace::explain {

/// What happened, as a sentence without a full stop. A module that the run does not name comes as
/// "module 7". Amounts carry unit and price year.
std::string sentence(const Event& event, const Life& life);

/// The reason as a clause ("no place was left"). Empty for Reason::none.
std::string clause(Reason reason);

/// Title of the module that the event is about.
std::string module_title(const Event& event, const Life& life);

std::string words_of(Cause cause);
std::string words_of(Measure measure);
std::string words_of(Post post);
std::string words_of(School school);
std::string words_of(Watch watch);
/// "industry, relocation"; "no measure" for the empty set.
std::string words_of_measures(Measures measures);
/// What a household has got, by bits of `service`.
std::string words_of_services(std::uint8_t services);

/// The words of a coded column's value, as a clause of a sentence. Uses the column's own flags;
/// those that it does not know it gives as the file has them.
std::string words_of_code(const PanelColumn& column, double value);

std::string month_name(Month month);                  ///< "March"
std::string month_and_year(Month month);              ///< "March 2015"
std::string grouped(double value, int decimals = 0);  ///< "12,345"
std::string percent(double share);                    ///< 0.123 -> "12 %"

}  // namespace terrace::explain
