import Platform
import Records
import Testing

@testable import Harness

extension WorkshopTests {
  /// Environment variables that set how many threads a runtime starts.
  struct RuntimeVariablesTests {
    @Test("peers do not inherit the width of runtimes, programs of the user do and are warned of")
    func variables() throws {
      let runner = ChildRunner(signals: try SignalPipe([SignalPipe.childEnded]))
      // Every process has PATH, which stands for a variable such as GOMAXPROCS here.
      let variables = VariableNames(["PATH"])
      func output(_ withheld: VariableNames) throws -> String {
        try runner.run(
          "/usr/bin/env", [], withholding: withheld, timeout: 60_000_000_000, outputLimit: 1 << 20
        ).output
      }
      #expect(try "\n\(output(.none))".contains("\nPATH="))
      #expect(try !"\n\(output(variables))".contains("\nPATH="))
      let own = model("x")
      #expect(own.withheldVariables == .runtimes)
      var catalog = PeerCatalog()
      catalog.models = [own]
      #expect(catalog.environmentWarnings(variables) == [])
      try catalog.add("mine", at: "/usr/bin/false", runner)
      #expect(catalog.models.last?.withheldVariables == VariableNames.none)
      let warnings = catalog.environmentWarnings(variables)
      #expect(warnings.count == 1)
      #expect(warnings.first?.hasPrefix("the environment of mine sets PATH, which may limit ") == true)
    }
  }
}
