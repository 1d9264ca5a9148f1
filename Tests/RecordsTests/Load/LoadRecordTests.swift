import TestSupport
import Testing

@testable import Records

/// Returns a valid record in which every member has a value.
private func fullRecord() -> LoadRecord {
  var record = LoadRecord(url: "http://127.0.0.1:8080/", connections: 32, duration: 10_000_000_000, warmUp: 0)
  (record.host, record.startedAt) = ("h", "2026-01-02T03:04:05Z")
  record.paths = [.init(path: "/api/1000", weight: 3), .init(path: "/", weight: 1)]
  (record.arrivals, record.seed, record.askedRate, record.achievedRate) = (.poisson, 7, 0.5, 0.25)
  (record.traffic, record.rates, record.rateInterval) = ("daily", [0, 1], 5_000_000_000)
  (record.timeout, record.connectionsOpened) = (1_000_000_000, 33)
  (record.sent, record.answered, record.unanswered) = (4, 2, 1)
  record.answeredInAll = 3
  (record.due, record.unsent, record.queued) = (6, 2, 1)
  (record.threads, record.busiestThreadTime) = (2, 25)
  record.errors[.badStatus] = 1
  (record.bytesSent, record.bytesReceived) = (400, 500)
  record.latency = histogram(of: [3000, 5000])
  record.uncorrected = histogram(of: [2000, 4000])
  record.sendDelay = histogram(of: [1000, 1000, 0, 0])
  record.workers = [.init(name: "1/4711", answers: 2)]
  (record.userTime, record.systemTime) = (10, 20)
  record.littlesLaw = LittlesLaw(rate: 2, meanTime: 3000, meanInFlight: 0.000_012)
  return record
}

struct LoadRecordTests {
  @Test("a record reads back exactly, full and with only the required members")
  func roundTrip() throws {
    for record in [fullRecord(), LoadRecord(url: "u", connections: 1, duration: 1, warmUp: 0)] {
      #expect(record.contradiction == nil)
      let read = try decoded(LoadRecord.self, encoded(record))
      #expect(read == record && read.contradiction == nil)
    }
  }

  @Test("a record is written with lowerCamelCase keys and whole nanoseconds")
  func text() throws {
    let text = try encoded(fullRecord())
    for member in [
      #""schema":"scaleup.load\/1""#, #""arrivals":"poisson""#, #""askedRate":0.5"#,
      #""duration":10000000000"#,
      #""errors":{"badStatus":1}"#, #""latency":{"clamped":0,"counts":[2524,1,3298,1]}"#,
      #""sendDelay":{"clamped":0,"counts":[0,2,1000,2]}"#, #""workers":[{"answers":2,"name":"1\/4711"}]"#,
      #""meanInFlight":1.2e-05"#, #""ratio":2"#, #""userTime":10"#,
    ] {
      #expect(text.contains(member), "\(member) in \(text)")
    }
  }

  @Test("unknown keys are ignored, and another version or format is rejected")
  func versions() throws {
    let text = try encoded(fullRecord())
    let extended = text.replacing("{\"achievedRate\"", with: "{\"new\":[1],\"achievedRate\"")
    #expect(extended != text)
    #expect(try decoded(LoadRecord.self, extended) == fullRecord())
    for other in ["scaleup.load/2", "scaleup.trial/1"] {
      #expect(throws: RecordError.self) {
        try decoded(LoadRecord.self, text.replacing(#"scaleup.load\/1"#, with: other))
      }
    }
    #expect(throws: DecodingError.self) {
      try decoded(LoadRecord.self, text.replacing("\"poisson\"", with: "\"bursts\""))
    }
  }

  @Test("a record that contradicts itself says where", arguments: changes)
  func contradictions(change: Change) {
    var record = fullRecord()
    change.apply(&record)
    #expect(record.contradiction == change.problem)
  }

  /// A change that makes a record invalid.
  struct Change: CustomTestStringConvertible, Sendable {
    var problem: String
    var apply: @Sendable (inout LoadRecord) -> Void
    var testDescription: String { problem }

    init(_ problem: String, _ apply: @escaping @Sendable (inout LoadRecord) -> Void) {
      (self.problem, self.apply) = (problem, apply)
    }

    init(at place: String, _ value: String, _ apply: @escaping @Sendable (inout LoadRecord) -> Void) {
      self.init("has an invalid value at '\(place)': \(value)", apply)
    }
  }

