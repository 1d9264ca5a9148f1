#define _GNU_SOURCE
#include "CPlatform.h"

#if defined(__linux__)
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

int scaleup_events_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static uint32_t mask(int interest) {
  // Only EPOLLIN and EPOLLOUT go with EPOLLEXCLUSIVE.
  if (interest & SCALEUP_SHARED) return EPOLLIN | EPOLLEXCLUSIVE;
  uint32_t mask = 0;
  if (interest & SCALEUP_READABLE) mask |= EPOLLIN | EPOLLRDHUP;
  if (interest & SCALEUP_WRITABLE) mask |= EPOLLOUT;
  return mask;
}

int scaleup_events_watch(int events, int descriptor, uint64_t token, int interest) {
  struct epoll_event event = {.events = mask(interest), .data.u64 = token};
  return epoll_ctl(events, EPOLL_CTL_ADD, descriptor, &event);
}

int scaleup_events_change(int events, int descriptor, uint64_t token, int interest) {
  struct epoll_event event = {.events = mask(interest), .data.u64 = token};
  return epoll_ctl(events, EPOLL_CTL_MOD, descriptor, &event);
}

int scaleup_events_unwatch(int events, int descriptor) { return epoll_ctl(events, EPOLL_CTL_DEL, descriptor, NULL); }

// Waits with a timeout in nanoseconds, which Linux has since 5.11.
static int wait_for(int events, struct epoll_event *list, int capacity, int64_t nanoseconds) {
#if defined(SYS_epoll_pwait2)
  static bool is_missing;
  if (nanoseconds > 0 && !__atomic_load_n(&is_missing, __ATOMIC_RELAXED)) {
    struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    int count = (int)syscall(SYS_epoll_pwait2, events, list, capacity, &limit, NULL, 0);
    if (count != -1 || (errno != ENOSYS && errno != EPERM)) return count;
    __atomic_store_n(&is_missing, true, __ATOMIC_RELAXED);
  }
#endif
  int64_t milliseconds = nanoseconds < 0 ? -1 : nanoseconds / 1000000 + (nanoseconds % 1000000 > 0);
  return epoll_wait(events, list, capacity, milliseconds > INT32_MAX ? INT32_MAX : (int)milliseconds);
}

int scaleup_events_wait(int events, struct scaleup_event *ready, int capacity, int64_t nanoseconds) {
  struct epoll_event list[SCALEUP_MOST_EVENTS];
  if (capacity > SCALEUP_MOST_EVENTS) capacity = SCALEUP_MOST_EVENTS;
  int count = wait_for(events, list, capacity, nanoseconds);
  for (int index = 0; index < count; index++) {
    uint32_t found = list[index].events;
    ready[index] = (struct scaleup_event){
        .token = list[index].data.u64,
        .readable = (found & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0,
        .writable = (found & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0,
    };
  }
  return count;
}

void scaleup_make_timeouts_exact(void) { prctl(PR_SET_TIMERSLACK, 1UL); }

#else
#include <sys/event.h>

void scaleup_make_timeouts_exact(void) {}

int scaleup_events_create(void) {
  int queue = kqueue();
  if (queue != -1) fcntl(queue, F_SETFD, FD_CLOEXEC);
  return queue;
}

// Adds a filter, or deletes it if there is one. Returns 0, or -1 with errno.
static int set_filter(int events, int descriptor, uint64_t token, int16_t filter, bool wanted) {
  struct kevent change;
  EV_SET(&change, descriptor, filter, wanted ? EV_ADD : EV_DELETE, 0, 0, (void *)(uintptr_t)token);
  return kevent(events, &change, 1, NULL, 0, NULL) == -1 && wanted ? -1 : 0;
}

int scaleup_events_watch(int events, int descriptor, uint64_t token, int interest) {
  return scaleup_events_change(events, descriptor, token, interest);
}

int scaleup_events_change(int events, int descriptor, uint64_t token, int interest) {
  bool reads = (interest & (SCALEUP_READABLE | SCALEUP_SHARED)) != 0;
  if (set_filter(events, descriptor, token, EVFILT_READ, reads) == -1) return -1;
  return set_filter(events, descriptor, token, EVFILT_WRITE, (interest & SCALEUP_WRITABLE) != 0);
}

int scaleup_events_unwatch(int events, int descriptor) { return scaleup_events_change(events, descriptor, 0, 0); }

int scaleup_events_wait(int events, struct scaleup_event *ready, int capacity, int64_t nanoseconds) {
  struct kevent list[SCALEUP_MOST_EVENTS];
  if (capacity > SCALEUP_MOST_EVENTS) capacity = SCALEUP_MOST_EVENTS;
  struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
  int count = kevent(events, NULL, 0, list, capacity, nanoseconds < 0 ? NULL : &limit);
  for (int index = 0; index < count; index++) {
    ready[index] = (struct scaleup_event){
        .token = (uint64_t)(uintptr_t)list[index].udata,
        .readable = list[index].filter == EVFILT_READ,
        .writable = list[index].filter == EVFILT_WRITE,
    };
  }
  return count;
}
#endif
