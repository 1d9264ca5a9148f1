import Foundation
import Platform
import TestSupport
import Testing

/// The mistakes that a user of `scaleup fleet` can make: one line each, before anything is started.
@Suite(.blocking) struct FleetInputTests {
  struct Case: CustomTestStringConvertible {
    let arguments: [String]
    let words: [String]

    init(_ arguments: String, _ words: String...) {
      self.arguments = arguments.split(separator: " ").map(String.init)
      self.words = words
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let cases = [
    Case("--min 5 --max 2", "--min 5 is over --max 2", "swap them"),
    Case("--desired 12", "--desired 12 is outside 1 to 10"),
    Case("--desired 3 --max 2", "--desired 3 is outside 1 to 2"),
    Case("--policy tracking", "unknown policy: 'tracking'", "see scaleup fleet --help"),
    Case("--policy none.json", "none.json", "No such file"),
    Case("--policy keda", "scales by the length of a queue", "--queue embedded"),
    Case("--model sigle", "unknown model: 'sigle'", "did you mean single?"),
    Case("--workers 2", "--workers 2 is too many for single", "at most 1"),
    Case("--instance-share 1.5", "--instance-share 1.5 is more than 1 worker can use", "at most 1"),
    Case("--instance-share 0", "--instance-share: '0'", "from 0.01"),
    Case("--start-up 3", "--start-up: '3'", "a time from 0s to 1h in us, ms, s"),
    Case("--check-interval 1ms", "--check-interval: '1ms'", "a time from 10ms to 10min"),
    Case("--check-interval 1s --check-timeout 2s", "--check-timeout is over --check-interval"),
    Case("--balancer nginx", "'nginx'", "built-in, haproxy"),
    Case("--queue rabbit", "'rabbit'", "redis://127.0.0.1:6379"),
    Case("--queue embedded --balancer haproxy", "--balancer has no effect with --queue"),
    Case("--job-timeout 5s", "--job-timeout has no effect without --queue"),
    Case("--queue embedded --job-timeout 0s", "--job-timeout: '0s'"),
    Case("--journal jobs.journal", "--journal has no effect without --queue embedded"),
    Case("--traffic step", "--traffic step needs a mean rate"),
    Case("--traffic stp --rate 10", "unknown traffic: 'stp'", "did you mean step?"),
    Case("--traffic nope --rate 5", "unknown traffic: 'nope'", "expected one of flat, daily"),
    Case("--path /api/1e4", "--path has no effect without traffic"),
    Case("--peak 3 --rate 10", "--peak has no effect without --traffic"),
    Case("--surge 2", "--surge has no effect without --replace-every"),
    Case("--replace-every 9s --surge 0", "leave no instance to replace"),
    Case("--replace-every 9s --replace-at-once --surge 1", "contradicts"),
    Case("--fault-time 2s", "--fault-time has no effect without --freeze-every"),
    Case("--kill-every 0s", "--kill-every: '0s'"),
    Case("--slo p95", "--slo: 'p95'", "try --slo p99:20ms"),
    Case("--environment NOVALUE", "--environment: 'NOVALUE'", "an equals sign"),
    Case("--seconds 0", "--seconds: '0'"),
  ]

  @Test("an invalid command line of a fleet is refused with one line", arguments: cases)
  func refused(_ input: Case) throws {
    let outcome = try Program("scaleup").run(["fleet"] + input.arguments, in: try Folder())
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(outcome.error.hasPrefix("scaleup: ") && outcome.error.split(separator: "\n").count == 1)
    for words in input.words { #expect(outcome.error.contains(words), "\(outcome.error)") }
  }

  @Test("a policy that schedules more instances than a fleet may have is refused with one line")
  func scheduledSize() throws {
    let folder = try Folder()
    try folder.write(
      #"{"kind":"scheduled","name":"night","actions":[{"at":60,"max":201}]}"#, to: "night.json")
    let outcome = try Program("scaleup").run(["fleet", "--policy", "night.json"], in: folder)
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(outcome.error.contains("policy night schedules 201 instances (expected at most 200;"))
    #expect(outcome.error.split(separator: "\n").count == 1)
  }

  @Test("a queue that cannot start is an error in the words of the fleet's own options")
  func noQueue() throws {
    let free = try ScriptedServer { _ in [] }.port
    let redis = try Program("scaleup").run(
      ["fleet", "--port", "0", "--queue", "redis://127.0.0.1:\(free)"], in: try Folder())
    #expect(redis.status == 1)
    #expect(redis.error.contains("the queue exited with status 1: cannot reach Redis at 127.0.0.1:\(free)"))
    #expect(redis.error.contains("leave out --queue"))
    let device = try Program("scaleup").run(
      ["fleet", "--port", "0", "--queue", "embedded", "--journal", "/dev/null"], in: try Folder())
    #expect(device.status == 1 && device.error.contains("status 64: /dev/null is not a regular file"))
  }

  @Test("a port that is taken is refused before anything is started")
  func takenPort() throws {
    let listener = try Listener(address: "127.0.0.1", port: 0)
    let outcome = try Program("scaleup").run(["fleet", "--port", "\(listener.port)"])
    #expect(outcome.status == 64)
    #expect(outcome.error.contains("cannot listen on 127.0.0.1:\(listener.port): Address already in use"))
    #expect(outcome.error.contains("try --port 0"))
  }
}
