#include "scenario/study_design.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "scenario/ranges.hpp"

namespace terrace::scenario {
namespace {

using Kind = StudyDesign::Kind;

// Which keys a design has beside its kind; those that must be given first.
struct Keys {
  std::size_t required;
  std::vector<std::string> names;
};

const Keys& keys_of(Kind kind) {
  static const std::map<Kind, Keys> kKeys = {{Kind::grid, {0, {}}},
                                             {Kind::list, {0, {"points", "csv"}}},
                                             {Kind::latin_hypercube, {1, {"n", "seed"}}},
                                             {Kind::sobol, {1, {"n"}}},
                                             {Kind::saltelli, {1, {"n", "second_order"}}},
                                             {Kind::morris, {1, {"n", "levels", "seed"}}}};
  return kKeys.at(kind);
}

}  // namespace

const std::vector<std::string>& design_words() {
  static const std::vector<std::string> kWords = {"grid",  "list",     "latin-hypercube",
                                                  "sobol", "saltelli", "morris"};
  return kWords;
}

DraftDesign read_design(const Node& node, const std::string& path, Problems& problems) {
  DraftDesign out;
  out.place = node.place;
  StudyDesign& design = out.design;
  const auto kind = [&](const Node& value, const std::string& at) {
    if (const auto word = read_word(value, at, design_words(), problems)) {
      design.kind = static_cast<Kind>(*word);
      out.understood = true;
    }
  };
  // What is needed at least: two trajectories or rows to speak of a spread.
  const auto n = [&](const Node& value, const std::string& at) {
    const std::int64_t least = design.kind == Kind::saltelli || design.kind == Kind::morris ? 2 : 1;
    const auto number = read_integer(value, at, least, kMostPoints, problems);
    if (number) design.n = static_cast<std::uint32_t>(*number);
  };
  const auto levels = [&](const Node& value, const std::string& at) {
    const auto number = read_integer(value, at, 2, kMostLevels, problems);
    if (!number) return;
    if (*number % 2 != 0) problems.add(value.place, at, "must be even");
    design.levels = static_cast<std::uint32_t>(*number);
  };
  const auto second = [&](const Node& value, const std::string& at) {
    design.second_order = read_bool(value, at, problems).value_or(false);
  };
  const auto seed = [&](const Node& value, const std::string& at) {
    design.seed = read_u64(value, at, problems).value_or(1);
  };
  const auto points = [&](const Node& value, const std::string&) { out.points = &value; };
  const auto csv = [&](const Node& value, const std::string&) { out.csv = &value; };
  const std::vector<Field> all = {{"n", n},       {"levels", levels}, {"second_order", second},
                                  {"seed", seed}, {"points", points}, {"csv", csv}};
  // The kind says which keys there may be, wherever it stands.
  const Node* given = node.is_map() ? node.find("kind") : nullptr;
  if (given != nullptr) kind(*given, join(path, "kind"));
  std::vector<Field> fields = {{"kind", [](const Node&, const std::string&) {}, true}};
  for (const Field& field : all) {
    const auto& names = keys_of(design.kind).names;
    const auto at = std::find(names.begin(), names.end(), field.name);
    if (!out.understood) {
      fields.push_back({field.name, [](const Node&, const std::string&) {}});
    } else if (at != names.end()) {
      const auto place = static_cast<std::size_t>(at - names.begin());
      fields.push_back({field.name, field.read, place < keys_of(design.kind).required});
    } else {
      fields.push_back({field.name, [&](const Node& value, const std::string& where) {
                          problems.add(value.place, where,
                                       "is no key of the design " +
                                           design_words()[static_cast<std::size_t>(design.kind)]);
                        }});
    }
  }
  read_map(node, path, fields, problems);
  if (out.understood && design.kind == Kind::list &&
      (out.points == nullptr) == (out.csv == nullptr)) {
    problems.add(node.place, path,
                 out.points == nullptr ? "a list without points" : "both points and csv",
                 "give one of points, csv");
  }
  return out;
}

double count_points(const Study& study) {
  const StudyDesign& design = study.design;
  const auto n = static_cast<double>(design.n);
  const auto k = static_cast<double>(study.dimensions.size());
  switch (design.kind) {
    case Kind::grid: {
      double product = 1.0;
      for (const StudyDimension& d : study.dimensions) {
        product *= static_cast<double>(d.levels.size());
      }
      return product;
    }
    case Kind::list:
      return static_cast<double>(study.points.size());
    case Kind::latin_hypercube:
    case Kind::sobol:
      return n;
    case Kind::saltelli:
      return n * ((design.second_order ? 2.0 * k : k) + 2.0);
    case Kind::morris:
      return n * (k + 1.0);
  }
  return std::numeric_limits<double>::infinity();
}

}  // namespace terrace::scenario
