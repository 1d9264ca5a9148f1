#ifndef SCALEUP_MACHINE_H
#define SCALEUP_MACHINE_H

// Values that the kernel of Darwin reports, and event counters.

#include "SystemHeaders.h"

#pragma clang assume_nonnull begin

/// Copies a value of the kernel's by its name (`sysctlbyname(3)`), such as "hw.memsize". Returns its size in bytes; -1 if
/// there is no such value, if it is larger than the buffer, or if the system is not Darwin.
ssize_t scaleup_system_value(const char *name, void *buffer, size_t size);

/// Copies the time of every CPU since the machine started, in ticks (`_SC_CLK_TCK` per second): four counters per CPU that
/// wrap around, for user mode, the kernel, idling, and niced user mode. Returns the number of CPUs, of which at most
/// `capacity` are copied; -1 if the system is not Darwin.
int scaleup_core_ticks(uint32_t *ticks, int capacity);

/// Returns the thermal pressure: 0 nominal, 1 moderate, 2 heavy, 3 trapping, 4 sleeping; -1 if the system does not report
/// it.
int scaleup_thermal_pressure(void);

/// An event that can be counted.
enum scaleup_counter {
  /// CPU cycles in user mode.
  SCALEUP_CYCLES,
  /// Instructions completed in user mode.
  SCALEUP_INSTRUCTIONS,
  /// Migrations from one core to another.
  SCALEUP_MIGRATIONS,
  /// Context switches.
  SCALEUP_CONTEXT_SWITCHES,
  /// Nanoseconds spent running on a core.
  SCALEUP_TASK_CLOCK,
};

/// Starts counting for a process with one thread, and for all threads and processes that it creates from now
/// on; 0 means the calling thread. Three 64-bit numbers can be read from the descriptor: the count, the
/// nanoseconds during which the counter was enabled, and those during which it ran. Returns a descriptor,
/// closed on exec and above those of the standard streams, or -1 with errno.
int scaleup_open_counter(enum scaleup_counter counter, pid_t process);

#pragma clang assume_nonnull end

#endif
