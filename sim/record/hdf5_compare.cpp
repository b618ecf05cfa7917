#include "record/hdf5_compare.hpp"

#include <algorithm>
#include <cstddef>
#include <map>

#include <hdf5_hl.h>

#include "record/hdf5_read.hpp"

namespace terrace::record {
namespace {

/// Attributes by which the library ties scales to variables: they hold addresses.
bool is_tie(const std::string& name) {
  return name == "DIMENSION_LIST" || name == "REFERENCE_LIST";
}

/// Names of a group's scales by their address in the file.
using Scales = std::map<haddr_t, std::string>;

haddr_t address(hid_t object) {
  H5O_info_t info{};
  check_hdf5(H5Oget_info(object, &info), "look at an object");
  return info.addr;
}

Hdf5Id open_any(hid_t group, const std::string& name) {
  return Hdf5Id(H5Oopen(group, name.c_str(), H5P_DEFAULT), H5Oclose, "open " + name);
}

Scales scales_in(hid_t group) {
  Scales scales;
  for (const std::string& name : names(group)) {
    const Hdf5Id object = open_any(group, name);
    const bool scale = H5Iget_type(object) == H5I_DATASET && H5DSis_scale(object) > 0;
    if (scale) scales.emplace(address(object), name);
  }
  return scales;
}

/// Called by the library, through which nothing may be thrown.
herr_t take_scale(hid_t, unsigned, hid_t scale, void* addresses) {
  H5O_info_t info{};
  const herr_t looked = H5Oget_info(scale, &info);
  static_cast<std::vector<haddr_t>*>(addresses)->push_back(info.addr);
  return looked < 0 ? looked : 0;
}

/// Names of the scales of an axis; "?" for one of another group.
std::string scales_of(hid_t variable, unsigned axis, const Scales& known) {
  std::vector<haddr_t> addresses;
  check_hdf5(H5DSiterate_scales(variable, axis, nullptr, take_scale, &addresses), "list scales");
  std::string text;
  for (const haddr_t at : addresses) {
    const auto found = known.find(at);
    text += (found == known.end() ? "?" : found->second) + " ";
  }
  return text;
}

class Comparison {
 public:
  std::vector<std::string> differences;

  void group(hid_t found, hid_t expected, const std::string& path) {
    attributes(found, expected, path);
    const Scales known = scales_in(found);
    const Scales due = scales_in(expected);
    for (const std::string& name :
         both(names(found), names(expected), path.empty() ? "/" : path, "")) {
      std::string child = path;
      child.append("/").append(name);
      const Hdf5Id a = open_any(found, name);
      const Hdf5Id b = open_any(expected, name);
      if (H5Iget_type(a) != H5Iget_type(b)) {
        add(child, "is not what it should be, a group or a variable");
      } else if (H5Iget_type(a) == H5I_GROUP) {
        group(a, b, child);
      } else {
        variable(a, b, child);
        axes(a, b, known, due, child);
      }
    }
  }

 private:
  void add(const std::string& path, const std::string& what) {
    differences.push_back(path + " " + what);
  }

  /// Names that both have; the others are told, and an order that is not the same.
  std::vector<std::string> both(const std::vector<std::string>& found,
                                const std::vector<std::string>& expected, const std::string& path,
                                const std::string& kind) {
    std::vector<std::string> common;
    for (const std::string& name : expected) {
      if (std::ranges::count(found, name) > 0) {
        common.push_back(name);
      } else {
        std::string what = "lacks ";
        add(path, what.append(kind).append(name));
      }
    }
    std::vector<std::string> known;
    for (const std::string& name : found) {
      if (std::ranges::count(expected, name) > 0) {
        known.push_back(name);
      } else {
        std::string what = "has ";
        add(path, what.append(kind).append(name).append(", which does not belong there"));
      }
    }
    if (known != common)
      add(path, "has its " + (kind.empty() ? "parts " : kind) + "in another order");
    return common;
  }

