import Analysis
import Platform
import Records

/// The work of lessons about memory: triad, a = b + 3c for every element of arrays.
extension Bench {
  /// The largest array in bytes: with more, touching the memory would take too long for a lesson.
  private static let largestArray: UInt64 = 512 << 20

  /// The size of arrays that are far larger than the caches, in bytes.
  var largeArray: UInt64 {
    min(
      caches.leastArray, Self.largestArray,
      max(1 << 20, (Memory.available() ?? .max) / 6 / (1 << 20) * (1 << 20)))
  }

  /// The kernel with vectors if this processor has one.
  var vectorKernel: String { hasKernel("simd") ? "simd" : "scalar" }

  /// Returns triad on arrays of a size in bytes, in whole passes.
  func triad(_ model: String, _ workers: Int, size: UInt64, steps: UInt64? = nil) -> Configuration {
    var triad = Configuration(
      model: model, workload: Configuration.memory, kernel: vectorKernel, workers: workers, upTo: steps,
      operation: "triad", size: size)
    triad.roundUpToWholePasses()
    return triad
  }
}

extension MeasuredConfiguration {
  /// The median bandwidth of `memory` in bytes per second.
  var bandwidth: Double {
    (Double(configuration.upTo ?? 0) + 1) * Double(configuration.bytesPerStep ?? 0) / time * 1e9
  }
}
