#ifndef SCALEUP_EVENTS_H
#define SCALEUP_EVENTS_H

// Queues of events: descriptors that are ready.

#include "SystemHeaders.h"

#pragma clang assume_nonnull begin

/// The most events that one call of `scaleup_events_wait` returns.
#define SCALEUP_MOST_EVENTS 256

/// The events for which a descriptor is watched.
enum scaleup_interest {
  SCALEUP_READABLE = 1,
  SCALEUP_WRITABLE = 2,
  /// Readable, for a listener that several processes watch: Linux then does not wake all of them for one connection.
  SCALEUP_SHARED = 4,
};

/// The events for which a watched descriptor is ready. After an error or the peer's end it is ready for both.
struct scaleup_event {
  uint64_t token;
  bool readable;
  bool writable;
};

/// Creates a queue of events: epoll on Linux, kqueue elsewhere. Returns a descriptor, or -1 with errno.
int scaleup_events_create(void);

/// Watches a descriptor, as long as it is open, for what is in `interest`, a sum of `scaleup_interest`. An event is reported
/// as long as it lasts. Returns 0, or -1 with errno.
int scaleup_events_watch(int events, int descriptor, uint64_t token, int interest);

/// Changes what a descriptor is watched for. Returns 0, or -1 with errno.
int scaleup_events_change(int events, int descriptor, uint64_t token, int interest);

/// Stops watching a descriptor. Returns 0, or -1 with errno.
int scaleup_events_unwatch(int events, int descriptor);

/// Waits for events, at most so many nanoseconds; a negative number waits forever. Returns their number, or -1 with errno.
int scaleup_events_wait(int events, struct scaleup_event *ready, int capacity, int64_t nanoseconds);

#pragma clang assume_nonnull end

#endif
