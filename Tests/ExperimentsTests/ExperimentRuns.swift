import ModelKit
import Testing

@testable import Experiments

/// Runs a variant of an experiment once.
func run(
  _ experiment: any Experiment.Type, _ kernel: String, _ upTo: UInt64, workers: Int
) async throws -> TrialRecord {
  let workload = experiment.workload
  let chosen = try #require(workload.kernels.first { $0.name == kernel })
  return try await Experiments.run(Job(workload, workers: workers, extent: .upTo(upTo), kernel: chosen))
}

/// Returns the sum 0…n.
func sum(_ upTo: UInt64) -> UInt128 { UInt128(upTo) * (UInt128(upTo) + 1) / 2 }
