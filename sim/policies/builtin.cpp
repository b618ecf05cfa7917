#include "policies/builtin.hpp"

namespace terrace {

// The order in which modules act, whatever the order of keys in a scenario.
void register_builtin_policies(PolicyCatalogue& catalogue) {
  register_industry(catalogue);
  register_workshops(catalogue);
  register_training(catalogue);
  register_labour_service(catalogue);
  register_micro_loans(catalogue);
  register_cooperatives(catalogue);
  register_solar(catalogue);
  register_e_commerce(catalogue);
  register_purchases(catalogue);
  register_relocation(catalogue);
  register_ecological_posts(catalogue);
  register_education(catalogue);
  register_allowance(catalogue);
  register_health_insurance(catalogue);
  register_care(catalogue);
  register_housing(catalogue);
  register_infrastructure(catalogue);
  register_pairing(catalogue);
  register_resident_teams(catalogue);
  register_relief(catalogue);
  register_cash(catalogue);
}

}  // namespace terrace
