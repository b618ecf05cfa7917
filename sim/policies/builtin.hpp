// The modules that ship with Terrace. One line a module, here and in builtin.cpp.
#pragma once

#include <terrace/policy.hpp>

namespace terrace {

void register_industry(PolicyCatalogue& catalogue);
void register_workshops(PolicyCatalogue& catalogue);
void register_training(PolicyCatalogue& catalogue);
void register_labour_service(PolicyCatalogue& catalogue);
void register_micro_loans(PolicyCatalogue& catalogue);
void register_cooperatives(PolicyCatalogue& catalogue);
void register_solar(PolicyCatalogue& catalogue);
void register_e_commerce(PolicyCatalogue& catalogue);
void register_purchases(PolicyCatalogue& catalogue);
void register_relocation(PolicyCatalogue& catalogue);
void register_ecological_posts(PolicyCatalogue& catalogue);
void register_education(PolicyCatalogue& catalogue);
void register_allowance(PolicyCatalogue& catalogue);
void register_health_insurance(PolicyCatalogue& catalogue);
void register_care(PolicyCatalogue& catalogue);
void register_housing(PolicyCatalogue& catalogue);
void register_infrastructure(PolicyCatalogue& catalogue);
void register_pairing(PolicyCatalogue& catalogue);
void register_resident_teams(PolicyCatalogue& catalogue);
void register_relief(PolicyCatalogue& catalogue);
void register_cash(PolicyCatalogue& catalogue);

}  // namespace terrace
