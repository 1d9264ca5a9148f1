import Records
import TestSupport
import Testing

@testable import Import

@Suite(.timeLimit(.minutes(10)))
struct FuzzTests {
  @Test("any table of throughputs gives samples that can be fitted, or a problem on one line")
  func tables() {
    var fuzz = Fuzz(
      [
        "workers,throughput\n1,64.9\n18,995.9\n36,1652.4\n", "workers,seconds\r\n1,2.5\r\n2,1.3\r\n4,0.7\r\n",
        "\u{FEFF}machine,\"workers\",throughput\n\"a \"\"b\"\"\",1,2\n\"c,d\",2,3.5e3\n",
        "sep=;\nworkers;size;seconds\n1;64;0,25\n2;64;0,125\n",
      ], seed: 4)
    let accepted = fuzz.run(30_000) { text in
      do throws(ScalingTable.FormatError) {
        let samples = try readGroups(in: text).flatMap(\.samples)
        #expect(!samples.isEmpty && samples.count <= text.utf8.count)
        #expect(samples.allSatisfy { $0.workers > 0 && $0.throughput > 0 && $0.throughput.isFinite })
        return true
      } catch {
        #expect(!error.description.contains("\n"))
        return false
      }
    }
    #expect(accepted > 100)
  }
}
