extension LoadRecord: Bounded {
  /// The reason that a decoded record is invalid, as a predicate; `nil` if it is valid.
  public var contradiction: String? { Bounds(self).problem ?? unequalCounts ?? unequalDue }

  func check(_ bounds: inout Bounds) {
    bounds.name(version, "version")
    bounds.name(host, "host")
    if let startedAt { bounds.date(startedAt, "startedAt") }
    bounds.name(generator, "generator")
    bounds.name(url, "url")
    bounds.name(method, "method")
    bounds.facts(paths, "paths")
    bounds.each(paths, "paths")
    bounds.name(traffic, "traffic")
    bounds.require(rates?.count, in: 1...1_000_000, "rates")
    bounds.each(rates, "rates") { bounds, rate in bounds.number(rate) }
    bounds.require(rateInterval, in: 1...Bounds.mostAmount, "rateInterval")
    bounds.number(askedRate, "askedRate")
    bounds.number(achievedRate, "achievedRate")
    bounds.require(duration, in: 1...Bounds.mostAmount, "duration")
    bounds.amount(warmUp, "warmUp")
    bounds.amount(timeout, "timeout")
    bounds.require(connections, in: 1...Bounds.mostCount, "connections")
    bounds.amount(connectionsOpened, "connectionsOpened")
    bounds.require(threads, in: 1...Bounds.mostCount, "threads")
    bounds.amount(due, "due")
    bounds.amount(unsent, "unsent")
    bounds.amount(queued, "queued")
    bounds.amount(sent, "sent")
    bounds.require(answered, in: 0...sent, "answered")
    bounds.require(
      answeredInAll, in: min(answered, Bounds.mostAmount)...Bounds.mostAmount, "answeredInAll")
    // The difference is not negative: an invalid `answered` is reported first.
    bounds.require(unanswered, in: 0...(sent - min(answered, sent)), "unanswered")
    bounds.nested(errors, "errors")
    bounds.amount(bytesSent, "bytesSent")
    bounds.amount(bytesReceived, "bytesReceived")
    bounds.facts(workers, "workers")
    bounds.each(workers, "workers")
    bounds.amount(userTime, "userTime")
    bounds.amount(systemTime, "systemTime")
    bounds.amount(busiestThreadTime, "busiestThreadTime")
    bounds.nested(littlesLaw, "littlesLaw")
  }

  /// A histogram whose count differs from the count of its requests, or workers with more answers than requests.
  private var unequalCounts: String? {
    let histograms = [
      ("latency", latency, generator == nil ? answered : 0), ("uncorrected", uncorrected, answered),
      ("sendDelay", sendDelay, sent),
    ]
    for case (let name, let histogram?, let count) in histograms where histogram.count != count {
      return "has \(histogram.count) times in '\(name)' for \(count) requests"
    }
    // At most 1000 counts of at most 10^18 exceed 64 bits.
    let answers = (workers ?? []).reduce(UInt128(0)) { $0 + UInt128($1.answers) }
    return answers > answered ? "has \(answers) answers of workers for \(answered) requests" : nil
  }

  /// Due requests that differ from those with an outcome and those without.
  private var unequalDue: String? {
    guard let due else { return nil }
    // Five counts of at most 10^18, and the errors: nine counts of at most 10^18, whose total is exact.
    let outcomes = [answered, errors.total, unanswered, unsent ?? 0].reduce(UInt128(0)) { $0 + UInt128($1) }
    return outcomes == due ? nil : "has \(due) due requests, but outcomes of \(outcomes)"
  }
}

extension LoadRecord.Path: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(path, "path")
    bounds.require(weight, in: 1...UInt64(Bounds.mostCount), "weight")
  }
}

extension LoadRecord.Worker: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.name(name, "name")
    bounds.amount(answers, "answers")
  }
}

extension ErrorCounts: Bounded {
  func check(_ bounds: inout Bounds) {
    for kind in RequestFailure.allCases { bounds.amount(self[kind], kind.rawValue) }
  }
}

extension LittlesLaw: Bounded {
  func check(_ bounds: inout Bounds) {
    bounds.number(rate, "rate")
    bounds.amount(meanTime, "meanTime")
    bounds.number(meanInFlight, "meanInFlight")
  }
}
