// An attribution on a screen or two.
#pragma once

#include <string>

#include "analysis/attribute.hpp"

namespace terrace::cli {

/// By outcome: the nation in full, then the groups but for provinces and counties, which are in the
/// files.
std::string attribution_text(const attribution::Attribution& result);

}  // namespace terrace::cli
