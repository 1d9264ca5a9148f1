import Autoscaling
import Formatting
import Queueing
import Records
import Report
import Simulation

/// Compares one machine of many cores with as many machines of one core.
struct BigOrMany: Lesson {
  static let name = "big-or-many"
  static let title = "One big machine, or many small ones"
  static let files = [
    "Sources/Queueing/MultiServerQueue.swift", "Sources/Queueing/ProcessorSharing.swift",
    "Sources/Simulation/Requests/RequestTraffic.swift",
  ]

  private static let cores = 16
  private static let utilization = 0.8
  private static let demand = 0.01
  private static let minutes = 10
  /// The most small machines that are tried.
  private static let mostMachines = 4096

  init(_ bench: Bench) {}

  var question: Question {
    Question(
      "One machine has \(Self.cores) cores. \(Self.cores) machines have one core each. Both get the same requests, which keep their "
        + "cores \(Readable.fixed(100 * Self.utilization, decimals: 0)) % busy; on the small machines, each request goes to one at "
        + "random. How many times as long do 95 of 100 requests take at most on the small machines?",
      .factor, isSimulated: true)
  }

  /// The responses of the machines, in nanoseconds; `nil` if nothing was answered.
  struct Results {
    /// The one machine, by formula and in the simulation.
    var big: (formula: Double, simulated: Double?)
    /// The small machines with requests that go to one at random, by formula and in the simulation.
    var random: (formula: Double, simulated: Double?)
    /// The small machines that get requests in turns.
    var turns: Double?
    /// The small machines, of which the one with the fewest unanswered requests gets the next.
    var fewest: Double?
    /// The small machines that take requests from one queue.
    var queue: Double?
    /// The small machines at random with the response of the big one, by formula; `nil` if there are too many.
    var equal: Int?
  }

  func findings() -> Findings {
    let results = Self.results
    let rows = Self.cases(results).map { name, formula, simulated in
      [name, formula.map(Self.text) ?? "-", simulated.map(Self.text) ?? "-"]
    }
    return Findings(
      answer: Self.ratio(results),
      passages: [
        .heading("The response that 95 of 100 requests did not exceed"),
        Self.service(cores: Self.cores, share: 1).assumptions(
          machines: "which shares the cores of its machine, or waits in one queue for a free core"),
        .drawing(TextTable(["", "formula", "simulated"], rows)),
        .drawing(
          TextBars(
            Self.cases(results).map { name, _, simulated in
              .init(name, simulated ?? .nan, simulated.map(Self.text) ?? "-")
            })),
      ], explanation: Self.explanation(results))
  }

  private static func cases(
    _ results: Results
  ) -> [(name: String, formula: Double?, simulated: Double?)] {
    [
      ("1 machine of \(cores) cores", results.big.formula, results.big.simulated),
      ("\(cores) of 1, at random", results.random.formula, results.random.simulated),
      ("\(cores) of 1, in turns", nil, results.turns),
      ("\(cores) of 1, to the least busy", nil, results.fewest),
      ("\(cores) of 1, one queue", nil, results.queue),
    ]
  }

  private static func text(_ time: Double) -> String { Readable.duration(nanoseconds: time) }

  /// Returns machines that get a share of the requests.
  private static func service(
    cores: Int, share: Double, _ balancing: Balancing = .leastOutstanding
  ) -> SimulatedService {
    let rate = Double(Self.cores) * utilization / demand * share
    var service = SimulatedService(
      cores: cores, demand: .exponential(mean: demand), rates: Array(repeating: rate, count: minutes))
    service.group.served.balancing = balancing
    return service
  }

  private static var results: Results {
    func simulated(_ service: SimulatedService, machines: Int = 1) -> Double? {
      service.outcome(of: Policy(.none(FixedSize())), initial: machines).response.map { Double($0) }
    }
    func small(_ balancing: Balancing) -> Double? {
      simulated(service(cores: 1, share: 1, balancing), machines: cores)
    }
    let load = Double(cores) * utilization
    let big = response(cores: cores, load: load)
    return Results(
      big: (big, simulated(service(cores: cores, share: 1))),
      // Each of the machines gets a Poisson process of its own, so one of them shows them all.
      random: (
        response(cores: 1, load: utilization), simulated(service(cores: 1, share: 1 / Double(cores)))
      ),
      turns: small(.roundRobin), fewest: small(.leastOutstanding), queue: small(.central),
      equal: machines(with: big, load: load))
  }

  /// Returns the 95th percentile of the response of a machine by formula, in nanoseconds; infinite if it is overloaded.
  private static func response(cores: Int, load: Double) -> Double {
    MultiServerQueue(servers: cores, load: load, serviceTime: demand).flatMap {
      ProcessorSharing($0).responses(downTo: 0.05)?.quantile(0.95)
    }.map { $0 * 1e9 } ?? .infinity
  }

  /// Returns the fewest machines of one core that share a load at random and have at most a response; `nil` if they are too many.
  private static func machines(with most: Double, load: Double) -> Int? {
    var (low, high) = (Int(load), mostMachines)
    func isEnough(_ count: Int) -> Bool { response(cores: 1, load: load / Double(count)) <= most }
    if !isEnough(high) { return nil }
    while high - low > 1 {
      let middle = (low + high) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }

  /// Returns how many times as long the small machines take with requests at random; `nil` if something was not answered.
  private static func ratio(_ results: Results) -> Double? {
    results.random.simulated.flatMap { long in results.big.simulated.map { long / $0 } }
  }

  /// Returns the explanation.
  static func explanation(_ results: Results) -> String {
    let all = MultiServerQueue(servers: cores, load: Double(cores) * utilization)?.waitProbability ?? .nan
    let equal =
      results.equal.map {
        "By the same formulas it would take \($0) machines of one core to answer 95 of 100 as soon as the big one does."
      }
      ?? "By the same formulas, more than \(mostMachines) machines of one core would not answer as soon as the big one does."
    let gap =
      if let fewest = results.fewest, let random = results.random.simulated, let big = results.big.simulated {
        "A balancer that sends each request to the machine with the fewest unanswered ones brings \(text(random)) to "
          + "\(text(fewest)), where one machine has \(text(big))."
      } else {
        ""
      }
    return """
      A request on the big machine has to share a core only if all \(cores) are busy; by Erlang's formula C that happens to \
      \(Readable.percent(all)) of them. On a small machine it does whenever that one core is busy, for \
      \(Readable.percent(utilization)) of them, even while others idle. That is pooling: the larger the pool, the less its load \
      varies for its size, and the busier it may be. \(equal) \(gap) What this leaves out: the cores of a big machine slow each other down (lesson serial), and \
      if it fails, everything does.
      """
  }
}
