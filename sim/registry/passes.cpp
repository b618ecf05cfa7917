// Whether what visitors found lets a county leave the list.
#include "registry/registry.hpp"

namespace terrace::registry {

bool passes(const Evaluation& found, const RegisterShares& shares, double limit,
            const EvaluationRules& rules) {
  if (!(found.visits > 0.0)) return false;
  const double wrongful = found.exited > 0.0 ? found.wrongful / found.exited : 0.0;
  const double missed = found.unlisted > 0.0 ? found.missed / found.unlisted : 0.0;
  // Rates of the sample, carried over to the people they stand for.
  const double composite = shares.registered + wrongful * shares.exited +
                           missed * (1.0 - shares.registered - shares.exited);
  return wrongful < rules.wrong_max && missed < rules.wrong_max && composite < limit &&
         found.approval >= rules.approval_min;
}

}  // namespace terrace::registry
