#include "record/hdf5_handle.hpp"

#include <atomic>

namespace terrace::record {
namespace {

/// Takes the first, innermost entry of the library's stack of errors.
herr_t take_first(unsigned number, const H5E_error2_t* entry, void* text) {
  if (number == 0 && entry->desc != nullptr) *static_cast<std::string*>(text) = entry->desc;
  return 0;
}

}  // namespace

void throw_hdf5_error(std::string_view tried) {
  std::string cause;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, take_first, &cause);
  if (cause.empty()) cause = "no cause given";
  throw Hdf5Error("HDF5 failed to " + std::string(tried) + ": " + cause);
}

std::string memory_file_name() {
  static std::atomic<unsigned> number{0};
  return "terrace-" + std::to_string(++number);
}

Hdf5Id variable_text_type() {
  Hdf5Id type(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
  check_hdf5(H5Tset_size(type, H5T_VARIABLE), "make a text type");
  check_hdf5(H5Tset_cset(type, H5T_CSET_UTF8), "make a text type");
  return type;
}

}  // namespace terrace::record
