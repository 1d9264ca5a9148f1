import Autoscaling
import Formatting
import Records
import Report
import Simulation
import Statistics

/// Measures how soon a server answers after its launch, and simulates what longer start-ups cost.
struct ColdStart: Lesson {
  static let name = "cold-start"
  static let title = "Cold start: from the launch to the first answer"
  static let files = [
    "Sources/Harness/Running/RunningService.swift", "Sources/ModelKit/Serving/Service.swift",
    "Sources/Simulation/Group/GroupRun.swift",
  ]

  private static let models = ["single", "fork", "threads", "taskgroup"]
  /// The minute in which the traffic changes.
  private static let step = 10
  /// The start-ups in seconds that are simulated beside the measured one.
  private static let longer = [10.0, 60, 300]

  private let bench: Bench

  init(_ bench: Bench) {
    self.bench = bench
  }

  var question: Question {
    Question(
      "When traffic grows, a service launches instances. Here an instance is a process on this machine: scaleup-single serve. How "
        + "many milliseconds pass from its launch until it has answered its first request?",
      .number(unit: "ms"))
  }

  /// The outcome of a step of the traffic with a start-up.
  struct Step {
    /// The start-up in seconds.
    let startUp: Double
    let isMeasured: Bool
    /// The requests over the objective, and those without an answer at the end, over all.
    let late: Double
    let minutesOutside: Int
    /// The time from the step to the end of the first minute with more instances in service, in seconds.
    let service: Double?
  }

  func findings() throws -> Findings {
    let times = try Self.models.map { model in try median(of: model) }
    let steps = Self.steps(measured: times[0] / 1e9)
    return Findings(
      answer: times[0] / 1e6,
      passages: [
        .heading("Measured: from the launch to the first answer"),
        .drawing(
          TextBars(
            zip(Self.models, times).map { .init("scaleup-\($0)", $1, Readable.duration(nanoseconds: $1)) })),
        .heading("Simulated: the traffic triples after \(Self.step) minutes, by start-up"),
        Self.service(startUp: 0).assumptions(
          machines: "2 cores per instance, a health check every 5 s, a Kubernetes autoscaler at 50 % CPU"),
        .drawing(
          TextTable(
            ["start-up", "more in service", "late", "over 200 ms"],
            steps.map { step in
              [
                lessonTime(seconds: step.startUp) + (step.isMeasured ? ", measured" : ""),
                step.service.map { "in \(lessonTime(seconds: $0))" } ?? "-",
                Readable.percent(step.late), "\(step.minutesOutside) min",
              ]
            })),
      ], explanation: Self.explanation(steps, slowest: Self.slowest(times)))
  }

  /// Returns the median time from the launch of a server to its first answer, in nanoseconds.
  private func median(of model: String) throws -> Double {
    let times = try (0..<bench.repetitions).map { _ in
      Double(try bench.serve(model, workers: 1) { try $0.timeToAnswer() })
    }
    return Statistics.median(times) ?? .nan
  }

  private static func slowest(_ times: [Double]) -> (model: String, time: Double) {
    zip(models, times).max { $0.1 < $1.1 }.map { ($0.0, $0.1) } ?? ("single", .nan)
  }

  private static func service(startUp: Double) -> SimulatedService {
    var service = SimulatedService(
      cores: 2, demand: .exponential(mean: 0.02), objective: 0.2,
      rates: Array(repeating: 192, count: step) + Array(repeating: 576, count: 30))
    (service.group.startUp, service.group.grace, service.group.checkInterval) = (startUp, 600, 5)
    return service
  }

  private static func steps(measured: Double) -> [Step] {
    let policy = Policy(.hpa(HorizontalPodAutoscaler([.cpu(50)])))
    return ([measured] + longer).enumerated().map { position, startUp in
      let outcome = service(startUp: startUp).outcome(of: policy, initial: 4)
      let change = 60 * Double(step)
      return Step(
        startUp: startUp, isMeasured: position == 0,
        late: (outcome.late + outcome.unanswered) / max(1, outcome.requests),
        minutesOutside: outcome.minutesOutside,
        service: outcome.timeline.first { $0.time > change && $0.inService > 4 }.map { $0.time - change })
    }
  }

  /// Returns the explanation.
  ///
  /// - Parameters:
  ///   - steps: The measured start-up, then longer ones.
  ///   - slowest: The model that took longest, and its time in nanoseconds.
  static func explanation(_ steps: [Step], slowest: (model: String, time: Double)) -> String {
    let longest = steps[steps.count - 1]
    let cost =
      longest.late > 1.05 * steps[0].late
      ? "\(Readable.percent(steps[0].late)) of all requests were late with the measured start-up, and "
        + "\(Readable.percent(longest.late)) with \(lessonTime(seconds: longest.startUp))."
      : "Here a start-up of \(lessonTime(seconds: longest.startUp)) made no more requests late than the measured one."
    let rest =
      steps[0].late > 0
      ? " Even the measured one has late requests, because a new instance also waits for the autoscaler, which looks every 15 s, and for a "
        + "health check."
      : ""
    return """
      The system loads the program, the runtime starts, the server opens its port, and the first request passes through code that has \
      not run before. Here the slowest, scaleup-\(slowest.model), took \(Readable.duration(nanoseconds: slowest.time)). That is a \
      process alone. A new machine must boot first, a container fetches its image, and programs with a just-in-time compiler or \
      empty caches answer slowly at first: tens of seconds to minutes, which were not measured here, so the table takes them as \
      given. While they pass, the old instances get all of the traffic, and what they cannot answer queues up. \(cost)\(rest) Against that \
      help spare instances, a lower target, or scaling before the traffic comes.
      """
  }
}
