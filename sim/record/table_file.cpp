#include "record/table_file.hpp"

#include <cmath>
#include <stdexcept>

#include "record/csv.hpp"
#include "record/file_axes.hpp"
#include "record/netcdf_writer.hpp"

namespace terrace::record {
namespace {

void check_lengths(const ResultTable& table) {
  for (const TableColumn& column : table.columns) {
    if (column.rows() != table.rows()) {
      throw std::logic_error("table " + table.name + ": column " + column.name +
                             " is not as long as the first");
    }
  }
}

void add_table(hid_t root, const ResultTable& table) {
  check_lengths(table);
  NetcdfGroup group(root, table.name);
  put_text(group.id(), "title", table.title);
  put_text(group.add_growing_dimension("row", table.rows()), "long_name", "place in the table");
  for (const TableColumn& column : table.columns) {
    std::vector<double> numbers;
    for (const double number : column.numbers) numbers.push_back(canonical(number));
    const Hdf5Id variable = column.words ? group.add(column.name, "row", column.texts)
                                         : group.add(column.name, "row", numbers);
    put_text(variable, "long_name", column.meaning);
    if (!column.words) put_text(variable, "units", column.unit);
  }
}

}  // namespace

std::string table_csv(const ResultTable& table) {
  check_lengths(table);
  std::string text;
  const auto end_field = [&](std::size_t number) {
    text += number + 1 < table.columns.size() ? ',' : '\n';
  };
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    text += csv_field(table.columns[c].name);
    end_field(c);
  }
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const TableColumn& column = table.columns[c];
      if (column.words) {
        text += csv_field(column.texts[row]);
      } else if (!std::isnan(column.numbers[row])) {
        append_number(text, column.numbers[row] + 0.0);  // no -0
      }
      end_field(c);
    }
  }
  return text;
}

std::vector<std::byte> tables_image(
    std::span<const ResultTable> tables,
    const std::vector<std::pair<std::string, std::string>>& attributes, const std::string& path) {
  const Hdf5Silence silence;
  try {
    const NetcdfImage image;
    put_text(image.root(), "Conventions", "CF-1.8");
    for (const auto& [name, text] : attributes) put_text(image.root(), name.c_str(), text);
    for (const ResultTable& table : tables) add_table(image.root(), table);
    return image.bytes();
  } catch (const Hdf5Error& error) {
    throw IoError("cannot make " + path + ": " + error.what());
  }
}

}  // namespace terrace::record
