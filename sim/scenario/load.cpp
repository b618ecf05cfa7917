#include "scenario/load.hpp"

#include "scenario/layers.hpp"
#include "scenario/spec_builder.hpp"
#include "scenario/yaml_reader.hpp"

namespace terrace::scenario {
Loaded load_scenario(const std::filesystem::path& file, const std::vector<std::string>& sets,
                     const Vocabulary& vocabulary, const std::filesystem::path& data_dir) {
  Loaded out;
  Problems problems;
  SpecBuilder builder(vocabulary, out, problems);
  std::vector<Layer> chain;
  const bool chain_is_whole = read_chain({file, file.string(), nullptr, {}}, chain, problems);
  out.spec.name = name_of_file(file);
  out.origin["name"] = "default";
  for (auto layer = chain.rbegin(); layer != chain.rend(); ++layer) builder.apply(*layer);
  for (const std::string& setting : sets) {
    if (const auto layer = read_setting(setting, problems)) builder.apply(*layer);
  }
  // With a file missing, what the others leave open would be reported as if it were wrong.
  if (chain_is_whole) builder.finish(data_dir);
  out.errors = problems.sorted();
  return out;
}

Heading read_heading(const std::filesystem::path& file) {
  Problems ignored;
  Heading out;
  out.name = name_of_file(file);
  const auto root = read_yaml_file(file, file.string(), ignored);
  if (!root || !root->is_map()) return {};
  if (const Node* name = root->find("name")) out.name = name->text;
  if (const Node* title = root->find("title")) out.title = title->text;
  return out;
}

}  // namespace terrace::scenario
