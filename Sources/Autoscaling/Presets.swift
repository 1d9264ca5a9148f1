extension Policy {
  /// The policies that can be called by name, with the defaults of their owners and common targets.
  ///
  /// Those of AWS keep at least one instance: without any, a group has no utilization that could bring it back.
  public static let presets: [Policy] = [
    Policy(.none(FixedSize())),
    Policy(.targetTracking(TargetTracking(target: 50)), bounds: Bounds(min: 1)),
    Policy(
      .step(
        StepScaling(steps: [
          Step(from: 60, to: 70, isAbove: true, .percent(10)), Step(from: 70, isAbove: true, .percent(30)),
          Step(from: 40, to: 30, isAbove: false, .percent(-10)),
          Step(from: 30, isAbove: false, .percent(-30)),
        ])), bounds: Bounds(min: 1)),
    Policy(
      .simple(
        SimpleScaling(
          steps: StepScaling(
            steps: [
              Step(from: 70, isAbove: true, .change(1)), Step(from: 30, isAbove: false, .change(-1)),
            ], alarm: Alarm(period: 60, periods: 5)))), bounds: Bounds(min: 1)),
    Policy(
      .scheduled(
        ScheduledScaling(
          actions: [
            .init(at: 8 * 3600, desired: 8), .init(at: 20 * 3600, desired: 2),
          ], every: 86_400))),
    Policy(.hpa(HorizontalPodAutoscaler([.cpu(50)]))),
    Policy(.keda(ScaledObject(threshold: 10, behavior: ScalingBehavior()))),
    Policy(.backlog(BacklogPerInstance(secondsPerJob: 0.1, allowedSeconds: 10))),
  ]

  /// Returns the preset with a name, or `nil`.
  public static func preset(named name: String) -> Policy? { presets.first { $0.name == name } }
}
