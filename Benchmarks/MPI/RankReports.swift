#if MPI
  import CMPI
  import ModelKit

  /// The reports of all ranks, gathered in rank 0: on the rank, its machine, and each of its workers.
  struct RankReports {
    /// The report of a rank on itself.
    private struct Head: BitwiseCopyable {
      var host: UInt64
      var cores: UInt64
      var cpuTime: UInt64
      var peakMemory: UInt64
      var clock: HostClock
    }

    private static let nameSize = 64
    private static let headSize = MemoryLayout<Head>.size

    private let threads: Int
    private let count: Int
    private let bytes: [UInt8]

    /// The bytes that a rank sends.
    private var size: Int { Self.headSize + Self.nameSize + threads * Region.sizeOfReport }

    /// Gathers the reports.
    init(of region: Region, _ threads: Int, _ ranks: Ranks, _ clock: HostClock) {
      let head = Head(
        host: UInt64(ranks.host), cores: UInt64(CPULimits.ofThisProcess().effectiveUnbound),
        cpuTime: scaleup_process_time(), peakMemory: PeakMemory.ofThisProcess() ?? 0,
        clock: clock.compared(with: HostClock(of: ranks)))
      let name = Array(ranks.hostName.utf8.prefix(Self.nameSize))
      var own = withUnsafeBytes(of: head) { Array($0) } + name
      own += [UInt8](repeating: 0, count: Self.nameSize - name.count)
      for worker in ranks.workers(threads) { own += region.report(of: worker) }
      self.threads = threads
      count = ranks.count
      bytes = ranks.gather(own)
    }

    /// Returns the record of the job, in rank 0.
    func record(of region: Region, _ result: UInt128, _ length: UInt64) -> TrialRecord {
      bytes.withUnsafeBytes { bytes in
        var record = region.record(of: result, length: length) { worker in
          let start = worker / threads * size + Self.headSize + Self.nameSize
          let place = start + worker % threads * Region.sizeOfReport
          return UnsafeRawBufferPointer(rebasing: bytes[place..<place + Region.sizeOfReport])
        }
        let heads = (0..<count).map { bytes.loadUnaligned(fromByteOffset: $0 * size, as: Head.self) }
        record.hosts = hosts(heads, bytes)
        for position in record.shares?.indices ?? 0..<0 {
          let head = heads[position / threads]
          record.shares?[position].host = Int(head.host)
          if threads == 1, head.peakMemory > 0 { record.shares?[position].peakMemory = head.peakMemory }
        }
        return record
      }
    }

    private func hosts(_ heads: [Head], _ bytes: UnsafeRawBufferPointer) -> [HostUse] {
      var hosts: [HostUse] = []
      for (rank, head) in heads.enumerated() {
        // Machines are numbered in the order of their first ranks.
        if head.host == hosts.count {
          let name = bytes[(rank * size + Self.headSize)...].prefix(Self.nameSize).prefix { $0 != 0 }
          hosts.append(
            HostUse(
              name: String(decoding: name, as: UTF8.self), ranks: 0, cores: Int(head.cores), cpuTime: 0,
              clockOffset: head.host == 0 ? nil : Int(head.clock.offset),
              clockError: head.host == 0 ? nil : head.clock.error))
        }
        hosts[Int(head.host)].ranks += 1
        hosts[Int(head.host)].cpuTime += head.cpuTime
      }
      return hosts
    }
  }
#endif
