#if MPI
  import CMPI
  import ModelKit

  /// The offset of this machine's clock from that of rank 0's machine.
  struct HostClock: BitwiseCopyable {
    /// The readings per clock. The one with the shortest round trip counts.
    private static let rounds = 10

    /// The reading of this clock when the other reads 0, in nanoseconds.
    var offset: Int64 = 0
    /// The greatest error of the offset in nanoseconds: half of the round trip (Cristian, "Probabilistic clock
    /// synchronization", Distributed Computing 3 (1989)).
    var error: UInt64 = 0

    /// Makes the clock of rank 0's machine.
    init() {}

    /// Measures the offset. Rank 0 asks the first rank of each other machine in turn, which broadcasts it on its machine.
    init(of ranks: Ranks) {
      if ranks.hosts == 1 { return }
      if ranks.isFirst {
        for host in 1..<ranks.hosts { Self.ask(Int32(host)) }
      } else if ranks.isFirstOnHost {
        for _ in 0..<Self.rounds {
          _ = Self.receive(from: 0)
          Self.send(Clock.monotonic.now(), to: 0)
        }
        offset = Int64(bitPattern: Self.receive(from: 0))
        error = Self.receive(from: 0)
      }
      Ranks.check(
        withUnsafeMutableBytes(of: &self) {
          $0.baseAddress.map { scaleup_mpi_broadcast_on_host($0, Int32(MemoryLayout<HostClock>.size)) } ?? 0
        }, "broadcast the clock's offset")
    }

    /// Returns the reading of this clock for a reading of rank 0's.
    func own(_ reading: UInt64) -> UInt64 {
      reading.addingReportingOverflow(UInt64(bitPattern: offset)).partialValue
    }

    /// Returns the clock to record after a second measurement: the difference of the two offsets, a drift or an error, is
    /// added to the error.
    func compared(with later: HostClock) -> HostClock {
      var clock = self
      clock.error = max(error, later.error) + (later.offset - offset).magnitude
      return clock
    }

    private static func ask(_ host: Int32) {
      var best: (time: UInt64, offset: Int64) = (.max, 0)
      for _ in 0..<rounds {
        let asked = Clock.monotonic.now()
        send(asked, to: host)
        let reading = receive(from: host)
        let time = Clock.monotonic.now() - asked
        let middle = asked + time / 2
        if time < best.time { best = (time, Int64(bitPattern: reading &- middle)) }
      }
      send(UInt64(bitPattern: best.offset), to: host)
      send(best.time / 2, to: host)
    }

    private static func send(_ word: UInt64, to host: Int32) {
      Ranks.check(scaleup_mpi_send_to_host(word, host), "compare clocks")
    }

    private static func receive(from host: Int32) -> UInt64 {
      var word: UInt64 = 0
      Ranks.check(scaleup_mpi_receive_from_host(&word, host), "compare clocks")
      return word
    }
  }
#endif
