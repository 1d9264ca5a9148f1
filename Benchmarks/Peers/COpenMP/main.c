// The work of the Swift models as a C programmer would write it with OpenMP.
//
//   openmp sum|stress|empty|memory --workers P --json [--upto N | --seconds S] [--kernel scalar|simd]
//          [--schedule static|dynamic|guided] [--grain G] [--repetitions R] [--operation NAME --size BYTES]

#include <getopt.h>
#include <inttypes.h>
#include <omp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "stream.h"

typedef unsigned __int128 uint128;

typedef struct {
  const char *workload, *kernel, *operation;
  uint64_t size; // bytes of each array of memory
  int workers;
  uint64_t upTo;     // of sum, empty and memory
  uint64_t duration; // of stress, in nanoseconds
  omp_sched_t schedule;
  uint64_t grain; // numbers per chunk; 0: an empty region without a loop
  uint64_t repetitions;
} Job;

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

// The optimization barrier: no instruction, but the compiler must assume that it changes the value.
static inline uint64_t opaque(uint64_t value) {
  __asm__ volatile("" : "+r"(value));
  return value;
}

static inline double opaqueDouble(double value) {
#if defined(__x86_64__)
  __asm__ volatile("" : "+x"(value));
#elif defined(__aarch64__)
  __asm__ volatile("" : "+w"(value));
#else
  __asm__ volatile("" : "+m"(value));
#endif
  return value;
}

static uint64_t addScalar(uint64_t lower, uint64_t upper) {
  uint64_t sum = 0;
  for (uint64_t number = lower; number < upper; number++) {
    number = opaque(number);
    sum += number;
  }
  return sum;
}

static uint64_t addVectors(uint64_t lower, uint64_t upper) {
  uint64_t sum = 0;
#pragma omp simd reduction(+ : sum)
  for (uint64_t number = lower; number < upper; number++) sum += number;
  return sum;
}

// Adds blocks that are too short to overflow 64 bits: length * largest is below 2^64.
static uint128 addRange(bool vectors, uint64_t lower, uint64_t upper) {
  uint64_t length = UINT64_MAX / (upper > 1 ? upper - 1 : 1);
  uint128 total = 0;
  while (lower < upper) {
    uint64_t end = upper - lower < length ? upper : lower + length;
    total += vectors ? addVectors(lower, end) : addScalar(lower, end);
    lower = end;
  }
  return total;
}

// The parallel loop runs over chunks, not numbers: the inner loop then has full speed under every schedule, and there is
// one 128-bit addition per chunk.
static uint128 sum(const Job *job) {
  uint64_t count = job->upTo + 1, grain = job->grain, chunks = job->upTo / grain + 1;
  bool vectors = strcmp(job->kernel, "simd") == 0;
  uint128 total = 0;
#pragma omp parallel for num_threads(job->workers) schedule(runtime) reduction(+ : total)
  for (uint64_t chunk = 0; chunk < chunks; chunk++) {
    uint64_t lower = chunk * grain;
    total += addRange(vectors, lower, count - lower < grain ? count : lower + grain);
  }
  return total;
}

static uint128 empty(const Job *job) {
  if (job->grain == 0) {
#pragma omp parallel num_threads(job->workers)
    __asm__ volatile(""); // without it, the compiler removes the region
  } else {
    uint64_t chunks = job->upTo / job->grain + 1;
#pragma omp parallel for num_threads(job->workers) schedule(runtime)
    for (uint64_t chunk = 0; chunk < chunks; chunk++) __asm__ volatile("");
  }
  return 0;
}

