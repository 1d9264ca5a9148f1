import Formatting
import Records

/// The JSON that `hyperfine --export-json` writes, versions 1 and 2. Times are in seconds.
///
/// Source: `src/export/json.rs` and `src/benchmark/benchmark_result.rs` of hyperfine 1.20 and 2.0.
struct HyperfineFile {
  /// The trials of one command with one set of parameters.
  struct Result {
    let command: String
    let parameters: [String: JSONValue]
    /// The times of the trials that did not fail; a summary of them if the file has no more.
    let times: [Double]
    let isSummary: Bool
    let failures: Int
    /// The path in the file, such as `results.2`.
    let place: String
  }

  let results: [Result]

  /// Reads the member `results`.
  init(_ json: JSONValue) throws(JSONFormatError) {
    guard let array = json.array else {
      throw .value(json.summary, place: "results", expected: "an array of results")
    }
    var results: [Result] = []
    for (index, json) in array.enumerated() { results.append(try Result(json, place: "results.\(index)")) }
    self.results = results
  }

  /// Returns the trials, a group for each command and set of other parameters.
  func data(_ columns: ColumnChoice) throws(JSONFormatError) -> ScalingData {
    let given = columns.tableOptions + (columns.throughput == nil ? [] : ["--throughput-column"])
    if let option = given.first { throw .option(option, format: "JSON of hyperfine") }
    if results.isEmpty { throw .noResults(key: "results") }
    let name = try workersName(columns.workers)
    let counted = results.filter { $0.parameters[name] != nil }
    var data = ScalingData()
    for group in groups(of: counted, by: name) {
      let labels = labels(of: group, workers: name)
      for result in group {
        let workers = try result.workers(name)
        for time in result.times { data.add(ScalingSample(workers: workers, throughput: 1 / time), labels) }
      }
    }
    if data.groups.isEmpty { throw .allFailed }
    if columns.workers == nil && name.lowercased() != "workers" {
      data.notes.append("Read parameter '\(name)' as the worker count (else give --workers-column).")
    }
    data.notes += notes(on: counted, name)
    return data
  }

  private func workersName(_ chosen: String?) throws(JSONFormatError) -> String {
    let names = Set(results.flatMap(\.parameters.keys)).sorted()
    if names.isEmpty { throw .noParameters }
    if let chosen {
      guard names.contains(chosen) else { throw .noWorkers(chosen, found: names) }
      return chosen
    }
    let usual = UsualTitle.workers(in: names).map { names[$0] }
    if usual.count > 1 { throw .severalWorkers(usual) }
    guard let name = usual.first ?? (names.count == 1 ? names[0] : nil) else {
      throw .noWorkers(nil, found: names)
    }
    return name
  }

  /// Returns the results of each command with each set of other parameters. hyperfine keeps the order of its commands, so
  /// results with equal parameters are of different commands.
  private func groups(of results: [Result], by workers: String) -> [[Result]] {
    var seen: [[String: String]: Int] = [:]
    var places: [[String]: Int] = [:]
    var groups: [[Result]] = []
    for result in results {
      let parameters = result.parameters.mapValues(\.summary)
      let command = seen[parameters, default: 0]
      seen[parameters] = command + 1
      let others = parameters.filter { $0.key != workers }.sorted { $0.key < $1.key }
      let key = ["\(command)"] + others.flatMap { [$0.key, $0.value] }
      if let place = places[key] {
        groups[place].append(result)
      } else {
        places[key] = groups.count
        groups.append([result])
      }
    }
    return groups
  }

  private func labels(of group: [Result], workers: String) -> [ScalingData.Label] {
    let commands = group.map { ($0.command, $0.parameters[workers]?.summary ?? "") }
    let others = (group.first?.parameters ?? [:]).filter { $0.key != workers }.sorted { $0.key < $1.key }
    return [.init("command", commandTemplate(of: commands, parameter: workers))]
      + others.map { .init($0.key, $0.value.summary) }
  }

  private func notes(on counted: [Result], _ name: String) -> [String] {
    var notes: [String] = []
    if counted.contains(where: \.isSummary) {
      notes.append(
        "Results without times count as one trial each, their median or mean, so they have no interval.")
    }
    let failures = counted.reduce(0) { $0 + $1.failures }
    if failures > 0 {
      notes.append("\(Readable.count(failures, "trial")) with an exit status other than 0 left out.")
    }
    if counted.count < results.count {
      let count = Readable.count(results.count - counted.count, "result")
      notes.append("\(count) without the parameter '\(name)' left out.")
    }
    return notes
  }
}
