import Platform
import Records

/// The programs in other languages that can be timed beside the suite, each a folder with a manifest.
public struct PeerCatalog: Equatable, Sendable {
  /// The peers that are built and can be run, by the name of their folders.
  public internal(set) var models: [InstalledModel] = []
  /// The peers that are left out because their tools are not on this machine, and what to install, a line each.
  public internal(set) var absences: [String] = []
  /// What was taken to be so because a program does not say, a line each.
  public internal(set) var notes: [String] = []
  /// What is wrong with the others, a line each.
  public internal(set) var problems: [String] = []

  /// No peers.
  public init() {}

  /// Adds a program that somebody wrote, which is called as a model of the suite would be.
  ///
  /// It is asked what it can do. Where it does not say, it is taken to have the sum, with any number of workers.
  ///
  /// - Parameters:
  ///   - name: The name under which it is shown.
  ///   - path: Its executable.
  /// - Throws: `Interruption`.
  public mutating func add(_ name: String, at path: String, _ runner: ChildRunner) throws(Interruption) {
    let description: ModelDescription
    switch try ModelDescription.ofExecutable(path, runner) {
    case .success(var own):
      own.model = name
      description = own
    case .failure(let problem):
      notes.append("\(name) \(problem.reason); taken to have the sum, with any number of workers")
      description = ModelDescription(
        model: name, summary: "a program that does not describe itself", version: "", maximumWorkers: 4096,
        workloads: [.init(name: "sum", summary: "add every integer 0…N", extent: .numbers)])
    }
    models.append(InstalledModel(path: path, description: description, isPeer: true))
  }

  /// Leaves out peers whose names are others', which is a mistake in their manifests.
  public mutating func leaveOut(_ names: Set<String>) {
    problems += models.map(\.description.model).filter(names.contains).map {
      "\($0) is left out: there is another model of this name"
    }
    models.removeAll { names.contains($0.description.model) }
  }

  /// Whether a word can be the name of a peer: it stands in tables, in names of folders and on command lines.
  public static func isName(_ word: String) -> Bool {
    (1...32).contains(word.utf8.count)
      && word.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || $0 == 45 } && !word.hasPrefix("-")
  }

  /// What a name must be, as a noun phrase.
  public static let nameRule = "a name of up to 32 small letters, digits and dashes"
}
