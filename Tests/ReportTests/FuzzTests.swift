import Analysis
import Foundation
import Records
import Report
import TestSupport
import Testing

/// A saved run that can be read can be reported, whatever is in it.
@Suite(.timeLimit(.minutes(10)))
struct FuzzTests {
  @Test("any readable run gives reports that are safe on a terminal")
  func runs() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    var small = syntheticRun
    small.trials = small.trials.filter { $0.configuration < 4 }
    let seeds = try [small, syntheticPeerRun].map {
      String(decoding: try encoder.encode($0), as: UTF8.self)
    }
    var fuzz = Fuzz(seeds, seed: 7, changesNumbersMostly: true)
    let decoder = JSONDecoder()
    let accepted = fuzz.run(1_000) { text in
      guard let run = try? decoder.decode(RunRecord.self, from: Data(text.utf8)), run.contradiction == nil
      else { return false }
      #expect(isHarmlessOnTerminal(runDetails(of: run, style: TextStyle(width: 80))))
      #expect(isHarmlessOnTerminal(runSummary(of: run)))
      #expect(isHarmlessOnTerminal(markdownReport(of: run)))
      #expect(csvReport(of: [run]).hasPrefix("host,"))
      let comparison = ComparisonRecord(
        [[small], [run]], [.init(small, name: "A", price: 1), .init(run, name: "B", price: 2)],
        gates: [Gate(.time, limit: 0.03), Gate(.efficiency, limit: 0.03), Gate(.utilization, limit: 0.03)])
      #expect(isHarmlessOnTerminal(comparisonText(of: comparison, hasDetails: true)))
      return true
    }
    #expect(accepted > 100)
  }
}
