#include "record/seal.hpp"

#include <span>

#include <terrace/digest.hpp>

namespace terrace::record {
namespace {

constexpr std::string_view kEnd = "\n}";
constexpr std::string_view kBefore = ",\n  \"self\": \"";
constexpr std::string_view kAfter = "\"\n}\n";
constexpr std::size_t kHex = 32;

std::string digest_of(std::string_view text) {
  Digest digest;
  digest.add(std::as_bytes(std::span(text)));
  return digest.hex();
}

}  // namespace

std::string sealed(std::string json) {
  json.erase(json.rfind(kEnd));
  json += kBefore;
  const std::string digest = digest_of(json);
  return json + digest + std::string(kAfter);
}

bool is_sealed(std::string_view text) {
  if (text.size() < kBefore.size() + kHex + kAfter.size()) return false;
  const std::string_view before = text.substr(0, text.size() - kHex - kAfter.size());
  return before.ends_with(kBefore) && text.ends_with(kAfter) &&
         text.substr(before.size(), kHex) == digest_of(before);
}

}  // namespace terrace::record
