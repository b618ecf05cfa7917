// Any bytes as the two tables of a survey in CSV, which a zero byte parts: refused with reasons, or
// a sample that can be drawn from.
#include <memory>
#include <string_view>

#include <terrace/survey_sample.hpp>

#include "scenario/survey_reader.hpp"
#include "tests/fuzz/scratch_files.hpp"
#include "tests/fuzz/vocabulary.hpp"

namespace {

using namespace terrace;

Layout small_layout() {
  const fuzz::ScratchFiles files;
  const fuzz::RealVocabulary real;
  const auto file = files.write("x.yaml", "terrace: 1\n");
  return scenario::load_scenario(file, {}, real.vocabulary, real.data).spec.population.layout;
}

void expect_sound(const SurveySample& s, const Layout& layout) {
  fuzz::expect(s.size() > 0 && s.first.size() == s.size() + 1 && s.first.back() == s.persons());
  for (std::size_t h = 0; h < s.size(); ++h) {
    fuzz::expect(s.weight[h] > 0.0 && s.weight[h] < 1e300);
    fuzz::expect(s.members(h) >= 1 && s.members(h) <= kMostSurveyMembers);
    fuzz::expect(s.province[h] == SurveySample::kAnyProvince ||
                 s.province[h] < layout.provinces.size());
    fuzz::expect(s.designated[h] <= SurveySample::kAnyKind);
  }
  for (std::size_t i = 0; i < s.persons(); ++i) {
    const float age = s.of_person(PersonField::age, i);
    fuzz::expect(age >= 0.0F && age <= 120.0F);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::ScratchFiles files;
  static const Layout layout = small_layout();
  const std::string_view text = fuzz::text_of(data, size);
  const std::size_t cut = std::min(text.find('\0'), text.size());
  const scenario::NamedFile households{
      files.write("h.csv", text.substr(0, cut)), "h.csv", {}, "population.source"};
  const scenario::NamedFile persons{
      files.write("p.csv", cut < text.size() ? text.substr(cut + 1) : ""),
      "p.csv",
      {},
      "population.persons"};
  scenario::Problems problems;
  const auto sample = scenario::read_survey(households, &persons, layout, {}, problems);
  fuzz::expect((sample == nullptr) == !problems.empty());
  if (sample != nullptr) expect_sound(*sample, layout);
  return 0;
}
