#include "cli/sensitivity_figure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/core.h>

#include "cli/sensitivity_text.hpp"
#include "cli/text_width.hpp"

namespace terrace::cli {
namespace {

using analysis::Estimated;
using analysis::OutputSensitivity;
using analysis::Sensitivity;

constexpr double kLetter = 7.6;  // width at 12 points
constexpr double kSmall = 15.0;  // height of a line at 11 points
constexpr double kPanelWidth = 290.0;
constexpr double kLineHeight = 30.0;
constexpr double kBetween = 24.0;
constexpr double kHead = 92.0;
constexpr double kUnderPanel = 78.0;  // numbers, unit, and the next panel's title

/// A mark on a line: its colour, and a paler one where it tells no effect.
struct Mark {
  const char* label;
  int point;  ///< gnuplot's number of the shape
  unsigned colour;
  unsigned pale;
  double above;  ///< the middle of the line, in lines
};

constexpr std::array<Mark, 2> kSobolMarks{
    Mark{"first order (alone)", 7, 0x1f5fa8, 0xa9c4e4, 0.15},
    Mark{"total (with interactions)", 5, 0xc8500a, 0xf0bd98, -0.15}};
constexpr std::array<Mark, 2> kMorrisMarks{
    Mark{"mu* (mean size of effects)", 7, 0x1f5fa8, 0xa9c4e4, 0.15},
    Mark{"sigma (their standard deviation)", 9, 0x8a2f8a, 0x8a2f8a, -0.15}};

/// As gnuplot takes text that it must not read: in single quotes, without control characters.
std::string plot_text(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? ' ' : c;
  }
  return out + "'";
}

/// Of 1, 2 and 5 with powers of ten the one that gives three to six tics.
double tic_step(double range) {
  const double power = std::pow(10.0, std::floor(std::log10(range / 3.0)));
  for (const double step : {5.0, 2.0})
    if (range / (step * power) >= 3.0) return step * power;
  return power;
}

UnitScale scale_of(const OutputSensitivity& one, bool morris) {
  if (!morris) return {"share of variance"};
  double largest = 0.0;
  for (const analysis::MorrisEffects& effects : one.morris)
    largest = std::max({largest, effects.mu_star.high, effects.sigma});
  UnitScale scale = unit_scale(one.output.unit, largest);
  scale.unit += scale.unit.empty() ? "for the whole range" : ", for the whole range";
  return scale;
}

Estimated scaled(Estimated e, double factor) {
  for (double* number : {&e.value, &e.error, &e.low, &e.high}) *number *= factor;
  return e;
}

std::vector<std::array<Estimated, 2>> marks_of(const OutputSensitivity& one,
                                               const Sensitivity& found) {
  const double factor = scale_of(one, found.morris).factor;
  std::vector<std::array<Estimated, 2>> out;
  for (std::size_t d = 0; d < found.dimensions.size(); ++d) {
    if (found.morris) {
      const double sigma = one.morris[d].sigma;
      Estimated alone;  // without an interval: a point
      alone.value = alone.low = alone.high = sigma;
      out.push_back({scaled(one.morris[d].mu_star, factor), scaled(alone, factor)});
    } else {
      out.push_back({one.sobol.first[d], one.sobol.total[d]});
    }
  }
  return out;
}

/// Sizes in pixels; gnuplot takes shares of the canvas, from below.
class FigureScript {
 public:
  FigureScript(const SweepResults& sweep, const Sensitivity& found, unsigned resamples,
               double confidence)
      : sweep_(sweep),
        found_(found),
        marks_(found.morris ? kMorrisMarks : kSobolMarks),
        panels_(std::min(kMostPanels, found.outputs.size())),
        columns_(std::min<std::size_t>(3, panels_)) {
    for (const std::string& name : found.dimensions)
      left_ = std::max(left_, kLetter * static_cast<double>(width_of(name)) + 24.0);
    left_ = std::min(left_, 320.0);
    width_ =
        std::max(left_ + static_cast<double>(columns_) * (kPanelWidth + kBetween) + 8.0, 640.0);
    heading_ = sweep.name + ": " + design_text(sweep, found);
    width_ = std::max(width_, 40.0 + 7.0 * static_cast<double>(width_of(heading_)));
    panel_width_ = (width_ - left_ - 8.0) / static_cast<double>(columns_) - kBetween;
    panel_height_ = kLineHeight * static_cast<double>(found.dimensions.size()) + 16.0;
    const auto letters = static_cast<std::size_t>((width_ - 40.0) / 7.4);
    foot_ = wrapped("bars: " + intervals_text(resamples, confidence), letters);
    if (panels_ < found.outputs.size()) {
      foot_.push_back(fmt::format("the first {} of {} outputs; all are in the tables", panels_,
                                  found.outputs.size()));
    }
    const std::size_t rows = (panels_ + columns_ - 1) / columns_;
    height_ = kHead + static_cast<double>(rows) * (panel_height_ + kUnderPanel) + 34.0 +
              kSmall * static_cast<double>(foot_.size());
  }

  std::string text() {
    head();
    for (std::size_t p = 0; p < panels_; ++p) data(p);
    add("set multiplot");
    words();
    for (std::size_t p = 0; p < panels_; ++p) panel(p);
    add("unset multiplot");
    return out_;
  }

 private:
  void add(const std::string& line) { out_ += line + '\n'; }
  double across(double x) const { return x / width_; }
  double up(double y) const { return 1.0 - y / height_; }

  void label(const std::string& text, double x, double y, const std::string& how) {
    add(fmt::format("set label {} at screen {:.5f},{:.5f} left {}", plot_text(text), across(x),
                    up(y), how));
  }

