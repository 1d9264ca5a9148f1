import Records

/// Writes a run as JSON text, one line per trial.
public struct RunEncoder {
  /// The text before the trials, and the text after them.
  private let parts: (head: String, tail: String)

  /// Makes an encoder for a run. Its trials are written separately, by `line`.
  ///
  /// - Throws: `EncodingError`.
  public init(_ run: RunRecord) throws {
    var frame = run
    frame.trials = []
    let text = try JSON.encode(frame)
    // Quotes inside a string are escaped, so this finds the member itself.
    let place = text.firstRange(of: "\"trials\":[") ?? text.endIndex..<text.endIndex
    parts = (String(text[..<place.upperBound]), String(text[place.upperBound...]) + "\n")
  }

  /// Returns a run with all its trials as text.
  ///
  /// - Throws: `EncodingError`.
  public static func text(of run: RunRecord) throws -> String {
    let encoder = try RunEncoder(run)
    let lines = try run.trials.enumerated().map { try encoder.line($1, isFirst: $0 == 0) }
    return encoder.head + lines.joined() + encoder.tail(isEmpty: lines.isEmpty)
  }

  /// The text before the first trial.
  var head: String { parts.head }

  /// Returns the text after the last trial.
  func tail(isEmpty: Bool) -> String {
    isEmpty ? parts.tail : "\n" + parts.tail
  }

  /// Returns a trial as text, preceded by its separator.
  func line(_ trial: Trial, isFirst: Bool) throws -> String {
    (isFirst ? "\n" : ",\n") + (try JSON.encode(trial))
  }
}
