import Analysis
import Records
import TestSupport
import Testing

@testable import Report

struct TableWidthTests {
  private typealias Column = Table.Column

  private static let tables: [Table] = {
    var generator = SplitMix64(seed: 8)
    return (0..<60).map { _ in
      let columns = (0..<Int.random(in: 1...9, using: &generator)).map { number in
        let title = "\(number)" + String(repeating: "t", count: .random(in: 0...12, using: &generator))
        return Column(title, rank: number == 0 ? 0 : .random(in: 0...5, using: &generator))
      }
      let rows = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
        columns.map { _ in String(repeating: "c", count: .random(in: 0...15, using: &generator)) }
      }
      return Table(columns: columns, rows: rows)
    }
  }()

  private func widest(_ lines: [String]) -> Int { lines.map(\.count).max() ?? 0 }

  /// The table with its columns of up to a rank.
  private func upTo(_ rank: Int, _ table: Table) -> Table {
    let kept = table.columns.indices.filter { table.columns[$0].rank <= rank }
    return Table(
      columns: kept.map { table.columns[$0] }, rows: table.rows.map { row in kept.map { row[$0] } })
  }

  @Test("a table is no wider than the limit unless only its fixed columns are left")
  func fits() {
    for table in Self.tables {
      let least = upTo(0, table).lines(width: nil)
      for width in stride(from: 0, through: 120, by: 3) {
        let lines = table.lines(width: width)
        #expect(widest(lines) <= width || lines == least)
      }
    }
  }

  @Test("a table that fits, or has no limit, is whole")
  func whole() {
    for table in Self.tables {
      let lines = table.lines(width: nil)
      #expect(lines.count == 1 + table.rows.count)
      #expect(table.lines(width: widest(lines)) == lines)
      let titles = lines[0].split(separator: " ").map(String.init)
      #expect(titles == table.columns.map(\.title))
    }
  }

  @Test("the least important columns are left out first")
  func rankOrder() {
    for table in Self.tables {
      for width in stride(from: 0, through: 120, by: 3) {
        let kept = table.lines(width: width)[0].split(separator: " ").map(String.init)
        let ranks = table.columns.map(\.rank).sorted()
        let last = ranks[max(0, kept.count - 1)]
        // As many of the last rank as there is room for, and all of the ranks before it.
        let before = upTo(last - 1, table).lines(width: nil)[0].split(separator: " ").map(String.init)
        #expect(before.allSatisfy(kept.contains))
      }
    }
  }

  @Test("more room never shows fewer columns")
  func monotonic() {
    for table in Self.tables {
      let counts = stride(from: 0, through: 120, by: 3).map {
        table.lines(width: $0)[0].split(separator: " ").count
      }
      #expect(counts == counts.sorted())
    }
  }

  @Test("columns of numbers are flush right, and no line ends with a space")
  func alignment() {
    let table = Table(
      columns: [Column("model"), Column("n"), Column("long")],
      rows: [["a", "1", "2"], ["bcdefgh", "100", ""]])
    #expect(
      table.lines(width: nil) == [
        "model      n  long",
        "a          1     2",
        "bcdefgh  100",
      ])
  }
}

struct NarrowReportTests {
  /// The lines of the tables, without headings, notes and sentences.
  private func tableLines(_ report: String) -> [Substring] {
    report.split(separator: "\n").filter { $0.contains("  ") }
  }

  @Test("a text report has no wider table line unless only fixed columns are left")
  func everyWidth() {
    for width in stride(from: 0, through: 140, by: 2) {
      let lines = tableLines(runSummary(of: syntheticRun, style: TextStyle(width: width)))
      #expect(lines.count == 5 + 2 + 2)
      for line in lines where line.count > width {
        let title = lines.last { $0.hasPrefix("model ") && $0.count == line.count } ?? ""
        #expect(
          ["model workers time speedup", "model workers operations/s speedup"].contains(
            title.split(separator: " ").joined(separator: " ")))
      }
    }
  }

  @Test("a text report says the same outside its tables at every width")
  func sentences() {
    func words(_ width: Int?) -> [Substring] {
      let report = runSummary(of: syntheticRun, style: TextStyle(width: width))
      let table = Set(tableLines(report))
      return report.split(separator: "\n").filter { !table.contains($0) }.flatMap { $0.split(separator: " ") }
    }
    #expect(words(nil).count > 40)
    for width in [1, 40, 60, 140] { #expect(words(width) == words(nil)) }
  }
}
