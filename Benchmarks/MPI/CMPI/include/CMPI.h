#ifndef SCALEUP_CMPI_H
#define SCALEUP_CMPI_H

// The part of MPI's C interface that the model needs. MPI's handles are macros, which Swift cannot import. Functions that
// return `int` return MPI's error code, or 0 for success.

#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Joins the job that the launcher has started, or a job of one process if there is no launcher. Sets `threads` to whether
/// several threads may call MPI, one at a time.
int scaleup_mpi_join(int *rank, int *ranks, bool *threads);

/// Leaves the job. All of its processes call it.
void scaleup_mpi_leave(void);

/// Ends all processes of the job.
_Noreturn void scaleup_mpi_abort(void);

/// Copies the meaning of an error code.
void scaleup_mpi_explain(int code, char *text, int size);

/// Finds the number of this process's machine, the number of machines, and whether this process is the first on its
/// machine. Machines are numbered in the order of their first processes. Processes that can share memory are on one machine.
int scaleup_mpi_find_host(int *host, int *hosts, bool *isFirst);

/// Waits for all processes.
int scaleup_mpi_barrier(void);

/// Sends bytes from one process to all.
int scaleup_mpi_broadcast(void *bytes, int count, int from);

/// Sends bytes from the first process of this machine to all others on it.
int scaleup_mpi_broadcast_on_host(void *bytes, int count);

/// Replaces the value in every process by the least of all.
int scaleup_mpi_minimum(uint64_t *value);

/// Adds up the 128-bit numbers of all processes in process 0, low word first. The sum is exact.
int scaleup_mpi_sum(const uint64_t *part, uint64_t *total);

/// Collects `count` bytes from every process in process 0; `all` may be null elsewhere.
int scaleup_mpi_gather(const void *bytes, int count, void *_Nullable all);

/// The purposes of messages between two processes.
enum scaleup_mpi_purpose {
  /// A request for a chunk.
  SCALEUP_MPI_REQUEST,
  /// The chunk.
  SCALEUP_MPI_CHUNK,
};

/// Sends words to a process.
int scaleup_mpi_send(const uint64_t *words, int count, int to, enum scaleup_mpi_purpose purpose);

/// Waits for words from a process.
int scaleup_mpi_receive(uint64_t *words, int count, int from, enum scaleup_mpi_purpose purpose);

/// Receives one empty message from any process, if one has arrived; `from` is -1 otherwise.
int scaleup_mpi_take(int *from, enum scaleup_mpi_purpose purpose);

/// Sends a word from the first process of one machine to that of another.
int scaleup_mpi_send_to_host(uint64_t word, int host);

/// Waits for a word from the first process of a machine.
int scaleup_mpi_receive_from_host(uint64_t *word, int host);

/// Returns the CPU time of this process in nanoseconds.
uint64_t scaleup_process_time(void);

/// Copies the name of this machine, zero-terminated; empty if unknown.
void scaleup_host_name(char *name, int size);

/// Returns a hash of the file that this process executes; 0 if the file cannot be read.
uint64_t scaleup_executable_digest(void);

#pragma clang assume_nonnull end

#endif
