import Arguments
import Formatting
import Import
import Platform
import Records
import Simulation

/// The options that set the traffic of a plan.
struct PlanTrafficArguments {
  private let rate: Double?
  private let users: Double?
  private let perUser: RequestAmount?
  private let reads: RequestAmount?
  private let writes: RequestAmount?
  /// The peak over the mean; `nil` if it was not given.
  let peak: Double?
  private let shape: String?
  private let writeSize: Double?
  /// The length of a month in seconds.
  let month: Double

  /// A month of 30 days, and the round number of the lecture notes.
  private static let months = [("2.5e6s", 2.5e6), ("30days", 2_592_000)]

  private static let shapes = TrafficShape.allCases.map(\.rawValue)

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
    peak = line.value(
      of: Option(
        "peak", "FACTOR", .decimal(in: 1...1000, example: "3"),
        help: "peak over the mean, to plan for (default: 1)"))
    let shapes = Self.shapes.joined(separator: ", ")
    shape = line.value(
      of: Option(
        "traffic", "SHAPE|FILE", .text("one of \(shapes), or a CSV file", example: "daily"),
        help: "traffic by time: \(shapes), or a CSV file with the columns time (seconds) and rate"))
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
    var rates: ArrivalRates?
    if let shape {
      if let known = TrafficShape(rawValue: shape) {
        if amounts.isEmpty {
          throw UsageError.other("--traffic \(shape) needs a mean rate (add --rate 1000)")
        }
        rates = known.rates(mean: given, peak: peak ?? TrafficShape.defaultPeak)
      } else {
        if !shape.contains("."), !shape.contains("/"), let near = nearestWord(to: shape, among: Self.shapes) {
          throw UsageError.other(
            "unknown traffic: '\(Readable.line(shape, limit: 80))' (did you mean \(near)?)")
        }
        if !amounts.isEmpty {
          throw UsageError.other(
            "--traffic \(Readable.line(shape)) has rates of its own (leave out --rate, --users, --reads and --writes, or name a shape)"
          )
        }
        rates = try Self.rates(in: shape)
      }
    } else if amounts.isEmpty {
      throw UsageError.other(
        "missing traffic (expected --rate, --reads, --writes, --users or --traffic; try --rate 1000)")
    }
    let mean = rates.map { amounts.isEmpty ? $0.mean : given } ?? given
    let planned = max(rates?.peak ?? 0, mean * (rates == nil ? peak ?? 1 : 1))
    if planned <= 0 { throw UsageError.other("the traffic has no requests (expected a rate above 0)") }
    let traffic = PlanRecord.Traffic(
      amounts: amounts, users: users, shape: shape.map { Readable.line($0) }, mean: mean, peak: planned,
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

  private static func rates(in path: String) throws(CommandFailure) -> ArrivalRates? {
    do {
      let table = try TrafficTable(try File.text(path, limit: 1 << 26))
      return ArrivalRates(interval: table.interval, rates: table.rates)
    } catch let error as TrafficError {
      throw CommandFailure(message: "\(Readable.line(path)) \(error)", status: UsageError.exitStatus)
    } catch {
      throw CommandFailure(
        message:
          "\(error) (expected traffic \(TrafficTable.expected), or one of \(Self.shapes.joined(separator: ", ")))",
        status: UsageError.exitStatus)
    }
  }
}
