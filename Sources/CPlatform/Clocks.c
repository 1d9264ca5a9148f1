#define _GNU_SOURCE
#include "CPlatform.h"

static uint64_t time_of(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

uint64_t scaleup_monotonic_time(void) { return time_of(CLOCK_MONOTONIC); }

uint64_t scaleup_thread_cpu_time(void) { return time_of(CLOCK_THREAD_CPUTIME_ID); }

uint64_t scaleup_process_cpu_time(void) { return time_of(CLOCK_PROCESS_CPUTIME_ID); }
