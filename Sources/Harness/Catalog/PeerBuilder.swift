import Formatting
import Platform
import Records

/// Finds and builds peers.
public struct PeerBuilder {
  private static let manifestName = "peer.json"

  private let buildFolder: String
  private let searchPath: String
  private let timeout: UInt64
  private let runner: ChildRunner

  /// A builder.
  ///
  /// - Parameters:
  ///   - buildFolder: Where every peer gets a folder of its own for what it builds.
  ///   - searchPath: The folders of tools, as `PATH` has them.
  ///   - timeout: How many nanoseconds building a peer may take.
  ///   - runner: Runs the tools.
  public init(
    buildFolder: String, searchPath: String, timeout: UInt64 = 300_000_000_000, _ runner: ChildRunner
  ) {
    self.buildFolder = buildFolder
    self.searchPath = searchPath
    self.timeout = timeout
    self.runner = runner
  }

  /// Builds what is not built yet, or has changed since, of the peers in a folder.
  ///
  /// - Parameters:
  ///   - folder: Has a folder for every peer.
  ///   - isWanted: Whether a peer is; the others are not built.
  ///   - willBuild: Called with the name of a peer before it is built.
  /// - Throws: `Interruption`; `SystemError` where the folder cannot be listed.
  public func findPeers(
    in folder: String, where isWanted: (ModelDescription) -> Bool = { _ in true },
    willBuild: (String) -> Void = { _ in }
  ) throws -> PeerCatalog {
    var catalog = PeerCatalog()
    for name in try File.names(in: folder) where File.isRegular("\(folder)/\(name)/\(Self.manifestName)") {
      do {
        let manifest = try manifest(of: name, in: folder)
        if !isWanted(manifest.describes) { continue }
        let missing = manifest.tools.filter { File.executable($0, searchPath: searchPath) == nil }
        if missing.isEmpty {
          catalog.models.append(
            try install(manifest, from: "\(folder)/\(name)", willBuild))
        } else {
          let (verb, pronoun) = missing.count == 1 ? ("is", "it") : ("are", "them")
          catalog.absences.append(
            "\(manifest.describes.model) is left out: \(missing.joined(separator: " and ")) \(verb) not on the PATH; "
              + "install \(pronoun) (\(manifest.install))")
        }
      } catch let problem as Problem {
        catalog.problems.append(problem.description)
      } catch let error as SystemError {
        catalog.problems.append("\(name) cannot be built: \(error)")
      }
    }
    return catalog
  }

  private func manifest(of name: String, in folder: String) throws(Problem) -> PeerManifest {
    let path = "\(name)/\(Self.manifestName)"
    do {
      let text = try File.read("\(folder)/\(path)", limit: 1 << 16)
      let manifest = try JSON.decode(PeerManifest.self, from: text)
      let model = manifest.describes.model
      guard PeerCatalog.isName(model) else {
        throw Problem(
          description:
            "\(path) has a model '\(Readable.line(model, limit: 50))'; expected \(PeerCatalog.nameRule)")
      }
      guard [manifest.run, manifest.build ?? manifest.run].allSatisfy({ $0.first?.isEmpty == false }) else {
        throw Problem(description: "\(path) has a command without a word")
      }
      return manifest
    } catch let problem as Problem {
      throw problem
    } catch let problem as JSON.Problem {
      throw Problem(description: "\(path) \(problem)")
    } catch {
      throw Problem(description: "\(path) \(error)")
    }
  }

  private func install(
    _ manifest: PeerManifest, from source: String, _ willBuild: (String) -> Void
  ) throws -> InstalledModel {
    let model = manifest.describes.model
    let build = "\(buildFolder)/\(model)"
    func filledIn(_ words: [String]) -> [String] {
      words.map { $0.replacing("{source}", with: source).replacing("{build}", with: build) }
    }
    if let command = manifest.build, try isOutdated(build, source) {
      willBuild(model)
      try self.build(model, filledIn(command), into: build)
    }
    let command = filledIn(manifest.run)
    guard let path = File.executable(command[0], searchPath: searchPath) else {
      throw Problem(description: "\(model) cannot be run: there is no executable \(manifest.run[0])")
    }
    return InstalledModel(
      path: path, leadingArguments: Array(command.dropFirst()), description: manifest.describes, isPeer: true)
  }

  /// Whether something in the source folder is newer than the last build.
  private func isOutdated(_ build: String, _ source: String) throws -> Bool {
    guard let built = File.changeTime(stamp(in: build)) else { return true }
    return try File.names(in: source).contains { (File.changeTime("\(source)/\($0)") ?? .max) >= built }
  }

  /// A file whose time tells when the peer was last built.
  private func stamp(in build: String) -> String { "\(build)/built" }

  private func build(_ model: String, _ command: [String], into build: String) throws {
    for folder in [buildFolder, build] { try File.createDirectory(folder) }
    guard let tool = File.executable(command[0], searchPath: searchPath) else {
      throw Problem(description: "\(model) cannot be built: \(command[0]) is not on the PATH")
    }
    let execution: ChildRunner.Execution
    do throws(ChildRunner.Failure) {
      execution = try runner.run(
        tool, Array(command.dropFirst()), timeout: timeout, outputLimit: 1 << 20)
    } catch .interrupted(let interruption) {
      throw interruption
    } catch {
      throw Problem(description: "\(model) cannot be built: \(command[0]) \(error.reason)")
    }
    guard execution.ended.status == .exited(0) else {
      let end = "\(execution.ended.status)\(execution.lastWords)"
      throw Problem(description: "\(model) cannot be built: \(command[0]) \(end)")
    }
    try File.replace(stamp(in: build), with: [])
  }
}

/// Why a peer cannot be used, on one line.
private struct Problem: Error {
  let description: String
}
