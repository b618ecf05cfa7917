#include "sweep/plan_files.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include <terrace/digest.hpp>

#include "record/csv.hpp"
#include "record/errors.hpp"
#include "record/frames.hpp"
#include "record/result_folder.hpp"
#include "sweep/journal.hpp"
#include "sweep/plan_json.hpp"

namespace terrace::sweep {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMarkDigits = 4;

std::string hex_of(std::string_view text) {
  Digest digest;
  digest.add(std::as_bytes(std::span(text)));
  return digest.hex();
}

/// A few digits of a line, for saying which one was changed: whether any was is the digest's to
/// say.
std::string mark_of(std::string_view line) { return hex_of(line).substr(0, kMarkDigits); }

std::string heading(const Study& study) {
  std::string line = "run,point,replicate,seed";
  for (const StudyDimension& dimension : study.dimensions) {
    line += ',' + record::csv_field(dimension.name);
  }
  return line;
}

/// What stands before the values of a run.
std::string numbers_of(std::size_t run, const Plan& plan) {
  return std::to_string(run) + ',' + std::to_string(plan.point_of(run)) + ',' +
         std::to_string(plan.replicate_of(run)) + ',' + std::to_string(plan.seed);
}

std::string values_of(const Study& study, const std::vector<double>& point) {
  std::string line;
  for (std::size_t d = 0; d < point.size(); ++d) {
    line += ',' + record::csv_field(value_text(study.dimensions[d], point[d]));
  }
  return line;
}

struct Table {
  std::string text;
  std::string marks;
};

Table table_of(const Plan& plan) {
  Table table;
  table.text = heading(plan.study) + '\n';
  for (std::size_t p = 0; p < plan.points.size(); ++p) {
    const std::string values = values_of(plan.study, plan.points[p]);
    for (std::uint32_t r = 0; r < plan.study.replicates; ++r) {
      const std::string line = numbers_of(p * plan.study.replicates + r, plan) + values;
      table.marks += mark_of(line);
      table.text += line;
      table.text += '\n';
    }
  }
  return table;
}

/// Takes a dimension's value, with the comma before it, off the front of what is left of a line.
std::optional<double> take_value(const StudyDimension& dimension, std::string_view& rest) {
  if (rest.empty() || rest.front() != ',') return std::nullopt;
  rest.remove_prefix(1);
  const auto ends = [&](std::size_t at) { return at == rest.size() || rest[at] == ','; };
  for (std::size_t i = 0; i < dimension.choices.size(); ++i) {
    const std::string word = record::csv_field(dimension.choices[i]);
    if (!rest.starts_with(word) || !ends(word.size())) continue;
    rest.remove_prefix(word.size());
    return static_cast<double>(i);
  }
  if (!dimension.choices.empty()) return std::nullopt;
  double value = 0.0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  const auto size = static_cast<std::size_t>(end - rest.data());
  if (error != std::errc() || !std::isfinite(value) || !ends(size)) return std::nullopt;
  rest.remove_prefix(size);
  return value;
}

/// Reads plan.csv line by line against what plan.json says of it.
class TableReader {
 public:
  TableReader(std::string_view text, std::string name, const PlanHead& head)
      : rest_(text), name_(std::move(name)), head_(head) {}

  std::vector<std::vector<double>> points() {
    const Plan& plan = head_.plan;
    if (next_line() != heading(plan.study)) refuse();
    const std::size_t replicates = plan.study.replicates;
    std::vector<std::vector<double>> points;
    std::string_view values;
    for (std::size_t run = 0; !rest_.empty(); ++run) {
      const std::string_view line = next_line();
      const std::string numbers = numbers_of(run, plan);
      const std::size_t mark = run * kMarkDigits;
      if (mark >= head_.line_marks.size() || !line.starts_with(numbers) ||
          head_.line_marks.compare(mark, kMarkDigits, mark_of(line)) != 0) {
        refuse();
      }
      const std::string_view own = line.substr(numbers.size());
      if (run % replicates == 0) {
        values = own;
        points.push_back(point_of(own));
      } else if (own != values) {
        refuse();
      }
    }
    if (points.size() != head_.points || line_ != 1 + points.size() * replicates) {
      throw record::BadCheckpoint(
          name_ + " has " + std::to_string(line_ - 1) + " runs and the plan has " +
          std::to_string(head_.line_marks.size() / kMarkDigits) + ": lines were taken away");
    }
    return points;
  }

