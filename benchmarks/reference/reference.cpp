// The speed reference: a small model of household-months with the shape of the real one (random
// draws, an exponential, memory of last month, a village ranking), made of Terrace's public
// headers. README.md states the model; reference_numpy.py is the same in NumPy.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <vector>

#include "terrace/random.hpp"

#include "village_kernel.hpp"

namespace reference {
namespace {

constexpr std::uint32_t households_per_county = 100'000;
constexpr std::size_t block_size = 20 * village_size;  // fits the inner caches with its draws
static_assert(households_per_county % block_size == 0);

struct Options {
  std::size_t households = 1'000'000;
  int months = 120;
  unsigned threads = 1;
  std::uint64_t seed = 1;
  std::string csv = "reference.csv";
};

struct Population {
  explicit Population(std::size_t count)
      : log_income(count, 0.0F), assets(count, 2.0F), ill_months(count, 0) {}
  std::vector<float> log_income;
  std::vector<float> assets;
  std::vector<std::uint8_t> ill_months;
};

// The villages [first, last), all months. Writes the yearly rows of those villages only, so
// threads share nothing.
void run_villages(const Options& options, Population& all, std::size_t first, std::size_t last,
                  std::vector<std::vector<VillageRow>>& years) {
  std::vector<std::uint32_t> ids(block_size);
  std::vector<float> normal_a(block_size), normal_b(block_size), uniform(block_size);
  std::vector<float> income(block_size);
  std::vector<VillageRow> rows(block_size / village_size);
  const terrace::RunKey key{options.seed, 0};
  constexpr terrace::StreamId month_draws = terrace::stream("reference.month");

  for (int month = 1; month <= options.months; ++month) {
    for (std::size_t start = first * village_size; start < last * village_size;) {
      const std::size_t in_county = start % households_per_county;
      const std::size_t size =
          std::min({block_size, last * village_size - start, households_per_county - in_county});
      std::iota(ids.begin(), ids.end(), static_cast<std::uint32_t>(in_county));
      const auto county = static_cast<std::uint16_t>(start / households_per_county);
      const auto part = [size](std::vector<float>& v) { return std::span(v).first(size); };
      terrace::fill_normal_uniform(key, month_draws, county, month, std::span(ids).first(size),
                                   part(normal_a), part(normal_b), part(uniform));
      update_households(size, normal_a.data(), normal_b.data(), uniform.data(),
                        &all.log_income[start], &all.assets[start], &all.ill_months[start],
                        income.data());
      top_up_villages(size / village_size, income.data(), &all.assets[start], rows.data());
      if (month % 12 == 0) {
        auto& year = years[static_cast<std::size_t>(month / 12 - 1)];
        std::copy_n(rows.begin(), size / village_size, &year[start / village_size]);
      }
      start += size;
    }
  }
}

void write_csv(const std::string& path, const std::vector<std::vector<VillageRow>>& years) {
  std::string text = "month,village,headcount,gap,mean\n";
  char number[32];
  const auto append = [&](auto value, char after) {
    text.append(number, std::to_chars(number, number + sizeof number, value).ptr);
    text += after;
  };
  for (std::size_t year = 0; year < years.size(); ++year) {
    VillageRow total;
    for (std::size_t village = 0; village < years[year].size(); ++village) {
      const VillageRow& row = years[year][village];
      append(12 * (year + 1), ',');
      append(village, ',');
      append(row.headcount, ',');
      append(row.gap, ',');
      append(row.mean, '\n');
      total.headcount += row.headcount;
      total.gap += row.gap;
      total.mean += row.mean;
    }
    const auto villages = static_cast<float>(years[year].size());
    append(12 * (year + 1), ',');
    text += "all,";
    append(total.headcount / villages, ',');
    append(total.gap / villages, ',');
    append(total.mean / villages, '\n');
  }
  std::ofstream(path, std::ios::binary) << text;
}

double headcount(const std::vector<VillageRow>& rows) {
  double sum = 0.0;
  for (const VillageRow& row : rows) sum += static_cast<double>(row.headcount);
  return sum / static_cast<double>(rows.size());
}

int run(const Options& options) {
  const std::size_t villages = options.households / village_size;
  Population all(villages * village_size);
  std::vector<std::vector<VillageRow>> years(static_cast<std::size_t>(options.months / 12),
                                             std::vector<VillageRow>(villages));

  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::thread> workers;
  for (unsigned t = 1; t < options.threads; ++t) {
    workers.emplace_back([&, t] {
      run_villages(options, all, villages * t / options.threads,
                   villages * (t + 1) / options.threads, years);
    });
  }
  run_villages(options, all, 0, villages / options.threads, years);
  for (std::thread& worker : workers) worker.join();
  write_csv(options.csv, years);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();

  const double household_months =
      static_cast<double>(villages * village_size) * static_cast<double>(options.months);
  std::printf("%.1f M household-months/s  (%zu households, %d months, %u threads, %.3f s)\n",
              household_months / seconds * 1e-6, villages * village_size, options.months,
              options.threads, seconds);
  bool right = true;
  const auto check = [&](int month, double low, double high) {
    if (month > options.months) return;
    const double value = headcount(years[static_cast<std::size_t>(month / 12 - 1)]);
    const bool inside = low <= value && value <= high;
    std::printf("headcount in month %d: %.4f (expected %.3f to %.3f)%s\n", month, value, low, high,
                inside ? "" : "  WRONG");
    right = right && inside;
  };
  check(12, 0.388, 0.394);
  check(120, 0.058, 0.064);
  return right ? 0 : 1;
}

}  // namespace
}  // namespace reference

int main(int argc, char** argv) {
  reference::Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    const std::string_view value = argv[i + 1];
    const auto number = [&](auto& into, long low, long high) {
      long parsed = 0;
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
      if (error != std::errc{} || end != value.data() + value.size() || parsed < low ||
          parsed > high) {
        std::fprintf(stderr, "%s takes a whole number from %ld to %ld\n", argv[i], low, high);
        std::exit(2);
      }
      into = static_cast<std::remove_reference_t<decltype(into)>>(parsed);
    };
    if (name == "--households") {
      number(options.households, 20'000, 1'000'000'000);
    } else if (name == "--months") {
      number(options.months, 12, 1200);
    } else if (name == "--threads") {
      number(options.threads, 1, 256);
    } else if (name == "--seed") {
      number(options.seed, 0, 1L << 62);
    } else if (name == "--csv") {
      options.csv = value;
    } else {
      argc = 0;
    }
  }
  if (argc % 2 == 0) {
    std::fprintf(stderr,
                 "usage: reference [--households N] [--months N] [--threads N] [--seed N] "
                 "[--csv FILE]\n");
    return 2;
  }
  return reference::run(options);
}
