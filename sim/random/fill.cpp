// The block draws. Each loop body is the scalar definition of random.hpp with the parts that do not
// change from id to id moved out; the compiler vectorises it in each clone.
#include <cstddef>

#include "terrace/check.hpp"
#include "terrace/clones.hpp"
#include "terrace/random.hpp"

namespace terrace {

namespace {

struct FillBase {
  Block key;
  Block counter;  // its first word is overwritten by each id
};

FillBase fill_base(RunKey key, StreamId stream, std::uint16_t county, std::int32_t month) {
  return {{static_cast<std::uint32_t>(key.seed), static_cast<std::uint32_t>(key.seed >> 32),
           key.replicate, 0u},
          {0u, static_cast<std::uint32_t>(county) << 16, static_cast<std::uint32_t>(month),
           stream.value}};
}

}  // namespace

namespace detail {

// Clones need external linkage, and pointers that the compiler knows not to overlap.

void fill_normals_loop(const Block& key, const Block& counter, std::size_t count,
                       const std::uint32_t* __restrict ids, float* __restrict out);
void fill_uniforms_loop(const Block& key, const Block& counter, std::size_t count,
                        const std::uint32_t* __restrict ids, float* __restrict out);
void fill_normal_uniform_loop(const Block& key, const Block& counter, std::size_t count,
                              const std::uint32_t* __restrict ids, float* __restrict normal_a,
                              float* __restrict normal_b, float* __restrict uniform);

TERRACE_CLONES void fill_normals_loop(const Block& key, const Block& counter, std::size_t count,
                                      const std::uint32_t* __restrict ids, float* __restrict out) {
  const Block k = key, c = counter;
  for (std::size_t i = 0; i < count; ++i) {
    const Block block = threefry4x32_20({ids[i], c[1], c[2], c[3]}, k);
    float a, b;
    exact::normal_pair(block[0], block[1], a, b);
    out[i] = a;
  }
}

TERRACE_CLONES void fill_uniforms_loop(const Block& key, const Block& counter, std::size_t count,
                                       const std::uint32_t* __restrict ids, float* __restrict out) {
  const Block k = key, c = counter;
  for (std::size_t i = 0; i < count; ++i) {
    out[i] = uniform24(threefry4x32_20({ids[i], c[1], c[2], c[3]}, k)[0]);
  }
}

TERRACE_CLONES void fill_normal_uniform_loop(const Block& key, const Block& counter,
                                             std::size_t count, const std::uint32_t* __restrict ids,
                                             float* __restrict normal_a, float* __restrict normal_b,
                                             float* __restrict uniform) {
  const Block k = key, c = counter;
  for (std::size_t i = 0; i < count; ++i) {
    const Block block = threefry4x32_20({ids[i], c[1], c[2], c[3]}, k);
    float a, b;
    exact::normal_pair(block[0], block[1], a, b);
    normal_a[i] = a;
    normal_b[i] = b;
    uniform[i] = uniform24(block[2]);
  }
}

}  // namespace detail

void fill_normals(RunKey key, StreamId stream, std::uint16_t county, std::int32_t month,
                  std::span<const std::uint32_t> ids, std::span<float> out) {
  require(out.size() == ids.size(), "fill_normals: one number for each id");
  const FillBase base = fill_base(key, stream, county, month);
  detail::fill_normals_loop(base.key, base.counter, ids.size(), ids.data(), out.data());
}

void fill_uniforms(RunKey key, StreamId stream, std::uint16_t county, std::int32_t month,
                   std::span<const std::uint32_t> ids, std::span<float> out) {
  require(out.size() == ids.size(), "fill_uniforms: one number for each id");
  const FillBase base = fill_base(key, stream, county, month);
  detail::fill_uniforms_loop(base.key, base.counter, ids.size(), ids.data(), out.data());
}

void fill_normal_uniform(RunKey key, StreamId stream, std::uint16_t county, std::int32_t month,
                         std::span<const std::uint32_t> ids, std::span<float> normal_a,
                         std::span<float> normal_b, std::span<float> uniform) {
  require(normal_a.size() == ids.size() && normal_b.size() == ids.size() &&
              uniform.size() == ids.size(),
          "fill_normal_uniform: one number for each id");
  const FillBase base = fill_base(key, stream, county, month);
  detail::fill_normal_uniform_loop(base.key, base.counter, ids.size(), ids.data(), normal_a.data(),
                                   normal_b.data(), uniform.data());
}

}  // namespace terrace
