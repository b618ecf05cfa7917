// How a loop comes to use the vector units of the machine it runs on, in a program that starts on
// any x86-64: the compiler makes several clones of one function and the loader picks one.
//
// A clone differs from its sisters in speed only. Everything in terrace::exact and in the keyed
// draws is made of operations that IEEE 754 rounds in one way, so all clones return the same bits,
// provided that the program is compiled with -ffp-contract=off and without -ffast-math.
#pragma once

#include <cstddef>  // makes the C library name itself

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TERRACE_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define TERRACE_SANITIZED 1
#endif
#endif

// Stands before the definition of a function with external linkage that holds a loop to vectorise,
// in a .cpp file. Nothing under a sanitizer, whose runtime is not yet up when the loader resolves
// clones, and nothing on other systems, where the loop is compiled for the baseline.
#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__) && \
    !defined(TERRACE_SANITIZED) && !defined(TERRACE_NO_CLONES)
#define TERRACE_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define TERRACE_CLONES
#endif

// Stands before a loop over columns that never overlap: too many pointers for the compiler to
// check.
#if defined(__clang__)
#define TERRACE_NO_ALIASES _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define TERRACE_NO_ALIASES _Pragma("GCC ivdep")
#else
#define TERRACE_NO_ALIASES
#endif

// For the small functions that such loops call: a call left in the loop would stop it from
// being vectorised, and the callee would have been compiled for the baseline only.
#if defined(__GNUC__)
#define TERRACE_ALWAYS_INLINE [[gnu::always_inline]] inline
#else
#define TERRACE_ALWAYS_INLINE inline
#endif
