import Platform
import Records
import Testing

@testable import Harness

struct ModelCatalogTests {
  @Test("missing models of the suite are listed in the order of the suite")
  func missing() {
    #expect(ModelCatalog(models: []).missing == ["single", "fork", "dispatch", "taskgroup", "threads"])
    #expect(
      ModelCatalog(models: [model("dispatch"), model("other"), model("single")]).missing == [
        "fork", "taskgroup", "threads",
      ])
    #expect(ModelCatalog(models: ModelCatalog.standard.map { model($0) }).missing.isEmpty)
  }

  @Test("the catalog has every model's workloads once, in order of appearance")
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

  @Test("the first model's description of a workload wins")
  func contradictingWorkloads() {
    var other = sumWorkload
    other.summary = "sums otherwise"
    let catalog = ModelCatalog(models: [model("a", workloads: [other]), model("b", workloads: [sumWorkload])])
    #expect(catalog.workloads == [other])
  }
}

struct FailureReasonTests {
  @Test(
    "the reason an executable did not finish continues its name",
    arguments: [
      (.timeout(90_000_000_000), "did not end within 90.00 s and was killed"),
      (.tooMuchOutput(65536), "printed more than 65536 bytes and was killed"),
      (.interrupted(Interruption(signal: 2)), "was killed because the run was interrupted by signal 2"),
    ] as [(ChildRunner.Failure, String)])
  func phrases(failure: ChildRunner.Failure, phrase: String) {
    #expect(failure.reason == phrase)
  }

  @Test("host information has what the system reported")
  func system() {
    let failure = ChildRunner.Failure.system(SystemError(operation: "start", subject: "/bin/x", code: 2))
    #expect(failure.reason.hasPrefix("failed: cannot start: "))
  }
}

struct PassportTests {
  @Test("host information of this machine is plausible and survives saving")
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
