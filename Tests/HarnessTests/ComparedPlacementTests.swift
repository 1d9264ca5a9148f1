import Platform
import Records
import TestSupport
import Testing

@testable import Harness

#if os(Linux)
  struct ComparedPlacementTests {
    private func compared(_ machine: RecordedMachine, quota: Double? = nil) throws -> [String] {
      let topology = try #require(Topology.read(from: FileTree(texts: machine.files)))
      return ComparedPlacement.all(on: topology, quota: quota).map {
        "\($0.placement) \($0.workers)"
      }
    }

    @Test("a machine with SMT compares a worker per core, and a hybrid one also its kinds of core")
    func placements() throws {
      #expect(try compared(.epyc) == ["cores 64"])
      #expect(try compared(.raptorLake) == ["cores 24", "performance 8", "efficiency 16"])
      #expect(try compared(.arm) == [])
      #expect(ComparedPlacement.all(on: nil, quota: nil) == [])
    }

    @Test("nothing is compared under a quota, which would decide the result")
    func quota() throws {
      #expect(try compared(.epyc, quota: 127.5) == [] && compared(.epyc, quota: 128) == ["cores 64"])
    }

    /// A suite of which `fork` and `taskgroup` place workers, on a machine with two CPUs per core.
    private func request(dispatch: ModelDescription.PlacedUnit? = .process) -> PlanRequest {
      var request = suiteRequest(effectiveCPUs: 4)
      let units: [ModelDescription.PlacedUnit?] = [.process, .workers, dispatch, .workers]
      request.models = zip(request.models, units).map { model, unit in
        var description = model.description
        description.placement = unit
        return InstalledModel(path: model.path, description: description)
      }
      request.comparedPlacements = ComparedPlacement.all(
        on: Topology(cpus: (0..<4).map { .init(number: $0, core: "\($0 / 2)") }), quota: nil)
      return request
    }

    @Test(
      "one model that places workers is tried with the compared placements, in one workload with the scalar kernel"
    )
    func rows() {
      let request = request()
      let placed = request.configurations.filter { $0.placement != nil }
      #expect(
        placed == [Configuration(model: "taskgroup", workload: "sum", workers: 2, placement: "cores")])
      #expect(Set(request.configurations).count == request.configurations.count)
    }

    @Test("a placement applies to every model that can be placed")
    func everyModel() {
      var request = request(dispatch: nil)
      (request.placement, request.comparedPlacements) = ("compact", [])
      let placed = request.configurations.filter { $0.placement == "compact" }
      #expect(Set(placed.map(\.model)) == ["single", "fork", "taskgroup"])
      #expect(request.configurations.filter { $0.model == "dispatch" }.allSatisfy { $0.placement == nil })
    }
  }
#endif
