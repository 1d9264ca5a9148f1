import Foundation
import Platform
import Records
import Testing

@testable import Harness

/// The tests that run tools and peers, one at a time: a process has one pipe for its signals.
@Suite(.serialized) enum WorkshopTests {}

/// A folder of made-up peers and one of made-up tools, both with a name that a shell would take apart.
struct PeerWorkshop {
  let folder: String

  var sources: String { "\(folder)/my pëers" }
  var tools: String { "\(folder)/tóols $x" }
  var build: String { "\(folder)/büild 'n" }

  init(_ folder: String) throws {
    self.folder = folder
    for path in [sources, tools, build] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }
  }

  /// Writes an executable shell script.
  func script(_ path: String, _ lines: String) throws {
    try write("#!/bin/sh\n\(lines)\n".utf8, to: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  /// Adds a tool to the search path.
  func tool(_ name: String, _ lines: String) throws {
    try script("\(tools)/\(name)", lines)
  }

  /// Adds a peer whose manifest is this text.
  func peer(_ name: String, manifest: String) throws {
    try FileManager.default.createDirectory(atPath: "\(sources)/\(name)", withIntermediateDirectories: true)
    try write(manifest.utf8, to: "\(sources)/\(name)/peer.json")
  }

  /// Adds a peer.
  func peer(
    _ name: String, model: String? = nil, tools: [String] = ["compile"], build: [String]? = nil,
    run: [String] = ["{source}/program"]
  ) throws {
    let manifest = PeerManifest(
      tools: tools, install: "from the shop", build: build, run: run,
      describes: ModelDescription(
        model: model ?? name, summary: "a peer", version: "1", maximumWorkers: 8, workloads: [sumWorkload]))
    try peer(name, manifest: JSON.encode(manifest))
    try script("\(sources)/\(name)/program", "echo \"$@\"")
  }

  /// Finds peers. Returns their catalog, and the names of those that were about to be built.
  func find(named names: [String]? = nil, timeout: UInt64 = 60_000_000_000) throws -> (
    PeerCatalog, built: [String]
  ) {
    var built: [String] = []
    // Of its own signals it wants to know of ended children alone: other tests send themselves others.
    let runner = ChildRunner(signals: try SignalPipe([SignalPipe.childEnded]))
    let builder = PeerBuilder(
      buildDirectory: build, searchPath: "/nowhere:\(tools)", timeout: timeout, runner)
    let catalog = try builder.findPeers(
      in: sources, where: { names?.contains($0.model) ?? true }, willBuild: { built.append($0) })
    return (catalog, built)
  }

  /// Sets when the content of a file was last changed, in seconds from now.
  func touch(_ path: String, _ seconds: Double) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: seconds)], ofItemAtPath: path)
  }

  func text(_ path: String) -> String? {
    try? String(contentsOfFile: path, encoding: .utf8)
  }
}

/// Calls `body` with a new workshop, which is gone afterwards.
func withPeerWorkshop(_ body: (PeerWorkshop) throws -> Void) throws {
  try withTemporaryFolder { try body(PeerWorkshop($0.hasSuffix("/") ? String($0.dropLast()) : $0)) }
}
