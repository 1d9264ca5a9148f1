#define _GNU_SOURCE
#include "CPlatform.h"

#include <pthread.h>
#include <stdatomic.h>

#include "Guardian.h"

static pthread_mutex_t starting = PTHREAD_MUTEX_INITIALIZER;
// The process that started the guardian, and its end of the pipe. A forked copy of it has no guardian.
static _Atomic pid_t owner;
static _Atomic int writer;
static _Atomic pid_t guardian_process;

// A child that may be killed: positive when it has started, negative when it has ended.
typedef pid_t message;

enum { greatest_count = 4096 };

static void close_all_but(int kept) {
#if defined(__linux__)
  scaleup_close_range(0, kept - 1);
  scaleup_close_range(kept + 1, INT32_MAX);
#else
  for (int number = 0; number < getdtablesize(); number++) {
    if (number != kept) close(number);
  }
#endif
}

// The guardian. It is forked from a process that may have several threads, so that it calls only functions that are
// safe in signal handlers. All its signals are blocked.
_Noreturn static void guard(int reader) {
  static pid_t groups[greatest_count];
  int count = 0;
  // A terminal's signals to the group of this process, such as Ctrl-C, are not for the guardian; nor does it keep open
  // what others wait for the end of.
  setsid();
  close_all_but(reader);
  message change;
  while (read(reader, &change, sizeof change) == sizeof change) {
    if (change > 0 && count < greatest_count) groups[count++] = change;
    for (int i = 0; change < 0 && i < count; i++) {
      if (groups[i] == -change) groups[i] = groups[--count];
    }
  }
  for (int i = 0; i < count; i++) kill(-groups[i], SIGKILL);
  _exit(0);
}

static int start(void) {
  int ends[2];
  if (scaleup_pipe(ends) != 0) return errno;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t guardian = fork();
  int code = errno;
  if (guardian == 0) guard(ends[0]);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (guardian < 0) {
    close(ends[0]);
    close(ends[1]);
    return code;
  }
  // The other end stays open too: without a reader, a message would raise SIGPIPE. Nor may a message block.
  scaleup_set_nonblocking(ends[1]);
  guardian_process = guardian;
  writer = ends[1];
  owner = getpid();
  return 0;
}

int scaleup_start_guardian(void) {
  pthread_mutex_lock(&starting);
  int code = scaleup_has_guardian() ? 0 : start();
  pthread_mutex_unlock(&starting);
  return code;
}

bool scaleup_has_guardian(void) { return owner == getpid(); }

pid_t scaleup_guardian(void) { return scaleup_has_guardian() ? guardian_process : 0; }

static void tell(message change) {
  ssize_t ignored = write(writer, &change, sizeof change);
  (void)ignored;
}

void scaleup_guard(pid_t child) { tell(child); }

void scaleup_dismiss(pid_t child) { tell(-child); }
