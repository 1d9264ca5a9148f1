import Synchronization

/// The counters of a service's workers, in memory that they share even if they are processes.
///
/// `@unchecked Sendable`: all access is atomic.
public final class ServiceCounters: @unchecked Sendable {
  /// The counters of a worker. No cache line is in two slots.
  struct Slot: ~Copyable {
    /// The answers, whatever their status.
    let answers = Atomic<UInt64>(0)
    /// The requests that were refused: malformed, too large, or too slow.
    let refusals = Atomic<UInt64>(0)
    /// The requests that are being handled, or that wait.
    let inFlight = Atomic<UInt64>(0)
    /// The CPU time of the worker so far, in nanoseconds, without that of the process that it replaced.
    let cpuTime = Atomic<UInt64>(0)
    /// The CPU time of the processes that the worker replaced, in nanoseconds.
    let earlierCPUTime = Atomic<UInt64>(0)
  }

  /// The number of workers.
  public let workers: Int
  private let memory: SharedMemory

  /// Creates counters of 0.
  ///
  /// - Throws: `SystemError`.
  init(workers: Int) throws(SystemError) {
    self.workers = workers
    memory = try SharedMemory(byteCount: workers * ShareTable.cacheLine)
    for worker in 0..<workers { slot(of: worker).initialize(to: Slot()) }
  }

  /// Returns the counters of a worker.
  func slot(of worker: Int) -> UnsafeMutablePointer<Slot> {
    precondition((0..<workers).contains(worker))
    let start = memory.bytes.baseAddress.unsafelyUnwrapped + worker * ShareTable.cacheLine
    return start.assumingMemoryBound(to: Slot.self)
  }

  /// The requests of all workers that are being handled, or that wait.
  var inFlight: UInt64 {
    (0..<workers).reduce(0) { $0 + slot(of: $1).pointee.inFlight.load(ordering: .relaxed) }
  }

  /// Returns the answers of a worker, and of those that it replaced.
  public func answers(of worker: Int) -> UInt64 {
    slot(of: worker).pointee.answers.load(ordering: .relaxed)
  }

  /// Forgets the requests in flight of a worker that has died, and adds its CPU time to that of the worker.
  public func endLife(of worker: Int) {
    let slot = slot(of: worker)
    slot.pointee.inFlight.store(0, ordering: .relaxed)
    slot.pointee.earlierCPUTime.wrappingAdd(
      slot.pointee.cpuTime.exchange(0, ordering: .relaxed), ordering: .relaxed)
  }
}

extension ServiceCounters {
  /// Returns the counters in the text format of Prometheus ("Exposition formats", version 0.0.4).
  ///
  /// - Parameter processCPUTime: The CPU time of this process, for a model whose workers have none of their own; `nil` otherwise.
  func metrics(processCPUTime: UInt64?) -> String {
    var text = ""
    func add(_ name: String, _ kind: String, _ help: String, _ value: (borrowing Slot) -> String) {
      text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
      for worker in 0..<workers {
        text += "\(name){worker=\"\(worker)\"} \(value(slot(of: worker).pointee))\n"
      }
    }
    add("scaleup_requests_total", "counter", "Requests answered, whatever the status.") {
      "\($0.answers.load(ordering: .relaxed))"
    }
    add("scaleup_refused_requests_total", "counter", "Requests refused as malformed, too large or too slow.")
    {
      "\($0.refusals.load(ordering: .relaxed))"
    }
    add("scaleup_requests_in_flight", "gauge", "Requests being handled or waiting.") {
      "\($0.inFlight.load(ordering: .relaxed))"
    }
    let name = "scaleup_cpu_seconds_total"
    if let processCPUTime {
      text +=
        "# HELP \(name) CPU time of the process, whose workers have none of their own.\n# TYPE \(name) counter\n"
      text += "\(name) \(seconds(processCPUTime))\n"
    } else {
      add(name, "counter", "CPU time.") {
        seconds($0.cpuTime.load(ordering: .relaxed) + $0.earlierCPUTime.load(ordering: .relaxed))
      }
    }
    return text
  }

  private func seconds(_ nanoseconds: UInt64) -> String {
    Readable.fixed(Double(nanoseconds) / 1e9, decimals: 6)
  }
}
