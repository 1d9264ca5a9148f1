import Formatting
import TestSupport
import Testing

struct ColumnsTests {
  @Test("the first column is flush left, the others flush right")
  func alignment() {
    let lines = Readable.columns([
      ["worker", "range", "core"],
      ["0", "0..<500000", "1"],
      ["1000000", "5..<6", "-"],
    ])
    #expect(
      lines == [
        "worker        range  core",
        "0        0..<500000     1",
        "1000000       5..<6     -",
      ])
  }

  @Test("no line ends with a space, and empty cells keep their room")
  func emptyCells() {
    #expect(Readable.columns([["a", "", "b"], ["", "cc", ""]]) == ["a      b", "   cc"])
    #expect(Readable.columns([["a", "b"], ["long"], []]) == ["a     b", "long", ""])
    #expect(Readable.columns([["", ""]]) == [""])
    #expect(Readable.columns([]) == [])
  }

  @Test("widths count characters as a reader does")
  func letters() {
    #expect(Readable.columns([["é", "1"], ["e\u{301}µ", "2"]]) == ["é   1", "e\u{301}µ  2"])
  }

  @Test("every cell of a column ends where the column ends")
  func randomTables() {
    var generator = SplitMix64(seed: 20)
    for _ in 0..<200 {
      let columns = Int.random(in: 1...5, using: &generator)
      let rows = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
        (0..<columns).map { _ in
          String(repeating: "x", count: Int.random(in: 1...8, using: &generator))
        }
      }
      let lines = Readable.columns(rows)
      #expect(lines.map { $0.split(separator: " ").map(String.init) } == rows)
      if columns > 1 { #expect(Set(lines.map(\.count)).count == 1) }
    }
  }

  @Test("a text is wrapped at spaces, and a long word stays whole")
  func wrapping() {
    #expect(Readable.wrapped("a bb  ccc\ndddd", width: 4) == ["a bb", "ccc", "dddd"])
    #expect(Readable.wrapped("a verylongword b", width: 5) == ["a", "verylongword", "b"])
    #expect(Readable.wrapped("a\u{1B}[31m", width: 9) == ["a\u{FFFD}[31m"])
    #expect(Readable.wrapped(" ", width: 9) == [])
  }
}