  static let changes = [
    Change(at: "version", String(repeating: "v", count: 50) + "…") {
      $0.version = String(repeating: "v", count: 1001)
    },
    Change(at: "host", String(repeating: "h", count: 50) + "…") {
      $0.host = String(repeating: "h", count: 1001)
    },
    Change(at: "startedAt", "'today'") { $0.startedAt = "today" },
    Change(at: "url", String(repeating: "u", count: 50) + "…") {
      $0.url = String(repeating: "u", count: 1001)
    },
    Change(at: "paths", "1001 entries") {
      $0.paths = .init(repeating: .init(path: "/", weight: 1), count: 1001)
    },
    Change(at: "paths.1.weight", "0") { $0.paths?[1].weight = 0 },
    Change(at: "traffic", String(repeating: "t", count: 50) + "…") {
      $0.traffic = String(repeating: "t", count: 1001)
    },
    Change(at: "rates", "0") { $0.rates = [] },
    Change(at: "rates.1", "-1.0") { $0.rates?[1] = -1 },
    Change(at: "rateInterval", "0") { $0.rateInterval = 0 },
    Change(at: "askedRate", "-1.0") { $0.askedRate = -1 },
    Change(at: "achievedRate", "nan") { $0.achievedRate = .nan },
    Change(at: "achievedRate", "1000000001.0") { $0.achievedRate = 1_000_000_001 },
    Change(at: "duration", "0") { $0.duration = 0 },
    Change(at: "duration", "\(UInt64.max)") { $0.duration = .max },
    Change(at: "warmUp", "\(UInt64.max)") { $0.warmUp = .max },
    Change(at: "timeout", "\(UInt64.max)") { $0.timeout = .max },
    Change(at: "connections", "0") { $0.connections = 0 },
    Change(at: "connectionsOpened", "\(UInt64.max)") { $0.connectionsOpened = .max },
    Change(at: "threads", "0") { $0.threads = 0 },
    Change(at: "due", "\(UInt64.max)") { $0.due = .max },
    Change(at: "unsent", "\(UInt64.max)") { $0.unsent = .max },
    Change(at: "queued", "\(UInt64.max)") { $0.queued = .max },
    Change(at: "sent", "\(UInt64.max)") { $0.sent = .max },
    Change(at: "answered", "5") { $0.answered = 5 },
    Change(at: "answeredInAll", "1") { $0.answeredInAll = 1 },
    Change(at: "answeredInAll", "\(UInt64.max)") { $0.answeredInAll = .max },
    Change(at: "unanswered", "3") { $0.unanswered = 3 },
    Change(at: "errors.timeout", "\(UInt64.max)") { $0.errors[.timeout] = .max },
    Change(at: "bytesSent", "\(UInt64.max)") { $0.bytesSent = .max },
    Change(at: "bytesReceived", "\(UInt64.max)") { $0.bytesReceived = .max },
    Change(at: "workers", "1001 entries") {
      $0.workers = .init(repeating: .init(name: "1", answers: 1), count: 1001)
    },
    Change(at: "workers.0.answers", "\(UInt64.max)") { $0.workers?[0].answers = .max },
    Change(at: "workers.0.name", String(repeating: "n", count: 50) + "…") {
      $0.workers?[0].name = String(repeating: "n", count: 1001)
    },
    Change(at: "userTime", "\(UInt64.max)") { $0.userTime = .max },
    Change(at: "systemTime", "\(UInt64.max)") { $0.systemTime = .max },
    Change(at: "busiestThreadTime", "\(UInt64.max)") { $0.busiestThreadTime = .max },
    Change(at: "littlesLaw.rate", "inf") { $0.littlesLaw?.rate = .infinity },
    Change(at: "littlesLaw.meanTime", "\(UInt64.max)") { $0.littlesLaw?.meanTime = .max },
    Change(at: "littlesLaw.meanInFlight", "-1.0") { $0.littlesLaw?.meanInFlight = -1 },
    Change("has 1 times in 'latency' for 2 requests") { $0.latency = histogram(of: [1]) },
    Change("has 3 times in 'uncorrected' for 2 requests") { $0.uncorrected = histogram(of: [1, 2, 3]) },
    Change("has 0 times in 'sendDelay' for 4 requests") { $0.sendDelay = LatencyHistogram() },
    Change("has 7 due requests, but outcomes of 6") { $0.due = 7 },
    Change("has 3 answers of workers for 2 requests") { $0.workers?[0].answers = 3 },
  ]

