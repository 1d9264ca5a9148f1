import ModelKit

/// Something that no model shows because it is no way to compute well: a mistake, or a part of a program alone.
protocol Experiment: SendableMetatype {
  /// What is tried; its kernels are the variants.
  static var workload: Workload { get }

  /// Tries it.
  static func run(_ job: Job) async throws -> TrialRecord
}

/// All experiments, in one executable that is called as a model is.
enum Experiments {
  static let all: [any Experiment.Type] = [
    Copies.self, Waiting.self, Vanished.self, Totals.self, Serial.self, Sharing.self,
  ]

  static let program = ModelProgram(
    model: "experiment", summary: "what the lessons of scaleup demo try beside the models",
    usesChunks: false, workloads: all.map { $0.workload })

  static func run(_ job: Job) async throws -> TrialRecord {
    guard let experiment = all.first(where: { $0.workload.name == job.workload.name }) else {
      throw Refusal("there is no experiment '\(job.workload.name)'")
    }
    return try await experiment.run(job)
  }
}

/// Why an experiment cannot be carried out as it was asked for.
struct Refusal: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

extension Kernel {
  /// A variant of an experiment that treats the numbers itself.
  static func variant(_ name: String) -> Kernel {
    Kernel(name: name) { _ in preconditionFailure("the variant \(name) was asked to treat a range") }
  }
}

extension Job {
  /// The last of its numbers.
  var last: UInt64 {
    guard case .upTo(let last) = extent else { preconditionFailure("an experiment of a period") }
    return last
  }

  /// Refuses numbers whose sum is over 64 bits.
  ///
  /// - Throws: `Refusal`.
  func requireSumOf64Bits() throws(Refusal) {
    // The greatest n for which n(n+1)/2 is below 2^64.
    let most: UInt64 = 6_074_000_999
    if last > most { throw Refusal("the sum 0…\(last) is over 64 bits; expected N up to \(most)") }
  }
}
