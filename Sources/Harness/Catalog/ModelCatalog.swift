import Platform
import Records

/// The model executables beside the harness. Each tells itself what it can do, so a new one needs no word here.
public struct ModelCatalog: Equatable, Sendable {
  /// The models of the suite, in the order in which they are tried and shown.
  public static let standard = ["single", "fork", "dispatch", "taskgroup", "threads"]

  /// The executable of the experiments that lessons show: it is called as a model is, and is none.
  static let experiments = "scaleup-experiment"

  /// The models that were found: those of the suite first, then others by name.
  public let models: [InstalledModel]
  /// Why models that were found can do nothing here, by their names.
  public let idle: [String: String]
  /// What is wrong with executables that were found and cannot be used, a line each.
  public let problems: [String]

  /// The models of the suite that were not found.
  public var missing: [String] {
    Self.standard.filter { name in !models.contains { $0.description.model == name } }
  }

  /// The workloads that the models have, each once.
  public var workloads: [ModelDescription.Workload] {
    var seen: Set<String> = []
    return models.flatMap(\.description.workloads).filter { seen.insert($0.name).inserted }
  }

  /// The catalog with peers behind its models; a peer with a model's name is left out.
  public func adding(_ peers: PeerCatalog) -> ModelCatalog {
    let own = Set(models.map(\.description.model))
    return ModelCatalog(
      models: models + peers.models.filter { !own.contains($0.description.model) }, idle: idle,
      problems: problems)
  }

  /// The catalog with a launcher for the models that need one; without one they can do nothing.
  ///
  /// - Parameter searchPath: The folders in which the launcher is looked for, as `PATH` has them.
  public func launching(with launcher: Launcher?, searchPath: String = "") -> ModelCatalog {
    var (ready, idle) = ([InstalledModel](), idle)
    for var model in models {
      if model.description.isLaunched == true, launcher == nil {
        idle[model.description.model] =
          "it takes a launcher; add one such as --launcher \"mpirun -n {workers}\""
        continue
      }
      if model.description.isLaunched == true { (model.launcher, model.searchPath) = (launcher, searchPath) }
      ready.append(model)
    }
    return ModelCatalog(models: ready, idle: idle, problems: problems)
  }

  /// The catalog with the experiments of a folder behind its models, as the model `experiment`.
  ///
  /// - Throws: `Interruption`.
  public func addingExperiments(in folder: String, _ runner: ChildRunner) throws(Interruption) -> ModelCatalog
  {
    let path = "\(folder)/\(Self.experiments)"
    switch try ModelDescription.ofExecutable(path, runner) {
    case .success(let description):
      return ModelCatalog(models: models + [.init(path: path, description: description)], problems: problems)
    case .failure(let problem):
      return ModelCatalog(models: models, problems: problems + ["\(Self.experiments) \(problem.reason)"])
    }
  }

  /// Describes a catalog.
  public init(models: [InstalledModel], idle: [String: String] = [:], problems: [String] = []) {
    self.models = models
    self.idle = idle
    self.problems = problems
  }

  /// Asks every executable `scaleup-<model>` in a folder what it can do.
  ///
  /// - Throws: `Interruption`; `SystemError` where the folder cannot be listed.
  public static func find(in folder: String, _ runner: ChildRunner) throws -> ModelCatalog {
    var models: [InstalledModel] = []
    var idle: [String: String] = [:]
    var problems: [String] = []
    for file in try File.names(in: folder)
    where file.hasPrefix("scaleup-") && file != experiments && File.isExecutable("\(folder)/\(file)") {
      if file.contains(".") {
        problems.append("\(file) is passed over: the name of a model's executable has no dot")
        continue
      }
      switch try ModelDescription.ofExecutable("\(folder)/\(file)", runner) {
      case .success(let description) where models.contains { $0.description.model == description.model }:
        problems.append("\(file) is passed over: another executable is the model '\(description.model)' too")
      case .success(let description) where description.workloads.isEmpty:
        idle[description.model] = description.summary
      case .success(let description):
        models.append(.init(path: "\(folder)/\(file)", description: description))
      case .failure(let problem): problems.append("\(file) \(problem.reason)")
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
