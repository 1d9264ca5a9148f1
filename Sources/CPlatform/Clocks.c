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

#if defined(__linux__)
int scaleup_time_of_process(pid_t process, uint64_t *time, uint64_t *children) {
  clockid_t clock;
  struct timespec reading;
  // The clock of a number that no process can have would be that of another process.
  if (process <= 0 || process > 1 << 28) return -1;
  if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &reading) != 0) return -1;
  *time = (uint64_t)reading.tv_sec * 1000000000 + (uint64_t)reading.tv_nsec;
  *children = 0;
  return 0;
}

int scaleup_children(pid_t process, pid_t *children, int capacity) {
  (void)process, (void)children, (void)capacity;
  return -1;
}
#endif
