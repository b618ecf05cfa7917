// Any bytes as a study of the real model and, behind a zero byte, as its table of points: refused
// with reasons, or a study whose points lie where its dimensions say.
#include <algorithm>
#include <cmath>
#include <string_view>

#include "scenario/study_design.hpp"
#include "scenario/study_reader.hpp"
#include "tests/fuzz/scratch_files.hpp"
#include "tests/fuzz/vocabulary.hpp"

namespace {

using namespace terrace;

void expect_sound(const StudyDimension& d, std::size_t scenarios) {
  fuzz::expect(!d.name.empty() && !d.key.empty() && !d.meaning.empty());
  fuzz::expect(std::isfinite(d.low) && std::isfinite(d.high) && d.low < d.high);
  fuzz::expect(!d.log_scale || d.low > 0.0);
  for (const double level : d.levels) fuzz::expect(level >= d.low && level <= d.high);
  fuzz::expect(d.choices.empty() || (d.choices.size() == d.levels.size() && d.low == 0.0));
  fuzz::expect(d.kind != StudyDimension::Kind::scenario || d.choices.size() == scenarios);
  fuzz::expect(d.kind != StudyDimension::Kind::series || d.from <= d.until);
}

void expect_sound(const scenario::LoadedStudy& loaded) {
  const Study& study = loaded.study;
  fuzz::expect(!loaded.scenarios.empty() && !study.dimensions.empty() && study.replicates > 0);
  for (const StudyDimension& d : study.dimensions) expect_sound(d, loaded.scenarios.size());
  const double points = scenario::count_points(study);
  fuzz::expect(points >= 1.0 && points * study.replicates <= 1e7);
  const StudyOutput& output = study.output;
  fuzz::expect(!output.indicators.empty() && output.first_year <= output.last_year);
  fuzz::expect(year_of(loaded.scenarios.front().end) >= output.last_year);
  if (study.design.kind != StudyDesign::Kind::list) fuzz::expect(study.points.empty());
  for (const auto& point : study.points) {
    fuzz::expect(point.size() == study.dimensions.size());
    for (std::size_t i = 0; i < point.size(); ++i) {
      fuzz::expect(point[i] >= study.dimensions[i].low && point[i] <= study.dimensions[i].high);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::ScratchFiles files;
  static const fuzz::RealVocabulary real;
  const std::string_view text = fuzz::text_of(data, size);
  const std::size_t cut = std::min(text.find('\0'), text.size());
  files.write("base.yaml", "terrace: 1\n");
  files.write("other.yaml", "terrace: 1\nextends: base.yaml\nregistry: {enabled: false}\n");
  files.write("points.csv", cut < text.size() ? text.substr(cut + 1) : "");
  const auto file = files.write("study.yaml", text.substr(0, cut));
  const auto loaded = scenario::load_study(file, {}, real.vocabulary, real.data);
  for (const auto& mistake : loaded.errors) {
    fuzz::expect(scenario::to_string(mistake).size() < 1000);
  }
  if (loaded.errors.empty()) expect_sound(loaded);
  return 0;
}
