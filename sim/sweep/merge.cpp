#include "sweep/merge.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <system_error>
#include <utility>

#include <terrace/digest.hpp>

#include "record/csv.hpp"
#include "record/file_io.hpp"
#include "sweep/host.hpp"

namespace terrace::sweep {
namespace fs = std::filesystem;
namespace {

/// Everything but the results: all of it known from the plan.
SweepResults empty_table(const Plan& plan, const KeptLayout& layout) {
  SweepResults out;
  out.name = plan.study.name;
  out.title = plan.study.title;
  out.plan_digest = plan.digest;
  out.scenario = plan.scenarios.front();
  out.dimensions = plan.study.dimensions;
  out.design = plan.study.design;
  out.replicates = plan.study.replicates;
  out.seed = plan.seed;
  out.years = layout.years;
  out.modules = layout.modules;
  out.regions = layout.regions;
  const std::size_t runs = plan.runs();
  out.status.assign(runs, RunStatus::missing);
  out.digest.resize(runs);
  out.coordinates.resize(out.dimensions.size());
  for (std::size_t run = 0; run < runs; ++run) {
    const std::size_t point = plan.point_of(run);
    out.point.push_back(static_cast<std::uint32_t>(point));
    out.replicate.push_back(plan.replicate_of(run));
    for (std::size_t d = 0; d < out.dimensions.size(); ++d) {
      out.coordinates[d].push_back(plan.points[point][d]);
    }
  }
  for (const KeptVariable& kept : layout.variables) {
    SweepVariable variable{kept.name,  kept.unit,      kept.meaning,
                           kept.group, kept.by_module, layout.regions.size() > 1};
    variable.flow = kept.flow;
    out.variables.push_back(std::move(variable));
  }
  return out;
}

/// How many of a run's values belong to a variable: they follow each other.
std::size_t size_of(const KeptLayout& layout, std::size_t variable) {
  const std::size_t end =
      variable + 1 < layout.variables.size() ? layout.variables[variable + 1].first : layout.values;
  return end - layout.variables[variable].first;
}

std::string value_word(const StudyDimension& dimension, double value) {
  return record::csv_field(value_text(dimension, value));
}

void append_value(std::string& line, double value) {
  line += ',';
  if (!std::isnan(value)) record::append_number(line, value);
}

std::string table_header(const SweepResults& sweep) {
  std::string line = "run,point,replicate,status";
  for (const StudyDimension& dimension : sweep.dimensions) line += ',' + dimension.name;
  line += ",year";
  if (sweep.regions.size() > 1) line += ",region,region_name";
  for (const SweepVariable& variable : sweep.variables) {
    if (!variable.by_module) line += ',' + variable.name;
    for (std::size_t m = 0; variable.by_module && m < sweep.modules.size(); ++m) {
      line += ',' + variable.name + '.' + sweep.modules[m];
    }
  }
  return line + '\n';
}

/// What a run's lines begin with.
std::string run_fields(const SweepResults& sweep, std::size_t run) {
  constexpr std::array<const char*, 3> words{"missing", "done", "failed"};
  std::string line = std::to_string(run) + ',' + std::to_string(sweep.point[run]) + ',' +
                     std::to_string(sweep.replicate[run]) + ',' +
                     words.at(static_cast<std::size_t>(sweep.status[run]));
  for (std::size_t d = 0; d < sweep.dimensions.size(); ++d) {
    line += ',' + value_word(sweep.dimensions[d], sweep.coordinates[d][run]);
  }
  return line;
}

void append_row(std::string& text, const SweepResults& sweep, std::size_t run, std::size_t year,
                std::size_t region) {
  for (const SweepVariable& variable : sweep.variables) {
    const std::size_t regions = variable.by_region ? sweep.regions.size() : 1;
    const std::size_t modules = variable.by_module ? sweep.modules.size() : 1;
    const std::size_t first = (run * sweep.years.size() + year) * modules;
    for (std::size_t m = 0; m < modules; ++m) {
      append_value(text, variable.values[(first + m) * regions + region]);
    }
  }
  text += '\n';
}

}  // namespace

Gathered gather(const fs::path& folder, const Plan& plan, const KeptLayout& layout) {
  Gathered out;
  out.results = empty_table(plan, layout);
  std::vector<SweepVariable>& variables = out.results.variables;
  for (std::size_t v = 0; v < variables.size(); ++v) {
    variables[v].values.assign(plan.runs() * size_of(layout, v),
                               std::numeric_limits<double>::quiet_NaN());
  }
  out.status = status_of(folder, plan, layout.values, [&](const RunResult& result) {
    for (std::size_t v = 0; v < variables.size(); ++v) {
      const std::size_t size = size_of(layout, v);
      std::ranges::copy(
          std::span(result.values).subspan(layout.variables[v].first, size),
          variables[v].values.begin() + static_cast<std::ptrdiff_t>(result.run * size));
    }
  });
  for (std::size_t run = 0; run < plan.runs(); ++run) {
    const RunStanding& standing = out.status.runs[run];
    if (standing.state == RunState::failed) out.results.status[run] = RunStatus::failed;
    if (standing.state != RunState::done) continue;
    out.results.status[run] = RunStatus::done;
    out.results.digest[run] = standing.digest;
  }
  return out;
}

void write_table(const SweepResults& sweep, const std::function<void(std::string_view)>& write) {
  constexpr std::size_t kPiece = std::size_t{1} << 20U;
  std::string text = table_header(sweep);
  for (std::size_t run = 0; run < sweep.runs(); ++run) {
    const std::string fields = run_fields(sweep, run);
    for (std::size_t y = 0; y < sweep.years.size(); ++y) {
      for (std::size_t r = 0; r < sweep.regions.size(); ++r) {
        text += fields + ',' + std::to_string(sweep.years[y]);
        if (sweep.regions.size() > 1) {
          text += ',' + std::to_string(sweep.regions[r].id) + ',' +
                  record::csv_field(sweep.regions[r].name);
        }
        append_row(text, sweep, run, y, r);
      }
    }
    if (text.size() < kPiece) continue;
    write(text);
    text.clear();
  }
  write(text);
}

namespace {

/// Of a file's bytes; empty if there is no file.
std::string digest_of_file(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return "";
  if (error) record::throw_io_error("read", path, error.value());
  if (!fs::is_regular_file(status)) throw FileExists(path.string() + " is not a file");
  record::ReadFile file(path);
  Digest digest;
  std::vector<std::byte> buffer(std::size_t{1} << 20U);
  while (const std::size_t got = file.read(buffer)) digest.add(std::span(buffer).first(got));
  return digest.hex();
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

}  // namespace

struct MergedFile::State {
  explicit State(const fs::path& file)
      : path(file),
        folder(folder_of(file)),
        directory(record::open_directory(folder)),
        staged(directory, folder, file.filename().string(), '.' + process_name()) {}

  fs::path path;
  fs::path folder;
  record::FileDescriptor directory;
  record::StagedFile staged;
  Digest digest;
  bool same = false;
};

MergedFile::MergedFile(const fs::path& path) : state_(std::make_unique<State>(path)) {}
MergedFile::~MergedFile() = default;

void MergedFile::write(std::string_view bytes) {
  state_->digest.add(std::as_bytes(std::span(bytes)));
  state_->staged.write(bytes);
}

void MergedFile::complete(bool force) {
  state_->staged.complete();
  const std::string there = digest_of_file(state_->path);
  state_->same = there == state_->digest.hex();
  if (!there.empty() && !state_->same && !force) {
    throw FileExists(state_->path.string() + " is there already, with other bytes");
  }
}

void MergedFile::publish() {
  if (state_->same) return;
  state_->staged.publish();
  record::sync_directory(state_->directory, state_->folder);
}

bool MergedFile::same() const { return state_->same; }

}  // namespace terrace::sweep
