// `terrace verify`: checks the files of a run against their checksums and against each other.
#include "record/verify.hpp"

#include <string>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "cli/estimate.hpp"
#include "cli/print.hpp"
#include "cli/verbs.hpp"

namespace terrace::cli {
namespace {

using Json = nlohmann::ordered_json;

Json as_json(const std::vector<record::Finding>& findings) {
  Json out = Json::array();
  for (const record::Finding& finding : findings) {
    out.push_back({{"file", finding.file}, {"what", finding.what}});
  }
  return out;
}

}  // namespace

Exit verify(const VerifyOptions& options) {
  const record::Verdict verdict = record::verify_run(options.directory);
  const bool well = verdict.faults.empty();
  if (options.json) {
    const Json out = {{"directory", options.directory},
                      {"ok", well},
                      {"results_digest", verdict.results_digest},
                      {"files", verdict.files},
                      {"bytes", verdict.bytes},
                      {"faults", as_json(verdict.faults)},
                      {"notes", as_json(verdict.notes)}};
    put(out.dump(2, ' ', false, Json::error_handler_t::replace) + '\n');
    return well ? Exit::done : Exit::not_met;
  }
  for (const record::Finding& note : verdict.notes) {
    say(fmt::format("note: {}: {}\n", note.file, note.what));
  }
  for (const record::Finding& fault : verdict.faults) {
    put(fmt::format("{}: {}\n", fault.file, fault.what));
  }
  if (well) {
    put(fmt::format("{}: {} files, {}, all as they were published; digest {}\n", options.directory,
                    verdict.files, bytes_text(static_cast<double>(verdict.bytes)),
                    verdict.results_digest));
  }
  return well ? Exit::done : Exit::not_met;
}

}  // namespace terrace::cli
