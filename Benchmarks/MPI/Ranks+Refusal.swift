#if MPI
  import CMPI
  import ModelKit

  /// Why the processes do not do the job; all of them find the same.
  struct JobRefusal: Error, CustomStringConvertible {
    let description: String
  }

  extension Ranks {
    /// Refuses a job whose processes do not all execute the same file.
    ///
    /// - Throws: `JobRefusal`.
    func refuseOtherExecutables() throws(JobRefusal) {
      let own = "\(suiteVersion), \(String(scaleup_executable_digest(), radix: 16))"
      let common = share(own, from: 0)
      guard let other = first(where: own != common) else { return }
      let (firstHost, otherHost) = (share(hostName, from: 0), share(hostName, from: other))
      throw JobRefusal(
        description:
          "rank \(other) on \(otherHost) executes another scaleup-mpi (\(share(own, from: other))) than rank 0 on "
          + "\(firstHost) (\(common)); copy one file to every machine")
    }

    /// Refuses more threads than a process has CPUs where the launcher is to blame, and threads that may not send.
    ///
    /// - Throws: `JobRefusal`.
    func refuseTooManyThreads(_ threads: Int) throws(JobRefusal) {
      let limits = CPULimits.ofThisProcess()
      let isBound = limits.effective < min(threads, limits.effectiveUnbound)
      if let rank = first(where: isBound) {
        let bound = share("\(limits.effective) of \(limits.effectiveUnbound) CPUs on \(hostName)", from: rank)
        throw JobRefusal(
          description:
            "rank \(rank) is bound to \(bound) and is to have \(threads) threads; have the launcher "
            + "give it as many CPUs, such as with mpirun --bind-to none")
      }
      if threads > 1, let rank = first(where: !allowsThreads) {
        throw JobRefusal(
          description: "the MPI library of rank \(rank) lets no thread but one send messages; leave "
            + "--threads-per-rank out")
      }
    }
  }
#endif
