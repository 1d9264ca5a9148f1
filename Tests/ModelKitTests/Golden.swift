import Platform
import Testing

/// Compares a text with the one that is kept in `Golden/`.
///
/// With `SCALEUP_RECORD_GOLDENS=1` the file is written anew, and the test fails, so that nobody records
/// without looking.
func expectGolden(_ name: String, _ text: String, at place: SourceLocation = #_sourceLocation) throws {
  let path = #filePath.replacing("/Golden.swift", with: "/Golden/\(name).txt")
  if environment("SCALEUP_RECORD_GOLDENS") == "1" {
    try File.replace(path, with: text.utf8)
    Issue.record("\(name) was recorded; look at it before you keep it", sourceLocation: place)
    return
  }
  #expect(try File.read(path, limit: 1 << 20) == text, sourceLocation: place)
}
