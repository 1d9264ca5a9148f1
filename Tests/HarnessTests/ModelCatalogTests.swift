import Platform
import Records
import Testing

@testable import Harness

@Suite("The catalog of models")
struct ModelCatalogTests {
  @Test("tells which models of the suite are missing, in the order of the suite")
  func missing() {
    #expect(ModelCatalog(models: []).missing == ["single", "fork", "dispatch", "taskgroup", "threads"])
    #expect(
      ModelCatalog(models: [model("dispatch"), model("other"), model("single")]).missing == [
        "fork", "taskgroup", "threads",
      ])
    #expect(ModelCatalog(models: ModelCatalog.standard.map { model($0) }).missing.isEmpty)
  }

  @Test("has the workloads of all models, each once, in the order in which they are met")
  func workloads() {
    let third = ModelDescription.Workload(
      name: "third", summary: "is more", extent: .numbers)
    let catalog = ModelCatalog(models: [
      model("a", workloads: [stressWorkload]), model("b", workloads: []),
      model("c", workloads: [sumWorkload, stressWorkload, third]),
      model("d", workloads: [third, sumWorkload]),
    ])
    #expect(catalog.workloads == [stressWorkload, sumWorkload, third])
    #expect(ModelCatalog(models: []).workloads.isEmpty)
  }

  @Test("takes the first model's word for a workload that two describe differently")
  func contradictingWorkloads() {
    var other = sumWorkload
    other.summary = "sums otherwise"
    let catalog = ModelCatalog(models: [model("a", workloads: [other]), model("b", workloads: [sumWorkload])])
    #expect(catalog.workloads == [other])
  }
}

@Suite("Why an executable was not run to its end")
struct FailureReasonTests {
  @Test(
    "is a phrase that reads on after its name",
    arguments: [
      (.timeout(90_000_000_000), "did not end within 90.00 s and was killed"),
      (.tooMuchOutput(65536), "printed more than 65536 bytes and was killed"),
      (.interrupted(Interruption(signal: 2)), "was killed because the run was interrupted by signal 2"),
    ] as [(ChildRunner.Failure, String)])
  func phrases(failure: ChildRunner.Failure, phrase: String) {
    #expect(failure.reason == phrase)
  }

  @Test("has what the system said")
  func system() {
    let failure = ChildRunner.Failure.system(SystemError(operation: "start", subject: "/bin/x", code: 2))
    #expect(failure.reason.hasPrefix("failed: cannot start: "))
  }
}

@Suite("The passport of this machine")
struct PassportTests {
  @Test("has counts that can be, and can be saved and read again")
  func plausible() throws {
    let machine = Passport.ofThisMachine()
    #expect((1...machine.passport.onlineCPUs).contains(machine.passport.effectiveCPUs))
    #expect(machine.passport.effectiveCPUs <= machine.passport.affinityCPUs ?? .max)
    #expect(
      !machine.host.isEmpty && !machine.passport.architecture.isEmpty && !machine.passport.kernel.isEmpty)
    #expect(machine.passport.swift.hasPrefix("6."))
    #expect(try JSON.decode(Passport.self, from: JSON.encode(machine.passport)) == machine.passport)
  }
}
