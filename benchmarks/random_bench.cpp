// Cost of draws and of terrace::exact, per item. Loops are cloned as the model's month kernels are.
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include <benchmark/benchmark.h>

#include "terrace/clones.hpp"
#include "terrace/fixed_sum.hpp"
#include "terrace/random.hpp"

namespace terrace::bench {

constexpr std::size_t block = 4000;
constexpr RunKey key{1, 0};
constexpr StreamId draws = stream("bench.draws");

// One cloned loop over `block` numbers for each function.
#define TERRACE_BENCH_LOOP(name, type, expression)                                  \
  void name(const type* __restrict in, type* __restrict out);                       \
  TERRACE_CLONES void name(const type* __restrict in, type* __restrict out) {       \
    for (std::size_t i = 0; i < block; ++i) {                                       \
      const type x = in[i];                                                         \
      out[i] = expression;                                                          \
    }                                                                               \
  }                                                                                 \
  static void bench_##name(benchmark::State& state) {                               \
    std::vector<type> in(block), out(block);                                        \
    for (std::size_t i = 0; i < block; ++i) {                                       \
      in[i] = (static_cast<type>(i) + type(0.5)) / static_cast<type>(block);        \
    }                                                                               \
    for (auto _ : state) {                                                          \
      name(in.data(), out.data());                                                  \
      benchmark::DoNotOptimize(out.data());                                         \
      benchmark::ClobberMemory();                                                   \
    }                                                                               \
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(block)); \
  }                                                                                 \
  BENCHMARK(bench_##name)

TERRACE_BENCH_LOOP(exp_float, float, exact::exp(x));
TERRACE_BENCH_LOOP(log_float, float, exact::log(x));
TERRACE_BENCH_LOOP(pow_float, float, exact::pow(x, 0.3F));
TERRACE_BENCH_LOOP(logistic_float, float, exact::logistic(x));
TERRACE_BENCH_LOOP(exp_double, double, exact::exp(x));
TERRACE_BENCH_LOOP(log_double, double, exact::log(x));
TERRACE_BENCH_LOOP(pow_double, double, exact::pow(x, 0.3));
TERRACE_BENCH_LOOP(normal_cdf_double, double, exact::normal_cdf(x));
TERRACE_BENCH_LOOP(normal_quantile_double, double, exact::normal_quantile(x));
#undef TERRACE_BENCH_LOOP

std::vector<std::uint32_t> block_ids() {
  std::vector<std::uint32_t> ids(block);
  std::iota(ids.begin(), ids.end(), 0u);
  return ids;
}

void count_items(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(block));
}

void bench_fill_normals(benchmark::State& state) {
  const std::vector<std::uint32_t> ids = block_ids();
  std::vector<float> out(block);
  std::int32_t month = 0;
  for (auto _ : state) {
    fill_normals(key, draws, 1, month++, ids, out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  count_items(state);
}
BENCHMARK(bench_fill_normals);

void bench_fill_uniforms(benchmark::State& state) {
  const std::vector<std::uint32_t> ids = block_ids();
  std::vector<float> out(block);
  std::int32_t month = 0;
  for (auto _ : state) {
    fill_uniforms(key, draws, 1, month++, ids, out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  count_items(state);
}
BENCHMARK(bench_fill_uniforms);

void bench_fill_normal_uniform(benchmark::State& state) {
  const std::vector<std::uint32_t> ids = block_ids();
  std::vector<float> a(block), b(block), u(block);
  std::int32_t month = 0;
  for (auto _ : state) {
    fill_normal_uniform(key, draws, 1, month++, ids, a, b, u);
    benchmark::DoNotOptimize(a.data());
    benchmark::DoNotOptimize(b.data());
    benchmark::DoNotOptimize(u.data());
    benchmark::ClobberMemory();
  }
  count_items(state);
}
BENCHMARK(bench_fill_normal_uniform);

void bench_one_uniform(benchmark::State& state) {
  std::uint32_t id = 0;
  for (auto _ : state) benchmark::DoNotOptimize(uniform(key, draws, {id++, 1}, 1));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(bench_one_uniform);

void bench_one_normal(benchmark::State& state) {
  std::uint32_t id = 0;
  for (auto _ : state) benchmark::DoNotOptimize(normal(key, draws, {id++, 1}, 1));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(bench_one_normal);

void bench_lane_sum_floats(benchmark::State& state) {
  const std::vector<float> values(block, 0.1F);
  for (auto _ : state) benchmark::DoNotOptimize(lane_sum(values));
  count_items(state);
}
BENCHMARK(bench_lane_sum_floats);

void bench_ration(benchmark::State& state) {
  std::vector<RankedBid> bids(block);
  for (std::uint32_t i = 0; i < block; ++i) {
    bids[i] = {uniform(key, draws, {i, 1}, 1), key64(key, draws, {i, 1}, 1), i};
  }
  for (auto _ : state) benchmark::DoNotOptimize(ration(bids, block / 10));
  count_items(state);
}
BENCHMARK(bench_ration);

}  // namespace terrace::bench
