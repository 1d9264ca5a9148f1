import Foundation
import ModelKit

/// The end of a worker in the middle of its work.
enum Fault: Equatable {
  /// It raises a signal that ends it.
  case signal(Int32)
  /// It exits with status 3.
  case exit
  /// It stops, and does not go on.
  case stop
  /// It computes for ever.
  case spin

  /// Lets it happen to the calling process.
  func strike() {
    switch self {
    case .signal(let number):
      // The runtime may have a handler that prints a backtrace, and the threads that run tests block signals.
      Foundation.signal(number, SIG_DFL)
      var none = sigset_t()
      sigemptyset(&none)
      pthread_sigmask(SIG_SETMASK, &none, nil)
      raise(number)
    case .exit: _exit(3)
    case .stop: raise(SIGSTOP)
    case .spin: while true { _ = getppid() }
    }
  }
}

/// A workload in which a fault strikes whoever computes given numbers.
struct Faulty {
  /// Every kind of schedule, with one number in a chunk, several, all, and as many as the default.
  static let schedules = Schedule.Kind.allCases.flatMap { kind in
    ([1, 10, 1001, nil] as [UInt64?]).map { Schedule(kind, grain: $0, count: 1001, workers: 4) }
  }

  let workload: Workload

  /// Adds a fault to a workload.
  ///
  /// - Parameters:
  ///   - places: The numbers at which it strikes; in a workload of fixed time, once for each.
  ///   - again: Whether it strikes again when a number is computed again.
  init(_ workload: Workload, _ fault: Fault, at places: [UInt64], again: Bool = false) throws {
    // Files remember where the fault has struck, because workers share no memory.
    let marks = try Directory()
    let isFirst: @Sendable (UInt64) -> Bool = { place in
      again || open("\(marks.path)/\(place)", O_CREAT | O_EXCL, 0o600) != -1
    }
    let work: Workload.Work =
      switch workload.work {
      case .numbers(let kernels):
        .numbers(
          kernels.prefix(1).map { kernel in
            .scalar { range in
              if places.contains(where: { range.contains($0) && isFirst($0) }) { fault.strike() }
              return kernel.compute(range)
            }
          })
      case .arrays(let kernels): .arrays(kernels)
      case .period(let count):
        .period { period, clock, slices in
          if places.contains(where: isFirst) { fault.strike() }
          return count(period, clock, slices)
        }
      }
    self.workload = Workload(name: workload.name, summary: "", work: work)
  }
}

/// A new directory, removed with the last reference.
private final class Directory: Sendable {
  let path = NSTemporaryDirectory() + "scaleup fault \(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
