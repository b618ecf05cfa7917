// A thin layer over the C interface of HDF5: handles that close themselves, errors that throw.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <hdf5.h>

#include "record/errors.hpp"

namespace terrace::record {

/// A call of the HDF5 library failed; says what was tried and what the library said, but not which
/// file it was about.
struct Hdf5Error : IoError {
  using IoError::IoError;
};

[[noreturn]] void throw_hdf5_error(std::string_view tried);

/// For calls that give a negative number when they fail.
template <typename Result>
Result check_hdf5(Result result, std::string_view tried) {
  if (result < 0) throw_hdf5_error(tried);
  return result;
}

/// While it lives the library prints nothing to stderr. The setting of the program is put back.
class Hdf5Silence {
 public:
  Hdf5Silence() {
    H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  Hdf5Silence(const Hdf5Silence&) = delete;
  Hdf5Silence& operator=(const Hdf5Silence&) = delete;
  ~Hdf5Silence() { H5Eset_auto2(H5E_DEFAULT, function_, data_); }

 private:
  H5E_auto2_t function_ = nullptr;
  void* data_ = nullptr;
};

/// Owns an identifier of the library.
class Hdf5Id {
 public:
  using Close = herr_t (*)(hid_t);

  Hdf5Id() = default;
  /// Throws if `id` is that of a failed call.
  Hdf5Id(hid_t id, Close close, std::string_view tried)
      : id_(check_hdf5(id, tried)), close_(close) {}
  Hdf5Id(Hdf5Id&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Hdf5Id& operator=(Hdf5Id&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Hdf5Id() {
    if (id_ >= 0) close_(id_);
  }
  operator hid_t() const { return id_; }  // handed to calls of the library as it is

 private:
  hid_t id_ = -1;
  Close close_ = nullptr;
};

/// A name that no other file in memory has: the library takes two of one name for one file.
std::string memory_file_name();

/// Text of variable length in UTF-8, in memory and in the file.
Hdf5Id variable_text_type();

}  // namespace terrace::record
