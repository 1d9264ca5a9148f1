import ModelKit
import Synchronization
import Testing

#if os(Linux)
  struct PlacementOptionTests {
    private let usable = AllowedCPUs.online() ?? []

    /// The job of a command line, which is run by a thread of its own: a placement moves the calling thread, and those that
    /// run tests must stay where they are.
    private func placedJob(_ words: [String]) throws -> Job {
      let found = Mutex<Result<Job, any Error>?>(nil)
      try Thread {
        let result = Result { try job(words) }
        found.withLock { $0 = result }
      }.join()
      return try #require(found.withLock { $0 }).get()
    }

    @Test("the option becomes the placement of the job, which is none by default")
    func jobs() throws {
      #expect(try placedJob(["sum"]).placement == nil)
      #expect(try placedJob(["sum", "--placement", "none"]).placement == nil)
      #expect(try placedJob(["sum", "--placement", "cores"]).placement == .cores)
      #expect(try placedJob(["stress", "--placement=spread"]).placement == .spread)
      let list = usable.map { "\($0)" }.joined(separator: ",")
      #expect(try placedJob(["sum", "--placement", list]).placement == .cpus(usable))
    }

    @Test("a list of CPUs has as many workers unless others are asked for")
    func workersOfList() throws {
      let last = try #require(usable.last)
      #expect(try placedJob(["sum", "--placement", "\(last),\(last),\(last)"]).workers == 3)
      #expect(try placedJob(["sum", "--placement", "\(last)", "--workers", "2"]).workers == 2)
    }

    @Test("wrong placements are reported with the valid ones")
    func wrongValues() throws {
      for value in ["core", "", "1,", "-1", "0-5000"] {
        expectRefusal(
          ["sum", "--placement", value],
          naming:
            "invalid value for --placement: '\(value)' (expected none, cores, compact, spread, a kind of core or "
            + "numbers of CPUs, such as 0,2,4-7; try --placement cores)")
      }
      expectRefusal(
        ["sum", "--placement", "65000"],
        naming: "--placement 65000 names CPU 65000, which this process may not use (usable: ")
      expectRefusal(
        ["sum", "--placement", "kind-9"], naming: "--placement kind-9 names the kind 'kind-9', but ")
    }
  }
#endif
