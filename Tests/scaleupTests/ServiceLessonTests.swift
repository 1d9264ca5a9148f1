import Records
import Testing

@testable import scaleup

/// The conclusions of lessons about services, for measurements of every kind.
struct ServiceLessonTests {
  /// A record of so many answers by worker, with so many losses.
  private func load(
    _ workers: KeyValuePairs<String, UInt64>, lost: UInt64 = 0, rate: Double = 1000, connections: Int = 32
  ) -> LoadRecord {
    var load = LoadRecord(url: "/", connections: connections, duration: 1_000_000_000, warmUp: 0)
    load.workers = workers.map { .init(name: $0.key, answers: $0.value) }
    load.answered = workers.reduce(0) { $0 + $1.value }
    load.sent = load.answered + lost
    load.errors[.connectionReset] = lost
    load.achievedRate = rate
    return load
  }

  /// A record with the latencies of so many requests, in milliseconds.
  private func load(latencies: [(milliseconds: UInt64, count: UInt64)]) -> LoadRecord {
    var load = load([:])
    for (time, count) in latencies { load.latency.record(time * 1_000_000, times: count) }
    load.answered = load.latency.count
    return load
  }

  @Test("answers are counted by worker, whatever process it was, and what names no worker is left out")
  func byWorker() {
    let all = load(["0/10": 5, "1/11": 2, "1/12": 4, "9/13": 7, "nobody": 1, "1/x": 1])
    #expect(all.answers(byEachOf: 3) == [5, 6, 0])
    #expect(all.busiestWorker?.identity.map { [$0.number, Int($0.process)] } == [9, 13])
    #expect(load([:]).busiestWorker == nil)
  }

  @Test("a kept connection is explained by the number of processes that it met")
  func kept() {
    let many = load(["0/1": 3, "1/2": 3, "2/3": 3, "3/4": 3])
    let usual = KeptConnections.explanation(
      .init(kept: load(["2/3": 900]), opened: load(["0/1": 100, "2/3": 80], rate: 400), many: many))
    #expect(usual.contains("all 900 answers over the kept connection came from one process"))
    #expect(usual.contains("it met 2 of 4, and got 40.0 % of the answers per second"), "\(usual)")
    #expect(usual.contains("kept their connections met 4."))
    let unusual = KeptConnections.explanation(
      .init(kept: load(["0/1": 5, "1/2": 5]), opened: load(["0/1": 10]), many: many))
    #expect(unusual.contains("Yet 2 processes answered") && unusual.contains("it still met one process"))
    #expect(!unusual.contains("of the answers per second"))
  }

