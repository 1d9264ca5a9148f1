import Autoscaling
import Formatting
import Records
import Report
import Simulation

/// Shows what a loop that holds a target does when the traffic changes at once.
struct ControlLoop: Lesson {
  static let name = "control-loop"
  static let title = "A control loop: why it is late, and overshoots"
  static let files = [
    "Sources/Autoscaling/Kubernetes/HorizontalPodAutoscaler.swift",
    "Sources/Autoscaling/AWS/TargetTracking.swift", "Sources/Simulation/Group/GroupRun.swift",
  ]

  /// The minute in which the traffic changes.
  private static let step = 10
  private static let (before, after) = (96.0, 288.0)
  private static let target = 50.0

  private let service = SimulatedService(
    cores: 2, demand: .exponential(mean: 0.02), objective: 0.2,
    rates: Array(repeating: Self.before, count: Self.step) + Array(repeating: Self.after, count: 40))

  init(_ bench: Bench) {}

  /// Returns the instances that a rate keeps busy to the target.
  private func needed(at rate: Double) -> Int {
    let load = rate * service.group.served.demand.mean
    return Int((load / (Self.target / 100 * Double(service.group.served.cores))).rounded(.up))
  }

  /// Returns the utilization of the instances that a rate needs, such as `48 %`.
  private func utilization(at rate: Double) -> String {
    let load = rate * service.group.served.demand.mean
    return
      "\(Readable.fixed(100 * load / Double(needed(at: rate) * service.group.served.cores), decimals: 0)) %"
  }

  var question: Question {
    Question(
      "A group of \(needed(at: Self.before)) instances is \(utilization(at: Self.before)) busy, and a Kubernetes autoscaler keeps it "
        + "at a target of 50 % CPU utilization. After \(Self.step) minutes the traffic triples at once. \(needed(at: Self.after)) instances "
        + "would be \(utilization(at: Self.after)) busy. How many instances does the autoscaler want at most?",
      .number(unit: "instances"), isSimulated: true)
  }

  /// The reaction of a policy to the change of the traffic.
  struct Reaction {
    let name: String
    /// The time from the change to the first decision that adds instances, in seconds; `nil` if there is none.
    let decision: Double?
    /// The time from the change to the end of the first minute with more instances in service, in seconds.
    let service: Double?
    /// The greatest number of desired instances.
    let most: Int
    let minutesOutside: Int
    let longestQueue: Double

    init(_ outcome: SimulationRecord.Policy, change: Double) {
      (name, most, minutesOutside) = (outcome.name, outcome.mostDesired, outcome.minutesOutside)
      longestQueue = outcome.longestQueue
      decision = outcome.trace.first { $0.time > change && $0.desired > $0.current }.map { $0.time - change }
      let first = outcome.timeline.first?.inService ?? 0
      service =
        outcome.timeline.first { $0.time > change && $0.inService > first }.map { $0.time - change }
    }
  }

  func findings() -> Findings {
    let policies = [
      Policy(.hpa(HorizontalPodAutoscaler([.cpu(Self.target)])), name: "Kubernetes"),
      Policy(.targetTracking(TargetTracking(target: Self.target)), name: "AWS", bounds: Bounds(min: 1)),
    ]
    let outcomes = policies.map { service.outcome(of: $0, initial: needed(at: Self.before)) }
    let reactions = outcomes.map { Reaction($0, change: 60 * Double(Self.step)) }
    let rows = reactions.map { reaction in
      [
        reaction.name, reaction.decision.map(lessonTime) ?? "-", reaction.service.map(lessonTime) ?? "-",
        "\(reaction.most)", Readable.grouped(reaction.longestQueue.rounded()),
        "\(reaction.minutesOutside) min",
      ]
    }
    let loop = outcomes[0]
    return Findings(
      answer: Double(reactions[0].most),
      passages: [
        .heading("From the change of the traffic on"), service.assumptions(),
        .drawing(
          TextTable(
            ["", "decides", "serves more", "wants at most", "longest queue", "over 200 ms"], rows)),
        .heading("\(loop.name), minute by minute"),
        .drawing(
          TextStrips(
            [
              loop.trafficStrip, loop.utilizationStrip, loop.strip("queue") { $0.queue },
              loop.strip("desired", upTo: loop.mostDesired) { Double($0.desired) },
              loop.strip("in service", upTo: loop.mostDesired) { Double($0.inService) },
            ], end: loop.end)),
      ],
      explanation: Self.explanation(
        reactions, startUp: service.startUp, check: service.group.checkInterval,
        needed: needed(at: Self.after)))
  }

  /// Returns the explanation.
  ///
  /// - Parameters:
  ///   - reactions: Those of Kubernetes and of AWS.
  ///   - check: The time between health checks in seconds.
  ///   - needed: The instances that have the target utilization.
  static func explanation(_ reactions: [Reaction], startUp: String, check: Double, needed: Int) -> String {
    func times(_ value: (Reaction) -> Double?) -> String {
      reactions.map { reaction in
        value(reaction).map { "\(lessonTime(seconds: $0)) with \(reaction.name)" }
          ?? "never with \(reaction.name)"
      }.joined(separator: " and ")
    }
    let (first, second) = (reactions[0], reactions[1])
    let sizes = reactions.map { reaction in
      reaction.most > needed
        ? "\(reaction.name) wanted up to \(reaction.most)"
        : "\(reaction.name) wanted no more than \(reaction.most)"
    }.joined(separator: ", ")
    let price =
      second.most < first.most && second.minutesOutside > first.minutesOutside
      ? " AWS waits until new instances have warmed up for 300 s before it counts them: it wanted fewer, and was over the "
        + "objective for \(second.minutesOutside) minutes instead of \(first.minutesOutside)."
      : ""
    return """
      A loop acts on what it has measured. Kubernetes looks every 15 s, AWS waits for three minutes over the target. Then an \
      instance takes \(startUp) to start, and gets requests from its next health check on, one every \
      \(Readable.plain(check)) s. So the first decision came \(times(\.decision)) after the change, and more instances were in \
      service \(times(\.service)), read at the end of a minute. Until then requests piled up: at most \
      \(Readable.grouped(first.longestQueue.rounded())) with \(first.name). Utilization cannot show that. It ends at 100 %, so \
      the loop asks for at most 100 / 50 = 2 times the instances, and it stays at 100 % while the new instances \
      work off what piled up, so the loop may ask again. \(needed) instances are enough for 50 %: \(sizes).\(price)
      """
  }
}
