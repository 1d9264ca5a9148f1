#ifndef SCALEUP_CMPI_H
#define SCALEUP_CMPI_H

// What the model needs of MPI's C interface, whose handles are macros that Swift cannot see. Every function that
// answers `int` answers MPI's error code, 0 for success.

#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Joins the job that the launcher has started; one process alone where there is no launcher. Threads may call MPI one
/// at a time where `threads` comes out true.
int scaleup_mpi_join(int *rank, int *ranks, bool *threads);

/// Leaves the job, which all of its processes do.
void scaleup_mpi_leave(void);

/// Ends all processes of the job.
_Noreturn void scaleup_mpi_abort(void);

/// What an error code means.
void scaleup_mpi_explain(int code, char *text, int size);

/// Tells on which machine this process is, how many there are, and whether it is the first process there. Machines are
/// numbered in the order of their first processes; processes are on one machine where they can share memory.
int scaleup_mpi_find_host(int *host, int *hosts, bool *isFirst);

/// Waits for all processes.
int scaleup_mpi_barrier(void);

/// Sends bytes of one process to all.
int scaleup_mpi_broadcast(void *bytes, int count, int from);

/// Sends bytes of the first process of this machine to all others on it.
int scaleup_mpi_broadcast_on_host(void *bytes, int count);

/// The least of what all processes have, in all.
int scaleup_mpi_minimum(uint64_t *value);

/// The sum of 128-bit numbers of all processes, low word first, in process 0: an operation of its own, so that nothing
/// is rounded.
int scaleup_mpi_sum(const uint64_t *part, uint64_t *total);

/// Collects as many bytes from every process in process 0; `all` may be null elsewhere.
int scaleup_mpi_gather(const void *bytes, int count, void *_Nullable all);

/// The purposes of messages between two processes.
enum scaleup_mpi_purpose {
  /// A worker asks for a chunk.
  SCALEUP_MPI_REQUEST,
  /// The chunk.
  SCALEUP_MPI_CHUNK,
};

/// Sends words to a process.
int scaleup_mpi_send(const uint64_t *words, int count, int to, enum scaleup_mpi_purpose purpose);

/// Waits for words from a process.
int scaleup_mpi_receive(uint64_t *words, int count, int from, enum scaleup_mpi_purpose purpose);

/// Takes one empty message of any process, if there is one; `from` is -1 otherwise.
int scaleup_mpi_take(int *from, enum scaleup_mpi_purpose purpose);

/// Sends a word from the first process of one machine to that of another.
int scaleup_mpi_send_to_host(uint64_t word, int host);

/// Waits for a word from the first process of a machine.
int scaleup_mpi_receive_from_host(uint64_t *word, int host);

/// The CPU time of this process in nanoseconds.
uint64_t scaleup_process_time(void);

/// The name of this machine, zero-terminated; empty where the system does not tell.
void scaleup_host_name(char *name, int size);

/// A number that follows from every byte of the file that this process executes; 0 where that cannot be read.
uint64_t scaleup_executable_digest(void);

#pragma clang assume_nonnull end

#endif
