import Records
import Report
import Testing

@Suite("The machine report")
struct MachineReportTests {
  private let bare = Passport(
    architecture: "arm64", onlineCPUs: 8, effectiveCPUs: 8, kernel: "Darwin 25", swift: "6.3")

  @Test("leaves out what is not known")
  func unknown() {
    #expect(
      machineReport(of: bare, host: "mac") == """
        host            mac
        architecture    arm64
        effective CPUs  8 (8 online, no quota)
        kernel          Darwin 25
        Swift           6.3 (standard library)

        """)
  }

  @Test("tells every limit from which the number of effective CPUs follows")
  func limits() {
    var passport = bare
    (passport.affinityCPUs, passport.quotaCPUs, passport.effectiveCPUs) = (4, 1.5, 2)
    #expect(
      machineReport(of: passport, host: "h").contains(
        "effective CPUs  2 (8 online, 4 in the affinity mask, 1.50 by control group quota)\n"))
  }

  @Test("tells for every cache its level, size and sharing")
  func caches() {
    var passport = bare
    passport.caches = [
      .init(level: 1, type: "Data", size: 32768, sharedBy: 1),
      .init(level: 2, type: "Unified", size: 1_048_576, sharedBy: 2),
    ]
    let report = machineReport(of: passport, host: "h")
    #expect(report.contains("cache           L1 data 32 KiB, one for each CPU\n"))
    #expect(report.contains("cache           L2 1024 KiB, shared by 2 CPUs\n"))
  }

  @Test("has one line a fact, whatever the facts are", arguments: hostileNames)
  func hostile(name: String) {
    var passport = bare
    (passport.processor, passport.operatingSystem) = (name, name)
    (passport.architecture, passport.kernel, passport.swift) = (name, name, name)
    passport.caches = [.init(level: 1, type: name, size: 1, sharedBy: 1)]
    let report = machineReport(of: passport, host: name)
    #expect(report.unicodeScalars.count { $0 == "\n" } == 8)
    #expect(isHarmlessOnTerminal(report))
  }
}
