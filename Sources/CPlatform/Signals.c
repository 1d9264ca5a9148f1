#define _GNU_SOURCE
#include "CPlatform.h"

#include <stdatomic.h>

const char *scaleup_signal_name(int signal) {
#if defined(__APPLE__)
  return signal > 0 && signal < NSIG ? sys_signame[signal] : NULL;
#elif defined(__GLIBC__)
#if __GLIBC_PREREQ(2, 32)
  return sigabbrev_np(signal);
#endif
#endif
  (void)signal;
  return NULL;
}

void scaleup_ignore_broken_pipes(bool ignored) { signal(SIGPIPE, ignored ? SIG_IGN : SIG_DFL); }

// Makes a write past the file size limit fail, as on a full disk, instead of killing the process.
__attribute__((constructor)) static void ignore_file_size_signal(void) { signal(SIGXFSZ, SIG_IGN); }

static volatile sig_atomic_t forward_descriptor = -1;

// The last ends of children, which the signal handler notes: a process that waits for more than a child's end learns of it
// some system calls later. A signal handler may interrupt a reader, and in a program with threads run beside it.
enum { end_count = 64 };
static struct {
  _Atomic pid_t child;
  _Atomic uint64_t time;
} ends[end_count];
static _Atomic unsigned ends_noted;

static void note_end(const siginfo_t *signal) {
  if (signal->si_code != CLD_EXITED && signal->si_code != CLD_KILLED && signal->si_code != CLD_DUMPED) return;
  unsigned place = atomic_fetch_add(&ends_noted, 1) % end_count;
  ends[place].child = 0;
  ends[place].time = scaleup_monotonic_time();
  ends[place].child = signal->si_pid;
}

uint64_t scaleup_end_time(pid_t child) {
  uint64_t last = 0;
  for (int place = 0; place < end_count; place++) {
    if (ends[place].child == child && ends[place].time > last) last = ends[place].time;
  }
  return last;
}

static void forward(int number, siginfo_t *signal, void *context) {
  (void)context;
  if (number == SIGCHLD) note_end(signal);
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t ignored = write(forward_descriptor, &byte, 1);
  (void)ignored;
  errno = saved;
}

void scaleup_drop_signals(void) { forward_descriptor = -1; }

int scaleup_forward_signals(const int *signals, int count, int descriptor) {
  forward_descriptor = descriptor;
  struct sigaction action = {.sa_sigaction = forward, .sa_flags = SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  sigset_t forwarded;
  sigemptyset(&forwarded);
  for (int i = 0; i < count; i++) {
    struct sigaction current;
    if (sigaction(signals[i], NULL, &current) != 0) return -1;
    if (current.sa_handler == SIG_IGN && signals[i] != SIGCHLD) continue;
    if (sigaction(signals[i], &action, NULL) != 0) return -1;
    sigaddset(&forwarded, signals[i]);
  }
  // A parent may have started this process with signals blocked.
  return sigprocmask(SIG_UNBLOCK, &forwarded, NULL);
}

bool scaleup_restore_signals(const int *signals, int count, int descriptor) {
  if (forward_descriptor != descriptor) return false;
  struct sigaction action = {.sa_handler = SIG_DFL};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < count; i++) {
    struct sigaction current;
    // Signals that were ignored stay ignored.
    if (sigaction(signals[i], NULL, &current) == 0 && current.sa_sigaction == forward)
      sigaction(signals[i], &action, NULL);
  }
  return true;
}

void scaleup_stop(void) {
  struct sigaction standard = {.sa_handler = SIG_DFL}, current;
  sigemptyset(&standard.sa_mask);
  sigaction(SIGTSTP, &standard, &current);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &current, NULL);
}
