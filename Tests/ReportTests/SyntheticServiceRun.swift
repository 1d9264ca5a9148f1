import Records

/// A run of services as it might have been: one worker apart from the load generator, several beside it. The generator cannot
/// send enough to `dispatch`, and `threads` is out of CPU time.
let syntheticServiceRun: RunRecord = {
  let configurations = [
    serve("single", 1), serve("fork", 1), serve("fork", 4), serve("dispatch", 4), serve("threads", 4),
  ]
  var run = syntheticRun
  run.plan = Plan(configurations: configurations, trials: 5, warmUps: 1)
  run.trials = (0..<6).flatMap { round in
    configurations.indices.map { position in
      serviceTrial(configurations[position], position, round: max(0, round - 1), warmUp: round == 0)
    }
  }
  return run
}()

private func serve(_ model: String, _ workers: Int) -> Configuration {
  Configuration(
    model: model, workload: "serve", workers: workers, duration: 1_000_000_000,
    traffic: Traffic(path: "/api/1e6", rate: 20_000, connections: 32))
}

private func serviceTrial(
  _ configuration: Configuration, _ position: Int, round: Int, warmUp: Bool
) -> Trial {
  let answers: UInt64 =
    ["dispatch": 12_000, "threads": 16_000][configuration.model] ?? 20_000 - UInt64(round)
  var load = LoadRecord(
    url: "/api/1e6", connections: 32, duration: 1_000_000_000, warmUp: 200_000_000)
  (load.askedRate, load.achievedRate) = (20_000, Double(answers))
  let all = answers + answers / 5
  (load.sent, load.answered, load.answeredInAll) = (answers, answers, all)
  if configuration.model == "threads" {
    load.sent += 3
    load.errors[.timeout] = 2
    load.unanswered = 1
  }
  let latency = 100_000 * UInt64(position + 1)
  load.latency.record(latency, times: answers - 300)
  load.latency.record(20 * latency, times: 300)
  load.userTime = configuration.model == "dispatch" ? 970_000_000 : 300_000_000
  load.workers = (0..<configuration.workers).map {
    .init(
      name: "\($0 + 1)/\(4711 + $0)",
      answers: answers / UInt64(configuration.workers) - 100 * UInt64($0 * round))
  }
  var report = TrialRecord(result: ExactInteger(UInt128(all)), region: 1_000_000_000)
  report.traffic = load
  report.sharesCPUs = configuration.workers > 1
  let cost = UInt64(["threads": 210_000, "dispatch": 30_000][configuration.model] ?? 20_000 + 500 * position)
  var trial = Trial(configuration: position, round: round, warmUp: warmUp)
  trial.process = ProcessRecord(
    wall: 1_300_000_000, userTime: all * (cost + UInt64(17 * [0, 3, 1, 4, 2][round])), systemTime: 0,
    voluntaryContextSwitches: 1000, involuntaryContextSwitches: 10 * round, minorPageFaults: 700,
    majorPageFaults: 0)
  trial.report = report
  return trial
}
