/// The same work as a program in another language, and how it is built and called: `scaleup.peer/1`.
public struct PeerManifest: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.peer

  /// The format's name and version.
  public var schema = SchemaTag<PeerManifest>()
  /// The executables that must be on the `PATH`.
  public var tools: [String]
  /// What to tell somebody who lacks them.
  public var install: String
  /// The words of the command that builds it, without a shell; `nil` where nothing is to be built. In every word,
  /// `{source}` stands for the folder of the peer, and `{build}` for a folder that it may write to.
  public var build: [String]?
  /// The words that start it, before the arguments of a trial.
  public var run: [String]
  /// What it can do.
  public var describes: ModelDescription

  /// Describes a peer.
  public init(
    tools: [String], install: String, build: [String]? = nil, run: [String], describes: ModelDescription
  ) {
    self.tools = tools
    self.install = install
    self.build = build
    self.run = run
    self.describes = describes
  }
}
