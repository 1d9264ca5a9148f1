import Analysis
import Arguments
import Formatting
import Harness
import Platform
import Queueing
import Records

/// The options that set the sizes of instances, what a request costs them, and their prices.
struct PlanSizeArguments {
  /// The files with measured demands.
  let files: [String]
  private let model: String?
  private let demand: Double?
  private let cores: WorkerCounts?
  private let law: PlanRecord.Law?
  private let prices: [SizePrice]
  /// The price per request of a serverless offer.
  let serverless: Double?
  let objective: LatencyObjective?
  let target: Double
  let wait: Double

  init(_ line: inout ArgumentLine) {
    line.group("Demand")
    files =
      line.value(
        of: Option<[String]>(
          "from", "FILE,…", Reader.text("a results file or a capacity record", example: "run.json").list(),
          isRepeatable: true,
          help:
            "measured CPU time per request: files of scaleup run --workload serve or scaleup capacity --json; each is a size"
        )) ?? []
    model = line.value(
      of: Option(
        "model", "NAME", .text("a model", example: "fork"), help: "server of --from (default: the best)"))
    demand = line.value(
      of: Option(
        "demand", "TIME", .time(in: 1e-9...3600, example: "8ms"), help: "CPU time per request, such as 8ms"))
    cores = line.value(
      of: Option(
        "cores", "LIST", WorkerCounts.reader, help: "cores of an instance; several are compared (default: 1)")
    )
    law = line.value(of: Self.law)
    line.group("Answers")
    target =
      line.value(
        of: Option(
          "target", "PERCENT", .percentage(in: 0.001...1, example: "50%"),
          help: "utilization to plan for (default: 50%)")) ?? 0.5
    objective = line.value(
      of: CapacityArguments.slo(
        "objective: a percentile of the response times and its limit, such as p95:200ms"))
    wait =
      line.value(
        of: Option(
          "wait", "PERCENT", .percentage(in: 0.0001...0.99, example: "20%"),
          help: "requests that may wait for a core (default: 20%)")) ?? 0.2
    prices = line.value(of: SizePrice.option) ?? []
    serverless = line.value(
      of: Option("serverless", "PRICE", .requestPrice, help: "price of a request, to compare with"))
  }

  private static let law = Option<PlanRecord.Law>(
    "scaling", "ALPHA,BETA",
    Reader(
      expected: "contention and coherency of the cores, at least 0", example: "0.03,0.0001",
      parse: { word in
        let parts = word.split(separator: ",", omittingEmptySubsequences: false).map { planNumber($0) }
        guard parts.count == 2, let alpha = parts[0], let beta = parts[1], alpha <= 1, beta <= 1 else {
          return nil
        }
        return .init(alpha: alpha, beta: beta, isMeasured: false)
      }),
    help: "universal scalability law of an instance's cores (default: as measured, or no loss)")

  /// Returns the sizes, with their prices; empty without a demand.
  ///
  /// - Throws: `UsageError`, `CommandFailure`.
  func sizes() throws -> [PlannedSize] {
    if demand != nil, !files.isEmpty {
      throw UsageError.other("--demand has no effect with --from (leave one out)")
    }
    if model != nil, files.isEmpty {
      throw UsageError.other("--model has no effect without --from (add --from run.json)")
    }
    var sizes = try files.map(measured)
    if let demand {
      sizes = [PlannedSize(name: "", cores: 1, demand: .init(demand * 1e9), demandSource: "given")]
    }
    if sizes.isEmpty {
      if cores != nil || !prices.isEmpty {
        throw UsageError.other(
          "--\(cores != nil ? "cores" : "price") needs a demand (add --demand 8ms or --from run.json)")
      }
      return []
    }
    if cores != nil || files.isEmpty { sizes = sizes.flatMap(sized) }
    for index in sizes.indices { sizes[index].law = law ?? sizes[index].law }
    return try priced(sizes)
  }

  /// Returns a size once for each number of cores that was asked for.
  private func sized(_ size: PlannedSize) -> [PlannedSize] {
    (cores?.counts(cpus: size.cores) ?? [1]).map { count in
      var other = size
      other.cores = count
      other.name = (size.name.isEmpty ? "" : "\(size.name), ") + Readable.count(count, "core")
      if count != size.cores { other.capacity = nil }
      return other
    }
  }

  private func measured(_ path: String) throws(CommandFailure) -> PlannedSize {
    let file = String(path.split(separator: "/").last ?? "")
    let name = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    do {
      if let record = try CapacityRecord.read(path) {
        return try PlannedSize(record, name: name, model: model)
      }
      return try PlannedSize(try RunFile.read(path), name: name, model: model)
    } catch let error as MissingDemand {
      throw CommandFailure(
        message: "\(Readable.line(path)) \(error.description)", status: UsageError.exitStatus)
    } catch let error as RunFileError {
      throw CommandFailure(error)
    } catch {
      throw CommandFailure(message: "\(error)", status: UsageError.exitStatus)
    }
  }

  private func priced(_ sizes: [PlannedSize]) throws(UsageError) -> [PlannedSize] {
    var sizes = sizes
    for price in prices {
      guard let name = price.name else {
        guard sizes.count == 1 else {
          throw .other(
            "--price \(Readable.plain(price.price)) names no size (try --price \(sizes[0].cores)=\(Readable.plain(price.price)))"
          )
        }
        sizes[0].price = price.price
        continue
      }
      let places = sizes.indices.filter { sizes[$0].name == name || "\(sizes[$0].cores)" == name }
      guard let place = places.first else {
        let known = sizes.map { files.isEmpty ? "\($0.cores)" : $0.name }
        throw .unknownWord(name, kind: "size", known: known, nearest: nearestWord(to: name, among: known))
      }
      if places.count > 1 {
        throw .other("--price \(Readable.line(name)): several sizes have this name (use the name of a file)")
      }
      if sizes[place].price != nil {
        throw .other("--price \(Readable.line(name)): this size already has a price (give one per size)")
      }
      sizes[place].price = price.price
    }
    return sizes
  }
}
