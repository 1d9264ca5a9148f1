#define _GNU_SOURCE
#include "CPlatform.h"

uint64_t scaleup_soft_limit(enum scaleup_resource resource) {
  static const int resources[] = {
      [SCALEUP_STACK] = RLIMIT_STACK,           [SCALEUP_ADDRESS_SPACE] = RLIMIT_AS,
      [SCALEUP_PROCESSES] = RLIMIT_NPROC,       [SCALEUP_OPEN_FILES] = RLIMIT_NOFILE,
      [SCALEUP_CPU_TIME] = RLIMIT_CPU,
  };
  struct rlimit limit;
  if (getrlimit(resources[resource], &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return UINT64_MAX;
  return limit.rlim_cur;
}

int scaleup_nice(int *level) {
  // -1 is a level too.
  errno = 0;
  *level = getpriority(PRIO_PROCESS, 0);
  return *level == -1 && errno != 0 ? -1 : 0;
}

const char *scaleup_scheduling_policy(void) {
#if defined(__linux__)
  int policy = sched_getscheduler(0);
  switch (policy < 0 ? policy : policy & ~SCHED_RESET_ON_FORK) {
  case SCHED_OTHER: return "other";
  case SCHED_BATCH: return "batch";
  case SCHED_IDLE: return "idle";
  case SCHED_FIFO: return "fifo";
  case SCHED_RR: return "rr";
  case 6: return "deadline";
  }
#endif
  return NULL;
}
