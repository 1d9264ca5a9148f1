import Foundation
import Testing

/// Holds a text to a golden file, letter by letter. `SCALEUP_RECORD_GOLDENS=1 swift test` writes the files anew, for a
/// person to read and commit; the tests then fail, so that this cannot pass for a test that was passed.
func compare(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
  let file = folder.appending(path: name)
  if ProcessInfo.processInfo.environment["SCALEUP_RECORD_GOLDENS"] == "1" {
    try Data(text.utf8).write(to: file)
    Issue.record("\(name) was written anew; read it, and test again", sourceLocation: sourceLocation)
    return
  }
  let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  let (lines, goldenLines) = (rawLines(text), rawLines(golden))
  let place = zip(lines, goldenLines).prefix { $0 == $1 }.count
  let isSame = text.utf8.elementsEqual(golden.utf8)
  #expect(
    isSame,
    "\(name) differs from line \(place + 1) on: \(lines.dropFirst(place).first ?? "is too short")",
    sourceLocation: sourceLocation)
}

private func rawLines(_ text: String) -> [String] {
  text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
}
