#define _GNU_SOURCE
#include "CPlatform.h"

#include <pthread.h>
#include <sys/mman.h>

struct start {
  void (*body)(void *);
  void *context;
};

static void *run_thread(void *pointer) {
  struct start start = *(struct start *)pointer;
  free(pointer);
  start.body(start.context);
  return NULL;
}

size_t scaleup_thread_stack(void) {
  pthread_attr_t attributes;
  size_t size = 0;
  pthread_attr_init(&attributes);
  pthread_attr_getstacksize(&attributes, &size);
  pthread_attr_destroy(&attributes);
  return size;
}

#ifndef MAP_STACK
#define MAP_STACK 0
#endif

static void *reserve_stack(size_t size) {
  return mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
}

static int create_thread(pthread_t *thread, struct start *start) {
#if defined(__APPLE__)
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_set_qos_class_np(&attributes, QOS_CLASS_USER_INTERACTIVE, 0);
  int code = pthread_create(thread, &attributes, run_thread, start);
  pthread_attr_destroy(&attributes);
  return code;
#else
  return pthread_create(thread, NULL, run_thread, start);
#endif
}

int scaleup_start_thread(uintptr_t *thread, void (*body)(void *), void *context) {
  struct start *start = malloc(sizeof *start);
  if (start == NULL) return ENOMEM;
  *start = (struct start){body, context};
  pthread_t identifier;
  int code = create_thread(&identifier, start);
  if (code == 0) {
    *thread = (uintptr_t)identifier;
    return 0;
  }
  free(start);
  // A stack that does not fit in memory, with its guard, is reported as EAGAIN too.
  int shortage = code == EAGAIN ? scaleup_try_memory(scaleup_thread_stack() + (1 << 16)) : 0;
  return shortage != 0 ? shortage : code;
}

static void *pass_gate(void *gate) {
  pthread_mutex_lock(gate);
  pthread_mutex_unlock(gate);
  return NULL;
}

void scaleup_detach_thread(uintptr_t thread) { pthread_detach((pthread_t)thread); }

int scaleup_try_threads(int count) {
  // Stacks of the size that every runtime asks for. They are the probe's own, because the C library would keep its
  // stacks, and later threads would start faster on them.
  size_t size = scaleup_thread_stack();
  pthread_t *threads = calloc((size_t)count, sizeof *threads);
  void **stacks = calloc((size_t)count, sizeof *stacks);
  int code = threads == NULL || stacks == NULL ? ENOMEM : 0, started = 0;
  pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&gate);
  while (code == 0 && started < count) {
    void *stack = reserve_stack(size);
    if (stack == MAP_FAILED) {
      code = ENOMEM;
      break;
    }
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstack(&attributes, stack, size);
    code = pthread_create(&threads[started], &attributes, pass_gate, &gate);
    pthread_attr_destroy(&attributes);
    if (code == 0)
      stacks[started++] = stack;
    else
      munmap(stack, size);
  }
  pthread_mutex_unlock(&gate);
  while (started > 0) {
    started--;
    pthread_join(threads[started], NULL);
    munmap(stacks[started], size);
  }
  free(stacks);
  free(threads);
  return code;
}

void scaleup_join_thread(uintptr_t thread) { pthread_join((pthread_t)thread, NULL); }
