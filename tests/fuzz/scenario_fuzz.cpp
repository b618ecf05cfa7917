// Any bytes as a scenario of the real model: refused with reasons, or a scenario whose resolved
// text reads back as itself.
#include <string>

#include "scenario/load.hpp"
#include "tests/fuzz/scratch_files.hpp"
#include "tests/fuzz/vocabulary.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace terrace;
  static const fuzz::ScratchFiles files;
  static const fuzz::RealVocabulary real;
  const auto file = files.write("x.yaml", fuzz::text_of(data, size));
  const auto loaded = scenario::load_scenario(file, {}, real.vocabulary, real.data);
  for (const auto& mistake : loaded.errors) {
    fuzz::expect(scenario::to_string(mistake).size() < 1000);
  }
  if (!loaded.errors.empty()) return 0;
  const std::string resolved = scenario::resolved_yaml(loaded.spec, real.vocabulary);
  const auto again_file = files.write("resolved.yaml", resolved);
  const auto again = scenario::load_scenario(again_file, {}, real.vocabulary, real.data);
  fuzz::expect(again.errors.empty());
  fuzz::expect(scenario::resolved_yaml(again.spec, real.vocabulary) == resolved);
  return 0;
}
