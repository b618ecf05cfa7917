// Only the C interface of MPI: its C++ one was taken out of the standard.
#define OMPI_SKIP_MPICXX 1
#define MPICH_SKIP_MPICXX 1
#include "parallel/mpi_ranks.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>
#include <string>
#include <vector>

#include <mpi.h>

namespace terrace {
namespace {

constexpr int kInputOutput = 74;  // the exit status of a failed transfer, as of a failed write
constexpr int kTag = 1;

class MpiRanks final : public JobRanks {
 public:
  explicit MpiRanks(std::size_t largest_piece)
      : largest_piece_(std::max<std::size_t>(1, largest_piece)) {
    int threads = MPI_THREAD_SINGLE;
    // Threads of a rank advance its counties; only the main one talks to other ranks.
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &threads);
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    check(MPI_Comm_dup(MPI_COMM_WORLD, &world_), "MPI_Comm_dup");
    check(MPI_Comm_set_errhandler(world_, MPI_ERRORS_RETURN), "MPI_Comm_set_errhandler");
    check(MPI_Comm_rank(world_, &rank_), "MPI_Comm_rank");
    check(MPI_Comm_size(world_, &count_), "MPI_Comm_size");
    if (threads < MPI_THREAD_FUNNELED) {
      refuse("this MPI does not let a process with threads call it (MPI_THREAD_FUNNELED)");
    }
  }
  MpiRanks(const MpiRanks&) = delete;
  MpiRanks& operator=(const MpiRanks&) = delete;
  ~MpiRanks() override {
    MPI_Comm_free(&world_);
    MPI_Finalize();
  }

  std::size_t rank() const override { return static_cast<std::size_t>(rank_); }
  std::size_t count() const override { return static_cast<std::size_t>(count_); }

  std::vector<std::vector<std::byte>> gather_all(std::span<const std::byte> own) override {
    const std::vector<std::uint64_t> sizes = gather_sizes(own.size());
    std::vector<std::vector<std::byte>> all(count());
    for (std::size_t r = 0; r < count(); ++r) all[r].resize(sizes[r]);
    const std::uint64_t longest = *std::ranges::max_element(sizes);
    // All ranks know all sizes, so they make the same number of calls, those without bytes too.
    const std::size_t piece = std::max<std::size_t>(1, largest_piece_ / count());
    for (std::uint64_t from = 0; from < longest; from += piece) gather_piece(own, from, piece, all);
    return all;
  }

  std::vector<std::byte> pass(std::size_t from, std::size_t to,
                              std::span<const std::byte> bytes) override {
    if (from == to) return {bytes.begin(), bytes.end()};
    if (rank() == from) send(to, bytes);
    return rank() == to ? receive(from) : std::vector<std::byte>{};
  }

  [[noreturn]] void abort(int exit_status) override {
    std::fflush(nullptr);
    MPI_Abort(MPI_COMM_WORLD, exit_status);
    std::abort();  // not reached: MPI_Abort may be declared to return
  }

 private:
  [[noreturn]] void refuse(const std::string& why) {
    const std::string line = "terrace: rank " + std::to_string(rank_) + " of " +
                             std::to_string(count_) + ": " + why + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
    abort(kInputOutput);
  }

  void check(int result, const char* call) {
    if (result == MPI_SUCCESS) return;
    std::array<char, MPI_MAX_ERROR_STRING + 1> text{};
    int length = 0;
    MPI_Error_string(result, text.data(), &length);
    refuse(std::string(call) + " failed: " + text.data());
  }

  std::vector<std::uint64_t> gather_sizes(std::size_t own) {
    const std::uint64_t size = own;
    std::vector<std::uint64_t> sizes(count());
    check(MPI_Allgather(&size, 1, MPI_UINT64_T, sizes.data(), 1, MPI_UINT64_T, world_),
          "MPI_Allgather");
    return sizes;
  }

  /// What each rank has from byte `from` on, `piece` bytes at most.
  void gather_piece(std::span<const std::byte> own, std::uint64_t from, std::size_t piece,
                    std::vector<std::vector<std::byte>>& all) {
    const auto part = [&](std::size_t size) {
      return from < size ? std::min<std::size_t>(piece, size - from) : 0;
    };
    std::vector<int> lengths(count());
    std::vector<int> places(count());
    std::size_t end = 0;
    for (std::size_t r = 0; r < count(); ++r) {
      places[r] = static_cast<int>(end);
      lengths[r] = static_cast<int>(part(all[r].size()));
      end += part(all[r].size());
    }
    received_.resize(end);
    const std::byte* first = part(own.size()) > 0 ? own.data() + from : own.data();
    check(MPI_Allgatherv(first, lengths[rank()], MPI_BYTE, received_.data(), lengths.data(),
                         places.data(), MPI_BYTE, world_),
          "MPI_Allgatherv");
    for (std::size_t r = 0; r < count(); ++r) {
      std::copy_n(received_.begin() + places[r], lengths[r],
                  all[r].begin() + static_cast<std::ptrdiff_t>(lengths[r] > 0 ? from : 0));
    }
  }

  void send(std::size_t to, std::span<const std::byte> bytes) {
    const auto other = static_cast<int>(to);
    const std::uint64_t size = bytes.size();
    check(MPI_Send(&size, 1, MPI_UINT64_T, other, kTag, world_), "MPI_Send");
    while (!bytes.empty()) {
      const std::size_t length = std::min(largest_piece_, bytes.size());
      check(MPI_Send(bytes.data(), static_cast<int>(length), MPI_BYTE, other, kTag, world_),
            "MPI_Send");
      bytes = bytes.subspan(length);
    }
  }

  std::vector<std::byte> receive(std::size_t from) {
    const auto other = static_cast<int>(from);
    std::uint64_t size = 0;
    check(MPI_Recv(&size, 1, MPI_UINT64_T, other, kTag, world_, MPI_STATUS_IGNORE), "MPI_Recv");
    std::vector<std::byte> bytes(size);
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t length = std::min(largest_piece_, bytes.size() - at);
      check(MPI_Recv(bytes.data() + at, static_cast<int>(length), MPI_BYTE, other, kTag, world_,
                     MPI_STATUS_IGNORE),
            "MPI_Recv");
      at += length;
    }
    return bytes;
  }

  std::size_t largest_piece_;
  MPI_Comm world_ = MPI_COMM_NULL;
  int rank_ = 0;
  int count_ = 1;
  std::vector<std::byte> received_;  ///< kept, so that memory is asked for once
};

}  // namespace

bool built_with_mpi() { return true; }

std::unique_ptr<JobRanks> start_mpi(std::size_t largest_piece) {
  return std::make_unique<MpiRanks>(largest_piece);
}

}  // namespace terrace
