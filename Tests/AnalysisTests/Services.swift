import Records

/// A service of `/` at a rate of 1000 requests per second for a second.
func serve(_ model: String, _ workers: Int, rate: Double = 1000, path: String = "/") -> Configuration {
  Configuration(
    model: model, workload: "serve", workers: workers, duration: 1_000_000_000,
    traffic: Traffic(path: path, rate: rate, connections: 32))
}

/// A trial of a service with a warm-up of a fifth of a second.
///
/// - Parameters:
///   - cpuTime: The CPU time of the server's processes per request in nanoseconds.
///   - answers: The correct answers of the second.
///   - generator: The cores that the load generator kept busy.
///   - workers: The answers of each worker.
func served(
  _ configuration: Int, rate: Double = 1000, cpuTime: Double, answers: UInt64 = 1000, generator: Double = 0.2,
  latency: UInt64 = 100_000, workers: [UInt64]? = nil, sharesCPUs: Bool = false
) -> Trial {
  var load = LoadRecord(url: "/", connections: 32, duration: 1_000_000_000, warmUp: 200_000_000)
  (load.askedRate, load.achievedRate) = (rate, Double(answers))
  let all = answers + answers / 5
  (load.sent, load.answered, load.answeredInAll) = (answers, answers, all)
  if answers > 0 { load.latency.record(latency, times: answers) }
  load.userTime = UInt64(generator * 1e9)
  load.workers = workers?.enumerated().map { .init(name: "\($0 + 1)/\(4711 + $0)", answers: $1) }
  var report = TrialRecord(result: ExactInteger(UInt128(all)), region: 1_000_000_000)
  (report.traffic, report.sharesCPUs) = (load, sharesCPUs)
  return Trial(
    configuration: configuration, round: 0, warmUp: false,
    process: process(wall: 1_300_000_000, user: UInt64(cpuTime * Double(all))), report: report)
}

/// A run of services of rounds in which each configuration is tried once.
func services(
  _ configurations: [Configuration], rounds: Int = 6, trial: (_ position: Int, _ round: Int) -> Trial
) -> RunRecord {
  let trials = (0..<rounds).flatMap { round in
    configurations.indices.map { position in
      var trial = trial(position, round)
      (trial.configuration, trial.round) = (position, round)
      return trial
    }
  }
  return run(configurations, trials, effectiveCPUs: 2)
}
