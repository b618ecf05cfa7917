#include "terrace/digest.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace terrace {
namespace {

template <typename... Values>
std::string digest_of(const Values&... values) {
  Digest digest;
  (digest.add(values), ...);
  return digest.hex();
}

std::string digest_of_bytes(const std::string& bytes) {
  Digest digest;
  digest.add(std::as_bytes(std::span(bytes)));
  return digest.hex();
}

// The first is published with XXH3; the others are from its one-shot function, built without SIMD.
TEST(Digest, KnownAnswers) {
  EXPECT_EQ(Digest().hex(), "99aa06d3014798d86001c324468d497f");
  EXPECT_EQ(digest_of_bytes("terrace"), "3e958ea347847eafdb4b915d0d34470b");
  EXPECT_EQ(digest_of_bytes(std::string(1000, 'x')), "50a1af5a5f2dcf01c0a4877b962cba82");
}

TEST(Digest, FixedAnswerOfEveryKindOfValue) {
  const std::vector<double> doubles{0.1, -0.0, 1e300};
  const std::vector<float> floats{0.1F, 2.0F};
  EXPECT_EQ(digest_of("text", std::uint64_t{1}, -1, 0.1, 0.1F, true, std::span(doubles),
                      std::span(floats)),
            "fdb06f774191b8c5e20935536bad1b84");
}

TEST(Digest, BytesHaveOneOrder) {
  Digest digest;
  const std::uint8_t bytes[] = {0x08, 0x07, 0x06, 0x05, 0x04, 0x03, 0x02, 0x01};
  digest.add(std::as_bytes(std::span(bytes)));
  EXPECT_EQ(digest.hex(), digest_of(std::uint64_t{0x0102030405060708}));
}

TEST(Digest, PiecesMakeNoDifferenceButLengthsOfTextDo) {
  Digest pieces;
  const std::string text(700, 'y');
  for (std::size_t i = 0; i < text.size(); i += 7) {
    pieces.add(std::as_bytes(std::span(text)).subspan(i, 7));
  }
  EXPECT_EQ(pieces.hex(), digest_of_bytes(text));
  EXPECT_NE(digest_of("ab", "c"), digest_of("a", "bc"));
  EXPECT_NE(digest_of("a", ""), digest_of("", "a"));
}

TEST(Digest, FloatsAreCanonical) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const double other_nan = std::bit_cast<double>(0xfff0000000000123u);
  EXPECT_EQ(digest_of(nan), digest_of(other_nan));
  EXPECT_EQ(digest_of(-nan), digest_of(nan));
  EXPECT_EQ(digest_of(std::numeric_limits<float>::quiet_NaN()), digest_of(nan));
  EXPECT_EQ(digest_of(-0.0), digest_of(0.0));
  EXPECT_EQ(digest_of(0.5F), digest_of(0.5));
  EXPECT_NE(digest_of(1.0), digest_of(std::nextafter(1.0, 2.0)));
}

TEST(Digest, IntegersAreWidened) {
  EXPECT_EQ(digest_of(std::int8_t{-3}), digest_of(std::int64_t{-3}));
  EXPECT_EQ(digest_of(std::uint16_t{7}), digest_of(std::uint64_t{7}));
  EXPECT_NE(digest_of(-1), digest_of(1));
}

TEST(Digest, ColumnsAreTheirValuesAfterTheirNumber) {
  std::vector<double> column(1000);
  Digest one_by_one;
  one_by_one.add(std::uint64_t{column.size()});
  for (std::size_t i = 0; i < column.size(); ++i) {
    column[i] = static_cast<double>(i) * 0.1 - 50.0;
    one_by_one.add(column[i]);
  }
  EXPECT_EQ(digest_of(std::span<const double>(column)), one_by_one.hex());
  EXPECT_NE(digest_of(std::span<const double>()), Digest().hex());
}

TEST(Digest, ReadingDoesNotEndItAndCopiesAreApart) {
  Digest digest;
  digest.add(1);
  const std::string before = digest.hex();
  EXPECT_EQ(digest.hex(), before);
  Digest copy = digest;
  copy.add(2);
  EXPECT_EQ(digest.hex(), before);
  digest.add(2);
  EXPECT_EQ(digest.hex(), copy.hex());
  const Digest moved = std::move(copy);
  EXPECT_EQ(moved.hex(), digest.hex());
  digest = moved;
  EXPECT_EQ(digest.hex(), moved.hex());
}

}  // namespace
}  // namespace terrace