  @Test("a trial keeps the report of the generator, and a run with one that contradicts itself is refused")
  func embedded() throws {
    var report = TrialRecord(result: ExactInteger(3), region: 1)
    (report.traffic, report.sharesCPUs) = (fullRecord(), true)
    #expect(try decoded(TrialRecord.self, encoded(report)) == report && report.contradiction == nil)
    let configuration = Configuration(
      model: "m", workload: "serve", workers: 1, duration: 1, traffic: Traffic(rate: 1000))
    var run = RunRecord(
      host: "h", startedAt: "2026-01-02T03:04:05Z",
      passport: Passport(
        architecture: "x86_64", onlineCPUs: 4, effectiveCPUs: 4, kernel: "Linux 6", swift: "6.3"),
      plan: Plan(configurations: [configuration], trials: 1, warmUps: 0),
      trials: [Trial(configuration: 0, round: 0, warmUp: false, report: report)])
    #expect(run.contradiction == nil)
    let text = try encoded(run)
    #expect(text.contains(#""traffic":{"connections":32,"path":"\/","rate":1000}"#))
    #expect(try decoded(RunRecord.self, text) == run)
    run.trials[0].report?.traffic?.latency = histogram(of: [1])
    #expect(run.contradiction == "has 1 times in 'latency' for 2 requests")
    run.trials[0].report?.traffic?.duration = 0
    #expect(run.contradiction == "has an invalid value at 'trials.0.report.traffic.duration': 0")
    run.plan.configurations[0].traffic?.connections = 0
    #expect(run.contradiction == "has an invalid value at 'plan.configurations.0.traffic.connections': 0")
  }

  @Test("whatever record is read, it is checked without a trap")
  func fuzz() throws {
    var fuzz = Fuzz([try encoded(fullRecord())], seed: 3, changesNumbersMostly: true)
    let accepted = try fuzz.run(3000) { text in
      guard let read = try? decoded(LoadRecord.self, text) else { return false }
      _ = (read.contradiction, read.errors.total, read.littlesLaw?.ratio)
      if read.contradiction == nil {
        let copy = try decoded(LoadRecord.self, encoded(read))
        #expect(copy == read)
      }
      return true
    }
    #expect(accepted > 300)
  }
}

struct ErrorCountsTests {
  @Test("failures are counted by kind, and merged")
  func counting() throws {
    var counts = ErrorCounts()
    for (place, kind) in RequestFailure.allCases.enumerated() { counts[kind] += UInt64(place) }
    #expect(RequestFailure.allCases.map { counts[$0] } == [0, 1, 2, 3, 4, 5, 6, 7, 8] && counts.total == 36)
    var doubled = counts
    doubled.merge(counts)
    #expect(doubled.total == 72 && doubled[.localLimit] == 16)
    #expect(try decoded(ErrorCounts.self, encoded(doubled)) == doubled)
  }

  @Test("kinds without failures are absent, and a total of more than 64 bits is the greatest number")
  func extremes() throws {
    var counts = ErrorCounts()
    counts[.timeout] = 0
    #expect(try encoded(counts) == "{}" && counts == ErrorCounts())
    (counts[.timeout], counts[.malformed]) = (.max, 1)
    #expect(counts.total == .max)
  }
}

struct LittlesLawTests {
  @Test("the ratio compares the number in flight with rate × time")
  func ratio() {
    #expect(LittlesLaw(rate: 1000, meanTime: 2_000_000, meanInFlight: 3).ratio == 1.5)
    #expect(LittlesLaw(rate: 0, meanTime: 2_000_000, meanInFlight: 3).ratio == nil)
    #expect(LittlesLaw(rate: 1000, meanTime: 0, meanInFlight: 0).ratio == nil)
  }

  @Test("the mean number in flight is the time integral of the number / the time")
  func integral() {
    var inFlight = InFlight(at: 100)
    #expect(inFlight.mean(until: 100) == nil && inFlight.mean(until: 200) == 0)
    inFlight.send(at: 200)
    inFlight.send(at: 300)
    inFlight.finish(at: 400)
    // 0 for 100 ns, 1 for 100, 2 for 100, 1 for 100.
    #expect(inFlight.mean(until: 500) == 1 && inFlight.count == 1)
    inFlight.restart(at: 500)
    #expect(inFlight.mean(until: 500) == nil)
    inFlight.send(at: 600)
    #expect(inFlight.mean(until: 700) == 1.5 && inFlight.count == 2)
    inFlight.finish(at: 550)
    #expect(inFlight.mean(until: 700) == 1)
  }

  @Test("a run that starts and ends empty obeys the law exactly")
  func law() {
    var generator = SplitMix64(seed: 6)
    var (events, sum): ([(time: UInt64, isSend: Bool)], UInt64) = ([], 0)
    for _ in 0..<1000 {
      let (sent, time) = (generator.next() % 9_000_000_000, generator.next() % 1_000_000_000)
      events += [(sent, true), (sent + time, false)]
      sum += time
    }
    var inFlight = InFlight(at: 0)
    for event in events.sorted(by: { $0.time < $1.time }) {
      if event.isSend { inFlight.send(at: event.time) } else { inFlight.finish(at: event.time) }
    }
    let seen = inFlight.mean(until: 10_000_000_000) ?? 0
    let law = LittlesLaw(rate: 100, meanTime: sum / 1000, meanInFlight: seen)
    #expect(inFlight.count == 0 && ((law.ratio ?? 0) - 1).magnitude < 1e-6)
  }
}
