import Arguments
import Harness
import Records

/// The option that limits how much worse a measure may get: `--gate time:3%`.
enum GateOption {
  static let option = Option<[Gate]>(
    "gate", "MEASURE:P%", reader.list(), isRepeatable: true,
    help:
      "fail if time, efficiency or utilization is over P % worse (exit status: 1, or 2 if inconclusive)")

  private static let reader = Reader<Gate>(
    expected: "a measure (\(measures.joined(separator: ", "))), a colon and a percentage", example: "time:3%",
    nearest: { word in
      let halves = halves(of: word)
      return nearestWord(to: halves[0], among: measures).map {
        "\($0):\(percentage(halves.last) == nil ? "3%" : halves[1])"
      }
    },
    parse: { word in
      let halves = halves(of: word)
      guard halves.count == 2, let measure = Gate.Measure(rawValue: halves[0]),
        let limit = percentage(halves[1])
      else { return nil }
      return Gate(measure, limit: limit)
    })

  private static let measures = Gate.Measure.allCases.map(\.rawValue)

  private static func halves(of word: String) -> [String] {
    word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
  }

  /// Returns a percentage such as `2.5%` as a fraction; `nil` for any other word.
  private static func percentage(_ word: String?) -> Double? {
    guard let word, word.hasSuffix("%"), let percent = decimal(String(word.dropLast())), percent <= 1000
    else {
      return nil
    }
    return percent / 100
  }
}

extension ComparisonRecord {
  /// The exit status for the gates: 1 if one failed, else 2 if one is inconclusive, else 0.
  var gateStatus: Int32 {
    let verdicts = Set(gates.map(\.verdict))
    return verdicts.contains(.failed) ? 1 : verdicts.contains(.inconclusive) ? 2 : 0
  }
}

/// Returns a number written with digits and at most one point; `nil` for any other word.
func decimal(_ word: String) -> Double? {
  word.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 } ? Double(word) : nil
}
