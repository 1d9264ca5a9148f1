import ModelKit

/// A worker that is lost: it ended before it had reported all that it was asked for, or had to be ended.
struct WorkerLoss: Error, Equatable, CustomStringConvertible {
  /// What became of it; its description reads on after the worker's name.
  enum Cause: Equatable, CustomStringConvertible {
    /// It ended, or was ended by somebody else; `nil` where the system does not tell how.
    case ended(ExitStatus?)
    /// It had not reported for so many nanoseconds.
    case silent(UInt64)
    /// What it sent is no report.
    case nonsense

    var description: String {
      switch self {
      case .ended(let status): status?.description ?? "ended"
      case .silent(let time):
        "did not report for \(Readable.duration(nanoseconds: Double(time))) and was killed"
      case .nonsense: "sent what is no report and was killed"
      }
    }
  }

  let worker: Int
  let process: Int32
  let cause: Cause
  /// How many workers may be replaced, which have been.
  let retries: Int

  var description: String {
    let remedy =
      switch cause {
      case .ended(.signaled(9)): "if memory ran out, ask for fewer --workers; otherwise raise --retries"
      case .silent: "raise --timeout if its work takes longer, or --retries"
      case .ended, .nonsense: "run it again, or raise --retries"
      }
    return
      "worker \(worker) (pid \(process)) \(cause) before it had reported, and --retries \(retries) allows no more "
      + "to be replaced; \(remedy)"
  }
}
