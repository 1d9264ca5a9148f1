import Arguments
import Records

/// The price per hour of a run's machine: `--price NAME=0.34`.
struct RunPrice: Hashable {
  let name: String
  let price: Double

  static let option = Option<[RunPrice]>(
    "price", "NAME=PRICE",
    Reader<RunPrice>(
      expected: "the name of a run, an equals sign and a price above 0", example: "A=0.34",
      parse: { word in
        guard let sign = word.lastIndex(of: "="), sign != word.startIndex,
          let price = decimal(String(word[word.index(after: sign)...])), price > 0, price.isFinite
        else { return nil }
        return RunPrice(name: String(word[..<sign]), price: price)
      }
    ).list(), isRepeatable: true,
    help: "price per hour of a machine; NAME is a file, a host or a letter of the table")
}

/// A side of a comparison, read from one file or from several.
struct ComparedRun {
  /// The runs, at least one.
  let records: [RunRecord]
  /// `A`, `B` and so on, in the order of the files.
  let letter: String
  /// The name of the first file, without its directory and extension.
  let fileName: String

  init(_ records: [RunRecord], path: String, position: Int) {
    let file = String(path.split(separator: "/").last ?? "")
    self.records = records
    letter = String(UnicodeScalar(UInt8(65 + position % 26)))
    fileName = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
  }

  /// Returns the runs as described in the record of a comparison, with their prices.
  ///
  /// - Throws: `UsageError` if a price names no run, or if a run has two prices.
  static func described(_ runs: [ComparedRun], prices: [RunPrice]) throws(UsageError) -> [ComparisonRecord
    .Run]
  {
    var described = runs.map { side in
      var run = ComparisonRecord.Run(side.records[0], name: side.letter)
      if side.records.count > 1 { run.count = side.records.count }
      return run
    }
    for price in prices {
      let position = try position(of: price.name, in: runs)
      if described[position].price != nil {
        throw .other("--price \(price.name): this run already has a price (give one price per run)")
      }
      described[position].price = price.price
    }
    return described
  }

  /// Returns the index of the run with a name: that of its file, else of its host, else its letter.
  private static func position(of name: String, in runs: [ComparedRun]) throws(UsageError) -> Int {
    for known in [\ComparedRun.fileName, \.records[0].host, \.letter] {
      let positions = runs.indices.filter { runs[$0][keyPath: known] == name }
      if positions.count == 1 { return positions[0] }
      if positions.count > 1 {
        let letters = positions.map { runs[$0].letter }.joined(separator: " and ")
        throw .other("--price \(name): runs \(letters) have this name (use a letter)")
      }
    }
    let known = runs.flatMap { [$0.fileName, $0.letter] }
    throw .unknownWord(name, kind: "run", known: known, nearest: nearestWord(to: name, among: known))
  }
}
