#if MPI
  import CMPI
  import ModelKit

  /// The reason a job cannot run, the same in every rank.
  struct JobError: Error, CustomStringConvertible {
    let description: String
  }

  extension Ranks {
    /// Checks that all ranks execute the same file.
    ///
    /// - Throws: `JobError`.
    func requireSameExecutable() throws(JobError) {
      let own = "\(suiteVersion), \(String(scaleup_executable_digest(), radix: 16))"
      let common = share(own, from: 0)
      guard let other = first(where: own != common) else { return }
      let (firstHost, otherHost) = (share(hostName, from: 0), share(hostName, from: other))
      throw JobError(
        description:
          "rank \(other) on \(otherHost) executes a different scaleup-mpi (\(share(own, from: other))) from rank 0 on "
          + "\(firstHost) (\(common)): copy one file to every machine")
    }

    /// Checks that the launcher has bound each rank to enough CPUs, and that several threads may call MPI.
    ///
    /// - Throws: `JobError`.
    func checkThreads(_ threads: Int) throws(JobError) {
      let limits = CPULimits.ofThisProcess()
      let isBound = limits.effective < min(threads, limits.effectiveUnbound)
      if let rank = first(where: isBound) {
        let bound = share("\(limits.effective) of \(limits.effectiveUnbound) CPUs on \(hostName)", from: rank)
        throw JobError(
          description:
            "rank \(rank) is bound to \(bound), too few for \(threads) threads (bind it to more, for instance with "
            + "mpirun --bind-to none)")
      }
      if threads > 1, let rank = first(where: !allowsThreads) {
        throw JobError(
          description: "the MPI library of rank \(rank) allows only one thread to send messages (leave out "
            + "--threads-per-rank)")
      }
    }
  }
#endif
