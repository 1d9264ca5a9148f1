import Statistics
import TestSupport
import Testing

struct MedianTests {
  @Test(
    "the median of a known sample is known",
    arguments: [
      ([7], 7), ([3, 1, 2], 2), ([5, 1, 4, 2, 3], 3), ([4, 1], 2.5), ([40, 10, 30, 20], 25),
      ([2, 2, 2, 9], 2), ([-5, -1, -3], -3), ([-4, 4], 0), ([0, 0, 1e9], 0),
    ] as [([Double], Double)])
  func known(sample: [Double], middle: Double) {
    #expect(median(sample) == middle)
  }

  @Test("the median of an empty sample is nil")
  func empty() {
    #expect(median([]) == nil)
  }

  @Test("the median of a sample with a NaN is nil, wherever it is", arguments: 0..<5)
  func notANumber(position: Int) {
    var sample = [1.0, 2, 3, 4, 5]
    sample[position] = .nan
    #expect(median(sample) == nil)
  }

  @Test("infinities are the largest and smallest values")
  func infinities() {
    #expect(median([.infinity, 1, -.infinity]) == 1)
    #expect(median([1, .infinity]) == .infinity)
    #expect(median([-.infinity, -.infinity, 3]) == -.infinity)
    #expect(median([.infinity, .infinity, 3]) == .infinity)
  }
}

struct MedianPropertyTests {
  /// Samples of 1 to 40 values of very different sizes, some of them equal.
  private static let samples: [[Double]] = {
    var generator = SplitMix64(seed: 1)
    return (0..<500).map { _ in
      let scale = [1e-9, 1.0, 1e9, 1e18][Int.random(in: 0..<4, using: &generator)]
      return (0..<Int.random(in: 1...40, using: &generator)).map { _ in
        Bool.random(using: &generator)
          ? Double.random(in: -scale...scale, using: &generator)
          : Double(Int.random(in: -3...3, using: &generator))
      }
    }
  }()

  @Test("the median does not depend on the order of the values")
  func permutation() {
    var generator = SplitMix64(seed: 2)
    for sample in Self.samples {
      #expect(median(sample.shuffled(using: &generator)) == median(sample))
    }
  }

  @Test("the median lies between the least and greatest values")
  func bounds() throws {
    for sample in Self.samples {
      let middle = try #require(median(sample))
      let least = try #require(sample.min())
      let greatest = try #require(sample.max())
      #expect(least <= middle && middle <= greatest)
    }
  }

  @Test("at least half of the values lie on either side of the median")
  func halves() throws {
    for sample in Self.samples {
      let middle = try #require(median(sample))
      #expect(sample.count { $0 <= middle } * 2 >= sample.count)
      #expect(sample.count { $0 >= middle } * 2 >= sample.count)
    }
  }

  @Test("the median shifts with the values")
  func shift() {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<500 {
      // Whole numbers, so that nothing is rounded.
      let sample = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
        Double(Int.random(in: -1_000_000...1_000_000, using: &generator))
      }
      let shift = Double(Int.random(in: -1_000_000...1_000_000, using: &generator))
      #expect(median(sample.map { $0 + shift }) == median(sample).map { $0 + shift })
    }
  }

  @Test("the median scales with the values")
  func scale() {
    for sample in Self.samples {
      // Powers of two, so that nothing is rounded.
      for factor in [0.25, 2, -4] {
        #expect(median(sample.map { $0 * factor }) == median(sample).map { $0 * factor })
      }
    }
  }

  @Test("the median does not move if the greatest of three or more values grows")
  func robustness() throws {
    for sample in Self.samples where sample.count >= 3 {
      let sorted = sample.sorted()
      #expect(median(sorted.dropLast() + [.greatestFiniteMagnitude]) == median(sample))
    }
  }
}