  void head() {
    add("# For gnuplot 5: `gnuplot sensitivity.gp` writes sensitivity.svg. The numbers are also in "
        "the tables beside it.");
    add("set encoding utf8");
    add(
        fmt::format("set terminal svg size {:.0f},{:.0f} noenhanced font 'sans,12' background rgb "
                    "'white'",
                    width_, height_));
    add("if (!exists('to_stdout')) set output 'sensitivity.svg'");
  }

  void data(std::size_t p) {
    const auto marks = marks_of(found_.outputs[p], found_);
    for (std::size_t m = 0; m < marks_.size(); ++m) {
      const bool sizes = found_.morris ? m == 0 : m == 1;  // mu*, total
      add(fmt::format("$data{}_{} << EOD\n# value line low high colour", p, m));
      for (std::size_t d = 0; d < marks.size(); ++d) {
        const Estimated& e = marks[d].at(m);
        if (!std::isfinite(e.value) || !std::isfinite(e.low)) continue;
        const bool pale =
            e.reaches(0.0) || (sizes && found_.outputs[p].beyond_noise[d].reaches(0.0));
        add(fmt::format("{} {} {} {} {}", e.value, static_cast<double>(d + 1) - marks_.at(m).above,
                        e.low, e.high, pale ? marks_.at(m).pale : marks_.at(m).colour));
      }
      add("EOD");
    }
  }

  /// Title, key and what intervals are: labels of the first panel, at places of the canvas.
  void words() {
    label(sweep_.title.empty() ? sweep_.name : sweep_.title, 16.0, 20.0, "font 'sans,15'");
    label(heading_, 16.0, 42.0, "font 'sans,11'");
    double y = height_ - 20.0 - kSmall * static_cast<double>(foot_.size());
    double x = 24.0;
    for (const Mark& mark : marks_) {
      label(mark.label, x, y,
            fmt::format("point pt {} ps 0.9 lc rgb '#{:06x}' offset 1,0", mark.point, mark.colour));
      x += kLetter * static_cast<double>(width_of(mark.label)) + 40.0;
    }
    label("pale: no more than 0 or noise", x, y, "offset 0,0.25");
    y += 6.0;
    for (const std::string& line : foot_) label(line, 16.0, y += kSmall, "font 'sans,11'");
  }

  void axes(std::size_t p, const std::vector<std::array<Estimated, 2>>& marks) {
    double low = 0.0;
    double high = 0.0;
    for (const auto& pair : marks) {
      for (const Estimated& e : pair) {
        if (!std::isfinite(e.low)) continue;
        low = std::min({low, e.low, e.value});
        high = std::max({high, e.high, e.value});
      }
    }
    if (high == low) high = low + 1.0;
    const double room = 0.06 * (high - low);
    add(fmt::format("set xrange [{}:{}]", low - room, high + room));
    add(fmt::format("set yrange [{}.5:0.5]", found_.dimensions.size()));
    std::string tics;
    for (std::size_t d = 0; d < found_.dimensions.size(); ++d) {
      tics += fmt::format("{}{} {}", d == 0 ? "" : ", ",
                          p % columns_ == 0 ? plot_text(found_.dimensions[d]) : "''", d + 1);
    }
    add("set ytics scale 0 textcolor rgb 'black' (" + tics + ")");
    add(fmt::format("set xtics {} textcolor rgb 'black' format '%g'", tic_step(high - low)));
  }

  void panel(std::size_t p) {
    const OutputSensitivity& one = found_.outputs[p];
    const auto marks = marks_of(one, found_);
    const std::size_t whole_rows = p / columns_;
    const auto row = static_cast<double>(whole_rows);
    const double left = left_ + static_cast<double>(p % columns_) * (panel_width_ + kBetween);
    const double top = kHead + row * (panel_height_ + kUnderPanel);
    add(fmt::format("set lmargin at screen {:.5f}; set rmargin at screen {:.5f}", across(left),
                    across(left + panel_width_)));
    add(fmt::format("set tmargin at screen {:.5f}; set bmargin at screen {:.5f}", up(top),
                    up(top + panel_height_)));
    add("set title " + plot_text(one.output.name) + " offset 0,-0.3");
    add("set xlabel " + plot_text(scale_of(one, found_.morris).unit) + " offset 0,0.3");
    add("set border 1 lc rgb '#808080'; set grid x y lc rgb '#e4e4e4' lt 1; unset key");
    add("set yzeroaxis lt 1 lc rgb '#606060'");
    axes(p, marks);
    const bool none = std::isnan(marks.front().front().value);
    if (none) add("set label 99 'undefined: the same in all points' at graph 0.5,0.5 center");
    std::string plots = "NaN";
    for (std::size_t m = 0; m < marks_.size() && !none; ++m) {
      plots += fmt::format(
          ", $data{}_{} using 1:2:3:4:5 with xerrorbars pt {} ps 0.9 lw 1.8 lc rgb variable", p, m,
          marks_.at(m).point);
    }
    add("plot " + plots);
    add("unset label");
  }

  const SweepResults& sweep_;
  const Sensitivity& found_;
  std::array<Mark, 2> marks_;
  std::size_t panels_;
  std::size_t columns_;
  double left_ = 90.0;
  double width_ = 0.0;
  double height_ = 0.0;
  double panel_width_ = 0.0;
  double panel_height_ = 0.0;
  std::string heading_;
  std::vector<std::string> foot_;
  std::string out_;
};

}  // namespace

std::string figure_script(const SweepResults& sweep, const Sensitivity& found, unsigned resamples,
                          double confidence) {
  return FigureScript(sweep, found, resamples, confidence).text();
}

}  // namespace terrace::cli
