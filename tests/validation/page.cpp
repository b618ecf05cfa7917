#include "validation/page.hpp"

#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <sstream>

#include <gtest/gtest.h>

namespace terrace::validation {

std::string number(double value, int digits) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(digits) << value;
  return out.str();
}

void Section::heading(const std::vector<std::string>& cells) {
  row(cells);
  row(std::vector<std::string>(cells.size(), "---"));
}

void Section::row(const std::vector<std::string>& cells) {
  text_ += "|";
  for (const std::string& cell : cells) text_ += " " + cell + " |";
  text_ += "\n";
}

void Section::add(const Target& target, double value) {
  const bool holds = target.asked.holds(value);
  row({target.name,
       number(target.asked.low, target.digits) + " to " + number(target.asked.high, target.digits),
       number(value, target.digits), holds ? "holds" : "**missed**"});
  if (holds) {
    EXPECT_TRUE(target.missed.empty()) << target.name << " is no miss any more: " << value;
  } else {
    EXPECT_TRUE(!target.missed.empty() && target.missed.holds(value))
        << target.name << " is " << value << ", asked " << target.asked.low << " to "
        << target.asked.high;
  }
}

void Section::publish() const {
  std::cout << text_;
  if (const char* folder = std::getenv("TERRACE_VALIDATION_DIR")) {
    std::ofstream(std::string(folder) + "/" + name_ + ".md") << text_;
    return;
  }
  std::ifstream file(TERRACE_SOURCE_DIR "/docs/" + page_);
  std::stringstream page;
  page << file.rdbuf();
  EXPECT_NE(page.str().find("<!-- " + name_ + " -->\n" + text_ + "<!-- end of " + name_ + " -->"),
            std::string::npos)
      << "docs/" << page_ << " is out of date: tests/docs/validation_page.py --write puts it right";
}

}  // namespace terrace::validation
