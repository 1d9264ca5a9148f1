import Autoscaling
import Formatting
import Records
import Report
import Simulation

/// Shows what a stabilization window and a cooldown are for: a group that follows every swing of the traffic.
struct Flapping: Lesson {
  static let name = "flapping"
  static let title = "Flapping: a group that follows every swing"
  static let files = [
    "Sources/Autoscaling/Kubernetes/ScalingBehavior+Limit.swift",
    "Sources/Autoscaling/AWS/SimpleScaling.swift", "Sources/Simulation/Group/GroupRun.swift",
  ]

  private static let swing = 3
  private static let (low, high) = (100.0, 200.0)
  private static let pause = 300.0

  private let service = SimulatedService(
    cores: 2, demand: .exponential(mean: 0.02), objective: 0.2,
    rates: (0..<60).map { $0 / Self.swing % 2 == 0 ? Self.low : Self.high })

  init(_ bench: Bench) {}

  var question: Question {
    Question(
      "For an hour the traffic is low for \(Self.swing) minutes, then twice as high for \(Self.swing) minutes, and so on. A Kubernetes "
        + "autoscaler keeps 50 % CPU utilization. Before it removes an instance it looks at what it wanted in the last "
        + "\(Readable.plain(Self.pause)) s, and keeps the most. Without this window, how many times does it change the size of the "
        + "group in that hour?",
      .number(unit: "changes"), isSimulated: true)
  }

  /// The policies: Kubernetes and simple scaling, each without its brake and with it.
  private var policies: [Policy] {
    [0, Self.pause].map { (window: Double) -> Policy in
      let down = ScalingBehavior.Rules(
        stabilizationWindow: window, policies: ScalingBehavior.Rules.defaultScaleDown.policies)
      return Policy(
        .hpa(HorizontalPodAutoscaler([.cpu(50)], behavior: ScalingBehavior(scaleDown: down))),
        name: "Kubernetes, window \(Readable.plain(window)) s")
    }
      + [0, Self.pause].map { (cooldown: Double) -> Policy in
        let steps = [Step(from: 60, isAbove: true, .change(1)), Step(from: 40, isAbove: false, .change(-1))]
        return Policy(
          .simple(SimpleScaling(steps: StepScaling(steps: steps), cooldown: cooldown)),
          name: "AWS simple, cooldown \(Readable.plain(cooldown)) s", bounds: Bounds(min: 1))
      }
  }

  func findings() -> Findings {
    let outcomes = policies.map { service.outcome(of: $0, initial: 2) }
    let most = outcomes.map(\.mostDesired).max()
    let rows = outcomes.map { outcome in
      [
        outcome.name, "\(outcome.actions)", "\(outcome.mostDesired)",
        Readable.fixed(outcome.instanceHours, decimals: 1), "\(outcome.minutesOutside) min",
      ]
    }
    return Findings(
      answer: Double(outcomes[0].actions),
      passages: [
        .heading("An hour of swings"), service.assumptions(),
        .drawing(
          TextTable(["", "changes", "most", "instance hours", "over 200 ms"], rows)),
        .heading("Desired instances, minute by minute"),
        .drawing(
          TextStrips(
            [outcomes[0].trafficStrip]
              + zip(["no window", "window", "no cooldown", "cooldown"], outcomes).map { name, outcome in
                outcome.strip(name, upTo: most) { Double($0.desired) }
              }, end: outcomes[0].end)),
      ], explanation: Self.explanation(outcomes, startUp: service.startUp))
  }

  /// Returns the explanation.
  ///
  /// - Parameter outcomes: Those of Kubernetes without and with its window, and of simple scaling without and with its cooldown.
  static func explanation(_ outcomes: [SimulationRecord.Policy], startUp: String) -> String {
    let counts = outcomes.map(\.actions)
    let held =
      counts[1] < counts[0]
      ? "The window is longer than a trough of \(swing) minutes, so the peak before the trough still counts."
      : "Here the window did not reduce them."
    return """
      Without a brake, each decision is right for the moment and wrong for the next: an instance takes \(startUp) to start, and the \
      traffic turns after \(swing) minutes. A stabilization window keeps the most that was wanted lately; a cooldown ignores the \
      metric for a while after a change, in both directions. Kubernetes changed the group \(times(counts[0])) without \
      the window and \(times(counts[1])) with it. \(held) Simple scaling changed it \(times(counts[2])) without the \
      cooldown and \(times(counts[3])) with it. \(price(outcomes[0], outcomes[1], "window")) \
      \(price(outcomes[2], outcomes[3], "cooldown"))
      """
  }

  private static func times(_ count: Int) -> String { Readable.count(count, "time") }

  /// Returns what a brake changed: the instance hours, and the minutes outside the objective.
  private static func price(
    _ without: SimulationRecord.Policy, _ with: SimulationRecord.Policy, _ brake: String
  ) -> String {
    func hours(_ outcome: SimulationRecord.Policy) -> String {
      Readable.fixed(outcome.instanceHours, decimals: 1)
    }
    return
      "With the \(brake) the group took \(hours(with)) instance hours instead of \(hours(without)), and was over the objective "
      + "for \(Readable.count(with.minutesOutside, "minute")) instead of \(without.minutesOutside)."
  }
}
