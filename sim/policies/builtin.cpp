#include "policies/builtin.hpp"

namespace terrace {

// The order in which modules act, whatever the order of keys in a scenario.
void register_builtin_policies(PolicyCatalogue& catalogue) {
  register_industry(catalogue);
  register_relocation(catalogue);
  register_ecological_posts(catalogue);
  register_education(catalogue);
  register_allowance(catalogue);
  register_housing(catalogue);
  register_infrastructure(catalogue);
  register_relief(catalogue);
  register_cash(catalogue);
}

}  // namespace terrace