// Four chains of integers and four of fractions, with a multiplication and an addition per step. The barriers keep the
// compiler from combining several chains in one vector.
static uint64_t operationsUntil(uint64_t deadline) {
  const uint64_t steps = 4096, operationsPerStep = 16;
  uint64_t integers[4] = {1, 2, 3, 4}, operations = 0;
  double fractions[4] = {0.1, 0.2, 0.3, 0.4};
  while (now() < deadline) {
    for (uint64_t step = 0; step < steps; step++) {
      for (int i = 0; i < 4; i++) {
        integers[i] = opaque(integers[i]) * 6364136223846793005 + 1442695040888963407;
        fractions[i] = opaqueDouble(fractions[i]) * 0.999 + 0.001;
      }
    }
    operations += steps * operationsPerStep;
  }
  return operations;
}

static uint128 stress(const Job *job, uint64_t start) {
  uint64_t operations = 0;
#pragma omp parallel num_threads(job->workers) reduction(+ : operations)
  operations += operationsUntil(start + job->duration);
  return operations;
}

static _Noreturn void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("openmp: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  exit(64);
}

static uint64_t readInteger(const char *option, const char *text, uint64_t least, uint64_t most) {
  char *end;
  uint64_t value = strtoull(text, &end, 10);
  // strtoull returns UINT64_MAX if out of range, which is above every maximum.
  if (text[strspn(text, "0123456789")] || end == text || value < least || value > most)
    fail("invalid value for %s: '%s' (expected a whole number from %" PRIu64 " to %" PRIu64 ")", option, text, least, most);
  return value;
}

static uint64_t readSeconds(const char *option, const char *text) {
  char *end;
  double value = strtod(text, &end);
  if (text[strspn(text, "0123456789.")] || *end || end == text || !(value > 0 && value <= 86400))
    fail("invalid value for %s: '%s' (expected seconds above 0, up to 86400)", option, text);
  return (uint64_t)(value * 1e9 + 0.5);
}

// Returns the text if it is one of the words, which a null pointer ends.
static const char *readWord(const char *option, const char *text, const char *const *words) {
  char known[100] = "";
  for (const char *const *word = words; *word; word++) {
    if (strcmp(text, *word) == 0) return text;
    if (*known) strcat(known, ", ");
    strcat(known, *word);
  }
  fail("invalid value for %s: '%s' (expected %s)", option, text, known);
}

static const char *const workloads[] = {"sum", "stress", "empty", "memory", NULL};
static const char *const kernels[] = {"scalar", "simd", NULL};
static const char *const schedules[] = {"static", "dynamic", "guided", NULL};
static const char *const operations[] = {"copy", "scale", "add", "triad", NULL};

