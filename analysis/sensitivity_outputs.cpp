#include "analysis/sensitivity_outputs.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "analysis/interval.hpp"

namespace terrace::analysis {
namespace {

std::string span_text(int first, int last) {
  return first == last ? std::to_string(first) : std::to_string(first) + "-" + std::to_string(last);
}

std::optional<int> year_in(std::string_view text) {
  int year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (error != std::errc() || end != text.data() + text.size() || text.size() != 4) return {};
  return year;
}

template <class List, class Name>
std::string listed(const List& list, Name name) {
  std::set<std::string> names;  // an indicator may be in two groups
  for (const auto& item : list) names.insert(name(item));
  std::string out;
  for (const std::string& item : names) out += (out.empty() ? "" : ", ") + item;
  return out;
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == at) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

/// Reads one name. Everything that is wrong ends in NoAnswer.
class OutputReader {
 public:
  OutputReader(const SweepResults& sweep, std::string name)
      : sweep_(sweep), name_(std::move(name)) {}

  SweepOutput read() {
    const std::size_t at = name_.find('@');
    read_years(at == std::string::npos ? std::string_view{}
                                       : std::string_view(name_).substr(at + 1));
    const std::vector<std::string> parts = split(std::string_view(name_).substr(0, at), ':');
    for (std::size_t i = 1; i < parts.size(); ++i) read_place(parts[i]);
    const SweepVariable& variable = find_variable(parts.front());
    out_.name = name_;
    out_.indicator = variable.name;
    out_.unit = variable.unit;
    out_.meaning = variable.meaning;
    if (module_) out_.module = sweep_.modules[*module_];
    out_.region = sweep_.regions.empty() ? "" : sweep_.regions[region_.value_or(0)].name;
    fill(variable);
    return std::move(out_);
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw NoAnswer("output '" + name_ + "': " + why);
  }

