import Records

/// Writes a run as text, a line a trial.
public struct RunEncoder {
  /// What comes before the trials, and what behind them.
  private let parts: (head: String, tail: String)

  /// Makes an encoder for a run, whose trials are written apart.
  ///
  /// - Throws: `EncodingError`.
  public init(_ run: RunRecord) throws {
    var frame = run
    frame.trials = []
    let text = try JSON.encode(frame)
    // Inside a string the quotes would be escaped, so this is the member itself.
    let place = text.firstRange(of: "\"trials\":[") ?? text.endIndex..<text.endIndex
    parts = (String(text[..<place.upperBound]), String(text[place.upperBound...]) + "\n")
  }

  /// A run with all its trials.
  ///
  /// - Throws: `EncodingError`.
  public static func text(of run: RunRecord) throws -> String {
    let encoder = try RunEncoder(run)
    let lines = try run.trials.enumerated().map { try encoder.line($1, isFirst: $0 == 0) }
    return encoder.head + lines.joined() + encoder.tail(isEmpty: lines.isEmpty)
  }

  /// What comes before the first trial.
  var head: String { parts.head }

  /// What comes behind the last trial.
  func tail(isEmpty: Bool) -> String {
    isEmpty ? parts.tail : "\n" + parts.tail
  }

  /// A trial, with what separates it from what is before it.
  func line(_ trial: Trial, isFirst: Bool) throws -> String {
    (isFirst ? "\n" : ",\n") + (try JSON.encode(trial))
  }
}
