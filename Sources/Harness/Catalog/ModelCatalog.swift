import Platform
import Records

/// The model executables in the directory of the harness. Each describes itself, so that a new one needs no change here.
public struct ModelCatalog: Equatable, Sendable {
  /// The models of the suite, in the order of trials and reports.
  public static let standard = ["single", "fork", "dispatch", "taskgroup", "threads"]

  /// The executable of the experiments in lessons, which has the command line of a model.
  static let experiments = "scaleup-experiment"

  /// The models that were found: those of the suite first, then others by name.
  public private(set) var models: [InstalledModel]
  /// The reasons that models cannot run here, by name of the model.
  public private(set) var idle: [String: String]
  /// The reasons that executables do not describe themselves, by name of the model.
  public private(set) var broken: [String: String]
  /// The executables that are ignored and the reason, one line each.
  public private(set) var problems: [String] = []

  /// The broken executables and the reason, one line each, by name.
  public var brokenLines: [String] { broken.keys.sorted().compactMap(brokenLine) }

  /// Returns the line about a broken executable; `nil` if it is not broken.
  public func brokenLine(_ model: String) -> String? {
    broken[model].map { "scaleup-\(model) does not work: \($0)" }
  }

  /// The models of the suite that were not found.
  public var missing: [String] {
    Self.standard.filter { name in
      broken[name] == nil && !models.contains { $0.description.model == name }
    }
  }

  /// The workloads of all models, each once.
  public var workloads: [ModelDescription.Workload] {
    var seen: Set<String> = []
    return models.flatMap(\.description.allWorkloads).filter { seen.insert($0.name).inserted }
  }

  /// Returns the catalog with peers after its models. A peer with the name of a model is left out.
  public func adding(_ peers: PeerCatalog) -> ModelCatalog {
    let own = Set(models.map(\.description.model))
    var catalog = self
    catalog.models += peers.models.filter { !own.contains($0.description.model) }
    return catalog
  }

  /// Returns the catalog with a launcher for the models that need one; without a launcher they become idle.
  ///
  /// - Parameter searchPath: The directories to search for the launcher, separated by colons as in `PATH`.
  public func launching(with launcher: Launcher?, searchPath: String = "") -> ModelCatalog {
    var catalog = self
    catalog.models = []
    for var model in models {
      if model.description.isLaunched == true, launcher == nil {
        catalog.idle[model.description.model] =
          "it needs a launcher (try --launcher \"mpirun -n {workers}\")"
        continue
      }
      if model.description.isLaunched == true { (model.launcher, model.searchPath) = (launcher, searchPath) }
      catalog.models.append(model)
    }
    return catalog
  }

  /// Returns the catalog with the experiments of a directory after its models, as the model `experiment`.
  ///
  /// - Throws: `Interruption`.
  public func addingExperiments(
    in directory: String, _ runner: ChildRunner
  ) throws(Interruption) -> ModelCatalog {
    let path = "\(directory)/\(Self.experiments)"
    var catalog = self
    if !File.exists(path) { return catalog }
    switch try ModelDescription.ofExecutable(path, runner) {
    case .success(let description): catalog.models.append(.init(path: path, description: description))
    case .failure(let failure): catalog.broken["experiment"] = failure.reason
    }
    return catalog
  }

  /// Makes a catalog of models.
  public init(models: [InstalledModel], idle: [String: String] = [:], broken: [String: String] = [:]) {
    self.models = models
    self.idle = idle
    self.broken = broken
  }

  /// Finds the models in a directory: every executable `scaleup-<model>` that describes itself.
  ///
  /// - Throws: `Interruption`; `SystemError` if the directory cannot be listed.
  public static func find(in directory: String, _ runner: ChildRunner) throws -> ModelCatalog {
    var catalog = ModelCatalog(models: [])
    for file in try File.names(in: directory) where file.hasPrefix("scaleup-") && file != experiments {
      try catalog.add(String(file.dropFirst("scaleup-".count)), at: "\(directory)/\(file)", runner)
    }
    let order = { (model: InstalledModel) in
      standard.firstIndex(of: model.description.model) ?? standard.count
    }
    catalog.models.sort { (order($0), $0.description.model) < (order($1), $1.description.model) }
    return catalog
  }

  /// Adds the executable `scaleup-<name>`, or the reason that it is no model. Other files are not added, unless they have the
  /// name of a model of the suite.
  private mutating func add(_ name: String, at path: String, _ runner: ChildRunner) throws(Interruption) {
    if !File.isExecutable(path) {
      if Self.standard.contains(name) { broken[name] = "it is not an executable file" }
      return
    }
    if name.contains(".") {
      problems.append("ignoring scaleup-\(name): the name of a model's executable has no dot")
      return
    }
    switch try ModelDescription.ofExecutable(path, runner) {
    case .success(let description) where Self.standard.contains(name) && description.model != name:
      broken[name] = "it describes itself as the model '\(description.model)'"
    case .success(let description) where models.contains { $0.description.model == description.model }:
      problems.append(
        "ignoring scaleup-\(name): another executable has the model '\(description.model)'")
    case .success(let description) where description.allWorkloads.isEmpty:
      idle[description.model] = description.summary
    case .success(let description): models.append(.init(path: path, description: description))
    case .failure(let failure): broken[name] = failure.reason
    }
  }
}
