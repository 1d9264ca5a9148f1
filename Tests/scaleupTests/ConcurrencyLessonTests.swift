import Platform
import Testing

@testable import scaleup

/// The explanations of the lessons about shared state, tasks and cores, for measurements of every kind.
struct ConcurrencyLessonTests {
  @Test("lost updates are counted, and a race without any is called luck")
  func race() {
    func text(_ sums: [UInt128], costs: [Double]? = [2, 9, 30, 1]) -> String {
      let text = LostUpdates.explanation(.init(sums: sums, right: 100, costs: costs, workers: 2))
      expectScreen(text)
      return text
    }
    let usual = text(Array(50..<60))
    #expect(usual.contains("0 of 10 sums are right, and there are 10 different ones."), "\(usual)")
    #expect(usual.contains("atomic addition took 9.00× and the lock 30.0× as long as private totals"))
    #expect(text([100, 60, 70]).contains("1 of 3 sums is right, and there are 3 different ones"))
    let lucky = text([100, 100])
    #expect(lucky.contains("Here no sum lost an update. That is luck") && !lucky.contains("of 2 sums"))
    #expect(text([50], costs: nil).contains("Their costs are left out, because other programs"))
    #expect(text([50], costs: [1, 1, 1, 1]).contains("cost about the same here"))
    let results = LostUpdates.Results(sums: [100, 25], right: 100, costs: nil, workers: 2)
    #expect(results.rightSums == 1 && results.missing(25) == 0.75 && results.missing(100) == 0)
  }

  @Test("growing work is held against Gustafson's law, and fixed work against Amdahl's")
  func weak() {
    func text(growth: Double, scaled: Double) -> String {
      // At 4 workers, 2.5 times the work of one.
      let text = GrowingWork.explanation(
        .init(
          workers: [1, 4], even: [100, 100 * growth], fixed: [100, 62.5], growing: [100, 250 / scaled]))
      expectScreen(text)
      return text
    }
    let usual = text(growth: 1.01, scaled: 2.48)
    #expect(usual.contains("nearly the same (1.01×): 4 workers did 4 times the work"), "\(usual)")
    #expect(usual.contains("is 1.60 for f = 1/2 and 4 workers") && usual.contains("Measured: 1.60."))
    #expect(usual.contains("is 2.50, and has no limit. Measured: 2.48, as Gustafson's law says"))
    let slow = text(growth: 2, scaled: 1.25)
    #expect(slow.contains("the time grew 2.00×") && slow.contains("less than Gustafson's law"))
    #expect(text(growth: 0.9, scaled: 3).contains("more than Gustafson's law says, so something slowed"))
    let results = GrowingWork.Results(workers: [1, 2], even: [1, 1], fixed: [4, 3], growing: [4, 4])
    #expect(results.amdahl == 4.0 / 3 && results.gustafson == 1.5 && results.scaledSpeedup == 1.5)
    #expect(results.speedup == 4.0 / 3)
  }

  @Test("a tree is held against its bound, and the pool beats assigned halves only if it did")
  func workAndSpan() {
    func text(tasks: Double, halves: Double) -> String {
      let text = WorkAndSpan.explanation(.init(work: 100, span: 20, tasks: tasks, halves: halves, cpus: 2))
      expectScreen(text)
      return text
    }
    let usual = text(tasks: 52, halves: 76)
    #expect(usual.contains("1.04× the least time that is possible, and kept the bound"), "\(usual)")
    #expect(usual.contains("20.0 % of the work") && usual.contains("more than 5.00 workers"))
    #expect(usual.contains("The assigned halves took 1.46× as long as the pool"))
    let slow = text(tasks: 77, halves: 76)
    #expect(slow.contains("longer than the bound, by 10.0 %") && slow.contains("no slower here"))
  }

  @Test("a task per item is measured as often as there is time for, at most ten times and at least once")
  func perItemRepetitions() {
    let rounds = [0, 0.1, 1, 2.5, 40, .infinity]
    #expect(rounds.map { TaskPerItem.repetitions(ofRound: $0, in: 10) } == [1, 10, 10, 4, 1, 1])
  }

