import Foundation
import Platform
import Records
import TestSupport
import Testing

@testable import Harness

/// A report of the load generator of a second with so many answers, all at one latency.
func loadRecord(rate: Double? = 1000, answers: UInt64 = 1000, connections: Int = 2) -> LoadRecord {
  var load = LoadRecord(
    url: "http://127.0.0.1:4711/", connections: connections, duration: 1_000_000_000, warmUp: 200_000_000)
  (load.askedRate, load.achievedRate) = (rate, Double(answers))
  (load.sent, load.answered, load.answeredInAll) = (answers, answers, answers + answers / 5)
  if answers > 0 { load.latency.record(1000, times: answers) }
  (load.userTime, load.systemTime) = (200_000_000, 100_000_000)
  return load
}

extension WorkshopTests {
  /// Trials of scripts that stand in for a server and for the load generator.
  struct ServiceTrialTests {
    private static let configuration = Configuration(
      model: "x", workload: "serve", workers: 1, duration: 1_000_000_000,
      traffic: Traffic(path: "/api/7", rate: 1000, connections: 2))
    private static let minute: UInt64 = 60_000_000_000
    private static let shortly: UInt64 = 50_000_000

    private static let ready = ServiceRecord(
      model: "x", workers: 1, address: "127.0.0.1", port: 4711, process: 1)
    /// A server that serves until it is asked to end.
    private static let serving = "\(announcing); \(waiting)"
    private static let announcing = "echo $$ >\"$0.pid\"; trap 'exit 0' TERM; echo '\(ready.jsonText)'"
    private static let waiting = "sleep 1000 & wait"

    private static func reporting(_ load: LoadRecord = loadRecord()) throws -> String {
      "echo $$ >\"$0.pid\"; echo '\(try JSON.encode(load))'"
    }

    /// Carries out a trial.
    private func outcome(
      _ server: String, _ generator: String, limits: ServiceTrial.Limits = .init(load: minute),
      configuration: Configuration = configuration, generator bound: LoadGenerator? = nil,
      isPeer: Bool = false,
      in workshop: PeerWorkshop
    ) throws -> TrialOutcome? {
      let (path, load) = ("\(workshop.tools)/scaleup-x", "\(workshop.tools)/scaleup")
      try workshop.script(path, server)
      try workshop.script(load, generator)
      let model = InstalledModel(
        path: path,
        description: ModelDescription(
          model: "x", summary: "", version: "", maximumWorkers: 8, serves: true, workloads: []),
        isPeer: isPeer)
      let trial = ServiceTrial(
        configuration, try #require(configuration.traffic), of: model,
        bound ?? LoadGenerator(path: load, on: nil, effectiveCPUs: 1), limits: limits)
      let runner = ChildRunner(signals: try SignalPipe([SignalPipe.childEnded]))
      return try runner.watching { (children: inout ChildWatches) throws(SystemError) in
        try trial.carryOut(&children, nil)
      }
    }

    /// Expects that a process which wrote its number beside its script is no more.
    private func expectEnded(_ name: String, in workshop: PeerWorkshop) throws {
      let text = try #require(workshop.text("\(workshop.tools)/\(name).pid"))
      let process = try #require(pid_t(text.filter(\.isNumber)))
      #expect(kill(process, 0) == -1 && errno == ESRCH, "\(name) still runs")
    }

