import Foundation
import TestSupport
import Testing

@testable import Workloads

/// Every kernel of `sum` that this processor has, held to the closed form.
struct KernelTests {
  /// More numbers than the widest kernel treats in one step: 8 vectors of 8.
  private static let step: UInt64 = 64

  @Test("the kernels are scalar, then simd, which is the first of the instruction sets")
  func names() throws {
    let kernels = Workload.sum.kernels
    #expect(Set(kernels.map(\.name)).count == kernels.count)
    #expect(kernels[0].name == "scalar" && kernels[0].instructionSet == nil)
    #expect(kernels[1].name == "simd" && kernels[1].instructionSet == kernels[2].name)
    #expect(kernels.dropFirst(2).allSatisfy { $0.instructionSet == $0.name })
    #expect(kernels.last?.name == "portable")
    #if arch(x86_64)
      let sets = ["avx512", "avx2", "sse2", "portable"]
      #expect(kernels.contains { $0.name == "sse2" })
    #elseif arch(arm64)
      let sets = ["neon", "portable"]
      #expect(kernels.contains { $0.name == "neon" })
    #else
      let sets = ["portable"]
    #endif
    // The widest first, and none for another processor.
    #expect(kernels.dropFirst(2).map(\.name) == sets.filter { set in kernels.contains { $0.name == set } })
  }

  #if os(Linux) && arch(x86_64)
    @Test("the kernels are those of the processor's instruction sets according to the system")
    func availability() throws {
      let text = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
      let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("flags") })
      let flags = Set(line.split(whereSeparator: \.isWhitespace))
      let names = Set(Workload.sum.kernels.map(\.name))
      #expect(names.contains("avx512") == flags.contains("avx512f"))
      #expect(names.contains("avx2") == flags.contains("avx2"))
    }
  #endif

  @Test("lengths around every multiple of a step are summed exactly, heads and tails included")
  func lengths() {
    for multiple in 0...4 as ClosedRange<UInt64> {
      for part in [8, 12, 16, 24, Self.step] as [UInt64] {
        let middle = multiple * part
        for length in middle - min(3, middle)...middle + 3 {
          for lower in [0, 1, 7, 1000] as [UInt64] { expectExact(lower..<lower + length) }
        }
      }
    }
  }

  @Test(
    "ranges around every power of two are summed exactly",
    arguments: [16, 31, 32, 33, 48, 53, 57, 58, 59, 60, 61, 62, 63] as [UInt64])
  func powers(power: UInt64) {
    let middle = (1 as UInt64) << power
    for length in [1, 63, 64, 65, 127, 129, 1000, 4096, 5001] as [UInt64] {
      for lower in [middle - length, middle - length / 2, middle - 1, middle, middle + 1] {
        expectExact(lower..<lower + length)
      }
    }
  }

  @Test("the largest numbers, two or three of which fill an accumulator, are summed exactly")
  func largestNumbers() {
    for length in (0...200).map(UInt64.init) + [1000, 4096, 65_537] {
      expectExact(UInt64.max - length..<UInt64.max)
      expectExact(UInt64.max - length - 5..<UInt64.max - 5)
      // Of these numbers two or three fit.
      expectExact(UInt64.max / 2 - length / 2..<UInt64.max / 2 + (length + 1) / 2)
      expectExact(UInt64.max / 3 - length / 2..<UInt64.max / 3 + (length + 1) / 2)
    }
  }

  @Test(
    "accumulators are drained in time, just before, at and after a drain",
    arguments: [54, 56, 58, 60, 62] as [UInt64])
  func draining(power: UInt64) {
    let steps = (1 as UInt64) << (64 - power)
    for perStep in [8, 12, 24, Self.step] as [UInt64] {
      let full = steps * perStep
      for length in [full - 1, full, full + 1, 2 * full - 1, 3 * full + perStep + 1] where length < 250_000 {
        let middle = (1 as UInt64) << power
        expectExact(middle - length..<middle)
        expectExact(middle..<middle + length)
      }
    }
  }

  @Test(
    "an empty range has the sum 0, wherever it lies", arguments: [0, 1, 63, 64, 1 << 32, .max] as [UInt64])
  func emptyRanges(bound: UInt64) {
    expectExact(bound..<bound)
  }

  @Test("random ranges are summed exactly, and all kernels agree")
  func randomRanges() {
    var generator = SplitMix64(seed: 70)
    for _ in 0..<300 {
      let lower = generator.next() >> UInt64.random(in: 0..<64, using: &generator)
      let length = generator.next() >> UInt64.random(in: 48..<64, using: &generator)
      expectExact(lower..<lower + min(UInt64.max - lower, length))
    }
    for _ in 0..<5 {
      let lower = generator.next() >> UInt64.random(in: 0..<64, using: &generator)
      let length = UInt64.random(in: 100_000...400_000, using: &generator)
      expectExact(lower..<lower + min(UInt64.max - lower, length))
    }
  }

  @Test("the parts of a divided range add up to the whole")
  func dividedSums() {
    var generator = SplitMix64(seed: 71)
    for kernel in Workload.sum.kernels {
      for _ in 0..<10 {
        let count = UInt64.random(in: 0...20_000, using: &generator)
        let workers = Int.random(in: 1...70, using: &generator)
        let parts = (0..<workers).map { kernel.compute(range(of: count, for: $0, among: workers)) }
        #expect(parts.reduce(0, +) == closedForm(0..<count), "\(kernel.name): \(count) among \(workers)")
      }
    }
  }

  /// Holds every kernel to the arithmetic on the range's ends.
  private func expectExact(_ range: Range<UInt64>, at place: SourceLocation = #_sourceLocation) {
    let right = closedForm(range)
    for kernel in Workload.sum.kernels {
      let sum = kernel.compute(range)
      if sum != right {
        Issue.record("\(kernel.name) of \(range) is \(sum), not \(right)", sourceLocation: place)
      }
    }
  }

  /// The number of terms times the first and the last, halved; what is even of the two factors is halved first, so
  /// that the product of a range of all numbers fits.
  private func closedForm(_ range: Range<UInt64>) -> UInt128 {
    if range.isEmpty { return 0 }
    let terms = UInt128(range.upperBound) - UInt128(range.lowerBound)
    let ends = UInt128(range.lowerBound) + UInt128(range.upperBound) - 1
    return terms.isMultiple(of: 2) ? terms / 2 * ends : terms * (ends / 2)
  }
}
