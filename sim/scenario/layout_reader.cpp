#include "scenario/layout_reader.hpp"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "scenario/layout_sections.hpp"
#include "scenario/values.hpp"
#include "scenario/yaml_reader.hpp"

namespace terrace::scenario {
namespace {

// Where a section was found: its value, the key in messages and whether it must name its sources.
struct Section {
  Node node;
  std::string path;
  bool sources_required = true;
};

using Reader = std::function<void(const Section&, Problems&, Layout&)>;

template <class F>
Reader section_reader(F read) {
  return [read](const Section& section, Problems& problems, Layout& out) {
    read(section.node, section.path, SectionContext{problems, section.sources_required}, out);
  };
}

template <double Layout::* Member>
Reader quantity_reader(const char* unit) {
  return [unit](const Section& section, Problems& problems, Layout& out) {
    read_quantity(section.node, section.path, unit,
                  SectionContext{problems, section.sources_required}, out.*Member);
  };
}

const std::map<std::string, Reader>& section_readers() {
  static const std::map<std::string, Reader> kReaders = {
      {"national_poor_2013", quantity_reader<&Layout::national_poor_2013>("persons")},
      {"national_households", quantity_reader<&Layout::national_households>("households")},
      {"provinces", section_reader(read_provinces)},
      {"kinds", section_reader(read_kinds)},
      {"ages", section_reader(read_ages)},
      {"household_sizes", section_reader(read_household_sizes)},
      {"initial", section_reader(read_initial)},
      {"copula", section_reader(read_copula)}};
  return kReaders;
}

// Gathers the sections of a layout and of those it extends; the first to give a section wins.
class Collector {
 public:
  explicit Collector(Problems& problems) : problems_(problems), before_(problems.size()) {}

  void add_file(const std::filesystem::path& file, const std::string& name, const Place* named_at,
                const std::string& path) {
    constexpr std::size_t kLongestChain = 16;
    std::error_code error;
    const auto canonical = std::filesystem::weakly_canonical(file, error);
    if (files_.size() >= kLongestChain || !files_.insert(canonical.string()).second) {
      const Place here{std::make_shared<const std::string>(name), 0, 0};
      problems_.add(named_at != nullptr ? *named_at : here, path,
                    files_.size() >= kLongestChain ? "a chain of more than 16 layouts"
                                                   : "a cycle of `extends`");
      return;
    }
    const auto node = read_yaml_file(file, name, problems_, named_at, path);
    if (node) add(*node, "", file.parent_path(), std::filesystem::path(name).parent_path(), true);
  }

  void add(const Node& node, const std::string& path, const std::filesystem::path& folder,
           const std::filesystem::path& shown_folder, bool is_file) {
    std::vector<Field> fields;
    fields.push_back({"layout",
                      [&](const Node& value, const std::string& at) {
                        read_integer(value, at, 1, 1, problems_);
                      },
                      is_file});
    fields.push_back({"name",
                      [&](const Node& value, const std::string& at) {
                        const auto name = read_text(value, at, problems_);
                        if (name && layout_.name.empty()) layout_.name = *name;
                      },
                      true});
    fields.push_back({"note", [&](const Node& value, const std::string& at) {
                        read_text(value, at, problems_);
                      }});
    fields.push_back({"extends", [](const Node&, const std::string&) {}});
    for (const auto& [name, reader] : section_readers()) {
      fields.push_back(
          {name, [this, section = name, is_file](const Node& value, const std::string& at) {
             sections_.try_emplace(section, Section{value, at, is_file});
           }});
    }
    read_map(node, path, fields, problems_);
    if (const Node* base = node.find("extends")) extend(*base, path, folder, shown_folder);
  }

  std::optional<Layout> finish(const Place& place, const std::string& path) {
    for (const auto& [name, reader] : section_readers()) {
      const auto section = sections_.find(name);
      if (name == "initial" && !tells_initial(section)) continue;
      if (section != sections_.end()) {
        reader(section->second, problems_, layout_);
      } else if (problems_.size() ==
                 before_) {  // otherwise it may stand in a file that could not be read
        problems_.add(place, path, "'" + name + "' is missing in the layout");
      }
    }
    return std::move(layout_);
  }

 private:
  // Figures of a nation say nothing of a world that extends it with provinces of its own.
  bool tells_initial(std::map<std::string, Section>::const_iterator section) const {
    const auto provinces = sections_.find("provinces");
    return section != sections_.end() && provinces != sections_.end() &&
           *section->second.node.place.file == *provinces->second.node.place.file;
  }

  void extend(const Node& base, const std::string& path, const std::filesystem::path& folder,
              const std::filesystem::path& shown_folder) {
    const std::string at = join(path, "extends");
    const auto file = read_text(base, at, problems_);
    if (!file) return;
    add_file(folder / *file, (shown_folder / *file).lexically_normal().string(), &base.place, at);
  }

  Problems& problems_;
  std::size_t before_;
  Layout layout_;
  std::map<std::string, Section> sections_;
  std::set<std::string> files_;
};

}  // namespace

std::optional<Layout> read_layout_file(const std::filesystem::path& file, const std::string& name,
                                       Problems& problems, const Place* named_at,
                                       const std::string& path) {
  const std::size_t before = problems.size();
  Collector collector(problems);
  collector.add_file(file, name, named_at, path);
  if (problems.size() != before) {
    collector.finish({}, path);
    return std::nullopt;
  }
  auto layout = collector.finish({std::make_shared<const std::string>(name), 1, 1}, "");
  if (problems.size() != before) return std::nullopt;
  return layout;
}

std::optional<Layout> read_inline_layout(const Node& node, const std::string& path,
                                         const std::filesystem::path& folder, Problems& problems) {
  const std::size_t before = problems.size();
  Collector collector(problems);
  collector.add(node, path, folder, folder, false);
  auto layout = collector.finish(node.place, path);
  if (problems.size() != before) return std::nullopt;
  return layout;
}

}  // namespace terrace::scenario
