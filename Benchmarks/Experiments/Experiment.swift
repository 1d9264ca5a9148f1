import ModelKit

/// A measurement that is not a model: a mistake worth measuring, or one part of a program alone.
protocol Experiment: SendableMetatype {
  /// The workload of the experiment. Its kernels are the variants.
  static var workload: Workload { get }

  /// Runs the experiment once.
  static func run(_ job: Job) async throws -> TrialRecord
}

/// All experiments, in one executable with the command line of a model.
enum Experiments {
  static let all: [any Experiment.Type] = [
    Copies.self, Waiting.self, Items.self, Vanished.self, Totals.self, Serial.self, Tree.self, Race.self,
    Sharing.self,
    Deadlock.self, Reentrancy.self, Switching.self,
  ]

  static let program = ModelProgram(
    model: "experiment", summary: "experiments for the lessons of scaleup demo",
    usesThreadPool: true, usesChunks: false, workloads: all.map { $0.workload },
    serve: PolledTasks.serve)

  static func run(_ job: Job) async throws -> TrialRecord {
    guard let experiment = all.first(where: { $0.workload.name == job.workload.name }) else {
      throw ExperimentError("unknown experiment: '\(job.workload.name)'")
    }
    return try await experiment.run(job)
  }
}

/// The reason an experiment cannot run as requested.
struct ExperimentError: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

extension Kernel {
  /// Makes a variant of an experiment that computes without a kernel.
  static func variant(_ name: String) -> Kernel {
    Kernel(name: name) { _ in preconditionFailure("the variant \(name) computes no ranges") }
  }
}

extension Job {
  /// The last number, N.
  var last: UInt64 {
    guard case .upTo(let last) = extent else { preconditionFailure("an experiment of fixed time") }
    return last
  }

  /// Checks that the sum fits in 64 bits.
  ///
  /// - Throws: `ExperimentError`.
  func requireSumOf64Bits() throws(ExperimentError) {
    // The greatest n for which n(n+1)/2 is below 2^64.
    let most: UInt64 = 6_074_000_999
    if last > most { throw ExperimentError("the sum 0…\(last) exceeds 64 bits (expected N up to \(most))") }
  }
}
