// The sections of a layout, one reader each. A section with a mistake leaves what it fills
// undefined and the mistake in `problems`.
#pragma once

#include <string>

#include <terrace/layout.hpp>

#include "scenario/diagnostic.hpp"
#include "scenario/node.hpp"

namespace terrace::scenario {

/// What all section readers need.
struct SectionContext {
  Problems& problems;
  bool sources_required = true;
};

/// `{value, unit, source, provenance}`
void read_quantity(const Node& node, const std::string& path, const char* unit,
                   const SectionContext& context, double& out);
void read_provinces(const Node& node, const std::string& path, const SectionContext& context,
                    Layout& out);
void read_kinds(const Node& node, const std::string& path, const SectionContext& context,
                Layout& out);
void read_ages(const Node& node, const std::string& path, const SectionContext& context,
               Layout& out);
void read_household_sizes(const Node& node, const std::string& path, const SectionContext& context,
                          Layout& out);
void read_copula(const Node& node, const std::string& path, const SectionContext& context,
                 Layout& out);

}  // namespace terrace::scenario
