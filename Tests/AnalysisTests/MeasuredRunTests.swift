import Analysis
import Records
import Testing

@Suite("The measured trials of a run")
struct MeasuredRunTests {
  private let configurations = [sum("single", 1), sum("fork", 2), stress("fork", 2)]

  @Test("are the same added one by one as read from a record")
  func addition() {
    var record = run(configurations, rounds: 7) { $0.workers == 2 && $1 == 3 ? nil : Double(100 + $1) }
    record.trials.insert(measured(0, region: 9000, warmUp: true), at: 0)
    record.trials.append(measured(3, region: 5))
    var added = MeasuredRun(record.plan, effectiveCPUs: 4)
    #expect(added.configurations.isEmpty && added[0] == nil)
    for trial in record.trials { added.add(trial) }
    #expect(added == MeasuredRun(record))
    #expect(added.configurations.map(\.trials.count) == [7, 6, 6])
    #expect(added[1]?.trials.map(\.round) == [0, 1, 2, 4, 5, 6])
  }

  @Test("have in their middle the one with the median time, the faster of two and the earlier of equal ones")
  func middle() throws {
    func round(of regions: [UInt64]) throws -> Int {
      let record = run([sum("fork", 2)], rounds: regions.count) { Double(regions[$1]) }
      return try #require(MeasuredRun(record)[0]).middle.round
    }
    #expect(try round(of: [9]) == 0)
    #expect(try round(of: [9, 5, 7]) == 2)
    #expect(try round(of: [9, 5, 8, 7]) == 3)
    #expect(try round(of: [9, 7, 7, 7, 5]) == 2)
  }

  @Test("are plainly faster than others if the slowest of them beats the fastest of the others")
  func plainlyFaster() throws {
    let record = run([sum("single", 1), sum("fork", 2)], rounds: 3) { configuration, round in
      Double((configuration.workers == 1 ? [20, 22, 24] : [13, 9, 19])[round])
    }
    let (single, fork) = (try #require(MeasuredRun(record)[0]), try #require(MeasuredRun(record)[1]))
    #expect(fork.isPlainlyFaster(than: single) && !single.isPlainlyFaster(than: fork))
    #expect(!fork.isPlainlyFaster(than: fork))
  }

  @Test("have a precision from the fifth trial on")
  func precision() throws {
    let record = run(configurations, rounds: 5) { $0.workers == 1 ? 1e6 : 1e6 + 1e5 * Double($1) }
    let measured = MeasuredRun(record)
    #expect(measured[0]?.precision() == 0)
    let precision = try #require(measured[1]?.precision())
    #expect(precision > 0.01 && measured[2]?.precision() != nil)
    #expect(measured[1]?.precision(widening: 2) ?? 0 > 1.5 * precision)
    #expect(MeasuredRun(run(configurations, rounds: 4) { _, _ in 1e6 })[0]?.precision() == nil)
  }
}
