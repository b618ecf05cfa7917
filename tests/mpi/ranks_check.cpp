// Run by mpirun on any number of ranks: what they tell each other arrives whole. Exits 1 at the
// first difference, with a line that names it.
//
//   mpi_ranks_check [LARGEST_PIECE [BYTES]]
//
// With BYTES it only takes the time of gathering so many, all ranks' together, ten times.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "parallel/mpi_ranks.hpp"

namespace {

using Bytes = std::vector<std::byte>;

/// Bytes that tell who made them and where they stand.
Bytes pattern(std::size_t maker, std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::byte>((i * 31 + maker * 97 + (i >> 8U)) & 0xFFU);
  }
  return bytes;
}

class Check {
 public:
  explicit Check(terrace::JobRanks& ranks) : ranks_(ranks) {}

  void expect(bool holds, const std::string& what) {
    if (holds) return;
    std::fprintf(stderr, "rank %zu: %s\n", ranks_.rank(), what.c_str());
    ranks_.abort(1);
  }

  void gathers(const std::vector<std::size_t>& sizes) {
    const std::size_t own = sizes[ranks_.rank() % sizes.size()];
    const auto all = ranks_.gather_all(pattern(ranks_.rank(), own));
    expect(all.size() == ranks_.count(), "bytes of as many ranks as there are");
    for (std::size_t r = 0; r < all.size(); ++r) {
      expect(all[r] == pattern(r, sizes[r % sizes.size()]), "bytes of rank " + std::to_string(r));
    }
  }

  void passes(std::size_t from, std::size_t to, std::size_t size) {
    const bool sends = ranks_.rank() == from;
    const Bytes got = ranks_.pass(from, to, sends ? pattern(from, size) : Bytes{});
    if (ranks_.rank() == to) {
      expect(got == pattern(from, size), std::to_string(size) + " bytes from " +
                                             std::to_string(from) + " to " + std::to_string(to));
    } else {
      expect(got.empty(), "nothing for others than the receiver");
    }
  }

 private:
  terrace::JobRanks& ranks_;
};

void take_time(terrace::JobRanks& ranks, std::size_t bytes) {
  const Bytes own = pattern(ranks.rank(), bytes / ranks.count());
  for (int repeat = 0; repeat < 10; ++repeat) {
    ranks.gather_all({});  // all begin together
    const auto started = std::chrono::steady_clock::now();
    ranks.gather_all(own);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    if (ranks.rank() == 0) std::printf("%.3f s\n", took.count());
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t piece = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : terrace::kLargestPiece;
  const std::unique_ptr<terrace::JobRanks> ranks = terrace::start_mpi(piece);
  if (ranks == nullptr) {
    std::fputs("this build has no MPI\n", stderr);
    return 1;
  }
  if (argc > 2) {
    take_time(*ranks, std::strtoull(argv[2], nullptr, 10));
    return 0;
  }
  Check check(*ranks);
  const auto launched = terrace::launcher_of(terrace::environment_of_process);
  check.expect(launched.ranks == ranks->count() && launched.number == ranks->rank(),
               "the launcher's variables tell what MPI tells");
  check.gathers({0});
  check.gathers({1000});
  check.gathers({0, 1, 7, 8, 100, 0, 4097});
  check.gathers({100'000, 3});
  const std::size_t last = ranks->count() - 1;
  for (const std::size_t size : {0UL, 1UL, 6UL, 7UL, 8UL, 50'000UL}) {
    check.passes(0, last, size);
    check.passes(last, 0, size);
    check.passes(last / 2, last / 2, size);
  }
  if (ranks->rank() == 0) std::puts("ok");
  return 0;
}
