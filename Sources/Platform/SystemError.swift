import CPlatform

/// A failed system call: the operation, its subject and the `errno`.
public struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The operation, as a verb phrase: "open", "create a pipe".
  public let operation: String
  /// The subject of the operation, such as a path; `nil` if it has none.
  public let subject: String?
  /// The value of `errno`.
  public let code: Int32

  /// Creates a failed call.
  public init(operation: String, subject: String? = nil, code: Int32) {
    self.operation = operation
    self.subject = subject
    self.code = code
  }

  /// Whether a file could not be created because it exists.
  public var fileExists: Bool { code == EEXIST }

  /// Whether there is no such file.
  public var isMissing: Bool { code == ENOENT }

  /// Whether another process has claimed the file: see `ClaimedFile`.
  public var isClaimed: Bool { code == EWOULDBLOCK }

  /// Whether a pipe or socket has no reader.
  public var isBrokenPipe: Bool { code == EPIPE }

  /// Whether the limit on open descriptors is reached: `RLIMIT_NOFILE`.
  public var isDescriptorLimit: Bool { code == EMFILE }

  /// Whether the limit on processes and threads is reached: `RLIMIT_NPROC`, or a control group's.
  public var isProcessLimit: Bool { code == EAGAIN }

  /// Whether a sandbox, or a lack of privileges, forbids the operation.
  public var isForbidden: Bool { code == EPERM }

  /// Whether memory could not be allocated.
  public var isMemoryLimit: Bool { code == ENOMEM }

  /// Whether the memory was for the stack of a thread, whose size is `RLIMIT_STACK`.
  public var isStackLimit: Bool { isMemoryLimit && operation == Self.createThread }

  private static let createThread = "create a thread with a stack of"

  /// Creates the failure to create a thread because its stack does not fit in memory.
  ///
  /// - Parameter stackSize: The size of the stack in bytes.
  init(stackSize: Int) {
    self.init(operation: Self.createThread, subject: "\(stackSize / 1024) KiB", code: ENOMEM)
  }

  /// One line such as `cannot open results/a.json: Permission denied (errno 13)`.
  public var description: String {
    let object = subject.map { " \($0)" } ?? ""
    return "cannot \(operation)\(object): \(String(cString: strerror(code))) (errno \(code))"
  }
}

/// Makes a system call that returns -1 on failure, and repeats it when a signal interrupts it.
///
/// Every call that a signal can interrupt, except `poll`, goes through here, so that `EINTR` is handled in
/// one place.
///
/// - Parameters:
///   - operation: The operation, for the error.
///   - subject: The subject of the operation, for the error.
///   - call: The call; any result but -1 means success.
/// - Returns: The call's result.
/// - Throws: `SystemError` with the call's `errno`.
@discardableResult
func system<Value: SignedInteger>(
  _ operation: String, _ subject: String? = nil, _ call: () -> Value
) throws(SystemError) -> Value {
  while true {
    let value = call()
    if value != -1 { return value }
    let code = scaleup_errno()
    if code != EINTR { throw SystemError(operation: operation, subject: subject, code: code) }
  }
}
