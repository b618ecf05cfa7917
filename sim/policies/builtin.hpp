// The modules that ship with Terrace. One line a module, here and in builtin.cpp.
#pragma once

#include <terrace/policy.hpp>

namespace terrace {

void register_industry(PolicyCatalogue& catalogue);
void register_relocation(PolicyCatalogue& catalogue);
void register_ecological_posts(PolicyCatalogue& catalogue);
void register_education(PolicyCatalogue& catalogue);
void register_allowance(PolicyCatalogue& catalogue);

}  // namespace terrace
