import Autoscaling
import Testing

@Suite("Decisions that the owners of the policies document")
struct DocumentedDecisionTests {
  @Test(
    "a HorizontalPodAutoscaler counts CPU as Kubernetes' own tests do",
    arguments: [
      ("300 500 700", 30, 5), ("300! 500 700", 30, 4), ("400 500! 700!", 30, 3),
      ("100 300 500 250 250", 50, 3),
      ("100 300 500 250! 250!", 50, 2), ("100 . . . .", 50, 1), ("500 700 x x", 30, 4),
      ("400 95 ? ?", 100, 3),
      ("1000 ?", 100, 2), ("1900 ?", 100, 2), ("600 ?", 100, 2), ("100! 100 100 ?", 50, 3),
      ("100! 450 ?", 50, 3),
      ("100! 2000 ?", 50, 4), ("4000 9500 3000 7000", 100, 8),
    ])
  func cpuUtilization(pods: String, target: Int, desired: Int) throws {
    let current = pods.split(separator: " ").count { !$0.contains("x") }
    #expect(try decision(cpu(pods, target: target, current: current)).desired == desired)
  }

  @Test("a pod more than there should be does not reverse the direction")
  func surge() throws {
    let answer = try decision(cpu("100 100 ?", target: 50, current: 2))
    #expect(answer.desired == 2)
    #expect(answer.limitedBy == .missingMetrics)
  }

  @Test("a ratio within 10 % of the target changes nothing")
  func tolerance() throws {
    let list =
      "{\"cpu\":1010,\"request\":900},{\"cpu\":1030,\"request\":1000},{\"cpu\":1020,\"request\":1100}"
    let answer = try decision(
      pods(list, metric: "{\"resource\":\"cpu\",\"targetUtilization\":100}", current: 3))
    #expect(answer.desired == 3)
    #expect(answer.wanted == 4)
    #expect(answer.limitedBy == .tolerance)
  }

  @Test("a target of 75 % turns 50 pods at 90 % into 60")
  func largerDeployment() throws {
    let list = Array(repeating: "900", count: 50).joined(separator: " ")
    #expect(try decision(cpu(list, target: 75)).desired == 60)
  }

  @Test(
    "metrics of pods ignore readiness",
    arguments: [
      ("50000 10000 30000!", 15000, 6), ("50000! 15000 30000!", 15000, 7), ("20000 10000 30000", 15000, 4),
      ("12000 12000 12000 12000 12000", 20000, 3), ("20000 21000 21000", 20000, 3), ("20000 ?", 20000, 1),
    ])
  func podMetrics(words: String, target: Int, desired: Int) throws {
    let list = words.split(separator: " ").map { word -> String in
      let isReady = !word.contains("!")
      let digits = word.filter(\.isNumber)
      return digits.isEmpty ? "{}" : "{\"qps\":\(digits),\"ready\":\(isReady)}"
    }
    let metric = "{\"pods\":\"qps\",\"targetAverage\":\(target)}"
    let answer = try decision(pods(list.joined(separator: ","), metric: metric, current: list.count))
    #expect(answer.desired == desired)
  }

  @Test(
    "metrics of objects and from outside count ready pods, or are divided by a target per pod",
    arguments: [
      ("external", "targetValue", 8600, 4400, "{}", 1, 2),
      ("object", "targetValue", 20000, 15000, "{},{},{}", 3, 4),
      ("object", "targetAverage", 20000, 5000, "{},{},{}", 3, 4),
      ("object", "targetValue", 50000, 10000, "{\"ready\":false},{},{\"ready\":false}", 3, 5),
      ("external", "targetValue", 8600, 4400, "{\"ready\":false},{},{\"ready\":false}", 3, 2),
      ("external", "targetAverage", 8600, 2150, "{},{},{}", 3, 4),
      ("object", "targetAverage", 6000, 2000, "{},{},{},{},{}", 5, 3),
      ("object", "targetValue", 12000, 20000, "{},{},{},{},{}", 5, 3),
      ("external", "targetValue", 8600, 14334, "{},{},{},{},{}", 5, 3),
      ("external", "targetAverage", 8600, 2867, "{},{},{},{},{}", 5, 3),
      ("object", "targetAverage", 20166, 5000, "{},{},{},{}", 4, 4),
      ("external", "targetValue", 8600, 8888, "{},{},{}", 3, 3),
      ("external", "targetAverage", 8600, 2900, "{},{},{}", 3, 3),
    ])
  func groupMetrics(
    source: String, kind: String, value: Int, target: Int, pods: String, current: Int, desired: Int
  ) throws {
    let state = """
      {"policy":{"kind":"hpa","metrics":[{"\(source)":"qps","\(kind)":\(target)}],"max":100},"current":\(current),
       "metric":\(value),"pods":[\(pods)]}
      """
    #expect(try decision(state).desired == desired)
  }

  @Test(
    "AWS step scaling: bounds include the side of the threshold, and percentages round as documented",
    arguments: [
      (10, 60.0, 11), (11, 70, 14), (14, 40, 13), (13, 30, 10), (10, 59.9, 10), (10, 69.9, 11),
      (10, 40.1, 10),
    ])
  func steps(current: Int, metric: Double, desired: Int) throws {
    let state = """
      {"policy":{"kind":"step","steps":[{"from":60,"to":70,"percent":10},{"from":70,"percent":30},
       {"from":40,"to":30,"percent":-10},{"from":30,"percent":-30}]},"current":\(current),"metric":\(metric)}
      """
    #expect(try decision(state).desired == desired)
  }

