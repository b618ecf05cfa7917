// Surveys in HDF5: the groups `households` and `persons`, a dataset for each column.
#include <charconv>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <terrace/survey_sample.hpp>

#include "record/file_io.hpp"
#include "record/hdf5_read.hpp"

namespace terrace::record {
namespace {

constexpr hsize_t kMostColumns = 200;
constexpr std::size_t kLongestText = 1000;

using Column = std::variant<std::vector<std::int64_t>, std::vector<std::uint64_t>,
                            std::vector<double>, std::vector<std::string>>;

std::size_t length_of(const Column& column) {
  return std::visit([](const auto& values) { return values.size(); }, column);
}

/// Texts of a fixed length, filled up with zeros or blanks.
std::vector<std::string> fixed_texts(hid_t variable, hid_t type, const std::string& name) {
  const std::size_t width = H5Tget_size(type);
  if (width > kLongestText) throw Hdf5Error(name + " holds texts of more than 1000 bytes");
  std::vector<char> bytes(shape(variable)[0] * width);
  const Hdf5Id memory(H5Tcopy(type), H5Tclose, "make a text type");
  check_hdf5(H5Dread(variable, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()),
             "read variable " + name);
  std::vector<std::string> texts;
  for (std::size_t at = 0; at < bytes.size(); at += width) {
    std::string text(bytes.data() + at, width);
    text.erase(std::min(text.find('\0'), text.size()));
    if (H5Tget_strpad(type) == H5T_STR_SPACEPAD) text.erase(text.find_last_not_of(' ') + 1);
    texts.push_back(std::move(text));
  }
  return texts;
}

Column read_column(hid_t group, const std::string& table, const std::string& column) {
  const std::string name = table + '/' + column;
  H5O_info_t info{};
  check_hdf5(H5Oget_info_by_name(group, column.c_str(), &info, H5P_DEFAULT), "look at " + name);
  if (info.type != H5O_TYPE_DATASET) throw Hdf5Error(name + " is not a dataset");
  const Hdf5Id variable = open_variable(group, column);
  const auto lengths = shape(variable);
  if (lengths.size() != 1) {
    throw Hdf5Error(name + " has " + std::to_string(lengths.size()) + " dimensions; 1 is due");
  }
  if (lengths[0] > kMostSurveyPersons) {
    throw Hdf5Error(name + " holds more than " + std::to_string(kMostSurveyPersons) + " values");
  }
  const Hdf5Id type(H5Dget_type(variable), H5Tclose, "read the type of " + name);
  switch (H5Tget_class(type)) {
    case H5T_INTEGER:
      if (H5Tget_sign(type) == H5T_SGN_NONE) {
        return read_values<std::uint64_t>(variable, H5T_NATIVE_UINT64, name);
      }
      return read_values<std::int64_t>(variable, H5T_NATIVE_INT64, name);
    case H5T_FLOAT:
      return read_values<double>(variable, H5T_NATIVE_DOUBLE, name);
    case H5T_STRING:
      if (H5Tis_variable_str(type) > 0) return read_texts(variable);
      return fixed_texts(variable, type, name);
    default:
      throw Hdf5Error(name + " holds neither whole numbers nor numbers nor texts");
  }
}

/// Writes a value as CSV would; nothing for what is not a number.
struct CellText {
  std::size_t row;
  std::string operator()(const std::vector<std::string>& values) const { return values[row]; }
  std::string operator()(const std::vector<double>& values) const {
    return std::isnan(values[row]) ? std::string() : digits(values[row]);
  }
  template <typename Integer>
  std::string operator()(const std::vector<Integer>& values) const {
    return digits(values[row]);
  }

 private:
  template <typename Value>
  static std::string digits(Value value) {
    std::string text(32, '\0');
    char* const from = text.data();
    char* end = std::to_chars(from, from + text.size(), value).ptr;
    if constexpr (std::is_floating_point_v<Value>) {
      // A whole number reads as one: ids are compared as texts.
      constexpr Value kExact = 9007199254740992.0;
      if (value >= -kExact && value <= kExact && value == std::floor(value))
        end = std::to_chars(from, from + text.size(), static_cast<std::int64_t>(value)).ptr;
    }
    text.resize(static_cast<std::size_t>(end - text.data()));
    return text;
  }
};

SurveyText read_table(hid_t file, const std::string& table) {
  if (!has(file, table.c_str())) throw Hdf5Error("there is no group " + table);
  const Hdf5Id group = open_group(file, table);
  H5G_info_t info{};
  check_hdf5(H5Gget_info(group, &info), "list a group");
  if (info.nlinks > kMostColumns) throw Hdf5Error(table + " holds more than 200 columns");
  SurveyText out;
  const auto columns = std::make_shared<std::vector<Column>>();
  for (const std::string& name : names(group, H5_INDEX_NAME)) {
    columns->push_back(read_column(group, table, name));
    out.columns.push_back(name);
    const std::size_t length = length_of(columns->back());
    if (columns->size() == 1) out.rows = length;
    if (length == out.rows) continue;
    std::string why = table;
    why.append("/").append(name).append(" has ").append(std::to_string(length));
    why.append(" values; ").append(table).append("/").append(out.columns.front());
    throw Hdf5Error(why.append(" has ").append(std::to_string(out.rows)));
  }
  out.for_each_row = [columns, rows = out.rows](const SurveyText::RowVisitor& visit) {
    std::vector<std::string> texts(columns->size());
    std::vector<std::string_view> cells(columns->size());
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t c = 0; c < texts.size(); ++c) {
        texts[c] = std::visit(CellText{row}, (*columns)[c]);
        cells[c] = texts[c];
      }
      visit(row + 1, cells);
    }
  };
  return out;
}

}  // namespace
}  // namespace terrace::record

namespace terrace {

SurveyFile read_survey_hdf5(const std::string& path) {
  SurveyFile out;
  const record::Hdf5Silence silence;
  try {
    std::error_code unknown;
    if (std::filesystem::exists(path, unknown) &&
        !std::filesystem::is_regular_file(path, unknown)) {
      throw record::IoError("is not a file");
    }
    if (std::filesystem::file_size(path) > kMostSurveyBytes) {
      throw record::IoError("is larger than 256 MB");
    }
    const record::Hdf5Id file = record::open_image(record::read_file(path));
    out.households = record::read_table(file, "households");
    out.persons = record::read_table(file, "persons");
  } catch (const std::filesystem::filesystem_error& error) {
    out.error = "cannot be read: " + error.code().message();
  } catch (const std::exception& error) {
    out.error = error.what();
  }
  return out;
}

}  // namespace terrace
