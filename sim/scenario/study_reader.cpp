// Puts a study together: its own keys first, then its scenarios, then what both must agree on.
#include "scenario/study_reader.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include <terrace/yearly.hpp>

#include "scenario/layers.hpp"
#include "scenario/ranges.hpp"
#include "scenario/study_checks.hpp"
#include "scenario/study_design.hpp"
#include "scenario/study_dimension.hpp"
#include "scenario/study_parts.hpp"
#include "scenario/study_scenarios.hpp"
#include "scenario/yaml_reader.hpp"

namespace terrace::scenario {
namespace {

class StudyReader {
 public:
  StudyReader(const std::filesystem::path& file, const Vocabulary& vocabulary,
              const std::filesystem::path& data_dir)
      : file_(file), folder_(file.parent_path()), vocabulary_(vocabulary), data_dir_(data_dir) {}

  LoadedStudy read(const std::vector<std::string>& sets) {
    const auto root = read_yaml_file(file_, file_.string(), problems_);
    if (root) {
      Study& study = out_.study;
      study.name = name_of_file(file_);
      layer_.sets = read_study_settings(sets, problems_);
      read_sections(*root);
      read_dimensions();
      refuse_what_varies(layer_, drafts_, problems_);
      load_scenarios(*root);
      finish(*root);
    }
    out_.errors = problems_.sorted();
    return std::move(out_);
  }

 private:
  void read_sections(const Node& root) {
    Study& study = out_.study;
    const auto keep = [](const Node*& to) {
      return [&to](const Node& value, const std::string&) { to = &value; };
    };
    const auto name = [&](const Node& value, const std::string& at) {
      const auto text = read_text(value, at, problems_);
      if (!text) return;
      if (safe_name(*text)) {
        study.name = *text;
      } else {
        problems_.add(value.place, at, "cannot be part of a folder's name",
                      "use at most 80 letters, digits, '-', '_' and '.'");
      }
    };
    const auto replicates = [&](const Node& value, const std::string& at) {
      const auto number = read_integer(value, at, 1, kMostReplicates, problems_);
      if (number) layer_.replicates = static_cast<std::uint32_t>(*number);
    };
    const auto over = [&](const Node& value, const std::string& at) {
      if (!expect_map(value, at, problems_)) return;
      layer_.over = read_over(value, at, folder_, folder_, problems_);
    };
    read_map(root, "",
             {{"study",
               [&](const Node& v, const std::string& at) { read_integer(v, at, 1, 1, problems_); },
               true},
              {"name", name},
              {"title",
               [&](const Node& v, const std::string& at) {
                 study.title = read_text(v, at, problems_).value_or("");
               }},
              {"base", keep(base_)},
              {"over", over},
              {"dimensions", keep(dimensions_), true},
              {"design",
               [&](const Node& v, const std::string& at) {
                 design_ = read_design(v, at, problems_);
                 study.design = design_.design;
               },
               true},
              {"replicates", replicates},
              {"seed", [&](const Node& v,
                           const std::string& at) { layer_.seed = read_u64(v, at, problems_); }},
              {"indicators", [&](const Node& v, const std::string& at) { read_indicators(v, at); }},
              {"years", keep(years_)},
              {"regions",
               [&](const Node& v, const std::string& at) {
                 const auto word = read_word(v, at, {"nation", "provinces"}, problems_);
                 study.output.provinces = word == std::size_t{1};
               }}},
             problems_);
    if (study.output.indicators.empty()) keep_headlines();
    layer_.indicators = study.output.indicators;
  }

  void keep_headlines() {
    const auto& known = vocabulary_.indicators;
    for (const std::string& name : headline_indicators()) {
      if (std::find(known.begin(), known.end(), name) != known.end()) {
        out_.study.output.indicators.push_back(name);
      }
    }
  }

  void read_indicators(const Node& node, const std::string& path) {
    if (node.is_scalar()) {
      read_word(node, path, {"default"}, problems_);
      return;
    }
    auto names = read_names(node, path, vocabulary_.indicators, "indicator", problems_);
    if (names) out_.study.output.indicators = std::move(*names);
  }

  void read_dimensions() {
    const std::string path = "dimensions";
    if (dimensions_ == nullptr || !expect_map(*dimensions_, path, problems_)) return;
    const std::size_t count = dimensions_->keys.size();
    if (count == 0 || count > kMostDimensions) {
      problems_.add(dimensions_->place, path,
                    count == 0 ? "a study varies at least one thing"
                               : "more than " + std::to_string(kMostDimensions) + " dimensions");
      return;
    }
    DimensionReader reader(vocabulary_, design_.understood ? &design_.design : nullptr,
                           {folder_, folder_}, problems_);
    for (std::size_t i = 0; i < count; ++i) {
      drafts_.push_back(reader.read(dimensions_->keys[i], dimensions_->items[i]));
      const DraftDimension& draft = drafts_.back();
      const auto& kept = out_.study.output.indicators;
      if (std::find(kept.begin(), kept.end(), draft.dimension.name) != kept.end()) {
        problems_.add(dimensions_->keys[i].place, draft.path,
                      "is the name of an indicator that the study keeps",
                      "call the dimension something else");
      }
    }
  }

  // The dimension of scenarios, or null.
  DraftDimension* arms() {
    const auto at = std::find_if(drafts_.begin(), drafts_.end(), [](const DraftDimension& d) {
      return d.dimension.kind == StudyDimension::Kind::scenario;
    });
    return at == drafts_.end() ? nullptr : &*at;
  }

