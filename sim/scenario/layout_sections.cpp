#include "scenario/layout_sections.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <set>
#include <utility>
#include <vector>

#include "scenario/ranges.hpp"
#include "scenario/values.hpp"

namespace terrace::scenario {
namespace {

constexpr double kSumTolerance = 1e-6;

using Read = std::function<void(const Node&, const std::string&)>;

}  // namespace

std::vector<Field> with_sources(std::vector<Field> fields, const SectionContext& context) {
  const auto text = [&problems = context.problems](const Node& node, const std::string& path) {
    read_text(node, path, problems, true);
  };
  fields.push_back({"unit", text});
  fields.push_back({"source", text, context.sources_required});
  fields.push_back({"provenance", text, context.sources_required});
  fields.push_back({"note", text});
  // For people who vary the figures: a pair of numbers or some words. Nothing here reads it.
  fields.push_back({"range", [](const Node&, const std::string&) {}});
  return fields;
}

namespace {

Field number_field(const char* name, const Range& range, double& out, Problems& problems) {
  return {name,
          [&out, &problems, range](const Node& node, const std::string& path) {
            if (const auto value = read_number(node, path, range, problems)) out = *value;
          },
          true};
}

Field count_field(const char* name, int& out, Problems& problems) {
  return {name,
          [&out, &problems](const Node& node, const std::string& path) {
            const auto value = read_integer(node, path, 0, kMostCountiesOfAKind, problems);
            if (value) out = static_cast<int>(*value);
          },
          true};
}

Field name_field(std::set<std::string>& seen, std::string& out, Problems& problems) {
  return {"name",
          [&](const Node& node, const std::string& path) {
            const auto name = read_text(node, path, problems);
            if (!name) return;
            out = *name;
            if (!seen.insert(*name).second) {
              problems.add(node.place, path, "the name '" + shown(*name) + "' is taken already");
            }
          },
          true};
}

Field age_field(int& low, int& high, Problems& problems) {
  return {"age",
          [&](const Node& node, const std::string& path) {
            if (!expect_sequence(node, path, problems)) return;
            if (node.items.size() != 2) {
              problems.add(node.place, path, "must be two ages", "write [first, last]");
              return;
            }
            const auto first = read_integer(node.items[0], path + "[0]", 0, kOldest, problems);
            const auto last = read_integer(node.items[1], path + "[1]", 0, kOldest, problems);
            if (!first || !last) return;
            low = static_cast<int>(*first);
            high = static_cast<int>(*last);
            if (low > high) problems.add(node.place, path, "the last age is below the first");
          },
          true};
}

// Calls `row` for each element of a list that must not be empty.
Field rows_field(const char* name, Problems& problems, Read row) {
  return {name,
          [&problems, row = std::move(row)](const Node& node, const std::string& path) {
            if (!expect_sequence(node, path, problems)) return;
            if (node.items.empty()) problems.add(node.place, path, "an empty list");
            for (std::size_t i = 0; i < node.items.size(); ++i) {
              row(node.items[i], path + '[' + std::to_string(i) + ']');
            }
          },
          true};
}

void check_sum(double sum, const Node& node, const std::string& path, const char* what,
               Problems& problems) {
  if (std::fabs(sum - 1.0) <= kSumTolerance) return;
  problems.add(node.place, path, std::string(what) + " add up to " + shortest(sum) + ", not to 1");
}

ProvinceLayout read_province(const Node& node, const std::string& path,
                             std::set<std::string>& names, Problems& problems) {
  ProvinceLayout out;
  const std::size_t before = problems.size();
  read_map(node, path,
           {name_field(names, out.name, problems),
            {"region",
             [&](const Node& value, const std::string& at) {
               const auto word = read_word(value, at, {"east", "central", "west"}, problems);
               if (word) out.region = static_cast<Region>(*word);
             },
             true},
            number_field("poor_2013", kPoorPersons, out.poor_2013, problems),
            number_field("incidence_2013", kPositiveShare, out.incidence_2013, problems),
            count_field("designated", out.designated, problems),
            count_field("other", out.other, problems),
            {"signatory",
             [&](const Node& value, const std::string& at) {
               if (const auto is = read_bool(value, at, problems)) out.signatory = *is;
             },
             true}},
           problems);
  if (problems.size() == before && out.designated + out.other == 0) {
    problems.add(node.place, path, "a province without counties");
  }
  return out;
}

HouseholdKind::Member read_member(const Node& node, const std::string& path, Problems& problems) {
  static const std::vector<std::string> kRelations = {"head", "spouse", "child", "parent", "other"};
  HouseholdKind::Member out;
  read_map(node, path,
           {{"relation",
             [&](const Node& value, const std::string& at) {
               const auto word = read_word(value, at, kRelations, problems);
               if (word) out.relation = kRelations[*word];
             },
             true},
            age_field(out.age_low, out.age_high, problems),
            number_field("female", kShare, out.female, problems)},
           problems);
  return out;
}

HouseholdKind read_kind(const Node& node, const std::string& path, std::set<std::string>& names,
                        Problems& problems) {
  constexpr std::size_t kMostMembers = 20;
  HouseholdKind out;
  const std::size_t before = problems.size();
  read_map(node, path,
           {name_field(names, out.name, problems),
            number_field("prior", kPositiveShare, out.prior, problems),
            rows_field("members", problems,
                       [&](const Node& member, const std::string& at) {
                         out.members.push_back(read_member(member, at, problems));
                       })},
           problems);
  std::size_t heads = 0;
  for (const auto& member : out.members) heads += member.relation == "head" ? 1 : 0;
  if (problems.size() != before) return out;
  if (heads != 1 || out.members.front().relation != "head") {
    problems.add(node.place, path, "must have one head, who comes first among the members");
  } else if (out.members.size() > kMostMembers) {
    problems.add(node.place, path, "more than " + std::to_string(kMostMembers) + " members");
  }
  return out;
}

// A correlation matrix that no random vector can have would fail deep inside the synthesis.
bool positive_definite(std::array<std::array<double, 5>, 5> m) {
  for (std::size_t k = 0; k < 5; ++k) {
    if (!(m[k][k] > 1e-9)) return false;
    for (std::size_t i = k + 1; i < 5; ++i) {
      const double factor = m[i][k] / m[k][k];
      for (std::size_t j = k; j < 5; ++j) m[i][j] -= factor * m[k][j];
    }
  }
  return true;
}

void check_matrix(const Layout& out, const Node& node, const std::string& path,
                  Problems& problems) {
  const auto& m = out.correlation;
  for (std::size_t i = 0; i < 5; ++i) {
    if (m[i][i] != 1.0) {
      problems.add(node.place, path, "the diagonal must be 1, found " + shortest(m[i][i]));
      return;
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (m[i][j] != m[j][i]) {
        problems.add(node.place, path,
                     "must be symmetric: " + shortest(m[i][j]) + " in row " +
                         std::to_string(i + 1) + " against " + shortest(m[j][i]) + " in row " +
                         std::to_string(j + 1));
        return;
      }
      if (std::fabs(m[i][j]) >= 1.0) {
        problems.add(node.place, path, "a correlation must lie between -1 and 1, not at its end");
        return;
      }
    }
  }
  if (!positive_definite(m)) {
    problems.add(node.place, path, "no set of variables can have these correlations",
                 "the matrix is not positive definite");
  }
}

}  // namespace

void read_quantity(const Node& node, const std::string& path, const char* unit,
                   const SectionContext& context, double& out) {
  Problems& problems = context.problems;
  read_map(node, path, with_sources({number_field("value", kQuantity, out, problems)}, context),
           problems);
  const Node* given = node.find("unit");
  if (given != nullptr && given->is_scalar() && given->text != unit) {
    problems.add(given->place, path + ".unit", std::string("must be '") + unit + "'");
  }
}

void read_provinces(const Node& node, const std::string& path, const SectionContext& context,
                    Layout& out) {
  constexpr int kMostCounties = 65000;  // a county's number has 16 bits
  Problems& problems = context.problems;
  std::set<std::string> names;
  out.provinces.clear();
  read_map(
      node, path,
      with_sources({rows_field("rows", problems,
                               [&](const Node& row, const std::string& at) {
                                 out.provinces.push_back(read_province(row, at, names, problems));
                               })},
                   context),
      problems);
  int counties = 0;
  for (const auto& province : out.provinces) counties += province.designated + province.other;
  if (counties > kMostCounties || out.provinces.size() > 1000) {
    problems.add(node.place, path, "more than 65000 counties or 1000 provinces");
  }
}

void read_kinds(const Node& node, const std::string& path, const SectionContext& context,
                Layout& out) {
  Problems& problems = context.problems;
  const std::size_t before = problems.size();
  std::set<std::string> names;
  out.kinds.clear();
  read_map(node, path,
           with_sources({rows_field("rows", problems,
                                    [&](const Node& row, const std::string& at) {
                                      out.kinds.push_back(read_kind(row, at, names, problems));
                                    })},
                        context),
           problems);
  double sum = 0.0;
  for (const auto& kind : out.kinds) sum += kind.prior;
  if (problems.size() == before) check_sum(sum, node, path, "the priors", problems);
}

void read_ages(const Node& node, const std::string& path, const SectionContext& context,
               Layout& out) {
  Problems& problems = context.problems;
  const std::size_t before = problems.size();
  out.ages.clear();
  int next = 0;  // groups follow each other without gaps, or some persons would have no group
  const auto read_row = [&](const Node& row, const std::string& at) {
    AgeMargin margin;
    const std::size_t before_row = problems.size();
    read_map(row, at,
             {age_field(margin.age_low, margin.age_high, problems),
              number_field("share", kShare, margin.share, problems)},
             problems);
    if (problems.size() == before_row && margin.age_low != next) {
      problems.add(row.place, at, "must begin at age " + std::to_string(next));
    }
    next = margin.age_high + 1;
    out.ages.push_back(margin);
  };
  read_map(node, path, with_sources({rows_field("rows", problems, read_row)}, context), problems);
  double sum = 0.0;
  for (const auto& margin : out.ages) sum += margin.share;
  if (problems.size() == before) check_sum(sum, node, path, "the shares", problems);
}

void read_household_sizes(const Node& node, const std::string& path, const SectionContext& context,
                          Layout& out) {
  constexpr std::size_t kMostSizes = 20;
  Problems& problems = context.problems;
  const std::size_t before = problems.size();
  out.household_sizes.clear();
  read_map(node, path,
           with_sources({rows_field("values", problems,
                                    [&](const Node& item, const std::string& at) {
                                      const auto share = read_number(item, at, kShare, problems);
                                      out.household_sizes.push_back(share.value_or(0.0));
                                    })},
                        context),
           problems);
  double sum = 0.0;
  for (const double share : out.household_sizes) sum += share;
  if (problems.size() != before) return;
  check_sum(sum, node, path, "the shares", problems);
  if (out.household_sizes.size() > kMostSizes) {
    problems.add(node.place, path, "more than " + std::to_string(kMostSizes) + " sizes");
  }
}

void read_copula(const Node& node, const std::string& path, const SectionContext& context,
                 Layout& out) {
  static const std::vector<std::string> kTraits = {"permanent_income", "assets", "wealth", "land",
                                                   "schooling"};
  Problems& problems = context.problems;
  const std::size_t before = problems.size();
  std::size_t rows = 0;
  const auto read_row = [&](const Node& row, const std::string& at) {
    const std::size_t i = rows++;
    if (!expect_sequence(row, at, problems)) return;
    if (row.items.size() != kTraits.size()) {
      problems.add(row.place, at, "must have 5 numbers, one for each trait");
      return;
    }
    for (std::size_t j = 0; j < kTraits.size() && i < kTraits.size(); ++j) {
      const auto value =
          read_number(row.items[j], at + '[' + std::to_string(j) + ']', {-1.0, 1.0}, problems);
      if (value) out.correlation[i][j] = *value;
    }
  };
  const auto read_traits = [&](const Node& value, const std::string& at) {
    const auto names = read_names(value, at, kTraits, "trait", problems);
    if (names && *names != kTraits) {
      problems.add(value.place, at,
                   "must be the five traits in order: permanent_income, assets, "
                   "wealth, land, schooling");
    }
  };
  read_map(node, path,
           with_sources({{"traits", read_traits, true}, rows_field("rows", problems, read_row)},
                        context),
           problems);
  if (problems.size() != before) return;
  if (rows != kTraits.size()) {
    problems.add(node.place, path, "must have 5 rows, one for each trait");
  } else {
    check_matrix(out, node, path, problems);
  }
}

}  // namespace terrace::scenario
