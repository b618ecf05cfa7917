#include "record/provenance.hpp"

#include <array>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <terrace/version.hpp>

#include "record/errors.hpp"
#include "record/seal.hpp"

namespace terrace::record {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "unknown";
  return name.data();
}

}  // namespace

std::string provenance_json(const Provenance& provenance, const std::vector<FileChecksum>& files,
                            const std::vector<std::string>& checkpoints) {
  nlohmann::ordered_json json;
  json["terrace_provenance"] = kProvenanceVersion;
  json["scenario"] = provenance.scenario_name;
  json["title"] = provenance.scenario_title;
  json["results_digest"] = provenance.results_digest;
  json["group_digests"] = nlohmann::ordered_json::object();
  for (const auto& [group, digest] : provenance.group_digests) {
    json["group_digests"][group] = digest;
  }
  json["seed"] = std::to_string(provenance.seed);  // text: many readers keep 53 bits of a number
  json["replicates"] = provenance.replicates;
  if (provenance.first_replicate != 0) json["first_replicate"] = provenance.first_replicate;
  json["households"] = provenance.households;
  json["persons"] = provenance.persons;
  if (!provenance.branched_from.empty()) {
    json["branched_from"] = {{"scenario_digest", provenance.branched_from},
                             {"year", provenance.branched_year}};
  }
  json["terrace_version"] = provenance.version;
  json["commit"] = provenance.commit;
  json["command"] = provenance.command;
  json["started_utc"] = provenance.started_utc;
  json["seconds"] = provenance.seconds;
  json["ranks"] = provenance.ranks;
  json["threads"] = provenance.threads;
  json["host"] = host_name();
  json["compiler"] = compiler();
  json["compile_flags"] = compile_flags();
  json["checkpoints"] = checkpoints;
  json["files"] = nlohmann::ordered_json::object();
  for (const FileChecksum& file : files) {
    json["files"][file.name] = {{"bytes", file.bytes}, {"xxh3_128", file.xxh3_128}};
  }
  // A command line or a name may hold bytes that are no UTF-8; they must not cost the results.
  return sealed(json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

std::vector<FileChecksum> listed_files(const std::string& text, const std::string& path) {
  const std::string first = "{\n  \"terrace_provenance\": ";
  const std::string version = std::to_string(kProvenanceVersion);
  if (text.starts_with(first) && !text.starts_with(first + version + ",")) {
    throw IoError("cannot read " + path + ": it is damaged or of another version than " + version);
  }
  if (!is_sealed(text)) {
    throw IoError("cannot read " + path + ": it is damaged or not of Terrace (its checksum of " +
                  "itself does not fit)");
  }
  std::vector<FileChecksum> files;
  try {
    const auto json = nlohmann::ordered_json::parse(text);
    for (const auto& [name, file] : json.at("files").items()) {
      files.push_back(
          {name, file.at("bytes").get<std::size_t>(), file.at("xxh3_128").get<std::string>()});
    }
  } catch (const nlohmann::json::exception& error) {
    throw IoError("cannot read " + path + ": damaged or not of Terrace (" + error.what() + ")");
  }
  return files;
}

}  // namespace terrace::record
