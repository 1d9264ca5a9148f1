#define _GNU_SOURCE
#include "CPlatform.h"

#include <pthread.h>

#if defined(__linux__)
#include <sys/prctl.h>
#elif defined(__APPLE__)
#include <spawn.h>
#endif

extern char **environ;

char **scaleup_environment(void) { return environ; }

#if defined(__linux__)
// Runs in the child, which shares the parent's memory until it executes the program. Returns the errno of a
// failure.
static int execute(
    const char *path, char *const *arguments, char *const *environment, int output, int error, pid_t parent) {
  struct sigaction action = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++) sigaction(number, &action, NULL);
  if (setpgid(0, 0) != 0) return errno;
  // This setting survives exec.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // The parent may have ended before the request took effect.
  if (getppid() != parent) _exit(1);
  close(0);
  if (open("/dev/null", O_RDONLY) != 0 || dup2(output, 1) != 1 || dup2(error, 2) != 2) return errno;
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(path, arguments, environment);
  return errno;
}

int scaleup_spawn(
    pid_t *child, const char *path, char *const *arguments, char *const *environment, int output, int error) {
  scaleup_keep_ended_children();
  // No signal handler of this process may run in the child while both share memory.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t parent = getpid();
  volatile int code = 0;
  pid_t identifier = vfork();
  if (identifier == 0) {
    code = execute(path, arguments, environment, output, error, parent);
    _exit(127);
  }
  if (identifier == -1) {
    code = errno;
  } else if (code != 0) {
    while (waitpid(identifier, NULL, 0) == -1 && errno == EINTR) continue;
  } else {
    // If vfork is really a fork, as with a sanitizer, the child may not have done this yet.
    setpgid(identifier, identifier);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  *child = identifier;
  return code;
}
#else
int scaleup_spawn(
    pid_t *child, const char *path, char *const *arguments, char *const *environment, int output, int error) {
  scaleup_keep_ended_children();
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, 1);
  posix_spawn_file_actions_adddup2(&actions, error, 2);
  sigset_t signals;
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  sigfillset(&signals);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  int code = posix_spawn(child, path, &actions, &attributes, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return code;
}
#endif
