// Pieces of the JSON Schema (draft 2020-12) of a scenario.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "scenario/ranges.hpp"

namespace terrace::cli {
struct Model;
}

namespace terrace::cli::json_schema {

using Json = nlohmann::ordered_json;

inline Json number(const scenario::Range& range) {
  Json out = {{"type", "number"}};
  out[range.low_open ? "exclusiveMinimum" : "minimum"] = range.low;
  out[range.high_open ? "exclusiveMaximum" : "maximum"] = range.high;
  return out;
}

inline Json whole(std::int64_t low, std::int64_t high) {
  return {{"type", "integer"}, {"minimum", low}, {"maximum", high}};
}

/// One of some words.
inline Json one_of(Json words) { return {{"enum", std::move(words)}}; }

inline Json text() {
  return {{"type", "string"}, {"minLength", 1}, {"maxLength", scenario::kLongestText}};
}

/// A note that may look like a number: `source: 2013` is read as the text it is.
inline Json loose_text() {
  Json out = text();
  out["type"] = Json::array({"string", "number", "boolean"});
  return out;
}

inline Json reference(std::string_view name) { return {{"$ref", "#/$defs/" + std::string(name)}}; }

/// A map that may have these keys and no others.
inline Json map(Json properties, Json required = Json::array()) {
  Json out = {{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) out["required"] = std::move(required);
  out["additionalProperties"] = false;
  return out;
}

inline Json list(Json items, std::size_t least = 1) {
  return {{"type", "array"}, {"items", std::move(items)}, {"minItems", least}};
}

/// A list of different words.
inline Json names(Json words) {
  Json out = list(one_of(std::move(words)));
  out["uniqueItems"] = true;
  return out;
}

inline Json described(std::string_view what, const Json& schema) {
  Json out = {{"description", what}};
  out.update(schema);
  return out;
}

inline Json with_default(Json value, Json schema) {
  schema["default"] = std::move(value);
  return schema;
}

/// A layout written out, or in a file of its own.
Json layout();

/// A scenario: complete, with `$schema` and `$defs`.
Json scenario(const Model& model);

}  // namespace terrace::cli::json_schema
