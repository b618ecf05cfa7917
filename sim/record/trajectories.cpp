#include "record/trajectories.hpp"

#include "record/events_file.hpp"
#include "record/group_file.hpp"
#include "record/panel_file.hpp"

namespace terrace::record {
namespace {

void put_root(hid_t root, const Provenance& provenance, const RunInfo& info) {
  put_text(root, "Conventions", "CF-1.8");
  put_text(root, "title", provenance.scenario_title);
  put_number(root, "terrace_format", kFormat);
  put_text(root, "scenario", provenance.scenario_name);
  put_text(root, "resolved_scenario", provenance.resolved_yaml);
  put_text(root, "results_digest", provenance.results_digest);
  for (const auto& [group, digest] : provenance.group_digests) {
    put_text(root, ("digest_" + group).c_str(), digest);
  }
  put_text(root, "seed", std::to_string(provenance.seed));  // text: R keeps 53 bits of a number
  put_text(root, "terrace_version", provenance.version);
  put_text(root, "commit", provenance.commit);
  // Not the command as typed, whose options (threads, folder) do not matter for the results.
  std::string replay = "terrace run scenario.resolved.yaml";
  if (has_foreign_past(provenance, info)) {
    put_text(root, "branched_from", provenance.branched_from);
    put_number(root, "branched_year", provenance.branched_year);
    replay += " --from BASE/checkpoints/" + std::to_string(provenance.branched_year);
  }
  put_text(root, "replay", replay);
}

}  // namespace

bool has_foreign_past(const Provenance& provenance, const RunInfo& info) {
  return !provenance.branched_from.empty() && provenance.branched_year > year_of(info.programme);
}

std::vector<std::byte> trajectories_image(const MemoryRecorder& results,
                                          const Provenance& provenance, const std::string& path,
                                          Values values, const Between& between) {
  const Hdf5Silence silence;
  try {
    const NetcdfImage image;
    put_root(image.root(), provenance, results.info());
    for (std::size_t group = 0; group < results.info().groups.size(); ++group) {
      add_region_group(image.root(), results, group, values, between);
    }
    if (!results.info().panel.empty()) {
      add_panel(image.root(), results, values, between);
      if (between) between();
      add_events(image.root(), results);
    }
    return image.bytes();
  } catch (const Hdf5Error& error) {
    throw IoError("cannot make " + path + ": " + error.what());
  }
}

}  // namespace terrace::record
