import ModelKit

/// A worker that was lost before it had reported its share, when no retries were left.
struct WorkerLoss: Error, Equatable, CustomStringConvertible {
  /// The reason a worker failed to report.
  enum Cause: Equatable, CustomStringConvertible {
    /// The process ended; `nil` if its exit status is unknown.
    case ended(ExitStatus?)
    /// It sent no report for this time, in nanoseconds, and was killed.
    case silent(UInt64)
    /// It sent a malformed report, and was killed.
    case malformed

    /// A phrase that follows the worker's name, as in `restarts[].cause` of a record.
    var description: String {
      switch self {
      case .ended(let status): status?.description ?? "ended"
      case .silent(let time):
        "did not report for \(Readable.duration(nanoseconds: Double(time))) and was killed"
      case .malformed: "sent a malformed report and was killed"
      }
    }
  }

  /// The worker's number, from 0.
  let worker: Int
  /// Its process identifier.
  let process: Int32
  let cause: Cause
  /// The number of replacements that were allowed, and used.
  let retries: Int
  /// The limit on the CPU time of each worker in seconds; `nil` if there is none.
  var cpuTimeLimit = ProcessLimits.ofThisProcess().cpuTime

  var description: String {
    "worker \(worker) (pid \(process)) \(cause); no retries left (--retries \(retries); \(remedy))"
  }

  private var remedy: String {
    if case .ended(let status) = cause, let cpuTimeLimit,
      ["SIGKILL", "SIGXCPU"].contains(status?.signalName)
    {
      return "if it used its \(cpuTimeLimit) s of CPU time, raise ulimit -t"
    }
    return switch cause {
    case .ended(let status) where status?.signalName == "SIGKILL": "if out of memory, use fewer --workers"
    case .silent: "if its work takes longer, raise --timeout"
    case .ended, .malformed: "try a larger number"
    }
  }
}
