import Formatting
import Records

/// The values of a load generator's record that lessons about services show.
extension LoadRecord {
  /// Returns the correct answers of each worker, whatever process it was; 0 for a worker without any.
  func answers(byEachOf workers: Int) -> [UInt64] {
    var answers = Array(repeating: UInt64(0), count: workers)
    for worker in self.workers ?? [] {
      guard let number = worker.identity?.number, answers.indices.contains(number) else { continue }
      answers[number] += worker.answers
    }
    return answers
  }

  /// The worker that gave the most answers; `nil` if no answer named its worker.
  var busiestWorker: Worker? {
    workers?.max { $0.answers < $1.answers }
  }

  /// The requests that were sent and have no correct answer.
  var lost: UInt64 { errors.total + unanswered }

  /// A percentile of the latencies, such as `1.250 ms`.
  func latencyText(_ percentile: Double) -> String {
    latency.time(atPercentile: percentile).map { Readable.duration(nanoseconds: Double($0)) } ?? "-"
  }
}

extension LoadRecord.Worker {
  /// The number of the worker and its process, of a name such as `1/4711`.
  var identity: (number: Int, process: Int32)? {
    let parts = name.split(separator: "/")
    guard parts.count == 2, let number = Int(parts[0]), let process = Int32(parts[1]) else { return nil }
    return (number, process)
  }
}
