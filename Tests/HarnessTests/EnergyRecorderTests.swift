import Platform
import Records
import TestSupport
import Testing

@testable import Harness

struct EnergyRecorderTests {
  private static let second: UInt64 = 1_000_000_000

  @Test("without counters nothing is recorded")
  func nothing() {
    var recorder = EnergyRecorder(nil)
    recorder.begin(at: 0)
    recorder.wake(at: 20 * Self.second)
    #expect(recorder.end(at: 30 * Self.second) == nil)
  }

  @Test("the power while this program waited is that of the processors, else that of the platform")
  func power() {
    func reading(_ busy: UInt64) -> CoreReading {
      CoreReading(cores: [.init(number: 0, busy: busy, steal: 0), .init(number: 1, busy: 0, steal: 0)])
    }
    func power(_ energy: EnergyUse?, time: UInt64 = 200_000_000) -> Passport.IdlePower? {
      .init(energy, reading(100), reading(50_000_100), time: time)
    }
    // 2.4 J in 0.2 s, with a core busy for 50 ms.
    #expect(power(.init(processor: 2_400_000, memory: 7)) == .init(watts: 12, busyCores: 0.25))
    #expect(power(.init(platform: 4_800_000)) == .init(watts: 24, busyCores: 0.25))
    #expect(power(nil) == nil && power(.init(memory: 7)) == nil && power(.init(processor: 7), time: 0) == nil)
  }

  #if os(Linux)
    @Test("a passport has the names of the counters, or the reason there are none")
    func passport() {
      func energy(_ files: [String: String], forbidden: Set<String> = []) -> Passport.Energy? {
        Passport.ofThisMachine(in: FileTree(texts: files, forbidden: forbidden)).passport.energy
      }
      let zones = RecordedZone.laptop(1, memory: 2, platform: 3)
      #expect(energy(powercap(zones)) == .init(counters: ["package-0", "package-0/dram"]))
      #expect(
        energy(powercap(zones), forbidden: ["\(zones[0].path)/energy_uj"])
          == .init(reason: "\(EnergyError.forbidden)"))
      #expect(energy([:]) == .init(reason: "\(EnergyError.absent(isVirtual: false))"))
    }

    @Test("a passport has the power before the run if the machine was watched")
    func watched() throws {
      try withTemporaryFolder { folder in
        try writeTree(powercap(RecordedZone.amd(7)), to: folder)
        try writeTree(["proc/stat": "cpu0 100 0 0 0 0 0 0 0 0 0\nintr 1\n"], to: folder)
        let tree = FileTree(root: folder)
        #expect(Passport.ofThisMachine(in: tree).passport.load?.idlePower == nil)
        let watched = Passport.ofThisMachine(in: tree, watchingFor: 1).passport
        #expect(watched.load?.idlePower == .init(watts: 0, busyCores: 0))
      }
    }

    @Test(
      "the energy of a trial is the difference of its readings, also if the counter begins anew meanwhile")
    func trial() throws {
      try withRecorder { recorder, count in
        for (before, after, used) in [
          (1_000_000, 13_500_000, 12_500_000), (65_532_610_000, 4013, 5000),
        ] as [(UInt64, UInt64, UInt64)] {
          try count(before)
          recorder.begin(at: 5)
          try count(after)
          recorder.wake(at: Self.second)
          #expect(recorder.end(at: Self.second).energy == .init(processor: used))
        }
      }
    }

    @Test("a long trial is read meanwhile, so that no wrap-around is missed")
    func long() throws {
      try withRecorder { recorder, count in
        // 1 kW for ten minutes: 600 kJ, which are nine times the counter's range.
        try count(0)
        recorder.begin(at: 0)
        for time in stride(from: 5 as UInt64, through: 600, by: 5) {
          try count(time * 1_000_000_000 % 65_532_610_987)
          recorder.wake(at: time * Self.second)
        }
        #expect(recorder.end(at: 600 * Self.second).energy == .init(processor: 600_000_000_000))
        // Without the readings it would be unknown.
        recorder.begin(at: 0)
        #expect(recorder.end(at: 600 * Self.second).energy == nil)
      }
    }

    @Test("a trial during which a counter became unreadable has no energy, and the next one has")
    func unreadable() throws {
      try withRecorder { recorder, count in
        try count(1)
        recorder.begin(at: 0)
        try count(.max)
        recorder.wake(at: 10 * Self.second)
        try count(3)
        recorder.wake(at: 20 * Self.second)
        #expect(recorder.end(at: 21 * Self.second).energy == nil)
        recorder.begin(at: 0)
        #expect(recorder.end(at: 1).energy == .init(processor: 0))
      }
    }

    /// Calls `body` with a recorder of a machine with one package, and a function that sets its counter.
    private func withRecorder(
      _ body: (ActivityRecorder, (UInt64) throws -> Void) throws -> Void
    ) throws {
      try withTemporaryFolder { folder in
        try writeTree(powercap(RecordedZone.amd(0)), to: folder)
        try body(ActivityRecorder(from: FileTree(root: folder))) { value in
          try write("\(value)\n".utf8, to: "\(folder)/sys/class/powercap/intel-rapl:0/energy_uj")
        }
      }
    }
  #endif
}
