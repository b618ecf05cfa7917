// Named parameters: every assumption has a name, a unit, a default, a range and a source.
//
// A process or a policy declares a plain struct of doubles and one table that ties each member to
// its description. The YAML check, `terrace list parameters`, the docs and the sensitivity ranges
// read the table; the model reads the struct.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terrace {

/// What is known of one parameter. Values outside [low, high] are refused when a scenario is read.
struct ParameterInfo {
  std::string_view name;
  std::string_view unit;
  double value = 0.0;  ///< the default
  double low = 0.0;
  double high = 0.0;
  std::string_view meaning;
  std::string_view source;
};

/// A member of the struct `S` with its description: one row of a table.
template <class S>
struct Parameter {
  double S::* member;
  ParameterInfo info;
};

/// Values by full name: `farm_assets.tau`, or `policies.relocation.consent` for a module's own.
using ParameterValues = std::map<std::string, double, std::less<>>;

/// A block of parameters as the scenario language sees it.
struct ParameterBlock {
  std::string name;                       ///< `farm_assets`, or `policies.relocation`
  std::vector<ParameterInfo> parameters;  ///< in the order of the declaration
};

template <class S>
ParameterBlock block_of(std::string_view name, std::span<const Parameter<S>> table) {
  ParameterBlock block{std::string(name), {}};
  for (const auto& row : table) block.parameters.push_back(row.info);
  return block;
}

/// Reads a struct from the values of a run; what the values do not name keeps its default.
template <class S>
S load_parameters(std::string_view block, std::span<const Parameter<S>> table,
                  const ParameterValues& values) {
  S out{};
  for (const auto& row : table) {
    const auto found = values.find(std::string(block) + "." + std::string(row.info.name));
    out.*(row.member) = found == values.end() ? row.info.value : found->second;
  }
  return out;
}

}  // namespace terrace