    @Test("a trial has the resources of the server and the report of the generator, without addresses")
    func measured() throws {
      try withPeerWorkshop { workshop in
        let server = "echo \"$@\" >\"$0.arguments\"; \(Self.serving)"
        let generator = "echo \"$@\" >\"$0.arguments\"; \(try Self.reporting())"
        guard case .measured(let process, let report) = try outcome(server, generator, in: workshop) else {
          Issue.record("the trial failed")
          return
        }
        #expect(process.userTime + process.systemTime > 0 && process.wall > 0)
        #expect(report.result == ExactInteger(1200) && report.region == 1_000_000_000)
        #expect(report.workload == "serve" && report.workers == 1 && report.sharesCPUs == true)
        var load = loadRecord()
        load.url = "/api/7"
        #expect(report.traffic == load && report.contradiction == nil)
        #expect(
          workshop.text("\(workshop.tools)/scaleup-x.arguments")
            == "serve --port 0 --workers 1 --grace 5 --json\n")
        #expect(
          workshop.text("\(workshop.tools)/scaleup.arguments")
            == "load http://127.0.0.1:4711/api/7 --rate 1000 --arrivals poisson --connections 2 "
            + "--seconds 1.000000000 --warmup 0.200000000 --json\n")
        for name in ["scaleup-x", "scaleup"] { try expectEnded(name, in: workshop) }
      }
    }

    @Test("a peer is started with the options that every server has")
    func peer() throws {
      try withPeerWorkshop { workshop in
        let server = "echo \"$@\" >\"$0.arguments\"; \(Self.serving)"
        let found = try outcome(server, Self.reporting(), isPeer: true, in: workshop)
        guard case .measured = found else {
          Issue.record("\(String(describing: found))")
          return
        }
        #expect(
          workshop.text("\(workshop.tools)/scaleup-x.arguments") == "serve --port 0 --workers 1 --json\n")
      }
    }

    @Test("a closed loop has no rate, and an IPv6 address stands in brackets")
    func closedLoop() throws {
      try withPeerWorkshop { workshop in
        var closed = Self.configuration
        closed.traffic?.rate = nil
        let generator = "echo \"$@\" >\"$0.arguments\"; \(try Self.reporting(loadRecord(rate: nil)))"
        let server = Self.serving.replacing("127.0.0.1", with: "::1")
        let found = try outcome(server, generator, configuration: closed, in: workshop)
        guard case .measured = found else {
          Issue.record("\(String(describing: found))")
          return
        }
        let arguments = workshop.text("\(workshop.tools)/scaleup.arguments")
        #expect(arguments?.hasPrefix("load http://[::1]:4711/api/7 --connections 2 --seconds ") == true)
      }
    }

    /// Expects that a trial fails for a reason.
    private func expectFailure(
      _ reason: String, _ server: String = serving, _ generator: String? = nil,
      limits: ServiceTrial.Limits = .init(load: minute), sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      try withPeerWorkshop { workshop in
        let found = try outcome(server, generator ?? Self.reporting(), limits: limits, in: workshop)
        guard case .failed(let why, _) = found else {
          Issue.record("\(String(describing: found))", sourceLocation: sourceLocation)
          return
        }
        #expect(why == reason, sourceLocation: sourceLocation)
        for name in ["scaleup-x", "scaleup"] where workshop.text("\(workshop.tools)/\(name).pid") != nil {
          try expectEnded(name, in: workshop)
        }
      }
    }

    @Test("a server that does not get ready fails the trial, and is ended")
    func notReady() throws {
      try expectFailure(
        "scaleup-x exited with status 71 before it was ready: the port is taken",
        "echo 'the port is taken' >&2; exit 71")
      try expectFailure("scaleup-x exited with status 0 before it was ready", "exit 0")
      try expectFailure(
        "scaleup-x did not get ready within 50.00 ms and was killed", "echo $$ >\"$0.pid\"; exec sleep 1000",
        limits: .init(ready: Self.shortly, load: Self.minute))
      try expectFailure(
        "scaleup-x printed a report that is truncated or not JSON", "echo listening; exec sleep 1000")
      try expectFailure(
        "scaleup-x reported parameters that differ from the request: 'workers'",
        Self.serving.replacing("\"workers\":1", with: "\"workers\":2"))
      try expectFailure(
        "scaleup-x printed a report that has an invalid value at 'port': 0",
        Self.serving.replacing("\"port\":4711", with: "\"port\":0"))
    }

    @Test("a server that ends during the trial fails it, and the generator is ended")
    func serverEnds() throws {
      let killing = "echo $$ >\"$0.pid\"; kill -9 $(cat \"$0-x.pid\"); exec sleep 1000"
      try expectFailure("scaleup-x was killed by SIGKILL during the trial", Self.serving, killing)
      let asking = killing.replacing("-9", with: "-TERM")
      let complaining = Self.serving.replacing("exit 0", with: "echo lost >&2; exit 3")
      try expectFailure("scaleup-x exited with status 3 during the trial: lost", complaining, asking)
    }

    @Test("a server that does not end properly fails the trial, and is killed")
    func serverStays() throws {
      try expectFailure(
        "scaleup-x exited with status 3 after the trial", Self.serving.replacing("exit 0", with: "exit 3"))
      try expectFailure(
        "scaleup-x did not end on SIGTERM within 50.00 ms and was killed",
        Self.serving.replacing("'exit 0'", with: "''"), limits: .init(load: Self.minute, end: Self.shortly))
    }

    @Test("a generator that fails fails the trial, and the server is ended")
    func generatorFails() throws {
      try expectFailure(
        "the load generator exited with status 1: no ports left", Self.serving,
        "echo 'no ports left' >&2; exit 1")
      try expectFailure(
        "the load generator did not end within 50.00 ms and was killed", Self.serving,
        "echo $$ >\"$0.pid\"; exec sleep 1000", limits: .init(load: Self.shortly))
      try expectFailure(
        "the load generator printed a report that is truncated or not JSON", Self.serving, "echo done")
      try expectFailure(
        "the load generator printed a report that lacks 'answeredInAll'", Self.serving,
        Self.reporting().replacing("\"answeredInAll\":1200,", with: ""))
      try expectFailure(
        "the load generator printed a report that has no answered request", Self.serving,
        Self.reporting(loadRecord(answers: 0)))
      try expectFailure(
        "the load generator reported parameters that differ from the request: 'askedRate'", Self.serving,
        Self.reporting(loadRecord(rate: 999)))
      try expectFailure(
        "the load generator printed a report that has 1000 times in 'latency' for 999 requests", Self.serving,
        Self.reporting().replacing("\"answered\":1000,", with: "\"answered\":999,"))
    }

    @Test(
      "a generator that cannot start is reported without the path of its directory",
      .disabled(
        if: Sanitizer.isThread, "its vfork is a fork, whose child cannot tell why it executed nothing"))
    func noGenerator() throws {
      try withPeerWorkshop { workshop in
        let load = "\(workshop.tools)/scaleup"
        // The server removes the generator before it is ready.
        let removing = Self.serving.replacing("trap", with: "rm \"${0%-x}\"; trap")
        guard case .failed(let reason, _) = try outcome(removing, "exit 0", in: workshop) else {
          Issue.record("the trial counted")
          return
        }
        #expect(
          reason == "the load generator failed: cannot start: No such file or directory (errno \(ENOENT))")
        #expect(!File.exists(load))
        try expectEnded("scaleup-x", in: workshop)
      }
    }

    @Test(
      "wrong answers come before every other failure",
      arguments: [
        (RequestFailure.wrongAnswer, "with a wrong answer"),
        (.badStatus, "with another status than 200"), (.malformed, "with something other than HTTP"),
        (.tooLarge, "with too many bytes"),
      ])
    func wrongAnswers(kind: RequestFailure, words: String) throws {
      var load = loadRecord(answers: 900)
      load.sent = 1000
      load.errors[kind] = 3
      load.errors[.timeout] = 5
      try expectFailure(
        "scaleup-x answered 3 of 1000 requests \(words)", Self.serving, "\(Self.reporting(load)); exit 1")
    }

    @Test(
      "a server with one worker and the generator are bound to the CPUs that keep them apart",
      .enabled(if: Processor.canBind && (Topology.usable()?.cpus.count ?? 0) > 1))
    func bound() throws {
      try withPeerWorkshop { workshop in
        let mask = "grep Cpus_allowed_list: /proc/self/status | cut -f 2 >\"$0.cpus\""
        let generator = LoadGenerator(
          path: "\(workshop.tools)/scaleup", on: Topology.usable(), effectiveCPUs: 2)
        let found = try outcome(
          "\(mask); \(Self.serving)", "\(mask); \(try Self.reporting())", generator: generator, in: workshop)
        guard case .measured(_, let report) = found else {
          Issue.record("\(String(describing: found))")
          return
        }
        #expect(report.sharesCPUs == false)
        let masks = ["scaleup-x", "scaleup"].map { workshop.text("\(workshop.tools)/\($0).cpus") }
        let cpus = generator.cpus(of: Self.configuration)
        #expect(masks == [cpus.server, cpus.generator].map { "\($0[0])\n" } && masks[0] != masks[1])
      }
    }

    @Test("one worker and the generator have a core each if there are two, and more workers share all")
    func placement() throws {
      let cpus = (0..<4).map { Topology.CPU(number: $0, socket: 0, core: "0:\($0 / 2)") }
      var configuration = Self.configuration
      let apart = LoadGenerator(path: "", on: Topology(cpus: cpus), effectiveCPUs: 4)
      if Processor.canBind {
        #expect(apart.cpus(of: configuration) == (server: [0], generator: [2]))
      }
      for alone in [
        LoadGenerator(path: "", on: Topology(cpus: [cpus[0]]), effectiveCPUs: 1),
        LoadGenerator(path: "", on: Topology(cpus: cpus), effectiveCPUs: 1),
        LoadGenerator(path: "", on: nil, effectiveCPUs: 4),
      ] {
        #expect(alone.cpus(of: configuration) == (server: [], generator: []))
      }
      configuration.workers = 2
      #expect(apart.cpus(of: configuration) == (server: [], generator: []))
    }
  }
}
