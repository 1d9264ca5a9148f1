import Autoscaling
import Formatting
import Records
import Report
import Simulation

/// Shows that utilization does not say how many jobs wait, and the backlog does.
struct LongJobs: Lesson {
  static let name = "queue"
  static let title = "A queue of long jobs: by utilization, or by backlog"
  static let files = [
    "Sources/Autoscaling/AWS/BacklogPerInstance.swift", "Sources/Autoscaling/AWS/TargetTracking.swift",
    "Sources/Simulation/Requests/RequestTraffic.swift",
  ]

  private static let job = 20.0
  private static let allowed = 120.0
  private static let (usual, burst) = (0.1, 1.0)
  private static let bounds = Bounds(min: 4, max: 40)

  private let service: SimulatedService

  init(_ bench: Bench) {
    var service = SimulatedService(
      cores: 1, demand: .constant(Self.job),
      rates: (0..<90).map { 10..<20 ~= $0 ? Self.burst : Self.usual })
    service.group.served.balancing = .central
    self.service = service
  }

  var question: Question {
    Question(
      "Jobs of \(lessonTime(seconds: Self.job)) wait in a queue for instances that take one at a time. For ten minutes ten times as many "
        + "arrive as usual. One group scales to 50 % CPU utilization, another to a backlog per instance that it works off in "
        + "\(lessonTime(seconds: Self.allowed)). How many times as long do 95 of 100 jobs take at most, from their arrival to their end, with "
        + "the group that scales by utilization?",
      .factor, isSimulated: true)
  }

  func findings() -> Findings {
    let policies = [
      Policy(.targetTracking(TargetTracking(target: 50)), name: "by utilization", bounds: Self.bounds),
      Policy(
        .backlog(BacklogPerInstance(secondsPerJob: Self.job, allowedSeconds: Self.allowed)),
        name: "by backlog",
        bounds: Self.bounds),
    ]
    let outcomes = policies.map { service.outcome(of: $0, initial: Self.bounds.min) }
    let (utilization, backlog) = (outcomes[0], outcomes[1])
    let most = outcomes.map(\.mostInService).max()
    let longest = Int(outcomes.map(\.longestQueue).max() ?? 0)
    let rows = outcomes.map { outcome in
      [
        outcome.name, "\(outcome.mostInService)", Readable.grouped(outcome.longestQueue),
        outcome.responseText,
        Readable.fixed(outcome.instanceHours, decimals: 1),
      ]
    }
    return Findings(
      answer: Self.ratio(outcomes),
      passages: [
        .heading("Ten minutes of ten times the jobs"), service.assumptions(job: "job"),
        .drawing(TextTable(["", "most instances", "longest queue", "p95", "instance hours"], rows)),
        .heading("Minute by minute"),
        .drawing(
          TextStrips(
            [
              utilization.utilizationStrip,
              utilization.strip("queue, utilization", upTo: longest) { $0.queue },
              backlog.strip("queue, backlog", upTo: longest) { $0.queue },
              utilization.strip("instances, utilization", upTo: most) { Double($0.inService) },
              backlog.strip("instances, backlog", upTo: most) { Double($0.inService) },
            ], end: utilization.end)),
      ], explanation: Self.explanation(outcomes))
  }

  /// Returns how many times as long the jobs take with the first policy; `nil` if one of them answered none.
  private static func ratio(_ outcomes: [SimulationRecord.Policy]) -> Double? {
    outcomes[0].response.flatMap { long in
      outcomes[1].response.flatMap { $0 > 0 ? Double(long) / Double($0) : nil }
    }
  }

  /// Returns the explanation.
  ///
  /// - Parameter outcomes: Those of scaling by utilization and by backlog.
  static func explanation(_ outcomes: [SimulationRecord.Policy]) -> String {
    let full = outcomes[0].timeline.filter { $0.utilization ?? 0 >= 0.995 }.map(\.queue)
    let reading =
      if let least = full.min(), let most = full.max() {
        "The utilization was 100 % in \(Readable.count(full.count, "minute")), and at the end of each of them between "
          + "\(Readable.grouped(least)) and \(Readable.grouped(most)) jobs waited."
      } else {
        "Here the utilization never reached 100 %."
      }
    let verdict =
      if let ratio = ratio(outcomes), ratio > 1.05 {
        "By utilization 95 of 100 jobs took up to \(outcomes[0].responseText), by backlog \(outcomes[1].responseText)."
      } else {
        "In this case the two took about as long."
      }
    return """
      An instance that works on a long job is 100 % busy, whether one job waits or a thousand do. \(reading) With a target of \
      50 % the group can at most double, must wait until the new instances are warm, and only then sees whether it was \
      enough. The backlog says how much work there is: jobs that wait × \(lessonTime(seconds: job)), divided by the \
      \(lessonTime(seconds: allowed)) that may pass, is the number of instances, known at once. \(verdict) The group had at \
      most \(outcomes[0].mostInService) instances by utilization and \(outcomes[1].mostInService) by backlog.
      """
  }
}