 private:
  std::string_view next_line() {
    ++line_;
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) refuse();  // every line has its end
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }

  std::vector<double> point_of(std::string_view text) const {
    std::vector<double> point;
    point.reserve(head_.plan.study.dimensions.size());
    for (const StudyDimension& dimension : head_.plan.study.dimensions) {
      const auto value = take_value(dimension, text);
      if (!value) refuse();
      point.push_back(*value);
    }
    if (!text.empty()) refuse();
    return point;
  }

  [[noreturn]] void refuse() const {
    throw record::BadCheckpoint(name_ + ':' + std::to_string(line_) +
                                ": is not as it was planned; a plan cannot be changed: put the "
                                "points into a study and plan that");
  }

  std::string_view rest_;
  std::string name_;
  const PlanHead& head_;
  std::size_t line_ = 0;
};

std::vector<std::string> read_scenarios(const fs::path& folder, const PlanHead& head) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < head.scenario_digests.size(); ++i) {
    const fs::path path = scenario_path(folder, i);
    texts.push_back(record::read_file(path));
    if (hex_of(texts.back()) != head.scenario_digests[i]) {
      throw record::BadCheckpoint(path.string() +
                                  " is not the scenario that was planned: its digest is another");
    }
  }
  return texts;
}

/// Whether the folder holds this very plan; throws DirectoryExists where it holds anything else.
bool is_planned(const fs::path& folder, const Plan& plan) {
  if (!fs::exists(fs::symlink_status(folder))) return false;
  if (!fs::exists(folder / kPlan)) {
    throw record::DirectoryExists(folder.string() + " exists and holds no " + kPlan +
                                  "; choose another folder");
  }
  std::string held;
  try {
    held = read_plan(folder).digest;
  } catch (const record::BadCheckpoint& error) {
    throw record::DirectoryExists(std::string(error.what()) +
                                  "; choose another folder, or replace it with --force");
  }
  if (held == plan.digest) return true;
  throw record::DirectoryExists(
      folder.string() + " holds another plan (" + held + ", this one is " + plan.digest +
      "); choose another folder, or replace it with all its results with --force");
}

/// Results that a process is about to write must not land in another plan's folder.
void refuse_while_at_work(const fs::path& folder) {
  for (const JournalFile& journal : read_journals(folder / kJournalFolder)) {
    if (!journal.alive) continue;
    throw record::DirectoryExists("a process is at work in " + folder.string() + " (it writes " +
                                  journal.path.string() + "): wait for it or stop it first");
  }
}

}  // namespace

fs::path scenario_path(const fs::path& folder, std::size_t index) {
  return folder / kScenarios / (std::to_string(index) + ".yaml");
}

bool write_plan(const fs::path& folder, const Plan& plan, bool force) {
  try {
    if (is_planned(folder, plan)) return false;
  } catch (const record::DirectoryExists&) {
    if (!force) throw;
    refuse_while_at_work(folder);
  }
  record::ResultFolder out(folder, kPlan, force);
  PlanHead head;
  head.plan.study = plan.study;
  head.plan.seed = plan.seed;
  head.plan.digest = plan.digest;
  head.points = plan.points.size();
  for (std::size_t i = 0; i < plan.scenarios.size(); ++i) {
    out.add(scenario_path("", i).string(), plan.scenarios[i]);
    head.scenario_digests.push_back(hex_of(plan.scenarios[i]));
  }
  Table table = table_of(plan);
  out.add(kTable, table.text);
  head.line_marks = std::move(table.marks);
  out.add(kPlan, plan_json(head));
  out.publish();
  return true;
}

Plan read_plan(const fs::path& folder) {
  const fs::path path = folder / kPlan;
  PlanHead head = read_plan_json(record::read_file(path), path.string());
  {
    const fs::path table = folder / kTable;
    const std::string text = record::read_file(table);
    head.plan.points = TableReader(text, table.string(), head).points();
  }
  head.plan.scenarios = read_scenarios(folder, head);
  if (digest_of(head.plan) != head.plan.digest) {
    throw record::BadCheckpoint(path.string() + " is damaged: it does not fit its digest");
  }
  return std::move(head.plan);
}

}  // namespace terrace::sweep
