// Who is related to whom at the start.
#pragma once

#include <terrace/county.hpp>
#include <terrace/random.hpp>

namespace terrace {

/// Links each household with up to four others of its village: its neighbours in two random rings.
/// Links are mutual, none is to oneself or twice; villages of fewer than five have fewer.
void link_kin(County& county, RunKey key);

}  // namespace terrace
