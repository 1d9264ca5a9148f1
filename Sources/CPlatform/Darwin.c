#define _GNU_SOURCE
#include "CPlatform.h"

#if defined(__APPLE__)
#include <libkern/OSThermalNotification.h>
#include <libproc.h>
#include <mach/mach.h>
#include <mach/mach_time.h>
#include <pthread.h>
#include <sys/sysctl.h>

// From <notify.h>, which not every collection of Darwin's headers has.
uint32_t notify_register_check(const char *name, int *token);
uint32_t notify_get_state(int token, uint64_t *state);
uint32_t notify_cancel(int token);
enum { NOTIFICATION_OK = 0 };

ssize_t scaleup_system_value(const char *name, void *buffer, size_t size) {
  return sysctlbyname(name, buffer, &size, NULL, 0) == 0 ? (ssize_t)size : -1;
}

int scaleup_core_ticks(uint32_t *ticks, int capacity) {
  natural_t cores = 0;
  processor_info_array_t array = NULL;
  mach_msg_type_number_t length = 0;
  mach_port_t host = mach_host_self();
  kern_return_t code = host_processor_info(host, PROCESSOR_CPU_LOAD_INFO, &cores, &array, &length);
  mach_port_deallocate(mach_task_self(), host);
  if (code != KERN_SUCCESS) return -1;
  const processor_cpu_load_info_t loads = (processor_cpu_load_info_t)array;
  for (natural_t core = 0; core < cores && (int)core < capacity; core++) {
    uint32_t *counters = ticks + 4 * core;
    counters[0] = loads[core].cpu_ticks[CPU_STATE_USER];
    counters[1] = loads[core].cpu_ticks[CPU_STATE_SYSTEM];
    counters[2] = loads[core].cpu_ticks[CPU_STATE_IDLE];
    counters[3] = loads[core].cpu_ticks[CPU_STATE_NICE];
  }
  vm_deallocate(mach_task_self(), (vm_address_t)array, length * sizeof *array);
  return (int)cores;
}

int scaleup_time_of_process(pid_t process, uint64_t *time, uint64_t *children) {
  struct rusage_info_v2 usage;
  mach_timebase_info_data_t base;
  if (proc_pid_rusage(process, RUSAGE_INFO_V2, (rusage_info_t *)&usage) != 0) return -1;
  if (mach_timebase_info(&base) != KERN_SUCCESS || base.denom == 0) return -1;
  *time = (usage.ri_user_time + usage.ri_system_time) * base.numer / base.denom;
  *children = (usage.ri_child_user_time + usage.ri_child_system_time) * base.numer / base.denom;
  return 0;
}

int scaleup_children(pid_t process, pid_t *children, int capacity) {
  int count = proc_listchildpids(process, children, (int)sizeof(pid_t) * capacity);
  return count < capacity ? count : capacity;
}

int scaleup_thermal_pressure(void) {
  int token;
  uint64_t level = 0;
  if (notify_register_check(kOSThermalNotificationPressureLevelName, &token) != NOTIFICATION_OK) return -1;
  uint32_t code = notify_get_state(token, &level);
  notify_cancel(token);
  return code == NOTIFICATION_OK && level <= kOSThermalPressureLevelSleeping ? (int)level : -1;
}

void scaleup_prefer_fast_cores(void) { pthread_set_qos_class_self_np(QOS_CLASS_USER_INTERACTIVE, 0); }

int scaleup_thread_usage(uint64_t *user, uint64_t *system) {
  thread_basic_info_data_t info;
  mach_msg_type_number_t count = THREAD_BASIC_INFO_COUNT;
  thread_act_t thread = mach_thread_self();
  kern_return_t code = thread_info(thread, THREAD_BASIC_INFO, (thread_info_t)&info, &count);
  mach_port_deallocate(mach_task_self(), thread);
  if (code != KERN_SUCCESS) return -1;
  *user = (uint64_t)info.user_time.seconds * 1000000000 + (uint64_t)info.user_time.microseconds * 1000;
  *system = (uint64_t)info.system_time.seconds * 1000000000 + (uint64_t)info.system_time.microseconds * 1000;
  return 0;
}
#else
int scaleup_thread_usage(uint64_t *user, uint64_t *system) {
#if defined(RUSAGE_THREAD)
  struct rusage usage;
  if (getrusage(RUSAGE_THREAD, &usage) == -1) return -1;
  *user = (uint64_t)usage.ru_utime.tv_sec * 1000000000 + (uint64_t)usage.ru_utime.tv_usec * 1000;
  *system = (uint64_t)usage.ru_stime.tv_sec * 1000000000 + (uint64_t)usage.ru_stime.tv_usec * 1000;
  return 0;
#else
  (void)user, (void)system;
  return -1;
#endif
}

ssize_t scaleup_system_value(const char *name, void *buffer, size_t size) {
  (void)name, (void)buffer, (void)size;
  return -1;
}

int scaleup_core_ticks(uint32_t *ticks, int capacity) {
  (void)ticks, (void)capacity;
  return -1;
}

int scaleup_thermal_pressure(void) { return -1; }

void scaleup_prefer_fast_cores(void) {}
#endif