  @Test("a task per item is said to be slower than a loop only if it was")
  func perItem() {
    func text(_ times: [Double], cpuTimes: [Double] = [30, 900, 35, 33]) -> String {
      let text = TaskPerItem.explanation(.init(times: times, cpuTimes: cpuTimes, cpus: 2))
      expectScreen(text)
      return text
    }
    let usual = text([30, 600, 16, 15])
    #expect(usual.contains("870 ns of CPU time beyond the item itself, which takes 30 ns"), "\(usual)")
    #expect(
      usual.contains("the tasks were 20.0× as slow as a plain loop") && usual.contains("about 87.00 µs"))
    #expect(usual.contains("Tasks of 1000 items each took about as long as one"))
    #expect(text([30, 25, 20, 15]).contains("most of the gain over a plain loop was lost"))
    #expect(text([30, 25, 20, 15]).contains("Tasks of 1000 items each took 1.33×"))
    #expect(text([30, 16, 15, 15]).contains("cost hardly more than a task per worker"))
  }

  @Test("pairs of CPUs are found by their core and node, the closest first")
  func pairs() {
    func cpu(_ number: Int, _ core: Int, _ node: Int) -> Topology.CPU {
      .init(number: number, socket: node, core: "\(core)", node: node)
    }
    let large = Topology(
      cpus: [cpu(0, 0, 0), cpu(1, 1, 0), cpu(2, 2, 1), cpu(3, 3, 1)]
        + [cpu(4, 0, 0), cpu(5, 1, 0), cpu(6, 2, 1), cpu(7, 3, 1)])
    #expect(
      SharedCores.pairs(of: large) == [
        .init(kind: .oneCore, cpus: [0, 4]), .init(kind: .twoCores, cpus: [0, 1]),
        .init(kind: .twoNodes, cpus: [0, 2]),
      ])
    let plain = Topology(cpus: [cpu(0, 0, 0), cpu(1, 1, 0)])
    #expect(SharedCores.pairs(of: plain) == [.init(kind: .twoCores, cpus: [0, 1])])
    let one = Topology(cpus: [cpu(0, 0, 0), cpu(1, 0, 0)])
    #expect(SharedCores.pairs(of: one) == [.init(kind: .oneCore, cpus: [0, 1])])
    #expect(SharedCores.pairs(of: Topology(cpus: [cpu(3, 0, 0)])) == [])
    // The second node has two cores that the first does not have.
    let uneven = Topology(cpus: [cpu(0, 0, 0), cpu(1, 1, 1), cpu(2, 2, 1)])
    #expect(
      SharedCores.pairs(of: uneven) == [
        .init(kind: .twoCores, cpus: [1, 2]), .init(kind: .twoNodes, cpus: [0, 1]),
      ])
  }

  @Test("cores are judged by what two workers gained, and what the system does not show is said")
  func siblings() {
    func text(_ gains: KeyValuePairs<SharedCores.Pair.Kind, (Double, Double)>) -> String {
      let text = SharedCores.explanation(
        .init(kinds: gains.map(\.key), sums: gains.map(\.value.0), triads: gains.map(\.value.1)))
      expectScreen(text)
      return text
    }
    let plain = text([.twoCores: (1.98, 1.2)])
    #expect(
      plain.contains("The system reports no such pair here") && plain.contains("All memory is one node"))
    #expect(
      plain.contains("1.98× as fast at sum and 1.20× at triad: each has units of its own. Memory gains less"))
    #expect(text([.twoCores: (1.3, 1.3)]).contains("a hypervisor may show hardware threads as cores"))
    #expect(text([.twoCores: (1.6, 1.6)]).contains("less than two whole cores give"))
    let large = text([.oneCore: (1.25, 1.05), .twoCores: (1.97, 1.9), .twoNodes: (1.96, 1.99)])
    #expect(
      large.contains("only uses what the first leaves idle") && large.contains("Memory gains as much here"))
    #expect(large.contains("1.99× as fast at triad: here a second node brought no more"))
    #expect(
      text([.twoCores: (1.97, 1.2), .twoNodes: (1.96, 1.99)]).contains(
        "each node has a path to memory of its own"))
    #expect(text([.oneCore: (1.9, 1.2)]).contains("nearly a second core"))
    #expect(
      text([.oneCore: (1, 1)]).contains("leaves nothing idle")
        && text([.oneCore: (1, 1)]).contains("no two cores"))
    let unknown = SharedCores.explanation(.init(kinds: [], sums: [1.9], triads: [1.4]))
    expectScreen(unknown)
    #expect(unknown.contains("1.90× as fast as one at sum and 1.40× at triad"))
  }

  @Test("deadlocks are counted by run, and one by chance is not promised")
  func deadlock() {
    func text(_ finished: [[UInt64]]) -> String {
      let text = OppositeLocks.explanation(.init(finished: finished, transfers: 200))
      expectScreen(text)
      return text
    }
    let all = text([[5, 120], [0, 0], [200, 200]])
    #expect(all.contains("in all 2 runs, after 5 to 120 transfers that went well"), "\(all)")
    #expect(all.contains("it happens every time (2 of 2)") && all.contains("it never happened, and cannot"))
    #expect(
      text([[200, 5], [0, 0], [200, 200]]).contains("in 1 of 2 runs: a program that deadlocks only sometimes")
    )
    #expect(text([[200, 200], [0, 0], [200, 200]]).contains("in no run here: the threads hardly ran"))
    let wrong = text([[5, 5], [0, 200], [200, 7]])
    #expect(
      wrong.contains("it happened in 1 of 2 runs only") && wrong.contains("in 1 runs, which must not be"))
  }

  @Test("a reentrant actor paid twice only in the runs in which it did")
  func reentrancy() {
    func results(_ paid: [[Int]]) -> ChangedBalance.Results { .init(paid: paid, balance: 100) }
    let usual = results([[200, 200], [100, 100], [100, 100]])
    let text = ChangedBalance.explanation(usual)
    expectScreen(text)
    #expect(
      text.contains("in all 2 runs the account paid twice") && text.contains("Neither paid twice in any run"))
    #expect(usual.choice == 2 && usual.wrong(0) == 2 && usual.wrong(1) == 0)
    let mixed = results([[200, 100], [200, 100], [100, 100]])
    #expect(mixed.choice == 3 && ChangedBalance.explanation(mixed).contains("In 1 of 2 runs the account"))
    #expect(ChangedBalance.explanation(mixed).contains("these paid twice in 1 runs"))
    #expect(results([[100, 100], [100, 100], [100, 100]]).choice == 1)
  }
}
