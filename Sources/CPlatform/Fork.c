#define _GNU_SOURCE
#include "CPlatform.h"

#include "Guardian.h"

#if defined(__linux__)
#include <sys/prctl.h>
#endif

bool scaleup_exited(int status) { return WIFEXITED(status); }
int scaleup_exit_status(int status) { return WEXITSTATUS(status); }
bool scaleup_signaled(int status) { return WIFSIGNALED(status); }
int scaleup_term_signal(int status) { return WTERMSIG(status); }

void scaleup_keep_ended_children(void) {
  struct sigaction current;
  if (sigaction(SIGCHLD, NULL, &current) == 0 && current.sa_handler == SIG_IGN) signal(SIGCHLD, SIG_DFL);
}

int scaleup_has_ended(pid_t child) {
  siginfo_t information = {0};
  if (waitid(P_PID, (id_t)child, &information, WEXITED | WNOHANG | WNOWAIT) != 0) return -1;
  return information.si_pid == child;
}

pid_t scaleup_reap(pid_t child, int *status, struct rusage *usage) {
  if (scaleup_has_guardian()) {
    // The guardian must forget the child while no other process can get its identifier.
    siginfo_t information;
    if (waitid(P_PID, (id_t)child, &information, WEXITED | WNOWAIT) != 0) return -1;
    scaleup_dismiss(child);
  }
  return wait4(child, status, 0, usage);
}

int scaleup_adopt_orphans(void) {
#if defined(__linux__)
  return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
#else
  errno = ENOSYS;
  return -1;
#endif
}

pid_t scaleup_any_ended_child(void) {
  siginfo_t information = {0};
  if (waitid(P_ALL, 0, &information, WEXITED | WNOHANG | WNOWAIT) != 0) return -1;
  return information.si_pid;
}

static volatile sig_atomic_t watched_parent;

static void exit_if_orphaned(int signal) {
  (void)signal;
  if (getppid() != watched_parent) _exit(1);
}

pid_t scaleup_fork_watching(void) {
  scaleup_keep_ended_children();
  pid_t parent = getpid();
  pid_t child = fork();
  if (child != 0) return child;
  watched_parent = parent;
  struct sigaction action = {.sa_handler = exit_if_orphaned, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(SIGALRM, &action, NULL);
  sigset_t alarms;
  sigemptyset(&alarms);
  sigaddset(&alarms, SIGALRM);
  sigprocmask(SIG_UNBLOCK, &alarms, NULL);
  const struct itimerval every_second = {.it_interval = {.tv_sec = 1}, .it_value = {.tv_sec = 1}};
  setitimer(ITIMER_REAL, &every_second, NULL);
  return 0;
}

static pid_t fork_with_parent(void) {
#if SCALEUP_HAS_DEATH_SIGNAL
  scaleup_keep_ended_children();
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // The parent may have ended before the request took effect.
    if (getppid() != parent) _exit(1);
  }
#else
  pid_t child = scaleup_fork_watching();
  // A forked thread does not have the quality of service of its parent's.
  if (child == 0) scaleup_prefer_fast_cores();
#endif
  return child;
}

pid_t scaleup_fork(void) {
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  pid_t child = fork_with_parent();
  int code = errno;
  if (child == 0) {
    scaleup_drop_signals();
    // The timer that looks for the parent, if there is one.
    sigdelset(&before, SIGALRM);
  }
  sigprocmask(SIG_SETMASK, &before, NULL);
  errno = code;
  return child;
}
