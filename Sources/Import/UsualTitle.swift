/// The title of a column, from which its meaning is guessed.
struct UsualTitle {
  /// Words for workers, then for what asks for work, which may also stand beside the number of workers.
  private static let workers: [Set<String>] = [
    [
      "worker", "workers", "thread", "threads", "processes", "procs", "processors", "cores", "cpus", "ranks",
      "np",
      "nproc", "nprocs", "nthreads", "ncpus", "ncores", "ompnumthreads", "rayonnumthreads", "gomaxprocs",
      "goroutines", "jobs", "parallelism",
    ],
    ["concurrency", "clients", "users", "connections", "tasks", "nodes", "instances", "load"],
  ]
  /// Times of one trial, then summaries of several, each in the order of preference.
  private static let times = [
    "", "time", "elapsed", "elapsedtime", "wall", "walltime", "wallclock", "wallclocktime", "real",
    "realtime",
    "duration", "runtime", "executiontime", "regiontime", "region",
  ]
  private static let summaries = [
    "median", "mediantime", "timemedian", "mean", "meantime", "timemean", "average", "averagetime", "avg",
    "avgtime",
    "timeavg",
  ]
  private static let throughputs = [
    "throughput", "rate", "itemspersecond", "requestspersecond", "opspersecond", "operationspersecond",
    "transactionspersecond", "bytespersecond", "rps", "qps", "tps", "ops", "iops", "reqs", "requestss",
    "opss",
    "itemss", "mbs", "gbs", "mibs", "gibs", "gflops", "mflops", "bandwidth", "speedup",
  ]

  private let words: [String]
  /// The unit of time in the title, such as `ms` in `time_ms` or `Mean [ms]`.
  let unit: TimeUnit?

  init(_ title: String) {
    let words = title.lowercased().split { !$0.isLetter }.map(String.init)
    self.words = words
    unit = words.last.flatMap { TimeUnit(word: $0) }
  }

  /// Returns whether a title is among words for workers.
  private func isAmong(_ workers: Set<String>) -> Bool {
    let counting: Set = ["parameter", "num", "number", "of", "n", "count", "max"]
    let rest = words.filter { !counting.contains($0) }
    return workers.contains(rest.joined()) || workers.contains(words.joined())
  }

  /// The position of the title among the usual ones of times, the smallest first; `nil` if it is not usual.
  var timeRank: Int? { (Self.times + Self.summaries).firstIndex(of: timeName) }

  /// The position of the title among the usual ones of throughputs, the smallest first; `nil` if it is not usual.
  var throughputRank: Int? { Self.throughputs.firstIndex(of: words.joined()) }

  /// Whether the column has one value of several trials, such as their mean.
  var isSummary: Bool { words.contains { ["mean", "median", "average", "avg"].contains($0) } }

  /// The words without the unit. A column that has only a unit is one of times, and one without words is not.
  private var timeName: String {
    let name = (unit == nil ? words : words.dropLast()).joined()
    return name.isEmpty && unit == nil ? "?" : name
  }

  /// Returns the places of the titles that usually have the number of workers. `workers` itself is the only one.
  static func workers(in titles: [String]) -> [Int] {
    if let place = titles.firstIndex(where: { $0.lowercased() == "workers" }) { return [place] }
    let places = workers.lazy.map { words in titles.indices.filter { UsualTitle(titles[$0]).isAmong(words) } }
    return places.first { !$0.isEmpty } ?? []
  }

  /// Returns the place of the title with the best rank; `nil` if none has one.
  static func place(in titles: [String], by rank: (UsualTitle) -> Int?) -> Int? {
    titles.indices.compactMap { place in rank(UsualTitle(titles[place])).map { (place, $0) } }.min {
      $0.1 < $1.1
    }?.0
  }
}
