#define _GNU_SOURCE
#include "CPlatform.h"

#include <pthread.h>

#include "Affinity.h"
#include "Guardian.h"

#if SCALEUP_HAS_DEATH_SIGNAL
#include <sys/prctl.h>
#endif
#if defined(__APPLE__)
#include <mach-o/dyld.h>
#endif

extern char **environ;

char **scaleup_environment(void) { return environ; }

int scaleup_executable_path(char *buffer, uint32_t size) {
#if defined(__linux__)
  ssize_t length = readlink("/proc/self/exe", buffer, size - 1);
  if (length < 0) return -1;
  buffer[length] = 0;
  return 0;
#elif defined(__APPLE__)
  return _NSGetExecutablePath(buffer, &size);
#else
  return -1;
#endif
}

static bool connect_stream(int stream, int descriptor, int flags) {
  if (descriptor >= 0) return dup2(descriptor, stream) == stream;
  close(stream);
  return open("/dev/null", flags) == stream;
}

// Runs in the child, which may share the parent's memory until it executes the program, and calls only functions that are
// safe in signal handlers. `end_with_parent` sees to it that the child does not outlive the parent. Returns the errno of a
// failure.
static int execute(
    const struct scaleup_program *program, const struct scaleup_cpus *cpus, pid_t parent, void (*end_with_parent)(void)) {
  struct sigaction action = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++) sigaction(number, &action, NULL);
  if (program->leads_session ? setsid() == -1 : setpgid(0, 0) != 0) return errno;
  end_with_parent();
  // The parent may have ended before that took effect.
  if (getppid() != parent) _exit(1);
  if (scaleup_apply_cpus(cpus) != 0) return errno;
  if (!connect_stream(0, program->input, O_RDONLY) || !connect_stream(1, program->output, O_WRONLY) ||
      !connect_stream(2, program->error, O_WRONLY))
    return errno;
  if (program->directory != NULL && chdir(program->directory) != 0) return errno;
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(program->path, program->arguments, program->environment);
  return errno;
}

static void reap_failed(pid_t child) {
  while (waitpid(child, NULL, 0) == -1 && errno == EINTR) continue;
}

// The child asks for this itself, before it executes the program: the parent may be killed at any moment.
static void guard_self(void) { scaleup_guard(getpid()); }

static int spawn_guarded(
    pid_t *child, const struct scaleup_program *program, const struct scaleup_cpus *cpus, const int *failure) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t parent = getpid();
  int code = 0;
  *child = fork();
  if (*child == 0) {
    code = execute(program, cpus, parent, guard_self);
    ssize_t ignored = write(failure[1], &code, sizeof code);
    (void)ignored;
    _exit(127);
  }
  if (*child == -1) code = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return code;
}

static int spawn_with_guardian(
    pid_t *child, const struct scaleup_program *program, const struct scaleup_cpus *cpus) {
  scaleup_keep_ended_children();
  int code = scaleup_start_guardian();
  if (code != 0) return code;
  // The pipe ends when the program is executed. Before that, the error number of a failure comes.
  int failure[2];
  if (scaleup_pipe(failure) != 0) return errno;
  code = spawn_guarded(child, program, cpus, failure);
  close(failure[1]);
  if (code == 0) {
    ssize_t count;
    while ((count = read(failure[0], &code, sizeof code)) == -1 && errno == EINTR) continue;
    if (count == sizeof code) {
      scaleup_dismiss(*child);
      reap_failed(*child);
    }
  }
  close(failure[0]);
  return code;
}

int scaleup_spawn_guarded(pid_t *child, const struct scaleup_program *program) {
  struct scaleup_cpus cpus;
  int code = scaleup_make_cpus(&cpus, program->cpus, program->cpu_count);
  if (code != 0) return code;
  code = spawn_with_guardian(child, program, &cpus);
  scaleup_free_cpus(&cpus);
  return code;
}

#if SCALEUP_HAS_DEATH_SIGNAL
// This setting survives exec.
static void ask_for_death_signal(void) { prctl(PR_SET_PDEATHSIG, SIGKILL); }

static int spawn_sharing_memory(
    pid_t *child, const struct scaleup_program *program, const struct scaleup_cpus *cpus) {
  scaleup_keep_ended_children();
  // No signal handler of this process may run in the child while both share memory.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t parent = getpid();
  volatile int code = 0;
  pid_t identifier = vfork();
  if (identifier == 0) {
    code = execute(program, cpus, parent, ask_for_death_signal);
    _exit(127);
  }
  if (identifier == -1) {
    code = errno;
  } else if (code != 0) {
    reap_failed(identifier);
  } else if (!program->leads_session) {
    // If vfork is really a fork, as with a sanitizer, the child may not have done this yet.
    setpgid(identifier, identifier);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  *child = identifier;
  return code;
}

int scaleup_spawn(pid_t *child, const struct scaleup_program *program) {
  struct scaleup_cpus cpus;
  int code = scaleup_make_cpus(&cpus, program->cpus, program->cpu_count);
  if (code != 0) return code;
  code = spawn_sharing_memory(child, program, &cpus);
  scaleup_free_cpus(&cpus);
  return code;
}
#else
int scaleup_spawn(pid_t *child, const struct scaleup_program *program) { return scaleup_spawn_guarded(child, program); }
#endif
