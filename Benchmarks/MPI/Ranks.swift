#if MPI
  import CMPI
  import ModelKit

  /// This process and its place among the processes of the job. Ranks and hosts are numbered from 0.
  struct Ranks: Sendable {
    /// The rank of this process.
    let number: Int
    /// The number of ranks.
    let count: Int
    /// The number of this machine; 0 is the machine of rank 0.
    let host: Int
    /// The number of machines.
    let hosts: Int
    /// Whether this is the first rank on its machine.
    let isFirstOnHost: Bool
    /// The name of this machine.
    let hostName: String
    /// Whether several threads may call MPI, one at a time.
    let allowsThreads: Bool

    /// Whether this is rank 0, which the others report to.
    var isFirst: Bool { number == 0 }

    /// The name of this rank in error messages.
    var name: String { "rank \(number) on \(hostName)" }

    /// The rank that the launcher's environment gives this process; `nil` if it gives none.
    static var numberByLauncher: Int? {
      ["OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID"]
        .lazy.compactMap { ThisProcess.environment($0).flatMap { Int($0) } }.first
    }

    /// Joins the job.
    static func join() -> Ranks {
      var (number, count, host, hosts): (Int32, Int32, Int32, Int32) = (0, 1, 0, 1)
      var (isFirstOnHost, allowsThreads) = (false, false)
      check(scaleup_mpi_join(&number, &count, &allowsThreads), "join the job")
      check(scaleup_mpi_find_host(&host, &hosts, &isFirstOnHost), "find the processes of a machine")
      return Ranks(
        number: Int(number), count: Int(count), host: Int(host), hosts: Int(hosts),
        isFirstOnHost: isFirstOnHost, hostName: ownHostName, allowsThreads: allowsThreads)
    }

    /// Returns the numbers of this rank's workers.
    func workers(_ threads: Int) -> Range<Int> { number * threads..<(number + 1) * threads }

    /// Waits for all ranks, and begins the region.
    ///
    /// - Returns: The start of the region, by the clock of this machine.
    func begin(_ clock: HostClock) -> UInt64 {
      Self.check(scaleup_mpi_barrier(), "wait for the other ranks")
      var start = Clock.monotonic.now()
      Self.check(scaleup_mpi_broadcast(&start, 8, 0), "begin the region")
      // The clock's offset has an error, so the message may seem to arrive before it was sent.
      return min(clock.own(start), Clock.monotonic.now())
    }

    /// Returns the sum of the parts of all ranks, in rank 0.
    func sum(_ part: UInt128) -> UInt128 {
      var total: [UInt64] = [0, 0]
      Self.check(
        scaleup_mpi_sum([UInt64(truncatingIfNeeded: part), UInt64(part >> 64)], &total), "add the results")
      return UInt128(total[1]) << 64 | UInt128(total[0])
    }

    /// Returns the concatenated bytes of all ranks in rank 0, and nothing elsewhere. All ranks send the same number of bytes.
    func gather(_ bytes: [UInt8]) -> [UInt8] {
      var all = [UInt8](repeating: 0, count: isFirst ? bytes.count * count : 0)
      Self.check(scaleup_mpi_gather(bytes, Int32(bytes.count), &all), "gather the reports")
      return all
    }

    /// Sends a short text from one rank to all, and returns it.
    func share(_ text: String, from rank: Int) -> String {
      var bytes = Array(text.utf8.prefix(128)) + [UInt8](repeating: 0, count: max(0, 128 - text.utf8.count))
      Self.check(scaleup_mpi_broadcast(&bytes, Int32(bytes.count), Int32(rank)), "broadcast a text")
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Returns the first rank that passes `true`; `nil` if none does. All ranks call it.
    func first(where isTrue: Bool) -> Int? {
      var least = isTrue ? UInt64(number) : .max
      Self.check(scaleup_mpi_minimum(&least), "agree with the other ranks")
      return Int(exactly: least)
    }

    private static var ownHostName: String {
      var name = [CChar](repeating: 0, count: 256)
      scaleup_host_name(&name, Int32(name.count))
      return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Ends the job if a call of MPI has failed.
    static func check(_ code: Int32, _ action: String) {
      if code == 0 { return }
      var text = [CChar](repeating: 0, count: 512)
      scaleup_mpi_explain(code, &text, Int32(text.count))
      let reason = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let rank = numberByLauncher.map { "rank \($0)" } ?? "a rank"
      let line = "scaleup-mpi: \(rank) on \(ownHostName) cannot \(action): \(reason)"
      try? StandardStream.error.write(Readable.line(line, limit: 1000) + "\n")
      scaleup_mpi_abort()
    }
  }
#endif
