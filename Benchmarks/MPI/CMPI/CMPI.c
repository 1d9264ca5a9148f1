#define _GNU_SOURCE
#include "CMPI.h"

#ifdef SCALEUP_MPI

#include <fcntl.h>
#include <mpi.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

// Created on first use, and freed by scaleup_mpi_leave.
static MPI_Comm host_processes = MPI_COMM_NULL;
static MPI_Comm first_processes = MPI_COMM_NULL;
static MPI_Datatype wide = MPI_DATATYPE_NULL;
static MPI_Op addition = MPI_OP_NULL;

#define RETURN_UNLESS_DONE(call)                \
  do {                                          \
    int code = (call);                          \
    if (code != MPI_SUCCESS) return code;       \
  } while (0)

int scaleup_mpi_join(int *rank, int *ranks, bool *threads) {
  int provided = MPI_THREAD_SINGLE;
  RETURN_UNLESS_DONE(MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &provided));
  *threads = provided >= MPI_THREAD_SERIALIZED;
  RETURN_UNLESS_DONE(MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN));
  RETURN_UNLESS_DONE(MPI_Comm_rank(MPI_COMM_WORLD, rank));
  return MPI_Comm_size(MPI_COMM_WORLD, ranks);
}

void scaleup_mpi_leave(void) {
  if (addition != MPI_OP_NULL) MPI_Op_free(&addition);
  if (wide != MPI_DATATYPE_NULL) MPI_Type_free(&wide);
  if (first_processes != MPI_COMM_NULL) MPI_Comm_free(&first_processes);
  if (host_processes != MPI_COMM_NULL) MPI_Comm_free(&host_processes);
  MPI_Finalize();
}

void scaleup_mpi_abort(void) {
  MPI_Abort(MPI_COMM_WORLD, 1);
  _exit(1);
}

void scaleup_mpi_explain(int code, char *text, int size) {
  char whole[MPI_MAX_ERROR_STRING + 1] = "";
  int length = 0;
  MPI_Error_string(code, whole, &length);
  strncpy(text, whole, (size_t)size - 1);
  text[size - 1] = 0;
}

int scaleup_mpi_find_host(int *host, int *hosts, bool *isFirst) {
  int rank, local;
  RETURN_UNLESS_DONE(MPI_Comm_rank(MPI_COMM_WORLD, &rank));
  RETURN_UNLESS_DONE(
      MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, rank, MPI_INFO_NULL, &host_processes));
  RETURN_UNLESS_DONE(MPI_Comm_rank(host_processes, &local));
  *isFirst = local == 0;
  RETURN_UNLESS_DONE(MPI_Comm_split(MPI_COMM_WORLD, local == 0 ? 0 : MPI_UNDEFINED, rank, &first_processes));
  int place[2] = {0, 0};
  if (local == 0) {
    RETURN_UNLESS_DONE(MPI_Comm_rank(first_processes, &place[0]));
    RETURN_UNLESS_DONE(MPI_Comm_size(first_processes, &place[1]));
  }
  RETURN_UNLESS_DONE(MPI_Bcast(place, 2, MPI_INT, 0, host_processes));
  *host = place[0];
  *hosts = place[1];
  return MPI_SUCCESS;
}

int scaleup_mpi_barrier(void) { return MPI_Barrier(MPI_COMM_WORLD); }

int scaleup_mpi_broadcast(void *bytes, int count, int from) {
  return MPI_Bcast(bytes, count, MPI_BYTE, from, MPI_COMM_WORLD);
}

int scaleup_mpi_broadcast_on_host(void *bytes, int count) {
  return MPI_Bcast(bytes, count, MPI_BYTE, 0, host_processes);
}

int scaleup_mpi_minimum(uint64_t *value) {
  return MPI_Allreduce(MPI_IN_PLACE, value, 1, MPI_UINT64_T, MPI_MIN, MPI_COMM_WORLD);
}

static void add_wide(void *parts, void *totals, int *length, MPI_Datatype *type) {
  (void)type;
  const uint64_t *part = parts;
  uint64_t *total = totals;
  for (int i = 0; i < 2 * *length; i += 2) {
    total[i] += part[i];
    total[i + 1] += part[i + 1] + (total[i] < part[i]);
  }
}

int scaleup_mpi_sum(const uint64_t *part, uint64_t *total) {
  if (wide == MPI_DATATYPE_NULL) {
    RETURN_UNLESS_DONE(MPI_Type_contiguous(2, MPI_UINT64_T, &wide));
    RETURN_UNLESS_DONE(MPI_Type_commit(&wide));
    RETURN_UNLESS_DONE(MPI_Op_create(add_wide, 1, &addition));
  }
  return MPI_Reduce(part, total, 1, wide, addition, 0, MPI_COMM_WORLD);
}

int scaleup_mpi_gather(const void *bytes, int count, void *all) {
  return MPI_Gather(bytes, count, MPI_BYTE, all, count, MPI_BYTE, 0, MPI_COMM_WORLD);
}

int scaleup_mpi_send(const uint64_t *words, int count, int to, enum scaleup_mpi_purpose purpose) {
  return MPI_Send(words, count, MPI_UINT64_T, to, (int)purpose, MPI_COMM_WORLD);
}

int scaleup_mpi_receive(uint64_t *words, int count, int from, enum scaleup_mpi_purpose purpose) {
  return MPI_Recv(words, count, MPI_UINT64_T, from, (int)purpose, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

int scaleup_mpi_take(int *from, enum scaleup_mpi_purpose purpose) {
  int isThere = 0;
  MPI_Status status;
  *from = -1;
  RETURN_UNLESS_DONE(MPI_Iprobe(MPI_ANY_SOURCE, (int)purpose, MPI_COMM_WORLD, &isThere, &status));
  if (!isThere) return MPI_SUCCESS;
  *from = status.MPI_SOURCE;
  return MPI_Recv(NULL, 0, MPI_UINT64_T, *from, (int)purpose, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

int scaleup_mpi_send_to_host(uint64_t word, int host) {
  return MPI_Send(&word, 1, MPI_UINT64_T, host, 0, first_processes);
}

int scaleup_mpi_receive_from_host(uint64_t *word, int host) {
  return MPI_Recv(word, 1, MPI_UINT64_T, host, 0, first_processes, MPI_STATUS_IGNORE);
}

uint64_t scaleup_process_time(void) {
  struct timespec time = {0};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

void scaleup_host_name(char *name, int size) {
  memset(name, 0, (size_t)size);
  if (gethostname(name, (size_t)size - 1) != 0) name[0] = 0;
}

// The hash of Fowler, Noll and Vo (FNV-1a), over words instead of bytes.
static uint64_t digest(const unsigned char *bytes, size_t size) {
  uint64_t value = 14695981039346656037u;
  for (size_t place = 0; place < size; place += sizeof value) {
    uint64_t word = 0;
    memcpy(&word, bytes + place, size - place < sizeof word ? size - place : sizeof word);
    value = (value ^ word) * 1099511628211u;
  }
  return value ^ size;
}

uint64_t scaleup_executable_digest(void) {
  uint64_t value = 0;
#if defined(__linux__)
  int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  if (file == -1) return 0;
  struct stat status;
  if (fstat(file, &status) == 0 && status.st_size > 0) {
    void *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (bytes != MAP_FAILED) {
      value = digest(bytes, (size_t)status.st_size);
      munmap(bytes, (size_t)status.st_size);
    }
  }
  close(file);
#endif
  return value;
}

#endif
