import Platform
import Records

/// The peers: programs outside the suite that do the same work.
public struct PeerCatalog: Equatable, Sendable {
  /// The peers that are ready to run, sorted by the name of their directories.
  public internal(set) var models: [InstalledModel] = []
  /// The peers whose tools are not installed and what to install, one line each.
  public internal(set) var absences: [String] = []
  /// The assumptions about programs that do not describe themselves, one line each.
  public internal(set) var notes: [String] = []
  /// The peers that are unusable and the reason, one line each.
  public internal(set) var problems: [String] = []

  /// Makes an empty catalog.
  public init() {}

  /// Makes a catalog of commands of the user.
  ///
  /// - Parameter maximumWorkers: The most workers.
  public init(of commands: [UserCommand], maximumWorkers: Int) {
    models = commands.map { $0.model(maximumWorkers: maximumWorkers) }
  }

  /// Adds a program of the user, which has the command line of a model.
  ///
  /// A program that does not describe itself is assumed to have the workload `sum` with any number of workers.
  ///
  /// - Parameters:
  ///   - name: The name in reports.
  ///   - path: The path of the executable.
  /// - Throws: `Interruption`.
  public mutating func add(_ name: String, at path: String, _ runner: ChildRunner) throws(Interruption) {
    let description: ModelDescription
    switch try ModelDescription.ofExecutable(path, runner) {
    case .success(var own):
      own.model = name
      description = own
    case .failure(let failure):
      notes.append(
        "\(name) does not describe itself (\(failure.reason)); assuming that it has sum, with any number of workers"
      )
      description = ModelDescription(
        model: name, summary: "a program that does not describe itself", version: "", maximumWorkers: 4096,
        workloads: [.init(name: "sum", summary: "add every integer 0…N", extent: .numbers)])
    }
    models.append(InstalledModel(path: path, description: description, isPeer: true, inheritsVariables: true))
  }

  /// Returns a warning about environment variables that may limit programs of the user; empty if none is set.
  ///
  /// - Parameter variables: The names of variables to look for.
  public func environmentWarnings(_ variables: VariableNames = .runtimes) -> [String] {
    let programs = models.filter { $0.withheldVariables == .none }.map(\.description.model)
    // Commands get the variables that are given for them in place of these.
    let given = models.flatMap { $0.command?.settings.environment ?? [] }
    let found = (programs.isEmpty ? [] : variables.found()).filter { name in
      !given.contains { $0.hasPrefix("\(name)=") }
    }
    if found.isEmpty { return [] }
    return [
      "the environment of \(programs.joined(separator: " and ")) sets \(found.joined(separator: ", ")), which may limit its "
        + "threads or CPUs (unset what it should not use)"
    ]
  }

  /// Leaves out peers whose names are taken, which is a mistake in their manifests.
  public mutating func leaveOut(_ names: Set<String>) {
    problems += models.map(\.description.model).filter(names.contains).map {
      "\($0) is left out: another model has this name"
    }
    models.removeAll { names.contains($0.description.model) }
  }

  /// Returns whether a word can be the name of a peer: it appears in tables, in names of directories and on command lines.
  public static func isName(_ word: String) -> Bool {
    (1...32).contains(word.utf8.count)
      && word.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 } && !word.hasPrefix("-")
  }

  /// The form of a name, as a noun phrase.
  public static let nameRule = "a name of up to 32 lower-case letters, digits and hyphens"
}
