import Autoscaling
import Testing

@Suite("KEDA over time")
struct QueueScalingTests {
  /// Returns the sizes of a group that follows a policy while the queue has the given lengths.
  private func sizes(_ rule: ScaledObject, from start: Int, queue: [Double], min: Int = 0, step: Double = 30)
    -> [Int]
  {
    let policy = Policy(.keda(rule), bounds: Bounds(min: min, max: 100))
    var (memory, size) = (PolicyMemory(), start)
    return queue.enumerated().map { index, length in
      let observation = Observation(time: Double(index) * step, current: size, queue: length)
      size = policy.decide(on: observation, remembering: &memory).desired
      return size
    }
  }

  @Test("the way to 0 waits for the cooldown after the queue was last active")
  func cooldown() {
    let queue = [30.0] + Array(repeating: 0, count: 11)
    let sizes = sizes(ScaledObject(threshold: 10), from: 3, queue: queue)
    #expect(sizes == [3] + Array(repeating: 1, count: 10) + [0])
  }

  @Test("with a minimum over 0, the cooldown and the activation threshold have no say")
  func minimum() {
    #expect(
      sizes(ScaledObject(threshold: 10, activation: 50), from: 5, queue: [40, 0, 0], min: 2) == [4, 2, 2])
  }

  @Test("with the limits of an autoscaler, the way from 0 leads over 1, and removals are stabilized")
  func behavior() {
    let rule = ScaledObject(threshold: 10, behavior: ScalingBehavior())
    #expect(sizes(rule, from: 0, queue: [300, 300, 300, 300, 300], step: 15) == [1, 5, 10, 20, 30])
    let fall = sizes(rule, from: 30, queue: [300] + Array(repeating: 100, count: 21), step: 15)
    #expect(fall == Array(repeating: 30, count: 20) + [10, 10])
  }

  @Test("with the limits of an autoscaler, 10 % more than the threshold changes nothing")
  func tolerance() {
    let rule = ScaledObject(threshold: 10, behavior: ScalingBehavior())
    #expect(sizes(rule, from: 10, queue: [109]) == [10])
    #expect(sizes(ScaledObject(threshold: 10), from: 10, queue: [109]) == [11])
  }

  @Test("fewer jobs than the minimum are brought up to it")
  func jobMinimum() throws {
    let answer = try decision("{\"policy\":{\"kind\":\"keda-job\",\"min\":5},\"scale\":0,\"running\":2}")
    #expect(answer.desired == 3)
    #expect(answer.limitedBy == .min)
  }

  @Test("a maximum limits the jobs to start")
  func jobMaximum() throws {
    let answer = try decision(
      "{\"policy\":{\"kind\":\"keda-job\",\"max\":10,\"threshold\":2},\"queue\":100,\"running\":4}")
    #expect(answer.desired == 6)
    #expect(answer.wanted == 46)
    #expect(answer.limitedBy == .max)
  }

  @Test("an unknown length of the queue changes nothing")
  func unknownQueue() throws {
    for policy in [
      "{\"kind\":\"keda\",\"threshold\":5}",
      "{\"kind\":\"backlog\",\"secondsPerJob\":1,\"allowedSeconds\":9}",
    ] {
      let answer = try decision("{\"policy\":\(policy),\"current\":4,\"queue\":null}")
      #expect(answer.desired == 4)
      #expect(answer.limitedBy == .missingMetrics)
    }
  }
}
