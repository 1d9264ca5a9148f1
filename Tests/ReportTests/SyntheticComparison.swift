import Analysis
import Records

/// Two machines as they might have been: `A` with 2 CPUs, and `B` with 8, each faster and less efficient. `B` has vectors
/// beside.
func syntheticComparison(gates: [Gate] = [], prices: [Double]? = [0.34, 1.2]) -> ComparisonRecord {
  let runs = [
    syntheticMachine("bench-1", cpus: 2, speed: 1, efficiency: 0.99),
    syntheticMachine("bench-2", cpus: 8, speed: 1.25, efficiency: 0.9),
  ]
  let described = zip(["A", "B"], runs).enumerated().map { position, run in
    ComparisonRecord.Run(run.1, name: run.0, price: prices?[position])
  }
  return ComparisonRecord(runs.map { [$0] }, described, gates: gates)
}

private func syntheticMachine(_ host: String, cpus: Int, speed: Double, efficiency: Double) -> RunRecord {
  let counts = [1, 2, cpus].reduce(into: [Int]()) { if !$0.contains($1) { $0.append($1) } }
  var configurations = ["sum", "stress"].flatMap { workload in
    [configuration(workload, "single", 1)]
      + counts.flatMap { workers in
        ["fork", "dispatch"].map { configuration(workload, $0, workers) }
      }
  }
  if cpus == 8 { configurations.append(configuration("sum", "single", 1, kernel: "simd")) }
  let trials = (0..<5).flatMap { round in
    configurations.indices.map { position in
      trial(
        configurations[position], position, round, speed,
        configurations[position].workers == 1 ? 1 : efficiency)
    }
  }
  var passport = syntheticRun.passport
  passport.onlineCPUs = cpus
  (passport.affinityCPUs, passport.quotaCPUs, passport.effectiveCPUs) = (cpus, nil, cpus)
  passport.memory = UInt64(cpus) * 8_000_000_000
  return RunRecord(
    version: "0.1.0", host: host, startedAt: "2026-01-0\(cpus)T03:04:05Z", passport: passport,
    plan: Plan(configurations: configurations, trials: 5, warmUps: 0), trials: trials)
}

private func configuration(_ workload: String, _ model: String, _ workers: Int, kernel: String = "scalar")
  -> Configuration
{
  workload == "sum"
    ? Configuration(model: model, workload: workload, kernel: kernel, workers: workers, upTo: 2_000_000_000)
    : Configuration(
      model: model, workload: workload, kernel: kernel, workers: workers, duration: 1_000_000_000)
}

private func trial(
  _ configuration: Configuration, _ position: Int, _ round: Int, _ speed: Double, _ efficiency: Double
) -> Trial {
  let rate =
    speed * efficiency * Double(configuration.workers) * (1 + 0.004 * Double((position + 3 * round) % 5))
  let region = configuration.duration ?? UInt64(600_000_000 / rate)
  let right = UInt128(1_000_000_000) * 2_000_000_001
  var trial = Trial(configuration: position, round: round, warmUp: false)
  trial.report = TrialRecord(
    result: ExactInteger(configuration.upTo == nil ? UInt128(1e9 * rate) : right), region: region)
  trial.report?.shares = (0..<configuration.workers).map {
    Share(worker: $0, result: ExactInteger(1), begin: 0, end: region, cpuTime: region)
  }
  if configuration.kernel == "simd" { trial.report?.instructionSet = "avx512" }
  trial.process = ProcessRecord(
    wall: region, userTime: region * UInt64(configuration.workers), systemTime: 0,
    voluntaryContextSwitches: 0,
    involuntaryContextSwitches: 0, minorPageFaults: 0, majorPageFaults: 0)
  return trial
}
