import Arguments
import Formatting
import Records
import Simulation

/// The options that set the traffic of a plan.
struct PlanTrafficArguments {
  private let rate: Double?
  private let users: Double?
  private let perUser: RequestAmount?
  private let reads: RequestAmount?
  private let writes: RequestAmount?
  private let traffic: TrafficOption
  private let writeSize: Double?
  /// The length of a month in seconds.
  let month: Double

  /// A month of 30 days, and a round number close to it.
  private static let months = [("2.5e6s", 2.5e6), ("30days", 2_592_000)]

  /// The peak over the mean; `nil` if it was not given.
  var peak: Double? { traffic.peak }

  init(_ line: inout ArgumentLine) {
    line.group("Traffic")
    rate = line.value(
      of: Option("rate", "RATE", .amount(upTo: 1e9, example: "40000"), help: "mean requests per second"))
    users = line.value(
      of: Option("users", "COUNT", .amount(upTo: 1e12, example: "10e6"), help: "number of users"))
    perUser = line.value(of: RequestAmount.option("per-user", help: "requests of a user, such as 20/day"))
    reads = line.value(of: RequestAmount.option("reads", help: "reads, such as 1e11/month"))
    writes = line.value(of: RequestAmount.option("writes", help: "writes, such as 1e9/month"))
    writeSize = line.value(
      of: Option("write-size", "SIZE", .data, help: "stored bytes per write (default: 1KB)"))
    traffic = TrafficOption(&line, peakHelp: "peak over the mean, to plan for (default: 1)")
    let months = Self.months
    month =
      line.value(
        of: Option<Double>(
          "month", "LENGTH",
          Reader(
            expected: "one of 2.5e6s, 30days", example: "30days",
            parse: { word in months.first { $0.0 == word }?.1 }),
          help: "length of a month: 2.5e6s, which is easy to divide by, or 30days (default: 2.5e6s)"))
      ?? 2.5e6
  }

  /// The traffic as it is recorded, with its rates by time if it has a shape, and the storage that its writes take.
  struct Plan {
    let traffic: PlanRecord.Traffic
    let rates: ArrivalRates?
    let storage: PlanRecord.Storage?
  }

  /// Returns the traffic.
  ///
  /// - Throws: `UsageError` for options that contradict each other; `CommandFailure` for an unusable file.
  func plan() throws -> Plan {
    let amounts = try amounts()
    let given = amounts.reduce(0) { $0 + $1.rate }
    if given > 1e9 {
      throw UsageError.other("\(Readable.grouped(given)) requests/s are too many (expected at most 10^9)")
    }
    let rates = try traffic.rates(
      mean: amounts.isEmpty ? nil : given, setBy: "--rate, --users, --reads and --writes")
    if rates == nil, amounts.isEmpty {
      throw UsageError.other(
        "missing traffic (expected --rate, --reads, --writes, --users or --traffic; try --rate 1000)")
    }
    let mean = rates.map { amounts.isEmpty ? $0.mean : given } ?? given
    let planned = max(rates?.peak ?? 0, mean * (rates == nil ? peak ?? 1 : 1))
    if planned <= 0 { throw UsageError.other("the traffic has no requests (expected a rate above 0)") }
    let traffic = PlanRecord.Traffic(
      amounts: amounts, users: users, shape: self.traffic.text.map { Readable.line($0) }, mean: mean,
      peak: planned,
      peakFactor: peak)
    let storage = writes.map { writes in
      PlanRecord.Storage(
        bytesPerWrite: writeSize ?? 1000,
        perMonth: writes.recorded("writes", month: month).rate * month * (writeSize ?? 1000))
    }
    return Plan(traffic: traffic, rates: rates, storage: storage)
  }

  private func amounts() throws(UsageError) -> [PlanRecord.Amount] {
    if (users == nil) != (perUser == nil) {
      throw .other("--users and --per-user belong together (add --users 10e6 or --per-user 20/day)")
    }
    if writeSize != nil, writes == nil {
      throw .other("--write-size has no effect without --writes (add --writes 1e9/month)")
    }
    var amounts: [PlanRecord.Amount] = []
    if let rate { amounts.append(.init(name: "requests", count: rate, unit: "second", rate: rate)) }
    if let users, let perUser { amounts.append(perUser.recorded("users", times: users, month: month)) }
    if let reads { amounts.append(reads.recorded("reads", month: month)) }
    if let writes { amounts.append(writes.recorded("writes", month: month)) }
    return amounts
  }
}
