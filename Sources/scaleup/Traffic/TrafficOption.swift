import Arguments
import Formatting
import Import
import Platform
import Simulation

/// The options `--traffic` and `--peak`: rates by time, of a shape or of a file.
struct TrafficOption {
  /// The shape or file as it was given; `nil` if none was.
  let text: String?
  /// The peak over the mean; `nil` if it was not given.
  let peak: Double?

  private static let shapes = TrafficShape.allCases.map(\.rawValue)

  /// Reads the options.
  ///
  /// - Parameter peakHelp: The help of `--peak`, with its default.
  init(_ line: inout ArgumentLine, peakHelp: String) {
    let shapes = Self.shapes.joined(separator: ", ")
    text = line.value(
      of: Option(
        "traffic", "SHAPE|FILE", .text("one of \(shapes), or a CSV file", example: "daily"),
        help: "traffic by time: \(shapes), or a CSV file with the columns time (seconds) and rate"))
    peak = line.value(of: Option("peak", "FACTOR", .decimal(in: 1...1000, example: "3"), help: peakHelp))
  }

  /// The name for a record, which has no path: the shape, or the file's name; `nil` without traffic.
  var name: String? {
    text.map { text in Readable.line(text.split(separator: "/").last.map(String.init) ?? text) }
  }

  /// Whether the traffic is one of the known shapes, which needs a mean rate.
  var isShape: Bool { text.flatMap(TrafficShape.init(rawValue:)) != nil }

  /// Returns the rates by time; `nil` without traffic.
  ///
  /// - Parameters:
  ///   - mean: The mean rate of a shape in requests per second; `nil` if none was given.
  ///   - options: The options that set the mean, for messages.
  /// - Throws: `UsageError` if a mean is missing, or given beside a file; `CommandFailure` for an unusable file.
  func rates(mean: Double?, setBy options: String = "--rate") throws -> ArrivalRates? {
    guard let text else { return nil }
    if let shape = TrafficShape(rawValue: text) {
      guard let mean else {
        throw UsageError.other("--traffic \(text) needs a mean rate (add --rate 1000)")
      }
      return shape.rates(mean: mean, peak: peak ?? TrafficShape.defaultPeak)
    }
    try checkName()
    if mean != nil {
      throw UsageError.other(
        "--traffic \(Readable.line(text)) has rates of its own (leave out \(options), or name a shape)")
    }
    return try Self.rates(in: text)
  }

  /// Checks that a name without a dot or a slash is that of a shape or of a file.
  ///
  /// - Throws: `UsageError` with the known shapes, or the one that may be meant.
  func checkName() throws(UsageError) {
    guard let text, !isShape, !text.contains("."), !text.contains("/"), !File.exists(text) else { return }
    let hint =
      nearestWord(to: text, among: Self.shapes).map { "did you mean \($0)?" }
      ?? "expected one of \(Self.shapes.joined(separator: ", ")), or a CSV file"
    throw .other("unknown traffic: '\(Readable.line(text, limit: 80))' (\(hint))")
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
          "\(error) (expected traffic \(TrafficTable.expected), or one of \(shapes.joined(separator: ", ")))",
        status: UsageError.exitStatus)
    }
  }
}
