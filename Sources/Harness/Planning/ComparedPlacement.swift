import Platform
import Records

/// A placement that a run tries beside its other configurations.
public struct ComparedPlacement: Equatable, Sendable {
  /// The rule by which workers are put on CPUs.
  public let placement: String
  /// The number of workers: one per physical core.
  public let workers: Int

  /// Returns the placements that show what SMT and each kind of core add: a worker on each physical core, if some core has
  /// several CPUs, and a worker on each core of every kind, if there are several.
  ///
  /// - Parameters:
  ///   - topology: The CPUs that the run may use.
  ///   - quota: The CPU time per second that control groups allow, in CPUs; `nil` if they set no limit. With less than the
  ///     CPUs could use, nothing can be shown.
  public static func all(on topology: Topology?, quota: Double?) -> [ComparedPlacement] {
    guard let topology, quota ?? .infinity >= Double(topology.cpus.count), Processor.canBind else {
      return []
    }
    var placements: [ComparedPlacement] = []
    if let cores = topology.physicalCores, cores < topology.cpus.count {
      placements.append(ComparedPlacement(placement: Placement.cores.text, workers: cores))
    }
    if topology.kinds.count > 1 {
      placements += topology.kinds.map { kind in
        let cores = topology.limited(to: Set(kind.cpus)).physicalCores ?? kind.count
        return ComparedPlacement(placement: Placement.kind(kind.name).text, workers: cores)
      }
    }
    return placements
  }
}

extension PlanRequest {
  /// Returns the compared placements of a workload and kernel: of one model that places single workers (of the suite, that is
  /// `threads`), for the first workload of fixed amount with the scalar kernel and without schedules.
  func comparedConfigurations(_ workload: ModelDescription.Workload, _ kernel: String) -> [Configuration] {
    guard kernel == "scalar", schedules == nil,
      workload.name == workloads.first(where: { $0.extent == .numbers })?.name,
      let model = models.last(where: {
        $0.description.placement == .workers && $0.workload(workload.name) != nil
      })
    else { return [] }
    return comparedPlacements.filter { $0.workers <= model.description.maximumWorkers }.map {
      Configuration(
        model: model.description.model, workload: workload.name, kernel: kernel, workers: $0.workers,
        placement: $0.placement, repetitions: repetitions > 1 ? repetitions : nil)
    }
  }
}