  @Test(
    "an adjustment of less than one instance is one, of more is rounded toward zero",
    arguments: [(127, 10.0, 12), (67, 1, 1), (58, -1, -1), (667, -1, -6), (100, 0, 0), (4, 25, 1)])
  func rounding(current: Int, percent: Double, change: Int) throws {
    let state = """
      {"policy":{"kind":"step","steps":[{"from":50,"percent":\(percent)}]},"current":\(current),"metric":50}
      """
    #expect(try decision(state).desired == current + change)
  }

  @Test(
    "AWS target tracking rounds additions up and removals down",
    arguments: [(57.5, 12), (42.5, 9), (75, 15), (50, 10)])
  func targetTracking(metric: Double, desired: Int) throws {
    let state =
      "{\"policy\":{\"kind\":\"target-tracking\",\"target\":50},\"current\":10,\"metric\":\(metric)}"
    #expect(try decision(state).desired == desired)
  }

  @Test(
    "numbers with decimals round as exact numbers do",
    arguments: [
      ("{\"kind\":\"backlog\",\"secondsPerJob\":0.1,\"allowedSeconds\":0.3}", "\"current\":0,\"queue\":3", 1),
      (
        "{\"kind\":\"step\",\"steps\":[{\"from\":1,\"percent\":33.3}]}", "\"current\":1000,\"metric\":1", 1333
      ),
      ("{\"kind\":\"keda\",\"threshold\":0.1}", "\"current\":0,\"queue\":0.3", 3),
      (
        "{\"kind\":\"target-tracking\",\"metric\":\"load\",\"target\":0.1}", "\"current\":1,\"metric\":0.3", 3
      ),
    ])
  func decimals(policy: String, state: String, desired: Int) throws {
    #expect(try decision("{\"policy\":\(policy),\(state)}").desired == desired)
  }

  @Test("samples in cores decide as those in millicores do")
  func cores() throws {
    let list = [0.7, 0.1, 0.1, 0.1].map { "{\"cpu\":\($0),\"request\":0.25}" }.joined(separator: ",")
    #expect(
      try decision(pods(list, metric: "{\"resource\":\"cpu\",\"targetUtilization\":50}", current: 4)).desired
        == 8)
  }

  @Test("a backlog of 150 per instance against a target of 100 adds 5 instances to 10")
  func backlog() throws {
    let state = """
      {"policy":{"kind":"backlog","secondsPerJob":0.1,"allowedSeconds":10},"current":10,"queue":1500}
      """
    #expect(try decision(state).desired == 15)
  }

  @Test(
    "KEDA divides the queue by the threshold, unless it is not over the activation threshold",
    arguments: [
      (20, 5, 0, "AverageValue", 0, 4), (20, 5, 0, "Value", 3, 12), (40, 10, 50, "AverageValue", 0, 0),
      (50, 10, 50, "AverageValue", 0, 0), (51, 10, 50, "AverageValue", 0, 6),
      (5000, 10, 0, "AverageValue", 3, 100),
    ])
  func queue(queue: Int, threshold: Int, activation: Int, type: String, current: Int, desired: Int) throws {
    let state = """
      {"policy":{"kind":"keda","threshold":\(threshold),"activation":\(activation),"metricType":"\(type)"},
       "current":\(current),"queue":\(queue)}
      """
    #expect(try decision(state).desired == desired)
  }

  @Test(
    "KEDA's strategies for jobs start as many as its own tests say",
    arguments: [
      ("\"default\"", 3, 2, 0, 5, 1), ("\"default\"", 2, 0, 0, 5, 2),
      ("\"accurate\"", 3, 2, 0, 5, 3), ("\"accurate\"", 5, 2, 0, 5, 3), ("\"accurate\"", 3, 4, 2, 10, 1),
      ("\"accurate\"", 5, 4, 2, 5, 1), ("\"accurate\"", 3, 3, 3, 5, 0), ("\"accurate\"", 15, 15, 15, 20, 0),
      ("\"accurate\"", 20, 15, 10, 20, 5), ("\"eager\"", 4, 3, 0, 10, 4), ("\"eager\"", 4, 0, 3, 10, 4),
      ("\"eager\"", 4, 7, 0, 10, 3), ("\"eager\"", 4, 1, 6, 10, 3), ("\"eager\"", 15, 0, 0, 10, 10),
      (
        "\"custom\",\"customScalingQueueLengthDeduction\":1,\"customScalingRunningJobPercentage\":\"0.5\"", 3,
        2, 0, 5, 1
      ),
      (
        "\"custom\",\"customScalingQueueLengthDeduction\":1,\"customScalingRunningJobPercentage\":0.5", 10, 0,
        0, 10, 9
      ),
      ("\"custom\",\"customScalingQueueLengthDeduction\":-2", 3, 2, 0, 4, 4),
      ("\"custom\"", 10, 2, 0, 100, 10),
    ])
  func jobs(strategy: String, scale: Int, running: Int, pending: Int, max: Int, desired: Int) throws {
    let state = """
      {"policy":{"kind":"keda-job","strategy":\(strategy),"max":\(max)},"scale":\(scale),"running":\(running),
       "pending":\(pending)}
      """
    #expect(try decision(state).desired == desired)
  }
}
