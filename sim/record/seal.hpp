// A JSON text that carries a checksum of itself, so that any changed byte of it is found.
#pragma once

#include <string>
#include <string_view>

namespace terrace::record {

/// Adds the last member "self", the XXH3-128 of all before its value, to an object printed with an
/// indent of two.
std::string sealed(std::string json);

/// Whether it is such a text, unchanged.
bool is_sealed(std::string_view text);

}  // namespace terrace::record
