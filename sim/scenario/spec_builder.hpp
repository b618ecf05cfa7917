// Applies the layers of a scenario, one after the other, to the spec they make.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "scenario/load.hpp"
#include "scenario/node.hpp"
#include "scenario/survey_reader.hpp"
#include "scenario/values.hpp"

namespace terrace::scenario {

/// One file of the chain, or one setting of the command line.
struct Layer {
  Node root;
  std::filesystem::path folder;        ///< what it names is relative to this
  std::filesystem::path shown_folder;  ///< the same, as messages call it
  bool own = true;       ///< gives name and title: the file that is run and the command line do
  bool setting = false;  ///< of the command line: need not say which version it is written for
};

class SpecBuilder {
 public:
  /// Starts from the built-in defaults. All three are kept by reference.
  SpecBuilder(const Vocabulary& vocabulary, Loaded& out, Problems& problems);

  void apply(const Layer& layer);

  /// Fills in the layout and the series that no layer gave, and checks what takes the whole to
  /// check.
  void finish(const std::filesystem::path& data_dir);

 private:
  /// A value that names a file, with the folders it is relative to.
  struct FileSource {
    Node node;
    std::filesystem::path folder;
    std::filesystem::path shown_folder;

    NamedFile file(const std::string& key) const;
  };

  void apply_time(const Node& node, const std::string& path);
  void apply_population(const Node& node, const std::string& path, const Layer& layer);
  void apply_source(const Node& node, const std::string& path, const Layer& layer);
  void apply_policies(const Node& node, const std::string& path);
  void apply_policy(const PolicyEntry& entry, const Node& node, const std::string& path);
  void apply_parameters(const Node& node, const std::string& path);
  void apply_series(const Node& node, const std::string& path);
  void apply_output(const Node& node, const std::string& path);
  void apply_panel(const Node& node, const std::string& path);
  void apply_checkpoints(const Node& node, const std::string& path);
  /// The word `default`, which leaves `out` empty, or a list of known names.
  void names_or_default(const Node& value, const std::string& at,
                        const std::vector<std::string>& known, std::string_view what,
                        std::vector<std::string>& out);
  void apply_run(const Node& node, const std::string& path);

  void finish_layout(const std::filesystem::path& data_dir);
  void finish_provinces();
  void finish_survey();
  void finish_series(const std::filesystem::path& data_dir);
  void check_dates();
  void check_counties();
  void note_held_series();

  /// Fields that read one value into `out` and remember where it came from.
  Field number(const std::string& name, const Range& range, double& out);
  Field truth(const std::string& name, bool& out);
  Field month(const std::string& name, Month& out, int month_due = 0);
  Field parameter(const ParameterInfo& info, const std::string& full_name);

  /// Where the place of a year of `output.checkpoints.keep` is kept.
  static std::string kept_path(int year) {
    return "output.checkpoints.keep " + std::to_string(year);
  }
  void came_from(const std::string& path, const Place& place);
  const Place& place_of(const std::string& path) const;

  const Vocabulary& vocabulary_;
  Loaded& out_;
  Problems& problems_;
  std::vector<SeriesInfo> series_;
  std::map<std::string, Place> places_;  ///< of values that a layer gave
  FileSource layout_;                    ///< the node is null until a layer gives one
  Node provinces_;                       ///< the same
  FileSource survey_;                    ///< `source`, the same
  FileSource persons_;                   ///< the same; a layer that gives `source` takes it away
  Node digest_;                          ///< the same
};

}  // namespace terrace::scenario
