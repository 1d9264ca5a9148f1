/// A program in another language that does the same work: how to build and run it. `scaleup.peer/1`.
public struct PeerManifest: Codable, Equatable, Sendable, VersionedRecord {
  /// The format.
  public static let schema = Schema.peer

  /// The format's name and version.
  public var schema = SchemaTag<PeerManifest>()
  /// The executables required on the `PATH`.
  public var tools: [String]
  /// The installation hint for users who lack them.
  public var install: String
  /// The words of the build command, without a shell; `nil` if there is nothing to build. In every word,
  /// `{source}` is replaced by the directory of the peer, and `{build}` by a directory that it may write to.
  public var build: [String]?
  /// The words of the command that starts it, before the arguments of a trial.
  public var run: [String]
  /// The capabilities of the peer.
  public var describes: ModelDescription

  /// Creates a peer.
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