static Job readJob(int count, char **arguments) {
  static const struct option options[] = {
      {"workers", required_argument, NULL, 'w'}, {"json", no_argument, NULL, 'j'},
      {"upto", required_argument, NULL, 'n'},    {"seconds", required_argument, NULL, 't'},
      {"kernel", required_argument, NULL, 'k'},  {"schedule", required_argument, NULL, 's'},
      {"grain", required_argument, NULL, 'g'},   {"repetitions", required_argument, NULL, 'r'},
      {"size", required_argument, NULL, 'b'},    {"operation", required_argument, NULL, 'o'},
      {NULL, 0, NULL, 0}};
  Job job = {.kernel = "scalar", .operation = "triad", .size = 256 << 20, .upTo = UINT64_MAX, .repetitions = 1};
  const char *schedule = "";
  arguments[0] = "openmp"; // the prefix of getopt's own messages
  for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
    if (option == '?') exit(64); // getopt has printed the reason
    if (option == 'w') job.workers = (int)readInteger("--workers", optarg, 1, 4096);
    if (option == 'n') job.upTo = readInteger("--upto", optarg, 0, UINT64_MAX - 1);
    if (option == 't') job.duration = readSeconds("--seconds", optarg);
    if (option == 'k') job.kernel = readWord("--kernel", optarg, kernels);
    if (option == 's') schedule = readWord("--schedule", optarg, schedules);
    if (option == 'g') job.grain = readInteger("--grain", optarg, 1, UINT64_MAX - 1);
    if (option == 'b') job.size = readInteger("--size", optarg, 1024, (uint64_t)1 << 46);
    if (option == 'o') job.operation = readWord("--operation", optarg, operations);
    if (option == 'r') job.repetitions = readInteger("--repetitions", optarg, 1, 1000000);
  }
  if (optind + 1 != count) fail("expected one workload: sum, stress, empty or memory");
  job.workload = readWord("the workload", arguments[optind], workloads);
  if (job.workers == 0) fail("missing option: --workers P");
  if (job.workers > omp_get_thread_limit()) fail("too many workers: OpenMP allows %d threads", omp_get_thread_limit());

  bool arrays = strcmp(job.workload, "memory") == 0;
  bool bare = strcmp(job.workload, "empty") == 0, period = strcmp(job.workload, "stress") == 0;
  if (bare && job.upTo == UINT64_MAX) job.upTo = 0;
  if (period != (job.duration != 0) || period != (job.upTo == UINT64_MAX))
    fail("%s needs %s", job.workload, period ? "--seconds S and no --upto" : "--upto N and no --seconds");
  if (strcmp(job.kernel, "simd") == 0 && strcmp(job.workload, "sum") && !arrays) fail("--kernel simd has no effect with %s", job.workload);

  job.schedule = *schedule == 'd' ? omp_sched_dynamic : *schedule == 'g' ? omp_sched_guided : omp_sched_static;
  if (job.grain == 0 && !(bare && !*schedule && job.upTo == 0)) {
    // A static schedule gives each thread one contiguous range; the others need chunks to balance with.
    uint64_t chunks = (uint64_t)job.workers * (job.schedule == omp_sched_static ? 1 : 64);
    job.grain = job.upTo / chunks + 1; // (upTo + 1) / chunks, rounded up
  }
  return job;
}

static void printDecimal(uint128 value) {
  if (value > 9) printDecimal(value / 10);
  putchar('0' + (int)(value % 10));
}

int main(int count, char **arguments) {
  Job job = readJob(count, arguments);
  uint64_t *regions = calloc(job.repetitions, sizeof *regions);
  if (!regions) fail("cannot allocate memory for %" PRIu64 " times", job.repetitions);
  omp_set_dynamic(0); // exactly as many threads as requested, whatever the load of the machine
  omp_set_schedule(job.schedule, 1);

  Stream stream = {.workers = job.workers, .steps = job.upTo + 1, .operation = *job.operation};
  stream.streaming = strcmp(job.kernel, "simd") == 0;
  bool arrays = strcmp(job.workload, "memory") == 0;
  if (arrays && !streamPrepare(&stream, job.size)) fail("cannot allocate arrays of %" PRIu64 " bytes", job.size);
  uint128 result = 0;
  for (uint64_t i = 0; i < job.repetitions; i++) {
    uint64_t start = now();
    if (arrays) streamRun(&stream);
    else result = job.duration ? stress(&job, start) : strcmp(job.workload, "sum") == 0 ? sum(&job) : empty(&job);
    regions[i] = now() - start;
  }

  if (arrays) result = streamCheck(&stream);

  printf("{\"schema\":\"scaleup.trial/1\",\"model\":\"openmp\",\"workload\":\"%s\",\"kernel\":\"%s\",\"workers\":%d,",
         job.workload, job.kernel, job.workers);
  printf("\"%s\":%" PRIu64, job.duration ? "duration" : "upTo", job.duration ? job.duration : job.upTo);
  if (arrays) printf(",\"operation\":\"%s\",\"size\":%" PRIu64, job.operation, job.size);
  printf(",\"result\":\"");
  printDecimal(result);
  printf("\",\"region\":%" PRIu64, regions[job.repetitions - 1]);
  if (job.repetitions > 1) {
    for (uint64_t i = 0; i < job.repetitions; i++) printf("%s%" PRIu64, i ? "," : ",\"regions\":[", regions[i]);
    putchar(']');
  }
  puts("}");
  free(regions);
}