  void read_years(std::string_view text) {
    if (sweep_.years.empty()) refuse("the sweep kept no years");
    if (text.empty()) {
      if (name_.ends_with('@')) refuse("a year is missing behind '@'");
      out_.first_year = out_.last_year = sweep_.years.back();
      return;
    }
    const std::size_t dash = text.find('-');
    const auto first = year_in(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : year_in(text.substr(dash + 1));
    if (!first || !last || *last < *first) {
      refuse("'" + std::string(text) + "' is not a year or a span such as 2016-2020");
    }
    if (*first < sweep_.years.front() || *last > sweep_.years.back()) {
      refuse("the sweep kept the years " + span_text(sweep_.years.front(), sweep_.years.back()));
    }
    out_.first_year = *first;
    out_.last_year = *last;
  }

  void read_place(const std::string& text) {
    const auto module = std::find(sweep_.modules.begin(), sweep_.modules.end(), text);
    if (module != sweep_.modules.end()) {
      if (module_) refuse("more than one module");
      module_ = static_cast<std::size_t>(module - sweep_.modules.begin());
      return;
    }
    const auto region = std::find_if(sweep_.regions.begin(), sweep_.regions.end(),
                                     [&](const RegionInfo& r) { return r.name == text; });
    if (region == sweep_.regions.end()) {
      const std::string modules = listed(sweep_.modules, [](const std::string& m) { return m; });
      refuse("'" + text + "' is no module or region that the sweep kept; there are " +
             (modules.empty() ? "" : modules + ", ") +
             listed(sweep_.regions, [](const RegionInfo& r) { return r.name; }));
    }
    if (region_) refuse("more than one region");
    region_ = static_cast<std::size_t>(region - sweep_.regions.begin());
  }

  /// An indicator may be there by module and, in another group, without.
  const SweepVariable& find_variable(const std::string& indicator) const {
    const SweepVariable* found = nullptr;
    for (const SweepVariable& variable : sweep_.variables) {
      if (variable.name != indicator) continue;
      if (variable.by_module == module_.has_value()) {
        require_region(variable);
        return variable;
      }
      found = &variable;
    }
    if (found == nullptr) {
      refuse("the sweep did not keep this indicator; it kept " +
             listed(sweep_.variables, [](const SweepVariable& v) { return v.name; }));
    }
    refuse(found->by_module ? "name a module, such as " + indicator + ":" +
                                  (sweep_.modules.empty() ? "MODULE" : sweep_.modules.front())
                            : std::string("this indicator is not by module"));
  }

  void require_region(const SweepVariable& variable) const {
    if (!variable.by_region && region_.value_or(0) != 0) refuse("only the nation's was kept");
  }

  /// A span's figure is the mean of its years, of flows too: a sum would have the same indices.
  void fill(const SweepVariable& variable) {
    const std::size_t modules = variable.by_module ? sweep_.modules.size() : 1;
    const std::size_t regions = variable.by_region ? sweep_.regions.size() : 1;
    const auto row = [&](std::size_t run, std::size_t year) {
      return ((run * sweep_.years.size() + year) * modules + module_.value_or(0)) * regions +
             region_.value_or(0);
    };
    const auto years = static_cast<double>(out_.last_year - out_.first_year + 1);
    out_.by_run.assign(sweep_.runs(), 0.0);
    for (std::size_t run = 0; run < sweep_.runs(); ++run) {
      double sum = 0.0;
      for (std::size_t year = 0; year < sweep_.years.size(); ++year) {
        if (sweep_.years[year] < out_.first_year || sweep_.years[year] > out_.last_year) continue;
        sum += variable.values.at(row(run, year));
      }
      out_.by_run[run] = sum / years;
    }
  }

  const SweepResults& sweep_;
  std::string name_;
  SweepOutput out_;
  std::optional<std::size_t> module_;
  std::optional<std::size_t> region_;
};

}  // namespace

std::vector<SweepOutput> chosen_outputs(const SweepResults& sweep,
                                        const std::vector<std::string>& names) {
  std::vector<SweepOutput> out;
  std::string reasons;
  std::set<std::string> seen;
  for (const std::string& name : names) {
    if (!seen.insert(name).second) continue;
    try {
      out.push_back(OutputReader(sweep, name).read());
    } catch (const NoAnswer& error) {
      reasons += (reasons.empty() ? "" : "\n") + std::string(error.what());
    }
  }
  if (!reasons.empty()) throw NoAnswer(reasons);
  return out;
}

std::vector<SweepOutput> all_outputs(const SweepResults& sweep,
                                     std::vector<std::string>& left_out) {
  if (sweep.years.empty()) throw NoAnswer("the sweep kept no years");
  const std::string year = "@" + std::to_string(sweep.years.back());
  std::vector<std::string> names;
  for (const SweepVariable& variable : sweep.variables) {
    if (!variable.by_module) names.push_back(variable.name + year);
    for (const std::string& module : sweep.modules) {
      if (variable.by_module)
        names.push_back(std::string(variable.name).append(":").append(module).append(year));
    }
  }
  std::vector<SweepOutput> out = chosen_outputs(sweep, names);
  std::erase_if(out, [&](const SweepOutput& output) {
    const bool none = std::all_of(output.by_run.begin(), output.by_run.end(),
                                  [](double value) { return std::isnan(value); });
    if (none) left_out.push_back(output.name);
    return none;
  });
  return out;
}

OutputSpread spread_of(const std::vector<double>& by_run, std::size_t replicates) {
  OutputSpread out;
  const std::size_t points = by_run.size() / replicates;
  const auto p = static_cast<double>(points);
  const auto r = static_cast<double>(replicates);
  const double origin = by_run.front();  // equal values shall have no spread at all
  const auto value = [&](std::size_t point, std::size_t replicate) {
    return by_run[point * replicates + replicate] - origin;
  };
  std::vector<double> of_replicate(replicates, 0.0);
  std::vector<double> of_point(points, 0.0);
  double grand = 0.0;
  for (std::size_t i = 0; i < points; ++i) {
    for (std::size_t j = 0; j < replicates; ++j) {
      of_point[i] += value(i, j) / r;
      of_replicate[j] += value(i, j) / p;
      grand += value(i, j) / (p * r);
    }
  }
  double all = 0.0;
  double within = 0.0;  // around the point's mean
  double noise = 0.0;   // and around what the replicate does to all points
  double between = 0.0;
  for (std::size_t i = 0; i < points; ++i) {
    const double off = of_point[i] - grand;
    between += off * off;
    for (std::size_t j = 0; j < replicates; ++j) {
      const double v = value(i, j);
      const double rest = v - of_point[i] - of_replicate[j] + grand;
      all += (v - grand) * (v - grand);
      within += (v - of_point[i]) * (v - of_point[i]);
      noise += rest * rest;
    }
  }
  out.mean = origin + grand;
  for (const double mean : of_point) out.by_point.push_back(origin + mean);
  const auto [low, high] = std::minmax_element(out.by_point.begin(), out.by_point.end());
  out.low = *low;
  out.high = *high;
  out.variance_of_runs = by_run.size() > 1 ? all / (p * r - 1.0) : kNoNumber;
  out.variance_of_points = points > 1 ? between / (p - 1.0) : kNoNumber;
  const bool known = replicates > 1 && points > 1 && out.low < out.high;
  out.replicate_share = known ? within / all : kNoNumber;
  out.noise_share =
      known ? noise / ((p - 1.0) * (r - 1.0)) / r / out.variance_of_points : kNoNumber;
  return out;
}

double square_beyond_noise(std::span<const double> by_run, std::size_t replicates, std::size_t from,
                           std::size_t to) {
  const auto r = static_cast<double>(replicates);
  const auto difference = [&](std::size_t replicate) {
    return by_run[to * replicates + replicate] - by_run[from * replicates + replicate];
  };
  double mean = 0.0;
  for (std::size_t i = 0; i < replicates; ++i) mean += difference(i) / r;
  double squares = 0.0;
  for (std::size_t i = 0; i < replicates; ++i) {
    squares += (difference(i) - mean) * (difference(i) - mean);
  }
  return mean * mean - squares / (r - 1.0) / r;
}

}  // namespace terrace::analysis
