// One dimension of a study: what it varies, and between which values.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/study_parts.hpp"

namespace terrace::scenario {

/// `text` without `head`, if it begins with that.
std::string without_head(std::string_view text, std::string_view head);
/// As messages name a word.
inline std::string in_quotes(const std::string& text) { return '\'' + shown(text) + '\''; }

/// Reads `node`, which stands at `path` under the name `name`. What it names (parameters, modules,
/// series) is checked here; what takes the scenarios to check is not. `folder`: what its files are
/// relative to.
class DimensionReader {
 public:
  struct Folder {
    std::filesystem::path path;
    std::filesystem::path shown;
  };

  /// All are kept by reference but the design, of which no more than the kind is used; null where
  /// that is not known.
  DimensionReader(const Vocabulary& vocabulary, const StudyDesign* design, Folder folder,
                  Problems& problems);

  DraftDimension read(const Node& name, const Node& node);

 private:
  /// What the keys of a dimension of numbers say.
  struct Numbers {
    std::optional<double> low;
    std::optional<double> high;
    const Node* levels = nullptr;
    bool log_scale = false;
    Place log_place;
  };

  void read_parameter(const Node& node, DraftDimension& out);
  void read_policy(const Node& node, DraftDimension& out);
  void read_switch(const Node& node, const std::string& module, DraftDimension& out);
  void read_months(const Node& node, const std::string& module, bool first, DraftDimension& out);
  void read_multiplier(const Node& node, const PolicyEntry& entry, const std::string& field,
                       DraftDimension& out);
  void read_series(const Node& node, DraftDimension& out);
  void read_scenarios(const Node& node, DraftDimension& out);

  bool add_parameter(const Node& node, const std::string& path, DraftDimension& out);
  const PolicyEntry* module_of(const Node& node, const std::string& path, std::string& field);

  /// The keys low, high, levels and scale, into `numbers`.
  std::vector<Field> number_fields(const DraftDimension& of, Numbers& numbers, bool with_ends);
  void finish_numbers(const Node& node, const Numbers& numbers, bool ends_due, DraftDimension& out);
  /// An end of the range, as given or else `otherwise`.
  double end_of(const Node& node, const char* key, std::optional<double> given, double otherwise,
                bool due, const DraftDimension& out);
  void finish_levels(const Node& node, const Node* levels, DraftDimension& out);
  void read_levels(const Node& node, const std::string& path, DraftDimension& out);
  void spread_levels(const Node& node, const std::string& path, DraftDimension& out);
  void choose(std::vector<std::string> choices, DraftDimension& out);

  bool grid() const { return design_ != nullptr && design_->kind == StudyDesign::Kind::grid; }
  bool list() const { return design_ != nullptr && design_->kind == StudyDesign::Kind::list; }

  const Vocabulary& vocabulary_;
  const StudyDesign* design_;
  Folder folder_;
  std::vector<SeriesInfo> series_;
  Problems& problems_;
};

}  // namespace terrace::scenario
