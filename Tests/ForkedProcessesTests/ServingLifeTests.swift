import Testing

@testable import ForkedProcesses

/// The rule by which a worker of a service is given up.
struct ServingLifeTests {
  @Test(
    "Only deaths that come early and without an answer count, in a row",
    arguments: [
      // Answers in its life, age in nanoseconds, deaths before, deaths after.
      (0, 0, 0, 1), (0, 9_999_999_999, 3, 4), (0, 10_000_000_000, 3, 0), (1, 100_000_000, 4, 0),
      (0, 500_000_000, 4, ServingLife.mostDeaths),
    ] as [(UInt64, UInt64, Int, Int)])
  func deaths(_ answers: UInt64, _ age: UInt64, _ before: Int, _ after: Int) {
    let life = ServingLife(born: 500, answersBefore: 70, deaths: before)
    #expect(life.deaths(answers: 70 + answers, now: 500 + age) == after)
  }
}
