import CPlatform

/// The identity of a file and its content: it changes if the file is replaced or written.
public struct FileIdentity: Equatable, Sendable {
  private let device: UInt64
  private let inode: UInt64
  private let size: Int64
  private let modifiedSeconds: Int
  private let modifiedNanoseconds: Int

  /// Reads the identity of the file at a path; `nil` if there is none.
  public init?(of path: String) {
    guard var status = File.status(of: path) else { return nil }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
    size = Int64(truncatingIfNeeded: status.st_size)
    let time = scaleup_change_time(&status)
    (modifiedSeconds, modifiedNanoseconds) = (time.tv_sec, time.tv_nsec)
  }
}
