#define _GNU_SOURCE
#include "CPlatform.h"

#include "StandardStreams.h"

#if defined(__linux__)
#include <linux/perf_event.h>
#include <sys/syscall.h>
#endif

int scaleup_open_counter(enum scaleup_counter counter, pid_t process) {
#if defined(__linux__)
  static const struct {
    uint32_t type;
    uint64_t event;
  } counters[] = {
      [SCALEUP_CYCLES] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES},
      [SCALEUP_INSTRUCTIONS] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS},
      [SCALEUP_MIGRATIONS] = {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_MIGRATIONS},
      [SCALEUP_CONTEXT_SWITCHES] = {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CONTEXT_SWITCHES},
      [SCALEUP_TASK_CLOCK] = {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK},
  };
  struct perf_event_attr attributes = {
      .size = sizeof attributes,
      .type = counters[counter].type,
      .config = counters[counter].event,
      .inherit = 1,
      .read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING,
      // Counting the kernel's own cycles requires privileges. Events in the kernel, such as migrations, would
      // read 0 if it were excluded.
      .exclude_kernel = counters[counter].type == PERF_TYPE_HARDWARE,
      .exclude_hv = counters[counter].type == PERF_TYPE_HARDWARE,
  };
  return scaleup_above_standard_streams(
      (int)syscall(SYS_perf_event_open, &attributes, process, -1, -1, PERF_FLAG_FD_CLOEXEC));
#else
  (void)counter;
  (void)process;
  errno = ENOSYS;
  return -1;
#endif
}
