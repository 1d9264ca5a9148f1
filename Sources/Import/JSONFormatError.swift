import Formatting

/// The reason that a JSON file has no throughputs by number of workers, as a phrase that follows the name of the file.
public enum JSONFormatError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text is not JSON.
  case invalid
  /// The file is of neither known program. It may be a record of this suite, which then has a schema.
  case unknownFile(schema: String?, keys: [String])
  /// An option does not apply to the format.
  case option(String, format: String)
  /// A member is missing.
  case missing(key: String, place: String)
  /// A value is not the expected one.
  case value(String, place: String, expected: String)
  /// There are no trials at all.
  case noResults(key: String)
  /// No result of hyperfine has a parameter.
  case noParameters
  /// No parameter has the chosen or a usual name; there may be others.
  case noWorkers(String?, found: [String])
  /// Several parameters have usual names.
  case severalWorkers([String])
  /// No name of a Google benchmark has a number of workers.
  case noThreads(String?, example: String)
  /// Every trial failed.
  case allFailed

  /// One line with the place, the error, the expectation and the remedy.
  public var description: String {
    switch self {
    case .invalid: "is not valid JSON (is the file complete?)"
    case .unknownFile(let schema?, _):
      "is a '\(Self.text(schema))' record (expected a run, such as scaleup run saves)"
    case .unknownFile(nil, let keys):
      "is JSON \(keys.isEmpty ? "without members" : "with '\(Self.list(keys))'") (expected that of hyperfine, with "
        + "'results', or of Google Benchmark, with 'benchmarks')"
    case .option(let option, let format): "is \(format), with which \(option) has no effect (leave it out)"
    case .missing(let key, let place): "lacks '\(key)' in '\(Self.text(place))'"
    case .value(let value, let place, let expected):
      "has '\(Self.text(value))' as '\(Self.text(place))' (expected \(expected))"
    case .noResults(let key): "has no '\(key)'"
    case .noParameters:
      "has no parameters (measure with hyperfine --parameter-list workers 1,2,4 'command {workers}')"
    case .noWorkers(let name?, let found):
      "has no parameter '\(Self.text(name))' (expected one of '\(Self.list(found))')"
    case .noWorkers(nil, let found):
      "has no parameter with a usual name for workers in '\(Self.list(found))' (name one with --workers-column)"
    case .severalWorkers(let names):
      "has several parameters that may count workers: '\(Self.list(names))' (choose with --workers-column)"
    case .noThreads(nil, let example):
      "has no benchmark with /threads:N in its name, such as '\(Self.text(example))' (add ->ThreadRange(1, 8), or name "
        + "an argument with --workers-column)"
    case .noThreads(let name?, let example):
      "has no benchmark with /\(Self.text(name)):N in its name, such as '\(Self.text(example))'"
    case .allFailed: "has only failed trials"
    }
  }

  private static func text(_ text: String) -> String { Readable.line(text, limit: 80) }

  private static func list(_ names: [String]) -> String { text(names.joined(separator: ",")) }
}
