import Formatting
import Records

/// The JSON that a program with Google Benchmark writes with `--benchmark_format=json`.
///
/// Source: `src/json_reporter.cc` and `src/benchmark_runner.cc` of Google Benchmark 1.7 to 1.9.5.
struct GoogleBenchmarkFile {
  private let rows: [Row]
  /// Whether times are divided by the number of threads, as before version 1.9 (pull request 1836 there).
  private let hasDividedTimes: Bool

  init(_ file: JSONValue) throws(JSONFormatError) {
    guard let array = file["benchmarks"]?.array else {
      throw .value(file["benchmarks"]?.summary ?? "", place: "benchmarks", expected: "an array of results")
    }
    var rows: [Row] = []
    for (index, json) in array.enumerated() { rows.append(try Row(json, place: "benchmarks.\(index)")) }
    self.rows = rows
    hasDividedTimes = Self.dividesTimes(file["context"]?["library_version"]?.string)
  }

  /// Returns whether a version of the library divides times by the number of threads. Files of versions before 1.8.4 do not
  /// name it.
  private static func dividesTimes(_ version: String?) -> Bool {
    guard let version else { return true }
    let numbers = version.drop { !$0.isNumber }.split(separator: ".").prefix(2).map { part in
      Int(part.prefix { $0.isNumber }) ?? 0
    }
    return numbers.count == 2 && numbers[0] > 0 && (numbers[0], numbers[1]) < (1, 9)
  }

  /// Returns the trials, a group for each benchmark and set of arguments.
  func data(_ columns: ColumnChoice) throws(JSONFormatError) -> ScalingData {
    if let option = columns.tableOptions.first(where: { $0 != "--time-column" || columns.time != "real_time" }
    ) {
      throw .option(option, format: "JSON of Google Benchmark")
    }
    if rows.isEmpty { throw .noResults(key: "benchmarks") }
    let failed = rows.filter { $0.failure != nil }
    let part = workersPart(columns.workers)
    let counted = trials(rows.filter { $0.failure == nil && !$0.isOtherAggregate && $0.parts[part] != nil })
    if counted.isEmpty {
      if failed.count == rows.count { throw .allFailed }
      throw .noThreads(columns.workers, example: rows[0].name)
    }
    var data = ScalingData()
    let measures = Dictionary(grouping: counted) { $0.label(without: part) }.mapValues {
      measure(of: $0, columns)
    }
    for row in counted {
      let label = row.label(without: part)
      data.add(try sample(row, part, measures[label] ?? "real_time"), [.init("benchmark", label)])
    }
    data.notes = notes(on: counted, part, columns, Set(measures.values)) + Self.notes(onFailed: failed)
    return data
  }

  /// The part of a name that has the number of workers: the chosen one, that of ThreadRange, or an argument with a usual name.
  private func workersPart(_ chosen: String?) -> String {
    if let chosen { return chosen }
    if rows.contains(where: { $0.parts["threads"] != nil }) { return "threads" }
    let names = Set(rows.flatMap(\.parts.keys)).sorted()
    let usual = UsualTitle.workers(in: names)
    return usual.count == 1 ? names[usual[0]] : "threads"
  }

  /// Returns the repetitions; for a benchmark of which the file has none, their median, or else their mean.
  private func trials(_ rows: [Row]) -> [Row] {
    let kinds = Dictionary(grouping: rows, by: \.runName).mapValues { Set($0.map(\.aggregate)) }
    return rows.filter { row in
      let all = kinds[row.runName] ?? []
      return row.aggregate == (all.contains(nil) ? nil : all.contains("median") ? "median" : "mean")
    }
  }

  private func measure(of rows: [Row], _ columns: ColumnChoice) -> String {
    if let throughput = columns.throughput { return throughput }
    let counts = rows.allSatisfy { $0.json["items_per_second"] != nil }
    return counts && columns.time == nil ? "items_per_second" : "real_time"
  }

  private func sample(_ row: Row, _ part: String, _ measure: String) throws(JSONFormatError) -> ScalingSample
  {
    guard let text = row.parts[part], let workers = JSONValue.string(text).number,
      ScalingData.possibleWorkers.contains(workers)
    else {
      throw .value(row.name, place: "\(row.place).name", expected: "a number after \(part):")
    }
    guard let json = row.json[measure] else { throw .missing(key: measure, place: row.place) }
    guard case .number(let value) = json, ScalingData.possibleMeasures.contains(value) else {
      throw .value(json.summary, place: "\(row.place).\(measure)", expected: "a number above 0")
    }
    if measure != "real_time" { return ScalingSample(workers: workers, throughput: value) }
    // Every thread does iterations of its own; an argument says only how the iteration divides its work.
    let threads = part == "threads" && !hasDividedTimes ? workers : 1
    return ScalingSample(workers: workers, throughput: threads / (value * (try row.unit.seconds)))
  }

