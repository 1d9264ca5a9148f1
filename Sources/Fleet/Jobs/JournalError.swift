import Platform

/// The reason that a journal cannot be used.
public enum JournalError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A system call failed.
  case system(SystemError)
  /// A record was not synced, so its state on the disk is unknown.
  case unsynced(SystemError)
  /// Another process uses it.
  case claimed(path: String)
  /// The path names a directory, a device or a pipe.
  case notRegular(path: String)
  /// The file is not a journal.
  case otherFile(path: String)
  /// It has a version that this program does not read.
  case otherVersion(path: String, found: String)
  /// A line in it is not a record.
  case corrupted(path: String, line: Int)
  /// A record contradicts those before it.
  case contradictory(path: String, line: Int)

  /// One line with the path, the reason and the remedy.
  public var description: String {
    switch self {
    case .system(let error): "\(error)"
    case .unsynced(let error): "\(error); the last records may be lost (start again to read the file)"
    case .claimed(let path): "\(path) is in use by another queue (expected --journal with another file)"
    case .notRegular(let path): "\(path) is not a regular file (expected --journal with the path of one)"
    case .otherFile(let path): "\(path) is not a journal of jobs (expected --journal with another file)"
    case .otherVersion(let path, let found):
      "\(path) has the unsupported version '\(found.prefix(40))'; this scaleup reads '\(Journal.header)'"
    case .corrupted(let path, let line):
      "\(path):\(line): corrupted record (restore the file, or delete that line to go on without it)"
    case .contradictory(let path, let line):
      "\(path):\(line): record of an unknown job (restore the file, or delete that line)"
    }
  }
}
