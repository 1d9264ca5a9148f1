import Records
import Report
import Testing

struct SentenceTests {
  private func run(
    _ configurations: [Configuration], _ trials: [Trial], effectiveCPUs: Int = 4
  ) -> RunRecord {
    RunRecord(
      host: "host", startedAt: "2026-01-02T03:04:05Z",
      passport: Passport(
        architecture: "x86_64", onlineCPUs: effectiveCPUs, effectiveCPUs: effectiveCPUs, kernel: "Linux 6",
        swift: "6.3"),
      plan: Plan(configurations: configurations, trials: 1, warmUps: 0), trials: trials)
  }

  private func sum(
    _ model: String, _ workers: Int, kernel: String = "scalar", schedule: String? = nil, isPeer: Bool? = nil
  ) -> Configuration {
    Configuration(
      model: model, isPeer: isPeer, workload: "sum", kernel: kernel, workers: workers, schedule: schedule,
      upTo: 1000)
  }

  private func measured(_ configuration: Int, _ region: UInt64, accounted: Bool = true) -> Trial {
    let process = ProcessRecord(
      wall: 1000, userTime: 1500, systemTime: 500, voluntaryContextSwitches: 0,
      involuntaryContextSwitches: 0, minorPageFaults: 0, majorPageFaults: 0)
    var report = TrialRecord(result: ExactInteger(500_500), region: region)
    if accounted {
      // Two cores are busy in the region.
      report.workers = 1
      report.shares = [
        Share(worker: 0, result: ExactInteger(500_500), begin: 0, end: region, cpuTime: 2 * region)
      ]
    }
    return Trial(
      configuration: configuration, round: 0, warmUp: false, process: accounted ? process : nil,
      report: report)
  }

  private func lines(_ run: RunRecord) -> [String] {
    runDetails(of: run).split(separator: "\n").map(String.init)
  }

  /// The sentences between the heading and the first table.
  private func answer(_ run: RunRecord) -> [String] {
    let lines = runDetails(of: run).split(separator: "\n", omittingEmptySubsequences: false)
    return lines.drop { !$0.isEmpty }.dropFirst().prefix { !$0.isEmpty }.map(String.init)
  }

  @Test("the answer names the gain, how busy the machine is, and the fastest model")
  func gain() {
    let run = run([sum("single", 1), sum("fork", 4)], [measured(0, 800), measured(1, 400)])
    let expected = [
      "4 workers run sum 2.00× as fast as one and keep 50.0 % of 4 CPUs busy.",
      "fork came first in this run; which model is fastest takes at least 5 undisturbed trials of each to tell.",
      "Last step, 1 → 4 CPUs: +100 %.",
    ]
    #expect(answer(run) == expected)
    #expect(markdownReport(of: run).contains("**\n\n\(expected[0])\n\n\(expected[1])\n\n"))
  }

