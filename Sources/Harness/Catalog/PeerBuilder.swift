import Formatting
import Platform
import Records

/// Finds the peers in a directory, and builds those that have changed.
public struct PeerBuilder {
  private static let manifestName = "peer.json"

  private let buildDirectory: String
  private let searchPath: String
  private let timeout: UInt64
  private let runner: ChildRunner

  /// Makes a builder.
  ///
  /// - Parameters:
  ///   - buildDirectory: The directory for built files, with a subdirectory per peer.
  ///   - searchPath: The directories to search for tools, separated by colons as in `PATH`.
  ///   - timeout: The time limit of building one peer, in nanoseconds.
  ///   - runner: The runner for the tools.
  public init(
    buildDirectory: String, searchPath: String, timeout: UInt64 = 300_000_000_000, _ runner: ChildRunner
  ) {
    self.buildDirectory = buildDirectory
    self.searchPath = searchPath
    self.timeout = timeout
    self.runner = runner
  }

  /// Finds the peers in a directory, and builds those whose sources are newer than their last build.
  ///
  /// - Parameters:
  ///   - directory: The directory of the peers, with a subdirectory per peer.
  ///   - isWanted: Returns whether to include a peer; the others are not built.
  ///   - willBuild: Called with the name of a peer before it is built.
  /// - Throws: `Interruption`; `SystemError` if the directory cannot be listed.
  public func findPeers(
    in directory: String, where isWanted: (ModelDescription) -> Bool = { _ in true },
    willBuild: (String) -> Void = { _ in }
  ) throws -> PeerCatalog {
    var catalog = PeerCatalog()
    for name in try File.names(in: directory)
    where File.isRegular("\(directory)/\(name)/\(Self.manifestName)") {
      do {
        let manifest = try manifest(of: name, in: directory)
        if !isWanted(manifest.describes) { continue }
        let missing = manifest.tools.filter { File.executable($0, searchPath: searchPath) == nil }
        if missing.isEmpty {
          catalog.models.append(try install(manifest, from: "\(directory)/\(name)", willBuild))
        } else {
          let (verb, pronoun) = missing.count == 1 ? ("is", "it") : ("are", "them")
          catalog.absences.append(
            "\(manifest.describes.model) is left out: \(missing.joined(separator: " and ")) \(verb) not on the PATH; "
              + "install \(pronoun) (\(manifest.install))")
        }
      } catch let error as PeerError {
        catalog.problems.append(error.description)
      } catch let error as SystemError {
        catalog.problems.append("cannot build \(name): \(error)")
      }
    }
    return catalog
  }

  private func manifest(of name: String, in directory: String) throws(PeerError) -> PeerManifest {
    let path = "\(name)/\(Self.manifestName)"
    do {
      let text = try File.read("\(directory)/\(path)", limit: 1 << 16)
      let manifest = try JSON.decode(PeerManifest.self, from: text)
      let model = manifest.describes.model
      guard PeerCatalog.isName(model) else {
        throw PeerError(
          description:
            "\(path) has the invalid model name '\(Readable.line(model, limit: 50))' "
            + "(expected \(PeerCatalog.nameRule))")
      }
      guard [manifest.run, manifest.build ?? manifest.run].allSatisfy({ $0.first?.isEmpty == false }) else {
        throw PeerError(description: "\(path) has an empty command")
      }
      return manifest
    } catch let error as PeerError {
      throw error
    } catch {
      throw PeerError(description: "\(path) \(error)")
    }
  }

  private func install(
    _ manifest: PeerManifest, from source: String, _ willBuild: (String) -> Void
  ) throws -> InstalledModel {
    let model = manifest.describes.model
    let build = "\(buildDirectory)/\(model)"
    func filledIn(_ words: [String]) -> [String] {
      words.map { $0.replacing("{source}", with: source).replacing("{build}", with: build) }
    }
    if let command = manifest.build, try isOutdated(build, source) {
      willBuild(model)
      try self.build(model, filledIn(command), into: build)
    }
    let command = filledIn(manifest.run)
    guard let path = File.executable(command[0], searchPath: searchPath) else {
      throw PeerError(description: "cannot run \(model): no executable file at \(manifest.run[0])")
    }
    return InstalledModel(
      path: path, leadingArguments: Array(command.dropFirst()), description: manifest.describes, isPeer: true)
  }

  /// Returns whether a file in the source directory is newer than the last build.
  private func isOutdated(_ build: String, _ source: String) throws -> Bool {
    guard let built = File.changeTime(stamp(in: build)) else { return true }
    return try File.names(in: source).contains { name in
      File.changeTime("\(source)/\(name)").map { $0 >= built } ?? true
    }
  }

  /// Returns the path of a file that is written after every build, so that its time is that of the last build.
  private func stamp(in build: String) -> String { "\(build)/built" }

  private func build(_ model: String, _ command: [String], into build: String) throws {
    for directory in [buildDirectory, build] { try File.createDirectory(directory) }
    guard let tool = File.executable(command[0], searchPath: searchPath) else {
      throw PeerError(description: "cannot build \(model): \(command[0]) is not on the PATH")
    }
    let execution: ChildRunner.Execution
    do throws(ChildRunner.Failure) {
      execution = try runner.run(
        tool, Array(command.dropFirst()), timeout: timeout, outputLimit: 1 << 20)
    } catch .interrupted(let interruption) {
      throw interruption
    } catch {
      throw PeerError(description: "cannot build \(model): \(command[0]) \(error.reason)")
    }
    guard execution.ended.status == .exited(0) else {
      let end = "\(execution.ended.status)\(execution.lastWords)"
      throw PeerError(description: "cannot build \(model): \(command[0]) \(end)")
    }
    try File.replace(stamp(in: build), with: [])
  }
}

/// The reason a peer cannot be used, as one line.
private struct PeerError: Error {
  let description: String
}
