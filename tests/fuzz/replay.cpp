// Stands in for libFuzzer where there is none: every input of the folders named, then inputs made
// of them by rule, for as long as -max_total_time says. Coverage does not guide it.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

class Draws {
 public:
  std::size_t operator()(std::size_t below) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return below == 0 ? 0 : static_cast<std::size_t>(state_ >> 33U) % below;
  }

 private:
  std::uint64_t state_ = 20131103;
};

Input spoilt(Input input, const std::vector<Input>& others, Draws& draw) {
  for (std::size_t edits = 1 + draw(4); edits > 0; --edits) {
    const Input& other = others[draw(others.size())];
    const auto at = static_cast<std::ptrdiff_t>(draw(input.size() + 1));
    const auto length = static_cast<std::ptrdiff_t>(draw(16));
    const std::ptrdiff_t end = std::min<std::ptrdiff_t>(at + length, std::ssize(input));
    const auto from = static_cast<std::ptrdiff_t>(draw(other.size() + 1));
    const std::ptrdiff_t to = std::min<std::ptrdiff_t>(from + length, std::ssize(other));
    switch (draw(4)) {
      case 0:
        if (at < std::ssize(input))
          input[static_cast<std::size_t>(at)] = static_cast<std::uint8_t>(draw(256));
        break;
      case 1:
        input.erase(input.begin() + at, input.begin() + end);
        break;
      case 2:
        input.insert(input.begin() + at, static_cast<std::uint8_t>(draw(256)));
        break;
      default:
        input.insert(input.begin() + at, other.begin() + from, other.begin() + to);
    }
  }
  return input;
}

void run(const Input& input) {
  // An input of exactly its length, so that a read beyond it is seen.
  const Input exact(input);
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<Input> inputs;
  double seconds = 0.0;
  constexpr std::string_view kTime = "-max_total_time=";
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word.starts_with(kTime)) seconds = std::atof(argv[i] + kTime.size());
    if (word.starts_with('-')) continue;
    for (const auto& file : std::filesystem::directory_iterator(word)) {
      std::ifstream in(file.path(), std::ios::binary);
      inputs.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
  }
  if (inputs.empty()) return std::puts("no inputs"), 1;
  for (const Input& input : inputs) run(input);
  Draws draw;
  const auto started = std::chrono::steady_clock::now();
  std::size_t runs = inputs.size();
  while (std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count() <
         seconds) {
    run(spoilt(inputs[draw(inputs.size())], inputs, draw));
    ++runs;
  }
  return std::printf("%zu inputs\n", runs), 0;
}
