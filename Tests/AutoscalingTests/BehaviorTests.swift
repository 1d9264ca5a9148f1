import Autoscaling
import Testing

@Suite("The limits of a HorizontalPodAutoscaler")
struct BehaviorTests {
  /// The limits of a direction as in autoscaling/v2.
  private static func rules(
    _ direction: String, pods: Int = 0, percent: Int = 0, per period: Int = 60, percentPer: Int? = nil,
    window: Int? = nil, select: String = "Max"
  ) -> String {
    let list = [("Pods", pods, period), ("Percent", percent, percentPer ?? period)].filter { $0.1 != 0 }
      .map { "{\"type\":\"\($0.0)\",\"value\":\($0.1),\"periodSeconds\":\($0.2)}" }
    let stabilization = window.map { "\"stabilizationWindowSeconds\":\($0)," } ?? ""
    return "{\"\(direction)\":{\(stabilization)\"selectPolicy\":\"\(select)\","
      + "\"policies\":[\(list.joined(separator: ","))]}}"
  }

  @Test(
    "without history, rates limit the change from the current number",
    arguments: [
      (10, 50, "{}", 20), (3, 1000, rules("scaleUp", percent: 1), 4),
      (10, 500, rules("scaleUp", pods: 100, percent: 100), 110),
      (10, 500, rules("scaleUp", pods: 2, percent: 100), 20), (10, 50, rules("scaleUp", pods: 100), 50),
      (10, 50, rules("scaleUp", pods: 30), 40), (10, 50, rules("scaleUp", percent: 200), 30),
      (100, 2, rules("scaleDown", pods: 20, percent: 1), 80),
      (100, 2, rules("scaleDown", pods: 2, percent: 1), 98),
      (1000, 3, rules("scaleDown", pods: 20), 980), (10, 0, rules("scaleDown", pods: 100), 1),
      (10, 2, rules("scaleDown", pods: 5), 5), (10, 5, rules("scaleDown", percent: 50), 5),
      (5, 1, rules("scaleDown", pods: 2, percent: 50, select: "Min"), 3),
      (1, 10, rules("scaleUp", pods: 2, percent: 50, select: "Min"), 2),
      (5, 50, rules("scaleUp", pods: 1, select: "Disabled"), 5),
      (50, 5, rules("scaleDown", pods: 1, select: "Disabled"), 50),
      (1, 100, "{}", 5), (3, 100, "{}", 7),
    ])
  func rates(current: Int, recommendation: Int, behavior: String, desired: Int) throws {
    let answer = try decision(limited(current, recommendation: recommendation, behavior: behavior))
    #expect(answer.desired == desired)
    #expect(answer.wanted == recommendation)
    #expect((answer.limitedBy == nil) == (desired == recommendation))
  }

  @Test(
    "with history, rates count from the number at the start of their period",
    arguments: [
      (100, 500, rules("scaleUp", pods: 5, per: 120), "\"added\":[[-100,1],[-60,5],[-20,9]]", 100),
      (100, 500, rules("scaleUp", pods: 150, per: 120), "\"added\":[[-100,1],[-60,5],[-20,9]]", 235),
      (100, 500, rules("scaleUp", percent: 200, per: 120), "\"added\":[[-100,1],[-60,5],[-20,9]]", 255),
      (6, 24, rules("scaleUp", percent: 300, per: 300), "\"added\":[[-60,4]],\"removed\":[[-60,2]]", 16),
      (100, 2, rules("scaleDown", pods: 5, per: 120), "\"removed\":[[-100,1],[-60,5],[-20,9]]", 100),
      (100, 0, rules("scaleDown", percent: 50, per: 120), "\"removed\":[[-100,2],[-60,4],[-20,6]]", 56),
      (
        10, 1, rules("scaleDown", percent: 50, per: 180, window: 0),
        "\"added\":[[-60,2]],\"removed\":[[-60,4]]", 6
      ),
      (100, 0, rules("scaleDown", percent: 10, per: 120), "\"removed\":[[-100,10],[-60,10],[-20,10]]", 100),
      (10, 5, rules("scaleDown", percent: 1000, per: 120), "\"removed\":[[-100,10],[-60,10],[-20,10]]", 5),
      (100, 500, rules("scaleUp", pods: 30, per: 60), "\"added\":[[-60,20]]", 130),
    ])
  func ratesWithHistory(
    current: Int, recommendation: Int, behavior: String, history: String, desired: Int
  ) throws {
    let state = limited(
      current, recommendation: recommendation, behavior: behavior, history: "{\(history)}")
    #expect(try decision(state).desired == desired)
  }

