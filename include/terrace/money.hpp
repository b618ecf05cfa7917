// Public money: whole fen, nominal, in 64 bits. A county's ledger balances exactly, every month.
#pragma once

#include <cstdint>

namespace terrace {

/// One hundredth of a nominal yuan. Public money is never held in a floating-point number.
using Fen = std::int64_t;

/// Rounds a nominal amount in yuan to the nearest fen, halves away from zero.
constexpr Fen to_fen(double yuan) {
  const double fen = yuan * 100.0;
  return static_cast<Fen>(fen < 0.0 ? fen - 0.5 : fen + 0.5);
}

constexpr double to_yuan(Fen fen) { return static_cast<double>(fen) / 100.0; }

}  // namespace terrace
