import Autoscaling
import Foundation
import TestSupport
import Testing

@Suite("Policies and states in JSON")
struct ReadingTests {
  @Test(
    "a state as the documentation shows it is read",
    arguments: [
      (
        """
        {"policy":{"kind":"hpa","metrics":[{"resource":"cpu","targetUtilization":30}],"min":1,"max":1000,"behavior":{}},
         "now":0,"current":3,"pods":[{"cpu":300,"request":1000,"ready":true},{"request":1000,"ready":false}],
         "history":{"recommendations":[[-120,9],[-60,8]],"added":[[-30,15]],"removed":[]}}
        """, 3
      ),
      (
        """
        {"policy":{"kind":"step","steps":[{"from":60,"to":70,"percent":10},{"from":70,"percent":30}],"minimumMagnitude":2},
         "current":10,"metric":60}
        """, 12
      ),
      (
        "{\"policy\":{\"kind\":\"keda-job\",\"strategy\":\"accurate\",\"max\":10},\"scale\":3,\"running\":4,\"pending\":2}",
        1
      ),
    ])
  func documented(json: String, desired: Int) throws {
    #expect(try decision(json).desired == desired)
  }

  @Test("metrics are read as in autoscaling/v2 too, with quantities")
  func fullMetrics() throws {
    let metrics = [
      (
        "{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":{\"type\":\"Utilization\",\"averageUtilization\":30}}}",
        "\"pods\":[{\"cpu\":\"500m\",\"request\":1}]"
      ),
      (
        "{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":{\"type\":\"AverageValue\",\"averageValue\":\"250m\"}}}",
        "\"pods\":[{\"cpu\":0.5}]"
      ),
      (
        "{\"type\":\"Pods\",\"pods\":{\"metric\":{\"name\":\"rate\"},\"target\":{\"type\":\"AverageValue\",\"averageValue\":\"1k\"}}}",
        "\"pods\":[{\"rate\":\"2k\"}]"
      ),
      (
        "{\"type\":\"External\",\"external\":{\"metric\":{\"name\":\"rate\"},\"target\":{\"type\":\"Value\",\"value\":\"1Ki\"}}}",
        "\"metrics\":{\"rate\":2048}"
      ),
      (
        "{\"type\":\"Object\",\"object\":{\"metric\":{\"name\":\"rate\"},\"describedObject\":{},\"target\":{\"type\":\"Value\",\"value\":1}}}",
        "\"metric\":2"
      ),
    ]
    for (metric, samples) in metrics {
      let state = "{\"policy\":{\"kind\":\"hpa\",\"metrics\":[\(metric)]},\"current\":1,\(samples)}"
      #expect(try decision(state).desired == 2)
    }
  }

  @Test(
    "after its first minutes, a pod that was ready once counts although it is not ready",
    arguments: [
      (-600, -540, 4), (-600, -580, 3), (-200, -100, 3),
    ])
  func readiness(started: Int, changed: Int, desired: Int) throws {
    let late = "{\"cpu\":700,\"request\":1000,\"ready\":false,\"started\":\(started),\"changed\":\(changed)}"
    let ready = "{\"cpu\":300,\"request\":1000}"
    let state = pods(
      "\(late),\(ready),\(ready)", metric: "{\"resource\":\"cpu\",\"targetUtilization\":33}", current: 3)
    #expect(try decision(state).desired == desired)
  }

  @Test(
    "several metrics: the greatest counts, and one that is missing forbids going down",
    arguments: [
      ("30", "300", 4), ("30", "null", 3), ("90", "null", 6), ("90", "150", 6),
    ])
  func severalMetrics(cpu: String, external: String, desired: Int) throws {
    let pod = "{\"cpu\":\(cpu)0,\"request\":1000}"
    let state = """
      {"policy":{"kind":"hpa","metrics":[{"resource":"cpu","targetUtilization":50},
       {"external":"load","targetAverage":80}]},"current":3,"pods":[\(pod),\(pod),\(pod)],"metrics":{"load":\(external)}}
      """
    #expect(try decision(state).desired == desired)
  }

  @Test(
    "what is wrong is refused by name",
    arguments: [
      (
        "{\"kind\":\"target-tracking\",\"target\":0}",
        "has a 'target' in the policy that is 0 (expected a number over 0, at most 100)"
      ),
      ("{\"kind\":\"target-tracking\",\"target\":101}", "'target'"),
      ("{\"kind\":\"target-tracking\",\"target\":\"many\"}", "is not a number"),
      ("{\"kind\":\"target-tracking\"}", "lacks 'target' in the policy"),
      ("{\"kind\":\"target-tracking\",\"target\":50,\"speed\":1}", "unknown field in the policy: 'speed'"),
      (
        "{\"kind\":\"target-tracking\",\"target\":50,\"min\":5,\"max\":3}",
        "has a 'min' of 5 over its 'max' of 3"
      ), ("{\"kind\":\"target-tracking\",\"target\":50,\"min\":1.5}", "'min'"),
      ("{\"kind\":\"target-tracking\",\"target\":50,\"min\":1,\"max\":3,\"desired\":9}", "'desired' of 9"),
      ("{\"kind\":\"target-tracking\",\"target\":50,\"scaleOut\":{\"period\":0}}", "'period'"),
      ("{\"kind\":\"thermostat\"}", "'thermostat'"), ("{}", "lacks 'kind'"), ("[]", "not an object"),
      ("{\"kind\":7}", "'kind'"), ("{\"kind\":\"none\",\"target\":5}", "'target'"),
      ("{\"kind\":\"step\",\"steps\":[]}", "0 steps"),
      ("{\"kind\":\"step\",\"steps\":[{\"from\":60}]}", "0 adjustments in step 1"),
      ("{\"kind\":\"step\",\"steps\":[{\"from\":60,\"percent\":1,\"change\":1}]}", "2 adjustments"),
      (
        "{\"kind\":\"step\",\"steps\":[{\"from\":60,\"to\":70,\"change\":1},{\"from\":65,\"change\":2}]}",
        "overlap"
      ),
      ("{\"kind\":\"step\",\"steps\":[{\"from\":60,\"change\":1},{\"from\":70,\"change\":2}]}", "overlap"),
      (
        "{\"kind\":\"step\",\"steps\":[{\"from\":60,\"to\":65,\"change\":1},{\"from\":70,\"change\":2}]}",
        "leave a gap"
      ),
      (
        "{\"kind\":\"step\",\"steps\":[{\"from\":60,\"change\":1},{\"from\":70,\"change\":-2}]}", "contradict"
      ), ("{\"kind\":\"step\",\"steps\":[{\"from\":60,\"to\":50,\"change\":1}]}", "runs downward"),
      ("{\"kind\":\"step\",\"steps\":[{\"from\":60,\"to\":60,\"change\":1}]}", "empty"),
      (
        "{\"kind\":\"step\",\"steps\":[{\"from\":60,\"to\":70,\"change\":1},{\"from\":70,\"percent\":2}]}",
        "mix"
      ),
      (
        "{\"kind\":\"step\",\"steps\":[{\"from\":60,\"change\":1}],\"minimumMagnitude\":2}",
        "no step with 'percent'"
      ),
      (
        "{\"kind\":\"simple\",\"steps\":[{\"from\":60,\"to\":70,\"change\":1},{\"from\":70,\"change\":2}]}",
        "several steps above"
      ),
      ("{\"kind\":\"simple\",\"steps\":[{\"from\":60,\"change\":1}],\"warmUp\":3}", "'warmUp'"),
      ("{\"kind\":\"scheduled\",\"actions\":[{\"at\":\"25:00\",\"desired\":1}]}", "25:00"),
      ("{\"kind\":\"scheduled\",\"actions\":[{\"at\":5}]}", "no change in action 1"),
      ("{\"kind\":\"scheduled\",\"actions\":[{\"at\":99999,\"desired\":1}],\"every\":86400}", "99999"),
      ("{\"kind\":\"scheduled\",\"actions\":[{\"at\":9,\"min\":3,\"max\":1}]}", "'min' of 3"),
      ("{\"kind\":\"backlog\",\"secondsPerJob\":0,\"allowedSeconds\":10}", "'secondsPerJob'"),
      ("{\"kind\":\"backlog\",\"secondsPerJob\":20,\"allowedSeconds\":10}", "one job alone takes longer"),
      ("{\"kind\":\"keda\",\"threshold\":0}", "'threshold'"),
      ("{\"kind\":\"keda\",\"threshold\":5,\"pollingInterval\":0}", "'pollingInterval'"),
      ("{\"kind\":\"keda\",\"threshold\":5,\"metricType\":\"Utilization\"}", "AverageValue, Value"),
      ("{\"kind\":\"keda-job\",\"strategy\":\"lazy\"}", "default, custom, accurate, eager"),
      ("{\"kind\":\"hpa\",\"metrics\":[]}", "'metrics'"),
      (
        "{\"kind\":\"hpa\",\"metrics\":[{\"resource\":\"cpu\",\"targetUtilization\":0}]}",
        "'targetUtilization' in metric 1"
      ), ("{\"kind\":\"hpa\",\"metrics\":[{\"resource\":\"cpu\"}]}", "0 targets"),
      (
        "{\"kind\":\"hpa\",\"metrics\":[{\"external\":\"q\",\"targetUtilization\":5}]}",
        "wrong kind of target"
      ), ("{\"kind\":\"hpa\",\"metrics\":[{\"type\":\"ContainerResource\"}]}", "'ContainerResource'"),
      (
        "{\"kind\":\"hpa\",\"metrics\":[{\"external\":\"q\",\"targetValue\":5}],\"behavior\":{\"scaleUp\":{\"policies\":[{\"type\":\"Pods\",\"value\":1,\"periodSeconds\":0}]}}}",
        "'periodSeconds' in policy 1 of 'scaleUp'"
      ),
      (
        "{\"kind\":\"hpa\",\"metrics\":[{\"external\":\"q\",\"targetValue\":5}],\"behavior\":{\"scaleDown\":{\"stabilizationWindowSeconds\":4000}}}",
        "'stabilizationWindowSeconds'"
      ),
      (
        "{\"kind\":\"hpa\",\"metrics\":[{\"external\":\"q\",\"targetValue\":5}],\"behavior\":{\"scaleDown\":{\"selectPolicy\":\"Median\"}}}",
        "'Median'"
      ),
      (
        "{\"kind\":\"combined\",\"policies\":[{\"kind\":\"target-tracking\",\"target\":5,\"min\":1}]}",
        "'min'"
      ), ("{\"kind\":\"combined\",\"policies\":[{\"kind\":\"none\"}]}", "kind none in policy 1"),
      ("{\"kind\":\"combined\",\"policies\":[]}", "'policies'"),
    ])
  func refusedPolicies(json: String, words: String) {
    let problem = problem(json, as: Policy.self)
    #expect(problem?.contains(words) == true, "\(problem ?? "accepted")")
    #expect(problem?.contains("\n") == false)
  }

  @Test(
    "a state that lacks what its policy reads is refused",
    arguments: [
      ("{}", "lacks 'policy'"), ("{\"policy\":{\"kind\":\"none\"}}", "lacks 'current'"),
      ("{\"policy\":{\"kind\":\"none\"},\"current\":-1}", "'current'"),
      (
        "{\"policy\":{\"kind\":\"none\"},\"current\":1,\"weather\":1}",
        "unknown field in the state: 'weather'"
      ),
      ("{\"policy\":{\"kind\":\"target-tracking\",\"target\":50},\"current\":1}", "lacks 'metric'"),
      ("{\"policy\":{\"kind\":\"keda\",\"threshold\":5},\"current\":1}", "lacks 'queue'"),
      ("{\"policy\":{\"kind\":\"keda\",\"threshold\":5},\"current\":1,\"queue\":-4}", "'queue'"),
      ("{\"policy\":{\"kind\":\"keda-job\"},\"running\":1}", "lacks 'scale'"),
      (
        "{\"policy\":{\"kind\":\"hpa\",\"metrics\":[{\"resource\":\"cpu\",\"targetUtilization\":5}]},\"current\":1}",
        "lacks 'pods'"
      ),
      (
        "{\"policy\":{\"kind\":\"hpa\",\"metrics\":[{\"resource\":\"cpu\",\"targetUtilization\":5}]},\"current\":1,\"pods\":[{\"cpus\":1}]}",
        "unknown field in pod 1: 'cpus'"
      ),
      ("{\"policy\":{\"kind\":\"none\"},\"current\":1,\"history\":{\"added\":[[5,1]]}}", "'added'"),
      ("{\"policy\":{\"kind\":\"none\"},\"current\":1,\"history\":{\"added\":[[-5]]}}", "wrong element 1"),
      ("{\"policy\":{\"kind\":\"none\"},\"current\":1,\"warming\":2}", "'warming'"),
      (
        "{\"policy\":{\"kind\":\"target-tracking\",\"target\":50},\"current\":1,\"metrics\":{\"speed\":1}}",
        "unknown field in 'metrics': 'speed'"
      ),
    ])
  func refusedStates(json: String, words: String) {
    let problem = problem(json)
    #expect(problem?.contains(words) == true, "\(problem ?? "accepted")")
  }

  @Test("a number that is missing changes nothing, as null says")
  func missingData() throws {
    let answer = try decision(
      "{\"policy\":{\"kind\":\"target-tracking\",\"target\":50},\"current\":6,\"metric\":null}")
    #expect(answer.desired == 6)
    #expect(answer.limitedBy == .missingMetrics)
  }

  @Test("a policy that is written and read again is the same")
  func roundTrip() throws {
    let rules: [Rule] = [
      .kedaJob(ScaledJob(.custom, threshold: 2, queueLengthDeduction: 1, runningJobShare: 0.5)),
      .keda(ScaledObject(threshold: 2.5, activation: 3, metricType: .value)),
      .step(StepScaling(steps: [Step(from: 1.5, isAbove: true, .percent(10))], minimumMagnitude: 2)),
      .hpa(
        HorizontalPodAutoscaler(
          [
            MetricSpec(.external, "load", .value(0.125)), MetricSpec(.object, "rate", .average(3)), .cpu(120),
          ],
          behavior: ScalingBehavior(
            scaleUp: .init(
              stabilizationWindow: 5, select: .disabled, policies: [.init(.pods, 2, per: 30)], tolerance: 0.05
            )),
          tolerance: 0.2)),
      .combined(
        CombinedPolicies([
          .targetTracking(
            TargetTracking(target: 50, scaleOut: Alarm(period: 10, periods: 2), disableScaleIn: true)),
          .scheduled(ScheduledScaling(actions: [.init(at: 60, min: 2, max: 9, desired: 3)])),
        ])),
    ]
    let policies =
      Policy.presets + rules.map { Policy($0, name: "own", bounds: Bounds(min: 1, max: 9), initial: 2) }
    for policy in policies {
      let text = try JSONEncoder().encode(policy)
      #expect(
        try JSONDecoder().decode(Policy.self, from: text) == policy,
        "\(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test("damaged states are refused or decided on, never a trap")
  func damaged() {
    var random = SplitMix64(seed: 25)
    let state = """
      {"policy":{"kind":"hpa","metrics":[{"resource":"cpu","targetUtilization":30}],"min":1,"max":1000,"behavior":{"scaleUp":
      {"policies":[{"type":"Pods","value":4,"periodSeconds":15}]}}},"current":3,"pods":[{"cpu":300,"request":1000}],
      "history":{"recommendations":[[-120,9]]}}
      """
    let pieces = ["-", "9", "e99", "null", "true", "[", "]", "{", "}", "\"", ",", ":", "0.5", "\"x\""]
    for _ in 0..<500 {
      var text = Array(state)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<text.count, using: &random)
        text.replaceSubrange(
          place..<min(text.count, place + Int.random(in: 0...2, using: &random)),
          with: pieces.randomElement(using: &random) ?? "")
      }
      if let answer = try? decision(String(text)) { #expect(answer.desired >= 0) }
    }
  }
}