  static std::vector<std::string> attribute_names(hid_t object) {
    std::vector<std::string> found;
    const auto take = [](hid_t, const char* name, const H5A_info_t*, void* list) -> herr_t {
      static_cast<std::vector<std::string>*>(list)->emplace_back(name);
      return 0;
    };
    check_hdf5(H5Aiterate2(object, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, take, &found),
               "list attributes");
    return found;
  }

  void attributes(hid_t found, hid_t expected, const std::string& path) {
    const auto names = both(attribute_names(found), attribute_names(expected),
                            path.empty() ? "/" : path, "attribute ");
    for (const std::string& name : names) {
      if (!is_tie(name) && attribute_value(found, name) != attribute_value(expected, name)) {
        add(path.empty() ? "/" : path, "has another " + name);
      }
    }
  }

  /// Type, shape and bytes; none of our attributes holds an address but the ties.
  static std::string attribute_value(hid_t object, const std::string& name) {
    const std::string tried = "read attribute " + name;
    const Hdf5Id attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, tried);
    const Hdf5Id type(H5Aget_type(attribute), H5Tclose, tried);
    const Hdf5Id space(H5Aget_space(attribute), H5Sclose, tried);
    std::size_t length = 0;
    check_hdf5(H5Tencode(type, nullptr, &length), tried);
    std::string value(length, '\0');
    check_hdf5(H5Tencode(type, value.data(), &length), tried);
    value += static_cast<char>('0' + H5Sget_simple_extent_type(space));
    value += std::to_string(H5Sget_simple_extent_npoints(space)) + ":";
    if (H5Tdetect_class(type, H5T_VLEN) > 0 || H5Tis_variable_str(type) > 0) return value;
    std::string bytes(static_cast<std::size_t>(H5Aget_storage_size(attribute)), '\0');
    if (!bytes.empty()) check_hdf5(H5Aread(attribute, type, bytes.data()), tried);
    return value + bytes;
  }

  void variable(hid_t found, hid_t expected, const std::string& path) {
    attributes(found, expected, path);
    const Hdf5Id type(H5Dget_type(found), H5Tclose, "read type of " + path);
    const Hdf5Id due(H5Dget_type(expected), H5Tclose, "read type of " + path);
    if (H5Tequal(type, due) <= 0) return add(path, "has another type");
    const Hdf5Id space(H5Dget_space(found), H5Sclose, "read shape of " + path);
    const Hdf5Id due_space(H5Dget_space(expected), H5Sclose, "read shape of " + path);
    if (H5Sextent_equal(space, due_space) <= 0) return add(path, "has other dimensions");
    const Hdf5Id storage(H5Dget_create_plist(found), H5Pclose, "read storage of " + path);
    const Hdf5Id due_storage(H5Dget_create_plist(expected), H5Pclose, "read storage of " + path);
    if (H5Pequal(storage, due_storage) <= 0) add(path, "is stored otherwise");
    if (shape(found).size() == 1 && values(found, type, path) != values(expected, type, path)) {
      add(path, "holds other values");
    }
  }

  void axes(hid_t found, hid_t expected, const Scales& known, const Scales& due,
            const std::string& path) {
    if (H5DSis_scale(found) != H5DSis_scale(expected)) {
      return add(path, H5DSis_scale(found) > 0 ? "is a scale" : "is not a scale");
    }
    const std::size_t rank = shape(expected).size();
    if (H5DSis_scale(expected) > 0 || shape(found).size() != rank) return;
    for (unsigned axis = 0; axis < rank; ++axis) {
      if (scales_of(found, axis, known) != scales_of(expected, axis, due)) {
        add(path, "has other scales");
      }
    }
  }

  static std::string values(hid_t variable, hid_t type, const std::string& path) {
    std::string bytes;
    if (H5Tis_variable_str(type) > 0) {
      for (const std::string& text : read_texts(variable)) bytes += text + '\0';
      return bytes;
    }
    bytes.resize(shape(variable)[0] * H5Tget_size(type));
    check_hdf5(H5Dread(variable, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()),
               "read variable " + path);
    return bytes;
  }
};

}  // namespace

std::vector<std::string> structure_differences(hid_t found, hid_t expected) {
  Comparison comparison;
  comparison.group(found, expected, "");
  return std::move(comparison.differences);
}

}  // namespace terrace::record