  private func notes(
    on rows: [Row], _ part: String, _ columns: ColumnChoice, _ measures: Set<String>
  ) -> [String] {
    var notes: [String] = []
    if columns.workers == nil && part != "threads" {
      notes.append("Read argument '\(part)' as the worker count (else give --workers-column).")
    }
    if columns.throughput == nil {
      let times =
        part != "threads"
        ? "iterations per second, from real_time"
        : "iterations per second of all threads, from real_time, which this version of Google Benchmark "
          + (hasDividedTimes ? "divides by the threads" : "gives for each thread")
      let items = "items_per_second"
      notes.append(
        measures.count > 1
          ? "Throughput is \(items) if a benchmark counts items, else \(times)."
          : "Throughput is \(measures.contains(items) ? items : times).")
    }
    if rows.contains(where: { $0.aggregate != nil }) {
      notes.append(
        "The file has aggregates only: each counts as one trial, so there are no intervals of trials.")
    }
    let names = Set(rows.map(\.runName))
    let others = Set(self.rows.filter { $0.failure == nil && !names.contains($0.runName) }.map(\.runName))
    if !others.isEmpty {
      notes.append("\(Readable.count(others.count, "benchmark")) without /\(part):N left out.")
    }
    return notes
  }

  private static func notes(onFailed rows: [Row]) -> [String] {
    guard let first = rows.first else { return [] }
    let reason = first.failure.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
    return ["\(Readable.count(rows.count, "failed trial")) left out, such as \(first.name)\(reason)."]
  }
}

/// A repetition of a benchmark, or an aggregate of several.
private struct Row {
  /// The aggregates that older versions tell only by the end of the name.
  private static let aggregates = ["mean", "median", "stddev", "cv", "BigO", "RMS"]

  let name: String
  /// The name without that of the aggregate.
  let runName: String
  /// The values in the name by their titles, such as `threads`.
  let parts: [String: String]
  /// The kind of the aggregate, such as `mean`; `nil` for a repetition.
  let aggregate: String?
  /// The reason that the benchmark failed; `nil` if it did not.
  let failure: String?
  let json: JSONValue
  /// The path in the file, such as `benchmarks.2`.
  let place: String

  init(_ json: JSONValue, place: String) throws(JSONFormatError) {
    guard let name = json["name"]?.string else { throw .missing(key: "name", place: place) }
    let isIteration = json["run_type"]?.string == "iteration"
    let ending = isIteration ? nil : Self.aggregates.first { name.hasSuffix("_\($0)") }
    let aggregate = isIteration ? nil : json["aggregate_name"]?.string ?? ending
    let runName = json["run_name"]?.string ?? String(name.dropLast(aggregate.map { $0.count + 1 } ?? 0))
    let pairs = runName.split(separator: "/").map { $0.split(separator: ":", maxSplits: 1).map(String.init) }
    self.name = name
    self.aggregate = aggregate
    self.runName = runName
    parts = Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { first, _ in first }
    let hasFailed = json["error_occurred"] == .boolean(true) || json["skipped"] == .boolean(true)
    failure = hasFailed ? (json["error_message"] ?? json["skip_message"])?.string ?? "" : nil
    self.json = json
    self.place = place
  }

  /// Whether the row is an aggregate other than a mean or a median.
  var isOtherAggregate: Bool { aggregate.map { !["mean", "median"].contains($0) } ?? false }

  /// The unit of the times.
  var unit: TimeUnit {
    get throws(JSONFormatError) {
      let word = json["time_unit"] ?? .string("ns")
      let units: [TimeUnit] = [.seconds, .milliseconds, .microseconds, .nanoseconds]
      guard let unit = units.first(where: { word == .string($0.rawValue) }) else {
        throw .value(word.summary, place: "\(place).time_unit", expected: "ns, us, ms or s")
      }
      return unit
    }
  }

  /// Returns the name of the benchmark without the number of workers.
  func label(without part: String) -> String {
    runName.split(separator: "/").filter { !$0.hasPrefix("\(part):") }.joined(separator: "/")
  }
}
