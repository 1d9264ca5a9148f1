// Holds every vector kernel of this architecture to the closed form, in the cases of KernelTests.swift, and those of arrays to
// plain loops, in the cases of StreamTests.swift. Prints the kernels and the number of cases; exits with 1 at the first wrong
// result.

#include <stdio.h>
#include <stdlib.h>

#include "CKernels.h"

static long cases = 0;

static void expect_exact(const scaleup_vector_kernel *kernel, uint64_t lower, uint64_t upper) {
  scaleup_total found = kernel->sum(lower, upper);
  unsigned __int128 right = 0;
  if (lower < upper) {
    // One of the factors is even.
    unsigned __int128 count = upper - lower, ends = (unsigned __int128)lower + upper - 1;
    right = count % 2 == 0 ? count / 2 * ends : count * (ends / 2);
  }
  cases++;
  if (found.low == (uint64_t)right && found.high == (uint64_t)(right >> 64)) return;
  printf("%s: the sum of %llu ..< %llu is wrong\n", kernel->name, (unsigned long long)lower, (unsigned long long)upper);
  exit(1);
}

static void lengths(const scaleup_vector_kernel *kernel) {
  const uint64_t parts[] = {8, 12, 16, 24, 64}, lowers[] = {0, 1, 7, 1000};
  for (uint64_t multiple = 0; multiple <= 4; multiple++)
    for (int part = 0; part < 5; part++) {
      uint64_t middle = multiple * parts[part];
      for (uint64_t length = middle - (middle < 3 ? middle : 3); length <= middle + 3; length++)
        for (int lower = 0; lower < 4; lower++) expect_exact(kernel, lowers[lower], lowers[lower] + length);
    }
}

static void powers(const scaleup_vector_kernel *kernel) {
  const int exponents[] = {16, 31, 32, 33, 48, 53, 57, 58, 59, 60, 61, 62, 63};
  const uint64_t lengths[] = {1, 63, 64, 65, 127, 129, 1000, 4096, 5001};
  for (int power = 0; power < 13; power++)
    for (int place = 0; place < 9; place++) {
      uint64_t middle = (uint64_t)1 << exponents[power], length = lengths[place];
      const uint64_t lowers[] = {middle - length, middle - length / 2, middle - 1, middle, middle + 1};
      for (int lower = 0; lower < 5; lower++) expect_exact(kernel, lowers[lower], lowers[lower] + length);
    }
}

static void largest_numbers(const scaleup_vector_kernel *kernel) {
  for (int place = 0; place < 204; place++) {
    const uint64_t further[] = {1000, 4096, 65537};
    uint64_t length = place <= 200 ? (uint64_t)place : further[place - 201];
    expect_exact(kernel, UINT64_MAX - length, UINT64_MAX);
    expect_exact(kernel, UINT64_MAX - length - 5, UINT64_MAX - 5);
    for (uint64_t part = 2; part <= 3; part++)
      expect_exact(kernel, UINT64_MAX / part - length / 2, UINT64_MAX / part + (length + 1) / 2);
  }
}

enum { ROOM = 160 };

// Calls a loop for some elements, and compares all memory with what a plain loop makes of it.
static void expect_stream(const char *name, scaleup_stream_loop loop, int operation, int count, const int offsets[3]) {
  static double memory[3 * ROOM], right[3 * ROOM];
  for (int place = 0; place < 3 * ROOM; place++) memory[place] = right[place] = place + 0.5;
  const double factor = 1.25, *first = right + ROOM + offsets[1], *second = right + 2 * ROOM + offsets[2];
  for (int i = 0; i < count; i++) {
    double values[] = {first[i], factor * first[i], first[i] + second[i], first[i] + factor * second[i]};
    right[offsets[0] + i] = values[operation];
  }
  loop(memory + offsets[0], memory + ROOM + offsets[1], memory + 2 * ROOM + offsets[2], factor, (size_t)count);
  cases++;
  for (int place = 0; place < 3 * ROOM; place++)
    if (memory[place] != right[place]) {
      printf("%s: operation %d on %d elements is wrong\n", name, operation, count);
      exit(1);
    }
}

static void streams(void) {
  int count;
  const scaleup_stream_kernel *kernels = scaleup_stream_kernels(&count);
  const int offsets[][3] = {{0, 0, 0}, {1, 0, 3}, {7, 2, 5}, {4, 1, 1}};
  for (int place = 0; place < count; place++) {
    if (!kernels[place].has()) continue;
    const scaleup_stream_loops all[] = {kernels[place].ordinary, kernels[place].streaming};
    for (int variant = 0; variant < 2; variant++) {
      const scaleup_stream_loop loops[] = {all[variant].copy, all[variant].scale, all[variant].add, all[variant].triad};
      for (int operation = 0; operation < 4; operation++)
        for (int length = 0; length <= 130; length++)
          for (int offset = 0; offset < 4; offset++)
            expect_stream(kernels[place].name, loops[operation], operation, length, offsets[offset]);
    }
    printf("%s (arrays) ", kernels[place].name);
  }
}

int main(void) {
  int count;
  const scaleup_vector_kernel *kernels = scaleup_vector_kernels(&count);
  for (int place = 0; place < count; place++) {
    if (!kernels[place].has()) continue;
    lengths(&kernels[place]);
    powers(&kernels[place]);
    largest_numbers(&kernels[place]);
    printf("%s ", kernels[place].name);
  }
  streams();
  printf("exact in %ld cases\n", cases);
  return cases == 0;
}
