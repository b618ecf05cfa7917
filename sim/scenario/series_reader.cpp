#include "scenario/series_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "scenario/ranges.hpp"
#include "scenario/values.hpp"
#include "scenario/yaml_reader.hpp"

namespace terrace::scenario {
namespace {

// A unit or price base other than the model's would be a wrong number that looks right.
void expect_word(const Node& node, const std::string& path, std::string_view due,
                 Problems& problems) {
  const auto text = read_text(node, path, problems, true);
  if (text && *text != due) {
    problems.add(node.place, path,
                 "must be '" + std::string(due) + "', found '" + shown(*text) + "'",
                 "convert the values; the model reads no other");
  }
}

void read_values(const Node& node, const std::string& path, const Range& range, Series& out,
                 Problems& problems) {
  if (!expect_map(node, path, problems)) return;
  if (node.keys.empty()) problems.add(node.place, path, "no values", "write {2012: 2625, ...}");
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const std::string at = join(path, node.keys[i].text);
    const auto year = read_integer(node.keys[i], at, kFirstSeriesYear, kLastSeriesYear, problems);
    const auto value = read_number(node.items[i], at, range, problems);
    if (year && value) out.values[static_cast<int>(*year)] = *value;
  }
}

}  // namespace

std::optional<SeriesInfo> series_of(std::string_view name, const std::vector<SeriesInfo>& known) {
  std::optional<SeriesInfo> info;
  for (const SeriesInfo& reader : known) {
    if (reader.name != name) continue;
    if (!info) info = reader;
    info->low = std::max(info->low, reader.low);
    info->high = std::min(info->high, reader.high);
  }
  return info;
}

std::optional<Series> read_series(const Node& node, const std::string& path, std::string_view name,
                                  const std::vector<SeriesInfo>& known, Problems& problems) {
  const std::size_t before = problems.size();
  Series out;
  const auto info = series_of(name, known);
  if (!info) return std::nullopt;
  const Range range{info->low, info->high};
  const auto text = [&](const Node& value, const std::string& at) {
    read_text(value, at, problems, true);
  };
  read_map(
      node, path,
      {{"unit",
        [&](const Node& v, const std::string& at) { expect_word(v, at, info->unit, problems); },
        true},
       {"prices",
        [&](const Node& v, const std::string& at) { expect_word(v, at, info->prices, problems); },
        true},
       {"source",
        [&](const Node& v, const std::string& at) {
          if (auto source = read_text(v, at, problems)) out.source = std::move(*source);
        },
        true},
       {"values",
        [&](const Node& v, const std::string& at) { read_values(v, at, range, out, problems); },
        true},
       {"provenance", text},
       {"note", text},
       {"range", [](const Node&, const std::string&) {}}},
      problems);
  if (problems.size() != before) return std::nullopt;
  out.unit = info->unit;
  out.prices = info->prices;
  return out;
}

SeriesFile read_series_file(const std::filesystem::path& file, const std::vector<SeriesInfo>& known,
                            Problems& problems) {
  SeriesFile out;
  const auto root = read_yaml_file(file, file.string(), problems);
  if (!root) return out;
  const auto read_entries = [&](const Node& node, const std::string& path) {
    if (!expect_map(node, path, problems)) return;
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
      const std::string& name = node.keys[i].text;
      auto series = read_series(node.items[i], join(path, name), name, known, problems);
      if (!series) continue;
      out.origin[name] = to_string(node.keys[i].place);
      out.series.emplace(name, std::move(*series));
    }
  };
  read_map(
      *root, "",
      {{"series",
        [&](const Node& v, const std::string& at) { read_integer(v, at, 1, 1, problems); }, true},
       {"values", read_entries, true}},
      problems);
  return out;
}

}  // namespace terrace::scenario
