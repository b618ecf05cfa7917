// Two resolved scenarios compared as text, key by key.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terrace::scenario {

/// A key whose values differ; empty where one scenario does not have it. Of lists the elements are
/// joined.
struct KeyDifference {
  std::string key;  ///< full, such as `policies.relocation.enabled`
  std::string first;
  std::string second;
};

/// By key. For texts that resolved_yaml() wrote without origins.
std::vector<KeyDifference> differing_keys(std::string_view first, std::string_view second);

/// `parameters.farm_assets.tau is 0.5 there and 0.6 here`; of several the first few.
std::string differences_text(const std::vector<KeyDifference>& differences);

}  // namespace terrace::scenario
