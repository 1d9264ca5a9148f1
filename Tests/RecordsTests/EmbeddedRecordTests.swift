import Foundation
import Records
import TestSupport
import Testing

struct EmbeddedRecordTests {
  @Test("any record is read back from a page and contains no HTML or XML markup")
  func roundTrip() throws {
    var generator = SplitMix64(seed: 5)
    for _ in 0..<200 {
      let runs = (0..<3).map { _ in
        var run = generator.runRecord()
        run.host += "</script><!-- ]]> & \u{FFFE}\u{FFFF}\u{FFFD}\u{FEFF}"
        return run
      }
      let elements = try runs.map {
        EmbeddedRecord(json: String(decoding: try JSONEncoder().encode($0), as: UTF8.self))
      }
      for element in elements {
        let scalars = element.text.unicodeScalars
        #expect(scalars.count { "<>".unicodeScalars.contains($0) } == 4)
        #expect(!scalars.contains { $0 == "&" || $0 == "\u{FFFE}" || $0 == "\u{FFFF}" })
      }
      let page = "<!DOCTYPE html>\n<html><p>x</p>" + elements.map(\.text).joined(separator: "\n") + "</html>"
      let records = try #require(EmbeddedRecord.records(in: page))
      #expect(try records.map { try JSONDecoder().decode(RunRecord.self, from: Data($0.utf8)) } == runs)
    }
  }

  @Test("other text is not a page, and a page may have no record or a truncated one")
  func noPage() {
    #expect(EmbeddedRecord.records(in: "{\"schema\":\"<script\"}") == nil)
    #expect(EmbeddedRecord.records(in: "") == nil)
    #expect(EmbeddedRecord.records(in: " \n<html></html>") == [])
    let whole = EmbeddedRecord(json: "{}").text
    #expect(EmbeddedRecord.records(in: whole + whole.dropLast(3)) == ["{}"])
  }
}
