// The sections of a layout, one reader each. A section with a mistake leaves what it fills
// undefined and the mistake in `problems`.
#pragma once

#include <string>
#include <vector>

#include <terrace/layout.hpp>

#include "scenario/diagnostic.hpp"
#include "scenario/node.hpp"
#include "scenario/values.hpp"

namespace terrace::scenario {

/// What all section readers need.
struct SectionContext {
  Problems& problems;
  bool sources_required = true;
};

/// A section's own fields with those that every section may have: where its figures come from.
std::vector<Field> with_sources(std::vector<Field> fields, const SectionContext& context);

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
/// Optional: figures of the last December of the burn-in.
void read_initial(const Node& node, const std::string& path, const SectionContext& context,
                  Layout& out);
void read_copula(const Node& node, const std::string& path, const SectionContext& context,
                 Layout& out);

}  // namespace terrace::scenario