  @Test(
    "stabilization clamps the current number between the recommendations of the windows",
    arguments: [
      (100, 3, 0, 180, "[-120,4],[-60,5]", 5), (1, 7, 300, 0, "[-120,4],[-60,5]", 4),
      (100, 3, 300, 0, "[-120,1],[-60,2]", 3),
      (1, 3, 0, 300, "[-120,4],[-60,5]", 3), (100, 3, 0, 0, "[-600,10],[-540,9]", 3),
      (100, 3, 0, 180, "[-600,10],[-60,4],[-120,5],[-540,9]", 5),
      (1, 100, 300, 300, "[-6000,10],[-60,6],[-120,5],[-180,9]", 5),
      (2, 1, 300, 300, "[-6000,2],[-180,3]", 2),
      (2, 3, 300, 300, "[-6000,2],[-180,1]", 2), (5, 3, 0, 300, "[-200,4],[-100,5]", 5),
    ])
  func stabilization(
    current: Int, recommendation: Int, up: Int, down: Int, recommendations: String, desired: Int
  ) throws {
    let behavior = """
      {"scaleUp":{"stabilizationWindowSeconds":\(up),"policies":[{"type":"Pods","value":1000,"periodSeconds":15}]},
       "scaleDown":{"stabilizationWindowSeconds":\(down)}}
      """
    let state = limited(
      current, recommendation: recommendation, behavior: behavior,
      history: "{\"recommendations\":[\(recommendations)]}")
    let answer = try decision(state)
    #expect(answer.desired == desired)
    #expect(answer.limitedBy == (desired == recommendation ? nil : .stabilization))
  }

  @Test(
    "bounds come last, and a number out of bounds goes straight to them",
    arguments: [
      (3, 1, 2, 8, 2, Constraint.min), (20, 1000, 1, 10, 10, .max), (100, 1000, 100, 150, 150, .max),
      (1, 1, 2, 6, 2, .min),
      (6, 6, 2, 5, 5, .max), (0, 10, 1, 10, 0, .disabled),
    ])
  func bounds(current: Int, recommendation: Int, min: Int, max: Int, desired: Int, limit: Constraint) throws {
    let answer = try decision(limited(current, recommendation: recommendation, min: min, max: max))
    #expect(answer.desired == desired)
    #expect(answer.limitedBy == limit)
  }

  @Test("with a minimum of 0, the number may go to 0 and come back")
  func zero() throws {
    #expect(try decision(limited(1, recommendation: 0, min: 0, max: 10)).desired == 0)
    #expect(try decision(limited(0, recommendation: 3, min: 0, max: 10)).desired == 3)
  }

  @Test("10 % or 4 pods per period take 80 pods to 10 as documented")
  func slowDown() throws {
    let behavior = ScalingBehavior(
      scaleDown: .init(
        stabilizationWindow: 0, policies: [.init(.pods, 4, per: 60), .init(.percent, 10, per: 60)]))
    #expect(
      sizes(from: 80, recommendation: 10, behavior, steps: 12) == [
        72, 64, 57, 51, 45, 40, 36, 32, 28, 24, 20, 16,
      ])
  }

  @Test("900 % per minute takes 1 pod to 1000 as documented")
  func fastUp() throws {
    let behavior = ScalingBehavior(
      scaleUp: .init(stabilizationWindow: 0, policies: [.init(.percent, 900, per: 60)]))
    #expect(sizes(from: 1, recommendation: 1000, behavior, steps: 3) == [10, 100, 1000])
  }

  @Test("a tolerance of its own in one direction replaces the general one there")
  func tolerances() throws {
    let behavior = "{\"scaleUp\":{\"tolerance\":\"0.01\"},\"scaleDown\":{\"tolerance\":0.3}}"
    #expect(try decision(limited(100, recommendation: 105, behavior: behavior)).desired == 105)
    #expect(try decision(limited(100, recommendation: 75, behavior: behavior)).desired == 100)
    #expect(try decision(limited(100, recommendation: 65, behavior: behavior)).desired == 65)
  }

  /// Returns the sizes of a group whose metric keeps asking for the same, once a minute.
  private func sizes(from start: Int, recommendation: Int, _ behavior: ScalingBehavior, steps: Int) -> [Int] {
    let policy = Policy(
      .hpa(HorizontalPodAutoscaler([MetricSpec(.external, "load", .average(1))], behavior: behavior)))
    var (memory, size) = (PolicyMemory(), start)
    return (0..<steps).map { step in
      let observation = Observation(
        time: Double(step) * 60, current: size, metrics: ["load": Double(recommendation)])
      size = policy.decide(on: observation, remembering: &memory).desired
      return size
    }
  }
}
