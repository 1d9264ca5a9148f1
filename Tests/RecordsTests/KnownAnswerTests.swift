import Records
import TestSupport
import Testing

struct KnownAnswerTests {
  @Test("the first sums are the well-known ones")
  func knownSums() {
    let known: [(UInt64, UInt128)] = [
      (0, 0), (1, 1), (2, 3), (100, 5050), (10_000_000_000, 50_000_000_005_000_000_000),
      (.max - 1, 170_141_183_460_469_231_704_017_187_605_319_778_305),
      (.max, 170_141_183_460_469_231_722_463_931_679_029_329_920),
    ]
    for (upTo, sum) in known {
      #expect(KnownAnswer.result(of: "sum", upTo: upTo) == ExactInteger(sum), "0…\(upTo)")
    }
  }

  @Test("each sum is the one before plus the number itself")
  func recurrence() throws {
    var generator = SplitMix64(seed: 18)
    for _ in 0..<500 {
      let number = max(1, generator.number())
      let sum = try #require(KnownAnswer.result(of: "sum", upTo: number))
      let before = try #require(KnownAnswer.result(of: "sum", upTo: number - 1))
      #expect(sum.value == before.value + UInt128(number))
    }
  }

  @Test("other workloads have no known answer", arguments: ["stress", "", "Sum", "sums"])
  func otherWorkloads(name: String) {
    #expect(KnownAnswer.result(of: name, upTo: 10) == nil)
  }
}
