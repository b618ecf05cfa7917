// Any bytes as YAML: a tree, or mistakes that name a place in the file. Never both, never neither.
#include <string>

#include "scenario/yaml_reader.hpp"
#include "tests/fuzz/scratch_files.hpp"

namespace {

using terrace::scenario::Node;

/// Depth and number of values stay below what the reader promises.
std::size_t count(const Node& node, std::size_t depth) {
  terrace::fuzz::expect(depth <= terrace::scenario::kMaxDepth);
  std::size_t values = 1;
  for (const Node& item : node.items) values += count(item, depth + 1);
  terrace::fuzz::expect(!node.is_map() || node.keys.size() == node.items.size());
  return values;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace terrace;
  scenario::Problems problems;
  const auto tree =
      scenario::read_yaml_text(std::string(fuzz::text_of(data, size)), "x.yaml", problems);
  if (tree) fuzz::expect(count(*tree, 0) <= scenario::kMaxValues);
  if (!tree) fuzz::expect(!problems.empty());
  for (const auto& problem : problems.sorted()) {
    const bool rest = problem.message.find("more mistakes") != std::string::npos;
    fuzz::expect(rest || (problem.file == "x.yaml" && problem.line > 0 && problem.column > 0));
    fuzz::expect(scenario::to_string(problem).size() < 1000);
  }
  return 0;
}