  @Test("losses, and the process that follows, are told only as far as they were seen")
  func lostWorker() {
    func text(_ load: LoadRecord, _ recovery: UInt64?, processes: Int = 2) -> String {
      LostWorker.explanation(
        .init(victim: (1, 11), recovery: recovery, load: load), processes: processes)
    }
    let usual = text(load(["0/10": 90, "1/11": 40, "1/12": 30], lost: 4), 3_000_000)
    #expect(
      usual.contains("4 requests of 164 lost their connection") && usual.contains("at most 32 could be lost"))
    #expect(
      usual.contains("3.000 ms after the signal it had forked another, which answered 30 of"), "\(usual)")
    #expect(usual.contains("so the other process went on"))
    let none = text(load(["0/10": 90]), nil, processes: 4)
    #expect(none.contains("No request was lost by that") && none.contains("was not seen to fork another"))
    #expect(none.contains("so the other 3 processes went on") && !none.contains("which answered"))
    #expect(text(load(["0/10": 9]), 5).contains("which answered none of the requests that were measured"))
    var other = load(["0/10": 90], lost: 1)
    (other.errors[.timeout], other.sent) = (2, 93)
    #expect(text(other, 5).contains("Others had no answer for the reasons in the table."))
  }

  @Test("the two loops are compared only if both met the frozen server and it filled p99 of one of them only")
  func omission() {
    let (fast, frozen) = ((milliseconds: UInt64(1), count: UInt64(1000)), UInt64(300_000_000))
    let closed = load(latencies: [fast, (300, 1)])
    let usual = Omission.Sample(
      closed: closed, open: load(latencies: [fast, (200, 100), (290, 30)]), frozen: frozen)
    #expect(Omission.ratio(usual).map { (250...300).contains($0) } == true)
    let text = Omission.explanation(usual)
    #expect(text.contains("1 of its 1001 requests") && text.contains("130 of 1130 took that long"), "\(text)")
    for sample in [
      Omission.Sample(closed: closed, open: load(latencies: [fast]), frozen: frozen),
      .init(closed: load(latencies: [fast]), open: usual.open, frozen: frozen),
      .init(closed: load(latencies: [(1, 20), (300, 1)]), open: usual.open, frozen: frozen),
      .init(closed: load([:]), open: usual.open, frozen: frozen),
    ] {
      #expect(Omission.ratio(sample) == nil)
      #expect(Omission.explanation(sample).hasPrefix("Here the two loops do not show it: "))
    }
  }

  @Test("a way to share a port is the most equal only if it plainly is")
  func sharedPort() {
    func sample(_ least: UInt64, lost: UInt64? = nil) -> SharedPort.Sample {
      .init(
        load: load(["0/1": 100, "1/2": 100, "2/3": 100, "3/4": least]),
        killed: lost.map { load(["0/1": 100], lost: $0) })
    }
    #expect(SharedPort.fairest([sample(50), sample(80), sample(100)]) == 2)
    #expect(SharedPort.fairest([sample(50), sample(98), sample(100)]) == nil)
    #expect(SharedPort.Sample(load: load(["0/1": 9]), killed: nil).fairness == 0)
    let text = SharedPort.explanation([sample(50, lost: 1), sample(80), sample(100, lost: 7)])
    #expect(
      text.contains("fewest / most: 0.50") && text.contains("1 with shared, 7 with pass had no answer"),
      "\(text)")
    #expect(
      SharedPort.explanation([sample(1), sample(1), sample(1)]).contains("No process could be killed here."))
  }

  @Test("latencies are held against the formulas as far as noise allows, and Little's law against the counts")
  func waitingLine() {
    /// Loads whose latencies are so many times those of M/D/1, with an S of 1 ms.
    func results(
      _ factors: [Double], busy: [Double] = [0.5, 0.8, 0.95], inFlight: Double = 1, foreignLoad: Double? = nil
    ) -> WaitingLine.Results {
      let samples = zip(factors, busy).map { factor, busy in
        let constant = busy < 1 ? 1e6 * (1 + busy / (2 * (1 - busy))) : 40e6
        return WaitingLine.Sample(
          load: busy, rate: 1000 * busy, demand: 1e6, mean: factor * constant, p99: 1, inFlight: 2 * inFlight,
          byLaw: 2)
      }
      return .init(samples: samples, foreignLoad: foreignLoad)
    }
    func text(_ results: WaitingLine.Results) -> String {
      let text = WaitingLine.explanation(results)
      expectScreen(text)
      return text
    }
    let usual = results([1.1, 1.05, 1.2])
    #expect(usual.ratio.map { ($0 - 1.2 * 10.5 / (1.1 * 1.5)).magnitude < 1e-9 } == true)
    #expect(
      usual.samples.map { ($0.constant / 1e4).rounded() } == [150, 300, 1050]
        && usual.samples.map { ($0.exponential / 1e4).rounded() } == [200, 500, 2000])
    #expect(
      text(usual).contains("agree at the lower loads, and at the greatest load within a factor of 1.20"))
    #expect(text(usual).contains("L = λW (1961) held each time"))
    #expect(text(results([1.1, 1.05, 0.3])).contains("but not at the greatest load (0.30×)"))
    #expect(text(results([2, 1.05, 1])).contains("Measured and M/D/1 differ: the network"))
    let full = results([1, 1, 1], busy: [0.5, 0.8, 1.02])
    #expect(
      full.samples[2].constant == .infinity && text(full).contains("more arrived than the server could do"))
    let noisy = results([3, 3, 3], foreignLoad: 1.04)
    #expect(noisy.ratio == nil && text(noisy).contains("Other programs kept about 1.0 cores busy"))
    #expect(text(results([1, 1, 1], inFlight: 1.2)).contains("was off by up to 20.0 %"))
  }
}