  void load_scenarios(const Node& root) {
    DraftDimension* const arms = this->arms();
    std::vector<NamedFile> files;
    if (arms != nullptr) files = arms->scenarios;
    if (base_ != nullptr) {
      if (arms != nullptr) {
        problems_.add(base_->place, "base",
                      "the dimension '" + arms->dimension.name + "' names the scenarios already",
                      "remove `base`, or add it to that list");
      } else if (const auto text = read_text(*base_, "base", problems_, true)) {
        files = {
            {folder_ / *text, (folder_ / *text).lexically_normal().string(), base_->place, "base"}};
      }
    } else if (arms == nullptr && root.is_map()) {
      problems_.add(root.place, "", "'base' is missing", "name the scenario that is varied");
    }
    bool whole = !files.empty();
    for (const NamedFile& file : files) {
      Loaded loaded = load_below_study(file, layer_, vocabulary_, data_dir_);
      for (const Diagnostic& error : loaded.errors) problems_.add(error);
      whole &= loaded.errors.empty();
      for (std::string& note : loaded.notes) {
        if (std::find(out_.notes.begin(), out_.notes.end(), note) == out_.notes.end()) {
          out_.notes.push_back(std::move(note));
        }
      }
      out_.scenarios.push_back(std::move(loaded.spec));
    }
    if (!whole) return;
    known_ = true;
    if (arms != nullptr) finish_arms(*arms);
  }

  void finish_arms(DraftDimension& arms) {
    StudyDimension& dimension = arms.dimension;
    dimension.unit = "1";
    std::set<std::string> names;
    for (std::size_t i = 0; i < out_.scenarios.size(); ++i) {
      const ScenarioSpec& spec = out_.scenarios[i];
      const NamedFile& file = arms.scenarios[i];
      if (!names.insert(spec.name).second) {
        problems_.add(file.place, file.key,
                      "a scenario named '" + shown(spec.name) + "' stands in the list already");
      }
      const std::string apart = why_apart(spec, out_.scenarios.front(), vocabulary_);
      if (!apart.empty()) {
        problems_.add(file.place, file.key, "does not go with the first scenario: " + apart,
                      "what all runs share can be given in `over`");
        known_ = false;
      }
      dimension.choices.push_back(spec.name);
      dimension.levels.push_back(static_cast<double>(i));
    }
    dimension.high = static_cast<double>(dimension.choices.size() - 1);
  }

  void finish(const Node& root) {
    Study& study = out_.study;
    if (known_) {
      study.replicates = out_.scenarios.front().replicates;
      finish_years();
      for (DraftDimension& draft : drafts_) {
        if (draft.whole && draft.dimension.kind == StudyDimension::Kind::series) {
          finish_series_dimension(draft, out_.scenarios, vocabulary_.all_series(), problems_);
        }
      }
    }
    static const std::vector<ScenarioSpec> kNone;
    check_dimensions(drafts_, known_ ? out_.scenarios : kNone, problems_);
    const bool complete =
        known_ && !drafts_.empty() &&
        std::all_of(drafts_.begin(), drafts_.end(), [](const auto& d) { return d.whole; });
    if (!complete) return;
    study.points = read_points(design_, drafts_, folder_, folder_, problems_);
    for (DraftDimension& draft : drafts_) study.dimensions.push_back(std::move(draft.dimension));
    check_size(study, root.find("design") == nullptr ? root.place : design_.place, problems_);
    if (!problems_.empty()) return;
    for (std::string& note : study_notes(study, out_.scenarios)) {
      out_.notes.push_back(std::move(note));
    }
  }

  void finish_years() {
    StudyOutput& output = out_.study.output;
    const ScenarioSpec& spec = out_.scenarios.front();
    output.first_year = first_result_year(spec.start, spec.programme);
    output.last_year = last_result_year(spec.end);
    const std::string path = "years";
    if (years_ == nullptr || !expect_sequence(*years_, path, problems_)) return;
    if (years_->items.size() != 2) {
      problems_.add(years_->place, path, "must be the first and the last year",
                    "write [" + std::to_string(output.first_year) + ", " +
                        std::to_string(output.last_year) + "]");
      return;
    }
    const auto first = read_integer(years_->items[0], path + "[0]", output.first_year,
                                    output.last_year, problems_);
    const auto last = read_integer(years_->items[1], path + "[1]", output.first_year,
                                   output.last_year, problems_);
    if (!first || !last) return;
    if (*first > *last) {
      problems_.add(years_->place, path, "the last year comes before the first");
      return;
    }
    output.first_year = static_cast<int>(*first);
    output.last_year = static_cast<int>(*last);
  }

  const std::filesystem::path& file_;
  std::filesystem::path folder_;
  const Vocabulary& vocabulary_;
  const std::filesystem::path& data_dir_;
  Problems problems_;
  LoadedStudy out_;
  StudyLayer layer_;
  DraftDesign design_;
  std::vector<DraftDimension> drafts_;
  const Node* base_ = nullptr;
  const Node* dimensions_ = nullptr;
  const Node* years_ = nullptr;
  bool known_ = false;  ///< the scenarios are, without a mistake
};

}  // namespace

const std::vector<std::string>& reserved_words() {
  static const std::vector<std::string> kWords = {
      "run",         "point",       "replicate", "seed",        "year",   "time",  "region",
      "region_part", "region_name", "module",    "module_name", "status", "digest"};
  return kWords;
}

const std::vector<std::string>& headline_indicators() {
  static const std::vector<std::string> kNames = {
      "headcount_ratio",        "squared_poverty_gap",    "mean_income",  "gini",
      "exclusion_error_income", "inclusion_error_income", "relapse_true", "leakage",
      "programme_cost"};
  return kNames;
}

LoadedStudy load_study(const std::filesystem::path& file, const std::vector<std::string>& sets,
                       const Vocabulary& vocabulary, const std::filesystem::path& data_dir) {
  return StudyReader(file, vocabulary, data_dir).read(sets);
}

}  // namespace terrace::scenario
