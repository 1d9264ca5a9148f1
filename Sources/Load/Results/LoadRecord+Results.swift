import Platform
import Records

extension LoadRecord {
  /// Creates the record of what the threads of a generator measured; `nil` if the run was interrupted before the end of the
  /// warm-up.
  ///
  /// - Parameters:
  ///   - start: The time at which the warm-up started.
  ///   - interruption: The time of an interruption; later than the end if there was none.
  init?(_ settings: LoadSettings, _ start: UInt64, _ results: [ThreadResult], until interruption: UInt64) {
    let measured = start + settings.warmUp
    let end = min(measured + settings.duration, interruption)
    guard end > measured else { return nil }
    let path = settings.paths.entries[0].path
    self.init(
      url: "http://\(settings.target.authority)\(path)", connections: settings.connections,
      duration: end - measured, warmUp: settings.warmUp)
    if settings.paths.entries.count > 1 {
      paths = settings.paths.entries.map { Path(path: $0.path, weight: $0.weight) }
    }
    if settings.method != .get { method = settings.method.rawValue }
    timeout = settings.timeout
    threads = settings.usedThreads
    seed = settings.seed
    add(results)
    switch settings.pace {
    case .openLoop(let arrivals, let rate):
      (self.arrivals, askedRate) = (arrivals, rate.perSecond)
      addDue(results)
    case .traffic(let arrivals, let rates):
      (self.arrivals, askedRate) = (arrivals, rates.mean(until: duration))
      let count = Int((duration + rates.interval - 1) / rates.interval)
      (self.rates, rateInterval) = (Array(rates.perSecond.prefix(count)), rates.interval)
      addDue(results)
    case .closedLoop: (uncorrected, sendDelay, queued) = (nil, nil, nil)
    }
    let mean = uncorrected?.mean ?? latency.mean
    let inFlight = results.compactMap(\.meanInFlight)
    if let mean, !inFlight.isEmpty {
      littlesLaw = LittlesLaw(
        rate: achievedRate, meanTime: UInt64(mean), meanInFlight: inFlight.reduce(0, +))
    }
  }

  /// Adds the counts and latencies of all threads.
  private mutating func add(_ results: [ThreadResult]) {
    var (latencies, delays, workers) = (CorrectedLatencies(), LatencyHistogram(), WorkerTally())
    var (arrived, waited): (UInt64, UInt64) = (0, 0)
    for result in results {
      let tally = result.tally
      // No thread counts anywhere near 10^18 requests.
      try? latencies.merge(tally.latencies)
      try? delays.merge(tally.sendDelay)
      errors.merge(tally.errors)
      workers.merge(result.workers)
      arrived += tally.arrived
      waited += tally.queued
      sent += tally.sent
      unanswered += result.unanswered
      bytesSent += tally.bytesSent
      bytesReceived += tally.bytesReceived
      userTime += result.usage.userTime
      systemTime += result.usage.systemTime
    }
    answered = latencies.corrected.count
    answeredInAll = results.reduce(0) { $0 + $1.tally.answeredInAll }
    achievedRate = Double(arrived) * 1_000_000_000 / Double(duration)
    latency = latencies.corrected
    uncorrected = latencies.uncorrected
    (sendDelay, queued) = (delays, waited)
    self.workers = workers.workers
    connectionsOpened = results.reduce(0) { $0 + $1.connectionsOpened }
    busiestThreadTime = results.map { $0.usage.userTime + $0.usage.systemTime }.max()
  }

  /// Adds the numbers of requests that were due and that were never sent, if all threads know them.
  private mutating func addDue(_ results: [ThreadResult]) {
    let (all, rests) = (results.compactMap(\.due), results.compactMap(\.unsent))
    guard all.count == results.count, rests.count == results.count else { return }
    (due, unsent) = (all.reduce(0, +), rests.reduce(0, +))
  }
}
