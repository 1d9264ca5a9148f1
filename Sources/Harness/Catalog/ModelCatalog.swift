import Platform
import Records

/// The model executables in the directory of the harness. Each describes itself, so that a new one needs no change here.
public struct ModelCatalog: Equatable, Sendable {
  /// The models of the suite, in the order of trials and reports.
  public static let standard = ["single", "fork", "dispatch", "taskgroup", "threads"]

  /// The executable of the experiments in lessons, which has the command line of a model.
  static let experiments = "scaleup-experiment"

  /// The models that were found: those of the suite first, then others by name.
  public let models: [InstalledModel]
  /// The reasons that models cannot run here, by name of the model.
  public let idle: [String: String]
  /// The executables that are unusable and the reason, one line each.
  public let problems: [String]

  /// The models of the suite that were not found.
  public var missing: [String] {
    Self.standard.filter { name in !models.contains { $0.description.model == name } }
  }

  /// The workloads of all models, each once.
  public var workloads: [ModelDescription.Workload] {
    var seen: Set<String> = []
    return models.flatMap(\.description.workloads).filter { seen.insert($0.name).inserted }
  }

  /// Returns the catalog with peers after its models. A peer with the name of a model is left out.
  public func adding(_ peers: PeerCatalog) -> ModelCatalog {
    let own = Set(models.map(\.description.model))
    return ModelCatalog(
      models: models + peers.models.filter { !own.contains($0.description.model) }, idle: idle,
      problems: problems)
  }

  /// Returns the catalog with a launcher for the models that need one; without a launcher they become idle.
  ///
  /// - Parameter searchPath: The directories to search for the launcher, separated by colons as in `PATH`.
  public func launching(with launcher: Launcher?, searchPath: String = "") -> ModelCatalog {
    var (ready, idle) = ([InstalledModel](), idle)
    for var model in models {
      if model.description.isLaunched == true, launcher == nil {
        idle[model.description.model] =
          "it needs a launcher (try --launcher \"mpirun -n {workers}\")"
        continue
      }
      if model.description.isLaunched == true { (model.launcher, model.searchPath) = (launcher, searchPath) }
      ready.append(model)
    }
    return ModelCatalog(models: ready, idle: idle, problems: problems)
  }

  /// Returns the catalog with the experiments of a directory after its models, as the model `experiment`.
  ///
  /// - Throws: `Interruption`.
  public func addingExperiments(
    in directory: String, _ runner: ChildRunner
  ) throws(Interruption) -> ModelCatalog {
    let path = "\(directory)/\(Self.experiments)"
    switch try ModelDescription.ofExecutable(path, runner) {
    case .success(let description):
      return ModelCatalog(models: models + [.init(path: path, description: description)], problems: problems)
    case .failure(let failure):
      return ModelCatalog(models: models, problems: problems + ["\(Self.experiments) \(failure.reason)"])
    }
  }

  /// Makes a catalog of models.
  public init(models: [InstalledModel], idle: [String: String] = [:], problems: [String] = []) {
    self.models = models
    self.idle = idle
    self.problems = problems
  }

  /// Finds the models in a directory: every executable `scaleup-<model>` that describes itself.
  ///
  /// - Throws: `Interruption`; `SystemError` if the directory cannot be listed.
  public static func find(in directory: String, _ runner: ChildRunner) throws -> ModelCatalog {
    var models: [InstalledModel] = []
    var idle: [String: String] = [:]
    var problems: [String] = []
    for file in try File.names(in: directory)
    where file.hasPrefix("scaleup-") && file != experiments && File.isExecutable("\(directory)/\(file)") {
      if file.contains(".") {
        problems.append("ignoring \(file): the name of a model's executable has no dot")
        continue
      }
      switch try ModelDescription.ofExecutable("\(directory)/\(file)", runner) {
      case .success(let description) where models.contains { $0.description.model == description.model }:
        problems.append("ignoring \(file): another executable has the model '\(description.model)'")
      case .success(let description) where description.workloads.isEmpty:
        idle[description.model] = description.summary
      case .success(let description):
        models.append(.init(path: "\(directory)/\(file)", description: description))
      case .failure(let failure): problems.append("\(file) \(failure.reason)")
      }
    }
    let order = { (model: InstalledModel) in
      standard.firstIndex(of: model.description.model) ?? standard.count
    }
    return ModelCatalog(
      models: models.sorted { (order($0), $0.description.model) < (order($1), $1.description.model) },
      idle: idle, problems: problems)
  }
}