  @Test("the answer does not compare single with itself, and uses the singular for one worker and CPU")
  func singleIsFastest() {
    let run = run(
      [sum("single", 1), sum("fork", 2)], [measured(0, 100), measured(1, 400)], effectiveCPUs: 1)
    #expect(
      answer(run) == [
        "1 worker of single keeps 200.0 % of 1 CPU busy.",
        "single came first in this run; which model is fastest takes at least 5 undisturbed trials of each to tell.",
      ])
    #expect(lines(run)[0] == "scaleup 0.1.0 · host · x86_64, 1 CPU · 2026-01-02 03:04 UTC")
  }

  @Test("the answer leaves out a gain or utilization that was not measured")
  func unknowns() {
    let run = run([sum("fork", 2)], [measured(0, 100, accounted: false)])
    #expect(answer(run) == ["fork is the only model measured."])
    let titles = lines(run).filter { $0.hasPrefix("model ") }.flatMap { $0.split(separator: " ") }
    #expect(
      titles.contains("time") && Set(titles).isDisjoint(with: ["speedup", "efficiency", "utilization"]))
  }

  @Test("the answer names the fastest with vectors and the fastest peer, each with its own baseline")
  func vectorsAndPeers() {
    let run = run(
      [
        sum("single", 1), sum("threads", 4, schedule: "dynamic"), sum("single", 1, kernel: "simd"),
        sum("threads", 4, kernel: "simd"), sum("rust", 4, isPeer: true), sum("go", 4, isPeer: true),
        sum("c", 4, kernel: "simd", isPeer: true),
      ], [800, 250, 50, 25, 200, 300, 5].enumerated().map { measured($0, $1) })
    #expect(
      answer(run) == [
        "4 workers run sum 3.20× as fast as one and keep 50.0 % of 4 CPUs busy.",
        "threads with the dynamic schedule came first in this run; which model is fastest takes at least 5 undisturbed trials of each to tell.",
        "Last step, 1 → 4 CPUs: +220 %.",
        "With the simd kernel, threads with 4 workers came first in this run: 32.0× as fast as single with the scalar kernel.",
        "The fastest peer is rust with 4 workers; threads takes 1.25× as long.",
      ])
  }

  @Test("the answer does not claim that nothing was measured if peers were")
  func peersAlone() {
    let exact = run(
      [sum("rust", 2, isPeer: true), sum("go", 1, isPeer: true)], [measured(0, 50), measured(1, 100)])
    #expect(answer(exact) == ["rust with 2 workers is the fastest peer."])
    var inexact = exact
    for position in inexact.trials.indices { inexact.trials[position].report?.result = ExactInteger(7) }
    #expect(answer(inexact) == ["No model of the suite was measured."])
    #expect(markdownReport(of: inexact).contains("**\n\nNo model of the suite was measured.\n"))
  }

  @Test("a peer with a wrong answer is never the fastest")
  func inexactPeer() {
    var run = run(
      [sum("single", 1), sum("node", 1, isPeer: true), sum("go", 1, isPeer: true)],
      [measured(0, 100), measured(1, 1), measured(2, 200)])
    run.trials[1].report?.result = ExactInteger(500_499)
    #expect(
      answer(run).last == "The fastest peer is go with 1 worker; it takes 2.00× as long as single.")
  }

  @Test("the report says if nothing was measured, and still names the machine")
  func nothingMeasured() {
    let run = run([sum("fork", 2)], [])
    let heading = "scaleup 0.1.0 · host · x86_64, 4 CPUs · 2026-01-02 03:04 UTC"
    let incomplete = "Incomplete: 0 of 1 trials were run."
    #expect(lines(run) == [heading, "Nothing was measured.", incomplete])
    #expect(
      markdownReport(of: run)
        == "**\(heading.replacingOccurrences(of: "_", with: "\\_"))**\n\nNothing was measured.\n\n\(incomplete)\n"
    )
  }

  @Test("the report warns of single trials and of workers without a CPU of their own")
  func cautions() {
    let single = "One trial each: expect different numbers from the next run."
    #expect(lines(run([sum("single", 1)], [measured(0, 800)])).contains(single))
    let twice = run([sum("single", 1)], [measured(0, 800), measured(0, 800)])
    #expect(!lines(twice).contains(single))
    for (cpuTime, region, isWarned) in [
      (880, 100_000_000, true), (949, 100_000_000, true), (950, 100_000_000, false), (880, 99_999_999, false),
    ] as [(UInt64, UInt64, Bool)] {
      var trial = measured(0, region)
      trial.process?.userTime = cpuTime
      trial.process?.systemTime = 0
      let text = runDetails(of: run([sum("single", 1)], [trial]))
      #expect(text.contains("One worker got only 0.") == isWarned, "\(cpuTime) of 1000 in \(region)")
      let several = runDetails(of: run([sum("fork", 2)], [trial]))
      #expect(!several.contains("One worker got only"))
    }
  }

  @Test("failures come first, one line each, with the configuration and the reason")
  func failures() {
    let failures = ["it broke", "it broke again"].enumerated().map { position, reason in
      Trial(configuration: position, round: 0, warmUp: false, failure: reason)
    }
    let run = run([sum("fork", 1), sum("fork", 2), sum("single", 1)], failures + [measured(2, 5)])
    let expected = [
      "FAILED: fork sum with 1 worker: it broke", "FAILED: fork sum with 2 workers: it broke again",
    ]
    #expect(Array(lines(run).prefix(2)) == expected)
    #expect(markdownReport(of: run).split(separator: "\n").prefix(2).map(String.init) == expected)
  }

  @Test("failures of one model with different kernels and schedules are separate")
  func failuresByKernel() {
    var (wide, dealt) = (sum("fork", 2), sum("fork", 2))
    wide.kernel = "simd"
    (dealt.schedule, dealt.grain) = ("dynamic", 1000)
    let failed = (0..<3).map { Trial(configuration: $0, round: 0, warmUp: false, failure: "it broke") }
    #expect(
      lines(run([sum("fork", 2), wide, dealt], failed)).prefix(3) == [
        "FAILED: fork sum with 2 workers: it broke", "FAILED: fork sum simd with 2 workers: it broke",
        "FAILED: fork sum dynamic 1000 with 2 workers: it broke",
      ])
  }

  @Test(
    "the title of a table says how many trials count",
    arguments: [
      ([1, 1], "1 trial"), ([3, 3], "3 trials"), ([2, 3], "up to 3 trials"),
    ])
  func trialCounts(counts: [Int], phrase: String) {
    let trials = counts.enumerated().flatMap { position, count in
      (0..<count).map { _ in measured(position, 100) }
    }
    let lines = lines(run([sum("single", 1), sum("fork", 2)], trials))
    #expect(lines.first { $0.hasPrefix("sum ") } == "sum 0…1000, \(phrase)")
  }

  @Test("the mark for oversubscribed workers is explained if it is used")
  func oversubscription() {
    let note = "! more workers than effective CPUs"
    let without = run([sum("fork", 4)], [measured(0, 100)])
    let with = run([sum("fork", 5)], [measured(0, 100)])
    #expect(!runDetails(of: without).contains("!") && !markdownReport(of: without).contains("!"))
    #expect(lines(with).contains(note) && lines(with).contains { $0.contains(" 5! ") })
    #expect(markdownReport(of: with).contains("\n\(note)\n"))
  }

  /// A run of two CPUs per core whose configurations take a time each, five rounds.
  private func placedRun(_ configurations: [(placement: String?, workers: Int, region: UInt64)]) -> RunRecord
  {
    let trials = (0..<5).flatMap { round in
      configurations.enumerated().map { position, configuration in
        var trial = measured(position, configuration.region + UInt64(round))
        trial.round = round
        return trial
      }
    }
    var run = run(
      configurations.map {
        Configuration(
          model: "threads", workload: "sum", workers: $0.workers, placement: $0.placement, upTo: 1000)
      }, trials)
    run.passport.topology = .init(kinds: [
      .init(name: "performance", cpus: 2), .init(name: "efficiency", cpus: 2),
    ])
    return run
  }

  @Test("what second CPUs and kinds of core give is said in a sentence each")
  func cores() {
    let run = placedRun([
      (nil, 4, 400_000), ("cores", 2, 500_000), ("performance", 1, 600_000), ("efficiency", 2, 600_000),
    ])
    let text = lines(run).joined(separator: " ")
    #expect(
      text.contains(
        "SMT: sum by threads runs 1.25× as fast (95 % CI 1.25–1.25) with a worker on every CPU (4) as with one on every "
          + "core (2)."))
    #expect(
      text.contains(
        "An efficiency core runs sum 0.50× as fast (95 % CI 0.50–0.50) as a performance core, with threads."))
  }

  @Test("the last doubling names the kinds of core it ran on, and the fast ones are doubled")
  func kindsOfCores() {
    let text = lines(placedRun([(nil, 1, 1_000_000), (nil, 2, 500_000), (nil, 4, 400_000)])).joined(
      separator: " ")
    #expect(
      text.contains("Last doubling, 2 → 4 CPUs on 2 performance cores and 2 efficiency cores: +25 %")
        && text.contains(
          "Twice the performance cores, 2 → 4: unknown, because a law needs 3 worker counts up to "
            + "2 performance cores (found 2).")
    )
  }

  @Test("second CPUs that add nothing are about as fast, and one round says nothing of them")
  func noGain() {
    var run = placedRun([(nil, 4, 500_000), ("cores", 2, 500_000)])
    #expect(
      lines(run).joined(separator: " ").contains("SMT: sum by threads runs about as fast (95 % CI 1.00–1.00)")
    )
    run.trials.removeAll { $0.round > 0 }
    #expect(!lines(run).contains { $0.contains("SMT:") })
  }

  @Test("a placed configuration is named with its placement in tables and in sentences")
  func placedNames() {
    let lines = lines(placedRun([("cores", 2, 400_000), ("0,2-3", 3, 900_000)]))
    #expect(
      lines.contains { $0.hasPrefix("threads cores ") }
        && lines.contains { $0.hasPrefix("threads CPUs 0,2-3 ") })
  }
}
