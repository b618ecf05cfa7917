// The epidemic of 2020: who could be at work, month by month.
#pragma once

#include "economy/parameters.hpp"

namespace terrace::economy {

/// Share of migrants' pay that is lost in a month of a year, 0 outside the epidemic. The path is of
/// people at work; what a usual year loses around the Spring Festival is no loss of this one.
double covid_loss(const Covid& c, int year, int month);

/// Share of that loss which local posts have: they were closed too, but for less long; from
/// September on all pay is cut alike.
double covid_local(const Covid& c, int month);

}  // namespace terrace::economy
