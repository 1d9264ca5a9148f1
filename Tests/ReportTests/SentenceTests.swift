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
    return Trial(
      configuration: configuration, round: 0, warmUp: false, process: accounted ? process : nil,
      report: TrialRecord(result: ExactInteger(500_500), region: region))
  }

  private func lines(_ run: RunRecord) -> [String] {
    runDetails(of: run).split(separator: "\n").map(String.init)
  }

  @Test("the verdict names the fastest model, its gain and how busy it keeps the machine")
  func verdict() {
    let run = run([sum("single", 1), sum("fork", 4)], [measured(0, 800), measured(1, 400)])
    #expect(
      lines(run).last
        == "Fastest on this machine: fork with 4 workers, 2.00 times the speed of single on sum, "
        + "keeping 50.0 % of 4 CPUs busy.")
    #expect(markdownReport(of: run).hasSuffix("keeping 50.0 % of 4 CPUs busy.\n"))
  }

  @Test("the verdict does not compare single with itself, and uses the singular for one worker and CPU")
  func singleIsFastest() {
    let run = run(
      [sum("single", 1), sum("fork", 2)], [measured(0, 100), measured(1, 400)], effectiveCPUs: 1)
    #expect(
      lines(run).last
        == "Fastest on this machine: single with 1 worker on sum, keeping 200.0 % of 1 CPU busy.")
    #expect(lines(run)[0] == "scaleup 0.1.0 on host: x86_64, 1 effective CPU, 2026-01-02T03:04:05Z")
  }

  @Test("the verdict leaves out a gain or utilization that was not measured")
  func unknowns() {
    let run = run([sum("fork", 2)], [measured(0, 100, accounted: false)])
    #expect(lines(run).last == "Fastest on this machine: fork with 2 workers on sum.")
    #expect(lines(run)[3].split(separator: " ").suffix(5) == ["-", "-", "-", "-", "-"])
  }

  @Test("the verdict names the fastest with vectors and the fastest peer, each with its own baseline")
  func vectorsAndPeers() {
    let run = run(
      [
        sum("single", 1), sum("threads", 4, schedule: "dynamic"), sum("single", 1, kernel: "simd"),
        sum("threads", 4, kernel: "simd"), sum("rust", 4, isPeer: true), sum("go", 4, isPeer: true),
        sum("c", 4, kernel: "simd", isPeer: true),
      ], [800, 250, 50, 25, 200, 300, 5].enumerated().map { measured($0, $1) })
    #expect(
      lines(run).suffix(3) == [
        "Fastest on this machine: threads with 4 workers and the dynamic schedule, 3.20 times the speed of single "
          + "on sum, keeping 50.0 % of 4 CPUs busy.",
        "With the simd kernel: threads with 4 workers, 32.0 times the speed of single with the scalar kernel.",
        "Fastest of the peers: rust with 4 workers; threads takes 1.25 times as long.",
      ])
  }

  @Test("the verdict does not claim that nothing was measured if peers were")
  func peersAlone() {
    let exact = run(
      [sum("rust", 2, isPeer: true), sum("go", 1, isPeer: true)], [measured(0, 50), measured(1, 100)])
    #expect(lines(exact).last == "Fastest of the peers: rust with 2 workers.")
    var inexact = exact
    for position in inexact.trials.indices { inexact.trials[position].report?.result = ExactInteger(7) }
    #expect(lines(inexact).last == "No model of the suite was measured.")
    #expect(markdownReport(of: inexact).hasSuffix("\nNo model of the suite was measured.\n"))
  }

  @Test("a peer with a wrong answer is never the fastest")
  func inexactPeer() {
    var run = run(
      [sum("single", 1), sum("node", 1, isPeer: true), sum("go", 1, isPeer: true)],
      [measured(0, 100), measured(1, 1), measured(2, 200)])
    run.trials[1].report?.result = ExactInteger(500_499)
    #expect(
      lines(run).last == "Fastest of the peers: go with 1 worker; it takes 2.00 times as long as single.")
  }

  @Test("the report says if nothing was measured, and still names the machine")
  func nothingMeasured() {
    let run = run([sum("fork", 2)], [])
    let heading = "scaleup 0.1.0 on host: x86_64, 4 effective CPUs, 2026-01-02T03:04:05Z"
    let incomplete = "Incomplete: 0 of 1 trials were done."
    #expect(lines(run) == [heading, incomplete, "Nothing was measured."])
    #expect(
      markdownReport(of: run)
        == "**\(heading.replacingOccurrences(of: "_", with: "\\_"))**\n\n\(incomplete)\n\nNothing was measured.\n"
    )
  }

  @Test("the report warns of single trials and of workers without a CPU of their own")
  func cautions() {
    let single = "One trial each: expect other figures from the next run."
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
    "a table says how many trials its medians are of",
    arguments: [
      ([1, 1], "median of 1 trial"), ([3, 3], "median of 3 trials"), ([2, 3], "median of up to 3 trials"),
    ])
  func trialCounts(counts: [Int], phrase: String) throws {
    let trials = counts.enumerated().flatMap { position, count in
      (0..<count).map { _ in measured(position, 100) }
    }
    let title = try #require(lines(run([sum("single", 1), sum("fork", 2)], trials)).dropFirst().first)
    #expect(title.hasPrefix("sum 0…1000, scalar kernel, "))
    #expect(title.hasSuffix(phrase))
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
}
