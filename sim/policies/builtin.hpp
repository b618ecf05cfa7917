// The modules that ship with Terrace. One line a module, here and in builtin.cpp.
#pragma once

#include <terrace/policy.hpp>

namespace terrace {

void register_industry(PolicyCatalogue& catalogue);
void register_relocation(PolicyCatalogue& catalogue);
void register_ecological_posts(PolicyCatalogue& catalogue);
void register_education(PolicyCatalogue& catalogue);
void register_allowance(PolicyCatalogue& catalogue);
void register_housing(PolicyCatalogue& catalogue);
void register_infrastructure(PolicyCatalogue& catalogue);
void register_relief(PolicyCatalogue& catalogue);
void register_cash(PolicyCatalogue& catalogue);

}  // namespace terrace
