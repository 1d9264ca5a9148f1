import Formatting
import Platform

/// The predictions of a class, in a file with a line per prediction: `serial,1.5`, or `Ada,serial,1.5`.
///
/// The file can be written by hand beforehand, typed in at the question, or filled by several runs at once.
struct ClassAnswers {
  /// The predictions for one lesson.
  struct Predictions {
    /// The valid predictions, in the order of the file.
    var values: [Double] = []
    /// The lines of the lesson that are no valid prediction.
    var invalid = 0
  }

  private static let limit = 1 << 20

  let path: String

  /// Adds a prediction.
  ///
  /// - Throws: `SystemError`.
  func add(_ prediction: Double, to lesson: String) throws {
    try File.append("\(lesson),\(Readable.plain(prediction))\n", to: path)
  }

  /// Reads the predictions for a lesson; none if the file is missing.
  ///
  /// - Parameter read: Reads one prediction.
  /// - Throws: `SystemError`, `TextFileError`.
  func predictions(for lesson: String, read: (String) -> Reply<Double>) throws -> Predictions {
    guard File.exists(path) else { return Predictions() }
    return Self.predictions(in: try File.text(path, limit: Self.limit), for: lesson, read: read)
  }

  /// Returns the predictions for a lesson in the text of a file. Lines of other lessons and empty lines are ignored.
  static func predictions(
    in text: String, for lesson: String, read: (String) -> Reply<Double>
  ) -> Predictions {
    var predictions = Predictions()
    for line in text.split(whereSeparator: \.isNewline) {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map {
        $0.drop { $0 == " " }
      }
      guard let place = fields.prefix(2).firstIndex(where: { $0.filter { $0 != " " } == lesson }) else {
        continue
      }
      if case .answer(let value) = read(fields[(place + 1)...].joined(separator: ",")) {
        predictions.values.append(value)
      } else {
        predictions.invalid += 1
      }
    }
    return predictions
  }
}
